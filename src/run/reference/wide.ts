/**
 * Balls of reals with a wide exponent: every x with |x - m 2^(512 k)| <= r 2^(512 k). What float64 loses by overflow and underflow (exp of a score
 * of 1e6, 1e-200 squared) is kept, and so is what rounding may have done. Invariant: the ball of a result holds the operation's result for all arguments
 * in their balls, with the conventions of scalar.ts; r is infinite where nothing is known; the larger of |m| and r lies in [2^-256, 2^256), or
 * both are 0. A boolean is 0 or 1, with r = 1 where it may be either. Knows no arrays, terms or kernels.
 *
 *   x + y   r1 + r2, then what the addition lost          |x y|   |m1| r2 + |m2| r1 + r1 r2
 *   1 / x   r / (|m| (|m| - r)), where |m| > r            log x   -log(1 - r/m), where m > r
 *   exp x   exp m (exp r - 1); where r > 300 all of [0, exp(m + r)]
 *   sqrt x  r / (sqrt m + sqrt(m - r)); where the ball reaches 0, all of [0, sqrt(m + r)]
 */
export interface Ball {
  readonly m: number;
  readonly r: number;
  readonly k: number;
}

const [UP, DOWN] = [2 ** 512, 2 ** -512];
const [LARGE, SMALL] = [2 ** 256, 2 ** -256];
/** More than a rounding of binary64 to nearest, and the least that a radius is lifted by. */
const [U, LEAST] = [2 ** -52, 2 ** -1074];
const WIDER = 1 + 2 ** -48;
/** Exponents beyond are not counted. */
const FAR = 2 ** 40;

export const ZERO: Ball = { m: 0, r: 0, k: 0 };
export const UNKNOWN: Ball = { m: 0, r: Infinity, k: 0 };

/** m +- r at exponent k, normalised. */
export function ball(m: number, r: number, k = 0): Ball {
  const size = Math.abs(m);
  let top = size > r ? size : r;
  if (top < LARGE && top >= SMALL) return { m, r, k };
  if (top === 0) return ZERO;
  if (!(top < Infinity)) return UNKNOWN;
  let [x, e, n] = [m, r, k];
  for (; top >= LARGE; n += 1) [x, e, top] = [x * DOWN, e === 0 ? 0 : e * DOWN * WIDER + LEAST, top * DOWN];
  for (; top < SMALL; n -= 1) [x, e, top] = [x * UP, e * UP, top * UP];
  if (n < -FAR) return { m: 0, r: 1, k: -FAR };
  return n > FAR ? UNKNOWN : { m: x, r: e, k: n };
}

export const exactly = (x: number): Ball => (Number.isFinite(x) ? ball(x, 0) : UNKNOWN);
export const known = (x: Ball): boolean => x.r < Infinity;
/** All of [-x, x], of a number that is not negative. */
export const around = ({ m, r, k }: Ball): Ball => ball(0, Math.abs(m) + r, k);
/** Lifted by the radius of the other. */
export const widened = (x: Ball, by: Ball): Ball => add(x, around(by));

/** The largest number of the ball, as a ball without radius: where it is rounded, it is rounded up. */
export const most = ({ m, r, k }: Ball): Ball => ball((Math.abs(m) + r) * WIDER, 0, k);
/** The radius alone. */
export const radius = ({ r, k }: Ball): Ball => ball(r, 0, k);

/** The middle in binary64: infinite or 0 where that has no such number. */
export const middle = ({ m, k }: Ball): number => scaled(m, k);
/** The radius about the middle in binary64, rounded up. */
export function reach({ m, r, k }: Ball): number {
  if (m === 0 && r === 0) return 0;
  const value = scaled(m, k);
  const lost = Math.abs(value) < 2 ** -1022 ? LEAST : 0;
  return scaled(r, k) * WIDER + lost;
}
function scaled(x: number, k: number): number {
  if (k === 0 || x === 0) return x;
  if (Math.abs(k) > 4) return k > 0 ? x * Infinity : 0;
  let y = x;
  for (let n = k; n > 0; n--) y *= UP;
  for (let n = k; n < 0; n++) y *= DOWN;
  return y;
}

