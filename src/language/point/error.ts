// What elaboration refuses, as facts that carry core values and spans. Invariant: a closed union, without prose (diagnostic/
// renders it); inside elaborate/ a refusal travels as a private exception that `attempted` turns into an Either at the boundary.
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, CoreCode, CoreError, Obj } from '../../core/index.js';
import * as core from '../../core/index.js';
import type { SyntaxFailure } from '../syntax/parse.js';
import type { Span } from '../syntax/span.js';

export type NameKind =
  'wire' | 'index' | 'axis' | 'object' | 'function' | 'sort' | 'theorem' | 'definition' | 'hypothesis' | 'morphism';

/** What limits are stated for (size.ts). */
export type Measured = 'blocks' | 'factors' | 'components' | 'unfoldings';

export type ElaborateFact =
  /** expected and found differ */
  | { readonly _tag: 'ObjectMismatch'; readonly expected: Obj; readonly found: Obj }
  | { readonly _tag: 'AxisMismatch'; readonly expected: Axis; readonly found: Axis }
  /** an array is needed: an element, `first`, `++` … of something without a leading axis */
  | { readonly _tag: 'NoLeadingAxis'; readonly found: Obj }
  /** the two sides of an equation */
  | { readonly _tag: 'SidesDiffer'; readonly lhs: readonly [Obj, Obj]; readonly rhs: readonly [Obj, Obj] }
  | { readonly _tag: 'Arity'; readonly what: string; readonly expected: number; readonly found: number }
  /** an axis, object or diagram parameter that the arguments do not fix */
  | { readonly _tag: 'NotInferred'; readonly what: NameKind; readonly name: string }
  /** a diagram whose object must be written */
  | { readonly _tag: 'ObjectNeeded'; readonly word: string }
  /** the shape of `found` is no instance of `pattern` */
  | { readonly _tag: 'NoInstance'; readonly of: string; readonly pattern: Obj; readonly found: Obj }
  /** `is`: what else the name stands for here */
  | {
      readonly _tag: 'Unknown';
      readonly kind: NameKind;
      readonly name: string;
      readonly candidates: readonly string[];
      readonly is?: 'wire' | 'axis' | 'index' | 'function';
    }
  | { readonly _tag: 'Duplicate'; readonly kind: NameKind; readonly name: string }
  /** an array made inside a loop from its state, read at the loop's own index or at an outer one */
  | { readonly _tag: 'LocalArray'; readonly name: string; readonly index: string }
  /** an einsum text that is malformed, or keeps an axis that no operand has */
  | { readonly _tag: 'Einsum'; readonly text: string; readonly name: string | undefined }
  /** the streamed axis where it may not be: in the state, the merge, or a wire in a place that cannot be cut */
  | { readonly _tag: 'StreamedAxis'; readonly axis: Axis; readonly where: string }
  /** no wire mentions the streamed axis */
  | { readonly _tag: 'NothingStreamed'; readonly axis: Axis }
  | { readonly _tag: 'StrengthNeeds'; readonly strength: string; readonly part: 'step' | 'merge' }
  /** the outputs of a first part and those of a later one belong together */
  | { readonly _tag: 'PartNeeds'; readonly part: 'outputs' | 'output'; readonly needs: 'outputs' | 'output' }
  /** a phrase of a proof that is not of the kind that is needed */
  | { readonly _tag: 'Unread'; readonly failure: SyntaxFailure }
  | { readonly _tag: 'TooDeep' }
  /** what would be built, or computed, is over a stated limit */
  | { readonly _tag: 'TooLarge'; readonly what: Measured; readonly limit: number }
  | { readonly _tag: 'Core'; readonly error: CoreError };

export type ElaborateCode = CoreCode | 'E-STATE' | 'E-SYNTAX';

export interface ElaborateError {
  readonly _tag: 'ElaborateError';
  readonly code: ElaborateCode;
  /** undefined only for expressions that no text was elaborated to */
  readonly span: Span | undefined;
  readonly fact: ElaborateFact;
}

export function codeOf(fact: ElaborateFact): ElaborateCode {
  switch (fact._tag) {
    case 'Unknown':
    case 'Duplicate':
    case 'LocalArray':
      return 'E-SCOPE';
    case 'StreamedAxis':
    case 'NothingStreamed':
    case 'StrengthNeeds':
    case 'PartNeeds':
      return 'E-STATE';
    case 'Unread':
      return fact.failure.code;
    case 'TooDeep':
    case 'TooLarge':
      return 'E-BUDGET';
    case 'Core':
      // a call over axes that its declaration does not allow is ill-typed
      return fact.error.rule === 'call' && fact.error.code === 'E-SIDE' ? 'E-TYPE' : fact.error.code;
    default:
      return 'E-TYPE';
  }
}

/** Private to elaborate/: never leaves `attempted`. */
export class Failure extends Error {
  constructor(
    readonly fact: ElaborateFact,
    readonly span: Span | undefined,
  ) {
    super(fact._tag);
  }
}

export function fail(fact: ElaborateFact, span?: Span): never {
  throw new Failure(fact, span);
}

/** How deep the functions of elaboration and of tactics may call themselves, all together: counted, so that it is the same on every machine. */
export const maximumDepth = 600;
let depth = 0;

/** One level deeper; refused long before the stack ends. */
export function descend<A>(operation: () => A): A {
  if (depth >= maximumDepth) fail({ _tag: 'TooDeep' });
  depth += 1;
  try {
    return operation();
  } finally {
    depth -= 1;
  }
}

/** One level deeper, in a phrase: a refusal that has no place yet gets that of the phrase. */
export function within<A>(span: Span, operation: () => A): A {
  try {
    return descend(operation);
  } catch (error) {
    if (error instanceof Failure && error.span === undefined) throw new Failure(error.fact, span);
    throw error;
  }
}

/** The value of a core operation; its refusal becomes a refusal of elaboration. */
export function must<A>(result: E.Either<CoreError, A>): A {
  if (E.isLeft(result)) fail({ _tag: 'Core', error: result.left });
  return result.right;
}

const errorOf = (fact: ElaborateFact, span?: Span): ElaborateError => ({
  _tag: 'ElaborateError',
  code: codeOf(fact),
  span,
  fact,
});

/** The boundary: runs an elaboration, on fuel of its own; anything thrown that is not a refusal is a bug and is not caught. */
export function attempted<A>(operation: () => A): E.Either<ElaborateError, A> {
  try {
    return E.mapLeft((error: CoreError) => errorOf({ _tag: 'Core', error }))(core.within(core.FUEL, operation));
  } catch (error) {
    if (error instanceof Failure) return E.left(errorOf(error.fact, error.span));
    throw error;
  }
}
