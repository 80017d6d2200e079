// Fractions obey the laws of a field; balls hold what is true: the fraction where there is one, and what exp, log and sqrt undo.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ball, apart, balls } from '../../../../src/proof/refute/ball.js';
import { type Fraction, Unknown, fraction, fractions, sameFraction } from '../../../../src/proof/refute/field.js';

const any = fc
  .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([n, d]) => fraction(n, d));
const q = (n: number, d = 1): Fraction => fraction(BigInt(n), BigInt(d));

/** |value - mid| <= rad, in integers: a float is a fraction of a power of two. */
function holds({ mid, rad }: Ball, value: Fraction): boolean {
  const exact = (x: number): Fraction => {
    let den = 1n;
    let num = x;
    while (!Number.isInteger(num)) [num, den] = [num * 2, den * 2n];
    return fraction(BigInt(num), den);
  };
  const off = fractions.add(value, fractions.neg(exact(mid)));
  const size = off.num < 0n ? fractions.neg(off) : off;
  return !fractions.less(exact(rad), size);
}
const reasonOf = (run: () => unknown): string => {
  try {
    run();
    return 'a value';
  } catch (error) {
    if (error instanceof Unknown) return error.reason;
    throw error;
  }
};

describe('fractions', () => {
  test('are a field with recip 0 = 0', () => {
    fc.assert(
      fc.property(any, any, any, (x, y, z) => {
        const { add, mul, neg, recip } = fractions;
        expect(sameFraction(mul(add(x, y), z), add(mul(x, z), mul(y, z)))).toBe(true);
        expect(add(x, neg(x)).num).toBe(0n);
        expect(sameFraction(mul(x, recip(x)), x.num === 0n ? q(0) : q(1))).toBe(true);
      }),
    );
  });
  test('have exp, log and sqrt only where these are fractions', () => {
    const { exp, log, sqrt } = fractions;
    expect([exp(q(0)), log(q(1)), log(q(0)), log(q(-2)), sqrt(q(4, 9)), sqrt(q(-3)), sqrt(q(0))]).toEqual([
      q(1),
      q(0),
      q(0),
      q(0),
      q(2, 3),
      q(0),
      q(0),
    ]);
    for (const run of [() => exp(q(1)), () => log(q(2)), () => sqrt(q(2)), () => sqrt(q(1, 3))])
      expect(reasonOf(run)).toBe('irrational');
    const big = 10n ** 60n + 7n;
    expect(sqrt(fraction(big * big))).toEqual(fraction(big));
    expect(reasonOf(() => sqrt(fraction(big * big + 1n)))).toBe('irrational');
  });
});

describe('balls', () => {
  test('hold the fraction, however it was computed', () => {
    fc.assert(
      fc.property(any, any, any, (x, y, z) => {
        const [a, b, c] = [x, y, z].map(balls.of) as [Ball, Ball, Ball];
        const { add, mul, neg } = fractions;
        expect(holds(a, x)).toBe(true);
        expect(holds(balls.add(balls.mul(a, b), c), add(mul(x, y), z))).toBe(true);
        expect(holds(balls.mul(balls.add(a, balls.neg(b)), c), mul(add(x, neg(y)), z))).toBe(true);
        if (x.num !== 0n) expect(holds(balls.recip(a), fractions.recip(x))).toBe(true);
        expect(holds(balls.either(a, b), x) && holds(balls.either(a, b), y)).toBe(true);
      }),
    );
  });
  test('hold what exp, log and sqrt undo, and exact roots', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 60 }), (n, d) => {
        const x = balls.of(q(n, d));
        expect(apart(balls.log(balls.exp(x)), x)).toBe(false);
        expect(apart(balls.mul(balls.exp(x), balls.exp(balls.neg(x))), balls.of(q(1)))).toBe(false);
        const square = fractions.mul(q(n, d), q(n, d));
        expect(holds(balls.sqrt(balls.of(square)), q(Math.abs(n), d))).toBe(true);
        if (n > 0) expect(apart(balls.exp(balls.log(x)), x)).toBe(false);
      }),
    );
  });
  test('are exact where floats are: whole numbers, halves, powers of two', () => {
    const half = balls.of(q(1, 2));
    expect(balls.add(half, half)).toEqual({ mid: 1, rad: 0 });
    expect(balls.recip(balls.of(q(4)))).toEqual({ mid: 0.25, rad: 0 });
    expect(balls.mul(balls.of(q(3)), balls.of(q(7)))).toEqual({ mid: 21, rad: 0 });
    expect(balls.sqrt(balls.of(q(49)))).toEqual({ mid: 7, rad: 0 });
    expect(balls.of(q(1, 3)).rad).toBeGreaterThan(0);
  });
  test('do not tell what is too near, and stop at a jump', () => {
    const third = balls.of(q(1, 3));
    const again = balls.mul(balls.mul(third, third), balls.of(q(3)));
    expect(balls.less(third, again)).toBeNull();
    expect(balls.less(balls.of(q(1)), balls.of(q(1)))).toBe(false);
    expect(balls.less(third, balls.of(q(1, 2)))).toBe(true);
    const nothing = balls.add(third, balls.neg(again));
    expect([() => balls.recip(nothing), () => balls.log(nothing)].map(reasonOf)).toEqual(['tie', 'tie']);
    expect(reasonOf(() => balls.exp(balls.of(q(1000))))).toBe('overflow');
    expect(balls.recip(balls.of(q(0)))).toEqual({ mid: 0, rad: 0 });
  });
});
