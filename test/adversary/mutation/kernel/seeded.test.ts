// A sample of what `npm run numerics` does in full: bugs seeded in lowering that validation must refuse, wrong phrases that a run must catch.
import { describe, expect, it } from 'vitest';
import { part } from './part.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);

describe('seeded bugs', () => {
  it('are refused by validation, or are none; wrong phrases are caught', async () => {
    const { figures, failures } = await part({ full: false, seed: SEED });
    expect(failures, `WEFT_SEED=${SEED}`).toEqual([]);
    const of = (name: string): number => figures.find((f) => f.name === name)!.value;
    expect(of('refused by validation alone')).toBeGreaterThan(0.8 * of('bugs seeded in lowered kernels'));
    expect(of("host: caught by a kernel's run")).toBeGreaterThan(60);
  }, 300_000);
});
