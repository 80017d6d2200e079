/**
 * `linear`: sums of sums are parted, and what is the same at every index of a sum is moved in front of it; then the two sides are compared as sums
 * of products. Invariant: rewrites by lemmas of the library alone. Knows nothing of scripts.
 */
import type { Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import { fail, must } from './failure.js';
import { type Goal, type Tactic, chain, reflexive, withSides } from './goal.js';
import { type Rewritten, type Equation, Rewriter } from './rewrite.js';
import { type Identities, Ring } from './ring.js';
import type { SignTools } from './positivity.js';

/** rewrites of one side */
export const linearLimit = 300;

/** What parts a sum, what moves out of one, and what is left of it. */
export const parting = ['sum-plus', 'sum-linear', 'sum-of-ones'] as const;

class Linear {
  private readonly rules: readonly Equation[];
  private readonly ring: Ring;
  constructor(
    private readonly tools: SignTools,
    identities: Identities,
  ) {
    this.rules = parting.map((name) => tools.equation(name));
    this.ring = new Ring(tools.evaluator, tools.lemma, identities, 'short');
  }

  /** side = the side with its sums parted and what is constant in front */
  moved(side: core.Term): Thm {
    let thm = reflexive(side);
    for (let count = 0; count < linearLimit; count += 1) {
      const now = must(core.sequent(thm)).rhs;
      const next = this.ring.sums(now) ?? this.rewritten(now)?.thm;
      if (!next) return thm;
      thm = chain(thm, next);
    }
    return fail({ _tag: 'Budget', tactic: 'linear', limit: linearLimit });
  }

  private rewritten(side: core.Term): Rewritten | undefined {
    const rewriter = new Rewriter(this.tools.evaluator, side);
    for (const rule of this.rules) {
      const done = rewriter.apply(rule, 1);
      if (done) return done;
    }
    return undefined;
  }
}

/** Closed where the sides are one sum of products after it; else what is left. */
export const linear =
  (tools: SignTools, identities: Identities): Tactic =>
  (goal: Goal) => {
    const linear = new Linear(tools, identities);
    const [l, r] = [linear.moved(goal.lhs), linear.moved(goal.rhs)];
    const [lhs, rhs] = [must(core.sequent(l)).rhs, must(core.sequent(r)).rhs];
    const ring = new Ring(tools.evaluator, tools.lemma, identities, 'short');
    const rest = ring.leaving(withSides(goal, lhs, rhs));
    const isSame = lhs === goal.lhs && rhs === goal.rhs;
    if (isSame && rest.goals.length > 0) return fail({ _tag: 'NothingToDo', tactic: 'linear' });
    return { goals: rest.goals, prove: (parts) => chain(l, rest.prove(parts), must(core.symmetry(r))) };
  };
