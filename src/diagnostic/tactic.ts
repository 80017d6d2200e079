/** Why a step failed, in words, over the wires of its goal. Knows no places. */
import type { Term } from '../core/index.js';
import type { TacticFact } from '../tactic/failure.js';
import type { Goal } from '../tactic/goal.js';
import { clean, listed, plural, quoted } from './clean.js';
import { computed, coreMessage, sidesDetails } from './core.js';
import { difference, showDifference } from './difference.js';
import { elaborateMessage } from './elaborate.js';
import { type Message, message } from './message.js';
import { labelled, showEquation, showTerm, wiresFor } from './show.js';

type Of<Tag extends TacticFact['_tag']> = Extract<TacticFact, { readonly _tag: Tag }>;

const labelledTerm = (label: string, term: Term, goal: Goal): readonly string[] =>
  labelled(label, showTerm(term, sameDomain(term, goal) ? goal.wires : wiresFor(term.dom)));
const sameDomain = (term: Term, goal: Goal): boolean => term.dom === goal.lhs.dom;

function noMatch(fact: Of<'NoMatch'>, goal: Goal): Message {
  const details = [...labelledTerm('pattern   ', fact.pattern, goal), ...labelledTerm('in        ', fact.goal, goal)];
  if (fact.found === 0)
    return message(
      `${quoted(fact.name)} matches nowhere in the goal`,
      'name the place with `with x := …`, turn the rule with `<-`, or unfold what hides it',
      details,
    );
  const hint = fact.found === 1 ? 'leave out `at`' : `choose a number from 1 to ${fact.found}`;
  return message(
    `${quoted(fact.name)} has ${plural(fact.found, 'match', 'matches')}, and number ${fact.wanted} is asked for`,
    hint,
    details,
  );
}

function notThisGoal(fact: Of<'NotThisGoal'>, goal: Goal): Message {
  const wires = sameDomain(fact.lhs, goal) ? goal.wires : wiresFor(fact.lhs.dom);
  const [left, right] = fact.goal;
  const differs = [
    [left, fact.lhs],
    [right, fact.rhs],
  ].flatMap(([g, t]) => {
    const found = g!.dom === t!.dom && g!.cod === t!.cod ? difference(g!, t!, goal.wires) : undefined;
    return found
      ? [`the goal's ${g === left ? 'left' : 'right'} side against its:`, ...showDifference(found).map((l) => `  ${l}`)]
      : [];
  });
  return message(
    `${quoted(fact.name)} says something else`,
    'name its variables with `with`, or state what is missing with `calc`',
    [
      ...labelled('it says   ', showEquation(fact.lhs, fact.rhs, wires)),
      ...labelled('the goal  ', showEquation(left, right, goal.wires)),
      ...differs,
    ],
  );
}

/** The goal is shown already where it is what differs. */
function differing({ lhs, rhs }: Of<'SidesDiffer'>, goal: Goal): readonly string[] {
  if (lhs === goal.lhs && rhs === goal.rhs) return computed(lhs, rhs, goal.wires);
  return sidesDetails(lhs, rhs, sameDomain(lhs, goal) ? goal.wires : wiresFor(lhs.dom));
}

const stuckHints: Readonly<Record<string, string>> = {
  rewrite: 'a match must be convex: rewrite a larger part, or another match with `at N`',
  ring: 'rewrite the part that is not a sum or product first',
  cases: 'the statements must have the axiom `cases` as theorems/axioms.weft states it',
};

const messages: {
  readonly [Tag in TacticFact['_tag']]: (fact: Extract<TacticFact, { readonly _tag: Tag }>, goal: Goal) => Message;
} = {
  NoMatch: (fact, goal) => noMatch(fact, goal),
  NotDetermined: (fact) => {
    const names = listed(fact.variables.map(quoted));
    return message(
      `the goal does not fix ${names} of ${quoted(fact.name)}`,
      `say what it is: \`with ${clean(fact.variables[0] ?? 'x')} := …\``,
    );
  },
  SidesDiffer: (fact, goal) =>
    message(
      'the two sides are not structurally equal',
      'structural equality uses no axiom and no theorem: rewrite by the law that is missing',
      differing(fact, goal),
    ),
  NotThisGoal: (fact, goal) => notThisGoal(fact, goal),
  NoSuchWire: (fact) =>
    message(
      `there is no wire ${quoted(fact.name)} in the goal`,
      fact.wires.length === 0 ? 'the goal has no wires' : `its wires are ${listed(fact.wires.map(quoted))}`,
    ),
  Missing: (fact) =>
    message(
      `${quoted(fact.name)} is needed as ${clean(fact.role)}, and is not in scope`,
      'import the file that states it, and prove it first',
    ),
  Stuck: (fact) =>
    message(
      `${clean(fact.tactic)} cannot go on: ${clean(fact.why)}`,
      stuckHints[fact.tactic] ?? 'bring the goal into another form with `calc` first',
    ),
  Budget: (fact) =>
    message(
      `${clean(fact.tactic)} gave up after ${fact.limit} steps`,
      'that says nothing about truth: divide the step with `calc` or `have`',
    ),
  Core: (fact, goal) => coreMessage(fact.error, goal.wires),
  Elaborate: (fact) => elaborateMessage(fact.error.fact),
};

export function tacticMessage(fact: TacticFact, goal: Goal): Message {
  const of = messages[fact._tag] as (fact: TacticFact, goal: Goal) => Message;
  return of(fact, goal);
}
