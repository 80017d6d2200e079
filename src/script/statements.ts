/**
 * Reads the files of statements: definitions, axioms, theorems and streams, imports first. Invariant: a name is stated once in the
 * whole library; a statement that does not elaborate is reported and is not in scope. Proves nothing; axioms are made here.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Thm } from '../core/index.js';
import * as core from '../core/index.js';
import type { ElaborateError } from '../elaborate/error.js';
import type { Law, StreamInfo } from '../elaborate/law.js';
import { type Env, emptyEnv } from '../elaborate/scope.js';
import { parseStatements } from '../syntax/parse.js';
import type { StatementTree } from '../syntax/tree.js';
import { must } from '../tactic/failure.js';
import { type Import, ordered, resolveImport } from './imports.js';
import type { Code, Diagnostic, SourceFile } from './result.js';
import { elaborateStatement } from '../elaborate/elaborate.js';
import { type Citable, theorem } from './scope.js';
import { lawGoal } from './block.js';

/** A theorem to prove, or one that could not be stated. */
export interface Stated {
  readonly name: string;
  readonly file: string;
  readonly span: Law['span'];
  readonly law: Law | undefined;
  readonly code: Code | undefined;
  /** the environment of its file, for the phrases of its proof */
  readonly env: Env;
}

export interface Statements {
  readonly stated: ReadonlyMap<string, Stated>;
  readonly axioms: ReadonlyMap<string, Citable>;
  readonly streams: ReadonlyMap<string, StreamInfo>;
  readonly envs: ReadonlyMap<string, Env>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Parsed {
  readonly path: string;
  readonly trees: readonly StatementTree[];
  readonly imports: readonly Import[];
}

class Reader {
  readonly stated = new Map<string, Stated>();
  readonly axioms = new Map<string, Citable>();
  readonly streams = new Map<string, StreamInfo>();
  readonly envs = new Map<string, Env>();
  readonly diagnostics: Diagnostic[] = [];
  private readonly tooLarge = new Set<string>();

  parse(file: SourceFile): readonly Parsed[] {
    const parsed = parseStatements(file.text);
    if (E.isLeft(parsed)) {
      const { span, code } = parsed.left;
      this.diagnostics.push({
        severity: 'error',
        code,
        file: file.path,
        span,
        fact: { _tag: 'Syntax', failure: parsed.left },
      });
      return [{ path: file.path, trees: [], imports: [] }];
    }
    const imports = parsed.right.flatMap((t) => (t._tag === 'Import' ? [{ path: t.path, span: t.span }] : []));
    return [{ path: file.path, trees: parsed.right, imports }];
  }

  read(file: Parsed): void {
    let env = file.imports.reduce((acc: Env, i) => {
      const path = resolveImport(file.path, i.path);
      const other = (path === undefined ? undefined : this.envs.get(path)) ?? emptyEnv;
      clashes(acc, other).forEach((name) => this.clash(file.path, i, name));
      return merged(acc, other);
    }, emptyEnv);
    for (const tree of file.trees) if (tree._tag !== 'Import') env = this.statement(file.path, env, tree);
    this.envs.set(file.path, env);
    for (const [name, s] of this.stated) if (s.file === file.path) this.stated.set(name, { ...s, env });
  }

  private statement(file: string, env: Env, tree: Exclude<StatementTree, { _tag: 'Import' }>): Env {
    const { name, span } = tree.name;
    const done = elaborateStatement(env, tree);
    if (E.isLeft(done)) {
      const error = this.declined(done.left, name);
      this.diagnostics.push({
        severity: 'error',
        code: error.code,
        file,
        span: error.span ?? span,
        fact: { _tag: 'Elaborate', error },
      });
      if ((tree._tag === 'Theorem' || tree._tag === 'Stream') && !this.known(name))
        this.stated.set(name, { name, file, span, law: undefined, code: error.code, env });
      return env;
    }
    for (const item of done.right.statements) {
      if (item._tag === 'Stream') {
        if (!this.known(item.name)) this.streams.set(item.name, item);
      } else if (item._tag !== 'Definition') this.law(file, env, item);
    }
    return done.right.env;
  }

  /** What needs something that was too large to define is declined as well. */
  private declined(error: ElaborateError, name: string): ElaborateError {
    const { fact } = error;
    const missing = fact._tag === 'Unknown' && this.tooLarge.has(fact.name);
    if (!missing && error.code !== 'E-BUDGET') return error;
    this.tooLarge.add(name);
    return { ...error, code: 'E-BUDGET' };
  }

  private known(name: string): boolean {
    return this.stated.has(name) || this.axioms.has(name);
  }

  /** Two imports with different definitions of one name: a reader could not tell which is meant. */
  private clash(file: string, { span }: Import, name: string): void {
    const fact = { _tag: 'Duplicate', kind: 'definition', name } as const;
    const error = { _tag: 'ElaborateError', code: 'E-SCOPE', span, fact } as const;
    this.diagnostics.push({ severity: 'error', code: 'E-SCOPE', file, span, fact: { _tag: 'Elaborate', error } });
  }

  private law(file: string, env: Env, law: Law): void {
    if (this.known(law.name)) {
      const fact = { _tag: 'ProvedTwice', name: law.name } as const;
      this.diagnostics.push({ severity: 'error', code: 'E-SCOPE', file, span: law.span, fact });
    } else if (law._tag === 'Axiom') this.axioms.set(law.name, axiomOf(law));
    else this.stated.set(law.name, { name: law.name, file, span: law.span, law, code: undefined, env });
    if (law.lhs === law.rhs && law.stream === undefined)
      this.diagnostics.push({
        severity: 'warning',
        code: 'E-VACUOUS',
        file,
        span: law.span,
        fact: { _tag: 'Vacuous', term: law.lhs },
      });
  }
}

function axiomOf(law: Law): Citable {
  const { hypotheses } = lawGoal(law, []);
  const thm: Thm = must(
    core.axiom(
      law.name,
      hypotheses.map((h) => h.hypothesis),
      law.lhs,
      law.rhs,
    ),
  );
  return theorem(law.name, thm, law.wires, hypotheses);
}

/** Functions of one name that are not one definition. */
const clashes = (a: Env, b: Env): readonly string[] =>
  [...b.functions].flatMap(([name, f]) => {
    const known = a.functions.get(name);
    return known && known.definition !== f.definition ? [name] : [];
  });

/** The first of two definitions of one name stays. */
const merged = (a: Env, b: Env): Env => ({
  sorts: new Set([...a.sorts, ...b.sorts]),
  functions: new Map([...b.functions, ...a.functions]),
  laws: new Map([...b.laws, ...a.laws]),
  streams: new Map([...b.streams, ...a.streams]),
  names: a.names,
});

export function readStatements(files: readonly SourceFile[]): Statements {
  const reader = new Reader();
  const { files: inOrder, problems } = ordered(files.flatMap((f) => reader.parse(f)));
  for (const p of problems) reader.diagnostics.push({ severity: 'error', code: 'E-SCOPE', ...p });
  inOrder.forEach((f) => reader.read(f));
  return reader;
}
