/** Exact rationals: constants are never floats (1e16 + 1 = 1e16 proves 1 = 0). Invariant: lowest terms, den > 0. */
import { refuse } from './error.js';

export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
};

export function rational(num: bigint, den: bigint = 1n): Rational {
  if (typeof num !== 'bigint' || typeof den !== 'bigint' || den === 0n)
    refuse('E-TYPE', 'rational', 'an exact fraction of integers, with a denominator that is not 0');
  const g = gcd(num, den) * (den < 0n ? -1n : 1n);
  return Object.freeze({ num: num / g, den: den / g });
}

export const plus = (a: Rational, b: Rational): Rational => rational(a.num * b.den + b.num * a.den, a.den * b.den);
export const times = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den);
export const show = (a: Rational): string => (a.den === 1n ? `${a.num}` : `${a.num}/${a.den}`);
