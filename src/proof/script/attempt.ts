/**
 * How a proof ends where it yields no theorem: at a fact with a place. Invariant: what one proof may do is bounded by its own fuel. Knows no files.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { CoreError } from '../../core/index.js';
import * as core from '../../core/index.js';
import type { ElaborateError } from '../../language/point/error.js';
import { TacticFailure } from '../tactic/failure.js';
import { Stop, stop } from './failure.js';
import type { ProofTree } from './placed.js';
import type { Citable } from './scope.js';

/** Fuel of one proof: more than eight times what the largest of the library uses. */
export const PROOF_FUEL = 130_000_000;

/** A refusal of a name that a step needs and nobody wrote says which step. */
export function needed(by: string, cite: () => Citable): Citable {
  try {
    return cite();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const { fact, span, code } = error;
    const named = fact._tag === 'UnknownName' || fact._tag === 'NotProved' || fact._tag === 'NotInSight';
    return stop(named ? { ...fact, by } : fact, span, code);
  }
}

export const endOf = (tree: ProofTree): ProofTree['span'] => ({
  start: Math.max(tree.span.start, tree.span.end - 3),
  end: tree.span.end,
});

/** What a proof yields, on fuel of its own, or where it stops: at a fact with a place, or where none of its steps has one, at its name. */
export function attempt<A>(tree: ProofTree, run: () => A): A | Stop {
  const { span } = tree.name;
  const stopped = (error: ElaborateError): Stop => new Stop({ _tag: 'Elaborate', error }, span, error.code);
  const refused = (error: CoreError): Stop =>
    stopped({ _tag: 'ElaborateError', code: error.code, span, fact: { _tag: 'Core', error } });
  try {
    const done = core.within(PROOF_FUEL, run);
    return E.isRight(done) ? done.right : refused(done.left);
  } catch (error) {
    if (error instanceof Stop) return error;
    if (error instanceof TacticFailure && error.fact._tag === 'Core') return refused(error.fact.error);
    throw error;
  }
}
