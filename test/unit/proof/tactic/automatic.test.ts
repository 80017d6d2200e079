// Steps that take nothing but the goal: normalise, positivity, field, linear, and ring where steps follow. Each refusal has a code and an accepted twin; what is
// drawn at random is compared with fractions and with numbers.
import fs from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';

const file = (path: string) => ({ path, text: fs.readFileSync(path, 'utf8') });
const names = ['axioms', 'ring', 'order', 'reductions'];
const statements = names.map((n) => file(`theorems/${n}.weft`));
const proofs = names.slice(1).map((n) => file(`proofs/${n}.weft`));

type Goal = readonly [statement: string, step: string];
/** All checked at once; `alone` names those that are checked with what they rest on, and nothing else. */
function checked(goals: readonly Goal[], alone?: (goal: Goal, i: number) => string): Library {
  const text = goals.map(([s], i) => `theorem goal${i} ${s}\n`).join('');
  const steps = goals.map(([, step], i) => `proof goal${i}\n  ${step}\nqed\n`).join('');
  return checkLibrary(
    [...statements, { path: 'theorems/t.weft', text: `import "reductions.weft"\n${text}` }],
    [...proofs, { path: 'proofs/t.weft', text: `import "reductions.weft"\n${steps}` }],
    alone ? { only: () => goals.map(alone) } : {},
  );
}
/** The verdict of each. */
function outcomes(goals: readonly Goal[]): readonly string[] {
  const { theorems, diagnostics } = checked(goals);
  expect(diagnostics.filter((d) => d.file === 'theorems/t.weft' && d.code !== 'E-VACUOUS')).toEqual([]);
  return goals.map((_, i) => {
    const t = theorems.find((r) => r.name === `goal${i}`);
    return t?.code === undefined ? `${t?.status}` : `${t.status} ${t.code}`;
  });
}

