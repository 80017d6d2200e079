/**
 * What is known of a term before it runs: how many numbers its widest intermediate array holds, and which subterms occur
 * more than once. Invariant: every subterm, through calls too, has a width. Knows nothing of values.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Axis, type Obj, type Term, unfolding } from '../../core/index.js';

export interface Plan {
  readonly widths: ReadonlyMap<Term, number>;
  readonly shared: ReadonlySet<Term>;
}

/** The body of a call at its arguments. */
export function unfolded(t: Term & { _tag: 'Call' }): Term {
  const body = unfolding(t.definition, t.args);
  if (E.isLeft(body)) throw new Error('a call that the core made unfolds');
  return body.right;
}

function children(t: Term): readonly Term[] {
  switch (t._tag) {
    case 'Compose':
    case 'Tensor':
      return [t.first, t.second];
    case 'Map':
      return [t.body];
    case 'Scan':
      return [t.step];
    case 'Call':
      return [unfolded(t)];
    default:
      return [];
  }
}

export function plan(root: Term, size: (e: Axis) => number): Plan {
  const widths = new Map<Term, number>();
  const uses = new Map<Term, number>();
  const own = (o: Obj): number =>
    o.leaves.reduce(
      (most, l) =>
        Math.max(
          most,
          l.axes.reduce((n, a) => n * size(a), 1),
        ),
      1,
    );
  const pending = [root];
  while (pending.length > 0) {
    const t = pending.at(-1)!;
    const parts = children(t);
    const missing = widths.has(t) ? [] : parts.filter((c) => !widths.has(c));
    if (missing.length > 0) {
      pending.push(...missing);
      continue;
    }
    pending.pop();
    if (widths.has(t)) continue;
    for (const c of parts) uses.set(c, (uses.get(c) ?? 0) + 1);
    const inner = parts.reduce((most, c) => Math.max(most, widths.get(c)!), 1);
    widths.set(t, Math.max(own(t.dom), own(t.cod), t._tag === 'Map' ? inner * size(t.axis) : inner));
  }
  return { widths, shared: new Set([...uses].filter(([t, n]) => n > 1 && children(t).length > 0).map(([t]) => t)) };
}
