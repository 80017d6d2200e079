// What people wrote as kernels, of test/report/coverage: every row is stated or has a reason, and every definition that is stated has a text that runs
// within its bound. Invariant: a share below the one that is asked for is a failure, and so is a row whose class nobody knows.
import { describe, expect, it } from 'vitest';
import { type Outcome, attempt, coverage } from './run.js';
import { rows } from './table.js';

const SEED = Math.floor(Math.random() * 2 ** 31);

describe('coverage', () => {
  const all = coverage();
  const table = rows();

  it('reads all definitions', () => {
    expect(all.errors).toEqual([]);
    expect(table.length).toBe(228);
    for (const r of table) expect(r.definition ?? r.reason, r.name).toBeTruthy();
  });

  it('states 95 % of the functions of reals, extracts all of those, and runs them within their bound', async () => {
    const reals = table.filter((r) => !r.notReal);
    const stated = reals.filter((r) => r.definition !== undefined);
    expect(stated.length / reals.length).toBeGreaterThan(0.95);
    const names = [...new Set(stated.map((r) => r.definition!))];
    expect(names.length).toBeGreaterThan(150);
    const failed: string[] = [];
    for (const name of names) {
      const o: Outcome = await attempt(all, name, 'host', SEED);
      if (o._tag !== 'Run') failed.push(`${name}, seed ${SEED}: ${o._tag} ${'reason' in o ? o.reason : ''}`);
    }
    expect(failed).toEqual([]);
  }, 300_000);
});
