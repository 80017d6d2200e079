// What the reader refuses, each for its reason and at its place, beside a twin that it accepts; and what is too large for it.
import { describe, expect, test } from 'vitest';
import { ReadError } from '../../../src/replay/language/lexer.js';
import { readStatements } from '../../../src/replay/language/statement.js';

const read = (...texts: readonly string[]): unknown =>
  readStatements(texts.map((text, n) => ({ path: `dir/${n}.weft`, text })));

const refusal = (...texts: readonly string[]): ReadError => {
  try {
    read(...texts);
  } catch (e) {
    if (e instanceof ReadError) return e;
    throw e;
  }
  throw new Error('it was accepted');
};

const SUM = 'def sum [n?] (x : R[n]) : R := fold i:n (s = 0) s + x[i]\n';
const MAX = 'def max [n] (x : R[n]) : R := fold i:n (m = first x) (if m < x[i] then x[i] else m)\n';
const stream = (change: (text: string) => string): string =>
  change(`${SUM}stream t [n, e] (x : R[n e], c : R) over n
  spec  map e (sum n (x[n, e]) * c)
  state (s : R[e])
  head  map e (sum n (x[n, e]))
  final map e (s[e] * c)
  step  map e (s[e] + sum n (x[n, e]))
  merge map e (s[e] + s'[e])
  commutative`);

