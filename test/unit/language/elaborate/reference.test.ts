// The example of the language reference states what the page says it does. That its proofs prove it is tested with the other pages (test/docs).
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkTexts } from 'weft';

const page = readFileSync(new URL('../../../../docs/reference/language.md', import.meta.url), 'utf8');
const [example, ...others] = [...page.matchAll(/```weft theorems\n([^`]*)```/g)].map((m) => m[1]!);

test('the example of the page elaborates, and its stream states its laws', () => {
  expect(others).toEqual([]);
  const { theorems, messages } = checkTexts([{ path: 'theorems/example.weft', text: example! }]);
  // a refusal would have the file's place and a code; what has no proof is only open
  expect(messages.filter((m) => m.includes('E-') && !m.includes('E-STATUS'))).toEqual([]);
  expect(theorems.map((t) => t.name).filter((l) => l.startsWith('average'))).toEqual([
    'average',
    'average.foldable',
    'average.mergeable',
    'average.commutative',
  ]);
});
