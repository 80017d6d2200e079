// Shapes: what is found has an instance of the pattern in it, whatever its names and its notation; what has none is not found.
import fs from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import { byName, find } from '../../../../src/proof/script/find.js';
import { parsePattern, shapeOf, sidesOf } from '../../../../src/proof/script/pattern.js';
import { readStatements } from '../../../../src/proof/script/statements.js';

const own = `import "reductions.weft"
theorem products [n] (x y : R[n]) : sum n (x[n] * y[n]) = sum n (y[n] * x[n])
theorem square [n] (u : R[n]) : sum n (u[n] * u[n]) = sum(u)
theorem table [q, k, d] (x : R[q d], y : R[k d]) : einsum "q d, k d -> q k" (x, y) = map q, k (sum d (y[k, d] * x[q, d]))
theorem branch (x y : R) : (if x < y then y else x) = x
theorem word (p q : B) : (p and q) = q
theorem ends [n] (x : R[n]) : first x = max(x)
theorem late [n] (x : R[n], c : R) : exp(c) * sum n (exp(x[n])) = c
theorem point [n] {f : R -> R} (x : R[n]) : sum n (f(x[n])) = 0
`;
const file = (path: string) => ({ path, text: fs.readFileSync(path, 'utf8') });
const statements = readStatements([
  ...['theorems/axioms.weft', 'theorems/ring.weft', 'theorems/order.weft', 'theorems/reductions.weft'].map(file),
  { path: 'theorems/own.weft', text: own },
]);
const env = statements.envs.get('theorems/own.weft')!;

function names(pattern: string): readonly string[] {
  const shapes = sidesOf(pattern).map((side) => {
    const tree = parsePattern(side);
    if (E.isLeft(tree)) throw new Error(`${side}: ${tree.left.fact._tag}`);
    return shapeOf(env, tree.right);
  });
  const { found, skipped } = find(statements, shapes);
  expect(skipped).toBe(0);
  return found.filter((f) => f.file === 'theorems/own.weft').map((f) => f.law.name);
}

test('every statement was read', () => {
  expect(statements.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  expect(statements.stated.size).toBeGreaterThan(40);
});

describe('a shape', () => {
  test.each([
    ['sum k (_ * _)', ['products', 'square', 'table']],
    ['sum i:m (u[i] * u[i])', ['square']],
    ['x * x', ['square']],
    ['_ < _', ['branch', 'ends']],
    ['_ and _', ['word']],
    ['sum(_) = sum(_)', ['products', 'square', 'table']],
    ['sum k (exp(_))', ['late']],
    ['exp c * _', ['late']],
    ['sum k (_ / _)', []],
    ['not _', []],
    ['log _', []],
  ])('%s', (pattern, wanted) => {
    expect(names(pattern)).toEqual(wanted);
  });
  test('through definitions and notations', () => {
    expect(names('max2(_, _)')).toEqual(expect.arrayContaining(['branch']));
    expect(names('fold i:n (s = 0) (s + _ * _)')).toEqual(['products', 'square', 'table']);
    expect(names('if x < y then y else x')).toEqual(expect.arrayContaining(['branch']));
  });
  test('`_` may depend on the indices around it, a name does not unless it says so', () => {
    expect(names('sum k (c * _)')).toEqual([]);
    expect(names('sum k (c[k] * _)')).toEqual(['products', 'square', 'table']);
  });
  test('both sides, in either order; one hole is anything', () => {
    expect(names('_ = sum(_)')).toEqual(expect.arrayContaining(['products', 'square']));
    expect(names('sum k (_ * _) = sum k (_ * _)')).toEqual(['products', 'table']);
    expect(names('sum k (_ * _) = sum k (exp(_))')).toEqual([]);
  });
});

test('a name finds what is called so, and what calls it', () => {
  const found = byName(statements, 'max').map((f) => f.law.name);
  expect(found).toEqual(expect.arrayContaining(['ends', 'max-add', 'max2-comm']));
  expect(found).not.toContain('products');
});
test('what has no type is refused', () => {
  for (const text of ['nothing(_)', 'not (_ + _)', 'sum k (_[j])', 'first 1']) {
    const tree = parsePattern(text);
    expect(() => shapeOf(env, (tree as E.Right<never>).right), text).toThrow();
  }
});
test('sides are parted at a sign that stands alone', () => {
  expect(sidesOf('_ + _ = _')).toEqual(['_ + _ ', ' _']);
  for (const whole of ['x == y', 'x <= y', 'x >= y', 'fold i:n (s = 0) (s + _)', 'let x = 1 in x'])
    expect(sidesOf(whole)).toEqual([whole]);
});
