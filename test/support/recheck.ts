/**
 * Checks one theorem of a checked library again, after a change of its proof or of its statement. Invariant: the theorem goes the way of
 * checkLibrary, against what was proved before it and nothing else. Knows no files but those of the library.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Law } from '../../src/language/elaborate/law.js';
import type { Env } from '../../src/language/elaborate/scope.js';
import { parseStatements } from '../../src/language/syntax/parse.js';
import type { Span } from '../../src/language/syntax/span.js';
import type { StatementTree } from '../../src/language/syntax/tree.js';
import type { Identities } from '../../src/proof/tactic/ring.js';
import { type Before, type Library, checkOne } from '../../src/proof/script/check.js';
import { proofsIn, statementsIn } from '../../src/proof/script/file.js';
import { elaborateStatement } from '../../src/language/elaborate/elaborate.js';
import type { Code, Diagnostic, ScriptFact, SourceFile, Status, TheoremReport } from '../../src/proof/script/result.js';
import type { Stated } from '../../src/proof/script/statements.js';

/** Texts in place of those of the library; each is one statement or one proof, whole. */
export interface Change {
  readonly statement?: string;
  readonly proof?: string;
}
export interface Rechecked {
  readonly report: TheoremReport;
  readonly diagnostics: readonly Diagnostic[];
  /** what is claimed now; undefined where the statement does not elaborate */
  readonly law: Law | undefined;
}
export interface Rechecker {
  readonly names: readonly string[];
  readonly proofOf: (name: string) => string | undefined;
  readonly statementOf: (name: string) => string | undefined;
  /** the laws that a text states in the place of that statement; none where it does not elaborate */
  readonly lawsOf: (name: string, statement: string) => readonly Law[];
  readonly recheck: (name: string, change: Change) => Rechecked;
}

type Stating = StatementTree & { readonly _tag: 'Theorem' | 'Stream' };
interface Place {
  readonly file: string;
  readonly text: string;
}
interface StatementPlace extends Place {
  /** in scope where it stands */
  readonly env: Env;
}

const cut = (text: string, { start, end }: Span): string => text.slice(start, end);
const within = (law: string, statement: string): boolean => law === statement || law.startsWith(`${statement}.`);

/** The scope of a statement: that of its file, without what is declared from there on. */
function scopeAt(env: Env, later: readonly StatementTree[]): Env {
  const declared = later.flatMap((t) => (t._tag === 'Import' ? [] : [t.name.name]));
  const without = <A>(known: ReadonlyMap<string, A>): ReadonlyMap<string, A> =>
    new Map([...known].filter(([name]) => !declared.some((d) => within(name, d))));
  return {
    ...env,
    sorts: new Set([...env.sorts].filter((s) => !declared.includes(s))),
    functions: without(env.functions),
    laws: without(env.laws),
    streams: without(env.streams),
  };
}

function statementPlaces(library: Library, files: readonly SourceFile[]): ReadonlyMap<string, StatementPlace> {
  const places = new Map<string, StatementPlace>();
  for (const file of files) {
    const { path, text } = file;
    const parsed = statementsIn(file);
    const env = library.statements.envs.get(path);
    if (E.isLeft(parsed) || !env) continue;
    parsed.right.forEach((tree, i) => {
      if (tree._tag !== 'Theorem' && tree._tag !== 'Stream') return;
      const place = { file: path, text: cut(text, tree.span), env: scopeAt(env, parsed.right.slice(i)) };
      for (const s of library.statements.stated.values())
        if (s.file === path && within(s.name, tree.name.name)) places.set(s.name, place);
    });
  }
  return places;
}

function proofPlaces(files: readonly SourceFile[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const file of files) {
    const { path, text } = file;
    const parsed = proofsIn(file);
    if (E.isLeft(parsed)) continue;
    for (const tree of parsed.right)
      if (tree._tag === 'Proof' && !places.has(tree.name.name))
        places.set(tree.name.name, { file: path, text: cut(text, tree.span) });
  }
  return places;
}

