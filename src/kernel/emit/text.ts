/** What an emitter returns. Invariant: text and the facts that a runner needs, read off the same walk. */
import type { Param } from './param.js';

export interface Text {
  readonly lines: readonly string[];
  readonly entry: string;
  readonly params: readonly Param[];
  /** the identifiers of the inputs, then the outputs */
  readonly arrays: readonly string[];
}
