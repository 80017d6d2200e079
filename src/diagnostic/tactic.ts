/** Why a step failed, in words, over the wires of its goal. Knows no places. */
import type { Term } from '../core/index.js';
import type { TacticFact } from '../proof/tactic/failure.js';
import type { Goal } from '../proof/tactic/goal.js';
import { showObject } from '../language/print/algebra.js';
import { clean, listed, plural, quoted } from '../language/print/clean.js';
import { computed, coreMessage, sidesDetails } from './core.js';
import { difference, showDifference } from './difference.js';
import { elaborateMessage } from './elaborate.js';
import { type Find, importProof, nowhere } from './elsewhere.js';
import { foldedMatch } from './folded.js';
import { type Message, expectedFound, message } from './message.js';
import { labelled, showEquation, showTerm, wiresFor } from '../language/print/show.js';

type Of<Tag extends TacticFact['_tag']> = Extract<TacticFact, { readonly _tag: Tag }>;

const labelledTerm = (label: string, term: Term, goal: Goal): readonly string[] =>
  labelled(label, showTerm(term, sameDomain(term, goal) ? goal.wires : wiresFor(term.dom)));
const sameDomain = (term: Term, goal: Goal): boolean => term.dom === goal.lhs.dom;

/** The pattern over its own wires. */
const patternLines = (fact: Of<'NoMatch'>): readonly string[] =>
  labelled('pattern   ', showTerm(fact.pattern, fact.wires));

function unmatched(fact: Of<'NoMatch'>, goal: Goal, details: readonly string[]): Message {
  const folded = foldedMatch(fact.pattern, fact.wires, fact.goal, goal.wires);
  const headline = `${quoted(fact.name)} matches nowhere in the goal`;
  if (folded && fact.given.length === 0)
    return message(
      headline,
      folded.insts === undefined
        ? 'state the equation at these numbers with `have`, and rewrite by that'
        : `say what the variables are: \`with ${folded.insts}\``,
      [...details, `numbers and sizes are computed: ${quoted(folded.place)} is no longer written as the pattern is`],
    );
  if (fact.pattern.cod.leaves.length > 1)
    return message(
      headline,
      'it states several equations at once, and only its first is looked for: state each alone',
      details,
    );
  return message(
    headline,
    'name the place with `with x := …`, turn the rule with `<-`, or unfold what hides it',
    details,
  );
}

