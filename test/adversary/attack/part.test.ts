// The figures of texts that would reach the context, on the sample.
import { expect, test } from 'vitest';
import { part } from './part.js';

test('the sample', { timeout: 120_000 }, async () => {
  const { figures, failures } = await part({ full: false, seed: Date.now() % 1000 });
  expect(failures).toEqual([]);
  const of = Object.fromEntries(figures.map((f) => [f.name, f.value]));
  expect(of['texts tried']).toBeGreaterThan(40);
  expect(of['honest twins proved']).toBeGreaterThan(0);
});
