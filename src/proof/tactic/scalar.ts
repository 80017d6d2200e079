/**
 * Scalar expressions over numbered atoms, and the canonical form of their sums: m + (m + (… + 0)), of monomials c * (x * (x * … 1)). Knows
 * nothing of theorems.
 */
import type { Rational } from '../../core/index.js';
import * as core from '../../core/index.js';
import { fail, must } from './failure.js';

export type Scalar =
  | { readonly _tag: 'Atom'; readonly index: number }
  | { readonly _tag: 'Number'; readonly value: Rational }
  | { readonly _tag: 'Add' | 'Mul'; readonly left: Scalar; readonly right: Scalar }
  | { readonly _tag: 'Neg'; readonly value: Scalar };

export const rat = (n: bigint): Rational => must(core.rational(n));
type Numeral = Scalar & { readonly _tag: 'Number' };
export const number = (value: Rational): Numeral => ({ _tag: 'Number', value });
export const zero = number(rat(0n));
export const one = number(rat(1n));
export const add = (left: Scalar, right: Scalar): Scalar => ({ _tag: 'Add', left, right });
export const mul = (left: Scalar, right: Scalar): Scalar => ({ _tag: 'Mul', left, right });
export const isNumber = (e: Scalar, n: bigint): boolean =>
  e._tag === 'Number' && e.value.num === n && e.value.den === 1n;

/** x of 1 * (x * 1) + 0 */
export function loneAtom(e: Scalar): Scalar | undefined {
  if (e._tag !== 'Add' || !isNumber(e.right, 0n) || !isNumber(coefficientOf(e.left), 1n)) return undefined;
  const product = powersOf(e.left);
  return product._tag === 'Mul' && isNumber(product.right, 1n) ? product.left : undefined;
}
export function headAndRest(e: Scalar): readonly [Scalar, Scalar] {
  return e._tag === 'Add' ? [e.left, e.right] : fail({ _tag: 'Stuck', tactic: 'ring', why: 'not a canonical sum' });
}
export const coefficientOf = (m: Scalar): Scalar => (m as Scalar & { _tag: 'Mul' }).left;
export const coefficient = (m: Scalar): Rational => (coefficientOf(m) as Numeral).value;
export const powersOf = (m: Scalar): Scalar => (m as Scalar & { _tag: 'Mul' }).right;
export function powers(m: Scalar): readonly number[] {
  const list: number[] = [];
  for (let e = powersOf(m); e._tag === 'Mul'; e = e.right) list.push((e.left as { index: number }).index);
  return list;
}
export function compare(p: readonly number[], q: readonly number[]): number {
  for (let i = 0; i < Math.min(p.length, q.length); i++) if (p[i] !== q[i]) return p[i]! - q[i]!;
  return p.length - q.length;
}

/** A canonical form without its factors 1 and summands 0; -1 * x as -x. */
export function short(e: Scalar): Scalar {
  return e._tag === 'Add' ? monomials(e).map(shortMonomial).reduce(add) : e;
}
function monomials(e: Scalar): readonly Scalar[] {
  const found: Scalar[] = [];
  for (let rest: Scalar = e; rest._tag === 'Add'; rest = rest.right) found.push(rest.left);
  return found;
}
function shortMonomial(m: Scalar): Scalar {
  const factors: Scalar[] = [];
  for (let e = powersOf(m); e._tag === 'Mul'; e = e.right) factors.push(e.left);
  const c = coefficient(m);
  const [first, ...others] = factors;
  if (!first) return number(c);
  const product = others.reduce(mul, first);
  if (isNumber(number(c), 1n)) return product;
  return isNumber(number(c), -1n) ? { _tag: 'Neg', value: product } : others.reduce(mul, mul(number(c), first));
}

/** A canonical form as a sum of products c * x, c of the factors that are fixed and x of the others; x is 1 where there are none. */
export function apart(e: Scalar, isFixed: readonly boolean[]): Scalar {
  return e._tag === 'Add'
    ? monomials(e)
        .map((m) => parted(m, isFixed))
        .reduce(add)
    : mul(e, one);
}
function parted(m: Scalar, isFixed: readonly boolean[]): Scalar {
  const factors = powers(m).map((index): Scalar => ({ _tag: 'Atom', index }));
  const [c, x] = [true, false].map((fixed) => factors.filter((f) => isFixed[(f as { index: number }).index] === fixed));
  const number1 = number(coefficient(m));
  const front = isNumber(number1, 1n) ? c! : [number1, ...c!];
  const back = x!.length === 0 ? one : x!.reduce(mul);
  return front.length === 0 ? back : mul(front.reduce(mul), back);
}
