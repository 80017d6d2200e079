// What docs/reference/limits.md says of the library's own use. It stands alone, since what was computed before in a process is not paid again.
import { expect, test } from 'vitest';
import { check } from 'weft';
import { within } from '../../src/core/index.js';
import { CHARACTER_FUEL, RUN_FUEL } from '../../src/proof/script/check.js';
import { readSources, root } from '../support/tree.js';

test('the library needs less than half of what it may use', () => {
  const characters = ['theorems', 'proofs'].flatMap((f) => readSources(root, f)).reduce((n, s) => n + s.text.length, 0);
  const all = RUN_FUEL + CHARACTER_FUEL * characters;
  const run = within(all / 2, () => check(root).ok);
  expect(run).toMatchObject({ _tag: 'Right', right: true });
}, 120_000);
test('what it needs is counted', () => {
  expect(within(2, () => check(root).ok)).not.toMatchObject({ right: true });
});
