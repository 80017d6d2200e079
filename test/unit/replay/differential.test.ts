// The two checkers say the same of structural equality. WEFT_SEED repeats a run, WEFT_PAIRS makes it longer.
import { describe, expect, it } from 'vitest';
import { compare } from './differential.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);
const PAIRS = Number(process.env['WEFT_PAIRS'] ?? 400);

describe('structural equality, by two checkers', () => {
  it('is the same', () => {
    const { disagreements, equal, different } = compare(SEED, PAIRS);
    expect(disagreements.slice(0, 3), `WEFT_SEED=${SEED}`).toEqual([]);
    expect(equal).toBeGreaterThan(PAIRS / 5);
    expect(different).toBeGreaterThan(PAIRS / 5);
  }, 120_000);
});
