/** What checking a library finds, in words. Invariant: total over the facts of script/result.ts. Knows no places and no colours. */
import type { ScriptFact, Status } from '../script/result.js';
import type { Goal } from '../tactic/goal.js';
import { clean, plural, quoted } from './clean.js';
import { computed } from './core.js';
import { elaborateMessage } from './elaborate.js';
import { type Message, message, nearest } from './message.js';
import { labelled, showGoal, showHypothesis, showTerm, wiresFor } from './show.js';
import { syntaxMessage } from './syntax.js';
import { tacticMessage } from './tactic.js';

const goalLines = (goal: Goal): readonly string[] => labelled('goal      ', showGoal(goal));

function notProved(name: string, status: Status | 'later' | 'itself'): Message {
  switch (status) {
    case 'itself':
      return message(`${quoted(name)} is cited in its own proof`, 'use `induction` where the claim for less is needed');
    case 'later':
      return message(
        `${quoted(name)} is cited before it is proved`,
        'move its proof up, or import the file that has it',
      );
    case 'open':
      return message(`${quoted(name)} is cited and is open`, 'finish its proof first');
    case 'declined':
      return message(
        `${quoted(name)} is cited, and its proof was given up`,
        'a declined theorem is not in scope: divide its proof',
      );
    case 'rejected':
      return message(
        `${quoted(name)} is cited, and its proof was rejected`,
        'a theorem whose proof fails is not in scope: mend that proof first',
      );
    case 'proved':
      return message(`${quoted(name)} is proved, but not in scope here`, 'import the file that has it');
  }
}

function unfinished(goal: Goal): Message {
  const details = [...goalLines(goal), ...computed(goal.lhs, goal.rhs, goal.wires)];
  return message('the block ends and this goal is left', 'add a step, or `?` to see the goal while you work', details);
}

const messages: {
  readonly [Tag in ScriptFact['_tag']]: (fact: Extract<ScriptFact, { readonly _tag: Tag }>) => Message;
} = {
  Syntax: (fact) => syntaxMessage(fact.failure),
  Elaborate: (fact) => elaborateMessage(fact.error.fact),
  Step: (fact) => {
    const inner = tacticMessage(fact.fact, fact.goal);
    return fact.fact._tag === 'NotThisGoal'
      ? inner
      : { ...inner, details: [...goalLines(fact.goal), ...inner.details] };
  },
  Hole: (fact) =>
    message('a hole is open', 'replace `?` by a step; the theorem is not in scope before', goalLines(fact.goal)),
  Unfinished: (fact) => unfinished(fact.goal),
  GoalCount: (fact) =>
    message(
      `after ${clean(fact.step)} there are ${plural(fact.expected, 'goal')}, and ${plural(fact.found, 'block or step', 'blocks or steps')} for them`,
      'give one block { … } for each goal, in order',
    ),
  UnknownName: (fact) =>
    message(
      `there is no theorem, axiom or hypothesis ${quoted(fact.name)} here`,
      nearest(fact.candidates.slice(0, 3).map(quoted), '`weft check` lists the names that are stated'),
    ),
  NotProved: (fact) => notProved(fact.name, fact.status),
  NoProof: (fact) =>
    message(
      `${quoted(fact.name)} is stated and has no proof`,
      `write \`proof ${clean(fact.name)} … qed\` in a file of proofs`,
    ),
  ProvedTwice: (fact) => message(`${quoted(fact.name)} is there twice`, 'remove one of the two: nothing is redefined'),
  NoStatement: (fact) =>
    message(
      `this proves ${quoted(fact.name)}, which nothing states`,
      nearest(fact.candidates.map(quoted), 'state it in a file of statements, and check both files together'),
    ),
  ExtraHypotheses: (fact) =>
    message(
      'the proof rests on more hypotheses than the statement has',
      'discharge them in the proof, or add them to the statement as `given`',
      fact.hypotheses.flatMap((h) => labelled('extra     ', showHypothesis(h, wiresFor(h.lhs.dom)))),
    ),
  Vacuous: (fact) =>
    message(
      'both sides are the same diagram: this says nothing',
      'check the statement: it is true of anything',
      labelled('both      ', showTerm(fact.term, wiresFor(fact.term.dom))),
    ),
  NoFile: (fact) =>
    message(`there is no file ${quoted(fact.path)}`, 'imports are relative to the file that they stand in'),
  ImportCycle: (fact) =>
    message(`importing ${quoted(fact.path)} closes a circle`, 'move what both files need to a third'),
  ImportOutside: (fact) =>
    message(
      `${quoted(fact.path)} is outside the project`,
      'copy the file into the project: imports stay inside its folder',
    ),
  WrongKind: (fact) =>
    message(
      `${quoted(fact.path)} is no file of ${fact.expected}`,
      fact.expected === 'proofs'
        ? 'statements are not imported by proofs: check both together'
        : 'statements import statements only',
    ),
};

export function scriptMessage(fact: ScriptFact): Message {
  const of = messages[fact._tag] as (fact: ScriptFact) => Message;
  return of(fact);
}
