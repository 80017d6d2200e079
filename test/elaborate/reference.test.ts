// The example of the language reference elaborates, and states what the page says it does.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { file } from './world.js';

const page = readFileSync(new URL('../../docs/reference/language.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```weft\n([^`]*)```/g)].map((m) => m[1]!);

test('the examples of the page elaborate', () => {
  expect(examples.length).toBeGreaterThan(0);
  for (const text of examples) expect(file(text).errors).toEqual([]);
});

test('a stream states its laws', () => {
  const laws = [...file(examples[0]!).env.laws.keys()];
  expect(laws.filter((l) => l.startsWith('mean'))).toEqual([
    'mean',
    'mean.foldable',
    'mean.mergeable',
    'mean.commutative',
  ]);
});
