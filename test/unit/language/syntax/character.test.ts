// Characters that nobody sees: refused by name, in code and in comments, by both checkers alike. Whatever one of them reads the other reads.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { tokens } from '../../../../src/replay/language/lexer.js';
import { type SyntaxFact, parseProofs, parseStatements } from '../../../../src/language/syntax/parse.js';

const factOf = (text: string): SyntaxFact | undefined => {
  const parsed = parseStatements(text);
  return E.isLeft(parsed) ? parsed.left.fact : undefined;
};
const second = (text: string): string => {
  try {
    tokens('a.weft', text);
    return 'read';
  } catch (error) {
    return (error as Error).message;
  }
};
const named = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

const controls = [...Array(0x20).keys(), ...Array.from({ length: 0x21 }, (_, i) => 0x7f + i)];
const everywhere = [
  ...controls.filter((c) => c !== 9 && c !== 10),
  ...[0xa0, 0x61c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e],
  ...[0x2066, 0x2067, 0x2068, 0x2069, 0xd800, 0xdfff],
];
const inCode = [0x200b, 0x200c, 0x200d, 0x2060, 0xad, 0x3000, 0x2003, 0x202f, 0xfe0f, 0x3164, 0xe0041, 0xfeff];

describe('a character', () => {
  it('that may stand nowhere is refused by its name, in a comment and in code', () => {
    for (const code of everywhere) {
      const c = String.fromCodePoint(code);
      for (const text of [`sort P -- a${c}b\nsort Q\n`, `sort${c} P\n`, `sort P${c}sort Q`]) {
        expect([code, factOf(text)], text).toEqual([code, { _tag: 'Character', code, instead: expect.any(String) }]);
        expect(second(text)).toContain(named(code));
      }
      expect(E.isLeft(parseProofs(`proof t -- ${c}x\n refl qed`)), named(code)).toBe(true);
    }
  });
  it('that is not seen is refused by its name in code, and may stand in a comment', () => {
    for (const code of inCode) {
      const c = String.fromCodePoint(code);
      expect([code, factOf(`sort ${c}P\n`)]).toMatchObject([code, { _tag: 'Character', code }]);
      expect(second(`sort ${c}P\n`)).toContain(named(code));
      expect([code, factOf(`sort P -- ${c}\n`)]).toEqual([code, undefined]);
      expect([code, second(`sort P -- ${c}\n`)]).toEqual([code, 'read']);
    }
  });
  it('that is seen is refused as what it is', () => {
    for (const c of ['λ', '≤', '·', '−', '#'])
      expect(factOf(`sort ${c}`)).toMatchObject({ _tag: 'Mistake', mistake: { found: c } });
  });
  it('has its place', () => {
    const parsed = parseStatements('sort P\nsort Q -- \u202e\n');
    expect(E.isLeft(parsed) && parsed.left.span).toEqual({ start: 17, end: 18 });
  });
});

describe('lines', () => {
  it('end with LF, or CR and LF; a byte order mark stands before the first', () => {
    for (const text of ['sort P\r\nsort Q -- a\r\n', '\ufeffsort P\n', '\ufeffsort P\r\n', '\tsort P', '-- a\r\n'])
      expect([text, factOf(text), second(text)]).toEqual([text, undefined, 'read']);
  });
  it('have no mark anywhere else, nor two', () => {
    for (const text of ['\ufeff\ufeffsort P', 'sort \ufeffP']) {
      expect(factOf(text)).toMatchObject({ _tag: 'Character', code: 0xfeff });
      expect(second(text)).toContain('U+FEFF');
    }
  });
});

describe('comments', () => {
  const steps = (text: string): unknown =>
    E.isRight(parseProofs(text)) ? parseProofs(text) : (parseProofs(text) as E.Left<unknown>).left;
  it.each([
    ['with quotes', 'sort P -- "a\n-- b" c\nsort Q\n'],
    ['between an import and its path', 'import -- "a\n "x.weft"\n'],
    ['at the end of a text', 'sort P --'],
    ['with more dashes', 'sort P ---- a -- b\n'],
  ])('%s are read over', (_what, text) => {
    expect(factOf(text)).toBeUndefined();
    expect(second(text)).toBe('read');
  });
  it.each(['import "a--b.weft" -- c\n', 'import -- of\n -- two lines\n "a--b.weft"--c'])(
    'two dashes in a path are the path: %j',
    (text) => {
      const parsed = parseStatements(text);
      expect(E.isRight(parsed) && parsed.right).toMatchObject([{ path: 'a--b.weft' }]);
    },
  );
  it('behind a phrase of several lines, with quotes of their own', () => {
    const bare = steps('proof t\n rewrite u at "x +\n y"\n refl\nqed\n');
    expect(bare).toMatchObject({ _tag: 'Right' });
    expect(steps('proof t\n rewrite u at "x + -- a "b" c\n y" -- d "e" f\n refl\nqed\n')).toMatchObject({
      _tag: 'Right',
    });
  });
  it('a phrase that a comment ends is refused at its place', () => {
    expect(steps('proof t\n rewrite u at "x -- y"\nqed\n')).toMatchObject({ code: 'E-SYNTAX' });
  });
});
