// The reader's expressions under the second checker's structural equality: what a page says is the same is the same, and what differs differs.
import { describe, expect, test } from 'vitest';
import { sameFunction } from '../../../src/replay/logic/equal.js';
import { readStatements } from '../../../src/replay/language/statement.js';

const PRELUDE = `
def sum [n?] (x : R[n]) : R := fold i:n (s = 0) s + x[i]
def max2 (x y : R) : R := if x < y then y else x
def square (x : R) : R := x * x
def twice {A, f : A -> A} := f ; f
def quotient (x y : R) : R := x / y
`;
const equal = (params: string, lhs: string, rhs: string): boolean => {
  const text = `${PRELUDE}theorem t ${params} : ${lhs} = ${rhs}`;
  const law = readStatements([{ path: 't.weft', text }]).theorems.get('t');
  if (!law) throw new Error('no theorem t');
  return sameFunction(law.lhs, law.rhs);
};

const P = '[p, q, n] {f : R -> R} (m : R[p q], x y : R[n], a b c : R)';
// prettier-ignore
const same: readonly (readonly [string, string])[] = [
  ['sum(x)', 'fold i:n (t = 0) t + x[i]'],
  ['sum(x)', 'sum n (x[n])'],
  ['sum(x)', 'sum i:n (x[i])'],
  ['a - b', 'a + -b'],
  ['a / b', 'a * recip b'],
  ['quotient(a, b)', 'a / b'],
  ['a / 4', 'a * 0.25'],
  ['1/3', '2/6'],
  ['-1 * a', '-(2 - 1) * a'],
  ['a > b', 'b < a'],
  ['a <= b', 'not (b < a)'],
  ['a == b', 'not (a < b) and not (b < a)'],
  ['square(a + b)', 'let c = a + b in c * c'],
  ['let (a, b) = (b, a) in a - b', 'b - a'],
  ['twice{f}(a)', 'f(f(a))'],
  ['twice{fun (z : R) => z * z}(a)', 'square square a'],
  ['{ twice{f} * id ; add }(a, b)', 'f(f(a)) + b'],
  ['map q (map p (m[p, q]))', '{ exchange p q }(m)'],
  ['einsum "p q, p q -> p" (m, m)', 'map p (sum q (m[p, q] * m[p, q]))'],
  ['einsum "p q -> q" (m)', 'map q (sum p (m[p, q]))'],
  ['(x ++ y) ++ x', 'x ++ (y ++ x)'],
  ['split[n, n] (x ++ y)', '(x, y)'],
  ['sum(x ++ y)', 'fold n (s = fold n (s = 0) s + x[n]) s + y[n]'],
  ['tile[p, q] flatten[p, q] m', 'm'],
  ['{ fold n R add }(a, x)', 'fold i:n (s = a) s + x[i]'],
  ['first (x ++ y)', 'first x'],
  ['size (n + p)', 'size n + size p'],
  ['repeat[p] x', 'map p (x)'],
];
// prettier-ignore
const different: readonly (readonly [string, string])[] = [
  ['x ++ y', 'y ++ x'],
  ['a + b', 'b + a'],
  ['a - b', 'b - a'],
  ['a < b', 'b < a'],
  ['a <= b', 'a < b'],
  ['a / b', 'b / a'],
  ['(a + b) + c', 'a + (b + c)'],
  ['a + b * c', '(a + b) * c'],
  ['f(a)', 'f(b)'],
  ['f(f(a))', 'f(a)'],
  ['map n (x[n] - y[n])', 'map n (y[n] - x[n])'],
  ['sum(x)', 'sum(y)'],
  ['first x', 'first y'],
  ['size n', 'size p'],
  ['fold n (s = a) s * x[n]', 'fold n (s = a) x[n] * s'],
  ['if a < b then a else b', 'if a < b then b else a'],
  ['recip 2', '1/2'],
];

describe('pointful', () => {
  test.each(same)('%s is %s', (lhs, rhs) => {
    expect(equal(P, lhs, rhs)).toBe(true);
  });
  test.each(different)('%s is not %s', (lhs, rhs) => {
    expect(equal(P, lhs, rhs)).toBe(false);
  });
});

