/**
 * The statement's value with the evaluation's own error: in float64 where that says enough, and in balls with a wide exponent (wide.ts) where float64
 * over- or underflows, or does not know a number well enough to divide by it. Invariant: the exact value lies within `error` of `data`, where `error` is
 * finite; where it is infinite the reference does not know the value. Knows no kernel.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Term } from '../../core/index.js';
import { type Bounded, UNIT_ROUNDOFF, boundAt, evaluateBounded } from './bound.js';
import { type Environment, type EvaluateError, type NumArray, evaluateViews } from './evaluate.js';
import { type View, packed } from './view.js';
import { ballAt } from './wide-array.js';
import { type Ball, middle, reach } from './wide.js';

export interface Reference extends Bounded {
  /** how far the exact value can be from `data`; infinite where that is not known */
  readonly error: Float64Array;
}

/** Covers the second order of the first-order bound, whose arguments are known to three digits (scalar.ts). */
const WIDER = 1.01;

/** Above what binary64 loses where numbers up to 1e9 cancel: a larger error may say nothing. */
const FINE = 2 ** -20;

/** The outputs of a term, leaf by leaf, as balls. */
export function evaluateBalls(
  term: Term,
  env: Environment,
  inputs: readonly NumArray[],
): E.Either<EvaluateError, readonly (readonly Ball[])[]> {
  const balls = (v: View): Ball[] => {
    const flat = packed(v);
    return Array.from(flat.data, (_, i) => ballAt(flat, i));
  };
  return E.map((views: readonly View[]) => views.map(balls))(evaluateViews(term, env, inputs, 'wide'));
}

/**
 * The outputs of a term, leaf by leaf. Fails as evaluate does. `enough`, by leaf: an error that does no harm where it is also FINE; an element that is known neither so well nor
 * to its own size (a product that was below binary64 on the way) is evaluated in balls too.
 */
export function reference(
  term: Term,
  env: Environment,
  inputs: readonly NumArray[],
  enough: readonly ArrayLike<number>[] = [],
): E.Either<EvaluateError, readonly Reference[]> {
  const plain = evaluateBounded(term, env, inputs);
  if (E.isLeft(plain)) return plain;
  const found = plain.right.map(withError);
  const vague = found.map(({ data, error }, leaf) => {
    const harmless = (i: number): number => (enough[leaf] ? Math.min(enough[leaf][i]!, FINE) : Number.MAX_VALUE);
    const isVague = (e: number, i: number): boolean =>
      !Number.isFinite(e) || (e > Math.abs(data[i]!) && e > harmless(i));
    return error.map((e, i) => (isVague(e, i) ? 1 : 0));
  });
  if (vague.every((all) => !all.includes(1))) return E.right(found);
  return E.map((balls: readonly (readonly Ball[])[]) => {
    found.forEach((y, leaf) => replace(y, balls[leaf]!, vague[leaf]!));
    return found;
  })(evaluateBalls(term, env, inputs));
}

function withError(y: Bounded): Reference {
  const error = y.data.map((v, i) => {
    const e = boundAt(y, i, UNIT_ROUNDOFF.f64) * WIDER;
    return Number.isFinite(v) && e >= 0 ? e : Infinity;
  });
  return { ...y, error };
}

/** What float64 does not know well; a value beyond its range is infinite, and its error 0 where the ball says how large it is. */
function replace({ data, error }: Reference, balls: readonly Ball[], vague: Float64Array): void {
  balls.forEach((ball, i) => {
    const [value, off] = [middle(ball), reach(ball)];
    if (vague[i] === 0 || (error[i]! < Infinity && !(off < error[i]!))) return;
    const sure = ball.r < Math.abs(ball.m) / 2;
    data[i] = value;
    error[i] = Number.isFinite(value) ? off : sure ? 0 : Infinity;
  });
}
