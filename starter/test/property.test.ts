// The proof is checked, and the kernel is run at random sizes against its statement.
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, extract, run } from 'weft';

const project = check(join(import.meta.dirname, '..'), [], { only: ['my-norm'] });

test('my-norm streams', () => {
  expect(project.messages).toEqual([]);
  expect(project.ok).toBe(true);
});

test('its kernel computes it, within the bound', async () => {
  const kernel = extract(project, 'my-norm', { target: 'host', tiles: { m: 4, n: 8 } });
  const size = fc.integer({ min: 1, max: 40 });
  // hundredths: the bound is about rounding, not about numbers too small for f32
  const numbers = (count: number) =>
    fc
      .array(fc.integer({ min: -800, max: 800 }), { minLength: count, maxLength: count })
      .map((hundredths) => Float32Array.from(hundredths, (v) => v / 100));
  const inputs = fc.tuple(size, size).chain(([m, n]) =>
    fc.record({
      x: numbers(m * n).map((data) => ({ shape: [m, n], data })),
      w: numbers(n).map((data) => ({ shape: [n], data })),
    }),
  );
  await fc.assert(
    fc.asyncProperty(inputs, async ({ x, w }) => {
      const { deviation, unjudged } = await run(kernel, { x, w, eps: 1e-3 }, { check: true });
      expect(deviation?.ratio).toBeLessThanOrEqual(1);
      expect(unjudged).toBe(0);
    }),
    { numRuns: 50 },
  );
});
