/**
 * What is computed at a scope: its loops, gathered into as few as their dependencies allow; the values that several of them would compute
 * again, kept as private arrays; the tiles that its lanes fill together. Invariant: a plan only says where, never what. It makes no statements.
 */
import type { AxisVar, Node } from '../../core/index.js';
import { freeNames } from '../../normal/rewrite.js';
import { type Component, type FoldNode, type Opener, expensive, isFold } from './open.js';

/** Loops over one axis that depend on nothing of each other, as one. */
export interface Bucket {
  readonly axis: AxisVar;
  readonly turn: number;
  readonly components: readonly Component[];
}

/** A value for every element of a tile, kept. */
export interface Kept {
  readonly node: Node;
  readonly turn: number;
  readonly axis: AxisVar;
}

export interface Plan {
  readonly buckets: ReadonlyMap<FoldNode, Bucket>;
  readonly kept: ReadonlyMap<Node, Kept>;
  /** the kept values at their first element */
  readonly firsts: ReadonlyMap<Node, Kept>;
  /** every element of an input that is read here or inside */
  readonly reads: readonly Node[];
  /** by how many values a value is needed, here and inside */
  readonly needed: ReadonlyMap<Node, number>;
}

export interface Known {
  readonly opener: Opener;
  /** names bound at this scope or around it */
  readonly available: ReadonlySet<number>;
  /** names bound at this scope; undefined for the outermost, where everything is */
  readonly here: ReadonlySet<number> | undefined;
  /** an axis with at most a tile's elements */
  readonly isTile: (axis: AxisVar) => boolean;
  /** whether a loop is a read at a computed place, and so none */
  readonly seeks: (fold: FoldNode) => boolean;
  /** whether lanes that would all compute a value can share its tile out among them */
  readonly spreads: (node: Node) => boolean;
}

const subset = (names: ReadonlySet<number>, of: ReadonlySet<number>, also?: number): boolean =>
  [...names].every((n) => n === also || of.has(n));

export function plan(known: Known, roots: readonly Node[]): Plan {
  const all = known.opener.reach(roots);
  const isHere = (n: Node): boolean => {
    const names = freeNames(n);
    return subset(names, known.available) && (!known.here || [...names].some((x) => known.here!.has(x)));
  };
  const folds = [...new Set(all.filter(isFold).map((f) => known.opener.head(f)))]
    .filter(isHere)
    .filter((f) => !known.seeks(f));
  const buckets = gathered(known.opener, folds);
  const needed = new Map<Node, number>(roots.map((r) => [r, 1]));
  for (const n of all) for (const part of new Set(known.opener.parts(n))) needed.set(part, (needed.get(part) ?? 0) + 1);
  return {
    buckets,
    needed,
    reads: all.filter((n) => n.data._tag === 'Read'),
    ...keptValues(known, new Set(all), [...new Set(buckets.values())]),
  };
}

// ---- loops ------------------------------------------------------------------------------------------------------------

function gathered(opener: Opener, folds: readonly FoldNode[]): ReadonlyMap<FoldNode, Bucket> {
  const level = levels(opener, folds);
  const groups = new Map<string, FoldNode[]>();
  for (const f of folds) {
    const key = bucketKey(opener, level, f);
    groups.set(key, [...(groups.get(key) ?? []), f]);
  }
  const made = new Map<FoldNode, Bucket>();
  for (const group of groups.values()) {
    const { axis, turn } = opener.open(group[0]!);
    const components = new Map(group.flatMap((f) => opener.open(f).components).map((c) => [c.state, c]));
    const bucket = { axis, turn, components: [...components.values()] };
    group.forEach((f) => made.set(f, bucket));
  }
  return made;
}

type Levels = ReadonlyMap<FoldNode, number>;
const bucketKey = (opener: Opener, level: Levels, f: FoldNode): string => `${opener.open(f).turn}.${level.get(f)!}`;

/**
 * After how many other loops of the scope a loop runs, the loops that contain it as a component counted as itself: as early as it can, or
 * later where it then shares a loop.
 */
