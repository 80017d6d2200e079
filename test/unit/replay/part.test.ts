// The figures of the second checker, on the sample.
import { expect, test } from 'vitest';
import { part } from './part.js';

test('the sample', { timeout: 120_000 }, async () => {
  const { figures, failures } = await part({ full: false, seed: 1 });
  expect(failures).toEqual([]);
  const of = Object.fromEntries(figures.map((f) => [f.name, f.value]));
  expect(of['certificates replayed']).toBeGreaterThanOrEqual(50);
  expect(of['steps replayed']).toBeGreaterThanOrEqual(5_000);
  expect(of['words of the second checker']).toBeGreaterThan(10_000);
});
