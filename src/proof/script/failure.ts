/** How a proof stops: at a fact with a place. Carried by a private exception to the boundary of the layer. */
import { Failure as ElaborateFailure, codeOf } from '../../language/point/error.js';
import type { Span } from '../../language/syntax/span.js';
import { type TacticFact, TacticFailure } from '../tactic/failure.js';
import type { Code, ScriptFact } from './result.js';

export class Stop extends Error {
  constructor(
    readonly fact: ScriptFact,
    readonly span: Span,
    /** the code, where the fact alone does not say it */
    readonly code?: Code,
  ) {
    super(fact._tag);
  }
}

export function stop(fact: ScriptFact, span: Span, code?: Code): never {
  throw new Stop(fact, span, code);
}

/** What an operation gives; undefined where it stops, such as of a theorem that is not proved or not in scope. */
export function unlessStopped<A>(operation: () => A): A | undefined {
  try {
    return operation();
  } catch (error) {
    if (error instanceof Stop) return undefined;
    throw error;
  }
}

/** The code of a step that failed at a fact; where a side condition is its goal, what differs is that condition. */
export function stepCode(fact: TacticFact, role: 'main' | 'side'): Code {
  switch (fact._tag) {
    case 'NoMatch':
    case 'NotCalled':
    case 'NotDetermined':
    case 'Stuck':
    case 'Ungrouped':
    case 'InsideLoop':
    case 'NoClaim':
    case 'NothingToDo':
      return 'E-MATCH';
    case 'WrongArgument':
      return 'E-TYPE';
    case 'SidesDiffer':
    case 'NoSign':
    case 'NotThisGoal':
      return role === 'side' ? 'E-SIDE' : 'E-EQ';
    case 'NoSuchWire':
    case 'Missing':
      return 'E-SCOPE';
    case 'Budget':
      return 'E-BUDGET';
    case 'Core':
      return fact.error.code;
    case 'Elaborate':
      return fact.error.code;
  }
}

/** The code of what was thrown, where it is a failure: a fact of one of the closed unions. Anything else is a bug. */
export function failedWith(error: unknown): Code | undefined {
  if (error instanceof Stop) return error.code ?? 'E-STATUS';
  if (error instanceof TacticFailure) return stepCode(error.fact, 'main');
  return error instanceof ElaborateFailure ? codeOf(error.fact) : undefined;
}
