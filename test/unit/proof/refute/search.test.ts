// The search: what it finds is small and certain, hypotheses are respected, the same seed gives the same answer, and a true statement is left.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { counterexampleLines, counterexampleText } from '../../../../src/diagnostic/counterexample.js';
import { DEFAULTS, type Limits, type Outcome, refute } from '../../../../src/proof/refute/search.js';
import { type Statement, ofLaw } from '../../../../src/proof/refute/statement.js';
import { readStatements } from '../../../../src/proof/script/statements.js';
import { cases } from '../../../support/corpus.js';

const seed = Math.floor(Math.random() * 2 ** 31);
const limits: Limits = { ...DEFAULTS, seed };

function stated(text: string): Statement {
  const { stated: all, diagnostics } = readStatements([{ path: 'theorems/t.weft', text }]);
  const last = [...all.values()].at(-1)?.law;
  if (!last) throw new Error(JSON.stringify(diagnostics.map((d) => d.fact._tag)));
  return ofLaw(last);
}
const found = (text: string, own: Partial<Limits> = {}): Outcome => refute(stated(text), { ...limits, ...own });
const said = (text: string): string | undefined => {
  const { counterexample } = found(text);
  return counterexample && counterexampleText(counterexample);
};
const sum = 'def sum [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])\n';

describe('the smallest counterexample', () => {
  // where several are as small, one of them
  test.each<[string, ...string[]]>([
    ['theorem t (x : R) : x / x = 1', 'x = 0: the left side is 0, the right side 1'],
    [
      'theorem t (x : R) : x * x = x',
      'x = -1: the left side is 1, the right side -1',
      'x = 2: the left side is 4, the right side 2',
    ],
    [
      'theorem t (x y : R) : x - y = y - x',
      'x = 0, y = 1: the left side is -1, the right side 1',
      'x = 1, y = 0: the left side is 1, the right side -1',
    ],
    ['theorem t (x : B) : x = true', 'x = false: the left side is false, the right side true'],
    ['theorem t () : 1 = 2', 'the left side is 1, the right side 2'],
    [`${sum}theorem t [n] (x : R[n]) : sum(x) = first x`, 'n = 2, x = [0, 1]: the left side is 1, the right side 0'],
    [
      'theorem t [n] (x : R[n]) : map n (x[n] * 2) = x',
      'n = 1, x = [1]: at index [0] the left side is 2, the right side 1',
    ],
    ['theorem t (x : R) : exp x = 1', 'x = 1: the left side is about 2.71828, the right side 1'],
    [
      'theorem t (x y : R) : (x, y) = (x, x)',
      'x = 0, y = 1: at output 2 the left side is 1, the right side 0',
      'x = 1, y = 0: at output 2 the left side is 0, the right side 1',
    ],
    [
      'theorem t {f : R -> R} (x : R) : f(x) = x',
      'f(x1) = 0, x = 1: the left side is 0, the right side 1',
      'f(x1) = 1, x = 0: the left side is 1, the right side 0',
    ],
  ])('%s', (text, ...wanted) => {
    expect(wanted, `seed ${seed}`).toContain(said(text));
  });
});

describe('a true statement', () => {
  test.each([
    'theorem t (x y : R) : (x + y) * (x - y) = x * x - y * y',
    'theorem t (x : R) : x * recip x = if x == 0 then 0 else 1',
    'theorem t (x y : R) : exp(x + y) = exp x * exp y',
    'theorem t (x : R) : sqrt x * sqrt x = if 0 < x then x else 0',
    `${sum}theorem t [a?, b?] (x : R[a], y : R[b]) : sum(x ++ y) = sum(y) + sum(x)`,
    'theorem t {A, C, f : A -> C, g : A -> C} (x : A)\n  given same : (y : A) : f(y) = g(y)\n  : (f(x), g(x)) = (g(x), f(x))',
  ])('%s', (text) => {
    const outcome = found(text);
    expect(outcome.counterexample && counterexampleText(outcome.counterexample), `seed ${seed}`).toBeUndefined();
    expect(outcome.evaluated).toBeGreaterThan(100);
  });
});

