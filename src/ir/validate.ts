/**
 * Translation validation: an IR is believed only when, evaluated back, it has the normal form of the term it was made from.
 * Invariant: a `Validated` was made here; emitters take nothing else. It knows neither lowering nor targets.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Cell, type Term, evaluator } from '../core/index.js';
import { canonicalCells } from './canonical.js';
import type { IrError } from './error.js';
import type { Kernel } from './kernel.js';
import { readback } from './readback.js';
import { wellFormed } from './spec.js';

/** `structural`: one normal form. `slicing`: one canonical form (exchange of map and fold, projection). */
export type Law = 'structural' | 'slicing';

class Checked {
  readonly #law: Law;
  constructor(
    readonly kernel: Kernel,
    law: Law,
  ) {
    this.#law = law;
    Object.freeze(this);
  }
  static law(value: Checked): Law {
    return value.#law;
  }
}
export type Validated = Checked;
export const lawOf = (validated: Validated): Law => Checked.law(validated);

export function validate(kernel: Kernel, rhs: Term): E.Either<IrError, Validated> {
  const formed = wellFormed(kernel);
  if (E.isLeft(formed)) return formed;
  const own = deepCopy(kernel);
  const { pool, normalForm } = session();
  const read = readback(pool, own);
  if (E.isLeft(read)) return read;
  const { outputs } = normalForm(rhs);
  if (same(read.right, outputs)) return E.right(new Checked(own, 'structural'));
  const [found, expected] = [canonicalCells(pool, read.right), canonicalCells(pool, outputs)];
  if (same(found, expected)) return E.right(new Checked(own, 'slicing'));
  const slot = expected.findIndex((c, i) => c !== found[i]);
  return E.left({ _tag: 'IrError', code: 'E-MEANING', where: `block ${slot}`, found: [found[slot], expected[slot]] });
}

const same = (xs: readonly Cell[], ys: readonly Cell[]): boolean =>
  xs.length === ys.length && xs.every((c, i) => c === ys[i]);

function session() {
  const made = evaluator();
  return { pool: made.pool, normalForm: (t: Term) => made.normalForm(t) };
}

/** Statements are copied and frozen, so that what was validated is what is printed; the core's own values stay themselves. */
function deepCopy(kernel: Kernel): Kernel {
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
    if (Array.isArray(value)) return Object.freeze(value.map(copy));
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([k, v]) => [k, copy(v)])));
  };
  return copy(kernel) as Kernel;
}
