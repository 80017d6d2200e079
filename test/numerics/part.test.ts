// The sample of the figures of numbers, with a fresh seed: WEFT_SEED repeats it.
import { expect, it } from 'vitest';
import { SEED } from '../kernels/pool.js';
import { rows } from './part.js';

it('numbers: the sample', async () => {
  const found = await rows({ full: false, seed: SEED });
  expect(found.failures, `WEFT_SEED=${SEED}\n${found.survivors.join('\n')}`).toEqual([]);
  expect(found.rows.length).toBeGreaterThan(0);
  for (const r of found.rows) expect(r.cases, r.kernel).toBeGreaterThan(0);
});
