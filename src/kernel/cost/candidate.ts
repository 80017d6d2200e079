/**
 * Schedules to compare: what the options of extraction allow for the axes that a stream has. Invariant: what a person named is in every candidate; a
 * candidate is a choice to try, and need not exist or fit. It knows no sizes of memory and no costs.
 */
import type { AxisUse, Grouped } from '../ir/kernel.js';
import type { Options } from '../schedule/schedule.js';

/** What chooses a schedule, by names of axes. */
export interface Choice {
  readonly tiles: ReadonlyMap<string, number>;
  readonly perLane: ReadonlyMap<string, number>;
  readonly lanes: ReadonlyMap<string, number>;
  readonly whole: ReadonlySet<string>;
}

/** How the axes of a stream are used where nobody says. */
export interface Shape {
  readonly streamed: string | undefined;
  readonly uses: readonly AxisUse[];
}

type Map1 = ReadonlyMap<string, number>;
/** Values for one axis: tile, and how many of it a lane holds, or how many lanes lie along it. */
interface Pick {
  readonly axis: string;
  readonly tile: number;
  readonly perLane?: number;
  readonly lanes?: number;
  readonly isWhole?: boolean;
}

const ROWS = [1, 32, 64, 128];
const [LANES, REGISTERS, STREAM, SERIAL] = [[32, 64, 128], [32, 64], [16, 32], [32]] as const;
const PATCH = [4, 8];

/** All ways to take one of each. */
const combined = (sets: readonly (readonly (readonly Pick[])[])[]): readonly (readonly Pick[])[] =>
  sets.reduce<readonly (readonly Pick[])[]>((all, set) => all.flatMap((a) => set.map((s) => [...a, ...s])), [[]]);

const grouped = ({ uses }: Shape, as: 'lane' | 'register'): readonly Grouped[] =>
  uses.filter((u): u is Grouped => u._tag === 'Grouped' && u.as === as && u.name !== 'batch');

/** Rows: so many lanes along each, and so many elements of a lane, or of a row where a lane has one, at a time. */
const rows = (axis: string): readonly (readonly Pick[])[] =>
  ROWS.flatMap((lanes) => [8, 16, 32].map((tile) => [{ axis, tile, lanes }]));

/** A lane for each row of the result, and a tile of its columns in each. */
const ofRows = (shape: Shape, streamed: string): readonly (readonly Pick[])[] =>
  combined([
    ...grouped(shape, 'lane').map(({ name }) => LANES.map((tile) => [{ axis: name, tile }])),
    ...grouped(shape, 'register').map(({ name }) => REGISTERS.map((tile) => [{ axis: name, tile }])),
    STREAM.map((tile) => [{ axis: streamed, tile }]),
  ]);

/** A patch of the result in each lane; inner axes in tiles, whole ones where their size allows. */
function ofPatches(shape: Shape, streamed: string, sizes: Map1): readonly (readonly Pick[])[] {
  const results = [...grouped(shape, 'lane'), ...grouped(shape, 'register')];
  const inner = shape.uses.filter((u) => u._tag === 'Serial');
  const all = combined([
    ...results.map(({ name }) => [64, 128].flatMap((tile) => PATCH.map((perLane) => [{ axis: name, tile, perLane }]))),
    [16, 64].map((tile) => [{ axis: streamed, tile }]),
    ...inner.map(({ name }) =>
      SERIAL.map((tile) => [{ axis: name, tile, isWhole: (sizes.get(name) ?? 1) % tile === 0 }]),
    ),
  ]);
  const lanes = (p: readonly Pick[]): number =>
    p.reduce((n, { tile, perLane }) => n * (perLane ? tile / perLane : 1), 1);
  return results.length < 2 ? [] : all.filter((p) => lanes(p) >= 64 && lanes(p) <= 256);
}

/** A tile that is twice as long as its axis does nothing that a shorter one does not. */
const isLong = (sizes: Map1, { axis, tile }: Pick): boolean => tile >= 2 * (sizes.get(axis) ?? Infinity);

function chosen(picks: readonly Pick[], named: Choice): Choice {
  const of = (part: 'tile' | 'perLane' | 'lanes'): [string, number][] =>
    picks.flatMap((p): [string, number][] => (p[part] === undefined ? [] : [[p.axis, p[part]]]));
  const whole = picks.flatMap((p) => (p.isWhole ? [p.axis] : []));
  return {
    tiles: new Map([...of('tile'), ...named.tiles]),
    perLane: new Map([...of('perLane'), ...named.perLane]),
    lanes: new Map([...of('lanes'), ...named.lanes]),
    whole: new Set([...whole, ...named.whole]),
  };
}

const keyOf = (c: Choice): string => JSON.stringify([c.tiles, c.perLane, c.lanes, c.whole].map((m) => [...m].sort()));

/** The schedule that nobody chose comes first; what is named stands in all. */
export function candidates(shape: Shape, named: Choice, sizes: Map1, takesLanes: boolean): readonly Choice[] {
  const { streamed } = shape;
  const results = [...grouped(shape, 'lane'), ...grouped(shape, 'register')];
  const sets =
    streamed === undefined
      ? grouped(shape, 'lane').flatMap(({ name }) => LANES.map((tile) => [{ axis: name, tile }]))
      : results.length === 0
        ? rows(streamed).filter(([p]) => takesLanes || p!.lanes === 1)
        : [...ofRows(shape, streamed), ...ofPatches(shape, streamed, sizes)];
  const fresh = sets.filter((picks) => !picks.some((p) => isLong(sizes, p)));
  const all = [named, ...fresh.map((picks) => chosen(picks, named))];
  return [...new Map(all.map((c) => [keyOf(c), c])).values()];
}

/** As the options of extraction. */
export const optionsOf = (c: Choice, sizes: Map1): Options => ({ ...c, sizes, ragged: 'first' });
