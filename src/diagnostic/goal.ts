// A goal as lines of text: its wires, its hypotheses, and the equation. Knows no facts and no colours.
import { clean } from '../language/print/clean.js';
import { showEquation, showHypothesis, showWires } from '../language/print/show.js';
import { wrapped } from '../language/print/wrap.js';
import type { Goal, Local } from '../proof/tactic/goal.js';

function showLocal({ name, hypothesis, wires, binders }: Local): readonly string[] {
  const [first, ...rest] = showHypothesis(hypothesis, wires, binders);
  return [`given ${clean(name)} : ${first!}`, ...rest.map((l) => `  ${l}`)];
}

/** Wires, hypotheses, and the equation. */
export const showGoal = (goal: Goal): readonly string[] => [
  ...(goal.wires.length === 0 ? [] : wrapped(showWires(goal.wires))),
  ...goal.locals.flatMap(showLocal),
  ...showEquation(goal.lhs, goal.rhs, goal.wires, goal.unfolded),
];
