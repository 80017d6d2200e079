// The reference evaluator itself: the conventions of docs/explanation/trust.md, layouts computed by hand, what it refuses, and that its error
// bound holds for sums taken in single precision, in any order. The laws' tests compare the core with this evaluator.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as Door from '../../../src/core/index.js';
import { UNIT_ROUNDOFF, deviation, evaluateBounded } from '../../../src/run/reference/bound.js';
import { type NumArray, evaluate } from '../../../src/run/reference/evaluate.js';
import { core as K, kit, must } from '../../support/door.js';

const k = kit(K);
const { R, seq, par, id, op, num } = k;
const [a, b, n, t] = [k.v('a'), k.v('b'), k.v('n'), k.v0('t')];
const [A, B, N, T] = [a, b, n, t].map((v) => k.of(v)) as [Door.Axis, Door.Axis, Door.Axis, Door.Axis];
const sizes = new Map([[a, 2], [b, 3], [n, 4], [t, 0]]); // prettier-ignore
const array = (shape: readonly number[], ...data: number[]): NumArray => ({ shape, data: Float64Array.from(data) });
const run = (term: Door.Term, ...inputs: NumArray[]): (readonly number[])[] => {
  const done = evaluate(term, { sizes }, inputs);
  if (E.isLeft(done)) throw new Error(done.left._tag);
  return done.right.map((y) => [...y.data]);
};
const scalar = (x: number): NumArray => array([], x);
const sum = (e: Door.Axis): Door.Term => seq(par(num(0), id(k.real(e))), k.scan(e, R, op('add')));

describe('conventions', () => {
  const cases: readonly (readonly [Door.Operator, number, number])[] = [
    ['recip', 0, 0], ['recip', -0, 0], ['recip', -4, -0.25], ['log', 0, 0], ['log', -3, 0], ['log', Math.E, 1], ['sqrt', -9, 0], ['sqrt', 9, 3],
    ['exp', 0, 1], ['neg', 3, -3],
  ]; // prettier-ignore
  for (const [name, x, y] of cases)
    test(`${name} ${x} = ${y}`, () => expect(run(op(name), scalar(x))[0]![0]).toBeCloseTo(y, 15));
  test('lt is strict, booleans are 0 and 1', () => {
    expect(run(op('lt'), scalar(1), scalar(1))).toEqual([[0]]);
    expect(run(op('lt'), scalar(1), scalar(2))).toEqual([[1]]);
    expect(run(seq(op('true'), op('not')))).toEqual([[0]]);
  });
});

describe('layout', () => {
  const x = array([2, 3], 1, 2, 3, 4, 5, 6);
  test('exchange transposes', () => expect(run(must(K.exchange(A, B, R)), x)).toEqual([[1, 4, 2, 5, 3, 6]]));
  test('flatten is row-major', () => expect(run(must(K.flatten(A, B, R)), x)).toEqual([[1, 2, 3, 4, 5, 6]]));
  test('tile after exchange', () => {
    const flat = seq(
      must(K.exchange(A, B, R)),
      must(K.flatten(B, A, R)),
      must(K.tile(B, A, R)),
      must(K.first(B, k.real(A))),
    );
    expect(run(flat, x)).toEqual([[1, 4]]);
  });
  test('split and concat', () => {
    const turned = seq(must(K.split(A, B, R)), must(K.swap(k.real(A), k.real(B))), must(K.concat(B, A, R)));
    expect(run(turned, array([5], 1, 2, 3, 4, 5))).toEqual([[3, 4, 5, 1, 2]]);
  });
  test('diag', () => expect(run(must(K.diag(A, R)), array([2, 2], 1, 2, 3, 4))).toEqual([[1, 4]]));
  test('positions and sizes', () => {
    expect(run(must(K.position(k.plus(A, B))))).toEqual([[0, 1, 2, 3, 4]]);
    expect(run(must(K.size(k.by(A, k.plus(B, K.one)))))).toEqual([[8]]);
  });
  test('a scan puts out what it sees, left to right', () => {
    const running = k.scan(N, R, seq(op('add'), must(K.copy(R))));
    expect(run(running, scalar(10), array([4], 1, 2, 3, 4))).toEqual([[20], [11, 13, 16, 20]]);
  });
  test('an empty loop gives back its state', () => {
    expect(run(k.scan(T, R, seq(op('add'), must(K.copy(R)))), scalar(10), array([0]))).toEqual([[10], []]);
  });
});

describe('the worked vector of the design', () => {
  test('softmax of [0,1,2,3] on [1,2,4,8]', () => {
    const term = seq(
      par(seq(k.map(N, op('exp')), must(K.copy(k.real(N)))), id(k.real(N))),
      par(sum(N), seq(k.map(N, op('mul')), sum(N))),
      par(op('recip'), id(R)),
      op('mul'),
    );
    expect(run(term, array([4], 0, 1, 2, 3), array([4], 1, 2, 4, 8))[0]![0]).toBeCloseTo(6.305193, 6);
  });
});

