/** What the steps of a proof can reach besides their goal. Invariant: what is cited is proved, or a hypothesis. */
import type { Env } from '../../language/elaborate/scope.js';
import type { Name } from '../../language/syntax/tree.js';
import type { Evaluator } from '../tactic/opening.js';
import type { Identities } from '../tactic/ring.js';
import type { Citable } from './scope.js';

/** What steps can reach besides the goal. */
export interface Context {
  readonly env: Env;
  readonly evaluator: Evaluator;
  /** a proved theorem or a lemma of the block; stops with E-SCOPE or E-STATUS */
  readonly cite: (name: Name) => Citable;
  /** lemmas of the block, by name */
  readonly lemmas: readonly string[];
  /** ring identities proved so far: theorems, whatever goal they were proved for */
  readonly identities: Identities;
  /** a proved theorem that a tactic needs, by its fixed name */
  readonly need: (name: string, span: Name['span'], by: string) => Citable;
}