function levels(opener: Opener, folds: readonly FoldNode[]): Levels {
  const scope = new Set<Node>(folds);
  const needs = new Map(
    folds.map((f) => {
      const inside = opener.reach(opener.parts(f)).filter(isFold);
      return [f, [...new Set(inside.map((n) => opener.head(n)))].filter((n) => scope.has(n) && n !== f)] as const;
    }),
  );
  const holders = new Map(
    folds.map((f) => [
      f,
      folds.filter((g) => g !== f && opener.open(g).components.some((c) => c.fold === f) && !needs.get(g)!.includes(f)),
    ]),
  );
  const settled = (from: Levels): Levels => {
    const level = new Map(from);
    for (let round = 0; round <= folds.length; round++)
      for (const f of folds) {
        const after = needs.get(f)!.map((g) => level.get(g)! + 1);
        const along = holders.get(f)!.map((g) => level.get(g)!);
        level.set(f, Math.max(level.get(f)!, ...after, ...along));
      }
    return level;
  };
  const count = (level: Levels): number => new Set(folds.map((f) => bucketKey(opener, level, f))).size;
  let best = settled(new Map(folds.map((f) => [f, 0])));
  for (const f of folds)
    for (const g of folds) {
      if (opener.open(g).turn !== opener.open(f).turn || best.get(g)! <= best.get(f)!) continue;
      const later = settled(new Map([...best, [f, best.get(g)!]]));
      if (count(later) < count(best)) best = later;
    }
  return best;
}

// ---- kept values ------------------------------------------------------------------------------------------------------

function keptValues(
  known: Known,
  reached: ReadonlySet<Node>,
  buckets: readonly Bucket[],
): Pick<Plan, 'kept' | 'firsts'> {
  const tiled = buckets.filter((b) => known.isTile(b.axis));
  const users = new Map<Node, Set<Bucket>>();
  for (const b of tiled)
    for (const n of known.opener.reach(b.components.map((c) => c.step)))
      if (varies(known, n, b.turn) && expensive(n) && !(isFold(n) && n.refs.length > 0))
        users.set(n, (users.get(n) ?? new Set()).add(b));
  const firsts = new Map<Node, Kept>();
  const shared = new Map<Node, Kept>();
  const spread = new Set<Node>(); // those that are kept for the lanes' sake alone
  for (const [node, by] of users) {
    const { turn, axis } = [...by][0]!;
    const first = axis.maybeEmpty ? node : known.opener.atFirst(node, turn, axis);
    const again = by.size > 1 || (first !== node && reached.has(first));
    const alone = again || loopsOverSizes(known, node);
    if (alone || known.spreads(node)) shared.set(node, { node, turn, axis });
    if (!alone) spread.add(node);
    if (first !== node && reached.has(first)) firsts.set(first, { node, turn, axis });
  }
  const found = new Set(tiled.flatMap((b) => [...outermost(known.opener, b, shared)]));
  const direct = new Set([...found].filter((n) => !spread.has(n) || !cheapFrom(found, n, shared.get(n)!.turn)));
  const keep = ([, k]: readonly [Node, Kept]): boolean => direct.has(k.node);
  return { kept: new Map([...shared].filter(keep)), firsts: new Map([...firsts].filter(keep)) };
}

/** A loop of run-time length: kept for a whole tile, it runs outside, and what it reads at a turn serves every element of the tile. */
const loopsOverSizes = (known: Known, n: Node): boolean => isFold(n) && !known.isTile(known.opener.open(n).axis);

/** Arithmetic on values that are kept anyway. */
const cheapFrom = (kept: ReadonlySet<Node>, n: Node, turn: number): boolean =>
  n.data._tag === 'Op' &&
  ['add', 'mul', 'neg'].includes(n.data.operator) &&
  n.cells.every((c) => kept.has(c.body) || !freeNames(c.body).has(turn));

/** A value of the turn alone: of names around the loop and its index, not of its state. */
const varies = (known: Known, n: Node, turn: number): boolean =>
  freeNames(n).has(turn) && subset(freeNames(n), known.available, turn);

/** The shared values that a loop reads not only through another shared value. */
function outermost(opener: Opener, bucket: Bucket, shared: ReadonlyMap<Node, Kept>): ReadonlySet<Node> {
  const [seen, found] = [new Set<Node>(), new Set<Node>()];
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (shared.has(node)) found.add(node);
    else opener.parts(node).forEach(visit);
  };
  bucket.components.forEach((c) => visit(c.step));
  return found;
}
