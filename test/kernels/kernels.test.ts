// Every stream that is proved, as a kernel, against its statement: on Dawn (WGSL) and on the host, at random sizes, tiles and inputs.
// WEFT_SEED repeats a run, WEFT_RUNS makes it longer, WEFT_REPORT=1 prints the worst ratio of error to bound.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emit } from '../../src/emit/emit.js';
import { runHost } from '../../src/numeric/host.js';
import { type Gpu, openGpu } from '../../src/numeric/webgpu.js';
import { type Extracted } from '../../src/extract/extract.js';
import { get } from '../lower/dsl.js';
import { caseArbitrary, expected, inDomain, judge, prepare, representable } from './case.js';
import { library, ownStreams } from './library.js';
import { CHOICES, RUNS, SEED, choices, extracted } from './pool.js';

const TABLE = [
  'matmul',
  'attention',
  'attention-unscaled',
  'spherical-attention',
  'l1-attention',
  'sigmoid-attention',
  'logsumexp',
  'mean',
  'rms-norm-linear',
];
const OWN = ['centroid', 'cross-entropy', 'feature-attention', 'power-mean', 'raw-variance', 'span'];
/** Streams that are proved and refused all the same, each with where: what they need, lowering does not have. */
const REFUSED: Readonly<Record<string, string>> = { 'masked-attention': 'Lower', 'gated-attention': 'Schedule' };

const names = [...library().streams.keys()];
const kernels = names.filter((n) => !(n in REFUSED));

describe('the library', () => {
  it('has the kernels of the table, and three algorithms that only the tests state', () => {
    expect(library().diagnostics.filter((d) => d.severity !== 'warning')).toEqual([]);
    expect(kernels).toEqual(expect.arrayContaining(TABLE));
    expect([...ownStreams()].sort()).toEqual(OWN);
    expect(kernels).toEqual(expect.arrayContaining(OWN));
  });
  it.each(Object.entries(REFUSED))('refuses %s in %s', (name, where) => {
    const made = extracted(name, 'wgsl', { tiles: {}, ragged: 'first' });
    expect(E.isLeft(made) && made.left._tag).toBe(where);
  });
});

describe('kernels against their statements', () => {
  let gpu: Gpu;
  const worst = new Map<string, { readonly wgsl: number; readonly host: number }>();
  beforeAll(async () => {
    gpu = get(await openGpu());
  });
  afterAll(async () => {
    await gpu.close();
    if (process.env['WEFT_REPORT']) console.table(Object.fromEntries(worst));
  });

  /** The larger of both targets' ratios for one case; the host's text is emitted from the same IR. */
  async function ratios(wgsl: Extracted, c: Parameters<typeof prepare>[1]): Promise<{ wgsl: number; host: number }> {
    const host: Extracted = { ...wgsl, emitted: get(emit('host', wgsl.emitted.validated)) };
    const p = prepare(wgsl, c);
    fc.pre(inDomain(wgsl, p));
    const want = expected(wgsl, p);
    fc.pre(want.every(representable));
    const onGpu = judge(want, get(await gpu.run(p.program, p.inputs)));
    const onHost = judge(want, get(await runHost(prepare(host, c).program, p.inputs)));
    return { wgsl: onGpu.ratio, host: onHost.ratio };
  }

  it.each(kernels)('%s', async (name) => {
    for (const choice of choices(name)) {
      const kernel = get(extracted(name, 'wgsl', choice));
      const holds = async (c: Parameters<typeof prepare>[1]): Promise<void> => {
        const found = await ratios(kernel, c);
        const so = worst.get(name) ?? { wgsl: 0, host: 0 };
        worst.set(name, { wgsl: Math.max(so.wgsl, found.wgsl), host: Math.max(so.host, found.host) });
        if (!(found.wgsl <= 1 && found.host <= 1))
          throw new Error(`error over bound: ${JSON.stringify({ name, choice, found, WEFT_SEED: SEED })}`);
      };
      const numRuns = Math.ceil(RUNS / CHOICES);
      await fc.assert(fc.asyncProperty(caseArbitrary(kernel), holds), { seed: SEED, numRuns, endOnFailure: false });
    }
  });
});
