// What each construct of the language means, by numbers: an expression is read, resolved and evaluated at pairwise distinct sizes and at size
// 1, and compared with what it should be, written in TypeScript.
import { describe, expect, test } from 'vitest';
import { readStatements } from '../../../src/replay/language/statement.js';
import { distance, evaluateSide, randomFrom, randomValues, type Values } from './statement-model.js';

const seed = (Date.now() ^ process.pid) >>> 0;
const random = randomFrom(seed);
const PRELUDE = `
sort Position
def sum [n?] (x : R[n]) : R := fold i:n (s = 0) s + x[i]
def max2 (x y : R) : R := if x < y then y else x
def max [n] (x : R[n]) : R := fold i:n (m = first x) (max2(m, x[i]))
def square (x : R) : R := x * x
def twice {A, f : A -> A} := f ; f
def dot [n] (x y : R[n]) : R := sum n (x[n] * y[n])
def running [n] (x : R[n]) : R * R[n] := scan n (s = 0) (s + x[n], s + x[n])
def both {A, C, f : A -> C} (x y : A) : C * C := (f(x), f(y))
def pair {A} (x : A) : A * A := (x, x)
def length [n] () : R := size n
def weigh [n] {f : R -> R} (x : R[n]) : R := sum n (f(x[n]) * x[n])
`;

type Nums = readonly number[];
type Rows = readonly Nums[];
const total = (x: Nums): number => x.reduce((s, y) => s + y, 0);
const largest = (x: Nums): number => Math.max(...x);
const dot = (x: Nums, y: Nums): number => total(x.map((v, i) => v * (y[i] ?? NaN)));
const column = (x: Rows, j: number): Nums => x.map((r) => r[j] ?? NaN);
const transpose = (x: Rows): Rows => (x[0] ?? []).map((_, j) => column(x, j));
const sums = (x: Nums): Nums => x.map((_, i) => total(x.slice(0, i + 1)));

const functions = {
  h: (...x: Values) => [total(x.flat(9) as number[]) * 2 + 1],
  f: (x: unknown) => [Math.sin(x as number)],
  g: (x: unknown) => [(x as number) * 3 + 1],
  c: () => [7],
  step: (s: unknown, x: unknown) => [(s as number) * 2 + (x as number)],
  swapped: (x: unknown, y: unknown) => [y, x] as Values,
};

const run = (text: string, sizes: Record<string, number>): { found: Values; inputs: Values } => {
  const law = readStatements([{ path: 't.weft', text: `${PRELUDE}\n${text}` }]).theorems.get('t');
  if (law?.lhs._tag !== 'Pointful') throw new Error('no theorem t');
  const model = { sizes, functions };
  const inputs = randomValues(law.lhs.wires, model, random);
  return { found: evaluateSide(law.lhs, inputs, model), inputs };
};
const SIZES = [
  { q: 2, k: 3, d: 5, e: 7 },
  { q: 3, k: 2, d: 1, e: 4 },
  { q: 1, k: 1, d: 1, e: 1 },
];
// any of these, and what is read is compared with nothing: the right side is the left
const check = (params: string, side: string, meaning: (...inputs: never[]) => Values): void => {
  for (const sizes of SIZES) {
    const { found, inputs } = run(`theorem t ${params} : ${side} = ${side}`, sizes);
    const expected = meaning(...(inputs as never[]));
    expect(distance(found, expected), `seed ${seed}, ${JSON.stringify(sizes)}: ${JSON.stringify(found)}`).toBeLessThan(
      1e-9,
    );
  }
};

const XYZ = '(x y z : R)';
const MATRIX = '[q, k, d, e] (m : R[q k], n : R[k d], v : R[k], w : R[k])';
type M = [m: Rows, n: Rows, v: Nums, w: Nums];

