// `npm run cases`: every case of this folder, by the command line as it is built; and the runner itself, which must see each kind of fault.
import { afterAll, describe, expect, test } from 'vitest';
import { cases, type Case, type Step } from './case.js';
import { judge } from './run.js';
import { closed } from './session.js';

const all = cases();
afterAll(closed);

describe('the runner', () => {
  const one = all.find((c) => c.name === 'runner/proved')!;
  const changed = (change: Partial<Step>): Case => ({ ...one, steps: [{ ...one.steps[0]!, ...change }] });

  test('accepts what is as it says', async () => expect(await judge(one)).toEqual([]));

  test.each<[string, Partial<Step>, RegExp]>([
    ['a different exit code', { exit: 1 }, /exit 0 .* wanted 1/],
    ['a phrase that is not there', { has: ['disproved'] }, /lacks «disproved»/],
    ['a phrase that must not be there', { lacks: ['proved'] }, /shows «proved»/],
    ['a file that is missing', { files: { 'o.npy': true } }, /o\.npy is missing/],
    ['a file that was written', { files: { 'x.npy': false } }, /x\.npy was written/],
    ['a step that is too slow', { seconds: 0.001 }, /exit null/],
    ['a step that takes too much memory', { megabytes: 4 }, /exit null/],
  ])('sees %s', async (_, change, words) => {
    const found = await judge(changed(change));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(words);
  });
});

describe('cases', () => {
  test('are there', () => expect(all.length).toBeGreaterThanOrEqual(1));
  test.concurrent.each(all.map((c) => [`${c.name}: ${c.about}`, c] as const))('%s', async (_, one) =>
    expect(await judge(one)).toEqual([]),
  );
});
