// One of each kind of kernel that definitions give, as CUDA executed on the CPU under permuted threads, at random sizes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CudaRunner, openCudaCpu } from '../../../src/run/device/cuda.js';
import { inSmall, names } from '../../adversary/definition/library.js';
import { get } from '../../support/ir/dsl.js';
import { prepare, random, sizesFor, validated, worst } from '../../support/ir/run.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);

describe('CUDA kernels of definitions', () => {
  const made = names().map((name) => {
    const scheduled = inSmall(name, 3);
    const checked = validated(scheduled);
    const cases = [1, 4, 8].map((most, i) => {
      const next = random(SEED + i);
      return prepare(scheduled, checked, 'cuda', sizesFor(scheduled, next, most), next);
    });
    return [name, cases] as const;
  });
  let runner: CudaRunner;
  beforeAll(async () => {
    runner = get(
      await openCudaCpu(
        made.flatMap(([, cases]) => cases.map((c) => c.program)),
        { sanitize: true },
      ),
    );
  }, 600_000);
  afterAll(() => runner.close());

  it.each(made)('%s', async (name, cases) => {
    for (const c of cases) {
      const [out] = get(await runner.run(c.program, c.inputs, SEED));
      expect(worst(out!, c.expected), JSON.stringify({ name, WEFT_SEED: SEED })).toBeLessThan(2e-4);
    }
  });
});
