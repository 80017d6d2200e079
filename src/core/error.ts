/**
 * Facts about what the core refuses. Invariant: inside the core a refusal is a private exception; the door turns it into an
 * `Either`. Knows no prose for users: `diagnostic/` renders these facts.
 */
import * as E from 'fp-ts/lib/Either.js';

export type CoreCode = 'E-TYPE' | 'E-SIDE' | 'E-EQ' | 'E-SCOPE' | 'E-STATUS' | 'E-BUDGET';

export interface CoreError {
  readonly _tag: 'CoreError';
  readonly code: CoreCode;
  /** the rule or constructor that refused */
  readonly rule: string;
  /** which side condition failed, in one line of mathematics */
  readonly condition: string;
  /** what was found: core values (axes, objects, terms), in the order that the condition names them */
  readonly found: readonly unknown[];
}

class Refusal extends Error {
  constructor(readonly fact: CoreError) {
    super(`${fact.code} ${fact.rule}: ${fact.condition}`);
  }
}

export function refuse(code: CoreCode, rule: string, condition: string, ...found: readonly unknown[]): never {
  throw new Refusal(Object.freeze({ _tag: 'CoreError', code, rule, condition, found: Object.freeze(found) }));
}

/** Runs one core operation; a refusal becomes `Left`. Anything else that is thrown is a bug and is not caught. */
export function attempt<const Args extends readonly unknown[], A>(
  operation: (...args: Args) => A,
  ...args: Args
): E.Either<CoreError, A> {
  try {
    return E.right(operation(...args));
  } catch (error) {
    if (error instanceof Refusal) return E.left(error.fact);
    throw error;
  }
}
