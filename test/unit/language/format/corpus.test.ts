// The layout of every text of the corpora that parses: what is read and every comment stay, and it is laid out as itself.
import { describe, expect, it } from 'vitest';
import { keeps, readable, textOf, untidy } from '../../../support/layout.js';

describe('a text of the corpora', () => {
  const files = readable('test/corpus/accept', 'test/corpus/run', 'test/corpus/reject');
  it('is one of many', () => expect(files.length).toBeGreaterThan(150));
  it.each(files)('%s says what it said, and stays', (file, kind) => {
    keeps(textOf(file), kind);
    keeps(untidy(textOf(file), [1, 0, 2, 0, 0, 3]), kind);
  });
});
