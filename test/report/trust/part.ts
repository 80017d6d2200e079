/**
 * What `npm run trust` is made of: each area counts its own figures. Invariant: a figure is counted in the run that prints it; a
 * failure is a line that a reader can act on. It does not know what a figure is compared with: docs/reference/trust.md states that.
 */
import type { Cells } from './row.js';

export interface Options {
  /** the whole, or the sample that `npm run test:deep` runs */
  readonly full: boolean;
  /** of everything random; printed with every failure */
  readonly seed: number;
}

export interface Figure {
  readonly name: string;
  readonly value: number;
}

export interface Part {
  readonly title: string;
  readonly figures: readonly Figure[];
  /** what went wrong, one line each; a part that checked nothing says so here */
  readonly failures: readonly string[];
  /** cells of the table of its group, where that has one */
  readonly rows?: readonly Cells[];
  /** what a reader of the table should see: mutants that survive, with the reason */
  readonly notes?: readonly string[];
  /** a table of its own, printed under the figures */
  readonly lines?: readonly string[];
}
