/**
 * How large tiles are where nobody says, and which inputs have a tile in workgroup memory. Invariant: a choice of speed alone, by the uses of axes and
 * the inputs' axes; every choice is validated like any other. It knows no target, so it counts with what every device has.
 */
import type { Axis } from '../../core/index.js';
import type { Binding } from '../../language/point/point.js';
import type { AxisUse, Grouped, Level, Streamed } from '../ir/kernel.js';

/** Lanes are threads of a workgroup; a register tile is an array of one thread; a stream tile is staged. */
export const defaultTiles = { lane: 64, register: 32, stream: 16 } as const;
/**
 * The tile where nobody says. A register tile covers an axis that is longer by at most a half: two tiles would each compute what does not depend on
 * that axis (the scores of a row).
 */
export function usualTile(role: keyof typeof defaultTiles | 'serial', size: number | undefined): number {
  const usual = role === 'serial' ? 1 : defaultTiles[role];
  return role === 'register' && size !== undefined && size > usual && size <= 1.5 * usual ? size : usual;
}
/** Where the result has no axis of its own, lanes are rows of what is read. A tile has all rows of its lanes, and stands in workgroup memory. */
export const defaultRows = { lane: 32, stream: 64 } as const;
/** Where several lanes have a row: so many lanes a block, as many rows as they make, and so many elements of a lane at a time. */
export const defaultLanes = { all: 128, most: 256, stream: 8 } as const;
/**
 * How many lanes have a row where nobody says (docs/reference/gpu.md has the measurements): 32, for long rows 64, for short ones 1. Where a lane must take
 * neighbours, which lie apart in memory from those of the next lane, several pay only for few long rows.
 */
export function usualLanes(elements: 'apart' | 'run', n: number | undefined, rows: number | undefined): number {
  if (elements === 'run') return (n ?? 0) >= 8192 && (rows ?? Infinity) <= 8192 ? 32 : 1;
  if (n === undefined) return 32;
  return n < 512 ? 1 : n < 16384 ? 32 : 64;
}
/** No more than a block of every device has, where it has so many rows. */
export const fittingLanes = (lanes: number, rows: number): number =>
  lanes > 1 && lanes * rows > defaultLanes.most ? fittingLanes(lanes / 2, rows) : lanes;
/** What every device has of workgroup memory, in numbers of 4 bytes (WebGPU, maxComputeWorkgroupStorageSize). */
const LEAST_WORKGROUP = 4096;
/** How much of a row a tile has by default, for so many inputs with rows; a row of a tile is one number longer. */
export function rowStream(inputs: number): number {
  let stream: number = defaultRows.stream;
  while (stream > 1 && inputs * defaultRows.lane * (stream + 1) > LEAST_WORKGROUP) stream /= 2;
  return stream;
}
/** Where several loops run inside a tile, what they find is kept for each element of the tile: half as many then fit a lane's registers. */
export const crowdedStream = 8;

/** A wire is staged where a tile of it has a static size and all lanes read the same part of it; or each a row, as long as those tiles fit everywhere. */
export function levelsOf(wires: readonly Binding[], uses: readonly AxisUse[]): (w: Binding) => Level {
  const staged = new Set<Binding>();
  let taken = 0;
  const all = wires.flatMap((w) => [tileOf(w, uses)].flatMap((tile) => (tile ? [{ w, ...tile }] : [])));
  for (const { w, numbers, byLane } of [...all.filter((t) => !t.byLane), ...all.filter((t) => t.byLane)]) {
    if (byLane && taken + numbers > LEAST_WORKGROUP) continue;
    staged.add(w);
    taken += numbers;
  }
  return (w) => (staged.has(w) ? 'workgroup' : 'global');
}

/** How many numbers a tile of a wire has, and whether each lane has a row of it; undefined where there is none. */
function tileOf(
  w: Binding,
  uses: readonly AxisUse[],
): { readonly numbers: number; readonly byLane: boolean } | undefined {
  const streamed = uses.filter((u): u is Streamed => u._tag === 'Streamed');
  const axes = (w.object.leaves[0]?.axes ?? []).slice(uses[0]?._tag === 'Grid' ? 1 : 0); // the batch comes first
  const has = (e: Axis, u: Streamed | Grouped): boolean => e.terms.some((m) => m.vars.at(-1) === u.tile);
  const areRows = streamed.some((u) => axes.at(-1) && has(axes.at(-1)!, u));
  const inner = uses.filter((u) => u._tag === 'Streamed' || (u._tag === 'Grouped' && (areRows || u.as !== 'lane')));
  const along = axes.map((e) => (inner as readonly (Streamed | Grouped)[]).find((u) => has(e, u)));
  if (w.object.leaves.some((l) => l.base._tag !== 'Real')) return undefined; // tiles hold numbers
  if (along.some((u) => u === undefined) || !along.some((u) => u?._tag === 'Streamed')) return undefined;
  const byLane = along.some((u) => u?._tag === 'Grouped' && u.as === 'lane');
  const row = byLane ? 1 : 0;
  const numbers = along.reduce((n, u, i) => n * (u!.capacity + (i === along.length - 1 ? row : 0)), 1);
  return { numbers, byLane };
}
