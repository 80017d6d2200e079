/**
 * Reads the files of statements: definitions, axioms, theorems and streams, imports first. Invariant: a name is stated once in the
 * whole library; a statement that does not elaborate is reported and is not in scope. Proves nothing; axioms are made here.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import type { ElaborateError, NameKind } from '../../language/point/error.js';
import type { Law, StreamInfo } from '../../language/elaborate/law.js';
import { type Env, emptyEnv } from '../../language/elaborate/scope.js';
import type { StatementTree } from '../../language/syntax/tree.js';
import { attempted, must } from '../tactic/failure.js';
import { type Import, type Sight, ordered, resolveImport } from './imports.js';
import type { Code, Diagnostic, SourceFile } from './result.js';
import { elaborateStatement } from '../../language/elaborate/elaborate.js';
import { runToEnd } from './run-to-end.js';
import { type Citable, theorem } from './scope.js';
import { lawGoal } from './block.js';
import { importsIn, statementsOf } from './file.js';

/** A theorem to prove, or one that could not be stated. */
export interface Stated {
  readonly name: string;
  readonly file: string;
  readonly span: Law['span'];
  readonly law: Law | undefined;
  readonly code: Code | undefined;
  /** it needs what a file that was not read may declare */
  readonly unread?: boolean;
  /** the environment of its file, for the phrases of its proof */
  readonly env: Env;
}

/** What is believed, and where it is said. */
export interface Axiom extends Citable {
  readonly law: Law;
  readonly file: string;
}

/** Where a statement stands. */
export interface Place {
  readonly file: string;
  readonly span: Law['span'];
}

export interface Statements {
  readonly stated: ReadonlyMap<string, Stated>;
  readonly axioms: ReadonlyMap<string, Axiom>;
  readonly streams: ReadonlyMap<string, StreamInfo>;
  readonly envs: ReadonlyMap<string, Env>;
  /** of each file of statements */
  readonly sight: Sight;
  readonly texts: ReadonlyMap<string, string>;
  readonly files: readonly SourceFile[];
  readonly definitions: ReadonlyMap<core.Definition, Place>;
  readonly diagnostics: readonly Diagnostic[];
  /** names that files which were not read seem to declare */
  readonly unread: ReadonlySet<string>;
}

/** Whether a file that was not read may declare a name, or the stream of a law. */
export const mayState = ({ unread }: Pick<Statements, 'unread'>, name: string): boolean =>
  unread.has(name.replace(/\..*$/, ''));