export function add(x: Ball, y: Ball): Ball {
  if (!known(x) || !known(y)) return UNKNOWN;
  if (x.k < y.k || (x.m === 0 && x.r === 0)) return y.m === 0 && y.r === 0 ? x : added(y, x);
  return added(x, y);
}
function added(x: Ball, y: Ball): Ball {
  if (y.m === 0 && y.r === 0) return x;
  const apart = x.k - y.k;
  if (apart === 0) return summed(x.m, y.m, x.r + y.r, x.k);
  if (apart === 1) return summed(x.m, y.m * DOWN, x.r + y.r * DOWN * WIDER + LEAST, x.k);
  return summed(x.m, 0, x.r + 2 ** -760, x.k); // |y| < 2^257 2^-1024 of this exponent
}
/** The sum with what binary64 loses of it, which is a number of binary64 (Knuth). */
function summed(a: number, b: number, r: number, k: number): Ball {
  const s = a + b;
  const t = s - a;
  const lost = a - (s - t) + (b - t);
  return ball(s, r === 0 && lost === 0 ? 0 : (r + Math.abs(lost)) * WIDER + LEAST, k);
}

export const neg = ({ m, r, k }: Ball): Ball => ({ m: -m, r, k });
export const sub = (x: Ball, y: Ball): Ball => add(x, neg(y));

export function mul(x: Ball, y: Ball): Ball {
  if (!known(x) || !known(y)) return UNKNOWN;
  if ((x.m === 0 && x.r === 0) || (y.m === 0 && y.r === 0)) return ZERO;
  const [m, k] = [x.m * y.m, x.k + y.k];
  const whole = Number.isInteger(x.m) && Number.isInteger(y.m) && Math.abs(m) < 2 ** 53; // 2^53 itself may be rounded to
  const r = Math.abs(x.m) * y.r + Math.abs(y.m) * x.r + x.r * y.r;
  return ball(m, r === 0 && whole ? 0 : (r + U * Math.abs(m)) * WIDER + LEAST, k);
}

export function recip(x: Ball): Ball {
  if (x.m === 0 && x.r === 0) return ZERO;
  const size = Math.abs(x.m);
  const left = size - x.r * WIDER;
  if (!(left > 0)) return UNKNOWN;
  const m = 1 / x.m;
  const exact = x.r === 0 && Math.abs(m) * size === 1 && isPower(size);
  return ball(m, exact ? 0 : ((x.r / size / left) * WIDER + U * Math.abs(m)) * WIDER, -x.k);
}
const isPower = (x: number): boolean => 2 ** Math.round(Math.log2(x)) === x;

// 512 log 2 in two parts, the first of 30 bits: n times it is exact for n below 2^23
const HI = Math.floor(512 * Math.LN2 * 2 ** 21) / 2 ** 21;
const LO = 512 * (Math.LN2 - HI / 512) + 512 * 2.3190468138462996e-17;

export function exp(x: Ball): Ball {
  const [at, off] = [middle(x), reach(x)];
  if (!(off < Infinity) || !(Math.abs(at) < Infinity)) return x.r < Infinity && x.m < -2 * x.r ? vanishing : UNKNOWN;
  if (off > 300) {
    const end = raised((at + off) * (at + off > 0 ? WIDER : 1 / WIDER));
    return known(end) ? { ...end, m: 0, r: (end.m + end.r) * WIDER } : UNKNOWN;
  }
  const { m, r, k } = raised(at);
  return ball(m, off === 0 ? r : (m * Math.expm1(off) + r * Math.exp(off)) * WIDER, k);
}
const vanishing: Ball = { m: 0, r: 1, k: -(2 ** 21) };
function raised(x: number): Ball {
  if (x === 0) return exactly(1);
  if (Math.abs(x) > 2 ** 30) return x < 0 ? vanishing : UNKNOWN;
  const n = Math.round(x / HI);
  const m = Math.exp(x - n * HI) * Math.exp(-n * LO);
  return ball(m, 8 * U * m, n);
}