/** a goal, the step, what is said */
const table: readonly (readonly [string, string, string])[] = [
  ['() : recip 2 = 1/2', 'normalise', 'proved'],
  ['() : recip 2 = 1/3', 'normalise', 'rejected E-EQ'],
  ['() : recip 0 = 0', 'normalise', 'proved'],
  ['() : (1/3 < 2/5) = true', 'normalise', 'proved'],
  ['() : (1/3 < 1/3) = true', 'normalise', 'rejected E-EQ'],
  ['() : recip(-3) * exp 0 + log 1 = -1/3', 'normalise', 'proved'],
  ['() : recip(recip(recip(7/2))) = 2/7', 'normalise', 'proved'],
  ['[n] (x : R[n]) : map n (x[n] * recip 4) = map n (if 1 < 2 then x[n] / 4 else 0)', 'normalise', 'proved'],
  ['(x y : R) : recip x = y', 'normalise', 'rejected E-MATCH'],
  ['(x : R) : x * recip 2 + x / 2 = x', 'normalise\n  ring', 'proved'],
  ['() : (0 < 123456789012345678901234567890) = true', 'normalise', 'proved'],

  ['(x y : R) : 0 < exp x + y * y = true', 'positivity', 'proved'],
  ['(x y : R) : 0 < exp x + y = true', 'positivity', 'rejected E-EQ'],
  ['(x y : R) : (x * x + y * y < 0) = false', 'positivity', 'proved'],
  ['(x y : R) : (x * x - y * y < 0) = false', 'positivity', 'rejected E-EQ'],
  ['(x y : R) : (exp x * recip(1 + exp y) == 0) = false', 'positivity', 'proved'],
  ['(x : R) : (x * x == 0) = false', 'positivity', 'rejected E-EQ'],
  ['(x y : R) : (if 0 < x and not (y < 0) then 0 < x * 3/7 + y else true) = true', 'positivity', 'proved'],
  ['(x y : R) : (if 0 < x or not (y < 0) then 0 < x * 3/7 + y else true) = true', 'positivity', 'rejected E-EQ'],
  ['[n] (x : R) : 0 < 2 * size n + sqrt x = true', 'positivity', 'proved'],
  ['[n?] (x : R) : 0 < 2 * size n + sqrt x = true', 'positivity', 'rejected E-EQ'],
  ['(b : B, x : R) : 0 < (if b then exp x else 5) = true', 'positivity', 'proved'],
  ['() : (-5 == 0) = false', 'positivity', 'proved'],
  ['(x : R) : exp x = exp x + 0', 'positivity', 'rejected E-MATCH'],
  ['(x : R) : 0 < sqrt(1 + x * x) = true', 'positivity', 'proved'],
  ['(x : R) : 0 < sqrt(x * x) = true', 'positivity', 'rejected E-EQ'],
  // sums: of any size, within others, from any start; the element says all, also what it reads outside
  ['[n?] (x : R[n]) : (sum n (x[n] * x[n]) < 0) = false', 'positivity', 'proved'],
  ['[n?] (x : R[n]) : (sum n (x[n]) < 0) = false', 'positivity', 'rejected E-EQ'],
  ['[n] (x : R[n]) : 0 < sum n (exp(x[n])) = true', 'positivity', 'proved'],
  ['[n?] (x : R[n]) : 0 < sum n (exp(x[n])) = true', 'positivity', 'rejected E-EQ'],
  ['[n?] (x : R[n]) : 0 < fold n (s = 1) (s + x[n] * x[n]) = true', 'positivity', 'proved'],
  ['[n?] (x : R[n]) : 0 < fold n (s = 1) (s - x[n] * x[n]) = true', 'positivity', 'rejected E-EQ'],
  ['[n] (x : R[n]) : 0 < fold n (s = 1) (s + s * x[n]) = true', 'positivity', 'rejected E-EQ'],
  ['[n, m?] (x : R[n m], y : R) : 0 < exp y + sum n (sum m (x[n, m] * x[n, m])) = true', 'positivity', 'proved'],
  ['[n, m?] (x : R[n m], y : R) : 0 < y + sum n (sum m (x[n, m] * x[n, m])) = true', 'positivity', 'rejected E-EQ'],
  ['[n] (x : R[n], y : R) : (sum n (exp(x[n]) / (1 + exp y)) == 0) = false', 'positivity', 'proved'],
  ['[n] (x : R[n], y : R) : (sum n (exp(x[n]) / (1 + y)) == 0) = false', 'positivity', 'rejected E-EQ'],
  ['[n] (y : R) : 0 < sum i:n (exp y) = true', 'positivity', 'proved'],
  ['[a, b] (x : R[a], y : R[b]) : 0 < sum i:(a+b) (exp((x ++ y)[i])) = true', 'positivity', 'proved'],
  ['[n] (x : R[n], y : R) : (if 0 < y then 0 < y + sum n (x[n] * x[n]) else true) = true', 'positivity', 'proved'],

  ['(x y : R) : x / exp y + 1 = (x + exp y) / exp y', 'field', 'proved'],
  ['(x y : R) : x / exp y + 1 = (x + 2 * exp y) / exp y', 'field', 'rejected E-EQ'],
  [
    '(x y z : R) : x / (1 + exp y) + z / exp z = (x * exp z + z * (1 + exp y)) / ((1 + exp y) * exp z)',
    'field',
    'proved',
  ],
  ['(x y : R) : x / (exp y * exp y) = (x / exp y) / exp y', 'field', 'proved'],
  ['(x y : R) : x / y + 1 = (x + y) / y', 'field', 'rejected E-SIDE'],
  ['(x y : R) : x + y = y + x', 'field', 'rejected E-MATCH'],
  ['(x y z : R) given h : (y : R) : (y == 0) = false : x / y + 1 = (x + y) / y', 'field { rewrite h }', 'proved'],

  ['[n] (x y : R[n], c : R) : sum n (c * (x[n] - 2 * y[n])) = c * sum(x) - sum(y) * c * 2', 'linear', 'proved'],
  ['[n] (x y : R[n], c : R) : sum n (c * (x[n] - 2 * y[n])) = c * sum(x) - sum(y) * c', 'linear', 'rejected E-EQ'],
  ['[m, n] (x : R[m], y : R[n]) : sum m (sum n (x[m] * y[n])) = sum(x) * sum(y)', 'linear', 'proved'],
  ['[n] (x y : R[n]) : sum n (x[n] * y[n]) = sum(x) * sum(y)', 'linear', 'rejected E-MATCH'],
  ['[n] (x : R[n], c : R) : sum n (c + x[n]) = c * size n + sum(x)', 'linear', 'proved'],
  ['[n] (x : R[n], c : R) : exp(sum n (c * x[n])) = exp(sum(x) * c)', 'linear', 'proved'],
  ['(x y : R) : sqrt(x) = y', 'linear', 'rejected E-MATCH'],
  [
    '[n] (x : R[n], c : R) given h : (x : R) : sqrt(x) = 0 : sqrt(sum n (c * x[n])) = 0',
    'linear\n  rewrite h',
    'proved',
  ],

  ['(x : R) given h : (x : R) : sqrt(x) = 0 : sqrt((x + 1) * 2) = 0', 'ring\n  rewrite h', 'proved'],
  ['(x y : R) : sqrt((x + 1) * 2) = y', 'ring\n  rewrite add-zero', 'rejected E-MATCH'],
  ['(x y : R) : x + y = y + x', 'ring\n  refl', 'rejected E-EQ'],
];

