/**
 * Scopes of the kernel being built, and names. Invariant: a scope's statements only grow at the end, so a value that is placed in an
 * outer scope while an inner loop is being built stands before that loop.
 */
import type { Node } from '../../core/index.js';
import {
  type Dim,
  type Expr,
  type Grouped,
  type Int,
  type Kind,
  type Put,
  type Stmt,
  type Walk,
  at,
  size,
  slot,
} from '../ir/kernel.js';
import { freeNames } from '../../normal/rewrite.js';
import type { Plan } from './plan.js';

export interface Scope {
  readonly parent: Scope | undefined;
  /** the names bound here; the outermost scope binds all that no other does */
  readonly here: ReadonlySet<number>;
  readonly available: Set<number>;
  readonly stmts: Stmt[];
  readonly done: Map<Node, Expr>;
  /** arrays of kept values, and the tiles that other lanes read them from */
  readonly kept: Map<Node, KeptIn>;
  readonly tiles: Map<Node, { readonly name: string; readonly index: readonly Int[] }>;
  plan: Plan;
  /** one turn for each element of a tile: nothing is staged inside */
  readonly walksTile: boolean;
}

const noPlan: Plan = { buckets: new Map(), kept: new Map(), firsts: new Map(), reads: [], needed: new Map() };

export function scopeIn(parent: Scope | undefined, names: readonly number[], walksTile = false): Scope {
  const here = new Set(names);
  const available = new Set([...(parent?.available ?? []), ...here]);
  return {
    parent,
    here,
    available,
    stmts: [],
    done: new Map(),
    kept: new Map(),
    tiles: new Map(),
    plan: noPlan,
    walksTile: walksTile || parent?.walksTile === true,
  };
}

/** The innermost scope that binds one of the names. */
export function homeOf(names: Iterable<number>, from: Scope): Scope {
  const all = [...names];
  let scope = from;
  while (scope.parent && !all.some((n) => scope.here.has(n))) scope = scope.parent;
  return scope;
}
export const home = (node: Node, from: Scope): Scope => homeOf(freeNames(node), from);

export class Names {
  private readonly used = new Set<string>();
  constructor(taken: Iterable<string>) {
    for (const t of taken) this.used.add(t);
  }
  fresh(base: string): string {
    let name = base;
    for (let i = 2; this.used.has(name); i++) name = `${base}_${i}`;
    this.used.add(name);
    return name;
  }
}

/**
 * An index that statements run over from the inside: a register of the lane, or the elements of a tile for which a value is kept. A value that
 * depends on it is an array, so that loops stand outside and what does not depend on it is computed once.
 */
export interface Vector extends Walk {
  readonly dim: Dim;
}

/** A kept value's private array; where lanes share its tile, also the tile in workgroup memory, an index for each of its dimensions. */
export interface KeptIn {
  readonly read: Element;
  readonly tile?: { readonly name: string; readonly dims: Put['dims'] } | undefined;
}

export const registerVector = (use: Grouped): Vector => ({
  index: use.name,
  dim: { use: use.name, capacity: use.capacity, share: use.share },
  over: { _tag: 'Register', use: use.name },
  bound: size(use.tile),
  share: use.share,
});

/** Statements for every index of the given vectors, the first outermost. */
export function forEach(vectors: readonly Vector[], body: readonly Stmt[]): readonly Stmt[] {
  return [...vectors].reverse().reduce<readonly Stmt[]>((inner, { index, over, bound, share, partial }) => {
    return [{ _tag: 'Each', index, over, bound, share, partial, body: inner, note: `each ${index} of the tile` }];
  }, body);
}

export const indexOf = (vectors: readonly Vector[]): readonly Int[] =>
  vectors.map((v) => (v.share ? slot(v.index) : at(v.index)));
/** An element of a private array. */
export type Element = Expr & { readonly _tag: 'Get' };
export const element = (name: string, vectors: readonly Vector[]): Element => ({
  _tag: 'Get',
  name,
  index: indexOf(vectors),
});

/** What a node's kind is read off besides itself. */
export interface Kinds {
  readonly state: (name: number) => Node | undefined;
  readonly input: (input: number) => Kind;
}

export function kindOf(node: Node, known: Kinds): Kind {
  const { data } = node;
  if (data._tag === 'Literal') return 'boolean';
  if (data._tag === 'Op')
    return ['lt', 'not', 'and', 'or', 'true', 'false'].includes(data.operator) ? 'boolean' : 'real';
  if (data._tag === 'Select') return kindOf(node.cells[1]!.body, known);
  if (data._tag === 'Fold') return kindOf(node.cells[data.component]!.body, known);
  if (data._tag === 'State') return kindOf(known.state((node.refs[0] as { readonly name: number }).name)!, known);
  return data._tag === 'Read' ? known.input(data.input) : 'real';
}

/** Whether an expression reads a variable. */
export function mentions(e: Expr, name: string): boolean {
  if (e._tag === 'Get') return e.name === name;
  if (e._tag === 'Op') return e.args.some((a) => mentions(a, name));
  return e._tag === 'Select' && [e.condition, e.yes, e.no].some((a) => mentions(a, name));
}
