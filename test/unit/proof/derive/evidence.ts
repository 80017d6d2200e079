// Checks the evidence of a refusal again, from the reference evaluator alone: differences instead of derivatives, elimination instead of
// singular values, data of its own. Shares no code with the search. A rank that it finds is a lower bound like any other.
import * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Definition, Slot } from '../../../../src/core/index.js';
import * as core from '../../../../src/core/index.js';
import { evaluate } from '../../../../src/run/reference/evaluate.js';

export interface Claim {
  readonly table: readonly { readonly length: number; readonly fold: number }[];
  readonly width: number;
}

/** A linear congruential generator: nobody else's. */
function generator(seed: number): () => number {
  let state = BigInt(seed) * 6364136223846793005n + 1442695040888963407n;
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 11n) / 2 ** 53;
  };
}

/** Independent rows, by elimination with complete pivoting. */
export function independent(rows: readonly (readonly number[])[], tolerance = 1e-5): number {
  const left = rows.map((r) => {
    const most = Math.max(...r.map(Math.abs));
    return r.map((x) => (most > 0 ? x / most : 0));
  });
  let rank = 0;
  for (;;) {
    let [best, at, column] = [tolerance, -1, -1];
    left.forEach((r, i) => r.forEach((x, j) => Math.abs(x) > best && ([best, at, column] = [Math.abs(x), i, j])));
    if (at < 0) return rank;
    rank += 1;
    const [pivot] = left.splice(at, 1) as [number[]];
    left.forEach(
      (r, i) => (left[i] = r.map((x, j) => (j === column ? 0 : x - (r[column]! / pivot[column]!) * pivot[j]!))),
    );
  }
}

interface Part {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
export interface Shown {
  readonly first: readonly Part[];
  readonly second: readonly Part[];
  readonly length: number;
  readonly results: readonly [readonly number[], readonly number[]];
}

const other = 2;

/** A definition on lists of rows, by the reference evaluator; every axis but the streamed one has size 2. */
export class Subject {
  private readonly inputs: readonly Slot[];
  private readonly results: readonly Slot[];
  constructor(
    private readonly definition: Definition,
    private readonly over: AxisVar,
  ) {
    const [dom, cod] = [core.slots(definition.body.dom), core.slots(definition.body.cod)];
    if (E.isLeft(dom) || E.isLeft(cod)) throw new Error('no slots');
    [this.inputs, this.results] = [dom.right, cod.right];
  }

  private count(s: Slot, length: number): number {
    return s.vars.reduce((n, v) => n * (v === this.over ? length : other), 1);
  }
  private streamed(s: Slot): boolean {
    return s.vars.includes(this.over);
  }
  private place(s: Slot, p: number, length: number): number {
    const inner = s.vars
      .slice(s.vars.indexOf(this.over) + 1)
      .reduce((n, v) => n * (v === this.over ? length : other), 1);
    return Math.floor(p / inner) % length;
  }

  /** The numbers of the results that do not belong to the first `skip` rows, or only those that do. */
  values(arrays: readonly Part[], length: number, skip: number, mine = false): readonly number[] {
    const axes = new Set([...this.inputs, ...this.results].flatMap((s) => s.vars));
    const sizes = new Map([...axes].map((v) => [v, v === this.over ? length : other] as const));
    const made = arrays.map(({ shape, data }) => ({ shape, data: Float64Array.from(data) }));
    const found = evaluate(this.definition.body, { sizes }, made);
    if (E.isLeft(found)) throw new Error(`not evaluated: ${found.left._tag}`);
    return found.right.flatMap((r, i) =>
      [...r.data].filter((_, p) => {
        const s = this.results[i]!;
        const own = this.streamed(s) && this.place(s, p, length) < skip;
        return own === mine;
      }),
    );
  }

  /** Arrays with the rows of a list first: those that are not streamed are the same for every call. */
  private arrays(
    list: readonly (readonly number[])[],
    length: number,
    draw: (s: Slot, i: number, row: number) => number,
  ): readonly Part[] {
    return this.inputs.map((s, i) => {
      const shape = s.vars.map((v) => (v === this.over ? length : other));
      let mine = 0;
      const data = Array.from({ length: this.count(s, length) }, (_, p) => {
        const row = this.streamed(s) ? this.place(s, p, length) : -1;
        return row >= 0 && row * this.count(s, 1) < list[i]!.length ? list[i]![mine++]! : draw(s, i, row);
      });
      return { shape, data };
    });
  }

