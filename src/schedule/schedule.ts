/**
 * A schedule for a proved stream: which axes are lanes, tiles or loops, how large a tile is, and where the ragged tile stands. The
 * result is again a theorem, `spec = scheduled`, with its axes' uses beside it. Knows no target: sizes are bound at run time.
 */
import type * as E from 'fp-ts/lib/Either.js';
import type { Axis, AxisVar, Thm } from '../core/index.js';
import * as core from '../core/index.js';
import * as B from '../elaborate/build.js';
import type { Binding } from '../elaborate/point.js';
import type { AxisUse, Grouped, Level, Share, Streamed } from '../ir/kernel.js';
import type { Scheduled } from '../lower/scheduled.js';
import { type TacticFact, attempted, fail, must } from '../tactic/failure.js';
import { type Claim, type Tilings, thmAt } from './claim.js';
import { type Typed, batched, tiles, woven } from './group.js';
import { type Pieces, tiled, whole } from './tile.js';

export interface Options {
  /** tile sizes by axis name; the others have defaults */
  readonly tiles: ReadonlyMap<string, number>;
  /** where the ragged tile of the stream stands */
  readonly ragged: 'first' | 'last';
  /** how many elements of a result's tile one lane holds: one of the first axis and all of the others by default */
  readonly each?: ReadonlyMap<string, number>;
  /** inner axes whose sizes are multiples of their tiles: no ragged tile */
  readonly whole?: ReadonlySet<string>;
}

/** Lanes are threads of a workgroup; a register tile is an array of one thread; a stream tile is staged. */
export const defaultTiles = { lane: 64, register: 32, stream: 16 } as const;

export interface ScheduledTheorem {
  readonly claim: Claim;
  /** spec, woven over `batch`, = the scheduled diagram */
  readonly thm: Thm;
  readonly scheduled: Scheduled;
  readonly tiles: ReadonlyMap<string, number>;
  readonly strength: string;
}

type Role = 'lane' | 'register' | 'stream' | 'serial';

/** Axes of the result: the first gives lanes, the others register tiles; the rest are loops. */
export function roles(claim: Claim): ReadonlyMap<AxisVar, Role> {
  const { info } = claim;
  const all = [...info.names.axes.values()].map((e) => e.terms[0]!.vars[0]!);
  const result =
    info.spec.cod.leaves[0]?.axes.flatMap((e) =>
      e.terms.length === 1 && e.terms[0]!.vars.length === 1 ? [e.terms[0]!.vars[0]!] : [],
    ) ?? [];
  return new Map(
    all.map((v): [AxisVar, Role] => {
      if (v === info.axis) return [v, 'stream'];
      const i = result.indexOf(v);
      return [v, i < 0 ? 'serial' : i === 0 ? 'lane' : 'register'];
    }),
  );
}

/** The size of the tile of an axis of the result. */
export function resultTile(claim: Claim, { tiles }: Options, name: string): number | undefined {
  const role = [...roles(claim)].find(([v]) => v.name === name)?.[1];
  return role === 'lane' || role === 'register' ? (tiles.get(name) ?? defaultTiles[role]) : undefined;
}

const sibling = (v: AxisVar, suffix: string, maybeEmpty = false): AxisVar =>
  B.axisVar(`${v.name}.${suffix}`, { ...(v.sort === undefined ? {} : { sort: v.sort }), maybeEmpty });
const count = (v: AxisVar, suffix: string): AxisVar => B.axisVar(`${v.name}.${suffix}`, { maybeEmpty: true });

function grouped(v: AxisVar, as: 'lane' | 'register', capacity: number, each?: number): Grouped {
  const shared = each !== undefined && each !== (as === 'lane' ? 1 : capacity);
  return {
    _tag: 'Grouped',
    name: v.name,
    rest: sibling(v, 'rest'),
    count: count(v, 'count'),
    tile: sibling(v, 'tile'),
    capacity,
    ...(shared ? { as: 'share', share: shareOf(v.name, as, each) } : { as }),
  };
}
/** Neighbours along the inner axes, which are rows of what is read and written together; apart along the first. */
const shareOf = (name: string, as: 'lane' | 'register', each: number): Share => ({
  lanes: [name],
  each,
  wide: as === 'register' && each % 4 === 0 ? 4 : 1,
});
const axisOf = (g: Grouped): Axis => B.sum(B.ofVar(g.rest), B.product(B.ofVar(g.count), B.ofVar(g.tile)));

function piecesOf(v: AxisVar, ragged: Options['ragged']): Pieces {
  const last = ragged === 'last' ? { flag: count(v, 'flag'), rest: sibling(v, 'last') } : undefined;
  return { head: sibling(v, 'head'), count: count(v, 'count'), tile: sibling(v, 'tile'), last };
}

