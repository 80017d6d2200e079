/**
 * Steps that take nothing but the goal, and cite lemmas of the library that nobody writes. Invariant: a lemma that is not in scope stops the step, which
 * names it. Makes no theorem of its own.
 */
import type { Thm } from '../../core/index.js';
import type { StepTree } from '../../language/syntax/tree.js';
import type { CasesAxiom } from '../tactic/cases.js';
import type { Tactic } from '../tactic/goal.js';
import { field } from '../tactic/field.js';
import { linear } from '../tactic/linear.js';
import { normalise } from '../tactic/normalise.js';
import { type SignTools, positivity } from '../tactic/positivity.js';
import { Ring } from '../tactic/ring.js';
import type { Equation } from '../tactic/rewrite.js';
import { tauto } from '../tactic/tauto.js';
import type { Context } from './context.js';

export type Automatic = 'Ring' | 'Tauto' | 'Normalise' | 'Positivity' | 'Field' | 'Linear';

const lemmasOf =
  (context: Context, step: StepTree, by: string) =>
  (name: string): Thm =>
    context.need(name, step.span, by).thm;

export const ring =
  (context: Context, step: StepTree, by: string): Tactic =>
  (goal) =>
    new Ring(context.evaluator, lemmasOf(context, step, by), context.identities).tactic(goal);

/** `goesOn`: steps follow it in its block. */
export function automatic(context: Context, step: StepTree, tag: Automatic, goesOn: boolean): Tactic {
  const by = tag.toLowerCase();
  const { evaluator, identities } = context;
  const lemma = lemmasOf(context, step, by);
  const cases = (): CasesAxiom => ({ thm: lemma('boolean-cases') });
  const equation = (name: string): Equation => context.need(name, step.span, by);
  const tools: SignTools = { evaluator, lemma, equation, cases };
  switch (tag) {
    case 'Ring':
      return (goal) => {
        const made = new Ring(evaluator, lemma, identities, goesOn ? 'short' : 'canonical');
        return goesOn ? made.leaving(goal) : made.tactic(goal);
      };
    case 'Tauto':
      return (goal) => tauto(cases(), evaluator)(goal);
    case 'Normalise':
      return normalise(tools);
    case 'Positivity':
      return positivity(tools);
    case 'Field':
      return field(tools);
    case 'Linear':
      return linear(tools, identities);
  }
}
