/**
 * What was found against what was expected, element by element, under the forward bound of forward.ts. Invariant: an element without a finite
 * forward bound is counted, and judged by the first-order bound of bound.ts unless the caller asks otherwise; a number that is missing or not finite is
 * over every bound. It knows no kernel.
 */
import { type Bounded, type Deviation, UNIT_ROUNDOFF, boundAt } from './bound.js';

export interface Within extends Deviation {
  /** the largest error over the first-order bound n u times the statement on absolute values */
  readonly firstOrder: number;
  /** elements of which the forward bound says nothing: f32 may overflow, or a denominator may be 0 */
  readonly unbounded: number;
}

export const NOTHING: Within = { error: 0, bound: 0, ratio: 0, index: 0, firstOrder: 0, unbounded: 0 };

const over = (off: number, bound: number): number =>
  off === 0 ? 0 : off <= Number.MAX_VALUE && bound > 0 ? off / bound : Infinity;

/** The forward bound of element i with the reference's own error in binary64. */
export const toleranceAt = (expected: Bounded, bound: ArrayLike<number>, i: number): number =>
  bound[i]! + boundAt(expected, i, UNIT_ROUNDOFF.f64);

/** `judged: 'bounded'`: elements without a finite forward bound are counted and not judged. */
export function within(
  expected: Bounded,
  found: ArrayLike<number>,
  bound: ArrayLike<number>,
  judged: 'all' | 'bounded' = 'all',
): Within {
  let worst = NOTHING;
  let [error, firstOrder, unbounded] = [0, 0, 0];
  for (let i = 0; i < expected.data.length; i++) {
    const off = Math.abs(found[i]! - expected.data[i]!);
    const older = boundAt(expected, i, UNIT_ROUNDOFF.f32);
    const tolerance = toleranceAt(expected, bound, i);
    const bounded = tolerance < Infinity;
    const stated = bounded ? tolerance : older;
    if (!bounded) {
      unbounded += 1;
      if (judged === 'bounded') continue;
    }
    const ratio = over(off, stated);
    error = Math.max(error, off);
    firstOrder = Math.max(firstOrder, over(off, older));
    if (ratio > worst.ratio || (worst === NOTHING && ratio === 0))
      worst = { ...NOTHING, error, bound: stated, ratio, index: i };
  }
  return { ...worst, error, firstOrder, unbounded };
}

/** The judgement on both. */
export const worse = (a: Within, b: Within): Within => ({
  ...(b.ratio > a.ratio ? b : a),
  error: Math.max(a.error, b.error),
  firstOrder: Math.max(a.firstOrder, b.firstOrder),
  unbounded: a.unbounded + b.unbounded,
});
