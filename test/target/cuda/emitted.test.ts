// The emitted CUDA texts: executed on the CPU under permuted threads, and compiled by nvcc without a warning.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCudaCpu, type CudaRunner } from '../../../src/run/device/cuda.js';
import { checkNvcc } from '../../../src/run/device/cuda-nvcc.js';
import type { KernelProgram } from '../../../src/kernel/ir/program.js';
import { TILES, all } from '../../support/ir/all.js';
import { get } from '../../support/ir/dsl.js';
import { prepare, random, sizesFor, validated, worst } from '../../support/ir/run.js';

const START = Number(process.env.SEED ?? Date.now() % 1_000_000);
const cases = TILES.flatMap((tiles, i) =>
  Object.entries(all(tiles)).map(([name, scheduled]) => ({
    name: `${name}, tiles ${i}`,
    scheduled: { ...scheduled, name: `${scheduled.name}_${name}_${i}` },
    checked: undefined as unknown as ReturnType<typeof validated>,
  })),
);
const ones = (s: (typeof cases)[number]['scheduled']): Record<string, number> =>
  Object.fromEntries(s.uses.map((u) => [u.name, 1]));

describe('emitted CUDA', () => {
  let runner: CudaRunner;
  let programs: KernelProgram[];
  beforeAll(async () => {
    cases.forEach((c) => (c.checked = validated(c.scheduled)));
    programs = cases.map((c) => prepare(c.scheduled, c.checked, 'cuda', ones(c.scheduled), random(1)).program);
    runner = get(await openCudaCpu(programs, { sanitize: true }));
  }, 300_000);
  afterAll(() => runner.close());

  it.each(cases)('$name on the CPU', async ({ scheduled, checked, name }) => {
    for (let i = 0; i < 5; i++) {
      const next = random(START + i);
      const sizes = i === 0 ? ones(scheduled) : sizesFor(scheduled, next, 12);
      const p = prepare(scheduled, checked, 'cuda', sizes, next);
      const [out] = get(await runner.run(p.program, p.inputs, START + i));
      expect(worst(out!, p.expected), JSON.stringify({ name, sizes, seed: START + i })).toBeLessThan(2e-4);
    }
  });

  it.each(['sm_80', 'sm_90'])(
    'compiles for %s without a warning',
    async (arch) => {
      for (const p of programs.slice(0, Object.keys(all(TILES[0]!)).length)) get(await checkNvcc(p, arch));
    },
    600_000,
  );
});
