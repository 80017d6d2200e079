/** Exact rationals: constants are never floats (1e16 + 1 = 1e16 proves 1 = 0). Invariant: lowest terms, den > 0. */
import { refuse } from './error.js';
import { spend } from './fuel.js';

export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

/** Words of a fraction, at most: some 4,800 decimal digits. */
export const WORDS = 500;

const digits = (n: bigint): number => (-0xffffn < n && n < 0xffffn ? 4 : n.toString(16).length);
/** How long it is, for who counts the work. */
export const wordsOf = ({ num, den }: Rational): number => (digits(num) + digits(den)) / 8;

/** Every turn divides numbers of so many words. */
function gcd(a: bigint, b: bigint, words: number): bigint {
  while (b !== 0n) {
    spend(1 + words / 8);
    [a, b] = [b, a % b];
  }
  return a < 0n ? -a : a;
}

export function rational(num: bigint, den: bigint = 1n): Rational {
  if (typeof num !== 'bigint' || typeof den !== 'bigint' || den === 0n)
    refuse('E-TYPE', 'rational', 'an exact fraction of integers, with a denominator that is not 0');
  const words = wordsOf({ num, den });
  if (words > WORDS) refuse('E-BUDGET', 'rational', `at most ${WORDS} words of 32 bits`);
  const g = gcd(num, den, words) * (den < 0n ? -1n : 1n);
  return Object.freeze({ num: num / g, den: den / g });
}

export const plus = (a: Rational, b: Rational): Rational => rational(a.num * b.den + b.num * a.den, a.den * b.den);
export const times = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den);
export const show = (a: Rational): string => (a.den === 1n ? `${a.num}` : `${a.num}/${a.den}`);
