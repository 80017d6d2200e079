/** Exact rationals in lowest terms, the denominator positive. Invariant: built by `rational` alone. It does not know real arithmetic. */
import { decline, LIMITS, spend } from './refusal.js';

export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** Every turn divides numbers of so many words. */
const gcd = (a: bigint, b: bigint, words: number): bigint => {
  let [x, y] = [a < 0n ? -a : a, b];
  for (; y !== 0n; [x, y] = [y, x % y]) spend(1 + words / 4);
  return x;
};

const small = 1n << 32n;
const wordsOf = (n: bigint): number => (-small < n && n < small ? 1 : n.toString(16).length / 8);

/** n/d for d other than 0. */
export const rational = (n: bigint, d: bigint): Rational => {
  const most = 1n << BigInt(4 * LIMITS.digits);
  if (n > most || -n > most || d > most || -d > most) decline('a number has too many digits');
  const common = gcd(n, d < 0n ? -d : d, wordsOf(n) + wordsOf(d));
  const sign = d < 0n ? -1n : 1n;
  return { n: (sign * n) / common, d: (sign * d) / common };
};

export const plus = (p: Rational, q: Rational): Rational => rational(p.n * q.d + q.n * p.d, p.d * q.d);
export const times = (p: Rational, q: Rational): Rational => rational(p.n * q.n, p.d * q.d);
export const showRational = ({ n, d }: Rational): string => (d === 1n ? `${n}` : `${n}/${d}`);
