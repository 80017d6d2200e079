/**
 * The theorems that a proof cites, read off its steps. Invariant: a name counts where a step cites by it, and nowhere else: what `with` gives,
 * wires, axes and the proof's own hypotheses may be called like theorems. Knows no theorems: what steps cite without a name is listed apart.
 */
import { ringLemmas } from '../tactic/polynomial.js';
import { parting } from '../tactic/linear.js';
import { numberLemmas } from '../tactic/normalise.js';
import { signLemmas } from '../tactic/signs.js';
import { exchangeNames, gaugeNames, joinNames } from './laws.js';
import type { StepTree, TacticTree } from '../../language/syntax/tree.js';

function citedBy(tactic: TacticTree): readonly string[] {
  switch (tactic._tag) {
    case 'Rewrite':
      return [tactic.rule.name.name];
    case 'Simp':
      return tactic.rules.map((r) => r.name.name);
    case 'Apply':
      return [tactic.name.name];
    default:
      return [];
  }
}

function stepsIn(tactic: TacticTree): readonly StepTree[] {
  if (tactic._tag === 'Have') return tactic.by;
  return tactic._tag === 'Calc' ? tactic.links.flatMap((l) => l.by ?? []) : [];
}

/** Every step of a proof, those inside of others too. */
function* everyStep(steps: readonly StepTree[]): Generator<StepTree> {
  const pending = [...steps];
  for (let step = pending.pop(); step; step = pending.pop()) {
    yield step;
    pending.push(...stepsIn(step.tactic), ...step.blocks.flat());
  }
}

/** What steps may cite without a name. */
export function neededIn(steps: readonly StepTree[]): ReadonlySet<string> {
  const tags = new Set([...everyStep(steps)].map((s) => s.tactic._tag));
  const any = (...names: readonly TacticTree['_tag'][]): boolean => names.some((n) => tags.has(n));
  return new Set([
    ...(any('Ring', 'Stream', 'Linear', 'Field') ? ringLemmas : []),
    ...(any('Cases', 'Tauto', 'Positivity') ? ['boolean-cases'] : []),
    ...(any('Positivity', 'Field', 'Normalise') ? signLemmas : []),
    ...(any('Normalise') ? numberLemmas : []),
    ...(any('Field') ? ['mul-recip'] : []),
    ...(any('Linear') ? parting : []),
    ...(tags.has('Stream') ? [...joinNames, ...gaugeNames, ...exchangeNames] : []),
  ]);
}

/** Each once, but for `own`: the hypotheses of the statement. */
export function citedIn(steps: readonly StepTree[], own: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const local = new Set(own);
  for (const { tactic } of everyStep(steps)) {
    if (tactic._tag === 'Have') local.add(tactic.name.name);
    citedBy(tactic).forEach((name) => found.add(name));
  }
  local.forEach((name) => found.delete(name));
  return found;
}
