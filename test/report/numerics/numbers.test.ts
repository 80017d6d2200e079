// What every kernel has beside its statement: tilings, ends of the ragged tile and targets agree; merged parts are the whole; the order of a commutative
// stream does not matter, and of another it does; extremes of the domain; f16 and bf16 storage; what happens outside; bounds and
// records. One file, since it checks the library once. WEFT_SEED repeats a run.
import * as E from 'fp-ts/lib/Either.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RECORDED } from '../../../src/kernel/extract/recorded.generated.js';
import type { Format } from '../../../src/run/rounding/arithmetic.js';
import { forward } from '../../../src/run/rounding/forward.js';
import { runHost } from '../../../src/run/device/host.js';
import { type Gpu, openGpu } from '../../../src/run/device/webgpu.js';
import { OWN, testedNames } from '../../target/kernels/names.js';
import { SEED, extracted } from '../../target/kernels/pool.js';
import { streamOf, type Case, bounds, inDomain, prepare } from '../../target/kernels/case.js';
import { type Text, outputsOf, textFor } from '../../target/kernels/property.js';
import { get } from '../../support/ir/dsl.js';
import { checkAgreements, checkExtremes, checkNaive, checkStorage } from './check.js';
import { OUTSIDE, halfOutside } from './outside.js';
import { coded } from './record.js';
import { executed, permutationAgrees } from './properties.js';
import { randomCase, tilingsOf } from './texts.js';

/** The work of one case of the sample: the sizes multiplied. */
const SMALL = 6_000;
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const where = (name: string): string => `${name}, WEFT_SEED=${SEED}`;

describe('kernels', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = get(await openGpu());
  });
  afterAll(() => gpu.close());

  const memo = new Map<string, readonly Text[]>();
  const texts = (name: string): readonly Text[] => {
    const known = memo.get(name);
    if (known) return known;
    const [wide, narrow] = tilingsOf(name, SEED);
    const made = [wide!, narrow!].map((choice) => get(extracted(name, 'wgsl', choice)));
    const all = [
      textFor(made[0]!, 'wgsl', gpu.run),
      textFor(made[1]!, 'wgsl', gpu.run),
      textFor(made[1]!, 'host', runHost),
    ];
    memo.set(name, all);
    return all;
  };

  it.each(testedNames())('%s: tilings, targets, parts, orders', async (name) => {
    const found = await checkAgreements(texts(name), SEED, 1, SMALL);
    expect(found.failures, where(name)).toEqual([]);
    expect(found.compared).toBeGreaterThan(0);
  });
  it.each(testedNames())('%s: extremes of the domain', async (name) => {
    const found = await checkExtremes(texts(name).slice(1, 2), SEED);
    expect(found.failures, where(name)).toEqual([]);
    expect(found.bounded.length, where(name)).toBeGreaterThan(2);
  });
  it.each(testedNames().filter((n) => !OWN.includes(n)))('%s: hard data, beside a naive program', async (name) => {
    const found = await checkNaive(texts(name).slice(1, 2), SEED);
    expect(found.failures, where(name)).toEqual([]);
    expect(found.compared, where(name)).toBeGreaterThan(2);
  });
  it('sums of squares on hard data are seen', async () => {
    expect((await checkNaive(texts('raw-variance').slice(1, 2), SEED)).failures.length).toBeGreaterThan(1);
  });
  it.each(testedNames())('%s: stored in f16 and bf16', async (name) => {
    expect((await checkStorage(texts(name).slice(0, 1), SEED, 1, SMALL)).failures, where(name)).toEqual([]);
  });

  it.each(['arg-max', 'decay'])('the order of %s matters, and the comparison sees it', async (name) => {
    const [text] = texts(name);
    const c = { ...randomCase(text!.kernel, SEED, SMALL), sizes: { n: 23 }, scale: 1 };
    const done = await executed(text!, prepare(text!.kernel, c), 0);
    expect((await permutationAgrees(text!, c, done)).ratio).toBeGreaterThan(1);
  });

  it('a text that writes to an input is refused by each target, one that does not is not', async () => {
    for (const t of texts('total')) {
      const { program, inputs } = prepare(t.kernel, { ...randomCase(t.kernel, SEED, SMALL), sizes: { n: 7 } });
      const end = program.text.lastIndexOf('out[');
      const text = `${program.text.slice(0, end)}x[0${t.target === 'wgsl' ? 'u' : ''}] = 7.5;\n${program.text.slice(end)}`;
      const [right, wrong] = [await t.run(program, inputs, 0), await t.run({ ...program, text }, inputs, 0)];
      expect(right._tag).toBe('Right');
      expect(E.isLeft(wrong) && wrong.left._tag).toBe(t.target === 'wgsl' ? 'CompileFailed' : 'GuardTouched');
    }
  });

  it.each(OUTSIDE)('%s outside of its domain: no bound, all written, nothing spoilt', async (name, zeros) => {
    for (const text of texts(name)) {
      const made = halfOutside(text.kernel, zeros, SEED);
      expect(inDomain(text.kernel, made)).toBe(zeros.length === 0);
      const outputs = await outputsOf(text, made, SEED);
      const [out, bound] = [outputs[0]!, bounds(text.kernel, made)[0]!.bound];
      const half = out.length / 2;
      expect([...bound.subarray(0, half)].every((e) => e === Infinity)).toBe(zeros.length > 0);
      expect([...bound.subarray(half)].every((e) => e < Infinity)).toBe(true);
      expect([...out.subarray(half)].every((x) => Number.isFinite(x))).toBe(true);
      // where the reals have 0 by convention, the host's and SwiftShader's floats have 0/0
      if (zeros.length > 0) expect([...out.subarray(0, half)].every((x) => Number.isNaN(x))).toBe(true);
    }
  });
});

