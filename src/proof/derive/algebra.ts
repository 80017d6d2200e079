/**
 * Sums of products: symbols expanded by distributivity, exp of a sum, reciprocal of a product, and `if` as a sum of two products.
 * Invariant: each law used is a theorem of the library; no factor is cancelled, for x * recip x is not 1 at 0. What is not one of
 * these operators is an atom.
 */
import type { Rational } from '../../core/index.js';
import { type Sym, type Symbols } from './sym.js';

/** A coefficient times atoms (sorted, repeated) times exp of a sum of products, where there is one. */
export interface Product {
  readonly coefficient: Rational;
  readonly factors: readonly Sym[];
  readonly exponent: Sum | undefined;
}
export type Sum = readonly Product[];

/** More products than this are not expanded. */
export const productLimit = 400;
export class TooMany extends Error {}

const one: Rational = { num: 1n, den: 1n };

export class Algebra {
  private readonly kept = new Map<Sym, Sum>();
  constructor(
    readonly symbols: Symbols,
    /** what is taken as an atom whatever it is */
    private readonly opaque: (s: Sym) => boolean = () => false,
  ) {}

  sum(s: Sym): Sum {
    const known = this.kept.get(s);
    if (known) return known;
    const made = this.expand(s);
    if (made.length > productLimit) throw new TooMany();
    this.kept.set(s, made);
    return made;
  }

  private expand(s: Sym): Sum {
    if (s._tag === 'Number') return constant(s.value);
    if (this.opaque(s)) return atom(s);
    if (s._tag === 'Select') return this.selected(s);
    if (s._tag !== 'Op') return atom(s);
    const [x, y] = s.args as [Sym, Sym];
    switch (s.word) {
      case 'add':
        return plus(this.sum(x), this.sum(y));
      case 'mul':
        return times(this.sum(x), this.sum(y));
      case 'neg':
        return scaled({ num: -1n, den: 1n }, this.sum(x));
      case 'exp':
        return this.exponential(s, this.sum(x));
      case 'recip':
        return this.reciprocal(s, this.sum(x));
      default:
        return atom(this.symbols.op(s.word, ...s.args.map((a) => this.canonical(a))));
    }
  }

  private exponential(_s: Sym, argument: Sum): Sum {
    return [{ coefficient: one, factors: [], exponent: argument.length === 0 ? undefined : argument }];
  }

  /** recip(c f g exp a) = 1/c recip f recip g exp(-a); of a sum it is an atom */
  private reciprocal(s: Sym, of: Sum): Sum {
    const [only, ...others] = of;
    const whole = (): Sum => atom(this.symbols.op('recip', this.canonical((s as Sym & { _tag: 'Op' }).args[0]!)));
    if (!only || others.length > 0) return whole();
    if (only.factors.some((f) => f._tag === 'Op' && f.word === 'recip')) return whole();
    const { num, den } = only.coefficient;
    const factors = only.factors.map((f) => this.symbols.op('recip', f));
    const exponent = only.exponent && scaled({ num: -1n, den: 1n }, only.exponent);
    return [{ coefficient: ratio(den, num), factors: sorted(factors), exponent }];
  }

  /** if p then x else y = [p] x + (1 - [p]) y, where [p] = if p then 1 else 0 */
  private selected(s: Sym & { readonly _tag: 'Select' }): Sum {
    const [p, x, y] = s.args;
    const { symbols } = this;
    const [zero, unit] = [symbols.number(0n), symbols.number(1n)];
    if (isBoolean(x)) return atom(s);
    const chosen = atom(symbols.select(p, unit, zero));
    if (x === unit && y === zero) return chosen;
    const other = plus(constant(one), scaled({ num: -1n, den: 1n }, chosen));
    return plus(times(chosen, this.sum(x)), times(other, this.sum(y)));
  }

  /** The expression in canonical form, where it is a real one. */
  canonical(s: Sym): Sym {
    return isBoolean(s) ? s : this.symbol(this.sum(s));
  }

  // ---- back to symbols ----

