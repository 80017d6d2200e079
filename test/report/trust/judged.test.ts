// The figures of what is judged, on the sample.
import { expect, test } from 'vitest';
import { part } from './judged.js';

test('the sample', { timeout: 120_000 }, async () => {
  const { figures, failures } = await part({ full: false, seed: Date.now() % 1_000_000 });
  expect(failures).toEqual([]);
  const of = Object.fromEntries(figures.map((f) => [f.name, f.value]));
  expect(of['elements judged']).toBeGreaterThan(5);
  expect(of['wrong numbers planted']).toBe(10);
});
