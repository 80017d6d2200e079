/**
 * Numbers, sizes and values to try. Invariant: everything is a function of the seed; the first values tried are those that tell most
 * (0, 1, -1, 2, 1/2, equal ones, large ones). Knows nothing of statements.
 */
import type { AxisVar, Leaf } from '../../core/index.js';
import { type Arr, type Arrays, type Budget, type Sizes, axisSize, countOf } from './evaluate.js';
import { type Fraction, ONE, ZERO, fraction } from './field.js';

export type Random = () => number;

/** Numbers in [0, 1) from a seed. */
export function stream(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}
export const below = (random: Random, n: number): number => Math.floor(random() * n);
export const pick = <A>(random: Random, list: readonly A[]): A => list[below(random, list.length)]!;
export function shuffled<A>(random: Random, list: readonly A[]): readonly A[] {
  const made = [...list];
  for (let i = made.length - 1; i > 0; i--) {
    const j = below(random, i + 1);
    [made[i], made[j]] = [made[j]!, made[i]!];
  }
  return made;
}

// ---- sizes ------------------------------------------------------------------------------------------------------------

export const SIZES = [1, 2, 3, 5, 7] as const;
const least = (v: AxisVar): number => (v.maybeEmpty ? 0 : 1);
const given = (vars: readonly AxisVar[], size: (v: AxisVar, i: number) => number): Sizes =>
  new Map(vars.map((v, i) => [v, size(v, i)]));

/** Pairwise distinct as far as five go; a possibly empty axis is empty one time in four. */
export function distinctSizes(vars: readonly AxisVar[], random: Random, among: readonly number[] = SIZES): Sizes {
  const dealt = shuffled(random, among);
  return given(vars, (v, i) => (v.maybeEmpty && random() < 0.25 ? 0 : dealt[i % dealt.length]!));
}
export const equalSizes = (vars: readonly AxisVar[], n: number): Sizes => given(vars, () => n);

/** The small ones first. */
export const tellingSizes = (vars: readonly AxisVar[]): readonly Sizes[] => [
  given(vars, least),
  given(vars, () => 1),
  given(vars, () => 2),
  given(vars, (_, i) => 1 + (i % 3)),
  given(vars, (_, i) => 3 - (i % 3)),
];

// ---- values -----------------------------------------------------------------------------------------------------------

/** Inputs are exact: fractions and booleans. */
export type Input = Arr<Fraction>;
export type Inputs = Arrays<Fraction>;
type Value = (leaf: number, element: number) => Fraction;

const whole = (n: number): Fraction => fraction(BigInt(n));
const HALF = fraction(1n, 2n);

/** Where inputs are wanted: at which sizes, and of whose work their elements are paid before they are made. */
export interface Site {
  readonly sizes: Sizes;
  readonly budget: Budget;
}

const filled = (leaves: readonly Leaf[], site: Site, value: Value, truth: (i: number) => boolean): Inputs => {
  let count = 0;
  return leaves.map((l, leaf) => {
    const dims = l.axes.map((a) => axisSize(site.sizes, a));
    site.budget.spend(countOf(dims));
    const element = (_: unknown, i: number): Fraction | boolean =>
      l.base._tag === 'Boolean' ? truth(count++) : value(leaf, i);
    return { dims, data: Array.from({ length: countOf(dims) }, element) };
  });
};

/** The same value everywhere, then one leaf or one element unlike the others, then counting, then large ones. */
const patterns: readonly Value[] = [
  () => ZERO,
  () => ONE,
  () => whole(-1),
  () => whole(2),
  () => HALF,
  (leaf) => (leaf === 0 ? ONE : ZERO),
  (leaf) => (leaf === 0 ? ZERO : ONE),
  (leaf) => (leaf % 2 === 0 ? whole(-1) : ONE),
  (_leaf, i) => (i === 0 ? ONE : ZERO),
  (_leaf, i) => (i === 0 ? ZERO : ONE),
  (leaf, i) => whole(1 + leaf + i),
  (leaf, i) => whole(-1 - leaf - 2 * i),
  (leaf, i) => fraction(BigInt(1 + i), BigInt(2 + leaf)),
  (leaf) => whole(leaf % 2 === 0 ? 1000 : -1000),
];
export const tellingCount = patterns.length;

export const tellingInputs = (leaves: readonly Leaf[], site: Site, pattern: number): Inputs =>
  filled(leaves, site, patterns[pattern]!, (i) => [true, false, i % 2 === 0][pattern % 3]!);

function anyValue(random: Random): Fraction {
  const kind = random();
  if (kind < 0.1) return ZERO;
  if (kind < 0.6) return whole(below(random, 7) - 3);
  return fraction(BigInt(below(random, 25) - 12), BigInt(1 + below(random, 6)));
}
/** `near`: values to take one time in four as well. */
export function randomInputs(
  leaves: readonly Leaf[],
  site: Site,
  random: Random,
  near: readonly Fraction[] = [],
): Inputs {
  const any = (): Fraction => (near.length > 0 && random() < 0.25 ? pick(random, near) : anyValue(random));
  const equal = random() < 0.1 ? any() : undefined;
  const mixed = random() < 0.3;
  return filled(
    leaves,
    site,
    () => (equal && (!mixed || random() < 0.5) ? equal : any()),
    () => random() < 0.5,
  );
}

/** How many inputs speak of some values: each everywhere, and each at half of the places. */
export const nearCount = (near: readonly Fraction[]): number => 2 * near.length;
export function nearInputs(
  leaves: readonly Leaf[],
  site: Site,
  random: Random,
  near: readonly Fraction[],
  i: number,
): Inputs {
  const value = near[i % near.length]!;
  const everywhere = i < near.length;
  return filled(
    leaves,
    site,
    () => (everywhere || random() < 0.5 ? value : anyValue(random)),
    () => random() < 0.5,
  );
}
