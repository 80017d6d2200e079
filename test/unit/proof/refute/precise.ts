// Real numbers to 2400 binary places: what a ball should hold. Invariant: every operation on numbers below 2^1100 is off by less than
// 2^-1200 unless its derivative is larger than 2^1000; two numbers nearer than NEAR are one, as a comparison of reals that are equal must say.
// Shares nothing with the balls. Knows no diagrams.
import type { Field, Fraction } from '../../../../src/proof/refute/field.js';

const PLACES = 2400n;
export const UNIT = 1n << PLACES;
/** Nearer than this is equal. */
export const NEAR = 1n << (PLACES - 1200n);

export const ofFraction = ({ num, den }: Fraction): bigint => (num << PLACES) / den;
/** Exactly: a float is a whole number of 2^-1074. */
export function ofFloat(x: number): bigint {
  let [value, shift] = [x, 0n];
  while (!Number.isInteger(value)) [value, shift] = [value * 2 ** 64, shift + 64n];
  return (BigInt(value) << PLACES) >> shift;
}
export const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);
const times = (x: bigint, y: bigint): bigint => (x * y) >> PLACES;

export function root(n: bigint): bigint {
  if (n < 2n) return n < 0n ? 0n : n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

const HALVINGS = 40n;
const TOO_LARGE = new RangeError('too large to be judged');
function exp(x: bigint): bigint {
  if (magnitude(x) > 1600n * UNIT) {
    if (x < 0n) return 0n;
    throw TOO_LARGE;
  }
  const small = x >> HALVINGS;
  let [sum, term] = [UNIT, UNIT];
  for (let i = 1n; term !== 0n && term !== -1n; i++) sum += term = times(term, small) / i;
  for (let i = 0n; i < HALVINGS; i++) sum = times(sum, sum);
  return sum;
}

/** By Newton's iteration from the float. */
function log(x: bigint): bigint {
  const bits = BigInt(x.toString(2).length);
  const lead = Number(x >> (bits > 60n ? bits - 60n : 0n)) * 2 ** (bits > 60n ? 0 : Number(bits) - 60);
  const start = Math.log(lead) + (Number(bits) - 60 - Number(PLACES)) * Math.LN2;
  let y = ofFloat(start);
  for (let i = 0; i < 6; i++) y += times(x, exp(-y)) - UNIT;
  return y;
}

const isZero = (x: bigint): boolean => magnitude(x) < NEAR;

export const precise: Field<bigint> = {
  of: ofFraction,
  add: (x, y) => x + y,
  mul: times,
  neg: (x) => -x,
  recip: (x) => (isZero(x) ? 0n : (UNIT * UNIT) / x),
  exp,
  log: (x) => (x <= 0n || isZero(x) ? 0n : log(x)),
  sqrt: (x) => (x <= 0n || isZero(x) ? 0n : root(x << PLACES)),
  less: (x, y) => !isZero(x - y) && x < y,
  either: () => {
    throw new Error('every comparison is told');
  },
};
