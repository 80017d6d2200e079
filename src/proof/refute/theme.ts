/**
 * Which forms are tried together for the morphism variables of a statement. Invariant: a theme's forms for a variable are in an order that
 * the seed gives, constants mostly last; two variables of one theme draw from the same kinds. Knows no hypotheses.
 */
import type { Form, Signature } from './form.js';
import type { Kind } from './fold.js';
import { type Random, below, pick, shuffled } from './random.js';

export interface Theme {
  readonly kinds: readonly Kind[];
  readonly style: 'combine' | 'linear' | 'weighted' | 'affine' | 'positive';
}

const plain: readonly Theme[] = [
  { kinds: ['sum'], style: 'combine' },
  { kinds: ['max'], style: 'combine' },
  { kinds: ['product'], style: 'combine' },
  { kinds: ['last'], style: 'combine' },
  { kinds: ['first'], style: 'combine' },
  { kinds: ['sum', 'max'], style: 'combine' },
  { kinds: ['sum'], style: 'affine' },
  { kinds: ['max'], style: 'linear' },
  { kinds: ['sum'], style: 'linear' },
  { kinds: ['sum'], style: 'weighted' },
  { kinds: ['sum'], style: 'positive' },
  { kinds: ['min', 'product'], style: 'combine' },
];
export const themeCount = plain.length;
/** The themes from a random one on. */
export const themesFrom = (random: Random): readonly Theme[] => {
  const start = below(random, plain.length);
  return [...plain.slice(start), ...plain.slice(0, start)];
};

/** All rows of `n` entries; as many as `most` of them, by chance where there are more. */
function rows<A>(n: number, entries: readonly A[], most: number, random: Random): readonly (readonly A[])[] {
  if (entries.length ** n > 4 * most)
    return Array.from({ length: most }, () => Array.from({ length: n }, () => pick(random, entries)));
  let made: readonly (readonly A[])[] = [[]];
  for (let i = 0; i < n; i++) made = made.flatMap((row) => entries.map((e) => [...row, e]));
  return shuffled(random, made).slice(0, most);
}

const MOST = 32;
const constants: readonly Form[] = [1, 0].map((value) => ({ _tag: 'Constant', value }));

/** For an output of several parts, also those that make each part in its own way. */
export function formsFor(signature: Signature, theme: Theme, random: Random): readonly Form[] {
  const ordered = uniform(signature, theme, random);
  // what comes first is found first, so that one time in three the trivial may
  const own = random() < 0.35 ? shuffled(random, ordered) : ordered;
  const whole = branching(signature, own, random);
  const n = signature.parts.length;
  if (n < 2) return whole;
  const each = rows(n, whole.slice(0, 8), MOST, random).map((forms): Form => ({ _tag: 'Each', forms }));
  return shuffled(random, [...each, ...whole]);
}

/** With an argument that is a truth value, also those that decide by it. */
function branching({ args }: Signature, forms: readonly Form[], random: Random): readonly Form[] {
  const on = args.findIndex(([leaf, other]) => leaf?.base._tag === 'Boolean' && leaf.axes.length === 0 && !other);
  if (on < 0) return forms;
  const branches = rows(2, forms.slice(0, 6), MOST, random).map(([yes, no]): Form => ({
    _tag: 'Branch',
    on,
    yes: yes!,
    no: no!,
  }));
  return shuffled(random, [...branches, ...forms]);
}

function uniform({ args }: Signature, { kinds, style }: Theme, random: Random): readonly Form[] {
  const n = args.length;
  if (n === 0) return [{ _tag: 'Constant', value: 2 }, ...constants];
  const reads = rows(n, [true, false], MOST, random).filter((r) => r.includes(true));
  const bare = reads.map((r): Form => ({ _tag: 'Combine', kinds, reads: r }));
  const ended = reads.slice(0, 8).map((r): Form => ({ _tag: 'Combine', kinds, reads: r, last: below(random, 2) }));
  const combine = [...bare, ...ended];
  const coefficients = rows(n, [1, 0, -1, 2], MOST, random).filter((r) => r.some((c) => c !== 0));
  const linear = (positive: boolean): readonly Form[] =>
    coefficients.map((c) => ({ _tag: 'Linear', kinds, coefficients: c, positive }));
  switch (style) {
    case 'combine':
      return [...combine, ...constants];
    case 'affine':
      return [...reads.map((r): Form => ({ _tag: 'Affine', reads: r })), ...combine, ...constants];
    case 'linear':
      return shuffled(random, [...combine, ...linear(false)]);
    case 'positive':
      return [...linear(true), ...combine, ...constants];
    case 'weighted': {
      const made = rows(n, [0, 1, -1], MOST, random).flatMap((powers) =>
        powers.map((_, body): Form => ({ _tag: 'Weighted', body, powers, exp: false })),
      );
      return [...shuffled(random, [...made, ...combine]), ...constants];
    }
  }
}

export const genericForm = (random: Random): Form => ({ _tag: 'Generic', seed: below(random, 2 ** 31) });

/** What a person reads at a glance, simplest first. */
export function simpleForms({ args }: Signature): readonly Form[] {
  const single = args.map((_, i): Form => ({ _tag: 'Combine', kinds: ['sum'], reads: args.map((_arg, j) => i === j) }));
  const all = args.map(() => true);
  return [
    ...[0, 1].map((value): Form => ({ _tag: 'Constant', value })),
    ...single,
    { _tag: 'Combine', kinds: ['sum'], reads: all },
    { _tag: 'Linear', kinds: ['sum'], coefficients: args.map(() => 2), positive: false },
    { _tag: 'Linear', kinds: ['sum'], coefficients: args.map(() => 1), positive: true },
  ];
}
