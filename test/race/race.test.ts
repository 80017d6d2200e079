// A sample of what `npm run numerics` does in full: kernels without a race, and every barrier that is needed is missed when it is gone.
import { describe, expect, it } from 'vitest';
import { part } from './part.js';
import { judge } from './races.js';
import { fromFile, putting } from './trials.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);

describe('workgroup memory, as it is used', () => {
  it('kernels have no race', async () => {
    const { failures } = await part({ full: false, seed: SEED });
    expect(failures, `WEFT_SEED=${SEED}`).toEqual([]);
  }, 120_000);
  it('a missing barrier is seen, by the interpreter and by the memory check', async () => {
    expect(await judge(fromFile('matmul', SEED))).toEqual({ barriers: 4, seen: 3, spare: 1, failures: [] });
  }, 120_000);
  it('a missing barrier around what lanes put is seen by both', async () => {
    const { failures, seen, spare } = await judge(putting(SEED));
    expect(failures, `WEFT_SEED=${SEED}`).toEqual([]);
    expect([seen, spare]).toEqual([7, 3]);
  }, 120_000);
});
