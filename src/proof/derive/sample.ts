/**
 * Random lists of rows for a definition, with rows before and after them: its results there, and their derivatives in the list. Invariant:
 * what is drawn depends on the seed alone. Knows nothing of ranks.
 */
import type { AxisVar, Slot } from '../../core/index.js';
import { Machine, type Places } from './evaluate.js';
import { Random } from './random.js';
import type { Output } from './read.js';
import { Tape } from './tape.js';

/** The size of every other axis, and how many operations are spent. */
export const [otherSize, operations] = [2, 3_000_000];

/** pulled: rows of the contexts are far to one side or the other, so that means and medians move over the list */
export type Regime = 'plain' | 'positive' | 'pulled';
type Source = Pick<Random, 'normal' | 'uniform'>;

export interface Rows {
  readonly length: number;
  /** for each input its rows */
  readonly values: readonly (readonly (readonly number[])[])[];
}

/** An array of numbers, row-major; truth values are 0 and 1. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
export interface Derived {
  readonly values: readonly number[];
  readonly rows: readonly Float64Array[];
  readonly arrays: readonly Numbers[];
}

export class Samples {
  readonly tape = new Tape();
  private readonly machine = new Machine(this.tape);
  spent = 0;
  /** numbers in a row of the list */
  readonly width: number;
  readonly none: Rows;
  constructor(
    readonly inputs: readonly Slot[],
    readonly outputs: readonly Output[],
    readonly over: AxisVar,
    readonly seed: number,
  ) {
    this.width = inputs.reduce(
      (n, s) => n + (s.vars.includes(over) && s.base._tag === 'Real' ? this.rowSize(s) : 0),
      0,
    );
    this.none = { length: 0, values: inputs.map(() => []) };
  }

  private rowSize(s: Slot): number {
    return s.vars.reduce((n, v) => n * (v === this.over ? 1 : otherSize), 1);
  }

  context(random: Random, length: number, regime: Regime): Rows {
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

  /** Rows of data for every streamed input. */
  data(random: Random, length: number, regime: Regime, source: Source): Rows {
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
  gradient(before: Rows, list: Rows, after: Rows, random: Random, regime: Regime): Float64Array {
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

  /** The numbers of the outputs, real ones with their derivatives in the list, and the arrays that they are of. */
  derived(list: Rows, after: Rows): Derived {
    const { results, unknowns, inputs } = this.run(this.none, list, after, 'plain');
    const values: number[] = [];
    const rows: Float64Array[] = [];
    this.outputs.forEach((o, i) => {
      const { shape, data } = results[i]!;
      const at = o.axes.indexOf(this.over);
      data.forEach((place, p) => {
        if (at >= 0 && positionOf(p, shape, at) < list.length) return;
        values.push(o.boolean ? place : this.tape.at(place));
        if (o.boolean) return;
        const row = new Float64Array(unknowns);
        this.tape.gradient([[place, 1]], unknowns, row);
        rows.push(row);
      });
    });
    const arrays = inputs.map(({ shape, data }, i): Numbers => {
      const boolean = this.inputs[i]!.base._tag === 'Boolean';
      return { shape, data: [...data].map((d) => (boolean ? d : this.tape.at(d))) };
    });
    return { values, rows, arrays };
  }

  run(before: Rows, list: Rows, after: Rows, regime: Regime) {
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
    return { results, unknowns, inputs };
  }
}

export const positionOf = (place: number, shape: readonly number[], at: number): number => {
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
