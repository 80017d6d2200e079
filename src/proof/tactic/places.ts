/** Where a rewrite may be made: the nodes of a normal form, and the indices of an element. Invariant: each node once, outermost first. Makes no theorem. */
import type { Cell, Node } from '../../core/index.js';
import type * as core from '../../core/index.js';
import { type Openings, openedChildren } from './opening.js';

/** All opened nodes of a normal form, outermost first, each once. */
export function* nodesOf(openings: Openings, outputs: readonly Cell[]): Generator<Node> {
  const seen = new Set<Node>();
  const pending = outputs.map((c) => openings.array(c).body).reverse();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    yield node;
    pending.push(...[...openedChildren(openings, node)].reverse());
  }
}

/** All lists of n distinct items, those of the last items first: an element's own index is bound innermost. */
export function* arrangements(n: number, items: readonly number[]): Generator<readonly number[]> {
  if (n === 0) yield [];
  else
    for (const item of [...items].reverse())
      for (const rest of arrangements(
        n - 1,
        items.filter((i) => i !== item),
      ))
        yield [...rest, item];
}

export const boundRefs = (n: number): readonly core.Ref[] =>
  Array.from({ length: n }, (_, i) => ({ _tag: 'Bound', depth: n - 1 - i }));
