// Words of steps that fail for a reason which the goal does not show: a theorem of several equations, and what is made inside a loop. Each has its twin.
import { describe, expect, it } from 'vitest';
import { type Check, checkTexts } from 'weft';

const statements = `axiom add-comm (x y : R) : x + y = y + x
axiom mul-comm (x y : R) : x * y = y * x
axiom arrays [n] (z w : R[n]) : map n (z[n] * w[n]) = map n (w[n] * z[n])
axiom pair (x y : R) : (x + y, x * y) = (y + x, y * x)
`;
const check = (theorem: string, steps: string): Check =>
  checkTexts([
    { path: 'theorems/a.weft', text: `${statements}theorem t ${theorem}\n` },
    { path: 'proofs/a.weft', text: `proof t\n${steps}\nqed\n` },
  ]);
const said = (theorem: string, steps: string): string => check(theorem, steps).messages.join('\n').replace(/\s+/g, ' ');

describe('a theorem of several equations', () => {
  const row =
    '[q] (x y : R[q]) : (map q (x[q] + y[q]), map q (x[q] * y[q])) = (map q (y[q] + x[q]), map q (y[q] * x[q]))';
  it('is named in the goal that a rewrite by it leaves', () => {
    for (const steps of [' rewrite pair', ' rewrite pair\n ?'])
      expect(said(row, steps)).toContain('`pair` states several equations at once: a rewrite looks for the first');
  });
  it('is not named where equations of one output are used', () => {
    expect(check(row, ' rewrite add-comm\n rewrite mul-comm').ok).toBe(true);
    expect(said(row, ' rewrite add-comm')).toContain('this goal is left');
    expect(said(row, ' rewrite add-comm')).not.toContain('several equations');
  });
});

describe('what is made inside a loop', () => {
  it.each([
    [
      'by its wires',
      '[n] (x y : R[n]) : scan n (s = 0) (s + x[n], (s * s) * y[n]) = scan n (s = 0) (s + x[n], y[n] * (s * s))',
      'is made from `x` and `y` inside a loop, and is read outside of it along `n`',
    ],
    [
      'of another name',
      '[k] (height : R[k]) : scan k (s = 0) (s + height[k], map i:k (s * height[i])) = scan k (s = 0) (s + height[k], map i:k (height[i] * s))',
      'is made from `height` inside a loop, and is read outside of it along `k`',
    ],
  ])('is named %s, and by no name that Weft made', (_, theorem, words) => {
    const text = said(theorem, ' rewrite arrays');
    expect(text).toContain('E-MATCH');
    expect(text).toContain(words);
    expect(text).not.toContain('#');
  });
  it('is rewritten by an equation of its elements', () => {
    expect(
      check(
        '[n] (x y : R[n]) : scan n (s = 0) (s + x[n], s * y[n]) = scan n (s = 0) (s + x[n], y[n] * s)',
        ' rewrite mul-comm',
      ).ok,
    ).toBe(true);
  });
});
