// Balls with a wide exponent: the result of every operation on points of the balls lies in the result's ball, in and far outside of the range of float64; what is not
// known is said to be unknown. WEFT_SEED repeats a run.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as W from '../../../../src/run/reference/wide.js';
import { SEED } from '../../../target/kernels/pool.js';

const number = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -30, max: 30 }))
  .map(([x, n]) => (Math.abs(x) < 2 ** -60 ? 0 : x * 2 ** n));
const part = fc.double({ min: -1, max: 1, noNaN: true });
/** A ball, and a point of it. */
const pointed = fc.tuple(number, fc.constantFrom(0, 2 ** -50, 2 ** -20, 0.25, 2), part).map(([m, share, at]) => {
  const x = m + Math.abs(m) * share * at;
  return { ball: W.ball(m, Math.max(Math.abs(m) * share, Math.abs(x - m))), x };
});

/** Whether a ball holds a number, but for a rounding of binary64. */
function holds(b: W.Ball, x: number): boolean {
  return !W.known(b) || Math.abs(W.middle(b) - x) <= W.reach(b) * (1 + 1e-9) + 4e-16 * Math.abs(x) + 1e-300;
}

describe('balls', () => {
  it('hold what is computed of their points', () => {
    let known = 0;
    const said = (name: string, b: W.Ball, x: number): void => {
      if (W.known(b)) known += 1;
      if (!holds(b, x)) throw new Error(`${name}: ${x} is not in ${W.middle(b)} +- ${W.reach(b)}`);
    };
    fc.assert(
      fc.property(pointed, pointed, (a, b) => {
        said('add', W.add(a.ball, b.ball), a.x + b.x);
        said('mul', W.mul(a.ball, b.ball), a.x * b.x);
        if (a.x !== 0) said('recip', W.recip(a.ball), 1 / a.x);
        if (Math.abs(a.x) < 600) said('exp', W.exp(a.ball), Math.exp(a.x));
        if (a.x > 0) said('log', W.log(a.ball), Math.log(a.x));
        if (a.x > 0) said('sqrt', W.sqrt(a.ball), Math.sqrt(a.x));
        said('greater', W.greater(a.ball, b.ball), Math.max(a.x, b.x));
        const less = W.lt(a.ball, b.ball);
        if (less.r === 0 && (less.m === 1) !== a.x < b.x) throw new Error(`lt: ${a.x} ${b.x}`);
        const chosen = W.select(less, a.ball, b.ball);
        said('select', chosen, a.x < b.x ? a.x : b.x);
      }),
      { seed: SEED, numRuns: 20_000 },
    );
    expect(known).toBeGreaterThan(50_000);
  });

  it('go where float64 does not', () => {
    const near = (b: W.Ball, x: number, within: number): void => {
      expect(W.reach(b)).toBeLessThan(within);
      expect(Math.abs(W.middle(b) - x)).toBeLessThanOrEqual(W.reach(b));
    };
    for (const x of [-1e6, -1000, -745.2, -3, 0.5, 710, 1000, 1e6]) {
      near(W.log(W.exp(W.exactly(x))), x, 1e-7);
      near(W.mul(W.exp(W.exactly(x)), W.exp(W.exactly(-x))), 1, 1e-12);
      near(W.mul(W.exp(W.exactly(x)), W.recip(W.exp(W.exactly(x - 1)))), Math.E, 1e-12);
    }
    // e^1e6 = 3.0332153968... 10^434294
    const digits = W.mul(W.exp(W.exactly(1e6)), W.recip(W.rational(10n ** 434294n, 1n)));
    expect(Math.abs(W.middle(digits) - 3.0332153968)).toBeLessThan(1e-9);
    const tiny = W.exactly(1e-200);
    near(W.sqrt(W.mul(tiny, tiny)), 1e-200, 1e-210);
    near(W.mul(W.rational(1n, 10n ** 999n), W.rational(10n ** 999n, 1n)), 1, 1e-14);
    near(W.add(W.add(W.exactly(1e300), W.exactly(1)), W.exactly(-1e300)), 1, 1e285);
  });

  it('know nothing of what may be divided by 0, and all of a far exponent', () => {
    const wide = W.ball(1, 2);
    expect(W.known(W.recip(wide))).toBe(false);
    expect(W.known(W.log(wide))).toBe(false);
    expect(W.known(W.add(W.UNKNOWN, W.exp(W.exactly(1e6))))).toBe(false);
    expect(W.known(W.mul(W.UNKNOWN, W.ZERO))).toBe(false);
    // all of [0, exp(-660)]: the radius covers the ball where its middle underflows
    const under = W.exp(W.ball(-760, 100));
    expect(W.middle(under) + W.reach(under)).toBeGreaterThanOrEqual(Math.exp(-660));
    expect(W.reach(W.exp(W.ball(-1e30, 0)))).toBeLessThan(1e-300);
    expect(W.known(W.recip(W.exp(W.ball(-1e30, 0))))).toBe(false);
    expect(W.lt(W.ball(1, 1), W.ball(2, 1)).r).toBe(1);
  });

  it('do not grow where equal numbers are compared again and again', () => {
    let most = W.ball(1, 1e-10);
    for (let i = 0; i < 1000; i++) most = W.greater(most, W.ball(1, 1e-10));
    expect(W.reach(most)).toBeLessThan(2e-10);
  });
  it('a branch that is not known is not left out, where the condition may be either', () => {
    const unsure = W.lt(W.exactly(0), W.UNKNOWN);
    expect(W.known(W.select(unsure, W.UNKNOWN, W.exactly(3)))).toBe(false);
    expect(W.known(W.select(unsure, W.exactly(3), W.UNKNOWN))).toBe(false);
    expect(W.known(W.select(W.bit(false), W.UNKNOWN, W.exactly(3)))).toBe(true);
    expect(W.known(W.select(unsure, W.exactly(2), W.exactly(3)))).toBe(true);
  });
});
