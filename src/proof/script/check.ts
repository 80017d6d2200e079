/**
 * Checks a library: reads the statements, runs the proofs, and reports on every theorem. Invariant: nothing is cited before it is proved; a
 * theorem whose proof fails is not in scope; one without a proof is open. Knows no files but those handed in.
 */
import * as core from '../../core/index.js';
import type { StreamInfo } from '../../language/elaborate/law.js';
import { type Before, Checker, type Placed, type ProofTree, type Proofs } from './checker.js';
import { importsIn, proofsOf } from './file.js';
import { must } from '../tactic/failure.js';
import { type Import, ordered } from './imports.js';
import type { CheckResult, Diagnostic, SourceFile } from './result.js';
import { runToEnd } from './run-to-end.js';
import type { Memory } from './memory.js';
import { restingOn } from './needed.js';
import type { Citable } from './scope.js';
import type { Trace } from './trace.js';
import { type Reading, type Statements, readingStatements } from './statements.js';
import type { OpenHole } from './suggest.js';

export type { Before } from './checker.js';

/** What was checked, for those who go on from it (extraction, tools). */
export interface Library extends CheckResult {
  readonly statements: Statements;
  readonly proofs: Proofs;
  readonly proved: ReadonlyMap<string, Citable>;
  readonly streams: ReadonlyMap<string, StreamInfo>;
  /** what `?` stands for, in the order of the check */
  readonly holes: readonly OpenHole[];
  /** axioms that are stated and not allowed: nothing is concluded from them */
  readonly barred?: ReadonlySet<string>;
  /** the theorems that were checked, where not all were: `theorems` holds their reports alone */
  readonly only?: ReadonlySet<string>;
}

/** Which theorems are checked, with all that they rest on: chosen when the statements are read. */
export type Only = (statements: Statements) => Iterable<string>;

/** Fuel of a run, and what each character of its files adds. */
export const [RUN_FUEL, CHARACTER_FUEL] = [200_000_000, 1_000] as const;

interface ProofFile {
  readonly path: string;
  readonly text: string;
  readonly trees: readonly ProofTree[];
  readonly imports: readonly Import[];
}

function parseProofFile(file: SourceFile, diagnostics: Diagnostic[]): ProofFile {
  const { trees, failures } = proofsOf(file);
  for (const failure of failures) {
    const { span, code } = failure;
    diagnostics.push({
      severity: 'error',
      code,
      file: file.path,
      span,
      fact: { _tag: 'Syntax', failure },
    });
  }
  return { ...file, trees: trees.flatMap((t) => (t._tag === 'Proof' ? [t] : [])), imports: importsIn(trees) };
}

/** Checks one proof, the whole of a file, in the place of that of its theorem; reports on that theorem alone. */
export function checkOne(
  statements: Statements,
  proofs: Proofs,
  before: Before,
  file: SourceFile,
  name: string,
): CheckResult {
  const found: Diagnostic[] = [];
  const { trees } = parseProofFile(file, found);
  const of = new Map(proofs.of);
  of.delete(name);
  if (trees.length === 1 && trees[0]!.name.name === name)
    of.set(name, { file: file.path, turn: proofs.of.get(name)?.turn ?? Infinity, tree: trees[0]!, text: file.text });
  const checker = new Checker({ ...statements, diagnostics: found }, { ...proofs, of }, before);
  const placed = of.get(name);
  if (placed) checker.proof(placed);
  const stated = statements.stated.get(name);
  return { theorems: stated ? [checker.report(stated)] : [], diagnostics: checker.diagnostics };
}

/** A checker for one proof of a library that was checked, with what that one proved. */
function alone(
  library: Library,
  { tree }: Placed,
  proofs: Proofs,
  identities: Before['identities'],
  trace?: Trace,
): Checker {
  const { name } = tree.name;
  const proved = new Map(library.proved);
  proved.delete(name);
  const others = library.theorems.filter((t) => t.status !== 'proved' && t.name !== name);
  const failed = new Map(others.map((t) => [t.name, t.status]));
  const statements = { ...library.statements, diagnostics: [] };
  return new Checker(statements, proofs, { proved, failed, identities }, undefined, trace);
}

/** Runs the proof of a theorem of a library once more, for who listens: its verdict stays what it was. */
export function rerun(library: Library, name: string, trace: Trace, identities: Before['identities']): void {
  const placed = library.proofs.of.get(name);
  if (!placed) return;
  const checker = alone(library, placed, library.proofs, identities, trace);
  must(core.within(RUN_FUEL, () => checker.proof(placed)));
}