// prettier-ignore
const scalars: readonly (readonly [string, (x: number, y: number, z: number) => number | boolean])[] = [
  ['x + y * z',                    (x, y, z) => x + y * z],
  ['x * y + z',                    (x, y, z) => x * y + z],
  ['x - y - z',                    (x, y, z) => x - y - z],
  ['x / y / z',                    (x, y, z) => x / y / z],
  ['x / y * z',                    (x, y, z) => (x / y) * z],
  ['-x * y - -z',                  (x, y, z) => -x * y + z],
  ['- x - y',                      (x, y) => -x - y],
  ['x * 1/3',                      (x) => x / 3],
  ['1/3 + 0.5 - 1e-3 + 2.5e2',     () => 1 / 3 + 0.5 - 1e-3 + 250],
  ['x / (2/3)',                    (x) => (x * 3) / 2],
  ['x / -4',                       (x) => x / -4],
  ['x / 0',                        () => 0],
  ['recip 0',                      () => 0],
  ['exp x * exp y',                (x, y) => Math.exp(x) * Math.exp(y)],
  ['exp(x) + log exp y',           (x, y) => Math.exp(x) + y],
  ['sqrt x + recip y',             (x, y) => Math.sqrt(x) + 1 / y],
  ['log(-x)',                      () => 0],
  ['square x + square(y)',         (x, y) => x * x + y * y],
  ['square exp x * 2',             (x) => 2 * Math.exp(x) ** 2],
  ['square max2(x, y)',            (x, y) => Math.max(x, y) ** 2],
  ['square square (x)',            (x) => x ** 4],
  ['if x < y then x else y + 1',   (x, y) => (x < y ? x : y + 1)],
  ['if x > y then x else y',       (x, y) => Math.max(x, y)],
  ['if x <= x then 1 else 0',      () => 1],
  ['if x >= y then 1 else 0',      (x, y) => (x >= y ? 1 : 0)],
  ['if x == x then 1 else 0',      () => 1],
  ['if x == y then 1 else 0',      () => 0],
  ['x < y and y < z or not x < z', (x, y, z) => (x < y && y < z) || !(x < z)],
  ['not x < y and x < z',          (x, y, z) => !(x < y) && x < z],
  ['x < y or y < z and z < x',     (x, y, z) => x < y || (y < z && z < x)],
  ['not not true',                 () => true],
  ['x + y < z * z == false',       () => NaN],
  ['let x = y in x + x',           (_x, y) => 2 * y],
  ['let x = x + 1 in let y = x * 2 in x * y', (x) => (x + 1) * (x + 1) * 2],
  ['let (x, y) = (y, x) in x - y', (x, y) => y - x],
  ['let (a, b) = ((x, y), z) in let (c, d) = a in c - d * b', () => NaN],
  ['let (a, b, c) = ((x, y), z) in a - b * c', (x, y, z) => x - y * z],
  ['let p = (x, y) in let (a, b) = (p, z) in let (c, d) = a in c - d * b', (x, y, z) => x - y * z],
  ['twice{square} x', () => NaN],
  ['1e+2', () => NaN],
  ['exp if x < y then x else y', (x, y) => Math.exp(Math.min(x, y))],
  ['{ copy * id ; id * add ; add }(x, y)', (x, y) => 2 * x + y],
  ['{ copy * id }(x, y, z)', () => NaN],
  ['x + let y = z in y * 2 + 1',   (x, _y, z) => x + 2 * z + 1],
  ['max2(x, y) - z',               (x, y, z) => Math.max(x, y) - z],
  ['max2((x, y))',                 (x, y) => Math.max(x, y)],
  ['{ add }(x, y * z)',            (x, y, z) => x + y * z],
  ['{ swap R R ; id R * neg ; add }(x, y)', (x, y) => y - x],
  ['{ copy ; (id * neg) ; add }(x)', () => 0],
  ['{ fun (a : R, b : R) => a - b }(x, y)', (x, y) => x - y],
  ['twice{fun (a : R) => a * a}(x)', (x) => x ** 4],
  ['twice{R, exp}(x)',             (x) => Math.exp(Math.exp(x))],
  ['twice{square}(x)',              (x) => x ** 4],
  ['twice{twice{fun (a : R) => a + 1}}(x)', (x) => x + 4],
  ['twice{R * R, swap R R ; neg * id}(x, y) * 1', () => NaN],
  ['let (a, b) = twice{swap R R ; neg * id R}(x, y) in a * 2 + b', (x, y) => -x * 2 - y],
  ['let (a, b) = both{neg}(x, y) in a * 2 + b', (x, y) => -x * 2 - y],
  ['let (a, b) = pair(x) in a + b', (x) => 2 * x],
  ['{ const 1/2 * const -3 ; add }()', () => -2.5],
  ['{ add * id ; mul }(x, y, z)',  (x, y, z) => (x + y) * z],
  ['{ id * add ; mul }(x, y, z)',  (x, y, z) => x * (y + z)],
  ['{ del R * id }(x, y)',         (_x, y) => y],
  ['{ lt * copy R * copy R ; select (R * R) ; add }(x, y, x, y)', (x, y) => 2 * Math.min(x, y)],
];
const refused = new Set([
  'x + y < z * z == false', // comparisons do not chain
  'twice{R * R, swap R R ; neg * id}(x, y) * 1', // of one real
  'let (a, b) = ((x, y), z) in let (c, d) = a in c - d * b', // tuples are flat
  'twice{square} x', // no parentheses
  '1e+2',
  '{ copy * id }(x, y, z)', // copy takes one array or two
]);

