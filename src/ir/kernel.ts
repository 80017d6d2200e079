/**
 * The loop IR: one closed union of statements with explicit addresses, bounds, guards, memory levels and barriers.
 * Invariant: plain data; what it means is readback.ts, whether it is well formed is spec.ts. It knows no target and no schedule.
 */
import type { Axis, AxisVar, Operator, Rational } from '../core/index.js';

export type { Axis, AxisVar, Operator, Rational };

export type Level = 'global' | 'workgroup';
export type Datatype = 'f32';
export type Kind = 'real' | 'boolean';

/** How an axis of the diagram is used (docs/explanation/ir.md). `capacity` is the tile's size in the text. */
export type AxisUse =
  { readonly _tag: 'Grid' | 'Serial'; readonly name: string; readonly axis: AxisVar } | Grouped | Streamed;

/** r + t*b, as a grid of 1 + t blocks. */
export interface Grouped {
  readonly _tag: 'Grouped';
  readonly name: string;
  readonly rest: AxisVar;
  readonly count: AxisVar;
  readonly tile: AxisVar;
  readonly capacity: number;
  readonly as: 'lane' | 'register';
}

/** h + t*b, or h + t*b + u*r where `last` is given; u is 0 or 1. */
export interface Streamed {
  readonly _tag: 'Streamed';
  readonly name: string;
  readonly head: AxisVar;
  readonly count: AxisVar;
  readonly tile: AxisVar;
  readonly capacity: number;
  readonly last?: { readonly flag: AxisVar; readonly rest: AxisVar } | undefined;
}

/** An array in global memory, row-major over its axes. */
export interface ArrayDecl {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly datatype: Datatype;
}

/** An array in workgroup memory; a dimension is as long as a tile. */
export interface TileDecl {
  readonly name: string;
  readonly dims: readonly Dim[];
  readonly datatype: Datatype;
}

/** A dimension of static size: the tile of an axis use. */
export interface Dim {
  readonly use: string;
  readonly capacity: number;
}

/** Integers: sizes, indices, polynomials in them, and fixed shapes. */
export type Int =
  | { readonly _tag: 'Num'; readonly value: number }
  | { readonly _tag: 'Size'; readonly axis: AxisVar }
  | { readonly _tag: 'Name'; readonly name: string } // bound by `Int`
  | { readonly _tag: 'At'; readonly index: string } // a lane, register or loop index
  | { readonly _tag: 'Add' | 'Mul'; readonly left: Int; readonly right: Int }
  | { readonly _tag: 'Within'; readonly index: string; readonly extent: Int } // min(index, extent - 1)
  | { readonly _tag: 'Grid'; readonly use: string } // the block's number along a Grid axis
  | { readonly _tag: 'Turn'; readonly use: string } // block - 1, in `other` of a Block alone
  | { readonly _tag: 'Block'; readonly use: string; readonly first: Int; readonly other: Int }; // block == 0 ? first : other

export type Expr =
  | { readonly _tag: 'Const'; readonly value: Rational }
  | { readonly _tag: 'Bool'; readonly value: boolean }
  | { readonly _tag: 'Real'; readonly int: Int }
  | { readonly _tag: 'Get'; readonly name: string; readonly index: readonly Int[] } // a private variable
  | { readonly _tag: 'Tile'; readonly name: string; readonly index: readonly Int[] } // workgroup memory
  | { readonly _tag: 'Load'; readonly array: string; readonly address: Int } // global memory
  | { readonly _tag: 'Op'; readonly operator: Arithmetic; readonly args: readonly Expr[] }
  | { readonly _tag: 'Select'; readonly condition: Expr; readonly yes: Expr; readonly no: Expr };

/** The core's operators, and those that a text has a phrase for: x + (-y), x * (1 / y), (x < y ? y : x), (x < y ? x : y). */
export type Arithmetic = Operator | 'sub' | 'div' | 'max' | 'min';

/** One digit of a flat counter: counter / divisor % modulus, either left out where it is 1 or the last. */
export interface Digit {
  readonly divisor?: Int | undefined;
  readonly modulus?: Int | undefined;
}

export interface StageDim extends Digit {
  readonly index: string;
  readonly use: string;
  readonly bound: Int;
}

/** All lanes fill a tile together: each, from its own number in steps of `step`, the slots below `bound`. */
export interface Stage {
  readonly _tag: 'Stage';
  readonly tile: string;
  readonly bound: Int;
  readonly step: number;
  readonly dims: readonly StageDim[];
  readonly value: Expr;
}

/** Which block and lane runs: a digit of one of the grid's three numbers for each use, and of the lane's number for each lane index. */
export interface Frame {
  readonly blocks: readonly (Digit & { readonly use: string; readonly dimension: 0 | 1 | 2 })[];
  readonly lanes: readonly (Digit & { readonly use: string })[];
}

export type Stmt =
  | { readonly _tag: 'Int'; readonly name: string; readonly value: Int }
  | { readonly _tag: 'Let'; readonly name: string; readonly kind: Kind; readonly value: Expr }
  | {
      readonly _tag: 'Var';
      readonly name: string;
      readonly kind: Kind;
      readonly dims: readonly Dim[];
      readonly init?: Expr | undefined;
    }
  | { readonly _tag: 'Set'; readonly name: string; readonly index: readonly Int[]; readonly value: Expr }
  | Loop
  | Each
  | Stage
  | { readonly _tag: 'Barrier' }
  | { readonly _tag: 'Guard'; readonly index: string; readonly extent: Int; readonly body: readonly Stmt[] }
  | { readonly _tag: 'Store'; readonly array: string; readonly address: Int; readonly value: Expr };

