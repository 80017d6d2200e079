// The bound where the target's range is left on the way: of a kernel that reads tiles, with elements far below and beyond f32. A tile that nothing fills would read
// as 0, and 0 has no error.
import { describe, expect, it } from 'vitest';
import { check, extract, libraryFolder } from 'weft';
import { axisSizes } from '../../../../src/kernel/extract/program.js';
import { forward } from '../../../../src/run/rounding/forward.js';

describe('a bound beyond the range of f32', () => {
  const checked = check(libraryFolder, [], { only: ['matmul'] });
  const sizes = { m: 3, k: 37, n: 2, batch: 1 };
  it.each([
    ['a product of large numbers', 1e30],
    ['a product of small numbers', 1e-30],
  ])('covers the roundings of %s', (_, scale) => {
    const { kernel } = extract(checked, 'matmul', { target: 'wgsl' }).emitted.validated;
    const numbers = (n: number, by: number): Float32Array =>
      Float32Array.from({ length: n }, (_x, i) => Math.fround(scale * (1 + Math.sin(i * by) / 2)));
    const inputs = [numbers(sizes.m * sizes.k, 1.3), numbers(sizes.k * sizes.n, 0.7)];
    const [found] = forward(kernel, axisSizes(kernel, sizes), inputs, 'wgsl', 'f32', true);
    expect(found!.bound).toHaveLength(sizes.m * sizes.n);
    for (const [i, bound] of found!.bound.entries()) {
      const exact = Array.from({ length: sizes.k }, (_x, k) => {
        const [row, column] = [Math.floor(i / sizes.n), i % sizes.n];
        return inputs[0]![row * sizes.k + k]! * inputs[1]![k * sizes.n + column]!;
      }).reduce((a, b) => a + b);
      expect(bound).toBeGreaterThan(exact * 2 ** -24);
      if (scale > 1) expect(found!.outOfRange!.has(i)).toBe(true);
    }
  });
});
