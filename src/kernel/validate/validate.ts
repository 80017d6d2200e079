/**
 * Translation validation: an IR is believed only when, evaluated back, it has the normal form of the term it was made from.
 * Invariant: a `Validated` was made here; emitters take nothing else. It knows neither lowering nor targets.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Cell, type Obj, type Term, evaluator, isAxis, isAxisVar, normalForm } from '../../core/index.js';
import { apartCells } from './apart.js';
import { canonicalCells } from '../../normal/canonical.js';
import type { IrError } from './error.js';
import type { ArrayDecl, Kernel } from '../ir/kernel.js';
import { readback } from './readback.js';
import { wellFormed } from './spec.js';

/**
 * `structural`: one normal form. `slicing`: one canonical form (exchange of map and fold, projection). `apart`: one after loops are taken apart
 * (outputs as expressions of states, pairing).
 */
export type Law = 'structural' | 'slicing' | 'apart';

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
// the class is reachable only through this module: no instance leads back to it
Object.defineProperty(Checked.prototype, 'constructor', { value: Object, writable: false, configurable: false });
Object.freeze(Checked.prototype);
export type Validated = Checked;
export const lawOf = (validated: Validated): Law => Checked.law(validated);

export function validate(kernel: Kernel, rhs: Term): E.Either<IrError, Validated> {
  const own = deepCopy(kernel);
  const formed = wellFormed(own);
  if (E.isLeft(formed)) return formed;
  if (!typed(own.inputs, rhs.dom) || !typed(own.outputs, rhs.cod)) return E.left(failure('E-SHAPE', own.name, []));
  const session = evaluator();
  const form = normalForm(session, rhs);
  if (E.isLeft(form)) return E.left(failure('E-MEANING', own.name, [form.left]));
  const read = readback(session.pool, own);
  if (E.isLeft(read)) return read;
  const { outputs } = form.right;
  if (same(read.right, outputs)) return E.right(new Checked(own, 'structural'));
  const [found, expected] = [canonicalCells(session.pool, read.right), canonicalCells(session.pool, outputs)];
  if (same(found, expected)) return E.right(new Checked(own, 'slicing'));
  const [left, right] = [apartCells(session.pool, found), apartCells(session.pool, expected)];
  if (same(left, right)) return E.right(new Checked(own, 'apart'));
  const slot = expected.findIndex((c, i) => c !== found[i]);
  return E.left(failure('E-MEANING', `block ${slot}`, [found[slot], expected[slot]]));
}

const failure = (code: IrError['code'], where: string, found: readonly unknown[]): IrError => ({
  _tag: 'IrError',
  code,
  where,
  found,
});

const same = (xs: readonly Cell[], ys: readonly Cell[]): boolean =>
  xs.length === ys.length && xs.every((c, i) => c === ys[i]);

const BASE = { real: 'Real', boolean: 'Boolean' } as const;

/** The arrays of the kernel lie in memory as the object says. */
const typed = (arrays: readonly ArrayDecl[], object: Obj): boolean =>
  arrays.length === object.leaves.length &&
  object.leaves.every((leaf, i) => {
    const { axes, kind } = arrays[i]!;
    return (
      leaf.base._tag === BASE[kind ?? 'real'] &&
      axes.length === leaf.axes.length &&
      axes.every((e, k) => e === leaf.axes[k])
    );
  });

/** All is copied and frozen, so that what was validated is what is printed; the core's own axes alone, which nobody can change, stay themselves. */
function deepCopy(kernel: Kernel): Kernel {
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || isAxis(value) || isAxisVar(value)) return value;
    if (Array.isArray(value)) return Object.freeze(value.map(copy));
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([k, v]) => [k, copy(v)])));
  };
  return copy(kernel) as Kernel;
}
