// What is shown of a diagram is what was written: expressions printed from their diagrams, read again, are the same diagrams.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import { equal } from '../../../../src/core/index.js';
import * as core from '../../../../src/core/index.js';
import { shownDepth } from '../../../../src/language/print/tree.js';
import { must } from '../../../support/door.js';
import { showNumber } from '../../../../src/language/print/algebra.js';
import { clean } from '../../../../src/language/print/clean.js';
import { difference, underlined } from '../../../../src/diagnostic/difference.js';
import { codeFrame, placeOf } from '../../../../src/diagnostic/place.js';
import { showTerm } from '../../../../src/language/print/show.js';
import type { Law } from '../../../../src/language/elaborate/law.js';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';

const prelude = `def sum [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])
def max2 (x y : R) : R := if x < y then y else x
def max [n] (x : R[n]) : R := fold i:n (m = first x) (max2(m, x[i]))
`;
const library = (statements: string): Library => checkLibrary([{ path: 'theorems/a.weft', text: statements }], []);
function lawOf(statement: string, name = 't'): Law {
  const { statements, diagnostics } = library(`${prelude}${statement}\n`);
  const law = statements.stated.get(name)?.law;
  if (!law)
    throw new Error(
      JSON.stringify(
        diagnostics.map((d) => d.fact),
        (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v),
      ),
    );
  return law;
}

const shownOf = (group: string, expr: string): { readonly text: string; readonly law: Law } => {
  const law = lawOf(`theorem t ${group} : ${expr} = ${expr}`);
  return { text: showTerm(law.lhs, law.wires ?? []).join(' '), law };
};