  symbol(sum: Sum): Sym {
    if (sum.length === 0) return this.symbols.number(0n);
    const [first, ...rest] = sum.map((p) => this.product(p));
    return rest.reduce((x, y) => this.symbols.op('add', x, y), first!);
  }

  product({ coefficient: { num, den }, factors, exponent }: Product): Sym {
    const { symbols } = this;
    const parts = [...factors];
    if (exponent) parts.push(symbols.op('exp', this.symbol(exponent)));
    // divisions last
    const [above, below] = [parts.filter((f) => !isRecip(f)), parts.filter(isRecip)];
    const all = [...above, ...below];
    if (num === 1n && den === 1n && all.length > 0) return all.reduce((x, y) => symbols.op('mul', x, y));
    return all.reduce((x, y) => symbols.op('mul', x, y), symbols.number(num, den));
  }
}

const isRecip = (s: Sym): boolean => s._tag === 'Op' && s.word === 'recip';

export function isBoolean(s: Sym): boolean {
  if (s._tag === 'Truth') return true;
  if (s._tag === 'Op') return ['lt', 'not', 'and', 'or'].includes(s.word);
  if (s._tag === 'Select') return isBoolean(s.args[1]);
  if (s._tag === 'Loop')
    return s.component >= 0 ? s.loop.bases[s.component]!._tag === 'Boolean' : isBoolean(s.loop.output!.body);
  return false;
}

// ---- arithmetic -----------------------------------------------------------------------------------------------------------

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
export function ratio(num: bigint, den: bigint): Rational {
  const g = gcd(num, den) || 1n;
  const sign = den < 0n ? -1n : 1n;
  return { num: (sign * num) / g, den: (sign * den) / g };
}
export const constant = (value: Rational): Sum =>
  value.num === 0n ? [] : [{ coefficient: value, factors: [], exponent: undefined }];
export const atom = (s: Sym): Sum => [{ coefficient: one, factors: [s], exponent: undefined }];
const sorted = (factors: readonly Sym[]): readonly Sym[] => [...factors].sort((a, b) => a.id - b.id);

/** The key of what is beside the coefficient. */
export const keyOf = (p: Product): string =>
  `${p.factors.map((f) => f.id).join('.')}${p.exponent ? `e(${sumKey(p.exponent)})` : ''}`;
const sumKey = (s: Sum): string => s.map((p) => `${p.coefficient.num}/${p.coefficient.den}*${keyOf(p)}`).join('+');
export const equalSums = (a: Sum, b: Sum): boolean => sumKey(a) === sumKey(b);

function collected(products: readonly Product[]): Sum {
  const table = new Map<string, Product>();
  for (const p of products) {
    const key = keyOf(p);
    const before = table.get(key)?.coefficient;
    const coefficient = before
      ? ratio(before.num * p.coefficient.den + p.coefficient.num * before.den, before.den * p.coefficient.den)
      : p.coefficient;
    table.set(key, { ...p, coefficient });
  }
  return [...table]
    .filter(([, p]) => p.coefficient.num !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, p]) => p);
}

export const plus = (a: Sum, b: Sum): Sum => collected([...a, ...b]);
export const scaled = (c: Rational, s: Sum): Sum =>
  c.num === 0n
    ? []
    : s.map((p) => ({ ...p, coefficient: ratio(c.num * p.coefficient.num, c.den * p.coefficient.den) }));
export function times(a: Sum, b: Sum): Sum {
  if (a.length * b.length > 4 * productLimit) throw new TooMany();
  return collected(a.flatMap((p) => b.map((q) => multiply(p, q))));
}
export function multiply(p: Product, q: Product): Product {
  const exponent = p.exponent && q.exponent ? plus(p.exponent, q.exponent) : (p.exponent ?? q.exponent);
  return {
    coefficient: ratio(p.coefficient.num * q.coefficient.num, p.coefficient.den * q.coefficient.den),
    factors: sorted([...p.factors, ...q.factors]),
    exponent: exponent && exponent.length > 0 ? exponent : undefined,
  };
}
