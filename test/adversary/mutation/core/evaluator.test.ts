// The laws' tests catch each planted bug of the structural evaluator and each false law of axes; unchanged copies pass.
// Invariant: a mutant is a copy of the sources with one text changed, and the property that runs on it is the copy's own.
import { afterAll, describe, expect, test } from 'vitest';
import { bugs, falseAxes } from './bugs.js';
import { type Change, copyOf } from './mutant.js';
import type * as Property from '../../../oracle/laws/property.js';

const SEED = Number(process.env.WEFT_LAWS_SEED ?? Date.now() % 1_000_000);
const ROUNDS = 12;
const removals: (() => void)[] = [];
afterAll(() => removals.forEach((remove) => remove()));

async function propertyOf(change?: Change): Promise<typeof Property> {
  const copy = copyOf(change);
  removals.push(copy.remove);
  return (await import(/* @vite-ignore */ copy.path('test/oracle/laws/property.ts'))) as typeof Property;
}

describe(`planted bugs are caught (seed ${SEED})`, () => {
  test('a copy without a bug passes', async () => {
    expect((await propertyOf()).firstFailure(SEED, 1)).toBeUndefined();
  });
  for (const [name, change] of Object.entries({ ...bugs, ...falseAxes }))
    test(name, async () => {
      const property = await propertyOf(change);
      expect(property.firstFailure(SEED, ROUNDS)).toBeTypeOf('string');
    });
  test('there are at least twelve', () => {
    expect(Object.keys(bugs).length).toBeGreaterThanOrEqual(12);
  });
});
