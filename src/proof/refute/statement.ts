/**
 * What is refuted: an equation under hypotheses, each over all inputs and quantified over its own axes. Invariant: nothing of it
 * is in a bound scope: the binders of a hypothesis are axis variables of its own. Knows no numbers.
 */
import type { AxisVar, Hypothesis, MorphismVar, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import { must } from '../../language/point/error.js';
import type { Law } from '../../language/elaborate/law.js';
import type { Binding } from '../../language/point/point.js';

export interface Condition {
  readonly binders: readonly AxisVar[];
  readonly lhs: Term;
  readonly rhs: Term;
}

export interface Statement {
  /** names for the inputs; where they do not cover the domain, its leaves are named x1, x2, … */
  readonly wires: readonly Binding[];
  readonly conditions: readonly Condition[];
  readonly lhs: Term;
  readonly rhs: Term;
}

export const ofLaw = ({ wires, hypotheses, lhs, rhs }: Law): Statement => ({
  wires: wires ?? [],
  conditions: hypotheses.map((h) => ({ binders: h.binders, lhs: h.lhs, rhs: h.rhs })),
  lhs,
  rhs,
});

/** A hypothesis of a sequent, at axes of its own. */
export function ofHypothesis(h: Hypothesis): Condition {
  const binders = h.binders.map((v, i) =>
    must(core.axisVar(`n${i}~given`, { maybeEmpty: v.maybeEmpty, ...(v.sort === undefined ? {} : { sort: v.sort }) })),
  );
  const assumed = must(
    core.assume(
      h,
      binders.map((v) => must(core.ofVar(v))),
    ),
  );
  const { lhs, rhs } = must(core.sequent(assumed));
  return { binders, lhs, rhs };
}

/** A theorem or an axiom, with the names of its wires. */
export function ofTheorem({ thm, wires }: { readonly thm: Thm; readonly wires: readonly Binding[] }): Statement {
  const { lhs, rhs, hypotheses } = must(core.sequent(thm));
  return { wires, conditions: hypotheses.map(ofHypothesis), lhs, rhs };
}

export const ofGoal = (goal: {
  readonly wires: readonly Binding[];
  readonly locals: readonly { readonly hypothesis: Hypothesis }[];
  readonly lhs: Term;
  readonly rhs: Term;
}): Statement => ({
  wires: goal.wires,
  conditions: goal.locals.map((l) => ofHypothesis(l.hypothesis)),
  lhs: goal.lhs,
  rhs: goal.rhs,
});

export const termsOf = ({ conditions, lhs, rhs }: Statement): readonly Term[] => [
  lhs,
  rhs,
  ...conditions.flatMap((c) => [c.lhs, c.rhs]),
];

export interface Unknowns {
  /** the axes of the statement; those that only a condition binds are not among them */
  readonly axes: readonly AxisVar[];
  readonly objects: readonly string[];
  readonly morphisms: readonly MorphismVar[];
}

export function unknownsOf(s: Statement): Unknowns {
  const own = must(core.variables(s.lhs, s.rhs));
  const axes = new Set([...own.axes, ...own.signatureAxes]);
  for (const c of s.conditions) {
    const vars = must(core.variables(c.lhs, c.rhs));
    for (const v of [...vars.axes, ...vars.signatureAxes]) if (!c.binders.includes(v)) axes.add(v);
  }
  const all = must(core.variables(...termsOf(s)));
  const free = [...axes].filter((v) => v.scope === 'free');
  return { axes: free, objects: [...all.objects], morphisms: [...all.morphisms] };
}
