// Evaluating the normal form gives what the diagram means: for each former over each axis, and for random diagrams. Invariant:
// the reference evaluator shares no code with the core, and what is declined is counted and bounded.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formers } from './generate.js';
import { axes, kindOf } from './object.js';
import { formerAgrees, normalFormAgrees, tally } from './property.js';
import { tapes } from './tape.js';

const RUNS = Number(process.env.WEFT_LAWS_RUNS ?? 300);

describe('the normal form means what the diagram means', () => {
  for (const name of Object.keys(formers))
    test(`${name}, over every kind of axis`, () => {
      const count = tally();
      for (const [i, e] of axes.entries())
        fc.assert(
          fc.property(tapes(120), (choices) => {
            expect(formerAgrees(name, e, choices, count)).toBeUndefined();
          }),
          {
            numRuns: 3,
            seed: i + (Date.now() % 1_000_000_007),
            ...(process.env.WEFT_LAWS_SEED && { seed: Number(process.env.WEFT_LAWS_SEED) }),
          },
        );
      expect(new Set(axes.map(kindOf)).size).toBe(7);
      expect(count.checked).toBeGreaterThan(name === 'first' ? 25 : 45);
      expect(count.declined).toBeLessThan(0.1 * count.checked + 3);
    });

  test('random diagrams', () => {
    const count = tally();
    fc.assert(
      fc.property(tapes(), (choices) => {
        expect(normalFormAgrees(choices, count)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
    expect(count.checked).toBeGreaterThan(0.9 * RUNS);
    const met = (prefix: string): boolean => [...count.met.keys()].some((n) => n.startsWith(prefix));
    expect(tags.filter((tag) => !met(tag))).toEqual([]);
  });
});

const tags = [
  'Id', 'Compose', 'Tensor', 'Swap', 'Copy', 'Discard', 'Map', 'Repeat', 'Diag', 'First', 'Exchange', 'Split', 'Concat', 'Tile',
  'Flatten', 'Constant', 'Operator', 'Select', 'Position', 'Size', 'Scan', 'Variable', 'Call', 'object variable',
]; // prettier-ignore
