/**
 * Hypotheses: the equations to the left of the turnstile, each over all inputs and quantified over axes (docs/reference/certificate.md, Terms). Invariant:
 * interned and frozen, binders numbered. The quantifier is the only binder there is. Knows nothing of theorems.
 */
import type { AxisVar } from './axis.js';
import { refuse } from './error.js';
import * as O from './occurrence.js';
import * as S from './substitution.js';
import { Table } from './table.js';
import type { Term } from './term.js';
import * as V from './variable.js';

/** `for all n…. lhs = rhs`, its binders numbered. */
export interface Hypothesis {
  readonly _tag: 'Hypothesis';
  readonly id: number;
  readonly binders: readonly AxisVar[];
  readonly lhs: Term;
  readonly rhs: Term;
}

const hypotheses = new Table<Hypothesis>();
export function internHypothesis(binders: readonly AxisVar[], lhs: Term, rhs: Term): Hypothesis {
  const key = `${binders.map((b) => b.id).join()}:${lhs.id}=${rhs.id}`;
  return hypotheses.intern(key, (id) => ({ _tag: 'Hypothesis', id, binders: Object.freeze([...binders]), lhs, rhs }));
}

export function parallel(rule: string, lhs: Term, rhs: Term): void {
  if (lhs.dom !== rhs.dom || lhs.cod !== rhs.cod)
    refuse('E-TYPE', rule, 'both sides have one type', lhs.dom, lhs.cod, rhs.dom, rhs.cod);
}

/** `for all binders. lhs = rhs`. E-SCOPE when a binder occurs in the signature of a morphism variable of it. */
export function hypothesis(given: readonly AxisVar[], lhs: Term, rhs: Term): Hypothesis {
  const binders = [...given];
  O.refuseBound('hypothesis', lhs, rhs);
  parallel('hypothesis', lhs, rhs);
  const close = V.closing('hypothesis', binders, 'hypothesis');
  const { signatureAxes } = O.variables(lhs, rhs);
  for (const v of binders)
    if (signatureAxes.has(v))
      refuse('E-SCOPE', 'hypothesis', 'no binder occurs in the signature of a morphism variable', v);
  const closed = binders.map((v) => close(v)!.terms[0]!.vars[0]!);
  const images = S.axisImages(close);
  return internHypothesis(closed, S.substitute(images, lhs), S.substitute(images, rhs));
}

export function genuineHypothesis(rule: string, h: Hypothesis): void {
  hypotheses.require(rule, 'a hypothesis', [h]);
}

/** Refuses an axis that is free in one of the hypotheses, signatures included. */
export function notFreeIn(rule: string, v: AxisVar, list: readonly Hypothesis[]): void {
  const { axes, signatureAxes } = O.variables(...list.flatMap((h) => [h.lhs, h.rhs]));
  if (axes.has(v) || signatureAxes.has(v)) refuse('E-SCOPE', rule, 'the axis is free in no hypothesis', v);
}