// prettier-ignore
const pairs: readonly (readonly [what: string, accepted: string, refused: string, reason: RegExp])[] = [
  ['an index of another axis', 'theorem t [p, q] (x : R[p], y : R[p]) : map p (x[p] * y[p]) = map p (x[p] * y[p])', 'theorem t [p, q] (x : R[p], y : R[q]) : map p (x[p] * y[p]) = map p (x[p] * y[p])', /another leading axis/],
  ['an unbound index', 'theorem t [p] (x : R[p]) : map p (x[p]) = x', 'theorem t [p] (x : R[p]) : x[p] = x[p]', /no index p/],
  ['an index outside of its binder', `${SUM}theorem t [p] (x : R[p]) : sum p (x[p] * x[p]) = 0`, `${SUM}theorem t [p] (x : R[p]) : sum p (x[p]) * x[p] = 0`, /no index p/],
  ['arithmetic of indices', 'theorem t [p] (x : R[p]) : map p (x[p]) = x', 'theorem t [p] (x : R[p]) : map p (x[p+p]) = x', /no arithmetic of indices/],
  ['sides of two types', 'theorem t [p] (x : R[p]) : x = x', 'theorem t [p] (x : R[p]) : x = 0', /R\[p\] is expected/],
  ['sums in another order', 'theorem t [p, q] (x : R[p], y : R[q]) : x ++ y = x ++ y', 'theorem t [p, q] (x : R[p], y : R[q]) : x ++ y = y ++ x', /R\[p \+ q\] is expected here, not R\[q \+ p\]/],
  ['axes of two sorts', 'sort P theorem t [p, q : P] (x : R[q], y : R[q]) : x ++ y = x ++ y', 'sort P theorem t [p, q : P] (x : R[p], y : R[q]) : x ++ y = x ++ y', /different sorts/],
  ['a sort that is not declared', 'sort P theorem t [p : P] (x : R[p]) : x = x', 'theorem t [p : P] (x : R[p]) : x = x', /no sort P/],
  ['an axis of another sort', 'sort P def f [p : P] (x : R[p]) := x theorem t [q : P] (x : R[q]) : f(x) = x', 'sort P sort Q def f [p : P] (x : R[p]) := x theorem t [q : Q] (x : R[q]) : f(x) = x', /another sort/],
  ['an unknown wire', 'theorem t (x : R) : x = x', 'theorem t (x : R) : x = y', /no wire y/],
  ['an unknown function', `${SUM}theorem t [n] (x : R[n]) : sum(x) = 0`, 'theorem t [n] (x : R[n]) : sum(x) = 0', /no function sum/],
  ['a function before it is declared', `${SUM}theorem t [n] (x : R[n]) : sum(x) = 0`, `theorem t [n] (x : R[n]) : sum(x) = 0 ${SUM}`, /no function sum/],
  ['a definition by itself', 'def f (x : R) : R := x', 'def f (x : R) : R := f(x)', /no function f/],
  ['an unknown axis', 'theorem t [n] (x : R) : size n = x', 'theorem t (x : R) : size n = x', /no axis n/],
  ['an unknown object', 'theorem t {A} (x : A) : x = x', 'theorem t (x : A) : x = x', /no object A/],
  ['a number as an axis', 'theorem t (x : R[1]) : x = x', 'theorem t (x : R[64]) : x = x', /an axis is expected here/],
  ['too few arguments', 'def f (x y : R) : R := x theorem t (x : R) : f(x, x) = x', 'def f (x y : R) : R := x theorem t (x : R) : f(x) = x', /R \* R is expected here, not R/],
  ['too many axes in brackets', `${SUM}theorem t [n] (x : R[n]) : sum[n](x) = 0`, `${SUM}theorem t [n] (x : R[n]) : sum[n, n](x) = 0`, /sum takes 1 axes/],
  ['an axis that nothing fixes', 'def f [n] () : R := size n theorem t [n] () : f[n]() = 0', 'def f [n] () : R := size n theorem t [n] () : f() = 0', /n of f has to be written/],
  ['a diagram that is left out', 'def f {g : R -> R} (x : R) : R := g(x) theorem t (x : R) : f{exp}(x) = x', 'def f {g : R -> R} (x : R) : R := g(x) theorem t (x : R) : f(x) = x', /takes 0 objects and 1 diagrams/],
  ['a diagram of another type', 'def f {g : R -> R} (x : R) : R := g(x) theorem t (x : R) : f{exp}(x) = x', 'def f {g : R -> R} (x : R) : R := g(x) theorem t (x : R) : f{add}(x) = x', /the diagram for g in f/],
  ['a diagram that sees a wire', 'theorem t (x y : R) : { fun (z : R) => z }(x) = x', 'theorem t (x y : R) : { fun (z : R) => y }(x) = x', /no wire y/],
  ['the first of an axis that may be empty', 'theorem t [n] (x : R[n]) : first x = 0', 'theorem t [n?] (x : R[n]) : first x = 0', /does not read as non-empty/],
  ['a possibly empty axis for one that is not', `${MAX}theorem t [n?] (x : R[1+n]) : max(x) = 0`, `${MAX}theorem t [n?] (x : R[n+1]) : max(x) = 0`, /does not read as non-empty/],
  ['two wires of one name', 'theorem t (x : R, y : R) : x = y', 'theorem t (x : R, x : R) : x = x', /declared twice/],
  ['two axes of one name', 'theorem t [n, m] () : size n = size n', 'theorem t [n, n] () : size n = size n', /declared twice/],
  ['two theorems of one name', 'theorem t () : 0 = 0 theorem u () : 0 = 0', 'theorem t () : 0 = 0 axiom t () : 0 = 0', /declared twice/],
  ['two definitions of one name', 'def f () := 0 def g () := 0', 'def f () := 0 def f () := 0', /declared twice/],
  ['two hypotheses of one name', 'theorem t {f : R -> R} () given a : f = exp given b : f = log : 0 = 0', 'theorem t {f : R -> R} () given a : f = exp given a : f = log : 0 = 0', /declared twice/],
  ['an object named as the reals', 'theorem t {A} : id A = id A', 'theorem t {R} : id R = id R', /declared twice/],
  ['comparisons in a chain', 'theorem t (x : R) : (x < 1) = true', 'theorem t (x : R) : x < 1 < 2 = true', /do not chain/],
  ['a word as a name', 'theorem t (mapped : R) : mapped = mapped', 'theorem t (map : R) : map = map', /a name is expected/],
  ['real conditions', 'theorem t (x : R) : (if x < 0 then x else x) = x', 'theorem t (x : R) : (if x then x else x) = x', /B \* R \* R is expected/],
  ['branches of two types', 'theorem t [n] (x : R, y : R[n]) : (if x < 0 then x else x) = x', 'theorem t [n] (x : R, y : R[n]) : (if x < 0 then x else y) = x', /R is expected here, not R\[n\]/],
  ['sums of arrays', 'theorem t [n] (x : R[n]) : map n (x[n] + x[n]) = x', 'theorem t [n] (x : R[n]) : x + x = x', /R \* R is expected/],
  ['too many names', 'theorem t (x : R) : (let (a, b) = (x, x) in a) = x', 'theorem t (x : R) : (let (a, b, c) = (x, x) in a) = x', /3 names cannot share out/],
  ['one name twice', 'theorem t (x : R) : (let (a, b) = (x, x) in a) = x', 'theorem t (x : R) : (let (a, a) = (x, x) in a) = x', /binds a name twice/],
  ['a state of another type', 'theorem t [n] (x : R[n]) : fold n (s = 0) (s + x[n]) = 0', 'theorem t [n] (x : R[n]) : fold n (s = 0) (s + x[n], 1) = 0', /R is expected here, not R \* R/],
  ['a binder of what takes no array', 'def f (x : R) : R := x theorem t [n] (x : R[n]) : map n (f(x[n])) = x', 'def f (x : R) : R := x theorem t [n] (x : R[n]) : f n (x[n]) = x', /takes no array/],
  ['a wire of the statement in a hypothesis', 'theorem t {f : R -> R} (x : R) given a : (y : R) : f(y) = y : f(x) = x', 'theorem t {f : R -> R} (x : R) given a : (y : R) : f(x) = y : f(x) = x', /no wire x/],
  ['a family of a definition', 'def f {g : R -> R} := g', 'def f {g[n] : R[n] -> R} := g', /takes no families/],
  ['a diagram with the type of an expression', 'def f {A} : A -> A := id', 'def f {A} : A := id', /a type A -> B belongs to a diagram/],
  ['a diagram that is not typed', 'theorem t : neg ; exp = exp', 'theorem t : neg ; add = exp', /R \* R is expected here, not R/],
  ['a diagram whose object nothing fixes', 'theorem t : exp ; id = exp', 'theorem t : id = id', /has to be written/],
  ['diagrams of two domains', 'theorem t {A} : id A = id A', 'theorem t {A, C} : del A = del C', /A is expected here, not C/],
  ['an einsum over another axis', 'theorem t [p, q] (x : R[p]) : einsum "p -> " (x) = 0', 'theorem t [p, q] (x : R[p]) : einsum "q -> " (x) = 0', /R\[q\] is expected here, not R\[p\]/],
  ['an einsum that keeps what it has not', 'theorem t [p, q] (x : R[p]) : einsum "p -> p" (x) = x', 'theorem t [p, q] (x : R[p]) : einsum "p -> p q" (x) = x', /keeps an axis that it does not have/],
  ['a stream without a head', stream((s) => s), stream((s) => s.replace(/ {2}head.*\n/, '')), /has no head/],
  ['a stream without its merge', stream((s) => s.replace(/ {2}merge.*\n/, '').replace('commutative', 'foldable')), stream((s) => s.replace(/ {2}merge.*\n/, '')), /has no merge/],
  ['a stream without its step', stream((s) => s.replace(/ {2}step.*\n/, '')), stream((s) => s.replace(/ {2}step.*\n/, '').replace('commutative', 'foldable')), /has no step/],
  ['a state over the streamed axis', stream((s) => s), stream((s) => s.replace('state (s : R[e])', 'state (s : R[e], z : R[n])')), /no axis n/],
  ['a merge with its size', stream((s) => s), stream((s) => s.replace("s'[e])", "s'[e] + size n)")), /no axis n/],
  ['a final that reads the stream', stream((s) => s), stream((s) => s.replace('(s[e] * c)', '(s[e] * x[n, e])')), /no wire x/],
  ['a merge that reads the context', stream((s) => s), stream((s) => s.replace("s'[e])", "s'[e] + c)")), /no wire c/],
  ['a wire that mentions the streamed axis twice', stream((s) => s), stream((s) => s.replace('c : R)', 'c : R, d : R[n n])')), /does not mention the streamed axis once/],
  ['a wire over a part of it', stream((s) => s), stream((s) => s.replace('c : R)', 'c : R, d : R[n*e])')), /does not mention the streamed axis once/],
  ['a merge of another object', stream((s) => s), stream((s) => s.replace("merge map e (s[e] + s'[e])", 'merge 0')), /R\[e\] is expected here, not R/],
  ['a part that stands twice', stream((s) => s), stream((s) => s.replace('  step ', '  head 0\n  step ')), /for the second time/],
  ['a condition that is a number', 'theorem t (x : R) where x < 0 : x = x', 'theorem t (x : R) where x : x = x', /B \* R \* R is expected/],
  ['a condition of diagrams', 'theorem t () where true : 0 = 0', 'theorem t where true : exp = exp', /':' is expected here, not where/],
  ['a condition after a hypothesis', 'theorem t {f : R -> R} (x : R) where x < 0 given a : f = exp : x = x', 'theorem t {f : R -> R} (x : R) given a : f = exp where x < 0 : x = x', /':' is expected here/],
  ['a condition of a stream that is a number', stream((s) => s.replace('  spec', '  where c < 0\n  spec')), stream((s) => s.replace('  spec', '  where c\n  spec')), /B is expected here, not R/],
  ['a condition after the state', stream((s) => s.replace('  step', '  where c < 0\n  step')), stream((s) => s.replace('  head', '  where c < 0\n  head')), /where stands before spec, or after the results/],
  ['a condition of the results twice', stream((s) => s.replace('  step', '  where c < 0\n  step')), stream((s) => s.replace('  step', '  where c < 0\n  where c < 1\n  step')), /where stands before spec, or after the results/],
  ['a condition of all laws twice', stream((s) => s.replace('  spec', '  where c < 0\n  spec')), stream((s) => s.replace('  spec', '  where c < 0\n  where c < 1\n  spec')), /where stands before spec, or after the results/],
  ['a condition that reads the state', stream((s) => s.replace('  step', '  where c < 0\n  step')), stream((s) => s.replace('  step', '  where s < 0\n  step')), /no wire s/],
  ['a letter of another alphabet', 'theorem t (x : R) : x = x', 'theorem t (х : R) : х = х', /no word, number or sign/],
  ['a digit before a letter', 'theorem t (x : R) : 1 * x = x', 'theorem t (x : R) : 1x = x', /no word, number or sign/],
  ['a large exponent', 'theorem t () : 1e-300 = 1e-300', 'theorem t () : 1e-3000 = 0', /no word, number or sign/],
];