/** What became of a proof that was tried: places are those of its own text. */
export interface Trial {
  readonly status: CheckResult['theorems'][number]['status'];
  readonly diagnostics: readonly Diagnostic[];
  readonly holes: readonly OpenHole[];
}

/** Runs a proof in the place of that which a library has of its theorem, if it has one: the library stays what it was. */
export function trial(library: Library, placed: Placed, identities: Before['identities']): Trial | undefined {
  const { name } = placed.tree.name;
  const stated = library.statements.stated.get(name);
  if (!stated) return undefined;
  const proofs = { ...library.proofs, of: new Map(library.proofs.of).set(name, placed) };
  const checker = alone(library, placed, proofs, identities);
  must(core.within(RUN_FUEL, () => checker.proof(placed)));
  const { diagnostics, holes } = checker;
  return { status: checker.report(stated).status, diagnostics: [...diagnostics], holes };
}

/** The order of files of proofs where imports leave it open: that of the statements that they prove. */
function ranked(statements: Statements): (file: ProofFile) => number {
  const turns = new Map([...statements.stated.keys()].map((name, i) => [name, i]));
  return ({ trees }) => Math.min(Infinity, ...trees.slice(0, 1).map((t) => turns.get(t.name.name) ?? Infinity));
}

/** How much is checked, and what may be taken from an earlier check. */
export interface Scope {
  readonly only?: Only | undefined;
  /** without one, every proof is run */
  readonly memory?: Memory | undefined;
  readonly reading?: Reading | undefined;
  /** is told what each step of the proofs that are run had before it, and left */
  readonly trace?: Trace | undefined;
}

/** Checks statements against proofs; with `only`, the proofs of those theorems and of what they rest on. Never throws on bad input. */
export function checkLibrary(
  statementFiles: readonly SourceFile[],
  proofFiles: readonly SourceFile[],
  scope: Scope = {},
): Library {
  const characters = [...statementFiles, ...proofFiles].reduce((n, f) => n + f.text.length, 0);
  const fuel = RUN_FUEL + CHARACTER_FUEL * characters;
  return must(core.within(fuel, () => runToEnd(checking(statementFiles, proofFiles, scope))));
}

/** Every proof of some files, in order. */
const placed = (files: readonly ProofFile[]): readonly Placed[] =>
  files.flatMap((f) =>
    f.trees.map((tree, turn): Placed => ({
      file: f.path,
      turn,
      tree,
      text: f.text.slice(tree.span.start, tree.span.end),
    })),
  );

/** The same in pieces, for who has to answer between them: it stops where the work may be put off, or be given up. */
export function* checking(
  statementFiles: readonly SourceFile[],
  proofFiles: readonly SourceFile[],
  { only, memory, reading, trace }: Scope,
): Generator<void, Library> {
  const paths = (files: readonly SourceFile[]): ReadonlySet<string> => new Set(files.map((f) => f.path));
  const statements = yield* readingStatements(statementFiles, paths(proofFiles), reading);
  const found: Diagnostic[] = [];
  const parsed = proofFiles.map((f) => parseProofFile(f, found));
  const { problems, sight } = ordered(parsed, 'proofs', paths(statementFiles));
  for (const p of problems) found.push({ severity: 'error', code: 'E-SCOPE', ...p });
  const { files } = ordered(parsed, 'proofs', paths(statementFiles), ranked(statements));
  const all = placed(files);
  const proofs: Proofs = { of: new Map([...all].reverse().map((p) => [p.tree.name.name, p])), sight };
  const checker = new Checker(statements, proofs, undefined, memory, trace);
  checker.diagnostics.push(...found);
  const wanted = only && restingOn(statements, proofs, only(statements));
  // in the order of a whole check, so that one theorem has one verdict, whatever is checked with it
  for (const p of all) {
    if (wanted && !wanted.has(p.tree.name.name)) continue;
    checker.proof(p);
    yield;
  }
  for (const f of proofFiles) {
    const { unread, failures } = proofsOf(f);
    unread.forEach((text, i) => checker.unread(text, failures[i]!.code));
  }
  return {
    theorems: checker.reports(wanted),
    diagnostics: checker.diagnostics,
    statements,
    proofs,
    proved: checker.proved,
    streams: statements.streams,
    holes: checker.holes,
    ...(wanted ? { only: wanted } : {}),
  };
}