  rank(length: number, seed: number): number {
    const random = generator(seed);
    const draw = (s: Slot): number => (s.base._tag === 'Boolean' ? (random() < 0.6 ? 1 : 0) : 6 * random() - 3);
    const list = this.inputs.map((s) =>
      Array.from({ length: this.streamed(s) ? this.count(s, length) : 0 }, () => draw(s)),
    );
    const still = this.inputs.map((s) =>
      Array.from({ length: this.streamed(s) ? 0 : this.count(s, length) }, () => draw(s)),
    );
    const unknowns = list.flatMap((x, i) =>
      this.inputs[i]!.base._tag === 'Boolean' ? [] : x.map((_, j) => [i, j] as const),
    );
    const rows = Array.from({ length: unknowns.length + Math.floor(unknowns.length / 2) + 6 }, (_, row) => {
      const [bias, reach] = [random(), 4 + 20 * random()];
      const total = length + Math.floor(random() * (length + 3));
      const after = new Map<string, number>();
      const seen = (s: Slot, i: number, at: number, k: number): number => {
        if (at < 0) return still[i]![k]!;
        const key = `${i}:${k}`;
        if (!after.has(key))
          after.set(
            key,
            s.base._tag === 'Boolean' || row % 2 === 0 ? draw(s) : (random() < bias ? reach : -reach) + random() - 0.5,
          );
        return after.get(key)!;
      };
      const weights: number[] = [];
      const value = (moved: readonly (readonly number[])[]): number => {
        const next = this.inputs.map(() => 0);
        const arrays = this.arrays(moved, total, (s, i, at) => seen(s, i, at, next[i]!++));
        return this.values(arrays, total, length).reduce((sum, x, k) => sum + x * (weights[k] ??= random() - 0.5), 0);
      };
      const step = 1e-5;
      return unknowns.map(([i, j]) => {
        const at = (h: number): number =>
          value(list.map((x, k) => (k === i ? x.map((y, l) => (l === j ? y + h : y)) : x)));
        return (at(step) - at(-step)) / (2 * step);
      });
    });
    return independent(rows);
  }

  /** Do the results of a list move with what comes after it? */
  looksAhead(seed: number): boolean {
    const random = generator(seed);
    const draw = (s: Slot): number => (s.base._tag === 'Boolean' ? (random() < 0.5 ? 1 : 0) : 2 * random() - 1);
    const list = this.inputs.map((s) => Array.from({ length: this.streamed(s) ? this.count(s, 4) : 0 }, () => draw(s)));
    const still = this.inputs.map((s) => Array.from({ length: this.count(s, 1) }, () => draw(s)));
    const seen = [5, 7, 9].map((total) => {
      const next = this.inputs.map(() => 0);
      return this.values(
        this.arrays(list, total, (s, i, at) => (at < 0 ? still[i]![next[i]!++]! : draw(s))),
        total,
        4,
        true,
      );
    });
    return seen.some((v) => v.some((x, k) => Math.abs(x - seen[0]![k]!) > 1e-6));
  }

  /** Have two lists the same sums and sums of squares, the same rows after them, and the results that are claimed, which differ? */
  shows({ first, second, length, results }: Shown): boolean {
    const close = (x: number, y: number): boolean => Math.abs(x - y) <= 1e-8 * (1 + Math.abs(x));
    const size = first.reduce(
      (n, a, i) => (this.streamed(this.inputs[i]!) ? a.shape[this.inputs[i]!.vars.indexOf(this.over)]! : n),
      0,
    );
    const alike = this.inputs.every((s, i) => {
      const [x, y] = [first[i]!.data, second[i]!.data];
      const mine = (p: number): boolean =>
        this.streamed(s) && s.base._tag !== 'Boolean' && this.place(s, p, size) < length;
      return x.length === this.count(s, size) && x.length === y.length && x.every((v, p) => mine(p) || v === y[p]);
    });
    const sums = (of: readonly Part[]): readonly number[] =>
      this.inputs.flatMap((s, i) => {
        if (!this.streamed(s) || s.base._tag === 'Boolean') return [];
        const table = new Map<number, readonly [number, number]>();
        const inner = this.count({ ...s, vars: s.vars.slice(s.vars.indexOf(this.over) + 1) }, 1);
        of[i]!.data.forEach((x, p) => {
          if (this.place(s, p, size) >= length) return;
          const column = Math.floor(p / (inner * size)) * inner + (p % inner);
          const [a, b] = table.get(column) ?? [0, 0];
          table.set(column, [a + x, b + x * x]);
        });
        return [...table.values()].flat();
      });
    const [one, two] = [first, second].map((of) => this.values(of, size, length)) as [
      readonly number[],
      readonly number[],
    ];
    return (
      alike &&
      sums(first).every((x, k) => close(x, sums(second)[k]!)) &&
      one.every((x, k) => close(x, results[0][k]!)) &&
      two.every((x, k) => close(x, results[1][k]!)) &&
      one.some((x, k) => Math.abs(x - two[k]!) > 1e-5 * (1 + Math.abs(x)))
    );
  }
}

/** Does the rank grow from list to longer list, as the evidence says? The lengths are the claim's, up to 16. */
export function grows(subject: Subject, claim: Claim, seed: number): boolean {
  const lengths = [4, 8, 16].filter((n) => claim.table.some((r) => r.length === n));
  const last = claim.table.at(-1);
  if (lengths.length < 3 || last === undefined || last.fold <= claim.table[0]!.fold) return false;
  const ranks = lengths.map((n) => subject.rank(n, seed));
  return ranks.every((r, i) => i === 0 || r > ranks[i - 1]!);
}

/** What `weft stream --json` prints of what does not stream in one pass. */
export interface Printed {
  readonly verdict: string;
  readonly outputs: boolean;
  readonly evidence: { readonly ranks: Claim; readonly witness?: Shown | undefined };
}

/** Why a refusal, or a second pass, does not hold; nothing where all that it claims does. */
export function objection(subject: Subject, { verdict, outputs, evidence }: Printed, seed: number): string | undefined {
  if (verdict !== 'refused' && verdict !== 'two-pass') return 'nothing is refused';
  if (verdict === 'two-pass' && outputs)
    return subject.looksAhead(seed) ? undefined : 'the results of a list do not move with what comes after it';
  if (!grows(subject, evidence.ranks, seed)) return 'the rank does not grow';
  if (evidence.witness && !subject.shows(evidence.witness)) return 'the two lists do not show it';
  return undefined;
}
