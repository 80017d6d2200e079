// What names stand for. Invariant: immutable; wires, indices, axes, objects, functions and theorems have separate name spaces;
// a parameter hides a definition of the same name. Knows nothing of files: the caller elaborates imports first.
import type { Axis, Definition, MorphismVar, Obj, Term } from '../point/build.js';
import { type NameKind, fail } from '../point/error.js';
import type { Binding, Expr } from '../point/point.js';
import type { Law, Names, StreamInfo } from './law.js';
import type { Span } from '../syntax/span.js';
import type { DiagramTree, ExprTree, Name } from '../syntax/tree.js';

export type BraceParameter =
  { readonly _tag: 'Object'; readonly name: string } | { readonly _tag: 'Morphism'; readonly variable: MorphismVar };

/** A definition and how it is called. */
export interface FunctionEntry {
  readonly definition: Definition;
  /** what `{…}` supplies, in order of declaration */
  readonly braces: readonly BraceParameter[];
  /** undefined: point-free */
  readonly wires: readonly Binding[] | undefined;
}

export interface Env {
  readonly sorts: ReadonlySet<string>;
  readonly functions: ReadonlyMap<string, FunctionEntry>;
  readonly laws: ReadonlyMap<string, Law>;
  readonly streams: ReadonlyMap<string, StreamInfo>;
  readonly names: Names;
}

export const noNames: Names = { axes: new Map(), objects: new Map(), morphisms: new Map() };
export const emptyEnv: Env = {
  sorts: new Set(),
  functions: new Map(),
  laws: new Map(),
  streams: new Map(),
  names: noNames,
};
/** The environment inside a statement. */
export const enter = (env: Env, names: Names): Env => ({ ...env, names });
export const withAxis = (env: Env, name: string, axis: Axis): Env => ({
  ...env,
  names: { ...env.names, axes: new Map(env.names.axes).set(name, axis) },
});

// ---- inside an expression ---------------------------------------------------------------------------------------------

/** An expression and what it denotes; `parts` are the components that a `let (x, y)` takes it apart into. */
export interface Typed {
  readonly expr: Expr;
  readonly object: Obj;
  readonly parts: readonly Obj[];
}

export interface Local {
  readonly env: Env;
  readonly wires: ReadonlyMap<string, Obj>;
  readonly indices: ReadonlyMap<string, Axis>;
  readonly knot: Knot;
}

/** Expressions contain diagrams and diagrams contain expressions: each reaches the other through here. */
export interface Knot {
  readonly expression: (local: Local, tree: ExprTree) => Typed;
  readonly diagram: (local: Local, tree: DiagramTree, dom: Obj | undefined) => Term;
  /** does a diagram need its domain? */
  readonly waits: (local: Local, tree: DiagramTree) => boolean;
}

export const withWires = (local: Local, wires: readonly Binding[]): Local => ({
  ...local,
  wires: new Map([...local.wires, ...wires.map((w): [string, Obj] => [w.name, w.object])]),
});
export const withIndex = (local: Local, index: string, axis: Axis): Local => ({
  ...local,
  indices: new Map(local.indices).set(index, axis),
});

// ---- lookups ----------------------------------------------------------------------------------------------------------

export function lookUp<A>(kind: NameKind, known: ReadonlyMap<string, A>, name: string, span: Span): A {
  return known.get(name) ?? unknown(kind, [...known.keys()], name, span);
}

export function unknown(kind: NameKind, known: readonly string[], name: string, span?: Span): never {
  fail({ _tag: 'Unknown', kind, name, candidates: near(name, known) }, span);
}

/** The same inside an expression, where the name may stand for something else. */
export function unknownIn(
  local: Local,
  kind: 'wire' | 'index' | 'function',
  known: readonly string[],
  name: Name,
): never {
  const is = (['wire', 'index', 'axis', 'function'] as const).find((k) => k !== kind && standsFor(local, k, name.name));
  const candidates = near(name.name, known);
  return fail({ _tag: 'Unknown', kind, name: name.name, candidates, ...(is && { is }) }, name.span);
}
function standsFor(
  { env, wires, indices }: Local,
  kind: 'wire' | 'index' | 'axis' | 'function',
  name: string,
): boolean {
  if (kind === 'wire') return wires.has(name);
  if (kind === 'index') return indices.has(name);
  return kind === 'axis' ? env.names.axes.has(name) : env.functions.has(name) || env.names.morphisms.has(name);
}

export type Callee =
  | { readonly _tag: 'Variable'; readonly variable: MorphismVar }
  | { readonly _tag: 'Definition'; readonly entry: FunctionEntry };

export function calleeOf(env: Env, { name, span }: Name): Callee {
  const variable = env.names.morphisms.get(name);
  if (variable) return { _tag: 'Variable', variable };
  const entry = env.functions.get(name);
  if (entry) return { _tag: 'Definition', entry };
  return unknown('function', [...env.names.morphisms.keys(), ...env.functions.keys()], name, span);
}

/** A name longer than this is compared with no other. */
export const longestCompared = 64;

/** Names at an edit distance of at most two (one for short names), nearest first. */
export function near(name: string, known: readonly string[]): readonly string[] {
  if (name.length > longestCompared) return [];
  // of a single letter any other is one edit away
  const limit = name.length < 2 ? 0 : name.length < 4 ? 1 : 2;
  const plain = (n: string): string => n.toLowerCase().replaceAll('_', '-');
  return known
    .map((k) => ({ k, d: distance(plain(name), plain(k)) }))
    .filter(({ d }) => d <= limit)
    .sort((a, b) => a.d - b.d || (a.k < b.k ? -1 : 1))
    .slice(0, 3)
    .map(({ k }) => k);
}

/** Edits of one letter, exchanges of two neighbours among them. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => i + j));
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const best = Math.min(table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + same);
      table[i]![j] = swapped ? Math.min(best, table[i - 2]![j - 2]! + 1) : best;
    }
  return table[a.length]![b.length]!;
}
