/**
 * How many numbers any differentiable state needs: the rank of the derivatives, in a list of rows, of a definition of that list and
 * of rows before and after it. Invariant: a rank is a lower bound on the size; nothing follows from it about flags, counts and orders.
 */
import type { AxisVar, Slot } from '../../core/index.js';
import { TooLong } from './evaluate.js';
import { Random } from './random.js';
import { rankOf } from './rank.js';
import type { Output } from './read.js';
import { type Regime, type Rows, Samples, operations, otherSize, positionOf } from './sample.js';

/** Rows of a table: the length of the list, and the rank where rows follow, and where they stand on both sides. */
export interface RankRow {
  readonly length: number;
  readonly fold: number;
  readonly merge: number;
}
export interface Ranks {
  readonly fold: number | 'grows';
  readonly merge: number | 'grows';
  readonly table: readonly RankRow[];
  /** numbers in a row of the list */
  readonly width: number;
  readonly seed: number;
  /** the size of every other axis */
  readonly others: number;
  /** do the outputs of a part move with what comes after it? Only where they keep the axis. */
  readonly looksAhead: boolean;
}

const longest = 64;
/** Rows that a matrix has beyond its rank, with how many it starts, and the most that it has. */
const [spare, fewRows, mostRows] = [6, 30, 200];
const lengths = [4, 5, 7, 8, 12, 13, 16, 32, longest];

type Side = 'fold' | 'merge';

export class Oracle {
  private readonly samples: Samples;
  private readonly width: number;
  constructor(
    inputs: readonly Slot[],
    private readonly outputs: readonly Output[],
    private readonly over: AxisVar,
    private readonly seed: number,
  ) {
    this.samples = new Samples(inputs, outputs, over, seed);
    this.width = this.samples.width;
  }

  ranks(): Ranks {
    const table: RankRow[] = [];
    try {
      for (const length of lengths) {
        table.push(this.row(length, table.at(-1)));
        if (this.enough(table) && this.settled(table)) break;
        if (this.samples.spent > operations) break;
      }
    } catch (error) {
      if (!(error instanceof TooLong)) throw error;
    }
    return {
      fold: this.read(table, 'fold'),
      merge: this.read(table, 'merge'),
      table,
      width: this.width,
      seed: this.seed,
      others: otherSize,
      looksAhead: this.looksAhead(),
    };
  }

  /** Is the last list long beside what was found? */
  private enough(table: readonly RankRow[]): boolean {
    const last = table.at(-1)!;
    return last.length >= 12 || last.length * this.width >= 4 * Math.max(last.fold, last.merge) + 24;
  }

  /** Both ranks below full, and the same for the last lists. */
  private settled(table: readonly RankRow[]): boolean {
    const last = table.slice(-3);
    const one = (side: Side): boolean =>
      last.every((r) => r[side] === last[0]![side] && r[side] < r.length * this.width);
    return last.length === 3 && one('fold') && one('merge');
  }

  /** A rank that is the same for the last lists and not full, or that it grows; of few lists, a bound. */
  private read(table: readonly RankRow[], side: Side): number | 'grows' {
    const last = table.slice(-3);
    // too little was looked at to say more than the bound
    if (table.length < 4) return Math.max(0, ...table.map((r) => r[side]));
    const value = last[0]![side];
    const full = last.every((r) => r[side] >= r.length * this.width) && this.width > 0;
    return last.every((r) => r[side] === value) && !full ? value : 'grows';
  }

  /** With rows on both sides the rank is no smaller: there may be none before. Where it is full without them, it is full. */
  private row(length: number, before: RankRow | undefined): RankRow {
    const fold = this.rank(length, 'fold', before?.fold ?? 0);
    const full = fold >= length * this.width;
    return { length, fold, merge: full ? fold : this.rank(length, 'merge', Math.max(fold, before?.merge ?? 0)) };
  }

  /** The rank for lists of a length; the largest over kinds of data, since each is a bound. */
  private rank(length: number, side: Side, hint: number): number {
    const regimes: readonly Regime[] = ['pulled', 'plain', 'positive'];
    const enough = length * this.width;
    let most = 0;
    for (const regime of regimes) {
      most = Math.max(most, this.rankIn(length, side, regime, Math.max(most, hint)));
      if (most >= enough) break;
    }
    return most;
  }

  /** Rows are drawn until there are some more than their rank: what comes after adds nothing, as far as chance can say. */
  private rankIn(length: number, side: Side, regime: Regime, hint: number): number {
    const enough = length * this.width;
    const limit = Math.min(enough + spare, mostRows);
    const draw = this.rows(length, side, regime);
    const rows: Float64Array[] = [];
    for (let wanted = Math.min(Math.max(hint + 2 * spare, fewRows), limit); ; wanted = Math.min(2 * wanted, limit)) {
      while (rows.length < wanted) rows.push(draw(rows.length));
      const rank = rankOf(rows);
      if (rank + spare <= wanted || rank >= enough || wanted === limit) return rank;
    }
  }

  /** How the rows of a matrix of derivatives are drawn, one after another. */
  private rows(length: number, side: Side, regime: Regime): (k: number) => Float64Array {
    const { samples } = this;
    const random = new Random(this.seed + 7919 * length + (side === 'fold' ? 1 : 2));
    const list = samples.data(random, length, regime, random);
    return (k) => {
      const context = (): Rows => samples.context(random, contextLength(random, length, k), regime);
      const after = context();
      return samples.gradient(side === 'merge' ? context() : samples.none, list, after, random, regime);
    };
  }

  private looksAhead(): boolean {
    if (!this.outputs.some((o) => o.axes.includes(this.over))) return false;
    const random = new Random(this.seed + 11);
    this.samples.spent = 0;
    const { samples } = this;
    const list = samples.data(random, 5, 'plain', random);
    const values = [1, 3, 6].map((n) => {
      const after = samples.data(random, n, 'plain', random);
      const { results } = samples.run(samples.none, list, after, 'plain');
      return this.outputs.flatMap((o, i) => {
        const at = o.axes.indexOf(this.over);
        const { shape, data } = results[i]!;
        return [...data].flatMap((place, p) =>
          at >= 0 && positionOf(p, shape, at) < list.length ? [o.boolean ? place : samples.tape.at(place)] : [],
        );
      });
    });
    return values.some((v) => v.some((x, i) => Math.abs(x - values[0]![i]!) > 1e-9 * (1 + Math.abs(x))));
  }
}

function contextLength(random: Random, length: number, k: number): number {
  const most = k % 2 === 0 ? 4 : length + 2;
  return Math.floor(random.uniform() * (most + 1));
}
