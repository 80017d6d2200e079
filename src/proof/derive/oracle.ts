/**
 * How many numbers any differentiable state needs: the rank of the derivatives, in a list of rows, of a definition of that list and
 * of rows before and after it. Invariant: a rank is a lower bound on the size; nothing follows from it about flags, counts and orders.
 */
import type { AxisVar, Slot } from '../../core/index.js';
import { Machine, type Places, TooLong } from './evaluate.js';
import { Random } from './random.js';
import { rankOf } from './rank.js';
import type { Output } from './read.js';
import { Tape } from './tape.js';

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

/** The size of every other axis, the longest list, and how many operations are spent. */
const [otherSize, longest, operations] = [2, 64, 4_000_000];
const lengths = [4, 5, 7, 8, 12, 13, 16, 32, longest];

type Side = 'fold' | 'merge';
/** pulled: rows of the contexts are far to one side or the other, so that means and medians move over the list */
type Regime = 'plain' | 'positive' | 'pulled';

export class Oracle {
  private readonly tape = new Tape();
  private readonly machine = new Machine(this.tape);
  private spent = 0;
  readonly width: number;
  constructor(
    private readonly inputs: readonly Slot[],
    private readonly outputs: readonly Output[],
    private readonly over: AxisVar,
    private readonly seed: number,
  ) {
    this.width = inputs.reduce(
      (n, s) => n + (s.vars.includes(over) && s.base._tag === 'Real' ? this.rowSize(s) : 0),
      0,
    );
  }

  private rowSize(s: Slot): number {
    return s.vars.reduce((n, v) => n * (v === this.over ? 1 : otherSize), 1);
  }

