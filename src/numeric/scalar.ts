/**
 * The scalar operators over float64, with the conventions of design 2.3 (recip 0 = 0, log x = 0 for x <= 0, sqrt x = 0 for
 * x < 0), and the rule of each for magnitudes. Booleans are 0 and 1. Knows nothing of arrays.
 *
 * `size` bounds the error of a computed value to first order: a value that has been through n roundings of unit roundoff u
 * is off by at most n * u * size (bound.ts). Each line of the table keeps that invariant, given it of the arguments:
 *
 *   add    n1, n2   ->  max + 1      |x+y - fl| <= n1 u X + n2 u Y + u |x+y|,              |x+y| <= X + Y
 *   mul    n1, n2   ->  n1 + n2 + 1  |xy - fl|  <= |x| n2 u Y + |y| n1 u X + u |xy|,       |xy| <= X Y
 *   neg    n        ->  n            exact
 *   recip  n        ->  n + 5        |d(1/x)| = |dx| / x^2,                                |1/x| <= X / x^2
 *   exp    n        ->  n + 6        |d exp x| = exp x |dx|; libraries give up to (6 + 4|x|) u exp x
 *   log    n        ->  n + 8        |d log x| = |dx| / x; libraries give up to 8 u where log x is small
 *   sqrt   n        ->  n + 6        |d sqrt x| = |dx| / (2 sqrt x)
 *   lt, not, and, or                 decided on the values: a branch taken otherwise is not a rounding error
 *
 * The constants of recip, exp, log and sqrt are those that WGSL allows an implementation; a CPU needs less.
 */
import type { Operator } from '../core/index.js';

export interface ScalarRule {
  readonly value: (x: number, y: number) => number;
  /** the magnitude, from the values x, y and their magnitudes */
  readonly size: (x: number, X: number, y: number, Y: number) => number;
  readonly roundings: (n1: number, n2: number) => number;
}

const bit = (b: boolean): number => (b ? 1 : 0);
const one = (): number => 1;
const none = (): number => 0;
const recip = (x: number): number => (x === 0 ? 0 : 1 / x);
const log = (x: number): number => (x > 0 ? Math.log(x) : 0);
const sqrt = (x: number): number => (x > 0 ? Math.sqrt(x) : 0);
/** exp of less than -708 is below the normal numbers of binary64: its error is absolute there, and u times this size covers it */
const vanished = (x: number): number => (x < -708 ? 2 ** -968 : 0);
/** of a 0 at which a function has a convention: nothing is known where the 0 may be a rounding of something else */
const lost = (X: number): number => (X > 0 ? Infinity : 0);
const boolean = (value: ScalarRule['value']): ScalarRule => ({ value, size: one, roundings: none });

// prettier-ignore
export const scalarRules: Readonly<Record<Operator, ScalarRule>> = {
  add:   { value: (x, y) => x + y, size: (_x, X, _y, Y) => X + Y,                                roundings: (n1, n2) => Math.max(n1, n2) + 1 },
  mul:   { value: (x, y) => x * y, size: (_x, X, _y, Y) => X * Y,                                roundings: (n1, n2) => n1 + n2 + 1 },
  neg:   { value: (x) => -x,       size: (_x, X) => X,                                           roundings: (n) => n },
  recip: { value: recip,           size: (x, X) => (x === 0 ? lost(X) : X / (x * x)),                  roundings: (n) => n + 5 },
  exp:   { value: Math.exp,        size: (x, X) => Math.exp(x) * (1 + X) + vanished(x),                        roundings: (n) => n + 6 },
  log:   { value: log,             size: (x, X) => (x > 0 ? Math.abs(Math.log(x)) + X / x : lost(X)),  roundings: (n) => n + 8 },
  sqrt:  { value: sqrt,            size: (x, X) => (x > 0 ? X / Math.sqrt(x) : Math.sqrt(X)),    roundings: (n) => n + 6 },
  lt:    boolean((x, y) => bit(x < y)),
  not:   boolean((x) => 1 - x),
  and:   boolean((x, y) => x * y),
  or:    boolean((x, y) => Math.max(x, y)),
  true:  boolean(() => 1),
  false: boolean(() => 0),
};