/** Turns in order; `carries` are the outer variables that a turn hands to the next. */
export interface Loop {
  readonly _tag: 'Loop';
  readonly index: string;
  readonly axis: AxisVar;
  readonly bound: Int;
  readonly carries: readonly string[];
  readonly body: readonly Stmt[];
  readonly note: string;
}

/** Independent turns: over an axis variable, or over all elements of a register tile. */
export interface Each {
  readonly _tag: 'Each';
  readonly index: string;
  readonly over:
    { readonly _tag: 'Axis'; readonly axis: AxisVar } | { readonly _tag: 'Register'; readonly use: string };
  readonly bound: Int;
  readonly body: readonly Stmt[];
  readonly note: string;
}

export interface Kernel {
  readonly name: string;
  readonly uses: readonly AxisUse[];
  readonly inputs: readonly ArrayDecl[];
  readonly outputs: readonly ArrayDecl[];
  readonly tiles: readonly TileDecl[];
  readonly frame: Frame;
  readonly body: readonly Stmt[];
}

export const groupedUses = (kernel: Pick<Kernel, 'uses'>): readonly Grouped[] =>
  kernel.uses.filter((u) => u._tag === 'Grouped');

/** The lanes of a block: the tiles that are thread indices. */
export const laneUses = (kernel: Pick<Kernel, 'uses'>): readonly Grouped[] =>
  groupedUses(kernel).filter((u) => u.as === 'lane');

/** Lane and register indices carry the name of their axis use. */
export const laneCount = (kernel: Pick<Kernel, 'uses'>): number => laneUses(kernel).reduce((n, u) => n * u.capacity, 1);

/** The grid's three dimensions: the first two groups, then every other group and grid axis as one, the last fastest. */
export function gridDims(kernel: Pick<Kernel, 'uses'>): readonly (readonly AxisUse[])[] {
  const groups = groupedUses(kernel);
  const rest = [...kernel.uses.filter((u) => u._tag === 'Grid'), ...groups.slice(2)];
  return [groups.slice(0, 1), groups.slice(1, 2), rest];
}

/** The axis variables of a use. */
export function variablesOf(u: AxisUse): readonly AxisVar[] {
  switch (u._tag) {
    case 'Grid':
    case 'Serial':
      return [u.axis];
    case 'Grouped':
      return [u.rest, u.count, u.tile];
    case 'Streamed':
      return [u.head, u.count, u.tile, ...(u.last ? [u.last.flag, u.last.rest] : [])];
  }
}

/** The tile's compile-time size of an axis variable, if it is a tile. */
export function staticSize(uses: readonly AxisUse[], axis: AxisVar): number | undefined {
  for (const u of uses) if ((u._tag === 'Grouped' || u._tag === 'Streamed') && u.tile === axis) return u.capacity;
  return undefined;
}

export interface Bounded {
  readonly name: string;
  readonly capacity: number;
}

/** An axis variable that never has more elements than a tile: the tile, the head or a rest. */
export function boundedBy(uses: readonly AxisUse[], axis: AxisVar): Bounded | undefined {
  return uses.find((u): u is Grouped | Streamed => {
    if (u._tag === 'Grouped') return u.tile === axis || u.rest === axis;
    return u._tag === 'Streamed' && (u.tile === axis || u.head === axis || u.last?.rest === axis);
  });
}

export const num = (value: number): Int => ({ _tag: 'Num', value });
export const at = (index: string): Int => ({ _tag: 'At', index });
export const named = (name: string): Int => ({ _tag: 'Name', name });
export const size = (axis: AxisVar): Int => ({ _tag: 'Size', axis });
export function add(left: Int, right: Int): Int {
  if (left._tag === 'Num' && left.value === 0) return right;
  if (right._tag === 'Num' && right.value === 0) return left;
  return { _tag: 'Add', left, right };
}
export function mul(left: Int, right: Int): Int {
  for (const [x, y] of [
    [left, right],
    [right, left],
  ] as const) {
    if (x._tag === 'Num' && x.value === 0) return x;
    if (x._tag === 'Num' && x.value === 1) return y;
  }
  return { _tag: 'Mul', left, right };
}

/** The digits of a counter that runs over all of a box, the last fastest. */
export const digits = (extents: readonly Int[]): readonly Digit[] =>
  extents.map((extent, i) => {
    const inner = extents.slice(i + 1);
    return { divisor: inner.length === 0 ? undefined : inner.reduce(mul), modulus: i === 0 ? undefined : extent };
  });

/** How many blocks the grid has along a use. */
export function blocksOf(u: AxisUse): Int {
  if ('capacity' in u) return u._tag === 'Grouped' ? add(num(1), size(u.count)) : size(u.count);
  return size(u.axis);
}

export function frameOf(kernel: Pick<Kernel, 'uses'>): Frame {
  const lanes = laneUses(kernel);
  return {
    blocks: gridDims(kernel).flatMap((uses, d) => {
      const all = digits(uses.map(blocksOf));
      return uses.map((u, i) => ({ use: u.name, dimension: d as 0 | 1 | 2, ...all[i]! }));
    }),
    lanes: digits(lanes.map((u) => size(u.tile))).map((digit, i) => ({ use: lanes[i]!.name, ...digit })),
  };
}
