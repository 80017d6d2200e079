// What is judged, and how: an index by what the loops may choose, out of range, and what is not judged; each wrong number beside a right one.
import { describe, expect, it } from 'vitest';
import { launch } from '../../../src/run/launch/device.js';
import { compare, type Compared, type InputArray } from '../../../src/run/launch/launch.js';
import { extracted } from '../../target/kernels/pool.js';
import { get } from '../../support/ir/dsl.js';

const array = (shape: readonly number[], ...values: readonly number[]): InputArray => ({
  shape,
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => values[i % values.length]!),
});

/** The judgement of a kernel's own numbers, or of others in their place. */
async function judged(
  name: string,
  inputs: Readonly<Record<string, InputArray>>,
  ...instead: readonly number[]
): Promise<Compared> {
  const kernel = get(extracted(name, 'host', { tiles: {}, ragged: 'first' }));
  const launched = get(await launch(kernel, inputs));
  const [out] = launched.outputs;
  const data = instead.length > 0 ? Float32Array.from(instead) : out!.data;
  return get(compare(kernel, inputs, { ...launched, outputs: [{ ...out!, data }] }));
}

describe('an index', () => {
  const sharp = { x: array([5], 5, 0, 7, 1, 2) };
  const near = { x: array([5], 5, 0, 5 + 1e-12, 1, 2) }; // equal in f32
  it('is the right one, and no neighbour', async () => {
    expect((await judged('arg-max', sharp)).ratio).toBe(0);
    for (const other of [0, 1, 3, 2.5, NaN]) expect((await judged('arg-max', sharp, other)).ratio).toBe(Infinity);
  });
  it('is either of two that f32 does not tell apart, and nothing between', async () => {
    for (const right of [0, 2]) expect((await judged('arg-max', near, right)).ratio).toBe(0);
    for (const wrong of [1, 3, 4]) expect((await judged('arg-max', near, wrong)).ratio).toBe(Infinity);
  });
});

describe('out of range', () => {
  it('is judged by what is right, and a lost number is over the bound', async () => {
    const far = { x: array([6], 1e38, 1e38, 1e38, 1e-38, 1e-38, 1e-38) };
    expect((await judged('total-product', far)).ratio).toBeLessThanOrEqual(1);
    expect((await judged('total-product', far, 0)).ratio).toBeGreaterThan(1);
    const lost = await judged('total-product', { x: array([6], 1e30) });
    expect([lost.ratio, lost.judged, lost.outOfRange]).toEqual([Infinity, 1, 1]);
  });
});

describe('error, bound and ratio', () => {
  it('are of one element, whose place is said', async () => {
    const off = await judged('total', { x: array([3, 4], 1, 2, 3, 4) }, 10, 11, 10.5);
    expect([off.at.index, off.error, off.judged, off.unjudged]).toEqual([1, 1, 3, 0]);
    expect(off.ratio).toBe(off.error / off.bound);
  });
});
