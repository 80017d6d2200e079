/**
 * Towers: texts of a few lines whose work doubles with each, through every tactic and every record of a certificate. Invariant: each has a height
 * at which nothing but a budget ends it. Knows nothing of what should become of it, but that it ends.
 */
import type { Case } from './outcome.js';

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
const nested = (n: number, f: string, x: string): string => `${`${f}(`.repeat(n)}${x}${')'.repeat(n)}`;

// ---- tactics ------------------------------------------------------------------------------------------------------------

const cases = `axiom boolean-cases {A, C} {f : B * A -> C, g : B * A -> C} (b : B, x : A)
  given t : (x : A) : f(true, x) = g(true, x)
  given e : (x : A) : f(false, x) = g(false, x)
  : f(b, x) = g(b, x)`;

/** A definition that doubles n times, over one that starts. */
const doubling = (n: number, params: string, start: string, next: (e: string) => string): string =>
  [`def d0 ${params} := ${start}`, ...range(n).map((i) => `def d${i + 1} ${params} := ${next(`d${i}`)}`)].join('\n');

interface Tower {
  /** before the theorem */
  readonly before: string;
  readonly statement: string;
}
/** What grows: numbers, fractions, polynomials of sizes, steps, copies, normal forms, axes. */
const towers: Readonly<Record<string, Tower>> = {
  'a number squared': { before: '', statement: `{f : R -> R} (x : R) given h : (x : R) : f(x) = x * x : ${nested(34, 'f', '3')} = 0` },
  'a fraction squared': { before: '', statement: `{f : R -> R} (x : R) given h : (x : R) : f(x) = x * x + x : ${nested(34, 'f', '1/3')} = 0` },
  'a rule that doubles': { before: '', statement: `{f : R -> R} (x : R) given h : (x : R) : f(x) = f(f(x)) + f(x) : f(x) = 0` },
  'a rule that doubles and shifts': { before: '', statement: `{f : R -> R} (x : R) given h : (x : R) : f(x) = f(exp(x)) * f(x + 1) : f(x) = 0` },
  'a size squared': { before: '', statement: `[a, b] {f : R -> R} (x : R) given h : (x : R) : f(x) = x * x : ${nested(34, 'f', 'size a + size b')} = 0` },
  'a square of an unknown': { before: '', statement: `{f : R -> R} (x : R) given h : (x : R) : f(x) = x * x + x : ${nested(34, 'f', 'x')} = 0` },
  'definitions that double': { before: doubling(60, '(x : R)', 'exp x', (d) => `${d}(x) + ${d}(x + 1)`), statement: `{f : R -> R} (x : R) given h : (x : R) : d60(x) = f(x) : d60(x) = 0` },
  'a denominator that doubles': { before: doubling(60, '(x : R)', 'exp x', (d) => `${d}(x) + ${d}(x + 1)`), statement: `{f : R -> R} (x : R) given h : (x : R) : d60(x) = f(x) : recip d60(x) = f(x) * recip d60(x)` },
  'definitions that square': { before: doubling(60, '(x : R)', 'x + 1', (d) => `${d}(x) * ${d}(x)`), statement: `{f : R -> R} (x : R) given h : (x : R) : d60(3) = f(x) : d60(2) = 0` },
  'axes that double': { before: doubling(40, '[a, b] (x : R)', 'size a * x + size b', (d) => `${d}[a*(1+b), b+a](x)`), statement: `[a, b] {f : R -> R} (x : R) given h : (x : R) : d40[a, b](x) = f(x) : d40[a, b](x) = 0` },
  'loops in loops': { before: doubling(40, '[a] (x : R)', 'exp x', (d) => `fold i:a (s = x) ${d}[a](s + ${d}[a](s))`), statement: `[a] {f : R -> R} (x : R) given h : (x : R) : d40[a](x) = f(x) : d40[a](x) = 0` },
}; // prettier-ignore

const steps: Readonly<Record<string, string>> = {
  refl: 'refl',
  symm: 'symm',
  ring: 'ring',
  'ring, and on': 'ring\nrefl',
  tauto: 'tauto',
  normalise: 'normalise',
  positivity: 'positivity',
  field: 'field',
  linear: 'linear',
  hole: '?',
  unfold: 'unfold d60',
  rewrite: 'rewrite h',
  'rewrite backwards': 'rewrite <- h',
  'rewrite the third': 'rewrite h at 3',
  'rewrite many times': range(60)
    .map(() => 'rewrite h')
    .join('\n'),
  simp: 'simp h',
  'simp by two': 'simp h, add-zero',
  apply: 'apply h',
  'apply a theorem': 'apply add-comm',
  assumption: 'assumption',
  induction: 'induction a',
  cases: 'cases x < 0',
  'cases of cases': 'cases x < 0, x < 1, x < 2, x < 3',
  calc: 'calc f(x)\n  = f(x) + 0 by simp h\n  = 0 by simp h',
  have: 'have k (y : R) : y = f(y) by { simp h }\nsimp h',
};

const axioms = `axiom add-zero (x : R) : x + 0 = x\naxiom add-comm (x y : R) : x + y = y + x\n${cases}`;
const library = ({ before, statement }: Tower, proof: string): Case => ({
  _tag: 'Library',
  statements: [{ path: 'theorems/a.weft', text: `${axioms}\n${before}\ntheorem t ${statement}\n` }],
  proofs: [{ path: 'proofs/a.weft', text: `proof t\n${proof}\nqed\n` }],
});

export const tacticTowers: readonly (readonly [name: string, c: Case])[] = Object.entries(towers).flatMap(([what, t]) =>
  Object.entries(steps).map(([step, proof]) => [`${step}: ${what}`, library(t, proof)] as const),
);

// ---- certificates ---------------------------------------------------------------------------------------------------------

const certificate = (records: readonly string[], last = 'qed 0'): Case => ({
  _tag: 'Certificate',
  certificates: [{ path: 't.cert', text: ['weft-certificate 1', 'theorem "t"', ...records, last, ''].join('\n') }],
  statements: [{ path: 'theorems/a.weft', text: 'theorem t (x : R) : x = x\n' }],
});
const up = (n: number, record: (i: number) => string | readonly string[]): readonly string[] =>
  range(n).flatMap((i) => record(i));

/** a0 and a1 are variables, a2 their sum, a3 1; o0 is R, o1 R * R, o2 R[a0], o3 the unit */
const start = ['v "a" - +', 'v "b" - +', 'a v 0', 'a v 1', 'a + 0 1', 'a 1', 'o (R)', 'o (R) (R)', 'o (R 0)', 'o'];
/** t0 neg, t1 add, t2 copy R, t3 copy R ; add, t4 exp */
const scalars = [...start, 't op neg', 't op add', 't copy 0', 't ; 2 1', 't op exp'];
const eq = (n: number): readonly string[] => [`t ; 0 ${n}`, `t ; ${n} 0`, `s eq ${n + 1} ${n + 2}`];
const height = 60;

const certificates: Readonly<Record<string, readonly string[]>> = {
  'a *: squares of a sum': [...start, ...up(height, (i) => `a * ${i === 0 ? 2 : i + 3} ${i === 0 ? 2 : i + 3}`)],
  'a *: a sum times the last': [...start, ...up(2000, (i) => `a * 2 ${i === 0 ? 2 : i + 3}`)],
  'a +: doubled': [...start, ...up(height, (i) => `a + ${i + 3} ${i + 3}`)],
  'a: a long sum, times many': [...start, ...up(1900, (i) => `a + ${i === 0 ? 0 : i + 3} 1`), ...up(2000, (i) => `a * ${i === 0 ? 1902 : 1903 + i} 0`)],
  'a: sums in sums': [...start, ...up(1000, (i) => [`a + ${i === 0 ? 2 : 3 + 2 * i} 3`, `a * 0 ${4 + 2 * i}`])],
  'o: many axes that are sums': [...start, `o (R ${'2 '.repeat(150)}2)`, 't id 4', 't neg', 's eq 0 0'].filter((r) => r !== 't neg'),
  'o: many arrays': [...start, `o ${'(R 2 2 2) '.repeat(1999)}(R)`, 't copy 4', 't id 4', 't * 1 1', 't ; 0 2', 's eq 3 3', 's eq 0 3'],
  't ;: doubled': [...scalars, ...up(height, (i) => `t ; ${i === 0 ? 4 : i + 4} ${i === 0 ? 4 : i + 4}`), ...eq(64)],
  't *: doubled': [...scalars, ...up(height, (i) => `t * ${i + 4} ${i + 4}`), ...eq(64)],
  't const: squared': [...scalars, 't op mul', 't ; 2 5', 't const 3', ...up(height, (i) => `t ; ${i + 7} 6`), 't const 0', `s eq ${height + 7} ${height + 8}`],
  't const: fractions squared': [...scalars, 't op mul', 't ; 2 5', 't const 1/3', ...up(height, (i) => `t ; ${i + 7} 6`), 't const 0', `s eq ${height + 7} ${height + 8}`],
  't size: squared': [...scalars, 't op mul', 't ; 2 5', 't size 2', ...up(height, (i) => `t ; ${i + 7} 6`), 't const 0', `s eq ${height + 7} ${height + 8}`],
  't size: of a tower': [...start, ...up(200, (i) => `a * 2 ${i === 0 ? 2 : i + 3}`), 't size 203', 't const 0', 's eq 0 1'],
  't position: of a tower': [...start, ...up(14, (i) => `a * 2 ${i === 0 ? 2 : i + 3}`), 't position 17', 't position 17', 's eq 0 0', 't del 0', 's eq 0 2'],
  't map: of a map': [...scalars, ...up(height, (i) => `t map 2 ${i + 4}`), ...eq(64), `t map 3 64`, 's eq 64 67', 's eq 67 64'],
  't map: of many blocks': [...start, ...up(10, (i) => `a * 2 ${i === 0 ? 2 : i + 3}`), 't op exp', 't map 13 0', 't map 3 1', 's eq 1 2', 't map 13 2', 't map 13 4', 's eq 4 5'],
  't repeat, diag, exchange, first': [...start, ...up(9, (i) => `a * 2 ${i === 0 ? 2 : i + 3}`), 't repeat 12 0', 't repeat 12 2', 't diag 12 0', 't exchange 12 12 0', 't first 12 0', 't ; 3 3', 's eq 3 5'],
  't split, concat, tile, flatten': [...start, ...up(9, (i) => `a * 2 ${i === 0 ? 2 : i + 3}`), 't split 12 12 0', 't concat 12 12 0', 't ; 0 1', 's eq 2 2', 't ; 1 0', 's eq 2 3', 't tile 12 2 0', 't flatten 12 2 0', 't ; 4 5', 's eq 6 6', 't ; 6 6', 's eq 6 7'],
  't scan: of a scan': [...scalars, ...up(height, (i) => `t scan ${i % 2 === 0 ? 2 : 0} 0 ${i === 0 ? 3 : i + 4}`)],
  't scan: over a long sum': [...scalars, ...up(1900, (i) => `a + ${i === 0 ? 3 : i + 3} 3`), 't scan 1903 0 4', 't ; 5 5', 's eq 5 5', 't ; 4 5', 's eq 5 7'],
  't scan: of a doubled step': [...scalars, ...up(20, (i) => [`t ; ${i === 0 ? 4 : 3 + 2 * i + 1} 3`, `t scan 2 0 ${5 + 2 * i}`]), 's eq 44 43'],
  'd and t call: doubled': [...scalars, 'd "d" () () () 4', 't call 0 () () ()', ...up(height, (i) => [`t ; ${5 + 2 * i} ${5 + 2 * i}`, `d "d${i}" () () () ${6 + 2 * i}`, `t call ${i + 1} () () ()`]), `s def ${height} () () ()`, `t ; 0 ${5 + 2 * height}`, `s eq ${6 + 2 * height} ${5 + 2 * height}`],
  'd and t call: axes doubled': [...start, 't size 0', 'd "d" (0) () () 0', 'a * 0 2', ...up(height, (i) => [`t call ${i} (4) () ()`, `d "d${i}" (0 1) () () ${i + 1}`])],
  'm and t var: many axes': [...start, ...up(100, (i) => `a * 2 ${i === 0 ? 2 : i + 3}`), 'o (R 103 103)', 'm "h" (0) 4 0', 't var 0 (103)', 't ; 0 0', 's eq 0 0'],
  'f and s inst: doubled': [...scalars, 'm "h" () 0 0', 't var 0 ()', 't ; 5 5', 's eq 6 6', 'f () 6', ...up(height, (i) => `s inst ${i} () () (0 0)`)],
  's inst: axes squared': [...start, 't size 0', 's eq 0 0', 'a * 0 2', ...up(height, (i) => `s inst ${i} (0 4) () ()`)],
  's inst: objects doubled': [...start, 'o ("A")', 'o ("A") ("A")', 't id 4', 's eq 0 0', ...up(height, (i) => `s inst ${i} () ("A" 5) ()`)],
  'h, s assume and s cut': [...scalars, ...up(40, (i) => `t ; ${i === 0 ? 4 : i + 4} ${i === 0 ? 4 : i + 4}`), 'h () 44 0', 's assume 0 ()', 's sym 0', 's trans 0 1', 's cut 0 0 ()', 's eq 44 0'],
  's ; and s *: doubled': [...scalars, 's eq 4 4', ...up(height, (i) => `s ; ${i} ${i}`), ...up(height, (i) => `s * ${height + i} ${height + i}`)],
  's map and s scan: doubled': [...scalars, 's eq 3 3', 's eq 4 4', ...up(height, (i) => `s map 2 ${i + 1}`), 's scan 2 0 1', ...up(height, (i) => `s scan 2 0 ${i + 62}`)],
  's ind: of a tower': [...start, ...up(40, (i) => `a * 2 ${i === 0 ? 2 : i + 3}`), 't size 43', 's eq 0 0', 's ind 0 0 0 0 0 right'],
}; // prettier-ignore

export const recordTowers: readonly (readonly [name: string, c: Case])[] = Object.entries(certificates).map(
  ([name, records]) => [name, certificate(records)] as const,
);
