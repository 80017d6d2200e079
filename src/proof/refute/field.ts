/**
 * Numbers that diagrams are evaluated over: what a field offers, why a value may have none in it, and exact fractions. Invariant: an
 * operation answers the number that the conventions name (recip 0 = 0, log x = 0 for x <= 0, sqrt x = 0 for x < 0), or stops; it
 * never answers a near one. Knows nothing of diagrams.
 */
export interface Fraction {
  readonly num: bigint;
  /** positive; in lowest terms with num */
  readonly den: bigint;
}

/** Why something has no value here. `irrational`: not a fraction; `tie`: too near a jump to be told; `ill`: too uncertain to compare. */
export type Reason = 'irrational' | 'tie' | 'ill' | 'overflow' | 'budget' | 'deep' | 'type';

/** Stops an evaluation; caught where two sides are compared. */
export class Unknown extends Error {
  constructor(readonly reason: Reason) {
    super(reason);
  }
}
export const unknown = (reason: Reason): never => {
  throw new Unknown(reason);
};

/** A truth value, or null where it cannot be told. */
export type Truth = boolean | null;

/** What a diagram's real operators compute with. */
export interface Field<N> {
  readonly of: (value: Fraction) => N;
  readonly add: (x: N, y: N) => N;
  readonly mul: (x: N, y: N) => N;
  readonly neg: (x: N) => N;
  readonly recip: (x: N) => N;
  readonly exp: (x: N) => N;
  readonly log: (x: N) => N;
  readonly sqrt: (x: N) => N;
  readonly less: (x: N, y: N) => Truth;
  /** what is known of a value that is one of the two */
  readonly either: (x: N, y: N) => N;
}

// ---- fractions --------------------------------------------------------------------------------------------------------

/** Larger numerators and denominators are given up. */
const LARGEST = 1n << 6000n;

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

export function fraction(num: bigint, den: bigint = 1n): Fraction {
  if (den === 1n) return limited({ num, den });
  const g = gcd(num, den) * (den < 0n ? -1n : 1n);
  return limited({ num: num / g, den: den / g });
}
const limited = (x: Fraction): Fraction =>
  x.num > LARGEST || x.num < -LARGEST || x.den > LARGEST ? unknown('overflow') : x;

export const ZERO = fraction(0n);
export const ONE = fraction(1n);
const isOne = (x: Fraction): boolean => x.num === 1n && x.den === 1n;

/** floor(sqrt n), by Newton's iteration from above. */
function root(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
function exactRoot(n: bigint): bigint {
  const r = root(n);
  return r * r === n ? r : unknown('irrational');
}

/** exp, log and sqrt where they are fractions: at 0, at 1 and below, at squares. */
export const fractions: Field<Fraction> = {
  of: (x) => x,
  add: (x, y) => fraction(x.num * y.den + y.num * x.den, x.den * y.den),
  mul: (x, y) => fraction(x.num * y.num, x.den * y.den),
  neg: (x) => ({ num: -x.num, den: x.den }),
  recip: (x) => (x.num === 0n ? x : fraction(x.den, x.num)),
  exp: (x) => (x.num === 0n ? ONE : unknown('irrational')),
  log: (x) => (x.num <= 0n || isOne(x) ? ZERO : unknown('irrational')),
  sqrt: (x) => (x.num <= 0n ? ZERO : { num: exactRoot(x.num), den: exactRoot(x.den) }),
  less: (x, y) => x.num * y.den < y.num * x.den,
  either: (x, y) => (sameFraction(x, y) ? x : unknown('tie')),
};

export const sameFraction = (x: Fraction, y: Fraction): boolean => x.num === y.num && x.den === y.den;
export const toNumber = ({ num, den }: Fraction): number => {
  const value = Number(num) / Number(den);
  return Number.isFinite(value) ? value : unknown('overflow');
};
