/** Names for what is shown: fresh ones, and how many a shared value needs. Knows no text. */
import { type Tree, childrenOf } from './tree.js';

/** The stem, or the stem with the first number that is free. */
export function fresh(stem: string, used: ReadonlySet<string>): string {
  if (!used.has(stem)) return stem;
  for (let n = 2; ; n += 1) if (!used.has(`${stem}${n}`)) return `${stem}${n}`;
}

/** How many components of a tree are used. */
export function widest(roots: readonly Tree[], of: Tree): number {
  let width = 1;
  const seen = new Set<Tree>();
  const pending = [...roots];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    if (t._tag === 'Component' && t.of === of) width = Math.max(width, t.at + 1);
    pending.push(...childrenOf(t));
  }
  return width;
}
