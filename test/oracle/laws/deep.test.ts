// Towers and depth: sub-results are shared, and no stack overflows. Each comparison is of two different terms, and has a twin
// that differs in one place, so that nothing is answered by identity alone.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import type * as Door from '../../../src/core/index.js';
import { evaluate } from '../../../src/run/reference/evaluate.js';
import { core as K, kit, must } from '../../support/door.js';

const k = kit(K);
const { R, seq, par, id, op, num } = k;
const DEEP = 10_000;
const plusOne = seq(par(id(R), num(1)), op('add'));
const onePlus = seq(par(num(1), id(R)), op('add'));

/** base, then n times `copy ; (f * f) ; add` around it. */
function tower(base: Door.Term, n: number): Door.Term {
  let t = base;
  for (let i = 0; i < n; i++) t = seq(must(K.copy(R)), par(t, t), op('add'));
  return t;
}
/** the same in a row: a pair of copies, summed, n times. */
function row(base: Door.Term, n: number): Door.Term {
  let t = base;
  for (let i = 0; i < n; i++) t = seq(t, must(K.copy(R)), op('add'));
  return t;
}
function milliseconds(action: () => void): number {
  const from = performance.now();
  action();
  return performance.now() - from;
}

describe('towers of 200 copies', () => {
  test('in a row and nested are equal, in milliseconds', () => {
    const [nested, flat] = [tower(op('exp'), 200), row(op('exp'), 200)];
    expect(nested).not.toBe(flat);
    const spent = milliseconds(() => expect(k.equal(nested, flat)).toBe(true));
    expect(spent).toBeLessThan(1000);
  });
  test('with another base are not', () => {
    expect(k.equal(tower(op('exp'), 200), row(op('log'), 200))).toBe(false);
    expect(k.equal(tower(op('exp'), 200), row(op('exp'), 199))).toBe(false);
  });
  test('under a map and in a scan', () => {
    const n = k.ax('n');
    expect(k.equal(k.map(n, tower(op('exp'), 200)), seq(k.map(n, op('exp')), k.map(n, row(id(R), 200))))).toBe(true);
    const step = (t: Door.Term): Door.Term => seq(op('add'), t);
    expect(k.equal(k.scan(n, R, step(tower(op('exp'), 200))), k.scan(n, R, step(row(op('exp'), 200))))).toBe(true);
    expect(k.equal(k.scan(n, R, step(tower(op('exp'), 200))), k.scan(n, R, step(row(op('exp'), 201))))).toBe(false);
  });
  test('the reference evaluator shares them too', () => {
    const y = evaluate(tower(op('neg'), 200), { sizes: new Map() }, [{ shape: [], data: Float64Array.of(3) }]);
    expect(E.isRight(y) && y.right[0]!.data[0]).toBe(-3 * 2 ** 200);
  });
});

describe(`depth ${DEEP}`, () => {
  const shapes: Readonly<Record<string, (t: Door.Term, one: Door.Term) => Door.Term>> = {
    'composition to the left': (t, one) => must(K.compose(t, one)),
    'composition to the right': (t, one) => must(K.compose(one, t)),
    'nested additions': (t) => seq(must(K.copy(R)), par(t, id(R)), op('add')),
    'nested additions of a constant': (t) => must(K.compose(t, plusOne)),
  };
  for (const [name, wrap] of Object.entries(shapes))
    test(name, () => {
      const build = (n: number, first: Door.Term): Door.Term => {
        let t = first;
        for (let i = 0; i < n; i++) t = wrap(t, op('exp'));
        return t;
      };
      expect(k.equal(build(DEEP, seq(plusOne, op('exp'))), build(DEEP, seq(onePlus, op('exp'))))).toBe(false);
      expect(k.equal(build(DEEP, seq(op('exp'), id(R))), build(DEEP, op('exp')))).toBe(true);
      const deep = build(DEEP, op('exp'));
      expect(E.isRight(K.variables(deep))).toBe(true);
      expect(must(K.substituteTerm({}, deep))).toBe(deep);
      const law = must(K.structural(deep, deep));
      expect(E.isRight(K.instantiate(law, { axes: [[k.v('n'), K.one]] }))).toBe(true);
    });
  test('tensor', () => {
    let [left, right] = [op('exp'), op('exp')];
    for (let i = 0; i < 1_000; i++) [left, right] = [par(left, num(1)), par(num(1), right)];
    expect(E.isRight(K.equal(left, left))).toBe(true);
    expect(k.equal(seq(left, must(K.discard(left.cod))), seq(right, must(K.discard(right.cod))))).toBe(true);
  });
  test('maps inside maps', () => {
    const n = k.ax('n');
    let [f, g] = [seq(op('exp'), op('log')), op('exp')];
    for (let i = 0; i < 12; i++) [f, g] = [k.map(n, f), k.map(n, g)];
    let h = op('log');
    for (let i = 0; i < 12; i++) h = k.map(n, h);
    expect(k.equal(f, seq(g, h))).toBe(true);
  });
  test('a chain of definitions', () => {
    let body = op('exp');
    for (let i = 0; i < 2_000; i++)
      body = must(
        K.call(must(K.define(`d${i}`, { axes: [], objects: [], morphisms: [] }, body)), {
          axes: [],
          objects: [],
          morphisms: [],
        }),
      );
    expect(k.equal(body, op('exp'))).toBe(true);
    expect(k.equal(body, op('log'))).toBe(false);
  });
  test('the reference evaluator does not overflow', () => {
    let t = id(R);
    for (let i = 0; i < DEEP; i++) t = must(K.compose(plusOne, t));
    const y = evaluate(t, { sizes: new Map() }, [{ shape: [], data: Float64Array.of(0) }]);
    expect(E.isRight(y) && y.right[0]!.data[0]).toBe(DEEP);
  });
});
