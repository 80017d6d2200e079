/**
 * How a tactic fails: a closed union of facts about the goal, carried by a private exception to the boundary of the layer.
 * Knows no prose for users (diagnostic/ renders the facts).
 */
import * as E from 'fp-ts/lib/Either.js';
import type { CoreError, Obj, Term } from '../../core/index.js';
import type { Binding } from '../../language/point/point.js';
import { type ElaborateError, Failure as ElaborateFailure, codeOf } from '../../language/point/error.js';

export type TacticFact =
  | {
      readonly _tag: 'NoMatch';
      readonly name: string;
      /** the wires of the pattern, and those of them that were given */
      readonly wires: readonly Binding[];
      readonly given: readonly string[];
      readonly pattern: Term;
      readonly goal: Term;
      readonly found: number;
      readonly wanted: number;
    }
  /** a definition that no side of the goal calls */
  | { readonly _tag: 'NotCalled'; readonly name: string }
  | { readonly _tag: 'NotDetermined'; readonly name: string; readonly variables: readonly string[] }
  /** what stands for a wire of a cited theorem has another object; `own`: the goal's wire of that name, which nobody wrote */
  | {
      readonly _tag: 'WrongArgument';
      readonly name: string;
      readonly wire: string;
      readonly expected: Obj;
      readonly found: Obj;
      readonly own: boolean;
    }
  /** `ring`: the sides are what it made of the goal's, whose factors 1 and summands 0 are its own */
  | { readonly _tag: 'SidesDiffer'; readonly lhs: Term; readonly rhs: Term; readonly by?: 'ring' | 'field' }
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
  /** a wire or a result whose rows along an axis a schedule cannot compute in groups */
  | {
      readonly _tag: 'Ungrouped';
      readonly what: string;
      readonly axis: string;
      readonly reason: 'twice' | 'compound' | 'places' | 'missing' | 'rows';
    }
  /** what would be rewritten is made inside a loop, from these arrays of the goal's inputs, and would be read outside of it at an index over an axis */
  | { readonly _tag: 'InsideLoop'; readonly axis: string; readonly inputs: readonly number[] }
  /** `positivity`: the goal says nothing of a sign, or what has the sign does not show it */
  | { readonly _tag: 'NoClaim' }
  /** a step that would leave the goal as it is */
  | { readonly _tag: 'NothingToDo'; readonly tactic: string }
  | { readonly _tag: 'NoSign'; readonly sign: 'positive' | 'not-negative' | 'not-zero'; readonly of: Term }
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
