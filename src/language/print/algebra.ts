/**
 * Axes, objects and exact numbers in the notation of the language. Invariant: what is shown, read again in the same scope, denotes
 * the same value (bound names are shown by their letters). Knows no expressions.
 */
import type { Axis, AxisVar, Base, Leaf, Monomial, Obj, Rational } from '../../core/index.js';
import { clean } from './clean.js';

const letters = ['n', 'm', 'k', 'l'];

/** Bound variables are numbered in the core; they are shown by letters. */
export function showVariable(v: AxisVar): string {
  if (v.scope === 'free') return clean(v.name.replace(/~.*$/, ''));
  return letters[Number(v.name)] ?? `n${v.name}`;
}

const atom = (text: string, e: Axis): string => (e.terms.length > 1 ? `(${text})` : text);

function showMonomial(m: Monomial): string {
  const factors = m.vars.map(showVariable);
  const all = m.tail ? [...factors, atom(showAxis(m.tail), m.tail)] : factors;
  return all.length === 0 ? '1' : all.join('*');
}

export function showAxis(e: Axis): string {
  return e.terms.length === 0 ? '0' : e.terms.map(showMonomial).join(' + ');
}

/** An axis inside brackets: compound ones in parentheses. */
export const showAxisAtom = (e: Axis): string =>
  /^[\w'.-]+$/.test(showAxis(e)) ? showAxis(e) : `(${tight(showAxis(e))})`;
/** An axis after a colon or between commas. */
export const tight = (text: string): string => text.replace(/ /g, '');

function showBase(base: Base): string {
  switch (base._tag) {
    case 'Real':
      return 'R';
    case 'Boolean':
      return 'B';
    case 'ObjVar':
      return clean(base.name);
  }
}

export const showLeaf = ({ base, axes }: Leaf): string =>
  axes.length === 0 ? showBase(base) : `${showBase(base)}[${axes.map(showAxisAtom).join(' ')}]`;

export const showObject = (object: Obj): string =>
  object.leaves.length === 0 ? '1' : object.leaves.map(showLeaf).join(' * ');

/** 3, 1/3, 0.5, 1e-6: a decimal where there is a short one. */
export function showNumber({ num, den }: Rational): string {
  if (den === 1n) return num.toString();
  const magnitude = Number(num) / Number(den);
  const text = String(magnitude);
  const exact = /^-?(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text);
  if (exact && text.length <= 12) {
    const [, whole = '', fraction = '', exponent = '0'] = exact;
    const shift = fraction.length - Number(exponent);
    const sign = text.startsWith('-') ? -1n : 1n;
    const digits = sign * BigInt(whole + fraction);
    if (shift >= 0 && digits * den === num * 10n ** BigInt(shift)) return text;
  }
  return `${num}/${den}`;
}
