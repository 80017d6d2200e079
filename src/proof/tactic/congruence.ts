/**
 * Congruence: from l = r and a term that contains l, the equation between the term and the term with r in its place. A derived
 * rule: made of the core's four congruences only.
 */
import type { Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import { must } from './failure.js';
import { reflexive } from './goal.js';

/** l ; id = r ; id: a term that occurs nowhere else, so that only the chosen place is replaced. */
export function marked(thm: Thm): Thm {
  const { lhs } = must(core.sequent(thm));
  return must(core.composeCong(thm, reflexive(must(core.id(lhs.cod)))));
}

/** `root` = `root` with each term that has an equation replaced; undefined when none occurs. */
export function congruence(equations: ReadonlyMap<Term, Thm>, root: Term): Thm | undefined {
  const done = new Map<Term, Thm | undefined>();
  const or = (t: Term): Thm => done.get(t) ?? reflexive(t);
  const combined = (t: Term): Thm | undefined => {
    const own = equations.get(t);
    if (own) return own;
    if (!parts(t).some((p) => done.get(p))) return undefined;
    switch (t._tag) {
      case 'Compose':
        return must(core.composeCong(or(t.first), or(t.second)));
      case 'Tensor':
        return must(core.tensorCong(or(t.first), or(t.second)));
      case 'Map':
        return must(core.mapCong(t.axis, or(t.body)));
      case 'Scan':
        return must(core.scanCong(t.axis, t.state, or(t.step)));
      default:
        return undefined;
    }
  };
  const pending = [root];
  while (pending.length > 0) {
    const t = pending.at(-1)!;
    const missing = done.has(t) || equations.has(t) ? [] : parts(t).filter((p) => !done.has(p));
    if (missing.length > 0) pending.push(...missing);
    else {
      pending.pop();
      if (!done.has(t)) done.set(t, combined(t));
    }
  }
  return done.get(root);
}

function parts(t: Term): readonly Term[] {
  if (t._tag === 'Compose' || t._tag === 'Tensor') return [t.first, t.second];
  if (t._tag === 'Map') return [t.body];
  if (t._tag === 'Scan') return [t.step];
  return [];
}