test('each step on its goals, and on goals that it must refuse', () => {
  const said = outcomes(table.map(([s, step]) => [s, step]));
  expect(table.map(([s, step], i) => `${step}: ${s}: ${said[i]!}`)).toEqual(
    table.map(([s, step, wanted]) => `${step}: ${s}: ${wanted}`),
  );
}, 120_000);

test('what a step cites without a name is listed for it: a check of one theorem knows what that rests on', () => {
  const proved = table.filter(([, , wanted]) => wanted === 'proved');
  const kinds = [...new Set(proved.map(([, step]) => step))];
  const missing = kinds.flatMap((kind) => {
    const {
      theorems,
      only,
      statements: said,
    } = checked(
      proved.flatMap(([s, step]): Goal[] => (step === kind ? [[s, step]] : [])),
      (_, i) => `goal${i}`,
    );
    const used = theorems.flatMap((t) => (t.name.startsWith('goal') ? t.uses : []));
    expect(used.length, kind).toBeGreaterThan(0);
    return used.filter((name) => !said.axioms.has(name) && !only!.has(name)).map((name) => `${kind}: ${name}`);
  });
  expect(missing).toEqual([]);
}, 240_000);

test('what is too large is given up', () => {
  const nested = (n: number, f: string, e: string): string => `${`${f}(`.repeat(n)}${e}${')'.repeat(n)}`;
  const powers = Array.from({ length: 41 }, () => 'exp x').join(' / ');
  const goals: readonly Goal[] = [
    [`() : ${nested(61, 'recip', '2')} = 1/2`, 'normalise'],
    [`(x : R) : 1 / ${powers} = 0`, 'field'],
  ];
  expect(outcomes(goals)).toEqual(['declined E-BUDGET', 'declined E-BUDGET']);
}, 120_000);

test('what is needed and not imported is named', () => {
  const { diagnostics } = checkLibrary(
    [{ path: 'theorems/t.weft', text: 'theorem t () : recip 2 = 1/2\n' }],
    [{ path: 'proofs/t.weft', text: 'proof t normalise qed' }],
  );
  expect(diagnostics.map((d) => [d.code, d.fact])).toMatchObject([
    ['E-SCOPE', { _tag: 'UnknownName', by: 'normalise' }],
  ]);
});

test('words of these steps are names elsewhere', () => {
  const goal = '(field linear : R) : field + linear = linear + field';
  expect(outcomes([[goal, 'rewrite add-comm with x := field, y := linear'], [goal, 'cases field < linear\n  { ring }\n  { ring }']])).toEqual(['proved', 'proved']); // prettier-ignore
});

// ---- at random -----------------------------------------------------------------------------------------------------------

const seed = Math.floor(Math.random() * 2 ** 31);
const sampled = <T>(of: fc.Arbitrary<T>, n: number): readonly T[] => fc.sample(of, { numRuns: n, seed });
const fraction = fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 12 }));
const shown = ([p, q]: readonly [number, number]): string => `(${p < 0 ? '-' : ''}${Math.abs(p)}/${q})`;