describe('bounds of kernels', () => {
  const boundOf = (name: string, tiles: Readonly<Record<string, number>>, c: Case, format: Format = 'f32'): number => {
    // lanes are rows, so that a tile is of a row
    const lanes = { [streamOf(get(extracted(name, 'cuda', { tiles, ragged: 'first' }))).axis.name]: 1 };
    const kernel = get(extracted(name, 'cuda', { tiles, ragged: 'first', lanes }));
    const made = prepare(kernel, c);
    return Math.max(...forward(kernel.emitted.validated.kernel, made.sizes, made.inputs, 'cuda', format)[0]!.bound);
  };
  const long: Case = { sizes: { n: 4096 }, leading: [], seed: 1, scale: 1, kind: 'equal' };

  it('tiled sums get the smaller constant', () => {
    // of n equal numbers: about n/2 roundings of n in one run, b/2 + n/(2b) of n in tiles of b
    const [run, tiled] = [boundOf('total', { n: 1 }, long), boundOf('total', { n: 64 }, long)];
    expect(tiled * 12).toBeLessThan(run);
    expect(tiled).toBeGreaterThan(2 ** -24 * 0.75 * 4096);
  });
  it('a greatest score that stays the same costs nothing at each tile', () => {
    const c: Case = { sizes: { q: 3, k: 256, d: 5, e: 2 }, leading: [], seed: 2, scale: 1 };
    expect(boundOf('attention', { k: 4 }, c)).toBeLessThan(8 * boundOf('attention', { k: 256 }, c));
  });
  it('narrow storage adds its own unit', () => {
    const c: Case = { sizes: { m: 3, k: 8, n: 5 }, leading: [], seed: 3, scale: 1 };
    const [single, half, brain] = (['f32', 'f16', 'bf16'] as const).map((f) => boundOf('matmul', {}, c, f));
    expect(half! / single!).toBeGreaterThan(100);
    expect(brain! / half!).toBeGreaterThan(4);
  });
});

// `npx tsx test/report/numerics/record.ts` writes the table again; then `weft kernels`
it('every kernel that is checked in has a record of its code, and there are no others', () => {
  expect(Object.keys(RECORDED).sort()).toEqual(
    coded()
      .map((c) => c.code)
      .sort(),
  );
});
