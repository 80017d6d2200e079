/**
 * Operators, definitions and reindexings as operations. Invariant: which glyph an operation has follows from its type alone, but for sums, which are
 * dots and cups. Knows no geometry.
 */
import type { Axis, Leaf } from '../core/index.js';
import { isOperator } from '../language/print/reduction.js';
import type { Head, Tree } from '../language/print/tree.js';
import type { End, Glyph } from './diagram.js';
import { labelOf } from './label.js';
import type { Room, View, Yield } from './room.js';
import type { Trees } from './tree.js';

/** What an operation asks of the trees around it. */
export interface Trunk {
  readonly trees: Pick<Trees, 'type' | 'component'>;
  /** the cable of a tree in a room */
  readonly view: (room: Room, t: Tree) => View;
  /** the indices that a tree depends on, outermost first */
  readonly depends: (t: Tree) => readonly number[];
  readonly indices: (t: Tree) => readonly (readonly [index: number, axis: Axis])[];
  /** whether a tree is a part of one other, so that it may be drawn as one with it */
  readonly alone: (t: Tree) => boolean;
}

type Applied = Tree & { readonly _tag: 'Apply' };

export function operation(b: Trunk, room: Room, t: Applied): readonly View[] {
  const { head } = t;
  switch (head._tag) {
    case 'Operator':
      return pointwise(b, room, t, ...written(t, head.operator));
    case 'If':
      return selected(b, room, t);
    case 'Named':
      return called(b, room, t, head);
    default:
      return reindexed(b, room, t, labelOf(head));
  }
}

const views = (b: Trunk, room: Room, args: readonly Tree[]): readonly View[] => args.map((x) => b.view(room, x));
const scalar = (leaf: Leaf): Yield => ({ base: leaf.base, own: [] });

function pointwise(b: Trunk, room: Room, t: Tree, label: string, args: readonly Tree[]): readonly View[] {
  const glyph = { _tag: 'Pointwise', label } as const;
  const yields = [scalar(b.trees.type(t))];
  return room.add({ glyph, title: label, args: views(b, room, args), free: b.indices(t), yields });
}

/** As the printer writes it: x + (-y) is x - y, x * (1/y) is x / y, not x < y is x >= y. */
function written(t: Applied, operator: string): readonly [string, readonly Tree[]] {
  const [x, y] = t.args;
  const inside = (of: Tree | undefined, name: string): readonly Tree[] | undefined =>
    of && isOperator(of, name) ? of.args : undefined;
  const minus = operator === 'add' ? inside(y, 'neg') : undefined;
  if (minus) return ['−', [x!, ...minus]];
  const over = operator === 'mul' ? inside(y, 'recip') : undefined;
  if (over) return ['÷', [x!, ...over]];
  const less = operator === 'not' ? inside(x, 'lt') : undefined;
  return less ? ['≥', less] : [labelOf(t.head), t.args];
}

/** The two arrays of a choice are alike, and their axes pass. */
function selected(b: Trunk, room: Room, t: Applied): readonly View[] {
  const args = views(b, room, t.args);
  const { base, axes } = b.trees.type(t);
  const own = axes.map((axis, i) => ({
    axis,
    from: [
      [1, args[1]!.own[i]!],
      [2, args[2]!.own[i]!],
    ] as End[],
  }));
  return room.add({
    glyph: { _tag: 'Pointwise', label: 'if' },
    title: 'if',
    args,
    free: b.indices(t),
    yields: [{ base, own }],
  });
}

/** What only the leading axes are touched by: the others pass. */
function reindexed(b: Trunk, room: Room, t: Applied, label: string): readonly View[] {
  const args = views(b, room, t.args);
  const taken = t.head._tag === 'Flatten' ? 2 : 1;
  const made = t.head._tag === 'Tile' ? 2 : t.head._tag === 'First' ? 0 : 1;
  const yields = Array.from({ length: t.width }, (_, at): Yield => {
    const { base, axes } = b.trees.component(t, at);
    const passing = (i: number): End[] => args.map((v, k): End => [k, v.own[i - made + taken]!]);
    return { base, own: axes.map((axis, i) => (i < made ? { axis } : { axis, from: passing(i) })) };
  });
  return room.add({ glyph: { _tag: 'Lens', label }, title: label, args, free: b.indices(t), yields });
}

function called(b: Trunk, room: Room, t: Applied, head: Head & { readonly _tag: 'Named' }): readonly View[] {
  const label = labelOf(head);
  const types = t.args.map((x) => b.trees.type(x));
  if (head.name === 'sum' && t.width === 1 && types.length === 1 && types[0]!.axes.length === 1 && isReal(types[0]!))
    return summed(b, room, t);
  const yields = head.cod.leaves.map(({ base, axes }): Yield => ({ base, own: axes.map((axis) => ({ axis })) }));
  const glyph: Glyph = { _tag: glyphOf(types, head.cod.leaves), label };
  return room.add({ glyph, title: label, args: views(b, room, t.args), free: b.indices(t), yields });
}
const isReal = ({ base }: Leaf): boolean => base._tag === 'Real';

function glyphOf(args: readonly Leaf[], cod: readonly Leaf[]): 'Pointwise' | 'Reduce' | 'Normalise' | 'Box' {
  const [x, y] = [args[0], cod[0]];
  if ([...args, ...cod].every((l) => l.axes.length === 0)) return 'Pointwise';
  if (args.length !== 1 || cod.length !== 1 || x!.axes.length === 0) return 'Box';
  if (same(x!.axes, y!.axes)) return 'Normalise';
  return same(x!.axes.slice(0, -1), y!.axes) ? 'Reduce' : 'Box';
}
const same = (a: readonly Axis[], b: readonly Axis[]): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i]);

/** A sum of a product of two is a contraction where both factors have the strand of the summed axis. */
function summed(b: Trunk, room: Room, t: Applied): readonly View[] {
  const [array] = t.args as readonly [Tree];
  const glyph = { _tag: 'Sum' } as const;
  const yields = [scalar(b.trees.type(t))];
  const free = b.indices(t);
  const factors = array._tag === 'Array' && b.alone(array) ? product(b, array) : undefined;
  if (!factors) return room.add({ glyph, title: 'sum', args: [b.view(room, array)], free, yields });
  return room.add({ glyph, title: 'sum of products', args: views(b, room, factors), free, yields });
}
function product(b: Trunk, array: Tree & { readonly _tag: 'Array' }): readonly Tree[] | undefined {
  const { body } = array;
  if (!isOperator(body, 'mul') || !b.alone(body)) return undefined;
  return body.args.every((x) => b.depends(x).includes(array.index)) ? body.args : undefined;
}