/** A library, ready for changes of one theorem at a time. The files are those that it was checked from. */
export function rechecker(
  library: Library,
  statementFiles: readonly SourceFile[],
  proofFiles: readonly SourceFile[],
): Rechecker {
  const statements = statementPlaces(library, statementFiles);
  const proofs = proofPlaces(proofFiles);
  const identities: Identities = new Map();
  const inOrder = [...library.proved];
  const failed = library.theorems.filter((t) => t.status !== 'proved').map((t): [string, Status] => [t.name, t.status]);
  const before = (name: string): Before => {
    const end = inOrder.findIndex(([n]) => n === name);
    const proved = new Map(end < 0 ? inOrder : inOrder.slice(0, end));
    return { proved, failed: new Map(failed.filter(([n]) => n !== name)), identities };
  };
  const recheck = (name: string, change: Change): Rechecked => {
    const known = library.statements.stated.get(name);
    const place = statements.get(name);
    const own = proofs.get(name);
    if (!known || !place || !own) throw new Error(`no such theorem: ${name}`);
    const now = change.statement === undefined ? { stated: known } : restated(known, place, change.statement);
    const stated = new Map(library.statements.stated).set(name, now.stated);
    const { theorems, diagnostics } = checkOne(
      { ...library.statements, stated },
      library.proofs,
      before(name),
      { path: own.file, text: change.proof ?? own.text },
      name,
    );
    const all = 'diagnostic' in now ? [now.diagnostic!, ...diagnostics] : diagnostics;
    return { report: theorems[0]!, diagnostics: all, law: now.stated.law };
  };
  const text = (places: ReadonlyMap<string, Place>) => (name: string) => places.get(name)?.text;
  const lawsOf = (name: string, statement: string): readonly Law[] => {
    const place = statements.get(name);
    const read = place ? readStatement(place, name, statement) : undefined;
    return read && 'laws' in read ? read.laws : [];
  };
  return { names: inOrder.map(([n]) => n), proofOf: text(proofs), statementOf: text(statements), lawsOf, recheck };
}

const error = <C extends Code>(
  file: string,
  span: Span,
  code: C,
  fact: ScriptFact,
): Diagnostic & { readonly code: C } => ({
  severity: 'error',
  code,
  file,
  span,
  fact,
});

type Read = { readonly laws: readonly Law[] } | { readonly diagnostic: Diagnostic & { readonly code: Code } };

/** One statement that stands for `name`, read where the old one stands. */
function readStatement({ file, env }: StatementPlace, name: string, text: string): Read {
  const refused = (span: Span, code: Code, fact: ScriptFact): Read => ({ diagnostic: error(file, span, code, fact) });
  const parsed = parseStatements(text);
  if (E.isLeft(parsed)) return refused(parsed.left.span, parsed.left.code, { _tag: 'Syntax', failure: parsed.left });
  const [tree] = parsed.right;
  if (parsed.right.length !== 1 || !tree || !isStating(tree) || !within(name, tree.name.name))
    return refused({ start: 0, end: text.length }, 'E-SCOPE', { _tag: 'NoStatement', name, candidates: [] });
  const done = elaborateStatement(env, tree);
  if (E.isLeft(done))
    return refused(done.left.span ?? tree.name.span, done.left.code, { _tag: 'Elaborate', error: done.left });
  return { laws: done.right.statements.filter((s): s is Law => s._tag === 'Theorem') };
}

/** The theorem under another text of its statement. */
function restated(
  known: Stated,
  place: StatementPlace,
  text: string,
): { readonly stated: Stated; readonly diagnostic?: Diagnostic } {
  const { name } = known;
  const read = readStatement(place, name, text);
  if ('diagnostic' in read)
    return { stated: { ...known, law: undefined, code: read.diagnostic.code }, diagnostic: read.diagnostic };
  const law = read.laws.find((l) => l.name === name);
  if (law) return { stated: { ...known, span: law.span, law, code: undefined } };
  const span = { start: 0, end: text.length };
  const diagnostic = error(place.file, span, 'E-SCOPE', { _tag: 'NoStatement', name, candidates: [] });
  return { stated: { ...known, law: undefined, code: 'E-SCOPE' }, diagnostic };
}
const isStating = (t: StatementTree): t is Stating => t._tag === 'Theorem' || t._tag === 'Stream';