describe('what is refused', () => {
  const left = (term: Door.Term, given: ReadonlyMap<Door.AxisVar, number>, ...inputs: NumArray[]): unknown => {
    const done = evaluate(term, { sizes: given }, inputs);
    return E.isLeft(done) ? done.left._tag : 'accepted';
  };
  const x = array([4], 1, 2, 3, 4);
  test('a missing size', () => expect(left(sum(N), new Map(), x)).toBe('MissingSize'));
  test('a data axis of size 0', () => expect(left(sum(N), new Map([[n, 0]]), array([0]))).toBe('BadSize'));
  test('half an element', () => expect(left(sum(N), new Map([[n, 3.5]]), x)).toBe('BadSize'));
  test('another shape', () => expect(left(sum(N), sizes, array([5], 1, 2, 3, 4, 5))).toBe('InputShape'));
  test('too little data', () => expect(left(sum(N), sizes, array([4], 1, 2, 3))).toBe('InputShape'));
  test('too many inputs', () => expect(left(sum(N), sizes, x, x)).toBe('InputCount'));
  test('a morphism variable without a meaning', () =>
    expect(left(k.at(k.h('h', R, R)), sizes, scalar(1))).toBe('MissingMorphism'));
  test('a meaning of another shape', () => {
    const h = k.h('h', R, R);
    const done = evaluate(k.at(h), { sizes, morphisms: new Map([[h, () => [array([2], 1, 2)]]]) }, [scalar(1)]);
    expect(E.isLeft(done) && done.left._tag).toBe('MorphismShape');
  });
  test('the twin is accepted', () => expect(left(sum(N), sizes, x)).toBe('accepted'));
});

test('a variable without inputs in the step of a scan under a map', () => {
  const h = k.h('h', K.unit, k.real(A));
  const body = seq(must(K.discard(R)), k.at(h), k.scan(B, k.real(A), id(k.real(A))));
  const done = evaluate(k.map(N, body), { sizes, morphisms: new Map([[h, () => [array([2], 5, 6)]]]) }, [
    array([4], 1, 2, 3, 4),
  ]);
  expect(E.isRight(done) && [...done.right[0]!.data]).toEqual([5, 6, 5, 6, 5, 6, 5, 6]);
});

describe('the bound n u |x|', () => {
  const single = (xs: readonly number[]): number => xs.reduce((s, x) => Math.fround(s + Math.fround(x)), 0);
  const values = fc.array(
    fc.double({ min: -1e3, max: 1e3, noNaN: true }).filter((x) => Math.abs(x) > 1e-30),
    { minLength: 1, maxLength: 200 },
  );
  const bounded = (xs: readonly number[]) => {
    const done = evaluateBounded(sum(N), { sizes: new Map([[n, xs.length]]) }, [array([xs.length], ...xs)]);
    if (E.isLeft(done)) throw new Error(done.left._tag);
    return done.right[0]!;
  };
  test('holds for signed sums in single precision, forwards and backwards', () => {
    fc.assert(
      fc.property(values, (xs) => {
        for (const order of [xs, [...xs].reverse(), [...xs].sort((p, q) => p - q)])
          expect(deviation(bounded(xs), [single(order)], UNIT_ROUNDOFF.f32).ratio).toBeLessThanOrEqual(1);
      }),
    );
  });
  test('is not relative to the result: a sum that cancels has a bound', () => {
    const y = bounded([1, -1, 1, -1]);
    expect([y.data[0], y.magnitude[0]]).toEqual([0, 4]);
    expect(y.roundings).toBeGreaterThanOrEqual(4);
  });
  test('a wrong term, a missing number and NaN are over it', () => {
    const y = bounded([1, 2, 3, 4]);
    expect(deviation(y, [10], UNIT_ROUNDOFF.f32).ratio).toBe(0);
    expect(deviation(y, [9], UNIT_ROUNDOFF.f32).ratio).toBeGreaterThan(1e4);
    expect(deviation(y, [], UNIT_ROUNDOFF.f32).ratio).toBe(Infinity);
    expect(deviation(y, [NaN], UNIT_ROUNDOFF.f32).ratio).toBe(Infinity);
  });
  test('products, quotients, exp, log and sqrt keep it, each rounded to single precision', () => {
    const term = seq(
      op('mul'),
      must(K.copy(R)),
      par(seq(op('exp'), op('recip')), seq(must(K.copy(R)), op('mul'), op('sqrt'))),
      op('add'),
      op('log'),
    );
    const f = Math.fround;
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), fc.double({ min: -6, max: 6, noNaN: true }), (x, y) => {
        const p = f(f(x) * f(y));
        const found = f(Math.log(f(f(1 / f(Math.exp(p))) + f(Math.sqrt(f(p * p))))));
        const done = evaluateBounded(term, { sizes }, [scalar(x), scalar(y)]);
        expect(E.isRight(done) && deviation(done.right[0]!, [found], UNIT_ROUNDOFF.f32).ratio).toBeLessThanOrEqual(1);
      }),
    );
  });
});
