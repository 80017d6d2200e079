// `with` at an index that the goal binds: the wire is that element under the binder, whatever the index is called.
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { checkLibrary } from '../../../../src/proof/script/check.js';

const file = (path: string) => ({ path, text: fs.readFileSync(path, 'utf8') });
const said = (statement: string, step: string): string => {
  const { theorems } = checkLibrary(
    [file('theorems/axioms.weft'), { path: 'theorems/t.weft', text: `import "axioms.weft"\ntheorem t ${statement}` }],
    [{ path: 'proofs/t.weft', text: `proof t ${step} qed` }],
  );
  const t = theorems.find((r) => r.name === 't')!;
  return t.code === undefined ? t.status : `${t.status} ${t.code}`;
};
const grown =
  '[n] (x y : R[n]) given h : (a b : R) : exp(a) = exp(a) * b : map n (exp(x[n])) = map n (exp(x[n]) * (y[n] + 1))';
const table = '[m, n] (x : R[m], y : R[n], c : R) : map m, n (c * (x[m] * y[n])) = map m, n (c * (y[n] * x[m]))';

test('names what nothing else fixes', () => {
  expect(said(grown, 'rewrite h')).toBe('rejected E-MATCH');
  expect(said(grown, 'rewrite h with b := y[n] + 1')).toBe('proved');
  expect(said(grown, 'rewrite h with b := y[i] + 1')).toBe('proved');
  expect(said(grown, 'rewrite h with b := y[i] + 2')).toBe('rejected E-EQ');
});
test('chooses a place by two indices', () => {
  expect(said(table, 'rewrite mul-comm with x := x[m], y := y[n] in lhs')).toBe('proved');
  expect(said(table, 'rewrite mul-comm with x := x[i], y := y[j] in lhs')).toBe('proved');
  expect(said(table, 'rewrite mul-comm with x := y[n], y := x[m] in lhs')).toBe('rejected E-MATCH');
});
test('an index over an axis that no wire has is refused', () => {
  expect(said(table, 'rewrite mul-comm with x := x[m] + y[m] in lhs')).toBe('rejected E-SCOPE');
});
