/**
 * A schedule for a proved stream: which axes are lanes, tiles or loops, how large a tile is, and where the ragged tile stands. The
 * result is again a theorem, `spec = scheduled`, with its axes' uses beside it. Knows no target: sizes are bound at run time.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, AxisVar, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import type { Binding } from '../../language/point/point.js';
import type { Specified } from '../../language/elaborate/law.js';
import { type AxisUse, type Level, capacityOf } from '../ir/kernel.js';
import type { Scheduled } from '../ir/scheduled.js';
import { type TacticFact, attempted, fail, must } from '../../proof/tactic/failure.js';
import { reflexive } from '../../proof/tactic/goal.js';
import { axisOf, count, demandNames, grouped, piecesOf, sibling } from './axes.js';
import { type Claim, type Tilings, thmAt } from './claim.js';
import { type Typed, batched, tiles, woven } from './group.js';
import { preconditionsOf } from '../../language/elaborate/precondition.js';
import { type TiledUnder, conditional, tiledUnder } from './precondition.js';
import { whole } from './pieces.js';
import { tiled } from './tile.js';
import { type Spread, elementsOf, lanesFault, spread, spreadAxis } from './lanes.js';
import {
  crowdedStream,
  defaultLanes,
  fittingLanes,
  defaultRows,
  defaultTiles,
  levelsOf,
  rowStream,
  usualLanes,
  usualTile,
} from './level.js';
import { apart, walked } from './walked.js';

export interface Options {
  /** tile sizes by axis name; the others have defaults */
  readonly tiles: ReadonlyMap<string, number>;
  /** where the ragged tile of the stream stands */
  readonly ragged: 'first' | 'last';
  /** how many elements of a result's tile one lane holds: one of the first axis and all of the others by default */
  readonly perLane?: ReadonlyMap<string, number>;
  /** inner axes whose sizes are multiples of their tiles: no ragged tile */
  readonly whole?: ReadonlySet<string>;
  /** how many lanes lie along the streamed axis; 1: then lanes are rows */
  readonly lanes?: ReadonlyMap<string, number>;
  /** sizes by axis that the kernel is chosen for, where they are known; it is right for all others too */
  readonly sizes?: ReadonlyMap<string, number>;
}

export interface ScheduledTheorem {
  /** what is computed */
  readonly info: Specified;
  /** why it streams; a definition that nobody proved to stream has none */
  readonly claim: Claim | undefined;
  /** spec, woven over `batch`, = the scheduled diagram; under the stream's conditions, where it has some */
  readonly thm: Thm;
  readonly scheduled: Scheduled;
  readonly tiles: ReadonlyMap<string, number>;
}

type Role = 'lane' | 'register' | 'stream' | 'serial';

/** Axes of the result: the first gives lanes, the others register tiles; the rest are loops, and what a loop or a state runs over. */
export function roles({ info }: Claim, loops: ReadonlySet<AxisVar> = new Set()): ReadonlyMap<AxisVar, Role> {
  const all = [...info.names.axes.values()].map((e) => e.terms[0]!.vars[0]!);
  const free = (v: AxisVar): boolean => apart(info, [v], loops).length === 1;
  const result =
    info.spec.cod.leaves[0]?.axes.flatMap((e) => {
      const [v] = e.terms.length === 1 && e.terms[0]!.vars.length === 1 ? e.terms[0]!.vars : [];
      return v && v !== info.axis && free(v) ? [v] : [];
    }) ?? [];
  return new Map(
    all.map((v): [AxisVar, Role] => {
      if (v === info.axis) return [v, 'stream'];
      const i = result.indexOf(v);
      return [v, i < 0 ? 'serial' : i === 0 ? 'lane' : 'register'];
    }),
  );
}

/** The size of the tile of an axis of the result. */
export function resultTile(claim: Claim, options: Options, name: string): number | undefined {
  const role = [...roles(claim)].find(([v]) => v.name === name)?.[1];
  return role === 'lane' || role === 'register' ? tileOf(options, name, role) : undefined;
}

const tileOf = ({ tiles, sizes }: Options, name: string, role: Role): number =>
  tiles.get(name) ?? usualTile(role, sizes?.get(name));

/** Whether the stream runs over all that there is: then lanes are of the batch, each with a row of its own. */
const areRows = (role: ReadonlyMap<AxisVar, Role>): boolean => [...role.values()].every((r) => r === 'stream');
/** How many inputs have the axis. */
const rowsAlong = ({ info }: Claim): number =>
  info.wires.filter((w) => w.object.leaves.some((l) => l.axes.some((e) => core.paths(e).flat().includes(info.axis))))
    .length;

