// Workgroup memory that cannot be declared: a shared kernel with more than 48 KiB, compiled by nvcc for two architectures without a warning, and
// executed on the CPU by g++ under permuted threads, against its statement within its bound; beside it one that is declared.
import { describe, expect, it } from 'vitest';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { openCudaCpu } from '../../../src/run/device/cuda.js';
import { checkNvcc } from '../../../src/run/device/cuda-nvcc.js';
import { ones, prepare } from '../kernels/case.js';
import { type Choice, extracted } from '../kernels/pool.js';
import { holds, textFor } from '../kernels/property.js';
import { get } from '../../support/ir/dsl.js';

const DECLARED = 48 * 1024;
/** rows of `columns` numbers and 4 to pad them, for each of the `stream` */
const choiceOf = (stream: number): Choice => ({
  tiles: { m: 4, n: 256, k: stream },
  ragged: 'first',
  perLane: { m: 2, n: 8 },
});
const made = (choice: Choice): Extracted => get(extracted('matmul', 'cuda', choice));
const [large, small] = [choiceOf(48), choiceOf(32)];

describe('a kernel with more workgroup memory than may be declared', () => {
  it('asks for all of it when it is launched; one with less declares it', () => {
    const [asking, declaring] = [made(large).emitted, made(small).emitted];
    const { workgroup } = asking.memory;
    expect(workgroup).toBe(4 * (4 * (48 + 4) + 48 * (256 + 4)));
    expect(workgroup).toBeGreaterThan(DECLARED);
    expect(asking.text).toContain(`, ${workgroup}, stream,`);
    expect(asking.text).not.toMatch(/__shared__ [^;]*_tile/);
    expect(declaring.memory.workgroup).toBeLessThan(DECLARED);
    expect(declaring.text).toMatch(/__shared__ [^;]*_tile/);
    expect(declaring.text).toContain(', 0, stream,');
  });

  it('computes its statement', async () => {
    const kernels = [large, small].map((choice) => ({ choice, kernel: made(choice) }));
    const programs = kernels.map(({ kernel }) => prepare(kernel, ones(kernel)).program);
    const runner = get(await openCudaCpu(programs, { sanitize: true }));
    for (const { choice, kernel } of kernels) await holds([textFor(kernel, 'cuda', runner.run)], choice, 3, new Map());
    await runner.close();
  }, 300_000);

  it.each(['sm_80', 'sm_90'])(
    'compiles for %s without a warning or a spill',
    async (arch) => {
      const [resources] = get(await checkNvcc(made(large).emitted, arch));
      expect(resources).toMatchObject({ spillStores: 0, spillLoads: 0 });
      expect(resources!.staticShared).toBeLessThanOrEqual(1024); // of these sm_90 reserves 1 KiB
    },
    120_000,
  );
});
