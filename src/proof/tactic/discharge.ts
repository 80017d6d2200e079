/**
 * Turns the hypotheses of a used theorem into goals, and puts their proofs back by cut. A hypothesis that the goal has itself
 * stays. Invariant: the axes that stand for its binders are new to the goal.
 */
import type { AxisVar, Hypothesis, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import type { Binding } from '../../language/point/point.js';
import { must } from './failure.js';
import type { Goal } from './goal.js';

/** What a statement calls its hypothesis: names for its binders and wires. */
export interface Named {
  readonly name: string;
  readonly binders: readonly AxisVar[];
  readonly wires: readonly Binding[];
}

/** Axis variables like these, with primes until no term mentions them. */
export function freshAxes(wanted: readonly AxisVar[], terms: readonly Term[]): readonly AxisVar[] {
  const { axes, signatureAxes } = must(core.variables(...terms));
  const taken = new Set([...axes, ...signatureAxes].map((v) => v.name));
  return wanted.map((v) => {
    let name = v.name;
    while (taken.has(name)) name += "'";
    taken.add(name);
    return B.axisVar(name, { ...(v.sort === undefined ? {} : { sort: v.sort }), maybeEmpty: v.maybeEmpty });
  });
}

export interface Discharge {
  readonly goals: readonly Goal[];
  readonly prove: (parts: readonly Thm[]) => Thm;
}

/** Goals for the hypotheses of `thm` that are not the goal's own; `names` in the order of the theorem's statement. */
export function discharge(goal: Goal, thm: Thm, names: ReadonlyMap<Hypothesis, Named>): Discharge {
  const own = new Set(goal.locals.map((l) => l.hypothesis));
  const stated = [...names.keys()];
  const order = (h: Hypothesis): number => (stated.includes(h) ? stated.indexOf(h) : stated.length);
  const open = must(core.sequent(thm))
    .hypotheses.filter((h) => !own.has(h))
    .sort((a, b) => order(a) - order(b));
  const context = [goal.lhs, goal.rhs, ...goal.locals.flatMap((l) => [l.hypothesis.lhs, l.hypothesis.rhs])];
  const parts = open.map((h) => {
    const named = names.get(h);
    const wanted =
      named?.binders ??
      h.binders.map((v, i) =>
        B.axisVar(`n${i}`, { ...(v.sort === undefined ? {} : { sort: v.sort }), maybeEmpty: v.maybeEmpty }),
      );
    const axes = freshAxes(wanted, context);
    const { lhs, rhs } = must(
      core.sequent(
        must(
          core.assume(
            h,
            axes.map((v) => B.ofVar(v)),
          ),
        ),
      ),
    );
    const images = { axes: wanted.map((v, i) => [v, B.ofVar(axes[i]!)] as const) };
    const wires = named?.wires.map((w) => ({ ...w, object: B.substituteObject(images, w.object) })) ?? wiresOf(lhs);
    return { axes, goal: { wires, locals: goal.locals, lhs, rhs } };
  });
  return {
    goals: parts.map((p) => p.goal),
    prove: (proofs) => parts.reduce((acc, p, i) => must(core.cut(proofs[i]!, p.axes, acc)), thm),
  };
}

/** Names for the leaves of a domain that nobody named. */
export const wiresOf = (term: Term): readonly Binding[] =>
  B.leafObjects(term.dom).map((object, i) => ({ name: `x${i}`, object }));
