// A user's own tests: the proof is checked, and the kernel is run at random sizes against its statement.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, extract, run } from 'weft';

const project = check(import.meta.dirname, [], { only: ['weighted-mean'] });

test('weighted-mean streams', () => {
  expect(project.messages).toEqual([]);
  expect(project.ok).toBe(true);
});

test('its kernel computes it, within the bound', async () => {
  const kernel = extract(project, 'weighted-mean', { target: 'host', tiles: { m: 4, n: 8 } });
  const size = fc.integer({ min: 1, max: 40 });
  // hundredths: the bound is about rounding, not about numbers too small for f32
  const numbers = (count: number, min: number) =>
    fc.array(
      fc.integer({ min, max: 800 }).map((v) => v / 100),
      { minLength: count, maxLength: count },
    );
  const inputs = fc.tuple(size, size).chain(([m, n]) =>
    fc.record({
      x: numbers(m * n, -800).map((data) => ({ shape: [m, n], data: Float32Array.from(data) })),
      w: numbers(n, 10).map((data) => ({ shape: [n], data: Float32Array.from(data) })),
    }),
  );
  await fc.assert(
    fc.asyncProperty(inputs, async ({ x, w }) => {
      const { deviation, unjudged } = await run(kernel, { x, w }, { check: true });
      expect(deviation?.ratio).toBeLessThanOrEqual(1);
      expect(unjudged).toBe(0);
    }),
    { numRuns: 50 },
  );
});
