// Closing goals: cases on several conditions, and ring where a side is a lone atom. The library's own ring lemmas are proved first.
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { checkLibrary } from '../../../../src/proof/script/check.js';

const file = (path: string) => ({ path, text: fs.readFileSync(path, 'utf8') });
const statements = ['theorems/axioms.weft', 'theorems/ring.weft'].map(file);
const proofs = [file('proofs/ring.weft')];

function outcome(statement: string, step: string): string {
  const theorem = { path: 'theorems/t.weft', text: `import "ring.weft"\ntheorem goal ${statement}` };
  const proof = { path: 'proofs/t.weft', text: `import "ring.weft"\nproof goal ${step} qed` };
  const { theorems, diagnostics } = checkLibrary([...statements, theorem], [...proofs, proof]);
  const t = theorems.find((r) => r.name === 'goal');
  return [t?.status, ...diagnostics.map((d) => d.code ?? d.severity)].join(' ');
}

const swap = '(p q : B, x y : R) : (if p and q then x else y) = if q and p then x else y';
test('cases on several conditions meets every combination', () => {
  expect(outcome(swap, 'cases p, q')).toBe('proved');
  expect(outcome(swap.replace('q and p', 'q or p'), 'cases p, q')).toContain('E-EQ');
});

test('of several conditions only the combinations that are left need a block', () => {
  const law = '(p q : B, x : R) : (if p then x else if q then x + 0 else x) = x';
  expect(outcome(law, 'cases p, q { rewrite add-zero }')).toBe('proved');
  expect(outcome(law, 'cases p, q')).toContain('E-EQ');
  expect(outcome(law, 'cases p, q { rewrite add-zero } { refl }')).toContain('E-EQ');
});

test('ring: a lone atom equals its canonical form', () => {
  expect(outcome('(x : R) : x * 1 + 0 = x', 'ring')).toBe('proved');
  expect(outcome('(x y : R) : exp(y + 0 * x) = exp y', 'ring')).toBe('proved');
  expect(outcome('(x y : R) : exp(y + 0 * x) = exp x', 'ring')).toContain('E-EQ');
});

test('cases: a side that is the same in both branches', () => {
  const law = '(p q r : B) : ((p or q) or r) = (p or (q or r))';
  expect(outcome(law, 'cases p, q, r')).toBe('proved');
  expect(outcome(law.replace('(p or (q or r))', '(p or (q and r))'), 'cases p, q, r')).toContain('E-EQ');
});

test('tauto: what conditions decide, nested ones too', () => {
  const laws = [
    '(p q r : B) : ((p or q) or r) = (p or (q or r))',
    '(p q r : B) : (p and (q or r)) = ((p and q) or (p and r))',
    '(p q : B) : not (p and q) = (not p or not q)',
    '(p : B, x y : R) : (if p then x else y) = if not p then y else x',
    '(p : B, x y z : R) : (if (if p then x else y) < z then 1 else 0) = if p then (if x < z then 1 else 0) else if y < z then 1 else 0',
    '[n] (p : B[n], q : B) : (first p and q) = (q and first p)',
  ];
  for (const law of laws) expect(outcome(law, 'tauto'), law).toBe('proved');
});
test('tauto: knows no order and no numbers', () => {
  const laws = [
    '(p q : B) : (p or q) = (p and q)',
    '(x y z : R) : (if x < y and y < z then x < z else true) = true',
    '(p : B, x y : R) : (if p then x + y else x) = if p then y + x else x',
  ];
  for (const law of laws) expect(outcome(law, 'tauto'), law).toBe('rejected E-EQ');
  // more conditions than it looks at on one way
  const wires = Array.from({ length: 14 }, (_, i) => `p${i}`);
  const law = `(${wires.join(' ')} : B) : (${wires.join(' and ')}) = (${[...wires].reverse().join(' and ')})`;
  expect(outcome(law, 'tauto')).toBe('declined E-BUDGET');
});