/** spec = scheduled, by the stream's own law and the general tiling theorems. */
export function schedule(claim: Claim, tilings: Tilings, options: Options): E.Either<TacticFact, ScheduledTheorem> {
  return attempted(() => build(claim, tilings, options));
}

function build(claim: Claim, tilings: Tilings, options: Options): ScheduledTheorem {
  const { info } = claim;
  const names = [...roles(claim).keys()].map((v) => v.name);
  demandNames(names, options);
  const along = lanesAlong(claim, options);
  if (along > 1) return alongLanes(claim, tilings, options, along);
  const pieces = piecesOf(info.axis, options.ragged);
  const under = preconditionsOf(info).length > 0 ? tiledUnder(claim, tilings, pieces) : undefined;
  let typed: Typed = {
    thm: under ? reflexive(under.branch) : tiled(claim, tilings, pieces),
    wires: info.wires.map((w) => over(w, info.axis, whole(pieces))),
  };
  const { loops, held } = walked(must(core.sequent(typed.thm)).rhs);
  const role = roles(claim, loops);
  const size = (v: AxisVar): number => tileOf(options, v.name, role.get(v)!);
  const isCrowded = [...role.values()].filter((r) => r === 'serial').length > 1;
  const usual = areRows(role) ? rowStream(rowsAlong(claim)) : isCrowded ? crowdedStream : defaultTiles.stream;
  const capacity = options.tiles.get(info.axis.name) ?? usual;
  const uses: AxisUse[] = [{ _tag: 'Streamed', name: info.axis.name, ...pieces, capacity }];
  const choosing = { role, held, options, size, under };
  typed = inside(choosing, typed, uses);
  return lanes(choosing, claim, typed, uses);
}

/** How many lanes lie along the streamed axis: 1 where they are rows. */
function lanesAlong(claim: Claim, options: Options): number {
  const { name } = claim.info.axis;
  const asked = options.lanes?.get(name);
  if (asked !== undefined) return asked;
  const one = options.ragged === 'last' || lanesFault(claim, name, 2) !== undefined;
  const usual = usualLanes(elementsOf(claim), options.sizes?.get(name), options.sizes?.get('batch'));
  return one ? 1 : fittingLanes(usual, options.tiles.get('batch') ?? 1);
}

/** Rows of several lanes each. */
function alongLanes(claim: Claim, tilings: Tilings, options: Options, most: number): ScheduledTheorem {
  const { info } = claim;
  const { axis } = info;
  const pieces = piecesOf(axis, 'first');
  const elements = elementsOf(claim);
  const spreading: Spread = { rest: sibling(axis, 'rest'), lanes: count(axis, 'lanes'), pieces, elements };
  const e = spreadAxis(spreading);
  const typed: Typed = { thm: spread(claim, tilings, spreading), wires: info.wires.map((w) => over(w, axis, e)) };
  const capacity = options.tiles.get(axis.name) ?? defaultLanes.stream;
  const { rest, lanes } = spreading;
  const uses: AxisUse[] = [
    { _tag: 'Lanes', name: `${axis.name}.lanes`, of: axis.name, elements, rest, axis: lanes, most },
    { _tag: 'Streamed', name: axis.name, ...pieces, capacity },
  ];
  const rows = Math.max(1, Math.floor(defaultLanes.all / most));
  const batch = batchOf([], options, rows);
  const done = batched(typed, batch.axis);
  return scheduledOf(info, claim, done, [batch.use, ...uses], () => 'global');
}

/** What the uses of axes are chosen by. */
interface Choosing {
  readonly role: ReadonlyMap<AxisVar, Role>;
  readonly held: ReadonlySet<AxisVar>;
  readonly options: Options;
  readonly size: (v: AxisVar) => number;
  /** why the streamed axis is a loop, where that holds under conditions */
  readonly under: TiledUnder | undefined;
}

/** The axes that are no lanes. */
function inside({ role, held, options, size }: Choosing, start: Typed, uses: AxisUse[]): Typed {
  const inner = [...role].filter(([, r]) => r === 'register').at(-1)?.[0];
  let typed = start;
  for (const [v, r] of role) {
    if (r === 'serial' && options.perLane?.has(v.name)) fail(unshared(v));
    if (held.has(v)) uses.push({ _tag: 'Held', name: v.name, axis: v, most: options.tiles.get(v.name) ?? HELD });
    else if (r === 'serial' && options.tiles.has(v.name)) {
      const cut = piecesOf(v, 'first');
      const many = { count: sibling(v, 'count'), tile: cut.tile };
      const isWhole = options.whole?.has(v.name) === true;
      typed = renamed(typed, v, isWhole ? B.product(B.ofVar(many.count), B.ofVar(many.tile)) : whole(cut));
      uses.push({ _tag: 'Streamed', name: v.name, ...(isWhole ? many : cut), capacity: size(v) });
    } else if (r === 'register' && v !== inner && !options.tiles.has(v.name))
      uses.push({ _tag: 'Grid', name: v.name, axis: v });
    else if (r === 'serial') uses.push({ _tag: 'Serial', name: v.name, axis: v });
    if (r !== 'register' || uses.some((u) => u.name === v.name)) continue;
    const g = grouped(v, 'register', size(v), options.perLane?.get(v.name));
    typed = elementwise(
      () => tiles(typed, v, g.rest, g.count, g.tile),
      () => renamed(typed, v, axisOf(g)),
    );
    uses.push(g);
  }
  return typed;
}