describe('against arithmetic', () => {
  test('normalise: comparisons and reciprocals of fractions are what they are, and nothing else', () => {
    const pairs = sampled(fc.tuple(fraction, fraction), 12);
    const goals = pairs.flatMap(([a, b]): readonly (readonly [Goal, boolean])[] => {
      const less = a[0] * b[1] < b[0] * a[1];
      const inverse = a[0] === 0 ? '0' : shown([Math.sign(a[0]) * a[1], Math.abs(a[0])]);
      return [
        [[`() : (${shown(a)} < ${shown(b)}) = true`, 'normalise'], less],
        [[`() : (${shown(a)} < ${shown(b)}) = false`, 'normalise'], !less],
        [[`() : recip ${shown(a)} = ${inverse}`, 'normalise'], true],
        [[`() : recip ${shown(a)} = ${inverse} + 1/1000`, 'normalise'], false],
      ];
    });
    const said = outcomes(goals.map(([g]) => g));
    expect(said, `seed ${seed}`).toEqual(goals.map(([, is]) => (is ? 'proved' : 'rejected E-EQ')));
  }, 120_000);

  interface Value {
    readonly text: string;
    readonly at: (x: number, y: number) => number;
  }
  /** Expressions that are positive by their form. */
  const positive: fc.Arbitrary<Value> = fc.letrec<{ e: Value }>((tie) => ({
    e: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Value>(
        { text: 'exp x', at: (x) => Math.exp(x) },
        { text: '(1 + y * y)', at: (_, y) => 1 + y * y },
        { text: '3/2', at: () => 1.5 },
      ),
      fc.tuple(tie('e'), tie('e')).map(([a, b]): Value => ({ text: `(${a.text} + ${b.text})`, at: (x, y) => a.at(x, y) + b.at(x, y) })),
      fc.tuple(tie('e'), tie('e')).map(([a, b]): Value => ({ text: `(${a.text} * ${b.text})`, at: (x, y) => a.at(x, y) * b.at(x, y) })),
      tie('e').map((a): Value => ({ text: `recip(${a.text})`, at: (x, y) => 1 / a.at(x, y) })),
    ),
  })).e; // prettier-ignore

  test('positivity: what is positive by its form is proved, its opposite is not', () => {
    const drawn = sampled(positive, 10);
    for (const e of drawn) for (const [x, y] of [[0, 0], [-1.5, 2], [2, -0.3]] as const) expect(e.at(x, y)).toBeGreaterThan(0); // prettier-ignore
    const goals = drawn.flatMap(({ text }): readonly Goal[] => [
      [`(x y : R) : 0 < ${text} = true`, 'positivity'],
      [`(x y : R) : (${text} == 0) = false`, 'positivity'],
      [`(x y : R) : 0 < -(${text}) = true`, 'positivity'],
    ]);
    expect(outcomes(goals), `seed ${seed}`).toEqual(drawn.flatMap(() => ['proved', 'proved', 'rejected E-EQ']));
  }, 120_000);

  test('field: sums of quotients on one denominator, and one that is off by a factor', () => {
    // a reciprocal inside of a denominator stays as it is
    const plain = positive.filter(({ text }) => !text.includes('recip') && text.length < 40);
    const drawn = sampled(fc.tuple(plain, plain), 4);
    const goals = drawn.flatMap(([{ text: d }, { text: e }]): readonly Goal[] => [
      [`(x y : R) : x / (${d}) - y / (${e}) = (x * (${e}) - y * (${d})) / ((${d}) * (${e}))`, 'field'],
      [`(x y : R) : x / (${d}) - y / (${e}) = (x * (${e}) - 2 * y * (${d})) / ((${d}) * (${e}))`, 'field'],
    ]);
    const said = outcomes(goals);
    said.forEach((s, i) =>
      expect(s, `${goals[i]![0]}, seed ${seed}`).toMatch(i % 2 === 0 ? /proved|E-BUDGET/ : /E-EQ|E-BUDGET/),
    );
    expect(said.filter((s) => s === 'proved').length).toBeGreaterThan(1);
  }, 120_000);

  test('linear: combinations of sums, and one that is off by one coefficient', () => {
    const drawn = sampled(fc.array(fc.integer({ min: -9, max: 9 }).filter((n) => n !== 0), { minLength: 3, maxLength: 3 }), 6); // prettier-ignore
    const goals = drawn.flatMap(([a, b, c]): readonly Goal[] => {
      const left = `[n] (x y : R[n], u v : R) : sum n (${a} * (u * x[n]) + v * (${b} * y[n] - x[n] * ${c}))`;
      const right = (k: number): string => `${a} * u * sum(x) + ${b} * v * sum(y) - ${k} * v * sum(x)`;
      return [[`${left} = ${right(c!)}`, 'linear'], [`${left} = ${right(c! + 1)}`, 'linear']]; // prettier-ignore
    });
    expect(outcomes(goals), `seed ${seed}`).toEqual(drawn.flatMap(() => ['proved', 'rejected E-EQ']));
  }, 120_000);
});
