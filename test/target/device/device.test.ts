// What the checks on a GPU rest on, tried without one: rows of a case are judged as the whole is, a fault in the text is found in them, and a timed kernel is
// judged too. WEFT_SEED repeats a run.
import { describe, expect, it } from 'vitest';
import { runHost } from '../../../src/run/device/host.js';
import { type Case, type Prepared, bounds, expected, prepare } from '../kernels/case.js';
import { SEED, extracted } from '../kernels/pool.js';
import { outputsOf, textFor } from '../kernels/property.js';
import { get } from '../../support/ir/dsl.js';
import { fullCases, fullResults } from './full.js';
import { chooseRows, forText, partOf, rowsOfOutputs } from './rows.js';
import { Session } from './session.js';

const kernelOf = (name: string, target: 'wgsl' | 'host', tiles: Readonly<Record<string, number>> = {}) =>
  get(extracted(name, target, { tiles, ragged: 'first' }));
const size = (n: number): number => 2 + ((SEED >>> n) % 29);

const CASES: readonly (readonly [name: string, sizes: Case['sizes'], tiles: Readonly<Record<string, number>>])[] = [
  ['attention', { q: 20 + (size(0) % 9), k: 21, d: 3, e: 7 }, { q: 8, k: 4, e: 3 }],
  ['spherical-attention', { q: 35, k: 30 + size(3), d: 5, e: 9 }, { q: 4 }],
  ['matmul', { m: 30 + size(1), k: 29, n: 11 }, { m: 8, k: 5 }],
  ['cross-entropy', { n: 33 + size(2) }, { n: 7 }],
];

describe('rows of a case', () => {
  it.each(CASES)('%s: the statement, the bound and the result are those of the whole', async (name, sizes, tiles) => {
    const kernel = kernelOf(name, 'host', tiles);
    const c: Case = { sizes, leading: [3, 5], seed: SEED, scale: 1 };
    const whole = prepare(kernel, c);
    const rows = chooseRows(kernel, c, { most: 1, least: 9 });
    const { case: small, prepared } = partOf(kernel, c, whole.inputs, rows);
    const part = forText(kernel, small, prepared);
    const rowsOf = (all: readonly ArrayLike<number>[]) => rowsOfOutputs(kernel, c, all, rows);
    const joined = (of: ReturnType<typeof expected>): Float64Array[] => [
      Float64Array.from(of.flatMap(([y]) => [...y!.data])),
    ];
    const numbers = rowsOf(joined(expected(kernel, whole)));
    expect(numbers[0]!.length).toBeLessThan(whole.program.buffers.at(-1)!.elements);
    expect(numbers[0]!.length).toBeGreaterThan(0);
    expect(joined(expected(kernel, part)).map((y) => Float32Array.from(y))).toEqual(numbers);
    const boundsOf = (p: Prepared) => bounds(kernel, p).map((f) => f.bound);
    expect(boundsOf(part).map((y) => Float32Array.from(y))).toEqual(rowsOf(boundsOf(whole)));
    const text = textFor(kernel, 'host', runHost);
    expect(await outputsOf(text, part, 1)).toEqual(rowsOf(await outputsOf(text, forText(kernel, c, whole), 1)));
  });
});

/** Small versions of the full sizes. */
const SMALLER = 256;
const FAULTS: readonly (readonly [name: string, from: RegExp, to: string])[] = [
  ['attention', /(sum_k_2 =) power \* (sum_k_2)/, '$1 $2'],
  ['matmul', /k_tile_i < k_tiles/, 'k_tile_i + 1 < k_tiles'],
  ['mean', /(sum_n_2 =) sum_n_2 \+/, '$1'],
];

describe('properties at full sizes', () => {
  it.each(FAULTS)('%s is within its bounds, and with a fault it is not', async (name, from, to) => {
    const [good, other] = [
      kernelOf(name, 'host'),
      kernelOf(name, 'host', name === 'matmul' ? { k: 5 } : { [name === 'mean' ? 'n' : 'k']: 3 }),
    ];
    const text = other.text.replace(from, to);
    expect(text).not.toBe(other.text);
    const wrong = { ...other, emitted: { ...other.emitted, text } };
    const cases = fullCases(good, SEED, SMALLER);
    const worst = { ratio: 0, agreement: 0 };
    for (const [shape, c] of cases) {
      const right = await fullResults([textFor(good, 'host', runHost), textFor(other, 'host', runHost)], shape, c);
      for (const r of right!)
        expect([r.ratio <= 1, r.agreement <= 1, r.compared > 0], JSON.stringify({ c, r })).toEqual([true, true, true]);
      const bad = await fullResults([textFor(good, 'host', runHost), textFor(wrong, 'host', runHost)], shape, c);
      worst.ratio = Math.max(worst.ratio, bad![1]!.ratio);
      worst.agreement = Math.max(worst.agreement, bad![1]!.agreement);
    }
    expect([worst.ratio > 1, worst.agreement > 1], `WEFT_SEED=${SEED}`).toEqual([true, true]);
  });
});

describe('a timed kernel', () => {
  it('is judged, and so is one with a fault', async () => {
    const session = await Session.open(true, []);
    const right = kernelOf('mean', 'wgsl', { n: 4 });
    const text = right.text.replace(/(sum_n_2 =) sum_n_2 \+/, '$1');
    expect(text).not.toBe(right.text);
    const good = await session.timed(right, 'right', { n: 37 }, 6);
    const bad = await session.timed({ ...right, emitted: { ...right.emitted, text } }, 'wrong', { n: 37 }, 6);
    expect(good.ratio).toBeLessThanOrEqual(1);
    expect(bad.ratio).toBeGreaterThan(1);
    const [ms] = await session.medians([good], 1);
    expect(ms).toBeGreaterThan(0);
    await session.close();
  });
});
