/** What a part of the numbers hands over for the table: some cells of one kernel on one target. Invariant: a cell is counted in the run that hands it over. */
export const TARGETS = ['wgsl, Dawn', 'wgsl, wgpu', 'cuda, CPU', 'host'] as const;
export type TableTarget = (typeof TARGETS)[number];

export interface Mutants {
  readonly caught: number;
  readonly made: number;
  /** not caught, for a reason that is written down */
  readonly excused: number;
}

/** What one part knows of a kernel on a target. */
export interface Cells {
  readonly kernel: string;
  readonly target: TableTarget;
  readonly cases?: number;
  /** the worst error over the forward bound */
  readonly overBound?: number;
  /** the worst error over that of a naive program in binary32 */
  readonly overNaive?: number;
  readonly races?: number;
  readonly mutants?: Mutants;
}
