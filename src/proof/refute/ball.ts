/**
 * Balls: a float64 and a radius that the true value lies within. Invariant: every operation's ball holds every value that the
 * operation has on the balls of its arguments, rounding of the computation and of the radius included; a comparison is told only where it
 * is the same all over the balls, and what depends on one that is not is known to be one of two; at a jump of recip or log the
 * evaluation stops with `tie`. Knows nothing of diagrams.
 *
 * What is assumed of the machine: + - * / and sqrt round to nearest; exp, expm1 and log are off by at most LIBRARY of their value, or by PAD where
 * they are subnormal. Every radius that is not 0 covers PAD more than it needs, so that what underflows in its own computation is covered too.
 */
import { type Field, type Fraction, type Truth, unknown } from './field.js';

export interface Ball {
  readonly mid: number;
  readonly rad: number;
}

const U = 2 ** -53;
const LIBRARY = 8 * U;
/** Many times the least positive float, and far below every normal one. */
const PAD = 2 ** -1060;
/** Covers the roundings of a radius' own few operations. */
const OUTWARD = 1 + 32 * U;

const ball = (mid: number, rad: number): Ball => {
  const r = rad === 0 ? 0 : rad * OUTWARD + PAD;
  return Number.isFinite(mid) && Number.isFinite(r) ? { mid, rad: r } : unknown('overflow');
};
const exact = (mid: number): Ball => ({ mid, rad: 0 });
const isExact = (x: Ball): boolean => x.rad === 0;
const rounded = (mid: number): number => Math.abs(mid) * U + PAD;

/** The error of a sum of two floats, exactly. */
function sumError(x: number, y: number, sum: number): number {
  const part = sum - x;
  return x - (sum - part) + (y - part);
}

/** A whole number up to here is a float, and a product that is rounded to less is not rounded. */
const SAFE = 2 ** 53;
const wholeProduct = (x: number, y: number, product: number): boolean =>
  product === 0 ? x === 0 || y === 0 : Number.isInteger(x) && Number.isInteger(y) && Math.abs(product) < SAFE;

const bits = new DataView(new ArrayBuffer(8));
/** A power of two that is normal, and so is its reciprocal: no bit of the fraction is set. */
function isPower(x: number): boolean {
  bits.setFloat64(0, x);
  const [high, low] = [bits.getUint32(0), bits.getUint32(4)];
  const exponent = (high >>> 20) & 0x7ff;
  return (high & 0xfffff) === 0 && low === 0 && exponent > 1 && exponent < 2045;
}

function add(x: Ball, y: Ball): Ball {
  const mid = x.mid + y.mid;
  return ball(mid, x.rad + y.rad + Math.abs(sumError(x.mid, y.mid, mid)));
}

function mul(x: Ball, y: Ball): Ball {
  if ((x.mid === 0 && isExact(x)) || (y.mid === 0 && isExact(y))) return exact(0);
  const mid = x.mid * y.mid;
  const spread = Math.abs(x.mid) * y.rad + Math.abs(y.mid) * x.rad + x.rad * y.rad;
  const off = isExact(x) && isExact(y) && wholeProduct(x.mid, y.mid, mid) ? 0 : rounded(mid);
  return ball(mid, spread + off);
}

/** The least absolute value in the ball, rounded down; 0 where it holds 0. */
const least = (x: Ball): number => Math.max(0, (Math.abs(x.mid) - x.rad) * (1 - 4 * U));

function recip(x: Ball): Ball {
  if (x.mid === 0 && isExact(x)) return x;
  const low = least(x);
  if (low === 0) return unknown('tie');
  const mid = 1 / x.mid;
  const off = isExact(x) && isPower(x.mid) ? 0 : rounded(mid);
  return ball(mid, x.rad / low / Math.abs(x.mid) + off);
}

function exp(x: Ball): Ball {
  if (x.mid === 0 && isExact(x)) return exact(1);
  const mid = Math.exp(x.mid);
  // of the least value that mid may stand for up: where it underflows, the value at the far end of the ball need not
  const most = mid * (1 + LIBRARY) + PAD;
  return ball(mid, most * Math.expm1(x.rad) * (1 + LIBRARY) + mid * LIBRARY + PAD);
}

function log(x: Ball): Ball {
  if (x.mid + x.rad <= 0) return exact(0);
  if (x.mid === 1 && isExact(x)) return exact(0);
  const low = x.mid > 0 ? least(x) : 0;
  if (low === 0) return unknown('tie');
  const mid = Math.log(x.mid);
  return ball(mid, x.rad / low + Math.abs(mid) * LIBRARY + PAD);
}

/** sqrt jumps nowhere: below 0 it is 0. */
function sqrt(x: Ball): Ball {
  if (x.mid + x.rad <= 0) return exact(0);
  const mid = Math.sqrt(Math.max(0, x.mid));
  const whole = isExact(x) && Number.isInteger(mid) && mid * mid === x.mid && x.mid < SAFE;
  if (whole) return exact(mid);
  const low = x.mid > 0 ? Math.sqrt(least(x)) : 0;
  const spread = low > 0 ? x.rad / (mid + low) : Math.sqrt(Math.max(0, x.mid) + x.rad) * (1 + 2 * U);
  return ball(mid, spread + rounded(mid));
}

function less(x: Ball, y: Ball): Truth {
  if (isExact(x) && isExact(y)) return x.mid < y.mid;
  const apart = (Math.abs(x.mid - y.mid) - (x.rad + y.rad) * OUTWARD) * (1 - 4 * U);
  return apart > 0 ? x.mid < y.mid : null;
}

/** A ball around both. */
function either(x: Ball, y: Ball): Ball {
  if (x.mid === y.mid) return ball(x.mid, Math.max(x.rad, y.rad));
  return ball(x.mid, Math.max(x.rad, Math.abs(x.mid - y.mid) * (1 + 2 * U) + y.rad));
}

function of({ num, den }: Fraction): Ball {
  const [n, d] = [Number(num), Number(den)];
  if (!Number.isFinite(n) || !Number.isFinite(d)) return unknown('overflow');
  const mid = n / d;
  const power = den === 1n || (den & (den - 1n)) === 0n;
  const whole = BigInt(n) === num && power && Math.abs(n) <= SAFE;
  return ball(mid, whole ? 0 : 4 * rounded(mid));
}

export const balls: Field<Ball> = {
  of,
  add,
  mul,
  neg: (x) => ({ mid: -x.mid, rad: x.rad }),
  recip,
  exp,
  log,
  sqrt,
  less,
  either,
};

/** Whether no value is in both. */
export const apart = (x: Ball, y: Ball): boolean =>
  x.mid !== y.mid && (Math.abs(x.mid - y.mid) - (x.rad + y.rad) * OUTWARD) * (1 - 4 * U) > 0;

/** A ball this wide says nothing about equality. */
const WIDE = 2 ** -20;
export const tight = (x: Ball): boolean => x.rad <= WIDE * Math.max(1, Math.abs(x.mid));