// prettier-ignore
const arrays: readonly (readonly [string, (...inputs: M) => Values])[] = [
  ['m',                                     (m) => [m]],
  ['map q, k (m[q, k] * v[k])',             (m, _n, v) => [m.map((r) => r.map((x, j) => x * (v[j] ?? 0)))]],
  ['map k, q (m[q, k])',                    (m) => [transpose(m)]],
  ['map i:q (m[i])',                        (m) => [m]],
  ['map i:q (sum(m[i]))',                   (m) => [m.map(total)]],
  ['map q (sum k (m[q, k] * v[k]))',        (m, _n, v) => [m.map((r) => dot(r, v))]],
  ['map q (sum m[q])',                      (m) => [m.map(total)]],
  ['sum q, k (m[q, k])',                    (m) => [total(m.map(total))]],
  ['sum i:q, j:k (m[i, j] * v[j])',         (m, _n, v) => [total(m.map((r) => dot(r, v)))]],
  ['max k (v[k] - w[k])',                   (_m, _n, v, w) => [largest(v.map((x, i) => x - (w[i] ?? 0)))]],
  ['map q, d (sum k (m[q, k] * n[k, d]))',  (m, n) => [m.map((r) => transpose(n).map((c) => dot(r, c)))]],
  ['einsum "q k, k d -> q d" (m, n)',       (m, n) => [m.map((r) => transpose(n).map((c) => dot(r, c)))]],
  ['einsum "q k, k d -> d q" (m, n)',       (m, n) => [transpose(m.map((r) => transpose(n).map((c) => dot(r, c))))]],
  ['einsum "q k -> " (m)',                  (m) => [total(m.map(total))]],
  ['einsum "k, k, k d -> d" (v, w, n)',     (_m, n, v, w) => [transpose(n).map((c) => total(c.map((x, i) => x * (v[i] ?? 0) * (w[i] ?? 0))))]],
  ['{ einsum "q k, k -> q" }(m, v)',        (m, _n, v) => [m.map((r) => dot(r, v))]],
  ['v ++ w',                                (_m, _n, v, w) => [[...v, ...w]]],
  ['w ++ v ++ w',                           (_m, _n, v, w) => [[...w, ...v, ...w]]],
  ['map i:(k+k) ((v ++ w)[i] * 2)',         (_m, _n, v, w) => [[...v, ...w].map((x) => x * 2)]],
  ['sum i:(k+k) ((v ++ w)[i])',             (_m, _n, v, w) => [total(v) + total(w)]],
  ['split[k, k] (v ++ w)',                  (_m, _n, v, w) => [v, w]],
  ['let (a, b) = split[k, k] (v ++ w) in map k (a[k] - b[k])', (_m, _n, v, w) => [v.map((x, i) => x - (w[i] ?? 0))]],
  ['concat[k, q] (v, map q (sum k (m[q, k])))', (m, _n, v) => [[...v, ...m.map(total)]]],
  ['flatten[q, k] m',                       (m) => [m.flat()]],
  ['tile[q, k] (flatten[q, k] m)',          (m) => [m]],
  ['(tile[q, k] flatten[q, k] m)',          (m) => [m]],
  ['first v',                               (_m, _n, v) => [v[0] ?? NaN]],
  ['first m',                               (m) => [m[0] ?? []]],
  ['first first m + first v',               (m, _n, v) => [(m[0]?.[0] ?? NaN) + (v[0] ?? NaN)]],
  ['first (v ++ w)',                        (_m, _n, v) => [v[0] ?? NaN]],
  ['repeat[q] v',                           (m, _n, v) => [m.map(() => v)]],
  ['position[k]',                           (_m, _n, v) => [v.map((_, i) => i)]],
  ['position[k+k]',                         (_m, _n, v, w) => [[...v, ...w].map((_, i) => i)]],
  ['size k * size (k + q)',                 (m, _n, v) => [v.length * (v.length + m.length)]],
  ['length[q]() + length[k * q]()',         (m, _n, v) => [m.length + m.length * v.length]],
  ['dot(v, w) + dot k (v[k], w[k])',        (_m, _n, v, w) => [2 * dot(v, w)]],
  ['dot(v, w)',                             (_m, _n, v, w) => [dot(v, w)]],
  ['fold k (s = 1) s * v[k]',               (_m, _n, v) => [v.reduce((s, x) => s * x, 1)]],
  ['fold k (s = 0, t = 1) (s + v[k], t * s + w[k])',
    (_m, _n, v, w) => v.reduce(([s, t], x, i) => [s + x, t * s + (w[i] ?? 0)] as [number, number], [0, 1] as [number, number])],
  ['fold i:k (s = v[k]) s',                 () => [NaN]],
  ['map k (fold i:q (s = v[k]) (s * m[i, k]))', (m, _n, v) => [v.map((x, k) => column(m, k).reduce((s, y) => s * y, x))]],
  ['scan k (s = 0) (s + v[k], s * 2)',      (_m, _n, v) => [total(v), [0, ...sums(v)].slice(0, -1).map((s) => s * 2)]],
  ['let (s, p) = running(v) in map k (p[k] / s)', (_m, _n, v) => [sums(v).map((x) => x / total(v))]],
  ['let (s, p) = scan k (s = 0) (s + v[k], s + v[k]) in (p, s)', (_m, _n, v) => [sums(v), total(v)]],
  ['let (s, p) = scan k (s = (0, 1)) (let (a, b) = s in (a + v[k], b), v[k]) in p', (_m, _n, v) => [v]],
  ['(v, w)',                                (_m, _n, v, w) => [v, w]],
  ['let (a, (b, c)) = (v, (w, v)) in a',    () => [NaN]],
  ['map k (if v[k] < w[k] then (v[k], 1) else (0, w[k]))',
    (_m, _n, v, w) => [v.map((x, i) => (x < (w[i] ?? 0) ? x : 0)), v.map((x, i) => (x < (w[i] ?? 0) ? 1 : (w[i] ?? 0)))]],
  ['if first v < first w then v else w',    (_m, _n, v, w) => [(v[0] ?? 0) < (w[0] ?? 0) ? v : w]],
  ['{ exchange q k }(m)',                   (m) => [transpose(m)]],
  ['{ diag k }(map i:k, j:k (v[i] - 2 * w[j]))', (_m, _n, v, w) => [v.map((x, i) => x - 2 * (w[i] ?? 0))]],
  ['{ repeat q R[k] }(v)',                  (m, _n, v) => [m.map(() => v)]],
  ['{ map q (map k neg) ; exchange q k }(m)', (m) => [transpose(m.map((r) => r.map((x) => -x)))]],
  ['{ map k (fun (x : R, y : R) => x - y) }(v, w)', (_m, _n, v, w) => [v.map((x, i) => x - (w[i] ?? 0))]],
  ['{ (const 0 * id) ; fold k R add }(v)',  (_m, _n, v) => [total(v)]],
  ['{ scan k R (copy * id ; id * add) }(1, v)', (_m, _n, v) => [1, v.map((x) => 1 + x)]],
  ['{ scan k R (fun (s : R, x : R) => (s + x, s)) }(0, v)', (_m, _n, v) => [total(v), [0, ...sums(v)].slice(0, -1)]],
  ['{ concat k k ; split k k ; swap R[k] R[k] }(v, w)', (_m, _n, v, w) => [w, v]],
  ['{ flatten q k ; tile q k ; first q }(m)', (m) => [m[0] ?? []]],
  ['{ position k * size q * id }(v)',       (m, _n, v) => [v.map((_, i) => i), m.length, v]],
  ['{ sum * max }(v, w)',                   (_m, _n, v, w) => [total(v), largest(w)]],
  ['{ sum[k] * max[k] }(v, w)',             (_m, _n, v, w) => [total(v), largest(w)]],
  ['{ map q sum }(m)',                      (m) => [m.map(total)]],
  ['weigh{neg}(v)',                         (_m, _n, v) => [-dot(v, v)]],
  ['weigh[k]{fun (x : R) => x + 1}(v)',     (_m, _n, v) => [dot(v, v) + total(v)]],
  ['map q (weigh{square}(m[q]))',            (m) => [m.map((r) => total(r.map((x) => x ** 3)))]],
];
const refusedArrays = new Set([
  'fold i:k (s = v[k]) s', // k is no index here
  'let (a, (b, c)) = (v, (w, v)) in a', // names are not nested
]);

