// The reference with its own error: float64 where that says enough, balls where it does not, and "not known" where neither does. Diagrams are built by the core.
import { describe, expect, it } from 'vitest';
import * as core from '../../../../src/core/index.js';
import { Extent, foreseenDepth } from '../../../../src/run/reference/extent.js';
import * as B from '../../../../src/language/point/build.js';
import { seq } from '../../../../src/language/point/wiring.js';
import type { Term } from '../../../../src/core/index.js';
import { reference } from '../../../../src/run/reference/reference.js';
import { get } from '../../../support/ir/dsl.js';

const op = (name: Parameters<typeof B.operator>[0]): Term => B.operator(name);
const value = (term: Term, xs: readonly number[]): readonly [number, number] => {
  const inputs = xs.map((x) => ({ shape: [], data: Float64Array.of(x) }));
  const [y] = get(reference(term, { sizes: new Map() }, inputs));
  return [y!.data[0]!, y!.error[0]!];
};
const sigmoidLike = seq(op('exp'), op('recip'));

describe('the reference', () => {
  it('is float64 where that is enough', () => {
    const [v, e] = value(op('exp'), [1]);
    expect(v).toBe(Math.E);
    expect(e).toBeLessThan(1e-13);
  });
  it('goes beyond float64: the exponent of a large number, and back', () => {
    for (const x of [800, -800, 1e6, -1e6]) {
      const [v, e] = value(seq(seq(op('exp'), op('recip')), op('log')), [x]);
      expect(Math.abs(v + x)).toBeLessThanOrEqual(e);
      expect(e).toBeLessThan(1e-6);
    }
    const [back, off] = value(seq(op('exp'), op('log')), [800]); // infinite on the way, and at first in the result
    expect(Math.abs(back - 800)).toBeLessThanOrEqual(off);
    expect(off).toBeLessThan(1e-6);
    expect(value(sigmoidLike, [800])[0]).toBe(0);
    expect(value(sigmoidLike, [800])[1]).toBeLessThan(1e-300);
  });
  it('does not know what cancels to nothing: 1e16 + 1 - 1e16', () => {
    const sum = seq(B.tensor(op('add'), B.id(B.real())), op('add'));
    expect(value(sum, [1e16, 1, -1e16])[1]).toBeLessThan(10);
    expect(value(seq(sum, op('log')), [1e16, 1, -1e16])[1]).toBe(Infinity);
    expect(value(seq(sum, op('recip')), [1e16, 1, -1e16])[1]).toBe(Infinity);
    expect(value(seq(sum, op('sqrt')), [1e16, 1, -1e16])[1]).toBeGreaterThanOrEqual(1);
    expect(value(seq(sum, op('log')), [1e3, 1, -1e3])[1]).toBeLessThan(1e-10);
  });
  it('covers what a product loses by underflow', () => {
    const [v, e] = value(seq(op('mul'), op('exp')), [1e-200, 1e-200]);
    expect([v, e < 1e-14]).toEqual([1, true]);
    const twice = value(op('mul'), [1e-170, 1e-170]);
    expect(Math.abs(twice[0] - 0)).toBeLessThanOrEqual(twice[1]);
    expect(twice[1]).toBeGreaterThan(0);
  });
  it('says that a reciprocal far below its square is rounded', () => {
    expect(value(seq(op('exp'), op('recip')), [700])[1]).toBeGreaterThan(0);
    expect(value(op('recip'), [2 ** 600])[1]).toBeLessThan(2 ** -600);
  });
});

describe('depth is counted where arrays are foreseen', () => {
  const neg = op('neg');
  const inward = (n: number): Term => Array.from({ length: n }).reduce((t: Term) => get(core.compose(neg, t)), neg);
  it.each([3, foreseenDepth - 2, foreseenDepth, 700])(
    '%i operators inside one another, woven',
    (n) => {
      const v = get(core.axisVar('n'));
      const term = get(core.map(get(core.ofVar(v)), inward(n)));
      const size = 66_000; // more than a chunk
      const x = { shape: [size], data: Float64Array.from({ length: size }, (_, i) => i % 17) };
      const [y] = get(reference(term, { sizes: new Map([[v, size]]) }, [x]));
      const sign = n % 2 === 0 ? -1 : 1;
      expect([0, 1, 16, 65_999].map((i) => y!.data[i]! + 0)).toEqual(
        [0, 1, 16, 65_999].map((i) => sign * (i % 17) + 0),
      );
    },
    120_000,
  );
  it('beyond it nothing is foreseen', () => {
    const peak = (n: number): number | undefined =>
      new Extent(() => 4).peak(inward(n), 1, [{ dims: [4], still: [false] }], 0);
    expect(peak(foreseenDepth - 2)).toBe(1);
    expect(peak(foreseenDepth)).toBeUndefined();
    expect(peak(100_000)).toBeUndefined();
  });
});
