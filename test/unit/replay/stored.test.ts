// Certificates and statements as tools store them: with a byte order mark, with CR before LF. They are the same texts; a CR anywhere else is not.
import { describe, expect, test } from 'vitest';
import { certificates } from '../../../src/proof/certificate/certificate.js';
import { replay } from '../../../src/replay/replay.js';
import { small, smallTexts } from '../proof/certificate/small.js';
import { get } from '../../support/ir/dsl.js';

const all = certificates(small());
const files = ['swapped', 'moved'].map((name) => ({ path: `${name}.cert`, text: get(all.of(name)).text }));
const stored = (text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}`;
const verdicts = (change: (text: string) => string, statements = smallTexts.statements) =>
  replay(
    files.map((f) => ({ ...f, text: change(f.text) })),
    statements,
    { quiet: true },
  );

describe('a certificate', () => {
  test('is the same with a byte order mark and CR before LF, and is cited so', () => {
    const plain = verdicts((text) => text);
    expect(plain.map((v) => v.status)).toEqual(['proved', 'proved']);
    expect(verdicts(stored)).toEqual(plain);
    const given = smallTexts.statements.map((f) => ({ ...f, text: stored(f.text) }));
    expect(verdicts(stored, given)).toEqual(plain);
  });
  test.each<[string, (text: string) => string]>([
    ['a lone CR', (text) => text.replace('\n', '\r')],
    ['two CR', (text) => text.replace('\n', '\r\r\n')],
    ['two marks', (text) => `\ufeff\ufeff${text}`],
    ['a mark inside', (text) => text.replace('\n', '\n\ufeff')],
  ])('with %s is refused', (_, change) => {
    expect(verdicts(change).map((v) => v.status)).toEqual(['rejected', 'rejected']);
  });
  test('names the place of each axiom under it', () => {
    const [swapped] = verdicts((text) => text);
    expect([swapped!.axioms, swapped!.places]).toEqual([
      ['add-comm', 'add-zero'],
      ['theorems/small.weft:2', 'theorems/small.weft:3'],
    ]);
  });
});
