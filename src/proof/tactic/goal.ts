/**
 * Goals and tactics. A tactic turns a goal into others and says how their theorems give its own. Invariant: `prove` returns a
 * theorem made by the core whose sides are the goal's own terms; a tactic that lies only fails. Knows no tactic in particular.
 */
import type { AxisVar, Hypothesis, Instantiation, Term, Thm } from '../../core/index.js';
import type { Binding } from '../../language/point/point.js';
import * as core from '../../core/index.js';
import { fail, must } from './failure.js';

/** A local fact: a hypothesis of the sequent, with the wires that its sides are over. */
export interface Local {
  readonly name: string;
  readonly hypothesis: Hypothesis;
  /** what its statement calls its binders and wires */
  readonly binders: readonly AxisVar[];
  readonly wires: readonly Binding[];
}

export interface Goal {
  readonly wires: readonly Binding[];
  readonly locals: readonly Local[];
  readonly lhs: Term;
  readonly rhs: Term;
  /** sides that were read back from their normal forms, as they were before: what they called is unfolded since */
  readonly before?: readonly Term[];
  /** what was rewritten by and states several equations at once, of which a rewrite looks for the first */
  readonly tuples?: ReadonlySet<string>;
  /** names of definitions that are shown as their bodies */
  readonly unfolded?: ReadonlySet<string>;
}

export interface Progress {
  readonly goals: readonly Goal[];
  /** what a step found for variables that it does not name */
  readonly inferred?: Instantiation;
  readonly prove: (parts: readonly Thm[]) => Thm;
}
export type Tactic = (goal: Goal) => Progress;

/** |- t = t */
export const reflexive = (t: Term): Thm => must(core.structural(t, t));

/** f = g, structurally, or a failure that shows both. */
export function structural(lhs: Term, rhs: Term): Thm {
  const found = core.structural(lhs, rhs);
  if (found._tag === 'Left' && found.left.code === 'E-EQ') fail({ _tag: 'SidesDiffer', lhs, rhs });
  return must(found);
}

/** f = g and g = h, where a side that is the same term is not proved again. */
export function chain(...steps: readonly Thm[]): Thm {
  const proper = steps.filter((t) => {
    const { lhs, rhs } = must(core.sequent(t));
    return lhs !== rhs;
  });
  return proper.length === 0 ? steps[0]! : proper.reduce((a, b) => must(core.transitivity(a, b)));
}

/** Closes a goal by structural equality. */
export const refl: Tactic = (goal) => ({ goals: [], prove: () => structural(goal.lhs, goal.rhs) });

/** A tactic that leaves the goal as it is. */
export const keep: Tactic = (goal) => ({ goals: [goal], prove: ([p]) => p! });

/** Goes on with every goal of a progress. */
export function andThen({ goals, prove }: Progress, next: Tactic): Progress {
  const parts = goals.map(next);
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((n, p) => n + p.goals.length, 0));
  return {
    goals: parts.flatMap((p) => p.goals),
    prove: (proofs) => prove(parts.map((p, i) => p.prove(proofs.slice(starts[i], starts[i]! + p.goals.length)))),
  };
}

/** The goal with the same facts and other sides. */
export const withSides = (goal: Goal, lhs: Term, rhs: Term): Goal => ({ ...goal, lhs, rhs });
