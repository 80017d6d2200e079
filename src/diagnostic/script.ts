/** What checking a library finds, in words. Invariant: total over the facts of script/result.ts. Knows no places and no colours. */
import type { Diagnostic, ScriptFact, Status } from '../proof/script/result.js';
import type { Goal } from '../proof/tactic/goal.js';
import { clean, listed, plural, quoted } from '../language/print/clean.js';
import { computed } from './core.js';
import { elaborateMessage } from './elaborate.js';
import { type Find, importProof, nowhere } from './elsewhere.js';
import { type Message, message, nearest } from './message.js';
import { labelled, showHypothesis, showTerm, wiresFor } from '../language/print/show.js';
import { showGoal } from './goal.js';
import { syntaxMessage } from './syntax.js';
import { tacticMessage } from './tactic.js';

const goalLines = (goal: Goal): readonly string[] => [
  ...labelled('goal      ', showGoal(goal)),
  ...[...(goal.tuples ?? [])].map(
    (name) =>
      `${quoted(name)} states several equations at once: a rewrite looks for the first of them, and changes the others only where all stand together; state each alone to rewrite by it`,
  ),
];

function notProved(
  name: string,
  status: Status | 'later' | 'itself' | 'circular',
  by: string | undefined,
  find: Find,
): Message {
  const cited = by === undefined ? `${quoted(name)} is cited` : `${quoted(by)} needs ${quoted(name)}, which is stated`;
  switch (status) {
    case 'circular':
      return message(
        `${quoted(name)} is cited here, and its own proof needs this theorem`,
        'prove one of the two without the other',
      );
    case 'itself':
      return message(`${quoted(name)} is cited in its own proof`, 'use `induction` where the claim for less is needed');
    case 'later':
      return message(
        by === undefined ? `${cited} before it is proved` : `${cited} and not proved here`,
        importProof(find, name) ?? 'move its proof above the one that cites it',
      );
    case 'open':
      return message(`${cited} and is open`, 'finish its proof first');
    case 'declined':
      return message(`${cited}, and its proof was given up`, 'a declined theorem is not in scope: divide its proof');
    case 'rejected':
      return message(
        `${cited}, and its proof was rejected`,
        'a theorem whose proof fails is not in scope: mend that proof first',
      );
    case 'proved':
      return message(
        `${quoted(name)} is proved, but not in scope here`,
        importProof(find, name) ?? 'import the file that has it',
      );
  }
}

function unfinished(goal: Goal): Message {
  const details = [...goalLines(goal), ...computed(goal.lhs, goal.rhs, goal.wires)];
  return message('the block ends and this goal is left', 'add a step, or `?` to see the goal while you work', details);
}

function unknownName(fact: Extract<ScriptFact, { readonly _tag: 'UnknownName' }>, find: Find): Message {
  const names = fact.candidates.slice(0, 3).map(quoted);
  if (fact.of !== undefined)
    return message(
      `${quoted(fact.of)} has no variable ${quoted(fact.name)}`,
      fact.candidates.length === 0
        ? 'it has none: leave out `with`'
        : `its variables are ${listed(fact.candidates.map(quoted))}`,
    );
  if (fact.kind === 'axis')
    return message(
      `there is no axis ${quoted(fact.name)} in the goal`,
      names.length === 0 ? 'the goal has no axis: `cases` splits on a boolean' : `its axes are ${names.join(', ')}`,
    );
  if (fact.kind === 'definition')
    return message(
      `there is no definition ${quoted(fact.name)} here`,
      nearest(names, 'a theorem is used by `rewrite` or `apply`; structural equality sees through definitions'),
    );
  return message(
    fact.by === undefined
      ? `there is no theorem, axiom or hypothesis ${quoted(fact.name)} here`
      : `${quoted(fact.by)} needs ${quoted(fact.name)}, which is not in scope here`,
    importProof(find, fact.name) ?? nearest(names, unknownHint(fact.name)),
  );
}

const unknownHint = (name: string): string =>
  name.includes('_')
    ? 'names are written with `-`: '.concat(quoted(name.replaceAll('_', '-')), '?')
    : '`weft check` lists the names that are stated';

