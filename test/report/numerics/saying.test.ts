// The table of what bounds say: rows of a few kernels, and that a bound that says nothing is printed as such.
import { expect, it } from 'vitest';
import { SEED } from '../../target/kernels/pool.js';
import { part, said } from './saying.js';

it('has a row for every kernel that it is asked for', async () => {
  const found = await part({ full: false, seed: SEED });
  expect(found.failures).toEqual([]);
  expect(found.lines).toHaveLength(5);
  expect(found.figures[0]!.value).toBe(3);
});

it('sees a bound that says nothing, and one that does', async () => {
  expect(said('layer-norm-linear', { mean: 1e4 }, SEED)).toBeGreaterThan(0);
  expect(said('total', {}, SEED)).toBeLessThan(1e-3);
  expect(said('total-product', { kind: 'spread' }, SEED)).toBeGreaterThan(1);
});