function noMatch(fact: Of<'NoMatch'>, goal: Goal): Message {
  const details = [...patternLines(fact), ...labelledTerm('in        ', fact.goal, goal)];
  if (fact.found === 0) return unmatched(fact, goal, details);
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
function differing({ lhs, rhs, by }: Of<'SidesDiffer'>, goal: Goal): readonly string[] {
  if (by !== undefined) return sidesDetails(lhs, rhs, goal.wires, true);
  if (lhs === goal.lhs && rhs === goal.rhs) return computed(lhs, rhs, goal.wires);
  return sidesDetails(lhs, rhs, sameDomain(lhs, goal) ? goal.wires : wiresFor(lhs.dom));
}

/** ` from x and y`, by the goal's wires; a wire of several arrays is named once. */
function madeFrom(inputs: readonly number[], goal: Goal): string {
  const leaves = goal.wires.flatMap((w) => w.object.leaves.map(() => w.name));
  const names = [...new Set(inputs.flatMap((i) => leaves[i] ?? []))];
  return names.length === 0 ? '' : ` from ${listed(names.map(quoted))}`;
}

const stuckHints: Readonly<Record<string, string>> = {
  rewrite: 'a match must be convex: rewrite a larger part, or another match with `at N`',
  ring: 'rewrite the part that is not a sum or product first',
  cases: 'the statements must have the axiom `cases` as theorems/axioms.weft states it',
};

const nothing: Readonly<Record<string, string>> = {
  normalise:
    'it computes `recip`, `<`, `==`, `exp 0` and `log 1` of numbers; sums and products of numbers are computed without a step',
  linear: 'it moves what is the same for every index out of sums, and parts a sum of sums: the goal has no such sum',
  field: 'it clears denominators outside of loops: the goal has none there; use `ring`',
};

const messages: {
  readonly [Tag in TacticFact['_tag']]: (
    fact: Extract<TacticFact, { readonly _tag: Tag }>,
    goal: Goal,
    find: Find,
  ) => Message;
} = {
  NoMatch: (fact, goal) => noMatch(fact, goal),
  NotCalled: (fact) =>
    message(
      `${quoted(fact.name)} stands nowhere in the goal`,
      'there is nothing to unfold: leave the step out, or unfold what is made of it first',
    ),
  NotDetermined: (fact) => {
    const names = listed(fact.variables.map(quoted));
    const insts = fact.variables.map((v) => `${clean(v)} := …`).join(', ');
    return message(
      `the goal does not fix ${names} of ${quoted(fact.name)}`,
      fact.variables.length === 1 ? `say what it is: \`with ${insts}\`` : `say what they are: \`with ${insts}\``,
    );
  },
  WrongArgument: (fact) =>
    message(
      fact.own
        ? `the wire ${quoted(fact.wire)} of the goal does not fit ${quoted(fact.wire)} of ${quoted(fact.name)}`
        : `what is given for ${quoted(fact.wire)} does not fit ${quoted(fact.name)}`,
      fact.own
        ? `say what it is: \`with ${clean(fact.wire)} := …\``
        : 'the object of an argument is that of the wire, axis by axis',
      expectedFound(showObject(fact.expected), showObject(fact.found)),
    ),
  SidesDiffer: (fact, goal) =>
    fact.by !== undefined
      ? message(
          fact.by === 'ring'
            ? 'the two sides have different normal forms as sums of products'
            : 'the two sides differ after their denominators are cleared',
          fact.by === 'ring'
            ? '`ring` knows `+`, `*` and `-` alone: rewrite by the law of what stands inside first'
            : '`field` knows `+`, `*`, `-` and `/` alone: rewrite by the law of what stands inside first',
          differing(fact, goal),
        )
      : message(
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
  Missing: (fact, _goal, find) =>
    message(
      `${quoted(fact.name)} is needed as ${clean(fact.role)}, and is not in scope`,
      importProof(find, fact.name) ?? 'import the file that states it, and prove it first',
    ),
  Stuck: (fact) =>
    message(
      `${clean(fact.tactic)} cannot go on: ${clean(fact.why)}`,
      stuckHints[fact.tactic] ?? 'bring the goal into another form with `calc` first',
    ),
  Ungrouped: (fact) =>
    message(`the axis ${quoted(fact.axis)} of ${clean(fact.what)} cannot be grouped`, 'group another axis'),
  InsideLoop: (fact, goal) =>
    message(
      `what would be rewritten is made${madeFrom(fact.inputs, goal)} inside a loop, and is read outside of it along ${quoted(fact.axis)}`,
      'rewrite the whole loop instead: prove an equation of the two loops with `have`, by `induction`, and rewrite by that',
    ),
  NoClaim: () =>
    message(
      '`positivity` closes what says that something is positive, not negative or not 0',
      'such goals are `0 < e = true`, `(e < 0) = false`, `(e == 0) = false`, or an `if` with such a claim and `true`',
    ),
  NothingToDo: ({ tactic }) =>
    message(`${quoted(tactic)} has nothing to change here`, nothing[tactic] ?? 'remove the step'),
  NoSign: (fact, goal) =>
    message(
      `nothing says that this is ${{ positive: 'positive', 'not-negative': 'not negative', 'not-zero': 'not 0' }[fact.sign]}`,
      'it knows sums, products, squares, exp, sqrt, recip, sizes, numbers, and the conditions of an `if` around the goal',
      labelledTerm('of        ', fact.of, goal),
    ),
  Budget: (fact) =>
    message(
      `${clean(fact.tactic)} gave up after ${fact.limit} steps`,
      'that says nothing about truth: divide the step with `calc` or `have`',
    ),
  Core: (fact, goal) => coreMessage(fact.error, goal.wires),
  Elaborate: (fact, _goal, find) => elaborateMessage(fact.error.fact, find),
};

export function tacticMessage(fact: TacticFact, goal: Goal, find: Find = nowhere): Message {
  const of = messages[fact._tag] as (fact: TacticFact, goal: Goal, find: Find) => Message;
  return of(fact, goal, find);
}
