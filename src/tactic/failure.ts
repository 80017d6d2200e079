/**
 * How a tactic fails: a closed union of facts about the goal, carried by a private exception to the boundary of the layer.
 * Knows no prose for users (diagnostic/ renders the facts).
 */
import * as E from 'fp-ts/lib/Either.js';
import type { CoreError, Term } from '../core/index.js';
import { type ElaborateError, Failure as ElaborateFailure, codeOf } from '../elaborate/error.js';

export type TacticFact =
  | {
      readonly _tag: 'NoMatch';
      readonly name: string;
      readonly pattern: Term;
      readonly goal: Term;
      readonly found: number;
      readonly wanted: number;
    }
  | { readonly _tag: 'NotDetermined'; readonly name: string; readonly variables: readonly string[] }
  | { readonly _tag: 'SidesDiffer'; readonly lhs: Term; readonly rhs: Term }
  | {
      readonly _tag: 'NotThisGoal';
      readonly name: string;
      readonly lhs: Term;
      readonly rhs: Term;
      readonly goal: readonly [Term, Term];
    }
  | { readonly _tag: 'NoSuchWire'; readonly name: string; readonly wires: readonly string[] }
  | { readonly _tag: 'Missing'; readonly name: string; readonly role: string }
  | { readonly _tag: 'Stuck'; readonly tactic: string; readonly why: string }
  | { readonly _tag: 'Budget'; readonly tactic: string; readonly limit: number }
  | { readonly _tag: 'Core'; readonly error: CoreError }
  | { readonly _tag: 'Elaborate'; readonly error: ElaborateError };

export class TacticFailure extends Error {
  constructor(readonly fact: TacticFact) {
    super(fact._tag);
  }
}

export function fail(fact: TacticFact): never {
  throw new TacticFailure(fact);
}

/** The value of a core operation; its refusal becomes a failure of the tactic. */
export function must<A>(result: E.Either<CoreError, A>): A {
  if (E.isLeft(result)) fail({ _tag: 'Core', error: result.left });
  return result.right;
}

/** The boundary. Anything thrown that is not a failure is a bug and is not caught. */
export function attempted<A>(operation: () => A): E.Either<TacticFact, A> {
  try {
    return E.right(operation());
  } catch (error) {
    if (error instanceof TacticFailure) return E.left(error.fact);
    if (error instanceof ElaborateFailure) {
      const inner: ElaborateError = {
        _tag: 'ElaborateError',
        code: codeOf(error.fact),
        span: error.span,
        fact: error.fact,
      };
      return E.left({ _tag: 'Elaborate', error: inner });
    }
    throw error;
  }
}
