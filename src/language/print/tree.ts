/**
 * What a diagram is shown from: expressions with definitions kept and plumbing gone. Invariant: interned within one forest, so
 * that equal trees are one object; binders are numbers, each made once. Knows no text.
 */
import type { Axis, Obj, Operator, Rational } from '../../core/index.js';

export type Head =
  | { readonly _tag: 'Operator'; readonly operator: Operator }
  | { readonly _tag: 'If' }
  | { readonly _tag: 'First' | 'Position' | 'Size'; readonly axis: Axis }
  | { readonly _tag: 'Split' | 'Concat' | 'Tile' | 'Flatten'; readonly axis: Axis; readonly other: Axis }
  /** a definition, or a morphism variable with its axes */
  | {
      readonly _tag: 'Named';
      readonly name: string;
      readonly axes: readonly Axis[];
      /** the diagrams that a definition is given, as they are written */
      readonly braces: readonly string[];
      /** what it yields, array by array */
      readonly cod: Obj;
    };

export type Shape =
  | { readonly _tag: 'Name'; readonly name: string }
  | { readonly _tag: 'Number'; readonly value: Rational }
  | { readonly _tag: 'Element'; readonly array: Tree; readonly index: number }
  | { readonly _tag: 'Array'; readonly index: number; readonly axis: Axis; readonly body: Tree }
  | { readonly _tag: 'Apply'; readonly head: Head; readonly args: readonly Tree[]; readonly width: number }
  | {
      readonly _tag: 'Loop';
      readonly index: number;
      readonly axis: Axis;
      readonly loop: number;
      readonly inits: readonly Tree[];
      /** new states, then outputs */
      readonly body: readonly Tree[];
    }
  | { readonly _tag: 'State'; readonly loop: number; readonly component: number }
  /** one value of a tree that has several */
  | { readonly _tag: 'Component'; readonly of: Tree; readonly at: number };

export type Tree = Shape & {
  readonly id: number;
  /** binders that occur and are not bound inside */
  readonly free: ReadonlySet<number>;
  /** nodes when written out */
  readonly size: number;
  /** trees inside one another */
  readonly depth: number;
};

/** What is deeper is not shown: walks over trees call themselves once a level. */
export const shownDepth = 400;

export class TooBig extends Error {}

export const childrenOf = (t: Shape): readonly Tree[] => {
  switch (t._tag) {
    case 'Name':
    case 'Number':
    case 'State':
      return [];
    case 'Element':
      return [t.array];
    case 'Array':
      return [t.body];
    case 'Apply':
      return t.args;
    case 'Loop':
      return [...t.inits, ...t.body];
    case 'Component':
      return [t.of];
  }
};

const axisKey = (e: Axis): string => String(e.id);
function headKey(h: Head): string {
  switch (h._tag) {
    case 'Operator':
      return h.operator;
    case 'If':
      return h._tag;
    case 'First':
    case 'Position':
    case 'Size':
      return `${h._tag}${axisKey(h.axis)}`;
    case 'Split':
    case 'Concat':
    case 'Tile':
    case 'Flatten':
      return `${h._tag}${axisKey(h.axis)},${axisKey(h.other)}`;
    case 'Named':
      return `:${h.name}[${h.axes.map(axisKey).join()}]{${h.braces.join()}}${h.cod.id}`;
  }
}

function keyOf(t: Shape): string {
  switch (t._tag) {
    case 'Name':
      return `n${t.name}`;
    case 'Number':
      return `#${t.value.num}/${t.value.den}`;
    case 'Element':
      return `e${t.array.id},${t.index}`;
    case 'Array':
      return `a${t.index},${axisKey(t.axis)},${t.body.id}`;
    case 'Apply':
      return `(${headKey(t.head)};${t.args.map((x) => x.id).join()}`;
    case 'Loop':
      return `l${t.loop}:${t.body.map((x) => x.id).join()};${t.inits.map((x) => x.id).join()}`;
    case 'State':
      return `s${t.loop},${t.component}`;
    case 'Component':
      return `c${t.of.id},${t.at}`;
  }
}

function freeOf(t: Shape): ReadonlySet<number> {
  const all = new Set(childrenOf(t).flatMap((c) => [...c.free]));
  if (t._tag === 'Element') all.add(t.index);
  if (t._tag === 'State') all.add(t.loop);
  if (t._tag === 'Array') all.delete(t.index);
  if (t._tag === 'Loop') [t.index, t.loop].forEach((b) => all.delete(b));
  return all;
}

export class Forest {
  private readonly table = new Map<string, Tree>();
  private binders = 0;

  constructor(private readonly limit: number) {}

  fresh(): number {
    this.binders += 1;
    return this.binders;
  }

  make(shape: Shape): Tree {
    const key = keyOf(shape);
    const known = this.table.get(key);
    if (known) return known;
    if (this.table.size >= this.limit) throw new TooBig();
    const children = childrenOf(shape);
    const size = children.reduce((n, c) => Math.min(1e9, n + c.size), 1);
    const depth = children.reduce((n, c) => Math.max(n, c.depth + 1), 1);
    if (depth > shownDepth) throw new TooBig();
    const made: Tree = { ...shape, id: this.table.size, free: freeOf(shape), size, depth };
    this.table.set(key, made);
    return made;
  }
}

/** The inverse of a step with the same two axes: only then do the two cancel. */
export const joins = (head: Head, tag: 'Split' | 'Concat' | 'Tile' | 'Flatten', axis: Axis, other: Axis): boolean =>
  head._tag === tag && head.axis === axis && head.other === other;

/** The array whose first part is `x` and whose second is `y`, when one split yields the two. */
export function partsOfOne(x: Tree, y: Tree, axis: Axis, other: Axis): Tree | undefined {
  if (x._tag !== 'Component' || y._tag !== 'Component') return undefined;
  if (x.of !== y.of || x.at !== 0 || y.at !== 1 || x.of._tag !== 'Apply') return undefined;
  return joins(x.of.head, 'Split', axis, other) ? x.of.args[0] : undefined;
}
