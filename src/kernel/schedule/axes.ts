/** The axis variables that a use cuts an axis into, named after it. Invariant: a count may be 0, a tile is not empty. It knows no theorem. */
import type { Axis, AxisVar } from '../../core/index.js';
import * as B from '../../language/point/build.js';
import type { AxisUse, Grouped, Lanes, Share } from '../ir/kernel.js';
import { fail } from '../../proof/tactic/failure.js';
import type { Pieces } from './pieces.js';

export const sibling = (v: AxisVar, suffix: string, maybeEmpty = false): AxisVar =>
  B.axisVar(`${v.name}.${suffix}`, { ...(v.sort === undefined ? {} : { sort: v.sort }), maybeEmpty });
export const count = (v: AxisVar, suffix: string): AxisVar => B.axisVar(`${v.name}.${suffix}`, { maybeEmpty: true });

export function grouped(v: AxisVar, as: 'lane' | 'register', capacity: number, perLane?: number): Grouped {
  const shared = perLane !== undefined && perLane !== (as === 'lane' ? 1 : capacity);
  return {
    _tag: 'Grouped',
    name: v.name,
    rest: sibling(v, 'rest'),
    count: count(v, 'count'),
    tile: sibling(v, 'tile'),
    capacity,
    ...(shared ? { as: 'share', share: shareOf(v.name, as, perLane) } : { as }),
  };
}
/** Neighbours along the inner axes, which are rows of what is read and written together; apart along the first. */
const shareOf = (name: string, as: 'lane' | 'register', perLane: number): Share => ({
  lanes: [name],
  perLane,
  wide: as === 'register' && perLane % 4 === 0 ? 4 : 1,
});
export const axisOf = (g: Grouped): Axis => B.sum(B.ofVar(g.rest), B.product(B.ofVar(g.count), B.ofVar(g.tile)));

export function piecesOf(v: AxisVar, ragged: 'first' | 'last'): Pieces {
  const last = ragged === 'last' ? { flag: count(v, 'flag'), rest: sibling(v, 'last') } : undefined;
  return { head: sibling(v, 'head'), count: count(v, 'count'), tile: sibling(v, 'tile'), last };
}

/** The axis that the schedule put in the place of the one that is used. */
export function usedAxis(u: AxisUse, lanes?: Lanes): Axis {
  if (lanes) {
    const [own, of] = [usedAxis(u), B.ofVar(lanes.axis)];
    const many = lanes.elements === 'apart' ? B.product(own, of) : B.product(of, own);
    return B.sum(B.ofVar(lanes.rest), many);
  }
  const times = (a: AxisVar, b: AxisVar): Axis => B.product(B.ofVar(a), B.ofVar(b));
  if (!('capacity' in u)) return B.ofVar(u.axis);
  if (u._tag === 'Grouped') return B.sum(B.ofVar(u.rest), times(u.count, u.tile));
  const tiled = u.head ? B.sum(B.ofVar(u.head), times(u.count, u.tile)) : times(u.count, u.tile);
  return u.last ? B.sum(tiled, times(u.last.flag, u.last.rest)) : tiled;
}

/** Tiles are for axes that there are. */
export function demandNames(
  names: readonly string[],
  { tiles }: { readonly tiles: ReadonlyMap<string, number> },
): void {
  if (names.includes('batch'))
    fail({ _tag: 'Stuck', tactic: 'schedule', why: 'batch is the name of the leading axes: call this axis otherwise' });
  for (const name of tiles.keys())
    if (!names.includes(name) && name !== 'batch')
      fail({ _tag: 'NotDetermined', name: `tile of ${name}`, variables: [...names, 'batch'] });
}
