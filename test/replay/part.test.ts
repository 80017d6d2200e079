// The figures of the second checker, on the sample.
import { expect, test } from 'vitest';
import { part } from './part.js';

test('the sample', async () => {
  const { figures, failures } = await part({ full: false, seed: 1 });
  expect(failures).toEqual([]);
  expect(
    Object.fromEntries(figures.map((f) => [f.name, f.value]))['certificates with every rule, read to their ends'],
  ).toBeGreaterThanOrEqual(10);
});
