// `unfold`: the body of a definition in place of its calls, as a goal shows it; where nothing calls it, a refusal. Each refusal has its accepted twin.
import { describe, expect, it } from 'vitest';
import { checkTexts } from 'weft';

const statements = `axiom add-zero (x : R) : x + 0 = x
axiom add-comm (x y : R) : x + y = y + x
def max2 (x y : R) : R := if x < y then y else x
def max [n] (x : R[n]) : R := fold i:n (m = first x) (max2(m, x[i]))
def sum [n] (x : R[n]) : R := fold n (s = 0) (s + x[n])
def two (x : R) : R := 2 * x
def four (x : R) : R := two(two(x))
def twice {A, f : A -> A} := f ; f
`;
const goalOf = (theorem: string, steps: string): string =>
  checkTexts([
    { path: 'theorems/a.weft', text: `${statements}theorem t ${theorem}\n` },
    { path: 'proofs/a.weft', text: `proof t\n${steps}\n ?\nqed\n` },
  ])
    .messages.join('\n')
    .replace(/\s+/g, ' ');

describe('unfold', () => {
  it.each([
    ['a call', '(x : R) : two(x) + 0 = two(x)', 'unfold two', '2 * x + 0 = 2 * x'],
    [
      'a call inside another definition only when that is unfolded',
      '(x : R) : four(x) + 0 = four(x)',
      'unfold four',
      'two(two(x)) + 0 = two(two(x))',
    ],
    [
      'both, one after the other',
      '(x : R) : four(x) + 0 = four(x)',
      'unfold four unfold two',
      '2 * (2 * x) + 0 = 2 * (2 * x)',
    ],
    [
      'a call in an argument that is a diagram',
      '(x : R) : twice{two}(x) + 0 = twice{two}(x)',
      'unfold two',
      'twice{fun (x : R) => 2 * x}(x)',
    ],
    [
      'what the goal has a notation for',
      '[n] (x : R[n]) : sum(x) + 0 = sum(x)',
      'unfold sum',
      'fold n (s = 0) s + x[n]',
    ],
    [
      'what a rewrite has unfolded',
      '[n] (x : R[n]) : max n (x[n]) + 0 = max(x)',
      'rewrite add-zero unfold max',
      '= fold n (s = first x) max2(s, x[n])',
    ],
  ])('shows the body in place of the call: %s', (_, theorem, steps, shown) => {
    const goal = goalOf(theorem, ` ${steps}`);
    expect(goal).toContain('a hole is open');
    expect(goal).toContain(shown);
  });
  it.each([
    [
      'a definition that only another one calls',
      '(x : R) : four(x) + 0 = four(x)',
      'unfold two',
      'E-MATCH `two` stands nowhere in the goal',
    ],
    [
      'a definition that nothing calls',
      '(x : R) : x + 0 = x',
      'unfold two',
      'E-MATCH `two` stands nowhere in the goal',
    ],
    [
      'the same twice',
      '(x : R) : two(x) + 0 = two(x)',
      'unfold two unfold two',
      'E-MATCH `two` stands nowhere in the goal',
    ],
    ['a name that is none', '(x : R) : two(x) + 0 = two(x)', 'unfold tow', 'E-SCOPE there is no definition `tow`'],
  ])('refuses %s', (_, theorem, steps, said) => {
    expect(goalOf(theorem, ` ${steps}`)).toContain(said);
  });
  it('changes no verdict', () => {
    const text = `${statements}theorem t (x y : R) : exp(two(x + y)) = exp(two(y + x))`;
    const status = (steps: string): string | undefined =>
      checkTexts([
        { path: 'theorems/a.weft', text },
        { path: 'proofs/a.weft', text: `proof t\n${steps}\nqed` },
      ]).theorems.find((t) => t.name === 't')?.status;
    expect(status(' unfold two\n rewrite add-comm')).toBe('proved');
    expect(status(' unfold two')).toBe('rejected');
  });
});
