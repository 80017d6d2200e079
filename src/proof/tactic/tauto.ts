/**
 * `tauto`: a goal decided by its booleans. Cases on one condition after another, those that stand inside of others first, until structural
 * equality closes every branch. Invariant: nothing is known of a condition but that it is true or false; that x < y and y < z give x < z is not.
 */
import type { Node, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import { seq } from '../../language/point/wiring.js';
import { explode, slotObject } from './blocks.js';
import { type CasesAxiom, casesOnTerm } from './cases.js';
import { compileReadback } from './compiled.js';
import { fail, must } from './failure.js';
import { type Tactic, andThen, refl } from './goal.js';
import { type Evaluator, Openings, freeNames, openedChildren } from './opening.js';
import { Readback } from './readback.js';

/** conditions on one way from the goal to a branch */
export const tautoLimit = 12;
/** Fuel of one node that is looked at. */
const lookFuel = 10;

/** A side's conditions, from its outputs down; those inside of another comparison first, or they alone. */
function condition(evaluator: Evaluator, side: Term, inside: boolean): Term | undefined {
  const form = must(core.normalForm(evaluator, side));
  const openings = new Openings(evaluator, (i) => form.inputs[i]!);
  const found: { readonly node: Node; readonly inside: boolean }[] = [];
  const seen = new Set<Node>();
  const pending = form.outputs.map((c) => ({ node: openings.array(c).body, inside: false }));
  for (let i = 0; i < pending.length; i += 1) {
    const next = pending[i]!;
    const { node, inside } = next;
    must(core.spend(lookFuel));
    if (seen.has(node) && !inside) continue;
    seen.add(node);
    const decided = isCondition(openings, node) && freeNames(node).length === 0;
    if (decided) found.push(next);
    pending.push(...openedChildren(openings, node).map((n) => ({ node: n, inside: inside || decided })));
  }
  const innermost = (n: Node): boolean => !below(openings, n).some((m) => m !== n && isCondition(openings, m));
  const chosen =
    found.find((f) => f.inside && innermost(f.node)) ?? (inside ? undefined : found.find((f) => innermost(f.node)));
  if (!chosen) return undefined;
  const names = form.inputs.map((_, i) => `in#${i}`);
  const body = new Readback(openings, names, () => undefined).outputs([evaluator.pool.scalar(chosen.node)]);
  const slots = form.inputs.map((s, i) => ({ name: names[i]!, object: slotObject(s) }));
  return seq(explode(side.dom), compileReadback(slots, body));
}

/** A comparison, or a boolean that is no word of others. */
function isCondition(openings: Openings, { data }: Node): boolean {
  if (data._tag === 'Op') return data.operator === 'lt';
  return data._tag === 'Read' && openings.slotOf(data.input).base._tag === 'Boolean';
}
function below(openings: Openings, root: Node): readonly Node[] {
  const seen = new Set<Node>();
  const pending = [root];
  for (let n = pending.pop(); n; n = pending.pop()) {
    if (seen.has(n)) continue;
    must(core.spend(lookFuel));
    seen.add(n);
    pending.push(...openedChildren(openings, n));
  }
  return [...seen];
}

export const tauto =
  (axiom: CasesAxiom, evaluator: Evaluator, depth = 0): Tactic =>
  (goal) => {
    if (must(core.equal(goal.lhs, goal.rhs))) return refl(goal);
    // one that is met later inside of another would be decided anew
    const of = (inside: boolean): Term | undefined =>
      condition(evaluator, goal.lhs, inside) ?? condition(evaluator, goal.rhs, inside);
    const on = of(true) ?? of(false);
    if (!on) return fail({ _tag: 'SidesDiffer', lhs: goal.lhs, rhs: goal.rhs });
    if (depth >= tautoLimit) return fail({ _tag: 'Budget', tactic: 'tauto', limit: tautoLimit });
    return andThen(casesOnTerm(axiom, evaluator, on)(goal), tauto(axiom, evaluator, depth + 1));
  };