  ranks(): Ranks {
    const table: RankRow[] = [];
    try {
      for (const length of lengths) {
        table.push({ length, fold: this.rank(length, 'fold'), merge: this.rank(length, 'merge') });
        if (this.enough(table) && this.settled(table)) break;
        if (this.spent > operations) break;
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

  /** The rank for lists of a length; the largest over kinds of data, since each is a bound. */
  private rank(length: number, side: Side): number {
    const regimes: readonly Regime[] = ['pulled', 'plain', 'positive'];
    const enough = length * this.width;
    let most = 0;
    for (const regime of regimes) {
      const rows = this.rows(length, side, regime);
      most = Math.max(most, rankOf(rows));
      if (most >= enough) break;
    }
    return most;
  }

  private rows(length: number, side: Side, regime: Regime): readonly Float64Array[] {
    const count = Math.min(length * this.width + 6, 200);
    const random = new Random(this.seed + 7919 * length + (side === 'fold' ? 1 : 2));
    const list = this.data(random, length, regime, random);
    const none: Rows = { length: 0, values: this.inputs.map(() => []) };
    return Array.from({ length: count }, (_, k) => {
      const context = (): Rows => this.context(random, this.contextLength(random, length, k), regime);
      const after = context();
      return this.gradient(side === 'merge' ? context() : none, list, after, random, regime);
    });
  }
  private context(random: Random, length: number, regime: Regime): Rows {
    const [bias, reach] = [random.uniform(), 4 + 20 * random.uniform()];
    const source =
      regime === 'pulled'
        ? {
            normal: () => (random.uniform() < bias ? reach : -reach) + random.normal(),
            uniform: () => random.uniform(),
          }
        : random;
    return this.data(random, length, regime, source);
  }
  private contextLength(random: Random, length: number, k: number): number {
    const most = k % 2 === 0 ? 4 : length + 2;
    return Math.floor(random.uniform() * (most + 1));
  }

  /** Rows of data for every streamed input. */
  private data(random: Random, length: number, regime: Regime, source: Source): Rows {
    const values = this.inputs.map((s) => {
      if (!s.vars.includes(this.over)) return [];
      return Array.from({ length }, () =>
        Array.from({ length: this.rowSize(s) }, () => this.draw(random, s, regime, source)),
      );
    });
    return { length, values };
  }
  private draw(random: Random, s: Slot, regime: Regime, source: Source): number {
    if (s.base._tag === 'Boolean') return random.uniform() < 0.6 ? 1 : 0;
    if (regime === 'positive') return 0.3 + 1.4 * source.uniform();
    return source === random && regime === 'pulled' ? 6 * random.uniform() - 3 : source.normal();
  }

  /** The derivative in the list of a random combination of the outputs. */
  private gradient(before: Rows, list: Rows, after: Rows, random: Random, regime: Regime): Float64Array {
    const { results, unknowns } = this.run(before, list, after, regime);
    const seeds: (readonly [number, number])[] = [];
    this.outputs.forEach((o, i) => {
      const { shape, data } = results[i]!;
      const at = o.axes.indexOf(this.over);
      for (let p = 0; p < data.length; p += 1) {
        // outputs of the list itself are no state's business
        const position = at < 0 ? -1 : positionOf(p, shape, at);
        if (position >= before.length && position < before.length + list.length) continue;
        if (!o.boolean) seeds.push([data[p]!, random.normal()]);
      }
    });
    const into = new Float64Array(unknowns);
    this.tape.gradient(seeds, unknowns, into);
    return into;
  }

  private run(before: Rows, list: Rows, after: Rows, regime: Regime) {
    const { tape } = this;
    tape.reset();
    const unknowns = list.length * this.width;
    const places = (rows: Rows): readonly (readonly (readonly number[])[])[] =>
      this.inputs.map((s, i) =>
        rows.values[i]!.map((row) => row.map((x) => (s.base._tag === 'Boolean' ? x : tape.push(x)))),
      );
    const mine = places(list);
    const size = before.length + list.length + after.length;
    const [left, right] = [places(before), places(after)];
    const fixed = new Random(this.seed + (regime === 'positive' ? 5 : 3));
    const inputs = this.inputs.map((s, i): Places => {
      if (s.vars.includes(this.over)) return woven(s, this.over, [...left[i]!, ...mine[i]!, ...right[i]!]);
      const shape = s.vars.map(() => otherSize);
      const count = shape.reduce((x, y) => x * y, 1);
      const draw = (): number => this.draw(fixed, s, regime === 'pulled' ? 'plain' : regime, fixed);
      return {
        shape,
        data: Int32Array.from({ length: count }, () => (s.base._tag === 'Boolean' ? draw() : tape.push(draw()))),
      };
    });
    const sizes = new Map<AxisVar, number>([[this.over, size]]);
    this.inputs.forEach((s) => s.vars.forEach((v) => v !== this.over && sizes.set(v, otherSize)));
    this.outputs.forEach((o) => o.axes.forEach((v) => v !== this.over && sizes.set(v, otherSize)));
    const results = this.machine.outputs(this.outputs, inputs, sizes, Math.max(0, operations - this.spent));
    this.spent += this.machine.spent;
    return { results, unknowns };
  }

  /**
   * Does a declared state tell apart what the result tells apart, near random lists of a length? A state is complete only if its derivatives
   * span those of the result. A lost sign, order or flag is not seen, so that a pass is no proof.
   */
  candidate(
    state: readonly Output[],
    length: number,
  ): { readonly state: number; readonly both: number; readonly complete: boolean } {
    this.spent = 0;
    const own = new Oracle(this.inputs, state, this.over, this.seed);
    const random = new Random(this.seed + 7919 * length + 1);
    const list = this.data(random, length, 'plain', random);
    const none: Rows = { length: 0, values: this.inputs.map(() => []) };
    const needed = Array.from({ length: length * this.width + 6 }, (_, k) =>
      this.gradient(none, list, this.data(random, 1 + (k % 4), 'plain', random), random, 'plain'),
    );
    const held = own.components(list, random);
    const [kept, both] = [rankOf(held), rankOf([...held, ...needed])];
    return { state: kept, both, complete: both === kept };
  }

  /** The derivatives of each number of the outputs, of a list alone. */
  private components(list: Rows, random: Random): readonly Float64Array[] {
    const none: Rows = { length: 0, values: this.inputs.map(() => []) };
    const count = this.outputs.reduce((n, o) => n + o.axes.reduce((m) => m * otherSize, 1), 0);
    return Array.from({ length: 2 * count + 2 }, () => this.gradient(none, list, none, random, 'plain'));
  }

  private looksAhead(): boolean {
    if (!this.outputs.some((o) => o.axes.includes(this.over))) return false;
    const random = new Random(this.seed + 11);
    this.spent = 0;
    const [list, empty] = [this.data(random, 5, 'plain', random), this.data(random, 0, 'plain', random)];
    const values = [1, 3, 6].map((n) => {
      const after = this.data(random, n, 'plain', random);
      const { results } = this.run(empty, list, after, 'plain');
      return this.outputs.flatMap((o, i) => {
        const at = o.axes.indexOf(this.over);
        const { shape, data } = results[i]!;
        return [...data].flatMap((place, p) =>
          at >= 0 && positionOf(p, shape, at) < list.length ? [o.boolean ? place : this.tape.at(place)] : [],
        );
      });
    });
    return values.some((v) => v.some((x, i) => Math.abs(x - values[0]![i]!) > 1e-9 * (1 + Math.abs(x))));
  }
}

type Source = Pick<Random, 'normal' | 'uniform'>;

interface Rows {
  readonly length: number;
  /** for each input its rows */
  readonly values: readonly (readonly (readonly number[])[])[];
}

const positionOf = (place: number, shape: readonly number[], at: number): number => {
  const inner = shape.slice(at + 1).reduce((x, y) => x * y, 1);
  return Math.floor(place / inner) % shape[at]!;
};

/** Rows along an axis as an array in which that axis has its own place. */
function woven(s: Slot, over: AxisVar, rows: readonly (readonly number[])[]): Places {
  const at = s.vars.indexOf(over);
  const shape = s.vars.map((v) => (v === over ? rows.length : otherSize));
  const inner = shape.slice(at + 1).reduce((x, y) => x * y, 1);
  const outer = shape.slice(0, at).reduce((x, y) => x * y, 1);
  const data = new Int32Array(outer * rows.length * inner);
  rows.forEach((row, r) =>
    row.forEach((place, j) => {
      data[(Math.floor(j / inner) * rows.length + r) * inner + (j % inner)] = place;
    }),
  );
  return { shape, data };
}
