// Every stream that is proved, as CUDA: compiled by nvcc without a warning, and executed on the CPU by g++ under permuted threads, against its
// statement at random sizes. With the default options it spills no register on two architectures; with the ragged tile last it may where SPILLS
// says so. WEFT_SEED, WEFT_RUNS, WEFT_CHOICES and WEFT_REPORT as in test/kernels.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { type CudaRunner, openCudaCpu } from '../../../src/run/device/cuda.js';
import { checkNvcc } from '../../../src/run/device/cuda-nvcc.js';
import { ones, prepare } from '../kernels/case.js';
import { OWN, TABLE, testedNames } from '../kernels/names.js';
import { CHOICES, type Choice, RUNS, choices, extracted } from '../kernels/pool.js';
import { type Worst, holds, textFor } from '../kernels/property.js';
import { get } from '../../support/ir/dsl.js';

/** Bytes that nvcc 13.0 stores and loads again for want of registers on sm_90 with `--ragged last`; the table of docs/reference/cuda-resources.md. */
const SPILLS: Readonly<Record<string, readonly [stores: number, loads: number]>> = { 'gradient-of-keys': [56, 48] };

interface Made {
  readonly choice: Choice;
  readonly kernel: Extracted;
}

describe('CUDA kernels', () => {
  const made = new Map<string, readonly Made[]>();
  const worst: Worst = new Map();
  let runner: CudaRunner;
  beforeAll(async () => {
    for (const name of testedNames())
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

  it.each(testedNames())(
    '%s on the CPU',
    async (name) => {
      for (const { kernel, choice } of made.get(name)!)
        await holds([textFor(kernel, 'cuda', runner.run)], choice, Math.ceil(RUNS / CHOICES), worst);
    },
    300_000,
  );

  it.each(
    testedNames().flatMap((name) =>
      (
        [
          ['sm_80', 'first'],
          ['sm_90', 'first'],
          ['sm_90', 'last'],
        ] as const
      ).map(([arch, ragged]) => ({ name, arch, ragged })),
    ),
  )(
    '$name compiles for $arch without a warning, the ragged tile $ragged',
    async ({ name, arch, ragged }) => {
      const { emitted } = get(extracted(name, 'cuda', { tiles: {}, ragged }));
      const resources = get(await checkNvcc(emitted, arch));
      const spills = (ragged === 'last' ? SPILLS[name] : undefined) ?? [0, 0];
      expect(resources.map((r) => [r.spillStores, r.spillLoads])).toEqual([spills]);
    },
    120_000,
  );
});
