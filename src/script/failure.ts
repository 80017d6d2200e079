/** How a proof stops: at a fact with a place. Carried by a private exception to the boundary of the layer. */
import type { Span } from '../syntax/span.js';
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
