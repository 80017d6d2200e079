/** Why an IR is refused. Invariant: facts, no prose for users; inside the folder a refusal is a private exception. */
import * as E from 'fp-ts/lib/Either.js';

export type IrCode =
  | 'E-SCOPE' // a name that is not bound, or bound twice
  | 'E-SHAPE' // a form that the IR does not have here
  | 'E-BOUND' // a loop that does not run over exactly its axis
  | 'E-ADDRESS' // an address that is not a position of its array
  | 'E-EXTENT' // an index that may pass the declared extent of an array or tile
  | 'E-GUARD' // an index that may lie past its extent
  | 'E-CARRY' // a variable that changes in a loop that does not carry it
  | 'E-DEPEND' // turns that should be independent and are not
  | 'E-BARRIER' // workgroup memory without the barrier it needs, or a barrier that not all lanes reach
  | 'E-SHARE' // an element of a tile that is not one lane's own
  | 'E-STORE' // an output element stored twice, or never
  | 'E-MEANING'; // it validates as something else

export interface IrError {
  readonly _tag: 'IrError';
  readonly code: IrCode;
  /** the variable, index or array */
  readonly where: string;
  readonly found: readonly unknown[];
}

class Refusal extends Error {
  constructor(readonly fact: IrError) {
    super(`${fact.code} ${fact.where}`);
  }
}

export function refuse(code: IrCode, where: string, ...found: readonly unknown[]): never {
  throw new Refusal({ _tag: 'IrError', code, where, found });
}

export function attempt<A>(run: () => A): E.Either<IrError, A> {
  try {
    return E.right(run());
  } catch (error) {
    if (error instanceof Refusal) return E.left(error.fact);
    throw error;
  }
}