describe('scalars', () => {
  test.each(scalars.filter(([text]) => !refused.has(text)))('%s', (text, meaning) => {
    check(XYZ, text, (x: number, y: number, z: number) => [meaning(x, y, z)].flat() as Values);
  });
  test.each([...refused])('%s is refused', (text) => {
    expect(() => run(`theorem t ${XYZ} : ${text} = ${text}`, {})).toThrow(/^t\.weft:\d+:\d+: /);
  });
});

describe('arrays', () => {
  test.each(arrays.filter(([text]) => !refusedArrays.has(text)))('%s', (text, meaning) => {
    check(MATRIX, text, meaning as (...inputs: never[]) => Values);
  });
  test.each([...refusedArrays])('%s is refused', (text) => {
    expect(() => run(`theorem t ${MATRIX} : ${text} = ${text}`, {})).toThrow(/^t\.weft:\d+:\d+: /);
  });
});

describe('morphism variables and objects', () => {
  test('families at axes, given and inferred', () => {
    const params = '[q, k] {h[n] : R * R[n] -> R} (g : R, x : R[q], y : R[k])';
    check(params, 'h[q + k](g, x ++ y)', (g: number, x: Nums, y: Nums) => [1 + 2 * (g + total(x) + total(y))]);
    check(params, 'h(g, y)', (g: number, _x: Nums, y: Nums) => [1 + 2 * (g + total(y))]);
  });
});

