/**
 * What a target's table says: one phrase for each node of the IR. Invariant: a phrase is a function of its parts' phrases alone; the walk
 * over the IR is print.ts, the same for every target.
 */

import type { Arithmetic, Kind, Rational } from '../ir/kernel.js';

/** How tightly a phrase binds: what is looser than its place gets parentheses. */
export interface Phrase {
  readonly text: string;
  readonly level: number;
}
export const ATOM = 9;
const [OR, AND, COMPARE, SUM, PRODUCT, UNARY] = [1, 2, 3, 4, 5, 6] as const;

export const atom = (text: string): Phrase => ({ text, level: ATOM });
export const inside = (p: Phrase, level: number): string => (p.level < level ? `(${p.text})` : p.text);
const infix =
  (level: number, sign: string, strict: boolean) =>
  (x: Phrase, y: Phrase): Phrase => ({
    text: `${inside(x, level)} ${sign} ${inside(y, strict ? level + 1 : level)}`,
    level,
  });

/** x + y and x * y associate in the text as in the IR: the right part keeps its parentheses. */
export const plus = infix(SUM, '+', true);
export const minus = infix(SUM, '-', true);
export const times = infix(PRODUCT, '*', true);
export const over = infix(PRODUCT, '/', true);
export const modulo = infix(PRODUCT, '%', true);
export const equals = infix(COMPARE, '==', true);
export const same = infix(COMPARE, '===', true);
export const less = infix(COMPARE, '<', true);
export const differs = (sign: string, zero: string) => (x: Phrase) => infix(COMPARE, sign, true)(x, atom(zero));
export const both = infix(AND, '&&', true);
export const either = infix(OR, '||', true);
/** in WGSL `a && b || c` is an error: boolean infix always stands in parentheses */
const closed = (p: Phrase): Phrase => ({ ...p, level: 0 });
export const negative = (x: Phrase): Phrase => ({ text: `-${inside(x, ATOM)}`, level: UNARY });
export const negation = (x: Phrase): Phrase => ({ text: `!${inside(x, ATOM)}`, level: UNARY });
export const call =
  (f: string) =>
  (...args: readonly Phrase[]): Phrase =>
    atom(`${f}(${args.map((a) => a.text).join(', ')})`);

/** The phrases that every target writes alike. */
export const phrases = {
  plus,
  minus,
  times,
  modulo,
  element: (name: string, index: readonly Phrase[]): Phrase =>
    atom(`${name}${index.map((i) => `[${i.text}]`).join('')}`),
  assign: (place: Phrase, value: Phrase): string => `${place.text} = ${value.text};`,
  when: (condition: Phrase): string => `if (${condition.text})`,
  guard: (index: string, extent: Phrase): string => `if (${index} < ${inside(extent, SUM)})`,
};

export interface Dialect {
  readonly target: 'wgsl' | 'cuda' | 'host';
  readonly integer: (n: number) => string;
  readonly real: (value: Rational) => Phrase;
  readonly toReal: (int: Phrase) => Phrase;
  /** rounded down, of a number from 0 to below 2^32 */
  readonly toInteger: (real: Phrase) => Phrase;
  readonly equal: (x: Phrase, y: Phrase) => Phrase; // of numbers
  readonly operator: Readonly<Record<Arithmetic, (...args: readonly Phrase[]) => Phrase>>;
  /** of integers, rounded down */
  readonly quotient: (x: Phrase, y: Phrase) => Phrase;
  readonly lesser: (x: Phrase, y: Phrase) => Phrase; // of integers
  /** whether a stored number is a true one */
  readonly truth: (x: Phrase) => Phrase;
  readonly choose: (condition: Phrase, yes: Phrase, no: Phrase) => Phrase;
  readonly isFirst: (block: string) => Phrase;
  readonly intBinding: (name: string, value: string) => string;
  readonly letBinding: (name: string, kind: Kind, value: string) => string;
  readonly variable: (name: string, kind: Kind, init: string | undefined) => string;
  readonly array: (name: string, kind: Kind, dims: readonly string[]) => string;
  readonly loop: (index: string, from: string, bound: string, by: string | undefined) => string;
  /** a hint above a loop: write out so many turns, or all */
  readonly unrolled: (turns: number | undefined) => readonly string[];
  readonly barrier: readonly string[];
  /** whether every lane runs alone, so that a tile is its own */
  readonly alone: boolean;
}

type Operators = Dialect['operator'];
/** The operators that read the same everywhere. */
export const common = (
  one: string,
  f: Readonly<Record<'exp' | 'log' | 'sqrt' | 'max' | 'min', string>>,
): Operators => ({
  add: (x, y) => plus(x!, y!),
  sub: (x, y) => minus(x!, y!),
  div: (x, y) => over(x!, y!),
  max: call(f.max),
  min: call(f.min),
  mul: (x, y) => times(x!, y!),
  neg: (x) => negative(x!),
  recip: (x) => over(atom(one), x!),
  exp: call(f.exp),
  log: call(f.log),
  sqrt: call(f.sqrt),
  lt: (x, y) => less(x!, y!),
  not: (x) => negation(x!),
  and: (x, y) => closed(both(closed(x!), closed(y!))),
  or: (x, y) => closed(either(closed(x!), closed(y!))),
  true: () => atom('true'),
  false: () => atom('false'),
});

/** An exact decimal where there is a short one, else a quotient. */
export function decimal({ num, den }: Rational, suffix: string): Phrase {
  const sign = num < 0n ? '-' : '';
  const whole = num < 0n ? -num : num;
  for (let digits = 0; digits <= 20; digits++) {
    const scale = 10n ** BigInt(digits);
    if ((whole * scale) % den !== 0n) continue;
    const text = ((whole * scale) / den).toString().padStart(digits + 1, '0');
    const [front, back] = [text.slice(0, text.length - digits), text.slice(text.length - digits)];
    return { text: `${sign}${front}.${back === '' ? '0' : back}${suffix}`, level: sign ? UNARY : ATOM };
  }
  if (whole >= LONG || den >= LONG)
    return { text: `${sign}${rounded(whole, den)}${suffix}`, level: sign ? UNARY : ATOM };
  return { text: `${sign}${whole}.0${suffix} / ${den}.0${suffix}`, level: sign ? SUM : PRODUCT };
}
/** Above, a part of the quotient may be infinite where the quotient is not. */
const LONG = 10n ** 38n;
/** The quotient to 20 digits. */
function rounded(num: bigint, den: bigint): string {
  const places = 20 - (`${num}`.length - `${den}`.length);
  const digits = places >= 0 ? (num * 10n ** BigInt(places)) / den : num / (den * 10n ** BigInt(-places));
  return `${digits}.0e${-places}`;
}