describe('expressions', () => {
  test.each([
    ['(x y z : R)', 'x - y * (z + 1) / -x', undefined],
    ['(x y : R)', 'if x < y and y >= 0.5 then exp x else log(x + y)', undefined],
    ['(x y : R)', 'if x == y then 1e-6 else 1/3', undefined],
    ['[n, m] (x : R[n m])', 'map m, n (x[n, m])', undefined],
    ['[n] (x : R[n n])', 'map n (x[n, n])', undefined],
    ['[n, m] (x : R[n], y : R[m])', 'map n, m (x[n] * y[m])', undefined],
    ['[q, k, d] (q : R[q d], k : R[k d])', 'map q, k (sum d (q[q, d] * k[k, d]))', undefined],
    ['[n] (x : R[n])', 'max(x) + sum n (exp(x[n] - max(x)))', undefined],
    ['[n] (x : R[n])', 'let s = sum n (x[n] * x[n]) in s + exp s', undefined],
    ['[a, b] (x : R[a], y : R[b])', 'sum(x ++ y)', undefined],
    ['[a, b] (x : R[(a*b)])', 'map a (sum b ((tile[a, b] x)[a, b]))', undefined],
    ['[n, t?] (x : R[(n+t)])', 'first x + size n', undefined],
    ['[n] (x : R[n])', 'fold n (s = 1, s2 = 0) (s * x[n], s2 + s)', undefined],
    ['[n] {A, h[n] : A[n] -> R} (x : A[n])', 'h[n](x)', undefined],
    // parts joined again are the whole only in their order and at their place; joined parts taken apart, only at the same place
    ['[a, b] (x : R[(a+b)])', 'let (u, v) = split[a, b] x in u ++ v', 'x'],
    ['[n] (x : R[(n+n)])', 'let (u, v) = split[n, n] x in v ++ u', undefined],
    ['[n] (x : R[(n+n)])', 'let (u, v) = split[n, n] x in u ++ u', undefined],
    ['[n] (x : R[n])', 'let (u, v) = split[n, 0] x in v ++ v', undefined],
    ['[a, b] (x : R[a], y : R[b])', 'let (u, v) = split[a, b] (x ++ y) in (v, u)', '(y, x)'],
    ['[a, b] (x : R[a], y : R[b])', 'let (u, v) = split[a + b, 0] (x ++ y) in (v, u)', undefined],
    // the language computes `-2` and `1 / 2`: the operators of a number are words
    ['(x : R)', 'x * recip 2', 'x * recip 2'],
    ['(x : R)', 'x / 2', 'x * 0.5'],
    ['(x : R)', 'x + neg 2', 'x + neg 2'],
    ['(x : R)', 'x - 2', 'x + -2'],
    ['(x : R)', 'x * neg(-1/3)', undefined],
    ['(x : R)', 'x / 0', undefined],
  ])('%s %s', (group, expr, expected) => {
    const { text, law } = shownOf(group, expr);
    if (expected !== undefined) expect(text).toBe(expected);
    const again = shownOf(group, text);
    expect(equal(law.lhs, again.law.lhs), `${text} is another diagram`).toEqual(E.right(true));
    expect(again.text).toBe(text);
  });

  test('a tower of copies is abridged, and quickly', () => {
    const lets = Array.from({ length: 140 }, (_, i) => `let x${i + 1} = x${i} * x${i} + x${i} in`).join(' ');
    const began = performance.now();
    const { text } = shownOf('(x0 : R)', `${lets} x140`);
    expect(text.length).toBeLessThan(200_000);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('what is too deep to show is abridged: counted, not tried until the stack ends', () => {
  const neg = must(core.operator('neg'));
  const inward = (n: number): core.Term =>
    Array.from({ length: n }).reduce((t: core.Term) => must(core.compose(neg, t)), neg);
  const shown = (t: core.Term): string => showTerm(t, [{ name: 'x', object: t.dom }]).join(' ');
  test.each([3000, 20_000])('%i operators, composed from the right', (n) => {
    expect(shown(inward(n))).toBe('… (too large to show)');
  });
  test('their twins just below the limit are shown', () => {
    expect(shown(inward(shownDepth - 2)).match(/-/g)!.length).toBe(shownDepth - 1);
    const outward = Array.from({ length: 200 }).reduce((t: core.Term) => must(core.compose(t, neg)), neg);
    expect(shown(outward).match(/-/g)!.length).toBe(201);
  });
  test('diagrams that are arguments of diagrams are counted with what is around them', () => {
    const R = neg.dom;
    const f = must(core.morphismVar('f', [], R, R));
    const twice = must(core.variable(f, []));
    const apply = must(core.define('apply', { axes: [], objects: [], morphisms: [f] }, twice));
    const around = (n: number): core.Term =>
      Array.from({ length: n }).reduce(
        (t: core.Term) => must(core.call(apply, { axes: [], objects: [], morphisms: [must(core.compose(t, t))] })),
        neg,
      );
    const began = performance.now();
    expect(shown(around(40)).length).toBeLessThan(100_000);
    expect(shown(around(2000))).toContain('too large to show');
    expect(shown(around(4)).match(/apply/g)!.length).toBe(15);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe('differences', () => {
  test('are shown at the smallest part', () => {
    const law = lawOf('theorem t [n] (x y : R[n]) : map n (exp(x[n] + y[n])) = map n (exp(y[n] + x[n]))');
    const found = difference(law.lhs, law.rhs, law.wires ?? [])!;
    expect(found).toMatchObject({ output: 0, outputs: 1, part: true });
    expect([found.lhs, found.rhs]).toEqual([['x[n] + y[n]'], ['y[n] + x[n]']]);
  });
  test('name the output', () => {
    const law = lawOf('theorem t (x y : R) : (x, x + y, y) = (x, y + x, y)');
    expect(difference(law.lhs, law.rhs, law.wires ?? [])).toMatchObject({ output: 1, outputs: 3 });
  });
  test('of equal diagrams there is none', () => {
    const law = lawOf('theorem t (x y : R) : x + y = (let z = x + y in z)');
    expect(difference(law.lhs, law.rhs, law.wires ?? [])).toBeUndefined();
  });
  test('are underlined word by word', () => {
    expect(underlined('f(x) + y', 'f(z) + y')).toEqual(['f(x) + y', '  ^', 'f(z) + y', '  ^']);
  });
});

describe('text', () => {
  test('is made visible at its own width', () => {
    const hostile = 'a\u001b[2J\u0000\u007f\u0085\u202e\u2066\u200b\u2028\ufeffz';
    expect(clean(hostile)).toBe('a␛[2J␀␡\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdz');
    expect(clean('naïve ∑ 漢字')).toBe('naïve ∑ 漢字');
  });
  test('has places that count line feeds', () => {
    expect(placeOf('a\r\nbc\nd', 4)).toEqual({ line: 2, column: 2 });
    expect(placeOf('', 9)).toEqual({ line: 1, column: 1 });
  });
  test('is framed, long lines cut around the place', () => {
    const long = `${'x'.repeat(300)}HERE${'y'.repeat(300)}`;
    const frame = codeFrame(`one\n${long}\nthree`, { start: 304, end: 308 }, (s) => s);
    expect(frame[1]).toContain('HERE');
    expect(frame[2]!.indexOf('^^^^')).toBe(frame[1]!.indexOf('HERE'));
    expect(Math.max(...frame.map((l) => l.length))).toBeLessThan(130);
  });
  test.each([
    [3n, 1n, '3'],
    [-1n, 3n, '-1/3'],
    [1n, 2n, '0.5'],
    [1n, 1_000_000n, '0.000001'],
    [1n, 10_000_000n, '1e-7'],
    [2n ** 70n, 3n, '1180591620717411303424/3'],
  ])('%s/%s is %s', (num, den, text) => {
    expect(showNumber({ num, den })).toBe(text);
  });
});