const messages: {
  readonly [Tag in ScriptFact['_tag']]: (fact: Extract<ScriptFact, { readonly _tag: Tag }>, find: Find) => Message;
} = {
  Syntax: (fact) => syntaxMessage(fact.failure),
  Elaborate: (fact, find) => elaborateMessage(fact.error.fact, find),
  Step: (fact, find) => {
    const inner = tacticMessage(fact.fact, fact.goal, find);
    return fact.fact._tag === 'NotThisGoal'
      ? inner
      : { ...inner, details: [...goalLines(fact.goal), ...inner.details] };
  },
  Hole: (fact) =>
    message('a hole is open', 'replace `?` by steps; the theorem is not in scope before', goalLines(fact.goal)),
  Unfinished: (fact) => unfinished(fact.goal),
  Closed: (fact) =>
    message(
      'the goal is closed: nothing is left to prove here',
      fact.steps === 1 ? 'remove this step' : 'remove this step and those after it',
    ),
  GoalCount: (fact) =>
    message(
      `after ${clean(fact.step)} there are ${plural(fact.expected, 'goal')}, and ${plural(fact.found, 'block or step', 'blocks or steps')} for them`,
      'give one block { … } for each goal, in order',
    ),
  UnknownName: unknownName,
  NotProved: (fact, find) => notProved(fact.name, fact.status, fact.by, find),
  NotInSight: ({ name, kind, file, from, by }) =>
    message(
      `${by === undefined ? '' : `${quoted(by)} needs it: `}${quoted(name)} is ${kind === 'axiom' ? 'an axiom' : 'a theorem'} of ${quoted(file)}, which ${quoted(from)} does not import`,
      kind === 'axiom'
        ? `import it in ${quoted(from)}: what a theorem rests on is in sight of its statement`
        : `import ${quoted(file)} there, or its proof here`,
    ),
  AxiomNotImported: ({ axiom, file, from, through }) =>
    message(
      `this theorem would rest on the axiom ${quoted(axiom)} of ${quoted(file)}, which ${quoted(from)} does not import`,
      `import it in ${quoted(from)}: what a theorem rests on is in sight of its statement`,
      through === undefined ? [] : [`through   ${clean(through)}`],
    ),
  ForeignAxiom: ({ axiom, hash }) =>
    message(
      `${quoted(axiom)} is an axiom that is not the library's`,
      'prove it, or take it as a hypothesis (`given`): this check allows the axioms of the library alone',
      [`hash      ${clean(hash)}`],
    ),
  RestsOnForeign: ({ name, axioms }) =>
    message(
      `${quoted(name)} rests on axioms that are not the library's`,
      'prove them, or take them as hypotheses (`given`): this check allows the axioms of the library alone',
      [`axioms    ${axioms.map(clean).join(', ')}`],
    ),
  NoProof: (fact) =>
    message(
      `${quoted(fact.name)} is stated and has no proof`,
      `write \`proof ${clean(fact.name)} … qed\` in a file of proofs`,
    ),
  ProvedTwice: (fact) => message(`${quoted(fact.name)} is there twice`, 'remove one of the two: nothing is redefined'),
  NoStatement: (fact) =>
    fact.axiom === true
      ? message(
          `${quoted(fact.name)} is an axiom: it is believed, and has no proof`,
          'remove this proof, or state it as a `theorem` instead',
        )
      : message(
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

export function scriptMessage(fact: ScriptFact, find: Find = nowhere): Message {
  const of = messages[fact._tag] as (fact: ScriptFact, find: Find) => Message;
  return of(fact, find);
}

/** The fact, and what it leaves unproved where that is a law of a stream. */
export function diagnosticMessage({ fact, law }: Diagnostic, find: Find): Message {
  const m = scriptMessage(fact, find);
  if (!law) return m;
  const which = law.name === law.stream ? 'its specification' : `its law ${quoted(law.name)}`;
  return { ...m, details: [...m.details, `so the stream ${quoted(law.stream)} is not proved: ${which} is open`] };
}