describe('hypotheses', () => {
  const law = 'theorem t {f : R * R -> R} (x y z : R)\n';
  const associative = '  given assoc : (x y z : R) : f(f(x, y), z) = f(x, f(y, z))\n';
  test('choose the diagrams: an associative operation need not be commutative', () => {
    expect(found(`${law}${associative}  : f(x, y) = f(y, x)`).counterexample).toBeDefined();
    expect(found(`${law}${associative}  : f(f(x, y), z) = f(x, f(y, z))`).counterexample).toBeUndefined();
    expect(found(`${law}  : f(f(x, y), z) = f(x, f(y, z))`).counterexample).toBeDefined();
  });
  test('that nothing satisfies leave nothing to evaluate', () => {
    const outcome = found('theorem t {f : R -> R} (x : R)\n  given never : (y : R) : f(y) = f(y) + 1\n  : x = 0');
    expect(outcome).toMatchObject({ counterexample: undefined, evaluated: 0 });
    expect(outcome.unmet).toBeGreaterThan(0);
  });
  test('about sizes are met at the sizes that they allow', () => {
    const text = `${sum}theorem t [r?, n] (x : R[r], y : R[n])\n  given none : () : size r = 0\n`;
    expect(found(`${text}  : sum(x ++ y) = sum(y)`)).toMatchObject({ counterexample: undefined });
    expect(found(`${text}  : sum(x ++ y) = sum(y)`).evaluated).toBeGreaterThan(0);
    const { counterexample } = found(`${text}  : sum(x ++ y) = sum(x)`);
    expect([...counterexample!.sizes].map(([v, n]) => `${v.name}=${n}`).sort()).toEqual(['n=1', 'r=0']);
  });
});

describe('the page', () => {
  test.each([
    ['F34', 'cancel'],
    ['F10', 'between'],
  ])('shows what is found for %s, which it calls %s', (id, name) => {
    const page = readFileSync(new URL('../../../../docs/how-to/refute.md', import.meta.url), 'utf8');
    const file = cases().find((c) => c.kind === 'reject' && c.id === id)!.statements[0]!;
    const law = readStatements([{ ...file, text: file.text.replace(/^import .*$/gm, '') }]).stated.get(id)!.law!;
    const { counterexample } = refute(ofLaw(law), { ...DEFAULTS, seed: 3 });
    const lines = counterexampleLines(counterexample!).map((l) => `  ${l}\n`);
    expect(page).toContain(`${name} is false:\n${lines.join('')}\`\`\``);
  });
});

describe('limits', () => {
  const text = `${sum}theorem t [n] (x y : R[n]) : sum n (x[n] * y[n]) = sum(x) * sum(y)`;
  const line = (own: Partial<Limits>): string => {
    const { counterexample, evaluated, exact, unmet } = found(text, own);
    return JSON.stringify([counterexample && counterexampleText(counterexample), evaluated, exact, unmet]);
  };
  test('the same seed gives the same answer', () => {
    for (const own of [1, 2, seed]) expect(line({ seed: own })).toBe(line({ seed: own }));
    const models =
      'theorem t {A, f : A -> A, g : A -> A} (x : A)\n  given once : (y : A) : f(f(y)) = f(y)\n  : f(g(x)) = g(f(x))';
    const texts = [1, 1].map((own) => counterexampleText(found(models, { seed: own }).counterexample!));
    expect(texts[0]).toBe(texts[1]);
  });
  test('tries and work end the search', () => {
    expect(found('theorem t (x : R) : x = x + 0', { tries: 7 }).evaluated).toBe(7);
    expect(found('theorem t (x : R) : x = x + 0', { work: 40 }).evaluated).toBeLessThan(20);
  });
});
