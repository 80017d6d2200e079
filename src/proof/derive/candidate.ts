/**
 * Does a declared state tell apart what a result tells apart? A state is complete only if its derivatives span those of the result; where they
 * do not, two lists are looked for on which the state is the same and the result is not. Invariant: a refutation is the two lists; a pass is
 * no proof, since a lost sign, order, flag or count has no derivative.
 */
import type { AxisVar, Slot } from '../../core/index.js';
import { Random } from './random.js';
import { rankOf } from './rank.js';
import type { Output } from './read.js';
import { type Numbers, type Rows, Samples } from './sample.js';

/** What a pass leaves open. */
export const unseen = ['sign', 'order', 'flag', 'count'] as const;

/** Two lists with one state, and the same rows after both that give two results. */
export interface Witness {
  readonly first: readonly Numbers[];
  readonly second: readonly Numbers[];
  /** rows of the arrays that belong to the lists; the others come after */
  readonly length: number;
  readonly state: readonly number[];
  readonly results: readonly [readonly number[], readonly number[]];
}
export type Answer =
  | { readonly _tag: 'Refuted'; readonly state: number; readonly both: number; readonly witness: Witness | undefined }
  | { readonly _tag: 'Passed'; readonly state: number; readonly unseen: typeof unseen };

/** Largest relative difference of states that are called one, and the smallest of results that are called two. */
const [near, far] = [1e-11, 1e-4];

export class Candidate {
  private readonly result: Samples;
  private readonly held: Samples;
  constructor(
    inputs: readonly Slot[],
    result: readonly Output[],
    state: readonly Output[],
    over: AxisVar,
    private readonly seed: number,
  ) {
    this.result = new Samples(inputs, result, over, seed);
    this.held = new Samples(inputs, state, over, seed);
  }

  /** Near a random list of a length. */
  judge(length: number): Answer {
    const { result, held } = this;
    const random = new Random(this.seed + 7919 * length + 1);
    const list = result.data(random, length, 'plain', random);
    const after = Array.from({ length: length * result.width + 6 }, (_, k) =>
      result.data(random, k % 5, 'plain', random),
    );
    const needed = after.flatMap((rows) => result.derived(list, rows).rows);
    const own = held.derived(list, held.none).rows;
    const [kept, both] = [rankOf(own), rankOf([...own, ...needed])];
    if (both === kept) return { _tag: 'Passed', state: kept, unseen };
    return { _tag: 'Refuted', state: kept, both, witness: this.walk(list, after) };
  }

  /** Along directions in which the result moves and the state does not, at first. */
  private walk(list: Rows, after: readonly Rows[]): Witness | undefined {
    const basis = orthonormal(this.held.derived(list, this.held.none).rows);
    for (const rows of after) {
      for (const gradient of this.result.derived(list, rows).rows) {
        const direction = without(gradient, basis);
        const length = norm(direction);
        if (!(length > 1e-6 * norm(gradient))) continue;
        for (let step = 1; step > 0.02; step /= 2) {
          const found = this.tried(list, moved(this.result, list, direction, step / length), rows);
          if (found) return found;
        }
      }
    }
    return undefined;
  }

  /** The second list brought back to the state of the first, by Newton's method. */
  private tried(list: Rows, start: Rows, after: Rows): Witness | undefined {
    const { result, held } = this;
    const wanted = held.derived(list, held.none).values;
    let second = start;
    for (let turn = 0; turn < 30; turn += 1) {
      const { values, rows } = held.derived(second, held.none);
      if (values.length !== rows.length || !values.every(Number.isFinite)) return undefined;
      const off = values.map((x, i) => wanted[i]! - x);
      if (off.every((d, i) => Math.abs(d) <= near * (1 + Math.abs(wanted[i]!)))) break;
      second = moved(held, second, least(rows, off), 1);
    }
    const state = held.derived(second, held.none).values;
    if (!state.every((x, i) => Math.abs(x - wanted[i]!) <= near * (1 + Math.abs(wanted[i]!)))) return undefined;
    const [one, two] = [result.derived(list, after), result.derived(second, after)];
    if (!one.values.some((x, i) => Math.abs(x - two.values[i]!) > far * (1 + Math.abs(x)))) return undefined;
    return {
      first: one.arrays,
      second: two.arrays,
      length: list.length,
      state: wanted,
      results: [one.values, two.values],
    };
  }
}

/** A list moved along a direction over its reals, in the order in which they are unknowns. */
function moved({ inputs }: Samples, list: Rows, direction: Float64Array, by: number): Rows {
  let next = 0;
  const step = (x: number): number => x + by * direction[next++]!;
  const values = list.values.map((rows, i) =>
    inputs[i]!.base._tag === 'Boolean' ? rows : rows.map((row) => row.map(step)),
  );
  return { length: list.length, values };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((s, x, i) => s + x * b[i]!, 0);
const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));
function without(a: Float64Array, basis: readonly Float64Array[]): Float64Array {
  // twice: the second time takes away what rounding left
  return [...basis, ...basis].reduce((r, b) => {
    const c = dot(r, b);
    return r.map((x, i) => x - c * b[i]!);
  }, a);
}
function orthonormal(rows: readonly Float64Array[]): readonly Float64Array[] {
  const basis: Float64Array[] = [];
  for (const row of rows) {
    const rest = without(row, basis);
    const length = norm(rest);
    if (length > 1e-9 * (norm(row) || 1)) basis.push(rest.map((x) => x / length));
  }
  return basis;
}

/** The shortest d with rows · d = off, rows that depend on others left out. */
function least(rows: readonly Float64Array[], off: readonly number[]): Float64Array {
  const basis: { readonly unit: Float64Array; readonly part: number }[] = [];
  let found = new Float64Array(rows[0]?.length ?? 0);
  rows.forEach((row, i) => {
    const rest = without(
      row,
      basis.map((b) => b.unit),
    );
    const length = norm(rest);
    if (!(length > 1e-9 * (norm(row) || 1))) return;
    const unit = rest.map((x) => x / length);
    const part = (off[i]! - dot(row, found)) / dot(row, unit);
    basis.push({ unit, part });
    found = found.map((x, k) => x + part * unit[k]!);
  });
  return found;
}
