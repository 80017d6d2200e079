// A sample of `npm run numerics` with a fresh seed: two kernels through the parts that fill the table, on every target that needs no compiler, and the rows
// put together as in the whole. WEFT_SEED repeats a run.
import { describe, expect, it } from 'vitest';
import { sample } from '../../target/kernels/names.js';
import { SEED } from '../../target/kernels/pool.js';
import { part as races } from '../../adversary/race/part.js';
import { part as second } from '../../target/second/part.js';
import { faults, tableOf, wanted } from '../trust/table.js';
import { part as numbers } from './part.js';

const options = { full: false, seed: SEED };

describe('the table of numbers', () => {
  it('has every row and cell of two kernels, none over its bound and no race', async () => {
    const parts = [await numbers(options), await second(options), await races(options)];
    const said = [`WEFT_SEED=${SEED}`, ...parts.flatMap((p) => p.notes ?? [])].join('\n');
    expect(
      parts.flatMap((p) => p.failures),
      said,
    ).toEqual([]);
    const kernels = sample(SEED);
    const table = tableOf(parts);
    const asked = wanted(kernels.map((k) => `${k}.wgsl`));
    expect(faults(table, asked), said).toEqual([]);
    expect(table.length, said).toBe(asked.length);
    expect(faults(table.slice(1), asked).length, said).toBe(1);
  }, 300_000);
});
