/**
 * Where an element of an array lies: the row-major position of each block, over any ring. Invariant: agrees with the core's `position`;
 * blocks are in the order of the core's slots. It does not know whether it computes numbers, text or normal forms.
 */
import { type Axis, type AxisVar, type Monomial, paths } from '../../core/index.js';

export interface Ring<T> {
  readonly zero: T;
  readonly one: T;
  readonly size: (axis: AxisVar) => T;
  readonly add: (x: T, y: T) => T;
  readonly mul: (x: T, y: T) => T;
}

/** One block of an array: for each axis which path, and all its variables, outermost first. */
export interface Block {
  readonly slot: number;
  readonly paths: readonly number[];
  readonly vars: readonly AxisVar[];
}

export function blocks(axes: readonly Axis[]): readonly Block[] {
  const all = axes.reduce<readonly Omit<Block, 'slot'>[]>(
    (acc, a) => acc.flatMap((b) => paths(a).map((vars, i) => ({ paths: [...b.paths, i], vars: [...b.vars, ...vars] }))),
    [{ paths: [], vars: [] }],
  );
  return all.map((b, slot) => ({ slot, ...b }));
}

export const sizeOf = <T>(ring: Ring<T>, e: Axis): T =>
  e.terms.map((m) => monomialSize(ring, m)).reduce(ring.add, ring.zero);

function monomialSize<T>(ring: Ring<T>, m: Monomial): T {
  const factors = [...m.vars.map(ring.size), ...(m.tail ? [sizeOf(ring, m.tail)] : [])];
  return factors.length === 0 ? ring.one : factors.reduce(ring.mul);
}

/** The position in e of the element of path number `path` at the given indices. */
export function positionIn<T>(ring: Ring<T>, e: Axis, path: number, at: readonly T[]): T {
  let before = ring.zero;
  let from = path;
  for (const m of e.terms) {
    const count = m.tail ? paths(m.tail).length : 1;
    if (from < count) return ring.add(before, withinMonomial(ring, m, from, at));
    before = ring.add(before, monomialSize(ring, m));
    from -= count;
  }
  return before;
}

function withinMonomial<T>(ring: Ring<T>, m: Monomial, path: number, at: readonly T[]): T {
  const outer = m.vars.reduce((acc, v, i) => ring.add(ring.mul(acc, ring.size(v)), at[i]!), ring.zero);
  if (!m.tail) return outer;
  return ring.add(ring.mul(outer, sizeOf(ring, m.tail)), positionIn(ring, m.tail, path, at.slice(m.vars.length)));
}

/** The offset of the element of a block at the given indices, one for each variable. */
export function offset<T>(ring: Ring<T>, axes: readonly Axis[], block: Block, at: readonly T[]): T {
  let from = 0;
  return axes.reduce((acc, e, i) => {
    const count = paths(e)[block.paths[i]!]!.length;
    const here = positionIn(ring, e, block.paths[i]!, at.slice(from, from + count));
    from += count;
    return ring.add(ring.mul(acc, sizeOf(ring, e)), here);
  }, ring.zero);
}
