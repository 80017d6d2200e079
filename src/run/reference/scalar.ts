/**
 * The scalar operators over float64, with the conventions of docs/explanation/trust.md (recip 0 = 0, log x = 0 for x <= 0, sqrt x = 0 for
 * x < 0), and the rule of each for magnitudes. Booleans are 0 and 1. Knows nothing of arrays.
 *
 * `size` bounds the error of a computed value: a value that has been through n roundings of unit roundoff u is off by at most n * u * size
 * (bound.ts). Each line of the table keeps that invariant, given it of the arguments:
 *
 *   add    n1, n2   ->  max + 1      |x+y - fl| <= n1 u X + n2 u Y + u |x+y|,              |x+y| <= X + Y
 *   mul    n1, n2   ->  n1 + n2 + 1  |xy - fl|  <= |x| n2 u Y + |y| n1 u X + u |xy|,       |xy| <= X Y
 *   neg    n        ->  n            exact
 *   recip  n        ->  n + 5        |d(1/x)| = |dx| / x^2,                                |1/x| <= X / x^2
 *   exp    n        ->  n + 6        |d exp x| = exp x |dx|; libraries give up to (6 + 4|x|) u exp x
 *   log    n        ->  n + 8        |d log x| = |dx| / x; libraries give up to 8 u where log x is small
 *   sqrt   n        ->  n + 6        |d sqrt x| = |dx| / (2 sqrt x)
 *   lt, not, and, or                 decided on the values; infinite where the arguments' errors in binary64 may decide otherwise
 *
 * The derivatives hold where an argument is known to three digits; where binary64 does not know it so well (1e16 + 1 - 1e16, or an exponent of 1e17),
 * the size is infinite, and wide.ts is asked. A product that is below the normal numbers has the size TINY, u times which covers what is lost.
 *
 * The constants of recip, exp, log and sqrt are those that WGSL allows an implementation; a CPU needs less.
 */
import type { Operator } from '../../core/index.js';

export interface ScalarRule {
  readonly value: (x: number, y: number) => number;
  /** the magnitude, from the values x, y, their magnitudes, and p, q: how much of those their errors in binary64 may be */
  readonly size: (x: number, X: number, y: number, Y: number, p: number, q: number) => number;
  readonly roundings: (n1: number, n2: number) => number;
}

export const UNIT = 2 ** -53;
export const TINY = 2 ** -960;
/** The magnitude of a number that is rounded to binary64, given whether it is 0. */
export const magnitudeOf = (value: number, notZero: boolean): number =>
  Math.abs(value) < TINY && notZero ? TINY : Math.abs(value);
/** X * Y, where 0 says that a factor is exactly 0. */
export const productSize = (X: number, Y: number): number => {
  const size = X * Y;
  return size < TINY && X > 0 && Y > 0 ? TINY : size;
};

/** X / x^2, whose square may be beyond binary64. */
const recipSize = (x: number, X: number): number => {
  const size = X / Math.abs(x) / Math.abs(x);
  return size < TINY && X > 0 ? TINY : size;
};

const bit = (b: boolean): number => (b ? 1 : 0);
const none = (): number => 0;
const recip = (x: number): number => (x === 0 ? 0 : 1 / x);
const log = (x: number): number => (x > 0 ? Math.log(x) : 0);
const sqrt = (x: number): number => (x > 0 ? Math.sqrt(x) : 0);
/** exp of less than -708 is below the normal numbers of binary64: its error is absolute there, and u times this size covers it */
const vanished = (x: number): number => (x < -708 ? TINY : 0);
/** Whether x is known to three digits. */
const sharp = (x: number, X: number, p: number): boolean => p * X <= 2 ** -10 * Math.abs(x);
/** The size of f(x) where x is sharp; an exact 0 has the value that the convention gives, exactly. */
const where = (x: number, X: number, p: number, size: number): number =>
  sharp(x, X, p) ? size : X === 0 ? 0 : Infinity;
const unsure = (x: number, X: number, y: number, Y: number, p: number, q: number): boolean =>
  !(Math.abs(x - y) > p * X + q * Y) && (p > UNIT || q > UNIT);
const boolean = (value: ScalarRule['value'], size: ScalarRule['size']): ScalarRule => ({
  value,
  size,
  roundings: none,
});
const decides = (x: number, X: number, by: number): boolean => x === by && X < Infinity;

// prettier-ignore
export const scalarRules: Readonly<Record<Operator, ScalarRule>> = {
  add:   { value: (x, y) => x + y, size: (_x, X, _y, Y) => X + Y,                                roundings: (n1, n2) => Math.max(n1, n2) + 1 },
  mul:   { value: (x, y) => x * y, size: (_x, X, _y, Y) => productSize(X, Y),                    roundings: (n1, n2) => n1 + n2 + 1 },
  neg:   { value: (x) => -x,       size: (_x, X) => X,                                           roundings: (n) => n },
  recip: { value: recip,           size: (x, X, _y, _Y, p) => where(x, X, p, recipSize(x, X)),   roundings: (n) => n + 5 },
  exp:   { value: Math.exp,        size: (x, X, _y, _Y, p) => (p * X <= 2 ** -10 ? Math.exp(x) * (1 + X) + vanished(x) : Infinity), roundings: (n) => n + 6 },
  log:   { value: log,             size: (x, X, _y, _Y, p) => where(x, X, p, x > 0 ? Math.abs(Math.log(x)) + X / x : 0),            roundings: (n) => n + 8 },
  sqrt:  { value: sqrt,            size: (x, X, _y, _Y, p) => where(x, X, p, x > 0 ? X / Math.sqrt(x) : 0),                         roundings: (n) => n + 6 },
  lt:    boolean((x, y) => bit(x < y), (x, X, y, Y, p, q) => (unsure(x, X, y, Y, p, q) ? Infinity : 1)),
  not:   boolean((x) => 1 - x, (_x, X) => X),
  and:   boolean((x, y) => x * y, (x, X, y, Y) => (decides(x, X, 0) || decides(y, Y, 0) ? 1 : Math.max(X, Y))),
  or:    boolean((x, y) => Math.max(x, y), (x, X, y, Y) => (decides(x, X, 1) || decides(y, Y, 1) ? 1 : Math.max(X, Y))),
  true:  boolean(() => 1, () => 1),
  false: boolean(() => 0, () => 1),
};