const places = (text: string): boolean => /^dir\/\d+\.weft:\d+:\d+: /.test(text);

describe('refused, beside a twin that is accepted', () => {
  test.each(pairs)('%s', (_what, accepted, refused, reason) => {
    read(accepted);
    const error = refusal(refused);
    expect(error.reason).toMatch(reason);
    expect(places(error.reason)).toBe(true);
    expect(error.declined).toBe(false);
  });
  test('the place is that of the fault', () => {
    expect(refusal('theorem t (x : R)\n  : x\n  = x + y').place).toMatchObject({
      path: 'dir/0.weft',
      line: 3,
      column: 9,
    });
  });
});

describe('files', () => {
  test('imports reach what is imported, and only that', () => {
    const use = 'theorem t [n] (x : R[n]) : sum(x) = 0';
    read(`import "1.weft" ${use}`, SUM);
    read(`import "1.weft" ${use}`, 'import "./2.weft"', SUM);
    read(`import "../dir/1.weft" ${use}`, SUM);
    expect(refusal(use, SUM).reason).toMatch(/no function sum/);
    expect(refusal(`import "2.weft" ${use}`, SUM).reason).toMatch(/there is no file dir\/2\.weft/);
    expect(refusal(`import "../1.weft" ${use}`, SUM).reason).toMatch(/there is no file 1\.weft/);
    expect(refusal(`import "/dir/1.weft" ${use}`, SUM).reason).toMatch(/there is no file/);
  });
  test('one definition by two ways is one, two of one name are not', () => {
    read('import "1.weft" import "2.weft" import "3.weft"', 'import "3.weft"', 'import "3.weft"', SUM);
    expect(refusal('import "1.weft" import "2.weft"', SUM, SUM).reason).toMatch(/sum is declared twice/);
    expect(refusal('theorem t () : 0 = 0', 'theorem t () : 0 = 0').reason).toMatch(/t is declared twice/);
  });
  test('a circle is refused', () => {
    expect(refusal('import "1.weft"', 'import "0.weft"').reason).toMatch(/imports itself/);
    expect(refusal('import "0.weft"').reason).toMatch(/imports itself/);
  });
});

