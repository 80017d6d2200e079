// Every stream that is proved, as CUDA: compiled by nvcc for two architectures without a warning, and executed on the CPU by g++ under permuted
// threads, against its statement at random sizes. WEFT_SEED, WEFT_RUNS, WEFT_CHOICES and WEFT_REPORT as in test/kernels.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Extracted } from '../../src/extract/extract.js';
import { type CudaRunner, openCudaCpu } from '../../src/numeric/cuda.js';
import { checkNvcc } from '../../src/numeric/cuda-nvcc.js';
import { ones, prepare } from '../kernels/case.js';
import { OWN, TABLE, kernelNames } from '../kernels/names.js';
import { CHOICES, type Choice, RUNS, choices, extracted } from '../kernels/pool.js';
import { type Worst, holds, textFor } from '../kernels/property.js';
import { get } from '../lower/dsl.js';

interface Made {
  readonly choice: Choice;
  readonly kernel: Extracted;
}

describe('CUDA kernels', () => {
  const made = new Map<string, readonly Made[]>();
  const worst: Worst = new Map();
  let runner: CudaRunner;
  beforeAll(async () => {
    for (const name of kernelNames())
      made.set(
        name,
        choices(name).map((choice) => ({ choice, kernel: get(extracted(name, 'cuda', choice)) })),
      );
    const programs = [...made.values()].flat().map(({ kernel }) => prepare(kernel, ones(kernel)).program);
    runner = get(await openCudaCpu(programs, { sanitize: true }));
  }, 600_000);
  afterAll(async () => {
    await runner.close();
    if (process.env['WEFT_REPORT']) console.table(Object.fromEntries(worst));
  });

  it('are all there', () => {
    expect([...made.keys()]).toEqual(expect.arrayContaining([...TABLE, ...OWN]));
  });

  it.each(kernelNames())(
    '%s on the CPU',
    async (name) => {
      for (const { kernel, choice } of made.get(name)!)
        await holds([textFor(kernel, 'cuda', runner.run)], choice, Math.ceil(RUNS / CHOICES), worst);
    },
    300_000,
  );

  it.each(kernelNames().flatMap((n) => ['sm_80', 'sm_90'].map((arch) => [n, arch] as const)))(
    '%s compiles for %s without a warning',
    async (name, arch) => {
      const [{ kernel }] = made.get(name) as [Made];
      const resources = get(await checkNvcc(kernel.emitted, arch));
      expect(resources.map((r) => [r.spillStores, r.spillLoads])).toEqual([[0, 0]]);
    },
    120_000,
  );
});