/** spec = scheduled, by the stream's own law and the general tiling theorems. */
export function schedule(claim: Claim, tilings: Tilings, options: Options): E.Either<TacticFact, ScheduledTheorem> {
  return attempted(() => build(claim, tilings, options));
}

function build(claim: Claim, tilings: Tilings, options: Options): ScheduledTheorem {
  const { info } = claim;
  const role = roles(claim);
  const names = [...role.keys()].map((v) => v.name);
  if (names.includes('batch'))
    fail({ _tag: 'Stuck', tactic: 'schedule', why: 'batch is the name of the leading axes: call this axis otherwise' });
  for (const name of options.tiles.keys())
    if (!names.includes(name) && name !== 'batch')
      fail({ _tag: 'NotDetermined', name: `tile of ${name}`, variables: [...names, 'batch'] });
  const size = (v: AxisVar): number =>
    options.tiles.get(v.name) ?? (defaultTiles as Record<string, number>)[role.get(v)!] ?? 1;
  const pieces = piecesOf(info.axis, options.ragged);
  const stream: Streamed = { _tag: 'Streamed', name: info.axis.name, ...pieces, capacity: size(info.axis) };
  let typed: Typed = {
    thm: tiled(claim, tilings, pieces),
    wires: info.wires.map((w) => over(w, info.axis, whole(pieces))),
  };
  const uses: AxisUse[] = [stream];
  for (const [v, r] of role) {
    if (r === 'serial' && options.tiles.has(v.name)) {
      const cut = piecesOf(v, 'first');
      const many = { count: sibling(v, 'count'), tile: cut.tile };
      const isWhole = options.whole?.has(v.name) === true;
      typed = renamed(typed, v, isWhole ? B.product(B.ofVar(many.count), B.ofVar(many.tile)) : whole(cut));
      uses.push({ _tag: 'Streamed', name: v.name, ...(isWhole ? many : cut), capacity: size(v) });
    } else if (r === 'serial') uses.push({ _tag: 'Serial', name: v.name, axis: v });
    if (r !== 'register') continue;
    const g = grouped(v, 'register', size(v), options.each?.get(v.name));
    typed = tiles(typed, v, g.rest, g.count, g.tile);
    uses.push(g);
  }
  for (const [v, r] of role) {
    if (r !== 'lane') continue;
    const g = grouped(v, 'lane', size(v), options.each?.get(v.name));
    typed = woven(typed, v, axisOf(g));
    if (g.as === 'share') uses.unshift(g);
    else uses.push(g);
  }
  return finish(claim, options, typed, uses);
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

/** Weaves over the batch: blocks where there are lanes already, lanes where there are none. */
function finish(claim: Claim, options: Options, typed: Typed, uses: readonly AxisUse[]): ScheduledTheorem {
  const batch = B.axisVar('batch');
  const lanes = uses.some((u) => u._tag === 'Grouped' && u.as !== 'register');
  const use: AxisUse = lanes
    ? { _tag: 'Grid', name: 'batch', axis: batch }
    : grouped(batch, 'lane', options.tiles.get('batch') ?? defaultTiles.lane);
  const done = batched(typed, use._tag === 'Grouped' ? axisOf(use) : B.ofVar(batch));
  const all = [use, ...uses];
  const wires = done.wires.map((w) => ({ name: w.name, level: levelOf(w, uses) }));
  const { rhs } = must(core.sequent(done.thm));
  const scheduled: Scheduled = {
    name: claim.info.name,
    rhs,
    wires,
    results: rhs.cod.leaves.map((_, i) => (i === 0 ? 'out' : `out${i}`)),
    uses: all,
  };
  const sizes = new Map(all.flatMap((u) => ('capacity' in u ? [[u.name, u.capacity] as const] : [])));
  return { claim, thm: done.thm, scheduled, tiles: sizes, strength: claim.info.strength };
}

/** A wire is staged where a tile of it has a static size and no lane reads another part of it. */
function levelOf(w: Binding, uses: readonly AxisUse[]): Level {
  const streamed = uses.filter((u): u is Streamed => u._tag === 'Streamed');
  const registers = uses.filter((u): u is Grouped => u._tag === 'Grouped' && u.as !== 'lane');
  const inner = (e: Axis): boolean =>
    [...streamed, ...registers].some((u) => e.terms.some((m) => m.vars.at(-1) === u.tile));
  const axes = w.object.leaves[0]?.axes.slice(1) ?? [];
  const isStreamed = axes.some((e) => e.terms.some((m) => streamed.some((u) => m.vars.at(-1) === u.tile)));
  return isStreamed && axes.every(inner) ? 'workgroup' : 'global';
}