describe('what is too large is declined, and quickly', () => {
  const of = (side: string): string => `def f (x : R) : R := x theorem t {g : R -> R} (x : R) : ${side} = x`;
  const point = (side: string): string => `theorem t {g : R -> R} : ${side} = g`;
  const nested = (open: string, inner: string, close: string, n: number): string =>
    open.repeat(n) + inner + close.repeat(n);
  // prettier-ignore
  const large: readonly (readonly [string, string, string])[] = [
    ['brackets', of(nested('(', 'x', ')', 99)), of(nested('(', 'x', ')', 101))],
    ['calls', of(nested('f(', 'x', ')', 99)), of(nested('f(', 'x', ')', 50_000))],
    ['negations', of(`${'- '.repeat(200)}x`), of(`${'- '.repeat(20_000)}x`)],
    ['nots', of(`if ${'not '.repeat(200)}true then x else x`), of(`if ${'not '.repeat(20_000)}true then x else x`)],
    ['applications', of(`${'f '.repeat(200)}x`), of(`${'f '.repeat(20_000)}x`)],
    ['sums', of(`x${' + x'.repeat(300)}`), of(`x${' + x'.repeat(20_000)}`)],
    ['divisions', of(`x${' / 2'.repeat(90)}`), of(`x${' / 2'.repeat(20_000)}`)],
    ['lets', of(`${'let x = x + x in '.repeat(100)}x`), of(`${'let x = x + x in '.repeat(20_000)}x`)],
    ['elements', 'theorem t [n] (x : R[n]) : x = x', `theorem t [n] (x : R[n]) : x${'[n]'.repeat(20_000)} = x`],
    ['branches', of(`${'if x < x then x else '.repeat(100)}x`), of(`${'if x < x then x else '.repeat(20_000)}x`)],
    ['tuples', of(`let y = (x${', x'.repeat(1_000)}) in x`), of(`let y = (x${', x'.repeat(20_000)}) in x`)],
    ['compositions', point(`g${' ; g'.repeat(500)}`), point(`g${' ; g'.repeat(20_000)}`)],
    ['products', `theorem t : exp${' * exp'.repeat(90)} = exp${' * exp'.repeat(90)}`, `theorem t : exp${' * exp'.repeat(20_000)} = exp`],
    ['axes', `theorem t [n] (x : R[n${'+n'.repeat(500)}]) : 0 = 0`, `theorem t [n] (x : R[n${'+n'.repeat(20_000)}]) : 0 = 0`],
    ['products of axes', `theorem t [n] (x : R[n${'*n'.repeat(500)}]) : 0 = 0`, `theorem t [n] (x : R[n${'*n'.repeat(20_000)}]) : 0 = 0`],
    ['objects', `theorem t (x : R${' * R'.repeat(500)}) : 0 = 0`, `theorem t (x : R${' * R'.repeat(20_000)}) : 0 = 0`],
    ['wires', `theorem t (${Array.from({ length: 500 }, (_, n) => `x${n}`).join(' ')} : R) : 0 = 0`, `theorem t (${Array.from({ length: 100_000 }, (_, n) => `x${n}`).join(' ')} : R) : 0 = 0`],
    ['numbers', of(`x + ${'1'.repeat(500)}`), of(`x + ${'1'.repeat(20_000)}`)],
    ['einsums', 'theorem t [n] (x : R[n]) : einsum "n -> n" (x) = x', `theorem t [n] (x : R[n]) : einsum "n${', n'.repeat(20_000)} -> n" (x) = x`],
    ['files', `${of('x')} -- ${'x'.repeat(900_000)}`, `${of('x')} -- ${'x'.repeat(1_000_000)}`],
  ];
  test.each(large)('%s', (_what, accepted, declined) => {
    read(accepted);
    const start = Date.now();
    const error = refusal(declined);
    expect(error.declined, error.reason).toBe(true);
    expect(Date.now() - start).toBeLessThan(20_000);
  });
  test('definitions that double do not explode', () => {
    const chain = Array.from({ length: 60 }, (_, n) => `def d${n + 1} {f : R -> R} := d${n}{f ; f} ; d${n}{f ; f}`);
    read(`def d0 {f : R -> R} := f ; f\n${chain.slice(0, 10).join('\n')}\ntheorem t {f : R -> R} : d8{f} = d8{f}`);
    read(
      `def e0 (x : R) : R := x + x\n${chain.map((_, n) => `def e${n + 1} (x : R) : R := e${n}(x) * e${n}(x)`).join('\n')}`,
    );
    const start = Date.now();
    try {
      read(`def d0 {f : R -> R} := f ; f\n${chain.join('\n')}\ntheorem t {f : R -> R} : d60{f} = d60{f}`);
    } catch (e) {
      expect(e).toMatchObject({ declined: true });
    }
    expect(Date.now() - start).toBeLessThan(20_000);
  });
});