const declaredIn = (text: string): readonly string[] =>
  [...text.matchAll(/^[^\S\n]*[A-Za-z]+[^\S\n]+([A-Za-z][\w'-]*)/gm)].map((m) => m[1]!);

interface Parsed {
  readonly path: string;
  readonly trees: readonly StatementTree[];
  readonly imports: readonly Import[];
}

/** What reading does, for a reader that keeps what it has read (workspace.ts). */
export interface Reading {
  readonly elaborate: typeof elaborateStatement;
  readonly merge: (a: Env, b: Env) => Env;
  readonly believe: (law: Law, file: string) => Axiom;
}

class Reader {
  readonly stated = new Map<string, Stated>();
  readonly axioms = new Map<string, Axiom>();
  readonly streams = new Map<string, StreamInfo>();
  readonly envs = new Map<string, Env>();
  readonly diagnostics: Diagnostic[] = [];
  readonly texts = new Map<string, string>();
  readonly files: SourceFile[] = [];
  readonly definitions = new Map<core.Definition, Place>();
  sight: Sight = new Map();
  /** the file that declares a sort, for each file that knows it */
  private readonly sorts = new Map<string, ReadonlyMap<string, string>>();
  readonly unread = new Set<string>();
  private readonly tooLarge = new Set<string>();

  constructor(private readonly reading: Reading) {}

  parse(file: SourceFile): readonly Parsed[] {
    const { trees, failures, unread } = statementsOf(file);
    this.texts.set(file.path, file.text);
    this.files.push(file);
    unread.flatMap(declaredIn).forEach((name) => this.unread.add(name));
    for (const failure of failures) {
      const { span, code } = failure;
      this.diagnostics.push({
        severity: 'error',
        code,
        file: file.path,
        span,
        fact: { _tag: 'Syntax', failure },
      });
    }
    return [{ path: file.path, trees, imports: importsIn(trees) }];
  }

  read(file: Parsed): void {
    const sorts = new Map<string, string>();
    let env = file.imports.reduce((acc: Env, i) => {
      const path = resolveImport(file.path, i.path) ?? '';
      const other = this.envs.get(path) ?? emptyEnv;
      clashes(acc, other).forEach((name) => this.clash(file.path, i, 'definition', name));
      this.sorts.get(path)?.forEach((origin, name) => {
        if ((sorts.get(name) ?? origin) !== origin) this.clash(file.path, i, 'sort', name);
        else sorts.set(name, origin);
      });
      return this.reading.merge(acc, other);
    }, emptyEnv);
    for (const tree of file.trees) if (tree._tag !== 'Import') env = this.statement(file.path, env, tree);
    env.sorts.forEach((name) => sorts.has(name) || sorts.set(name, file.path));
    this.sorts.set(file.path, sorts);
    this.envs.set(file.path, env);
    for (const [name, s] of this.stated) if (s.file === file.path) this.stated.set(name, { ...s, env });
  }

  private statement(file: string, env: Env, tree: Exclude<StatementTree, { _tag: 'Import' }>): Env {
    const { name, span } = tree.name;
    const done = this.reading.elaborate(env, tree);
    if (E.isLeft(done)) {
      const error = this.declined(done.left, name);
      // what a file that does not parse would declare is not missing: that file is what is wrong
      const silent =
        error.fact._tag === 'Unknown' && declarable.has(error.fact.kind) && mayState(this, error.fact.name);
      const code = silent ? 'E-SYNTAX' : error.code;
      if (silent) this.unread.add(name);
      else
        this.diagnostics.push({
          severity: 'error',
          code,
          file,
          span: error.span ?? span,
          fact: { _tag: 'Elaborate', error },
        });
      if ((tree._tag === 'Theorem' || tree._tag === 'Stream') && !this.known(name))
        this.stated.set(name, { name, file, span, law: undefined, code, unread: silent, env });
      return env;
    }
    for (const item of done.right.statements) {
      if (item._tag === 'Stream') {
        if (!this.known(item.name)) this.streams.set(item.name, item);
      } else if (item._tag === 'Definition') this.definitions.set(item.definition, { file, span: item.span });
      else this.law(file, env, item);
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

  /** Two imports with different definitions of one name, or two sorts: a reader could not tell which is meant. */
  private clash(file: string, { span }: Import, kind: 'definition' | 'sort', name: string): void {
    const fact = { _tag: 'Duplicate', kind, name } as const;
    const error = { _tag: 'ElaborateError', code: 'E-SCOPE', span, fact } as const;
    this.diagnostics.push({ severity: 'error', code: 'E-SCOPE', file, span, fact: { _tag: 'Elaborate', error } });
  }

  private axiom(file: string, law: Law): void {
    const made = attempted(() => this.reading.believe(law, file));
    if (E.isRight(made)) this.axioms.set(law.name, made.right);
    else if (made.left._tag === 'Core') {
      const { span } = law;
      const error = { _tag: 'ElaborateError', code: made.left.error.code, span, fact: made.left } as const;
      this.diagnostics.push({ severity: 'error', code: error.code, file, span, fact: { _tag: 'Elaborate', error } });
    }
  }

  private law(file: string, env: Env, law: Law): void {
    if (this.known(law.name)) {
      const fact = { _tag: 'ProvedTwice', name: law.name } as const;
      this.diagnostics.push({ severity: 'error', code: 'E-SCOPE', file, span: law.span, fact });
    } else if (law._tag === 'Axiom') this.axiom(file, law);
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

/** What files declare. */
const declarable: ReadonlySet<NameKind> = new Set(['function', 'sort', 'theorem', 'definition']);

function axiomOf(law: Law, file: string): Axiom {
  const { hypotheses } = lawGoal(law, []);
  const thm: Thm = must(
    core.axiom(
      law.name,
      hypotheses.map((h) => h.hypothesis),
      law.lhs,
      law.rhs,
    ),
  );
  return { ...theorem(law.name, thm, law.wires, hypotheses), law, file };
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

/** Reading that keeps nothing. */
export const afresh: Reading = { elaborate: elaborateStatement, merge: merged, believe: axiomOf };

/** `proofs` are the paths of the files of proofs, which no statement imports. */
export const readStatements = (...of: Parameters<typeof readingStatements>): Statements =>
  runToEnd(readingStatements(...of));

/** The same in pieces, a file each. */
export function* readingStatements(
  files: readonly SourceFile[],
  proofs: ReadonlySet<string> = new Set(),
  reading: Reading = afresh,
): Generator<void, Statements> {
  const reader = new Reader(reading);
  const {
    files: inOrder,
    problems,
    sight,
  } = ordered(
    files.flatMap((f) => reader.parse(f)),
    'statements',
    proofs,
  );
  reader.sight = sight;
  for (const p of problems) reader.diagnostics.push({ severity: 'error', code: 'E-SCOPE', ...p });
  for (const f of inOrder) {
    reader.read(f);
    yield;
  }
  return reader;
}