// prettier-ignore
const diagrams: readonly (readonly [string, string, boolean])[] = [
  ['f ; id', 'f', true],
  ['f ; g', 'g ; f', false],
  ['copy R ; f * g', 'fun (x : R) => (f(x), g(x))', true],
  ['copy R ; f * g', 'fun (x : R) => (g(x), f(x))', false],
  ['copy R ; f * g ; swap R R', 'copy R ; g * f', true],
  ['f ; copy', 'copy R ; f * f', true],
  ['f ; del', 'del R', true],
  ['map n f ; map n g', 'map n (f ; g)', true],
  ['map n f', 'fun (x : R[n]) => map n (f(x[n]))', true],
  ['exchange m n R ; map n (map m f)', 'map m (map n f) ; exchange m n', true],
  ['concat m n R ; map (m + n) f', 'map m f * map n f ; concat m n', true],
  ['repeat n R[n] ; diag n', 'id R[n]', true],
  ['split m n R ; concat m n', 'id R[m + n]', true],
  ['id R[m] * map n g ; concat m n', 'concat m n R', false],
  ['scan n R (fun (s : R, x : R) => (h(s, x), s))', 'scan n R (id R * id R ; copy (R * R) ; h * (id * del R))', true],
  ['const 1/2 * id R ; mul', 'fun (x : R) => 0.5 * x', true],
  ['f * (g * h)', '(f * g) * h', true],
  ['select R[n]', 'fun (c : B, x : R[n], y : R[n]) => if c then x else y', true],
  ['twice{map n f}', 'map n (twice{f})', true],
  ['sum[n]', 'const 0 * id R[n] ; fold n R add', true],
];
describe('point-free', () => {
  test.each(diagrams)('%s and %s: %s', (lhs, rhs, expected) => {
    expect(equal('[m, n] {f : R -> R, g : R -> R, h : R * R -> R}', lhs, rhs)).toBe(expected);
  });
});

describe('the laws of a stream', () => {
  const law = (sides: string): string => `${PRELUDE}
stream s [i, n, a] (w : R[a], x : R[i n], y : R[n]) over n
  spec  map i (sum n (x[i, n] * y[n]))
  state (o : R[i])
  head  map i (sum n (x[i, n] * y[n]))
  final o
  step  map i (o[i] + sum n (x[i, n] * y[n]))
  merge map i (o[i] + o'[i])
  commutative
theorem t [i, a', b, a] (w : R[a], x : R[i a'], y : R[a'], x' : R[i b], y' : R[b]) : ${sides}`;
  // along n, which is not the leading axis of x; the statement has an axis a, so the first part is over a'
  const whole = "(map i (sum j:(a'+b) ((x[i] ++ x'[i])[j] * (y ++ y')[j])))";
  const first = "map i (sum j:a' (x[i, j] * y[j]))";
  const second = "map i (sum b (x'[i, b] * y'[b]))";
  const both = (l: string, r: string): string => `(let (l, r) = (${l}, ${r}) in map i (l[i] + r[i]))`;
  const cases: readonly (readonly [string, string, string])[] = [
    ['s.foldable', whole, `(let o = ${first} in map i (o[i] + sum b (x'[i, b] * y'[b])))`],
    ['s.mergeable', whole, both(first, second)],
    ['s.commutative', both(first, second), both(second, first)],
  ];
  test.each(cases)('%s', (name, lhs, rhs) => {
    const { theorems } = readStatements([{ path: 't.weft', text: law(`${lhs} = ${rhs}`) }]);
    const [stated, written] = [theorems.get(name), theorems.get('t')];
    if (!stated || !written) throw new Error('a law is missing');
    expect(sameFunction(stated.lhs, written.lhs)).toBe(true);
    expect(sameFunction(stated.rhs, written.rhs)).toBe(true);
    expect(sameFunction(stated.lhs, written.rhs)).toBe(false);
  });
  const conditional = (where: string, own: string): string => `${PRELUDE}
def all [n?] (p : B[n]) : B := fold i:n (s = true) (s and p[i])
stream s [i, n] (otherwise : R, x : R[i n]) over n
  ${where}
  spec  map i (sum n (x[i, n]))
  state (o : R[i])
  head  map i (sum n (x[i, n]))
  final o
  ${own}
  step  map i (o[i] + sum n (x[i, n]))
  foldable
`;
  const positive = (n: string, x: string): string => `all j:${n} (all i (0 < (${x})[i, j]))`;
  const [joined, rows] = ["(map i (x[i] ++ x'[i]))", 'map i (sum n (x[i, n]))'];
  // the wire that stands otherwise has another name, since one of the statement's has its own
  const WIRES = "[i, a, b] (otherwise : R, x : R[i a], x' : R[i b], d : R[i])";
  const conditioned: readonly (readonly [string, string, string, string, string])[] = [
    [
      'where ' + positive('n', 'x'),
      '',
      's',
      '[i, n] (otherwise : R, x : R[i n], d : R[i])',
      `(if ${positive('n', 'x')} then ${rows} else d) = (if ${positive('n', 'x')} then ${rows} else d)`,
    ],
    [
      'where 0 < otherwise',
      'where otherwise < 1',
      's',
      '[i, n] (otherwise : R, x : R[i n], d : R[i])',
      `(if 0 < otherwise then (if otherwise < 1 then ${rows} else d) else d) = (if 0 < otherwise then (if otherwise < 1 then ${rows} else d) else d)`,
    ],
    [
      'where ' + positive('n', 'x'),
      'where 0 < otherwise',
      's.inherits',
      "[i, a, b] (otherwise : R, x : R[i a], x' : R[i b])",
      `(if ${positive('(a+b)', joined)} then ${positive('a', 'x')} else true) = true`,
    ],
    [
      'where ' + positive('n', 'x'),
      'where 0 < otherwise',
      's.foldable',
      WIRES,
      `(if ${positive('(a+b)', joined)} then map i (sum j:(a+b) (${joined}[i, j])) else d) = (if ${positive('(a+b)', joined)} then map i (sum a (x[i, a]) + sum b (x'[i, b])) else d)`,
    ],
    [
      '',
      'where 0 < otherwise',
      's.foldable',
      "[i, a, b] (otherwise : R, x : R[i a], x' : R[i b])",
      `map i (sum j:(a+b) (${joined}[i, j])) = map i (sum a (x[i, a]) + sum b (x'[i, b]))`,
    ],
  ];
  test.each(conditioned)('under a condition: %s %s, %s', (where, own, name, params, sides) => {
    const text = `${conditional(where, own)}theorem t ${params} : ${sides}`;
    const { theorems } = readStatements([{ path: 't.weft', text }]);
    const [stated, written] = [theorems.get(name), theorems.get('t')];
    if (!stated || !written) throw new Error('a law is missing');
    expect(sameFunction(stated.lhs, written.lhs)).toBe(true);
    expect(sameFunction(stated.rhs, written.rhs)).toBe(true);
  });
  test('a law under a condition is the equation with what stands otherwise', () => {
    const under = `${PRELUDE}theorem s [n] (otherwise : R, x : R[n]) where 0 < otherwise and 0 < sum(x) : (x, sum(x)) = (x, 1)
theorem t [n] (otherwise : R, x d : R[n], e : R) : (if 0 < otherwise and 0 < sum(x) then (x, sum(x)) else (d, e)) = (if 0 < otherwise and 0 < sum(x) then (x, 1) else (d, e))`;
    const { theorems } = readStatements([{ path: 't.weft', text: under }]);
    const [stated, written] = [theorems.get('s')!, theorems.get('t')!];
    expect(sameFunction(stated.lhs, written.lhs)).toBe(true);
    expect(sameFunction(stated.rhs, written.rhs)).toBe(true);
    expect(sameFunction(stated.lhs, stated.rhs)).toBe(false);
  });
  test('the law of the spec', () => {
    const sides = 'map i (sum n (x[i, n] * y[n])) = map i (0 + sum n (x[i, n] * y[n]))';
    const { theorems } = readStatements([
      {
        path: 't.weft',
        text: law('w = w').replace(/theorem t [^]*/, `theorem t [i, n, a] (w : R[a], x : R[i n], y : R[n]) : ${sides}`),
      },
    ]);
    const [stated, written] = [theorems.get('s'), theorems.get('t')];
    if (!stated || !written) throw new Error('a law is missing');
    expect(sameFunction(stated.lhs, written.lhs)).toBe(true);
    expect(sameFunction(stated.rhs, written.lhs)).toBe(true);
    expect(sameFunction(stated.rhs, written.rhs)).toBe(false);
  });
});

