/**
 * Where a statement stands: the indices around it, and how often lanes come by. Invariant: a count is exact or is refused by `Uncounted`, never guessed.
 * It knows no statement and no address.
 */
import { ONE, type Polynomial, constant, product, same } from './polynomial.js';

/** A dimension of the box of a block's lanes. */
export interface LaneBox {
  readonly use: string;
  readonly lanes: number;
}

/**
 * What an index runs over, for one lane or for all: `lane` is the lane's own number; `share` are slots of several lanes, `all` in all; `turns` a loop in
 * order; `written` a loop over a private array, which a compiler writes out; `fill` the elements of a tile that lanes fill together.
 */
export type Range =
  | { readonly _tag: 'lane'; readonly use: string; readonly lanes: number }
  | { readonly _tag: 'share'; readonly lanes: readonly string[]; readonly perLane: number; readonly all: number }
  | { readonly _tag: 'turns' | 'written' | 'fill'; readonly many: Polynomial };

/** An index, and below which number it stays where not all of its range is taken. */
export interface Index {
  readonly range: Range;
  readonly below?: Polynomial | undefined;
}

/** The indices around a statement. */
export interface Place {
  readonly indices: ReadonlyMap<string, Index>;
  /** dimensions along which the first lane alone comes by */
  readonly elected: readonly string[];
  /** whether the lanes of a block do together what stands here */
  readonly together: boolean;
}

/** A form of loops that the counting has no formula for. */
export class Uncounted extends Error {}

export const within = (p: Place, name: string, index: Index): Place => ({
  ...p,
  indices: new Map([...p.indices, [name, index]]),
});

/** The place where an index is below a number. */
export function guarded(p: Place, name: string, below: Polynomial): Place {
  const index = p.indices.get(name);
  if (!index) throw new Uncounted(`a guard on ${name}, which no loop runs over`);
  if (index.below && !same(index.below, below)) throw new Uncounted(`two guards on ${name}`);
  return within(p, name, { ...index, below });
}

/** How often the lanes of a block come by: the number of lanes and turns together. */
export function times(p: Place, box: readonly LaneBox[]): Polynomial {
  const turns: Polynomial[] = [];
  const along = new Map(box.map((b) => [b.use, constant(b.lanes)]));
  const limited = new Set<string>();
  const limit = (uses: readonly string[]): void => {
    if (uses.some((u) => limited.has(u))) throw new Uncounted(`two limits along the lanes of ${uses.join(', ')}`);
    for (const u of uses) {
      along.set(u, ONE);
      limited.add(u);
    }
  };
  if (!p.together) limit(p.elected);
  for (const { range, below } of p.indices.values()) {
    if (range._tag !== 'lane' && range._tag !== 'share') turns.push(below ?? range.many);
    else if (p.together) continue;
    else if (below) {
      limit(range._tag === 'share' ? range.lanes : [range.use]);
      turns.push(below);
    } else if (range._tag === 'share') turns.push(constant(range.perLane));
  }
  return product(...turns, ...(p.together ? [] : along.values()));
}

/** An index that an address names, and the number that it is clamped below, if it is. */
export type Named = ReadonlyMap<string, Polynomial | undefined>;

/**
 * How many different addresses there are, summed over the turns of loops: lanes, slots, private arrays and fills count only where the address names
 * them. What is limited by lanes that are all or none is so many of them in its part of the cases.
 */
export function different(p: Place, named: Named, emptiness: (below: Polynomial) => Polynomial): Polynomial {
  const factors: Polynomial[] = [];
  const taken = new Set<string>();
  for (const [name, { range, below }] of p.indices) {
    if (range._tag === 'turns') factors.push(below ?? range.many);
    else if (!named.has(name)) factors.push(below ? emptiness(below) : ONE);
    else {
      const clamp = named.get(name);
      if (below && clamp && !same(below, clamp)) throw new Uncounted(`a guard and a clamp of ${name} that differ`);
      factors.push(below ?? clamp ?? (range._tag === 'share' ? constant(range.all) : most(range)));
      const lanes = range._tag === 'share' ? range.lanes : range._tag === 'lane' ? [range.use] : [];
      if (lanes.some((l) => taken.has(l))) throw new Uncounted(`an address with two indices along ${lanes.join(', ')}`);
      lanes.forEach((l) => taken.add(l));
    }
  }
  return product(...factors);
}
const most = (range: Exclude<Range, { readonly _tag: 'share' }>): Polynomial =>
  range._tag === 'lane' ? constant(range.lanes) : range.many;
