/** The axis variables that a use cuts an axis into, named after it. Invariant: a count may be 0, a tile is not empty. It knows no theorem. */
import type { Axis, AxisVar } from '../../core/index.js';
import * as B from '../../language/point/build.js';
import type { Grouped, Share } from '../ir/kernel.js';
import type { Pieces } from './tile.js';

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