describe('the laws of a stream', () => {
  const bothSides = (text: string, name: string): readonly [Values, Values] => {
    const stated = readStatements([{ path: 't.weft', text: `${PRELUDE}\n${text}` }]).theorems.get(name);
    if (stated?.lhs._tag !== 'Pointful' || stated.rhs._tag !== 'Pointful') throw new Error(`no theorem ${name}`);
    const model = { sizes: { n: 5, a: 2, b: 3, q: 4 }, functions };
    const inputs = randomValues(stated.lhs.wires, model, random);
    return [evaluateSide(stated.lhs, inputs, model), evaluateSide(stated.rhs, inputs, model)];
  };
  const stream = (state: string, results: string, output: string): string => `
    def from [n] (s : R, x : R[n]) : R[n] := let (z, o) = scan n (s = s) (s + x[n], s + x[n]) in o
    stream s [q, n] (x : R[q n], c : R) over n
      spec (c * sum q (sum n (x[q, n])), map q (from(0, x[q])), map n, q (2 * from(0, x[q])[n]))
      state (${state} : R[q])
      head map q (sum n (x[q, n]))
      ${results}
      outputs (map q (from(0, x[q])), map n, q (2 * from(0, x[q])[n]))
      step map q (${state}[q] + sum n (x[q, n]))
      output ${output}
      foldable`;
  const output = (s: string): string => `(map q (from(${s}[q], x[q])), map n, q (2 * from(${s}[q], x[q])[n]))`;
  // a state of this name would hide the wire of the second part
  test.each(['s', "x'", "x''"])('hold in numbers, with a state %s', (state) => {
    const text = stream(state, `final c * sum(${state})`, output(state));
    for (const name of ['s', 's.foldable', 's.outputs']) {
      const [lhs, rhs] = bothSides(text, name);
      expect(distance(lhs, rhs), `seed ${seed}, ${name}`).toBeLessThan(1e-9);
    }
  });
  test('a second pass reads the wires', () => {
    const [lhs, rhs] = bothSides(stream('s', 'pass c * sum(s) + 0 * first first x', output('s')), 's');
    expect(distance(lhs, rhs), `seed ${seed}`).toBeLessThan(1e-9);
  });
  test('outputs that start anew do not hold', () => {
    const [lhs, rhs] = bothSides(stream('s', 'final c * sum(s)', output('s').replaceAll('s[q]', '0')), 's.outputs');
    expect(distance(lhs, rhs)).toBeGreaterThan(1e-3);
  });
  test.each([
    ['no results', 'spec sum(x)\n state (s : R)\n head sum(x)\n step s + sum(x)\n foldable'],
    [
      'both a final and a second pass',
      'spec sum(x)\n state (s : R)\n head sum(x)\n final s\n pass s\n step s + sum(x)\n foldable',
    ],
    [
      'outputs alone',
      'spec (sum(x), x)\n state (s : R)\n head sum(x)\n final s\n outputs x\n step s + sum(x)\n foldable',
    ],
    [
      'an output without the axis',
      'spec (sum(x), s)\n state (s : R)\n head sum(x)\n final s\n outputs sum(x)\n step s + sum(x)\n output s\n foldable',
    ],
    [
      'an output with the axis twice',
      'spec map i:n, j:n (x[i])\n state (s : R)\n head sum(x)\n outputs map i:n, j:n (x[i])\n step s + sum(x)\n output map i:n, j:n (x[i])\n foldable',
    ],
  ])('%s: refused', (_name, parts) => {
    expect(() =>
      readStatements([{ path: 't.weft', text: `${PRELUDE}\nstream s [n] (x : R[n]) over n\n ${parts}` }]),
    ).toThrow();
  });
});
