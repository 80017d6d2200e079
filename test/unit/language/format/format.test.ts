// The layout of texts: what is read and every comment stay, a text that is laid out stays, and the library is laid out.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keeps, laid, readable, textOf, untidy } from '../../../support/layout.js';

describe('a text of the library', () => {
  const files = readable('theorems', 'proofs');
  it('is one of many', () => expect(files.length).toBeGreaterThan(30));
  it.each(files)('%s is laid out as it stands', (file, kind) => expect(laid(textOf(file), kind)).toBe(textOf(file)));
  it.each(files.slice(0, 8))('%s says the same, however it was laid out', (file, kind) => {
    keeps(untidy(textOf(file), [1, 0, 2, 0, 0, 3]), kind);
  });
  it('is the same from whatever layout it had', () => {
    const source = textOf('proofs/attention.weft');
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 3, maxLength: 9 }), (gaps) => {
        expect(laid(untidy(source, gaps), 'proofs')).toBe(source);
      }),
      { numRuns: 15, seed: 3 },
    );
  });
});

describe('the layout', () => {
  it('of statements', () => {
    const written =
      '\n\n  import   "a.weft"\t\r\nsort  Position\n\n\n\ndef f(x:R) :R:=x+  x   -- twice\n -- a law\n   theorem t (x  y : R)\n given p : (x : R) : x=x\n      : f(x)=if x<y\n      then x\n   else y';
    expect(laid(written, 'statements')).toBe(
      'import "a.weft"\nsort Position\n\ndef f(x:R) :R := x+ x   -- twice\n-- a law\ntheorem t (x y : R)\n  given p : (x : R) : x = x\n  : f(x) = if x < y\n  then x\nelse y\n'.replace(
        '(x y : R)',
        '(x y : R)',
      ),
    );
  });
  it('of proofs: steps, blocks, what closes them, comments', () => {
    const written =
      'proof t\n-- first\nrewrite a with x:=y ,n:=m\n   cases x<y\n     {refl\n      ring}\n  {\n ring\n    -- last\n      }\n-- end\n   qed';
    expect(laid(written, 'proofs')).toBe(
      'proof t\n  -- first\n  rewrite a with x := y, n := m\n  cases x < y\n  {refl\n    ring}\n  {\n    ring\n    -- last\n  }\n  -- end\nqed\n',
    );
  });
  it('of nothing is nothing', () => {
    expect(laid('', 'statements')).toBe('');
    expect(laid('\n \n', 'proofs')).toBe('');
    expect(laid('-- a\n\n\n\n  -- b', 'proofs')).toBe('-- a\n\n-- b\n');
  });
  it('takes a moment for what is long', () => {
    const long = '-- c\n'.repeat(30_000) + '\n'.repeat(20_000);
    const begun = performance.now();
    expect(laid(long, 'proofs').length).toBe(150_000);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
