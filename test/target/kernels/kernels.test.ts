// Every stream that is proved, as a kernel, against its statement: on Dawn (WGSL) and on the host, at random sizes, tiles and inputs.
// WEFT_SEED repeats a run, WEFT_RUNS makes it longer, WEFT_REPORT=1 prints the tallies.
import * as E from 'fp-ts/lib/Either.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHost } from '../../../src/run/device/host.js';
import { type Gpu, openGpu } from '../../../src/run/device/webgpu.js';
import { get } from '../../support/ir/dsl.js';
import { library, ownStreams } from './library.js';
import { OWN, REFUSED, TABLE, testedNames } from './names.js';
import { CHOICES, RUNS, SEED, choices, extracted } from './pool.js';
import { type Tally, type Worst, caught, count, holds, measured, muchWorseThanNaive, overflows, textFor } from './property.js';

const defaults = { tiles: {}, ragged: 'first' } as const;

describe('the library', () => {
  it('has the kernels of the table, and algorithms that only the tests state', () => {
    expect(library().diagnostics.filter((d) => d.severity !== 'warning')).toEqual([]);
    expect(testedNames()).toEqual(expect.arrayContaining([...TABLE, ...OWN]));
    expect([...ownStreams()].sort()).toEqual(OWN);
  });
  it.each(Object.entries(REFUSED))('refuses %s: $why', (name, { where }) => {
    const made = extracted(name, 'wgsl', defaults);
    expect(E.isLeft(made) && made.left._tag).toBe(where);
  });
});

/** Scores that f32's exp cannot take, and the left side in float64 still can. */
const LARGE: readonly (readonly [kernel: string, scale: number])[] = [
  ['attention', 12],
  ['logsumexp', 200],
  ['cross-entropy', 200],
  ['target-loss', 200],
];

describe('kernels against their statements', () => {
  let gpu: Gpu;
  const worst: Worst = new Map();
  beforeAll(async () => {
    gpu = get(await openGpu());
  });
  afterAll(async () => {
    await gpu.close();
    if (process.env['WEFT_REPORT']) console.table([...worst].flatMap(([name, of]) => Object.entries(of).map(([target, t]) => ({ name, target, ...t }))));
  });

  it.each(testedNames())('%s', async (name) => {
    for (const choice of choices(name)) {
      const kernel = get(extracted(name, 'wgsl', choice));
      const texts = [textFor(kernel, 'wgsl', gpu.run), textFor(kernel, 'host', runHost)];
      await holds(texts, choice, Math.ceil(RUNS / CHOICES), worst);
    }
  });

  const tooLarge = (name: string, scale: number): Promise<boolean> =>
    overflows(textFor(get(extracted(name, 'wgsl', defaults)), 'wgsl', gpu.run), 20, scale);
  it.each(LARGE)('%s, in the gauge of the largest score, does not overflow', async (name, scale) => {
    expect(await tooLarge(name, scale)).toBe(false);
  });
  it('plain sums of exponentials do, on the same inputs', async () => {
    expect(await tooLarge('attention-unscaled', LARGE[0]![1])).toBe(true);
  });
  it('no kernel of the library has much larger errors than a naive program', () => {
    const tallies = [...worst].flatMap(([name, of]) => Object.entries(of).map(([target, t]) => ({ name, target, ...t })));
    expect(tallies.length).toBeGreaterThan(0);
    expect(tallies.filter((t) => !OWN.includes(t.name) && muchWorseThanNaive(t))).toEqual([]);
  });
  // Ten thousand spreads from 0, a variance from sums of squares cancels; one that merges means is off by what is rounded in them, and not by the square;
  // one around the first element is not off at all.
  it('the criterion sees what data far from 0 cost three states of one statement', async () => {
    const found: Worst = new Map();
    const names = ['raw-variance', 'merged-variance', 'variance'];
    for (const name of names)
      for (const n of [37, 70, 133]) {
        const text = textFor(get(extracted(name, 'wgsl', defaults)), 'wgsl', gpu.run);
        (await measured([text], { sizes: { n }, leading: [3], seed: SEED + n, scale: 1, mean: 1e4 })).forEach((m) => count(found, name, m));
      }
    const [raw, merged, own] = names.map((n) => found.get(n)!.wgsl!) as [Tally, Tally, Tally];
    expect(muchWorseThanNaive(raw)).toBe(true);
    expect(merged.error * 100).toBeLessThan(raw.error);
    expect(own.error * 100).toBeLessThan(merged.error);
    expect(muchWorseThanNaive(own)).toBe(false);
  });
});

/** Faults that each keep a text running: the edit must find its place, and a random case must find the fault. */
const FAULTS: readonly (readonly [fault: string, kernel: string, from: RegExp, to: string])[] = [
  ['the sums of weights are not rescaled', 'attention', /(sum_k_2 =) power \* (sum_k_2)/, '$1 $2'],
  ['the sums of values are not rescaled', 'attention', /(sum_k\[e\] =) power \* (sum_k\[e\])/, '$1 $2'],
  ['the last tile is left out', 'matmul', /k_tile_i < k_tiles/, 'k_tile_i + 1 < k_tiles'],
  ['the ragged tile counts as full', 'logsumexp', /(sum_n = 0.0;\s*(?:\/\/.*\s*)?for .*) < n_head/, '$1 < N_TILE'],
  ['blocks start as if the first were full', 'spherical-attention', /e_rest \+ \(e_block - 1\)/, '(e_block)'],
  ['the count of one tile is lost', 'mean', /(sum_n_2 =) sum_n_2 \+/, '$1'],
  ['rows of the values have the wrong length', 'attention', /(v\[.*\*) \(e_rest \+ e_tiles \* E_TILE\)/, '$1 d_size'],
];

describe('a wrong text is found', () => {
  it.each(FAULTS)('%s', async (_fault, name, from, to) => {
    const axis = library().streams.get(name)!.axis.name;
    const small = { tiles: { [axis]: 3 }, lanes: { [axis]: 1 }, ragged: 'first' } as const;
    const kernel = get(extracted(name, 'host', small));
    expect(await caught(textFor(kernel, 'host', runHost), 5)).toBe(false);
    const text = kernel.text.replace(from, to);
    expect(text, kernel.text).not.toBe(kernel.text);
    const wrong = { ...kernel, emitted: { ...kernel.emitted, text } };
    expect(await caught(textFor(wrong, 'host', runHost), 60)).toBe(true);
  });
});
