/**
 * What a condition's constants suggest for its inputs, and for the sizes of its own axes. Invariant: looked for once a condition; a function of it and
 * of the stream of numbers. Knows no models.
 */
import type { AxisVar } from '../../core/index.js';
import { sizesNear, valuesNear } from './constant.js';
import type { Fraction } from './field.js';
import { type Random, SIZES, below, pick } from './random.js';
import type { Condition } from './statement.js';

interface Near {
  readonly values: readonly Fraction[];
  readonly sizes: readonly number[];
}
const known = new WeakMap<Condition, Near>();
export function near(c: Condition): Near {
  const made = known.get(c) ?? { values: valuesNear([c.lhs, c.rhs]), sizes: sizesNear([c.lhs, c.rhs]) };
  known.set(c, made);
  return made;
}

/** For the number `special` of the inputs near constants, sizes near them too: one for all axes, then one each; else small ones. */
export function ownSizes(
  c: Condition,
  random: Random,
  special: number | undefined,
): readonly (readonly [AxisVar, number])[] {
  const { sizes } = near(c);
  if (special === undefined || sizes.length === 0)
    return c.binders.map((v) => [v, v.maybeEmpty && random() < 0.2 ? 0 : SIZES[below(random, 3)]!]);
  const one = special % 2 === 0 ? sizes[(special / 2) % sizes.length]! : undefined;
  return c.binders.map((v) => [v, one ?? pick(random, sizes)]);
}
