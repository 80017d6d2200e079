/** Induction over an axis: the goal at 1 (at 0 where the axis may be empty) and at a+1 or 1+a, with the hypothesis `ih`. */
import type { Axis, AxisVar, InductionSide, Instantiation, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { must } from './failure.js';
import type { Goal, Tactic } from './goal.js';

function at(goal: Goal, axis: AxisVar, e: Axis): Goal {
  const images: Instantiation = { axes: [[axis, e]] };
  const term = (t: Term): Term => must(core.substituteTerm(images, t));
  const wires = goal.wires.map((w) => ({ ...w, object: B.substituteObject(images, w.object) }));
  return { ...goal, wires, lhs: term(goal.lhs), rhs: term(goal.rhs) };
}

export const induction =
  (axis: AxisVar, side: InductionSide): Tactic =>
  (goal) => {
    const a = B.ofVar(axis);
    const hypothesis = must(core.hypothesis([], goal.lhs, goal.rhs));
    const base = at(goal, axis, axis.maybeEmpty ? core.zero : core.one);
    const step = at(goal, axis, side === 'left' ? B.sum(core.one, a) : B.sum(a, core.one));
    const ih = { name: 'ih', hypothesis, binders: [], wires: goal.wires };
    return {
      goals: [base, { ...step, locals: [...step.locals.filter((l) => l.name !== 'ih'), ih] }],
      prove: ([p, q]) => must(core.induction(axis, goal.lhs, goal.rhs, p!, q!, side)),
    };
  };
