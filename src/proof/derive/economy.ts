/**
 * What a found state costs: its numbers against those that any differentiable state needs, and the operations of the statement against those
 * of one pass. Invariant: a state is called minimal or redundant only where nothing selects and it keeps no count and no flag.
 */
import type { AxisVar, Slot } from '../../core/index.js';
import { TooLong } from './evaluate.js';
import type { Ranks } from './oracle.js';
import { Random } from './random.js';
import type { Output } from './read.js';
import { Samples, otherSize } from './sample.js';
import type { Law } from './state.js';

export interface Economy {
  /** numbers of the state, every other axis of the oracle's size */
  readonly numbers: number;
  /** how many more than any differentiable state needs; undefined where the rank does not say */
  readonly redundant: number | undefined;
  /** operations for so many rows: as it is stated, and of the state */
  readonly cost: {
    readonly rows: readonly number[];
    readonly before: readonly number[];
    readonly after: readonly number[];
  };
}

const rows = [16, 32] as const;

export function economy(
  inputs: readonly Slot[],
  outputs: readonly Output[],
  heads: readonly Output[],
  over: AxisVar,
  facts: { readonly ranks: Ranks; readonly selects: boolean; readonly law: Law },
): Economy | undefined {
  const { ranks, selects } = facts;
  // what only folds is asked for what folding needs
  const needed = facts.law === 'foldable' ? ranks.fold : ranks.merge;
  const numbers = heads.reduce((n, h) => n + h.axes.reduce((m) => m * otherSize, 1), 0);
  const spent = (of: readonly Output[]): readonly number[] =>
    rows.map((n) => operationsOf(inputs, of, over, n, ranks.seed));
  try {
    const known = !selects && typeof needed === 'number' && !counting(inputs, heads, over, ranks.seed);
    return {
      numbers,
      redundant: known ? numbers - (needed as number) : undefined,
      cost: { rows, before: spent(outputs), after: spent(heads) },
    };
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
}

function operationsOf(
  inputs: readonly Slot[],
  outputs: readonly Output[],
  over: AxisVar,
  length: number,
  seed: number,
): number {
  const samples = new Samples(inputs, outputs, over, seed);
  const random = new Random(seed);
  samples.run(samples.none, samples.data(random, length, 'plain', random), samples.none, 'plain');
  return samples.spent;
}

/** Does a part of the state not move with the data: a count, a flag, a position? */
function counting(inputs: readonly Slot[], heads: readonly Output[], over: AxisVar, seed: number): boolean {
  if (heads.some((h) => h.boolean)) return true;
  const samples = new Samples(inputs, heads, over, seed);
  const random = new Random(seed);
  const { rows: moves } = samples.derived(samples.data(random, 6, 'plain', random), samples.none);
  return moves.some((row) => row.every((x) => x === 0));
}
