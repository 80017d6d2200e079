/**
 * The loop IR: one closed union of statements with explicit addresses, bounds, guards, memory levels and barriers.
 * Invariant: plain data; what it means is readback.ts, whether it is well formed is spec.ts. It knows no target and no schedule.
 */
import type { Axis, AxisVar, Operator, Rational } from '../../core/index.js';
import {
  type AxisUse,
  type LaneDim,
  type Share,
  foldedUses,
  gridDims,
  isSharing,
  laneDims,
  lanesAlong,
} from './use.js';

export type { Axis, AxisVar, Operator, Rational };
export * from './use.js';

export type Level = 'global' | 'workgroup';
export type Datatype = 'f32';
export type Kind = 'real' | 'boolean';

/** An array in global memory, row-major over its axes. One of truth values holds a number for each: 0 is false, any other is true; 1 is written. */
export interface ArrayDecl {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly datatype: Datatype;
  /** real where nothing is said */
  readonly kind?: Kind | undefined;
}

/** An array in workgroup memory; a dimension is as long as a tile; a row is followed by `pad` numbers that nothing uses. */
export interface TileDecl {
  readonly name: string;
  readonly dims: readonly Dim[];
  readonly datatype: Datatype;
  readonly pad?: number | undefined;
}

/** A dimension of static size: the tile of an axis use; of a private array perhaps a lane's share of it alone. */
export interface Dim {
  readonly use: string;
  readonly capacity: number;
  readonly share?: Share | undefined;
}

/** Integers: sizes, indices, polynomials in them, and fixed shapes. */
export type Int =
  | { readonly _tag: 'Num'; readonly value: number }
  | { readonly _tag: 'Size'; readonly axis: AxisVar }
  | { readonly _tag: 'Name'; readonly name: string } // bound by `Int`
  | { readonly _tag: 'At'; readonly index: string } // a lane, register or loop index
  | { readonly _tag: 'Slot'; readonly index: string } // where a lane keeps the element of a shared index
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

/**
 * All lanes fill a tile together: each, from its own number in steps of `step`, the slots below `bound`; `turns` where that is the same for all. Of
 * the turns, `ahead` load before the first of them puts what it loaded: the order in which memory is asked, and no other meaning.
 */
export interface Stage {
  readonly _tag: 'Stage';
  readonly tile: string;
  readonly bound: Int;
  readonly step: number;
  readonly turns?: number | undefined;
  readonly ahead?: number | undefined;
  readonly dims: readonly StageDim[];
  readonly value: Expr;
}

/** Every lane writes what it alone has into a tile: for each of its own elements along every dimension. */
export interface Put {
  readonly _tag: 'Put';
  readonly tile: string;
  readonly dims: readonly (Walk & { readonly use: string })[];
  readonly value: Expr;
}

/** Independent turns: over an axis variable, over all elements of a register tile, or at a lane's own index. A share is a lane's part of them. */
export interface Walk {
  readonly index: string;
  readonly over:
    | { readonly _tag: 'Axis'; readonly axis: AxisVar }
    | { readonly _tag: 'Register'; readonly use: string }
    | { readonly _tag: 'Lane'; readonly use: string };
  readonly bound: Int;
  readonly share?: Share | undefined;
  /** whether a lane's slots may lie past the bound, and are then left out */
  readonly partial?: boolean | undefined;
}

/** Which block and lane runs: a digit of one of the grid's three numbers for each use, and of the lane's number for each lane index. */
export interface Frame {
  readonly blocks: readonly (Digit & { readonly use: string; readonly dimension: 0 | 1 | 2 })[];
  readonly lanes: readonly (Digit & { readonly use: string })[];
  readonly folded: Folded;
}

/** The same blocks as digits of one number, where the grid is longer in a dimension than a device takes. A block from `end` on does nothing. */
export interface Folded {
  readonly blocks: readonly (Digit & { readonly use: string })[];
  readonly end: Int;
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
  | Seek
  | Stage
  | Put
  | { readonly _tag: 'Barrier' }
  | { readonly _tag: 'Guard'; readonly index: string; readonly extent: Int; readonly body: readonly Stmt[] }
  | Elect
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
  /** a hint to a compiler: how many turns to write out */
  readonly unroll?: number | undefined;
}

/** Of the lanes along these dimensions, which all have the same to do, the first does it. */
export interface Elect {
  readonly _tag: 'Elect';
  readonly lanes: readonly string[];
  readonly body: readonly Stmt[];
}

/** The turns of a walk over an axis or a register tile. */
export interface Each extends Walk {
  readonly _tag: 'Each';
  readonly body: readonly Stmt[];
  readonly note: string;
}

/**
 * A read at a computed place: the sum over the axis of what `value` is where the index is `place`, and of 0 elsewhere. One index at most is: so one
 * test, and the value there. `first` says which side of the equation the index stands on.
 */
export interface Seek {
  readonly _tag: 'Seek';
  readonly name: string;
  readonly index: string;
  readonly axis: AxisVar;
  readonly bound: Int;
  readonly place: Expr;
  readonly first: 'index' | 'place';
  readonly body: readonly Stmt[];
  /** after the body */
  readonly value: Expr;
}

/** The statements of a read, with its value as the last of them. */
export const sought = (p: Seek): readonly Stmt[] => [
  ...p.body,
  { _tag: 'Let', name: `${p.name} there`, kind: 'real', value: p.value },
];

export interface Kernel {
  readonly name: string;
  readonly uses: readonly AxisUse[];
  readonly inputs: readonly ArrayDecl[];
  readonly outputs: readonly ArrayDecl[];
  readonly tiles: readonly TileDecl[];
  readonly frame: Frame;
  readonly body: readonly Stmt[];
}

export const num = (value: number): Int => ({ _tag: 'Num', value });
export const at = (index: string): Int => ({ _tag: 'At', index });
export const slot = (index: string): Int => ({ _tag: 'Slot', index });
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

/** How many lanes lie along a use. */
export const alongInt = (u: LaneDim): Int => (u._tag === 'Lanes' || isSharing(u) ? num(lanesAlong(u)) : size(u.tile));

export function frameOf(kernel: Pick<Kernel, 'uses'>): Frame {
  const lanes = laneDims(kernel);
  const all = foldedUses(kernel);
  const counted = digits(all.map(blocksOf)).map((digit, i) => ({ use: all[i]!.name, ...digit }));
  return {
    folded: { blocks: counted, end: all.map(blocksOf).reduce(mul, num(1)) },
    blocks: gridDims(kernel).flatMap((uses, d) => {
      const all = digits(uses.map(blocksOf));
      return uses.map((u, i) => ({ use: u.name, dimension: d as 0 | 1 | 2, ...all[i]! }));
    }),
    lanes: digits(lanes.map(alongInt)).map((digit, i) => ({ use: lanes[i]!.name, ...digit })),
  };
}