export function log({ m, r, k }: Ball): Ball {
  if (m <= -r) return ZERO;
  if (!(m > r * WIDER)) return UNKNOWN;
  if (m === 1 && r === 0 && k === 0) return ZERO;
  const [near, far] = [Math.log(m), k * 512 * Math.LN2];
  const own = U * (2 * Math.abs(near) + 4 * Math.abs(far));
  return ball(near + far, ((r === 0 ? 0 : -Math.log1p(-(r / m) * WIDER)) + own) * WIDER);
}

export function sqrt(x: Ball): Ball {
  if (x.m <= -x.r) return ZERO;
  const odd = x.k % 2 !== 0;
  const [m, r, k] = [odd ? x.m * UP : x.m, odd ? x.r * UP : x.r, odd ? (x.k - 1) / 2 : x.k / 2];
  if (!(m > r)) return ball(0, Math.sqrt(Math.max(0, m) + r) * WIDER, k);
  const root = Math.sqrt(m);
  if (r === 0 && root * root === m && Math.abs(root) < 2 ** 26 && Number.isInteger(root)) return ball(root, 0, k);
  return ball(root, (r / (root + Math.sqrt(m - r)) + U * root) * WIDER, k);
}

// ---- order --------------------------------------------------------------------------------------------------------------

export const bit = (b: boolean): Ball => (b ? exactly(1) : ZERO);
const either = (m: number): Ball => ({ m, r: 1, k: 0 });

/** Surely x > y. */
export function over(x: Ball, y: Ball): boolean {
  const d = sub(x, y);
  return d.m > d.r;
}
export function lt(x: Ball, y: Ball): Ball {
  const d = sub(y, x);
  if (d.m > d.r) return bit(true);
  return d.m <= -d.r ? ZERO : either(d.m > 0 ? 1 : 0);
}
export const not = ({ m, r }: Ball): Ball => (r === 0 ? bit(m === 0) : either(1 - m));
const surely = ({ m, r }: Ball, value: number): boolean => r === 0 && m === value;
export function and(x: Ball, y: Ball): Ball {
  if (surely(x, 0) || surely(y, 0)) return ZERO;
  return x.r === 0 && y.r === 0 ? bit(true) : either(x.m * y.m);
}
export const or = (x: Ball, y: Ball): Ball => not(and(not(x), not(y)));

/** Where the condition may be either, the ball around one of the two that holds both. */
export function select(c: Ball, yes: Ball, no: Ball): Ball {
  if (c.r === 0) return c.m === 1 ? yes : no;
  if (!known(yes) || !known(no)) return UNKNOWN;
  const [one, other] = c.m === 1 ? [yes, no] : [no, yes];
  const d = sub({ ...one, r: 0 }, { ...other, r: 0 });
  const needed = add(most(d), radius(other));
  return over(needed, radius(one)) ? widened({ ...one, r: 0 }, around(needed)) : one;
}
/** The greater of two: surely one of them, or a ball around the greater middle that holds both. */
export function greater(x: Ball, y: Ball): Ball {
  if (over(x, y)) return x;
  return over(y, x) ? y : select(lt(x, y), y, x);
}

/** A rational, of any size. */
export function rational(num: bigint, den: bigint): Ball {
  if (num === 0n) return ZERO;
  const bits = (n: bigint): number => n.toString(16).replace('-', '').length * 4;
  const k = Math.round((bits(num) - bits(den)) / 512);
  const [n, d] = k > 0 ? [num, den << BigInt(512 * k)] : [num << BigInt(-512 * k), den];
  const shift = 70 + Math.max(0, bits(d) - bits(n));
  const q = (n << BigInt(shift)) / d;
  const m = Number(q) * 2 ** -shift;
  return ball(m, q * d === n << BigInt(shift) && BigInt(Number(q)) === q ? 0 : 2 * U * Math.abs(m), k);
}
