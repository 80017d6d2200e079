/**
 * A definition's body in place of its calls, wherever they stand in a term. Invariant: the result is structurally equal to the term, which
 * the core checks; no call of the definition is left in it. Knows nothing of names in scope.
 */
import type { Definition, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import { fail, must } from './failure.js';
import { type Tactic, chain, structural, withSides } from './goal.js';
import { subterms } from './subterm.js';

/** The terms that a term is made of; of a call that is opened, its body. */
const parts = (t: Term, isOpened: (d: Definition) => boolean): readonly Term[] =>
  t._tag === 'Call' && isOpened(t.definition) ? [must(core.unfolding(t.definition, t.args))] : subterms(t);

function rebuilt(t: Term, [first, ...others]: readonly Term[], isOpened: (d: Definition) => boolean): Term {
  switch (t._tag) {
    case 'Compose':
      return must(core.compose(first!, others[0]!));
    case 'Tensor':
      return must(core.tensor(first!, others[0]!));
    case 'Map':
      return must(core.map(t.axis, first!));
    case 'Scan':
      return must(core.scan(t.axis, t.state, first!));
    case 'Call':
      return isOpened(t.definition)
        ? first!
        : must(core.call(t.definition, { ...t.args, morphisms: [first!, ...others] }));
    default:
      return t;
  }
}

/** The term with every call of the definition replaced by its body; the term itself where there is none. */
export function unfolded(definition: Definition, root: Term): Term {
  const isOpened = (d: Definition): boolean => d === definition;
  const done = new Map<Term, Term>();
  const pending = [root];
  for (let t = pending.at(-1); t; t = pending.at(-1)) {
    const inside = done.has(t) ? [] : parts(t, isOpened);
    const missing = inside.filter((p) => !done.has(p));
    pending.push(...missing);
    if (missing.length > 0) continue;
    pending.pop();
    const made = inside.map((p) => done.get(p)!);
    const isSame = !(t._tag === 'Call' && isOpened(t.definition)) && made.every((m, i) => m === inside[i]);
    if (!done.has(t)) done.set(t, isSame ? t : rebuilt(t, made, isOpened));
  }
  return done.get(root)!;
}

/** Every call of a definition in the goal becomes its body; what a rewrite has unfolded before is shown as its body from here on. */
export const unfolding =
  (definition: Definition, name: string): Tactic =>
  (goal) => {
    const [lhs, rhs] = [unfolded(definition, goal.lhs), unfolded(definition, goal.rhs)];
    const isSame = lhs === goal.lhs && rhs === goal.rhs;
    if (isSame && !isCalled(definition, goal.before ?? [])) return fail({ _tag: 'NotCalled', name });
    const shown = new Set([...(goal.unfolded ?? []), name]);
    return {
      goals: [{ ...withSides(goal, lhs, rhs), unfolded: shown }],
      prove: ([p]) => chain(structural(goal.lhs, lhs), p!, structural(rhs, goal.rhs)),
    };
  };

/** Whether a definition is called in some of the terms, or in the bodies of what they call. */
export function isCalled(definition: Definition, roots: readonly Term[]): boolean {
  const seen = new Set<Term>();
  const pending = [...roots];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    if (t._tag === 'Call' && t.definition === definition) return true;
    pending.push(...parts(t, () => true), ...(t._tag === 'Call' ? t.args.morphisms : []));
  }
  return false;
}
