// The reference evaluator where arrays are cut into chunks, and where an inner sum does not depend on outer axes: against loops by hand,
// values, magnitudes and counts of roundings.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import type { AxisVar, Term } from '../../../../src/core/index.js';
import { evaluateBounded } from '../../../../src/run/reference/bound.js';
import { evaluate } from '../../../../src/run/reference/evaluate.js';
import { Extent } from '../../../../src/run/reference/extent.js';
import { CHUNK } from '../../../../src/run/reference/machine.js';
import { checkLibrary } from '../../../../src/proof/script/check.js';

const text = `def sum [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])
theorem weights [q, k, e] (s : R[q k], v : R[k e])
  : map q, e (sum k (s[q, k] * v[k, e] / (1 + sum k (s[q, k] * s[q, k])))) = map q, e (0)
theorem far [q, k, e] (s : R[q k], v : R[k e]) : map q, e (sum k (s[q, k] * v[k, e])) = map q, e (0)
`;
const { statements } = checkLibrary([{ path: 'theorems/a.weft', text }], []);
const termOf = (name: string): Term => statements.stated.get(name)!.law!.lhs;
const axesOf = (name: string): readonly AxisVar[] =>
  [...statements.stated.get(name)!.law!.names.axes.values()].map((e) => e.terms[0]!.vars[0]!);
const [q, k, e] = [3, 211, 149];
const sizes = new Map(axesOf('weights').map((v) => [v, { q, k, e }[v.name]!]));

const seed = Date.now() % 100_000;
const numbers = (n: number, shift: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => Math.sin(seed + shift + i * 1.7) * 4);
const [s, v] = [numbers(q * k, 0), numbers(k * e, 0.5)];
const inputs = [
  { shape: [q, k], data: s },
  { shape: [k, e], data: v },
];

describe(`chunks, seed ${seed}`, () => {
  test('are needed here', () => expect(k * e).toBeGreaterThan(CHUNK / q));

  test('change no value', () => {
    const found = evaluate(termOf('weights'), { sizes }, inputs);
    if (E.isLeft(found)) throw new Error(found.left._tag);
    const [y] = found.right;
    expect(y!.shape).toEqual([q, e]);
    for (let i = 0; i < q; i++) {
      let z = 0;
      for (let j = 0; j < k; j++) z += s[i * k + j]! ** 2;
      for (let c = 0; c < e; c++) {
        let o = 0;
        for (let j = 0; j < k; j++) o += (s[i * k + j]! * v[j * e + c]!) / (1 + z);
        expect(Math.abs(y!.data[i * e + c]! - o)).toBeLessThan(1e-10);
      }
    }
  });

  test('change no magnitude', () => {
    const found = evaluateBounded(
      termOf('far'),
      { sizes: new Map(axesOf('far').map((a) => [a, { q, k, e }[a.name]!])) },
      inputs,
    );
    if (E.isLeft(found)) throw new Error(found.left._tag);
    const [y] = found.right;
    expect(y!.roundings).toBeGreaterThanOrEqual(k);
    for (let i = 0; i < q * e; i++) {
      const row = Math.floor(i / e);
      let o = 0;
      for (let j = 0; j < k; j++) o += Math.abs(s[row * k + j]! * v[j * e + (i % e)]!);
      expect(Math.abs(y!.magnitude[i]! - o)).toBeLessThan(1e-9 * o);
    }
  });
});

describe('what is foreseen', () => {
  const size = (a: { readonly terms: readonly { readonly vars: readonly AxisVar[] }[] }): number =>
    sizes.get(a.terms[0]?.vars[0] as AxisVar) ?? 1;
  test('an inner sum that does not depend on e and k is made once, not for each of them', () => {
    const shapes = [
      { dims: [q, k], still: [false, false] },
      { dims: [q, k, e], still: [true, false, false] },
    ];
    const map = bodyOfOuterMap(termOf('weights'));
    const peak = new Extent(size).peak(map, 1, shapes.slice(0, map.dom.leaves.length), 0);
    expect(peak).toBeGreaterThanOrEqual(k);
    expect(peak).toBeLessThanOrEqual(e * k);
  });
});

/** The first map of a term, whose body is over one q. */
function bodyOfOuterMap(t: Term): Term {
  if (t._tag === 'Compose')
    return t.first._tag === 'Compose' || t.first._tag === 'Map' ? bodyOfOuterMap(t.first) : bodyOfOuterMap(t.second);
  if (t._tag === 'Map') return t.body;
  throw new Error(`no map in ${t._tag}`);
}
