// Random sizes and data for the sample programs, and the comparison with float64.
import * as fc from 'fast-check';
import { expect } from 'vitest';

export const floats = (count: number): fc.Arbitrary<Float32Array> =>
  fc.integer().map((seed) => {
    let state = seed | 1;
    return Float32Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return (state >> 8) / 2 ** 20;
    });
  });

/** Sums of n terms of absolute value below 8: n·u·(sum of absolute values), u the unit roundoff of f32. */
export const expectClose = (found: Float32Array, expected: readonly number[], terms: number): void => {
  expect(found.length).toBe(expected.length);
  const bound = (terms + 1) * 2 ** -24 * (terms * 8 * 4);
  found.forEach((v, i) => expect(Math.abs(v - expected[i]!), `element ${i}`).toBeLessThanOrEqual(bound));
};