function lanes(
  { role, options, size, under }: Choosing,
  claim: Claim,
  start: Typed,
  uses: AxisUse[],
): ScheduledTheorem {
  let typed = start;
  for (const [v, r] of role) {
    if (r !== 'lane') continue;
    const g = grouped(v, 'lane', size(v), options.perLane?.get(v.name));
    typed = elementwise(
      () => woven(typed, v, axisOf(g)),
      () => renamed(typed, v, axisOf(g)),
    );
    if (g.as === 'share') uses.unshift(g);
    else uses.push(g);
  }
  return finish(claim, options, typed, uses, under);
}

/** How many elements of an axis that a state has elements along are held, by default. */
export const HELD = 64;

const unshared = (v: AxisVar): TacticFact => ({
  _tag: 'Stuck',
  tactic: 'schedule',
  why: `lanes do not share ${v.name}: a loop or a state runs over it`,
});

/**
 * An element or a tile at a time; or, where an element of the left side is not the left side of an element (it reads its own position), the whole
 * at the tiles' axis: then the kernel's loops stand inside the map, by the exchange of map and fold.
 */
function elementwise(first: () => Typed, otherwise: () => Typed): Typed {
  const made = attempted(first);
  if (E.isRight(made)) return made.right;
  return ['SidesDiffer', 'Ungrouped'].includes(made.left._tag) ? otherwise() : fail(made.left);
}

/** Over e in place of v: an inner axis is cut into tiles by naming its pieces, since loops over r + t*b are structural. */
const renamed = (t: Typed, v: AxisVar, e: Axis): Typed => ({
  thm: thmAt(t.thm, v, e),
  wires: t.wires.map((w) => over(w, v, e)),
});

const over = (w: Binding, v: AxisVar, e: Axis): Binding => ({
  ...w,
  object: B.substituteObject({ axes: [[v, e]] }, w.object),
});

/** The batch: blocks where there are lanes already, lanes where there are none. */
export function batchOf(
  uses: readonly AxisUse[],
  options: Options,
  lanes: number = defaultTiles.lane,
): { readonly use: AxisUse; readonly axis: Axis } {
  const batch = B.axisVar('batch');
  if (uses.some((u) => u._tag === 'Grouped' && u.as !== 'register'))
    return { use: { _tag: 'Grid', name: 'batch', axis: batch }, axis: B.ofVar(batch) };
  const use = grouped(batch, 'lane', options.tiles.get('batch') ?? lanes);
  return { use, axis: axisOf(use) };
}

/** Weaves over the batch. */
function finish(
  claim: Claim,
  options: Options,
  typed: Typed,
  uses: readonly AxisUse[],
  under: TiledUnder | undefined,
): ScheduledTheorem {
  const isRow = uses.every((u) => u._tag === 'Streamed');
  const batch = batchOf(uses, options, isRow ? defaultRows.lane : undefined);
  const all = [batch.use, ...uses];
  const done = batched(typed, batch.axis);
  const made = scheduledOf(claim.info, claim, done, all, levelsOf(done.wires, all));
  return under ? { ...made, thm: batched(conditional(claim, under, typed, uses), batch.axis).thm } : made;
}

/** The theorem with what lowering takes beside it. */
export function scheduledOf(
  info: Specified,
  claim: Claim | undefined,
  { thm, wires }: Typed,
  uses: readonly AxisUse[],
  level: (wire: Binding) => Level,
): ScheduledTheorem {
  const { rhs } = must(core.sequent(thm));
  const scheduled: Scheduled = {
    name: info.name,
    rhs,
    wires: wires.map((w) => ({ name: w.name, level: level(w) })),
    results: rhs.cod.leaves.map((_, i) => (i === 0 ? 'out' : `out${i}`)),
    uses,
  };
  const tiles = new Map(
    uses.flatMap((u) => {
      const capacity = capacityOf(u);
      return capacity === undefined ? [] : [[u.name, capacity] as const];
    }),
  );
  return { info, claim, thm, scheduled, tiles };
}
