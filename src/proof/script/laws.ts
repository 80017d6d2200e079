/**
 * The step `stream`: the laws of a stream whose states are reductions, recurrences, or sums in a gauge. Loops over a + b are joined by the
 * library's theorems, then words of the state are exchanged, and the rest is a ring's. Invariant: makes no theorem of its own; a theorem that
 * is not in scope is not tried. It states nothing and finds no state: `weft stream` does.
 */
import type { Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import { TacticFailure, must } from '../tactic/failure.js';
import { type Goal, type Progress, type Tactic, chain, structural, withSides } from '../tactic/goal.js';
import type { Evaluator } from '../tactic/opening.js';
import { type Rewritten, Rewriter } from '../tactic/rewrite.js';
import type { Citable } from './scope.js';

/** How loops over a + b join, then how sums move to another gauge, and what may be exchanged: gauges before what they are chosen by. */
export const joinNames = [
  'sum-add',
  'product-add',
  'max-add',
  'min-add',
  'all-add',
  'any-add',
  'affine-add',
  'power-add',
  'driven-add',
];
export const gaugeNames = ['sum-exp-regauge', 'contraction-regauge'];
export const exchangeNames = ['gauge-comm', 'max2-comm', 'min2-comm', 'and-comm', 'or-comm'];

export interface LawTools {
  readonly evaluator: Evaluator;
  /** a theorem, where it is in scope */
  readonly known: (name: string) => Citable | undefined;
  readonly ring: Tactic;
}
/** rewrites of one side */
const most = 400;

export const laws =
  (tools: LawTools): Tactic =>
  (goal) => {
    const list = (names: readonly string[]): readonly Citable[] => names.flatMap((n) => tools.known(n) ?? []);
    const back = list(gaugeNames).map((c) => ({ ...c, thm: must(core.symmetry(c.thm)) }));
    const left = joined(tools, goal.lhs, [list(joinNames), back]);
    const right = joined(tools, goal.rhs, [list(joinNames), back]);
    const next = withSides(goal, must(core.sequent(left)).rhs, must(core.sequent(right)).rhs);
    const main = closed(tools, next, list(exchangeNames));
    return {
      goals: main.goals,
      prove: (parts) => chain(left, main.prove(parts), must(core.symmetry(right))),
    };
  };

/** side = the side with its loops joined */
function joined(tools: LawTools, side: core.Term, groups: readonly (readonly Citable[])[]): Thm {
  let thm = must(core.structural(side, side));
  for (const group of groups)
    for (let count = 0; count < most; count += 1) {
      const rewriter = new Rewriter(tools.evaluator, must(core.sequent(thm)).rhs);
      let done: Rewritten | undefined;
      for (const c of group) if ((done ??= rewriter.apply(c, 1))) break;
      if (!done) break;
      thm = chain(thm, done.thm);
    }
  return thm;
}

/** By structure or a ring, as it stands or after the words of the state are exchanged on the left. */
function closed(tools: LawTools, goal: Goal, exchanges: readonly Citable[]): Progress {
  const direct = attempt(tools, goal);
  if (direct) return direct;
  let thm = must(core.structural(goal.lhs, goal.lhs));
  for (const law of exchanges) {
    for (let at = 1; at <= most; at += 1) {
      const rewriter = new Rewriter(tools.evaluator, must(core.sequent(thm)).rhs);
      const done = rewriter.apply(law, at, new Map(), outside);
      if (!done) break;
      thm = chain(thm, done.thm);
    }
  }
  const next = withSides(goal, must(core.sequent(thm)).rhs, goal.rhs);
  const last = attempt(tools, next);
  // what is left as it stood is what the reader knows
  const main = last ?? tools.ring(goal);
  return last ? { goals: [], prove: (parts) => chain(thm, main.prove(parts)) } : main;
}

/** Is a node in no loop: does it read the state of none? */
function outside(root: core.Node): boolean {
  const seen = new Set<core.Node>();
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.data._tag === 'State' && node.refs[0]?._tag === 'Free') return false;
    pending.push(...node.cells.map((c) => c.body));
  }
  return true;
}

function attempt(tools: LawTools, goal: Goal): Progress | undefined {
  if (must(core.equal(goal.lhs, goal.rhs))) return { goals: [], prove: () => structural(goal.lhs, goal.rhs) };
  try {
    return tools.ring(goal);
  } catch (error) {
    if (error instanceof TacticFailure && error.fact._tag === 'SidesDiffer') return undefined;
    throw error;
  }
}
