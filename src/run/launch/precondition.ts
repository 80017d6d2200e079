// Whether data meet the preconditions of a kernel's theorem. Invariant: what is called met was evaluated to true without doubt, in balls with a
// wide exponent. It knows no kernel's text.
import * as E from 'fp-ts/lib/Either.js';
import { preconditionsOf } from '../../language/elaborate/precondition.js';
import type { Extracted } from '../../kernel/extract/extract.js';
import { showTerm } from '../../language/print/show.js';
import type { Environment, EvaluateError, NumArray } from '../reference/evaluate.js';
import { evaluateBalls } from '../reference/reference.js';

/** A condition that the data of an element of the batch do not meet, or do not surely meet: rounding leaves it open. */
export interface Unmet {
  readonly _tag: 'Unmet';
  readonly name: string;
  readonly condition: string;
  readonly element: number;
  readonly surely: boolean;
}

/** The first condition that inputs do not surely meet. */
export function unmet(
  { name, theorem }: Extracted,
  env: Environment,
  inputs: readonly NumArray[],
  element: number,
): E.Either<EvaluateError, Unmet | undefined> {
  for (const c of theorem.claim ? preconditionsOf(theorem.claim.info) : []) {
    const found = evaluateBalls(c, env, inputs);
    if (E.isLeft(found)) return found;
    const { m, r } = found.right[0]![0]!;
    if (m === 1 && r === 0) continue;
    const condition = showTerm(c, theorem.info.wires).map((line) => line.trim()).join(' '); // prettier-ignore
    return E.right({ _tag: 'Unmet', name, condition, element, surely: r === 0 });
  }
  return E.right(undefined);
}