describe('hypotheses', () => {
  const params = '{A} {h[n] : A[n] -> R, k : R -> R}';
  const text = `${PRELUDE}sort S
theorem t ${params} (x : R)
  given one : for a, b? : S (x : A[a], y : A[b]) : h[a](x) = k(h[a](x))
  given two : for a, c : S : h[a + a] = h[a + a] ; k
  given three : (x : R) : k(x) = x + x
  given four : k ; k = k
  : k(x) = x
theorem one [a, b? : S] ${params} (x : A[a], y : A[b]) : h[a](x) = k(h[a](x))
theorem two [a, c : S] ${params} : h[a + a] = h[a + a] ; k
theorem three ${params} (x : R) : k(x) = x + x
theorem four ${params} : k ; k = k`;
  const { theorems } = readStatements([{ path: 't.weft', text }]);
  const law = theorems.get('t');

  test('their binders are those of the text', () => {
    const binders = law?.hypotheses.map((h) =>
      h.binders.map((v) => `${v.name}${v.maybeEmpty ? '?' : ''}:${v.sort ?? ''}`),
    );
    expect(binders).toEqual([['a:', 'b?:S'], ['a:', 'c:S'], [], []]);
    expect(law?.hypotheses.map((h) => h.name)).toEqual(['one', 'two', 'three', 'four']);
  });
  test.each(['one', 'two', 'three', 'four'])('the sides of %s', (name) => {
    const [given, written] = [law?.hypotheses.find((h) => h.name === name), theorems.get(name)];
    if (!given || !written) throw new Error('a hypothesis is missing');
    expect(sameFunction(given.lhs, written.lhs)).toBe(true);
    expect(sameFunction(given.rhs, written.rhs)).toBe(true);
    expect(sameFunction(given.lhs, written.rhs)).toBe(false);
  });
});
