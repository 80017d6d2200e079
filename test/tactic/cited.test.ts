// Citing a theorem whose variables have the names of the goal's, and rewriting an array of which the goal shows one element.
import { expect, test } from 'vitest';
import { checkLibrary } from '../../src/script/check.js';

const laws = `
axiom add-comm (x y : R) : x + y = y + x
axiom keeps [m, e] {A, f : A -> R} (x : A[m], v : R[e]) : map c:e (fold i:m (s = v[c]) (s + f(x[i]))) = v
axiom flips [n, e] (v : R[n e]) : map c:e (fold i:n (s = 0) (s + v[i, c])) = map c:e (fold i:n (s = 1) (s + v[i, c]))
`;

function status(statement: string, proof: string): string {
  const files = [{ path: 'theorems/t.weft', text: laws + statement }];
  const { theorems, diagnostics } = checkLibrary(files, [{ path: 'proofs/t.weft', text: proof }]);
  const [t] = theorems.filter((r) => r.name === 'goal');
  return `${t?.status}${diagnostics.map((d) => ` ${d.code ?? d.severity}`).join('')}`;
}

const rows = 'theorem goal [m, k] {A} (y : R[m k], w : R[m]) : map j:m (fold i:k (s = w[j]) (s + y[j, i])) = w';

test('the axes of a cited theorem are not those of the goal with the same name', () => {
  const good = 'proof goal rewrite keeps with A := R[m], f := fun (a : R[m]) => first a, v := w, x := map i:k, j:m (y[j, i]) qed';
  // twin: over one axis m there are no two to mix up
  expect(status(rows, 'proof goal rewrite keeps with A := R[k], f := fun (a : R[k]) => first a, v := w qed')).toContain('E-MATCH');
  const scalar = 'theorem goal [m, k] (y : R[k m], w : R) : fold i:k (s = w) (s + first(y[i])) = w';
  expect(status(scalar, good.replace('v := w', 'v := repeat[1] w').replace('map i:k, j:m (y[j, i])', 'y'))).toBe('proved');
});

test('an element of the equation\'s array is found where only wires are applied to its index', () => {
  const element = 'theorem goal [n, e, q] (v : R[q n e]) : map a:q, c:e (fold i:n (s = 0) (s + v[a, i, c])) = map a:q, c:e (fold i:n (s = 1) (s + v[a, i, c]))';
  expect(status(element, 'proof goal rewrite flips qed')).toBe('proved');
  const other = element.replace('(s = 1)', '(s = 2)');
  expect(status(other, 'proof goal rewrite flips qed')).toContain('E-EQ');
});
