/**
 * How much of a diagram is read before it is shown. Invariant: steps and levels are counted, so that what is too large is abridged, whatever the
 * machine's stack. Knows no trees.
 */
import type { Term } from '../../core/index.js';
import { TooBig, shownDepth } from './tree.js';

export const nodeLimit = 20_000;

/** How much was read, and how deep it is: of a diagram and of those that it has as arguments together. */
export class Spent {
  private steps = 0;
  private depth = 0;

  step(): void {
    this.steps += 1;
    if (this.steps > nodeLimit) throw new TooBig();
  }
  /** One level deeper in a diagram, an expression or the replacement of an index. */
  deeper<A>(operation: () => A): A {
    if (this.depth >= shownDepth) throw new TooBig();
    this.depth += 1;
    try {
      return operation();
    } finally {
      this.depth -= 1;
    }
  }
}

/** How a diagram is written where one is an argument. */
export type WriteDiagram = (term: Term, spent: Spent) => string;

export interface ReaderOptions {
  readonly diagram?: WriteDiagram;
  /** without factors 1 and summands 0, where a normal form of sums and products is shown */
  readonly tidy?: boolean;
  /** what the diagram around has spent, where this one is an argument */
  readonly spent?: Spent;
}
