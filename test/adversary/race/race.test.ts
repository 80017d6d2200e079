// Every barrier that is needed is missed when it is gone. A sample of the kernels is checked for races in test/report/numerics/table.test.ts.
import { describe, expect, it } from 'vitest';
import { judge } from './races.js';
import { fromFile, putting } from './trials.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);

describe('workgroup memory, as it is used', () => {
  it('a missing barrier is seen, by the interpreter and by the memory check', async () => {
    expect(await judge(fromFile('matmul', SEED))).toEqual({
      races: 0,
      barriers: 4,
      seen: 3,
      spare: 1,
      empty: 0,
      failures: [],
    });
  }, 120_000);
  it('a missing barrier around what lanes put is seen by both', async () => {
    const { failures, seen, spare } = await judge(putting(SEED));
    expect(failures, `WEFT_SEED=${SEED}`).toEqual([]);
    expect([seen, spare]).toEqual([7, 3]);
  }, 120_000);
});
