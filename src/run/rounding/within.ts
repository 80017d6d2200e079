/**
 * What was found against what was expected, element by element, under the forward bound. Invariant: an element whose reference or bound is not finite is
 * not judged, and is counted with its place; no other bound stands in. A number that is missing or not finite is over every bound. What is named
 * (an index) is right where it is one of the candidates that the loops may choose, exactly. It knows no kernel.
 */
import { UNIT_ROUNDOFF, boundAt } from '../reference/bound.js';
import type { Judging } from './forward.js';
import type { Reference } from '../reference/reference.js';

export interface Within {
  /** of the element whose error is the largest share of its bound: |found - expected| */
  readonly error: number;
  /** of the same element */
  readonly bound: number;
  /** of the same element: error / bound; at most 1 when all that is judged is right; infinite where a number is missing or not finite */
  readonly ratio: number;
  /** which element that is */
  readonly index: number;
  /** the largest error of all elements that are judged */
  readonly largest: number;
  /** the largest number that is expected, of all elements that are judged */
  readonly size: number;
  /** the largest error over the first-order bound n u times the statement on absolute values */
  readonly firstOrder: number;
  readonly judged: number;
  /** elements whose reference or bound is not finite */
  readonly unjudged: number;
  /** the first of them */
  readonly places: readonly number[];
  /** judged elements whose numbers leave the target's range on the way: bounded as if exponents had no limits */
  readonly outOfRange: number;
}

export const NOTHING: Within = {
  error: 0,
  bound: 0,
  ratio: 0,
  index: 0,
  largest: 0,
  size: 0,
  firstOrder: 0,
  judged: 0,
  unjudged: 0,
  places: [],
  outOfRange: 0,
};
const PLACES = 5;

const over = (off: number, bound: number): number =>
  off === 0 ? 0 : off <= Number.MAX_VALUE && bound > 0 ? off / bound : Infinity;

/** The forward bound of element i with the reference's own error. */
export const toleranceAt = (expected: Reference, bound: ArrayLike<number>, i: number): number =>
  bound[i]! + expected.error[i]!;

/** The distance of two numbers; infinite where one of them is. */
const apart = (found: number | undefined, expected: number): number => {
  const off = Math.abs(found! - expected);
  return Number.isFinite(found) && off >= 0 ? off : Infinity;
};

/** An element's error and its bound; no bound where it is not judged. */
function element(
  expected: Reference,
  found: ArrayLike<number>,
  { bound, candidates, from }: Judging,
  i: number,
): readonly [error: number, bound: number] {
  const stated = toleranceAt(expected, bound, i);
  const named = candidates?.get(from + i);
  if (!named) return [apart(found[i], expected.data[i]!), stated >= 0 ? stated : Infinity];
  const least = (x: number | undefined): number => named.reduce((d, c) => Math.min(d, apart(x, c)), Infinity);
  const meant = least(expected.data[i]!) <= expected.error[i]!;
  return [meant ? least(found[i]) : Infinity, Number.isFinite(expected.error[i]!) && named.length > 0 ? 0 : Infinity];
}

/** Told of each element; the bound of one that is not judged is infinite. */
export type Seen = (index: number, error: number, bound: number) => void;

export function within(expected: Reference, found: ArrayLike<number>, judging: Judging, seen?: Seen): Within {
  let worst = NOTHING;
  let [largest, size, firstOrder, judged, unjudged, outOfRange] = [0, 0, 0, 0, 0, 0];
  const places: number[] = [];
  for (let i = 0; i < expected.data.length; i++) {
    const [error, bound] = element(expected, found, judging, i);
    seen?.(i, error, bound < Infinity ? bound : Infinity);
    if (!(bound < Infinity)) {
      unjudged += 1;
      if (places.length < PLACES) places.push(i);
      continue;
    }
    const ratio = over(error, bound);
    largest = Math.max(largest, error);
    size = Math.max(size, Math.abs(expected.data[i]!));
    firstOrder = Math.max(firstOrder, share(error, boundAt(expected, i, UNIT_ROUNDOFF.f32)));
    outOfRange += judging.outOfRange?.has(judging.from + i) ? 1 : 0;
    if (judged === 0 || ratio > worst.ratio) worst = { ...NOTHING, error, bound, ratio, index: i };
    judged += 1;
  }
  return { ...worst, largest, size, firstOrder, judged, unjudged, places, outOfRange };
}
/** Of a bound that says nothing, nothing. */
const share = (error: number, bound: number): number => (bound < Infinity ? over(error, bound) : 0);

/** The judgement on both. */
export const worse = (a: Within, b: Within): Within => ({
  ...(a.judged === 0 || (b.judged > 0 && b.ratio > a.ratio) ? b : a),
  largest: Math.max(a.largest, b.largest),
  size: Math.max(a.size, b.size),
  firstOrder: Math.max(a.firstOrder, b.firstOrder),
  judged: a.judged + b.judged,
  unjudged: a.unjudged + b.unjudged,
  places: [...a.places, ...b.places].slice(0, PLACES),
  outOfRange: a.outOfRange + b.outOfRange,
});
