/**
 * How axes are used: as blocks, lanes, registers, shares of tiles, streams or loops. Invariant: plain data and what can be read off it; every
 * axis variable of a diagram has one use. It knows no statements.
 */
import type { AxisVar } from '../../core/index.js';

/** How an axis of the diagram is used (docs/explanation/ir.md). `capacity` is the tile's size in the text. */
export type AxisUse =
  | { readonly _tag: 'Grid' | 'Serial'; readonly name: string; readonly axis: AxisVar }
  | Held
  | Grouped
  | Streamed
  | Lanes;

/** A plain variable of at most `most` elements: loops, and a dimension of private arrays, since a state has elements along it. */
export interface Held {
  readonly _tag: 'Held';
  readonly name: string;
  readonly axis: AxisVar;
  readonly most: number;
}

/** r + t*b, as a grid of 1 + t blocks. */
export interface Grouped {
  readonly _tag: 'Grouped';
  readonly name: string;
  readonly rest: AxisVar;
  readonly count: AxisVar;
  readonly tile: AxisVar;
  readonly capacity: number;
  /** one lane for each element; all elements in one lane; or some in each of several lanes */
  readonly as: 'lane' | 'register' | 'share';
  readonly share?: Share | undefined;
}

/**
 * How the elements of a tile are spread over lanes: each of the L lanes along `lanes` holds `each`, in runs of `wide` neighbours. The element in
 * slot s of lane l is (s / wide) * (L * wide) + l * wide + s % wide.
 */
export interface Share {
  readonly lanes: readonly string[];
  readonly perLane: number;
  readonly wide: number;
}

/** h + t*b, or h + t*b + u*r where `last` is given; u is 0 or 1; or t*b where there is no head. */
export interface Streamed {
  readonly _tag: 'Streamed';
  readonly name: string;
  readonly head?: AxisVar | undefined;
  readonly count: AxisVar;
  readonly tile: AxisVar;
  readonly capacity: number;
  readonly last?: { readonly flag: AxisVar; readonly rest: AxisVar } | undefined;
}

/**
 * r + m*c or r + c*m, where m is the axis that the use `of` streams: the first r elements are everybody's, and of the others lane j of c takes every c-th
 * (`apart`), or m neighbours (`run`). There are `most` lanes, and c is that number or 0: then r is all there is.
 */
export interface Lanes {
  readonly _tag: 'Lanes';
  readonly name: string;
  readonly of: string;
  readonly elements: 'apart' | 'run';
  readonly rest: AxisVar;
  readonly axis: AxisVar;
  readonly most: number;
}

/** What has uses: a kernel. */
interface Uses {
  readonly uses: readonly AxisUse[];
}

export const groupedUses = (kernel: Uses): readonly Grouped[] => kernel.uses.filter((u) => u._tag === 'Grouped');

/** The tiles whose elements are thread indices. Lane and register indices carry the name of their axis use. */
export const laneUses = (kernel: Uses): readonly Grouped[] => groupedUses(kernel).filter((u) => u.as === 'lane');

/** A dimension of the box of a block's lanes. */
export type LaneDim = Grouped | Lanes;

/** The box of a block's lanes: a dimension for each tile that is a thread index or is shared by several lanes, and for lanes along a stream. */
export const laneDims = (kernel: Uses): readonly LaneDim[] =>
  kernel.uses.filter((u): u is LaneDim => u._tag === 'Lanes' || (u._tag === 'Grouped' && u.as !== 'register'));

/** Whether several lanes along a dimension share what each of them would have alone. */
export const isSharing = (u: LaneDim): boolean => u._tag === 'Lanes' || u.as === 'share';

export function lanesAlong(u: LaneDim): number {
  if (u._tag === 'Lanes') return u.most;
  return u.capacity / (u.as === 'share' ? u.share!.perLane : 1);
}
/** The lanes along the axis that a use streams, if there are any. */
export const lanesOf = (kernel: Uses, streamed: string): Lanes | undefined =>
  kernel.uses.find((u): u is Lanes => u._tag === 'Lanes' && u.of === streamed);
export const laneCount = (kernel: Uses): number => laneDims(kernel).reduce((n, u) => n * lanesAlong(u), 1);

/** The number of lanes that a share is spread over. */
export const sharers = (kernel: Uses, share: Share): number =>
  laneDims(kernel).reduce((n, u) => n * (share.lanes.includes(u.name) ? lanesAlong(u) : 1), 1);
export const sameShare = (a: Share | undefined, b: Share | undefined): boolean =>
  a?.perLane === b?.perLane &&
  a?.wide === b?.wide &&
  a?.lanes.length === b?.lanes.length &&
  (a?.lanes ?? []).every((l, i) => l === b?.lanes[i]);

/** The grid's three dimensions: the first two groups, then every other group and grid axis as one, the last fastest. */
export function gridDims(kernel: Uses): readonly (readonly AxisUse[])[] {
  const groups = groupedUses(kernel);
  const rest = [...kernel.uses.filter((u) => u._tag === 'Grid'), ...groups.slice(2)];
  return [groups.slice(0, 1), groups.slice(1, 2), rest];
}

/** All of the grid's uses as one number counts them: the last fastest, in the order in which the three dimensions are. */
export const foldedUses = (kernel: Uses): readonly AxisUse[] => [...gridDims(kernel)].reverse().flat();

/** The axis variables of a use. */
export function variablesOf(u: AxisUse): readonly AxisVar[] {
  switch (u._tag) {
    case 'Grid':
    case 'Serial':
    case 'Held':
      return [u.axis];
    case 'Grouped':
      return [u.rest, u.count, u.tile];
    case 'Streamed':
      return [...(u.head ? [u.head] : []), u.count, u.tile, ...(u.last ? [u.last.flag, u.last.rest] : [])];
    case 'Lanes':
      return [u.rest, u.axis];
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

/** How many elements a dimension over a use has in the text; of other uses there are no arrays. */
export function capacityOf(u: AxisUse): number | undefined {
  if (u._tag === 'Held' || u._tag === 'Lanes') return u.most;
  return 'capacity' in u ? u.capacity : undefined;
}

/** An axis variable that never has more elements than a dimension of static size: the tile, the head or a rest, or what is held. */
export function boundedBy(uses: readonly AxisUse[], axis: AxisVar): Bounded | undefined {
  const found = uses.find((u) => {
    if (u._tag === 'Held') return u.axis === axis;
    if (u._tag === 'Lanes') return u.axis === axis || u.rest === axis;
    if (u._tag === 'Grouped') return u.tile === axis || u.rest === axis;
    return u._tag === 'Streamed' && (u.tile === axis || u.head === axis || u.last?.rest === axis);
  });
  const capacity = found && capacityOf(found);
  return found && capacity !== undefined ? { name: found.name, capacity } : undefined;
}
