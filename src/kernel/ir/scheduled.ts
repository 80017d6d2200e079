/**
 * What lowering takes: the right-hand side of a scheduled theorem, its axes instantiated, and beside it what does not change the meaning.
 * Invariant: plain data around one core term. It does not know how the schedule was proved.
 */
import type { Term } from '../../core/index.js';
import type { AxisUse, Level } from './kernel.js';

export interface Scheduled {
  /** the kernel's name, as a person wrote it */
  readonly name: string;
  readonly rhs: Term;
  /** one for each leaf of the domain, in order */
  readonly wires: readonly { readonly name: string; readonly level: Level }[];
  /** one for each leaf of the codomain, in order */
  readonly results: readonly string[];
  /** a use for every axis variable of the term */
  readonly uses: readonly AxisUse[];
}

export type LowerCode =
  | 'L-TYPE' // a wire that is no real array, or a name missing
  | 'L-EMPTY' // a result without elements
  | 'L-AXIS' // an axis variable without a use, or with one that the diagram does not have
  | 'L-VARIABLE' // a morphism variable: nothing to compute
  | 'L-STATE' // a state array that cannot be taken apart into elements
  | 'L-SCAN' // an output for every turn of a loop
  | 'L-POSITION'; // a position in a form that a partial block does not have

export interface LowerError {
  readonly _tag: 'LowerError';
  readonly code: LowerCode;
  readonly where: string;
  readonly found: readonly unknown[];
}

class Refusal extends Error {
  constructor(readonly fact: LowerError) {
    super(`${fact.code} ${fact.where}`);
  }
}

export function refuse(code: LowerCode, where: string, ...found: readonly unknown[]): never {
  throw new Refusal({ _tag: 'LowerError', code, where, found });
}

/** The refusal that was thrown; anything else is a bug and goes on. */
export function refusal(error: unknown): LowerError {
  if (error instanceof Refusal) return error.fact;
  throw error;
}
