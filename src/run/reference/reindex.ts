/**
 * Reindexing of views: everything but concatenation (and some flattenings) moves no number. Invariant: `at` is the number of
 * batch dimensions, so dimension `at` is a leaf's outermost axis. Knows nothing of terms.
 */
import { type View, joined, packed, relaid, sliced, spliced } from './view.js';

export const repeated = (x: View, at: number, n: number): View => spliced(x, at, 0, [n], [0]);

export const diagonal = (x: View, at: number): View =>
  spliced(x, at, 2, [x.dims[at]!], [x.strides[at]! + x.strides[at + 1]!]);

export const exchanged = (x: View, at: number): View =>
  spliced(x, at, 2, [x.dims[at + 1]!, x.dims[at]!], [x.strides[at + 1]!, x.strides[at]!]);

export const split = (xs: readonly View[], at: number, a: number, b: number): View[] => [
  ...xs.map((x) => sliced(x, at, 0, a)),
  ...xs.map((x) => sliced(x, at, a, b)),
];

export function concatenated(xs: readonly View[], at: number): View[] {
  const n = xs.length / 2;
  return xs.slice(0, n).map((x, i) => joined(at, [x, xs[n + i]!]));
}

export const tiled = (x: View, at: number, a: number, b: number): View =>
  spliced(x, at, 1, [a, b], [x.strides[at]! * b, x.strides[at]!]);

export function flattened(x: View, at: number): View {
  const [a, b] = [x.dims[at]!, x.dims[at + 1]!];
  const [sa, sb] = [x.strides[at]!, x.strides[at + 1]!];
  if (b === 1) return spliced(x, at, 2, [a], [sa]);
  if (a === 1 || sa === sb * b) return spliced(x, at, 2, [a * b], [sb]);
  const y = packed(x);
  return relaid(spliced(y, at, 2, [a * b], [y.strides[at + 1]!]), {});
}
