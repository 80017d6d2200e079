// What a counterexample rests on: hypotheses that are known to hold in the model, and those that were only seen to; what is true is never called false.
import { describe, expect, test } from 'vitest';
import { counterexampleRecord, isConditional } from '../../../../src/diagnostic/counterexample.js';
import { Budget } from '../../../../src/proof/refute/evaluate.js';
import { onlySeen } from '../../../../src/proof/refute/certain.js';
import { valuesNear } from '../../../../src/proof/refute/constant.js';
import { DEFAULTS, plainModel, refute } from '../../../../src/proof/refute/search.js';
import type { Statement } from '../../../../src/proof/refute/statement.js';
import { part, statementOf } from './part.js';

const seed = Math.floor(Math.random() * 2 ** 31);
/** How many hypotheses of a statement without variables are not known to hold, at sizes 3 of its axes. */
function seen(given: string, params = ''): number {
  const s: Statement = statementOf(`theorem t ${params} (q : R) given p : ${given} : q = 0\n`);
  const model = plainModel(s);
  return onlySeen(model, new Map(model.axes.map((v) => [v, 3])), new Budget(1e6)).length;
}

describe('a hypothesis is known to hold', () => {
  test.each([
    ['structurally equal', '(x : R) : (let y = exp x in y) = exp x', 0],
    ['structurally equal at every size', 'for a (x : R[a]) : map a (exp(x[a])) = map a (exp(x[a]))', 0],
    ['a polynomial', '(x y : R) : (x + y) * (x - y) = x * x - y * y', 0],
    ['a false polynomial', '(x y : R) : (x + y) * (x - y) = x * x + y * y', 1],
    ['false at all but three points', '(x : R) : x * (x - 1) * (x - 2) = 0', 1],
    ['not a polynomial', '(x : R) : (if x < 7777 then x else x + 1) = x', 1],
    ['true, and not a polynomial', '(x : R) : (if x < 0 then x + 1 else 1 + x) = 1 + x', 1],
    ['truth values', '(a b : B) : (a or b) = (b or a)', 0],
    ['a truth value and a number', '(a : B, x : R) : (if a then x + 1 else 1 + x) = 1 + x', 0],
    ['a truth value and a number, false', '(a : B, x : R) : (if a then x + 1 else x) = 1 + x', 1],
    ['irrational', '(x : R) : exp(x + 1) = exp x * exp 1', 1],
  ])('%s', (_, given, expected) => {
    expect(seen(given)).toBe(expected);
  });
  test.each([
    ['a size', '() : size n = 3', 0],
    ['another size', '() : size n = 4', 1],
    ['an array', '(x : R[n]) : map n (2 * x[n]) = map n (x[n] + x[n])', 0],
  ])('%s', (_, given, expected) => {
    expect(seen(given, '[n]')).toBe(expected);
  });
});

describe('a counterexample', () => {
  const law = 'theorem t {f : R * R -> R} (y : R) given p : (x y : R) :';
  test.each([
    [`theorem t (x : R) : x = 0\n`, false],
    [`${law} f(x, y) = f(y, x) : f(y, 1) = 0\n`, false],
    [`${law} (if f(x, y) < x then x else f(x, y)) = f(x, y) : f(y, y) = 0\n`, true],
  ])('%s', (text, conditional) => {
    // one seed: which function is found first, and so whether its hypothesis is known, depends on it
    const { counterexample } = refute(statementOf(text), { ...DEFAULTS, seed: 7 });
    expect(counterexample && isConditional(counterexample)).toBe(conditional);
    expect(counterexampleRecord(counterexample!).conditional).toBe(conditional);
  });
});

describe('values near constants', () => {
  const near = (text: string): readonly string[] => {
    const { lhs, rhs } = statementOf(text);
    return valuesNear([lhs, rhs]).map(({ num, den }) => (den === 1n ? `${num}` : `${num}/${den}`));
  };
  test('are the constants, what is beside them, and what exp, log and sqrt make of them', () => {
    const values = near('theorem t (x : R) : x = 100\n');
    for (const v of ['100', '101', '99', '-100', '200', '50', '1/100', '10000', '10', '4', '5', '100001/1000'])
      expect(values).toContain(v);
    expect(values[0]).toBe('100');
  });
  test('are none where every search tries the constants anyway', () => {
    expect(near('theorem t (x : R) : x = 1 + 0 * x\n')).toEqual([]);
  });
});

test('no truth is called false', async () => {
  const { figures, failures } = await part({ full: false, seed });
  expect(failures, `seed ${seed}`).toEqual([]);
  const value = (name: string): number => figures.find((f) => f.name === name)!.value;
  expect(value('refuted truths')).toBe(0);
  expect(value('statements of the library searched')).toBeGreaterThan(15);
  expect(value('truths at the edges of float64 searched')).toBeGreaterThan(100);
}, 120_000);
