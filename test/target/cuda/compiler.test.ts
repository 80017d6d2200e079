// Small failures of the past as CUDA, executed on the CPU by g++ under permuted threads, against their statements. Invariant: every file of the corpus
// that gives a kernel is run. WEFT_SEED repeats a run. It does not know how a failure was found.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { type CudaRunner, openCudaCpu } from '../../../src/run/device/cuda.js';
import { entries, outcomes } from '../../adversary/compiler/corpus.js';
import { libraryWith } from '../../adversary/compiler/library.js';
import { extracted } from '../../adversary/compiler/trial.js';
import { prepare } from '../kernels/case.js';
import { SEED } from '../kernels/pool.js';
import { textFor } from '../kernels/property.js';
import { get } from '../../support/ir/dsl.js';
import { random } from '../../support/ir/run.js';

describe('the corpus of the compiler as CUDA', () => {
  const all = entries().filter((e) => e.expect === 'runs');
  const made = new Map<string, Extracted>();
  let runner: CudaRunner;
  beforeAll(async () => {
    const library = libraryWith(all.map((e) => e.source));
    for (const e of all) {
      const found = extracted(library, e.name, 'cuda', e.schedule);
      if (found._tag !== 'Made') throw new Error(`${e.name}: ${JSON.stringify(found)}`);
      made.set(e.name, found.kernel);
    }
    const programs = all.map((e) => prepare(made.get(e.name)!, e.cases[0]!).program);
    runner = get(await openCudaCpu(programs, { sanitize: true }));
  }, 300_000);
  afterAll(() => runner.close());

  it.each(all.map((e) => [e.name, e] as const))('%s', async (name, e) => {
    const results = await outcomes(e, [textFor(made.get(name)!, 'cuda', runner.run)], random(SEED));
    expect(results[0]).toMatchObject({ _tag: 'Ran' });
    expect(
      results.filter((r) => r._tag === 'Failed'),
      `WEFT_SEED=${SEED}`,
    ).toEqual([]);
  });
});
