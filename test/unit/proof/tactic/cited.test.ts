// Citing a theorem whose variables have the names of the goal's, and rewriting an array of which the goal shows one element.
import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { checkLibrary } from '../../../../src/proof/script/check.js';

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

test('the axes of a cited theorem are not those of the goal with the same name', () => {
  const total = 'fold j:m (u = 0) (u + y[i, j])';
  const goal = `theorem goal [m, k] (y : R[k m], w : R) : fold i:k (s = w) (s + ${total}) = w`;
  const proof =
    'proof goal rewrite keeps with A := R[m], e := 1, v := repeat[1] w, f := fun (a : R[m]) => fold j:m (u = 0) (u + a[j]) qed';
  expect(status(goal, proof)).toBe('proved');
  expect(status(goal.replace('(u = 0)', '(u = 1)'), proof)).toContain('E-MATCH');
});

test("an element of the equation's array is found where only wires are applied to its index", () => {
  const element =
    'theorem goal [n, e, q] (v : R[q n e]) : map a:q, c:e (fold i:n (s = 0) (s + v[a, i, c])) = map a:q, c:e (fold i:n (s = 1) (s + v[a, i, c]))';
  expect(status(element, 'proof goal rewrite flips qed')).toBe('proved');
  const other = element.replace('(s = 1)', '(s = 2)');
  expect(status(other, 'proof goal rewrite flips qed')).toContain('E-EQ');
});

test('an identity that ring proved before is cited again by the theorem that uses it again', () => {
  const file = (path: string) => ({ path, text: readFileSync(path, 'utf8') });
  const twice = ['one', 'two'].map((name) => `theorem ${name} (x y : R) : (x + y) * x = x * y + x * x`).join('\n');
  const { theorems } = checkLibrary(
    [
      file('theorems/axioms.weft'),
      file('theorems/ring.weft'),
      { path: 'theorems/t.weft', text: `import "ring.weft"\n${twice}` },
    ],
    [
      file('proofs/ring.weft'),
      { path: 'proofs/t.weft', text: 'import "ring.weft" proof one ring qed proof two ring qed' },
    ],
  );
  const uses = (name: string) => theorems.find((t) => t.name === name)?.uses;
  expect(uses('one')).toContain('ring-expand');
  expect(uses('two')).toEqual(uses('one'));
});
