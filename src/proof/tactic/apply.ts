/**
 * Closing a goal by a theorem: its conclusion, possibly before given expressions, is the goal up to structural equality.
 * Hypotheses that are left become goals.
 */
import type { Hypothesis, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import { compile } from '../../language/point/compile.js';
import { apply as call, tuple, wire } from '../../language/point/point.js';
import { type Named, discharge } from './discharge.js';
import { fail, must } from './failure.js';
import { type Tactic, chain, reflexive, structural } from './goal.js';

/** The theorem with given terms in front of its wires: l = r becomes args ; l = args ; r. */
export function before(args: Term, thm: Thm): Thm {
  return must(core.composeCong(reflexive(args), thm));
}

/** A term from the goal's wires to the theorem's: the given expressions, and the goal's own wires where names agree. */
export function argumentsFor(
  goalWires: readonly { name: string; object: core.Obj }[],
  wires: readonly { name: string; object: core.Obj }[],
  given: ReadonlyMap<string, Term>,
  name: string,
): Term {
  const parts = wires.map((w) => {
    const term = given.get(w.name);
    if (term) return call(term, ...goalWires.map((g) => wire(g.name)));
    if (w.object === core.unit) return tuple();
    const own = goalWires.find((g) => g.name === w.name);
    if (!own) return fail({ _tag: 'NotDetermined', name, variables: [w.name] });
    if (own.object !== w.object)
      fail({ _tag: 'WrongArgument', name, wire: w.name, expected: w.object, found: own.object, own: true });
    return wire(w.name);
  });
  return compile(goalWires, { _tag: 'Tuple', parts });
}

export const applyTheorem =
  (name: string, thm: Thm, named: ReadonlyMap<Hypothesis, Named>, args: Term | undefined): Tactic =>
  (goal) => {
    const used = args ? before(args, thm) : thm;
    const { lhs, rhs } = must(core.sequent(used));
    const matches = (p: Term, q: Term): boolean =>
      p.dom === goal.lhs.dom &&
      p.cod === goal.lhs.cod &&
      must(core.equal(goal.lhs, p)) &&
      must(core.equal(q, goal.rhs));
    const oriented = matches(lhs, rhs) ? used : matches(rhs, lhs) ? must(core.symmetry(used)) : undefined;
    if (!oriented) return fail({ _tag: 'NotThisGoal', name, lhs, rhs, goal: [goal.lhs, goal.rhs] });
    const sides = must(core.sequent(oriented));
    const parts = discharge(goal, oriented, named);
    return {
      goals: parts.goals,
      prove: (proofs) => chain(structural(goal.lhs, sides.lhs), parts.prove(proofs), structural(sides.rhs, goal.rhs)),
    };
  };

/** Swaps the sides of the goal. */
export const symm: Tactic = (goal) => ({
  goals: [{ ...goal, lhs: goal.rhs, rhs: goal.lhs }],
  prove: ([p]) => must(core.symmetry(p!)),
});
