/**
 * An a-posteriori error bound: n * u * (the diagram on absolute values), evaluated beside the values in one pass. Invariant:
 * never relative to the result, since signed sums cancel. Knows nothing of what is compared.
 *
 * What "on absolute values" means, operator by operator, is the table of scalar.ts: inputs and constants become |x|, neg is
 * the identity, add and mul act on magnitudes; recip, exp, log and sqrt keep their actual argument x and scale its magnitude by
 * |f'(x)|; select takes the actual branch; comparisons are made on actual values; scan carries state magnitudes along.
 * n counts the roundings that a number passes through: a sum of k terms adds k, in whatever order it is summed.
 *
 * Why it holds, to first order in u: let X be the magnitude of x, with |x| <= X, and let |x - computed x| <= n u X. Each line of the
 * table keeps both (the derivation stands beside it). For sums this is the classical bound n u sum |x_i|, valid for
 * every order of summation; a quotient of sums adds the two counts, and a positive denominator has X = x, so that its magnitude
 * stays that of the actual reciprocal. Where a comparison or a max takes another branch by rounding, its two branches agree
 * up to the error of the compared values, for continuous diagrams. A diagram that jumps has no bound.
 * Underflow is left out: where all numbers of a sum are below the smallest normal number, so is the error.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Term } from '../../core/index.js';
import { type Environment, type EvaluateError, type NumArray, evaluateViews } from './evaluate.js';
import { type View, packed } from './view.js';

/** Unit roundoff of round to nearest. */
export const UNIT_ROUNDOFF = { f32: 2 ** -24, f64: 2 ** -53 } as const;

export interface Bounded extends NumArray {
  /** the same diagram on absolute values */
  readonly magnitude: Float64Array;
  /** n: the most roundings that a number passes through */
  readonly roundings: number;
}

/** The outputs of a term, leaf by leaf, each with its magnitude and its count of roundings. */
export function evaluateBounded(
  term: Term,
  env: Environment,
  inputs: readonly NumArray[],
): E.Either<EvaluateError, readonly Bounded[]> {
  return E.map((views: readonly View[]) => views.map(bounded))(evaluateViews(term, env, inputs, 'magnitude'));
}

function bounded(view: View): Bounded {
  const { data, magnitude, dims, roundings } = packed(view);
  return { shape: dims, data, magnitude: magnitude!, roundings };
}

/** The bound of element i: n * u * magnitude; infinite where that is not known. */
export const boundAt = ({ roundings, magnitude }: Bounded, i: number, u: number): number =>
  magnitude[i]! < Infinity ? roundings * u * magnitude[i]! : Infinity;

export interface Deviation {
  /** the largest |found - expected| */
  readonly error: number;
  /** the bound where error / bound is largest */
  readonly bound: number;
  /** the largest error / bound; at most 1 when all is well; infinite where a number is missing or not finite */
  readonly ratio: number;
  /** where the ratio is largest */
  readonly index: number;
}

/** Compares what was found with a reference, element by element. */
export function deviation(expected: Bounded, found: ArrayLike<number>, u: number): Deviation {
  let worst: Deviation = { error: 0, bound: 0, ratio: 0, index: 0 };
  let error = 0;
  for (let i = 0; i < expected.data.length; i++) {
    const off = Math.abs(found[i]! - expected.data[i]!);
    const bound = boundAt(expected, i, u);
    const ratio = off === 0 ? 0 : off <= Number.MAX_VALUE && bound > 0 ? off / bound : Infinity;
    error = Math.max(error, off);
    if (i === 0 || ratio > worst.ratio) worst = { error, bound, ratio, index: i };
  }
  return { ...worst, error };
}
