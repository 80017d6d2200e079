/**
 * Where each tree is drawn: in the diagram, or in the frame of a loop. Invariant: a tree that is used in two places is drawn once, in the innermost
 * frame around both; what a loop reads at each turn enters its frame from outside. Knows no cables.
 */
import { type Tree, childrenOf } from '../language/print/tree.js';
import type { LoopTree } from './tree.js';

/** The number of a loop, or 0 for the diagram. */
export type ScopeId = number;

export class Homes {
  private readonly homes = new Map<Tree, ScopeId>();
  private readonly parents = new Map<ScopeId, ScopeId>();

  constructor(
    roots: readonly Tree[],
    /** by the number of its index */
    private readonly turns: ReadonlyMap<number, LoopTree>,
  ) {
    for (const t of roots) this.raise(t, 0);
    for (const t of ordered(roots)) this.visit(t);
  }

  of(t: Tree): ScopeId {
    return this.homes.get(t)!;
  }
  parent(scope: ScopeId): ScopeId {
    return this.parents.get(scope) ?? 0;
  }
  /** The loop whose turn an element is read at. */
  turn(t: Tree): LoopTree | undefined {
    return t._tag === 'Element' ? this.turns.get(t.index) : undefined;
  }

  /** A tree comes before its parts, so that its home is known. */
  private visit(t: Tree): void {
    const at = this.turn(t);
    if (at) this.homes.set(t, at.loop);
    if (t._tag === 'State') this.homes.set(t, t.loop);
    if (t._tag === 'Name') this.homes.set(t, 0);
    const home = this.of(t);
    if (t._tag === 'Loop') {
      this.parents.set(t.loop, home);
      t.inits.forEach((c) => this.raise(c, home));
      t.body.forEach((c) => this.raise(c, t.loop));
    } else childrenOf(t).forEach((c) => this.raise(c, at ? this.parent(at.loop) : home));
  }
  private raise(t: Tree, use: ScopeId): void {
    const known = this.homes.get(t);
    this.homes.set(t, known === undefined ? use : this.common(known, use));
  }
  private common(a: ScopeId, b: ScopeId): ScopeId {
    const above = new Set<ScopeId>([0]);
    for (let s = a; s !== 0; s = this.parent(s)) above.add(s);
    let at = b;
    while (!above.has(at)) at = this.parent(at);
    return at;
  }
}

/** All trees, each before its parts. */
export function ordered(roots: readonly Tree[]): readonly Tree[] {
  const done: Tree[] = [];
  const seen = new Set<Tree>();
  const visit = (t: Tree): void => {
    if (seen.has(t)) return;
    seen.add(t);
    [...childrenOf(t)].reverse().forEach(visit);
    done.push(t);
  };
  [...roots].reverse().forEach(visit);
  return done.reverse();
}
