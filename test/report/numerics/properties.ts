// Properties of every kernel beside "it equals its statement": two texts of one theorem agree, parts merged by the merge law are the whole, the order
// of a commutative stream does not matter, extremes of the domain and what lies outside of it. Invariant: what two executions may differ by is the
// sum of their forward bounds, and nothing is chosen by eye; an element without a bound is not compared, and is counted. It runs no test.
import type { AxisVar } from '../../../src/core/index.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { axisNames } from '../../../src/kernel/extract/shapes.js';
import { UNIT_ROUNDOFF, boundAt } from '../../../src/run/reference/bound.js';
import { type NumArray, evaluate } from '../../../src/run/reference/evaluate.js';
import { type Case, type Prepared, bounds, expected, fitted, prepare, streamOf } from '../../target/kernels/case.js';
import { type Text, outputsOf } from '../../target/kernels/property.js';
import { get } from '../../support/ir/dsl.js';
import { random } from '../../support/ir/run.js';

/** The largest difference over what is allowed, and how many elements could not be compared. */
export interface Agreement {
  readonly ratio: number;
  readonly compared: number;
  readonly unbounded: number;
}

export interface Execution {
  readonly outputs: readonly ArrayLike<number>[];
  readonly bound: readonly ArrayLike<number>[];
}

export function agreement(x: Execution, y: Execution): Agreement {
  let [ratio, compared, unbounded] = [0, 0, 0];
  x.outputs.forEach((out, leaf) => {
    if (out.length !== y.outputs[leaf]!.length) throw new Error(`output ${leaf}: ${out.length}`);
    for (let i = 0; i < out.length; i++) {
      const allowed = x.bound[leaf]![i]! + y.bound[leaf]![i]!;
      const off = Math.abs(out[i]! - y.outputs[leaf]![i]!);
      if (!(allowed < Infinity)) unbounded += 1;
      else {
        compared += 1;
        ratio = Math.max(ratio, off === 0 ? 0 : off <= Number.MAX_VALUE ? off / allowed : Infinity);
      }
    }
  });
  return { ratio, compared, unbounded };
}

export async function executed(t: Text, prepared: Prepared, seed: number): Promise<Execution> {
  return { outputs: await outputsOf(t, prepared, seed), bound: bounds(t.kernel, prepared).map((f) => f.bound) };
}

// ---- the streamed axis --------------------------------------------------------------------------------------------------

export const streamedSize = (kernel: Extracted, { sizes }: Case): number => sizes[streamOf(kernel).axis.name]!;

/** Row-major data of one wire, its streamed axis taken at the given places; leading dimensions go along. */
export function taken(
  data: ArrayLike<number>,
  shape: readonly number[],
  position: number,
  places: readonly number[],
): Float64Array {
  const product = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);
  const [n, inner] = [shape[position]!, product(shape.slice(position + 1))];
  const outer = data.length / (n * inner);
  const made = new Float64Array(outer * places.length * inner);
  let to = 0;
  for (let o = 0; o < outer; o++)
    for (const p of places) for (let i = 0; i < inner; i++) made[to++] = data[(o * n + p) * inner + i]!;
  return made;
}

function shuffled(n: number, seed: number): readonly number[] {
  const next = random(seed);
  const places = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  return places;
}

/** The same case with its streamed axis permuted. */
export function permuted(kernel: Extracted, c: Case, as: Prepared): Prepared {
  const info = streamOf(kernel);
  const places = shuffled(c.sizes[info.axis.name]!, c.seed);
  const inputs = info.wires.map((w, i) => {
    const streamed = info.streamed.find((s) => s.name === w.name);
    const shape = axisNames(w).map((a) => c.sizes[a]!);
    return streamed ? new Float32Array(taken(as.inputs[i]!, shape, streamed.position, places)) : as.inputs[i]!;
  });
  return { ...as, inputs };
}

/** Whether the order of the streamed axis does not matter: nothing of the result is along it. */
export const isUnordered = (kernel: Extracted): boolean => {
  const { strength, spec, axis } = streamOf(kernel);
  const along = spec.cod.leaves.some((l) => l.axes.some((e) => e.terms.some((t) => t.vars.includes(axis))));
  return strength === 'commutative' && !along;
};

/** One case as it was executed, and the same with the streamed axis permuted: for a commutative stream they agree. */
export const permutationAgrees = async (t: Text, c: Case, done: Execution): Promise<Agreement> =>
  agreement(done, await executed(t, permuted(t.kernel, c, prepare(t.kernel, c)), c.seed));

/** x ++ y along the axis at a place. */
function beside(x: NumArray, y: NumArray, place: number): NumArray {
  const product = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);
  const [p, q] = [x, y].map((a) => product(a.shape.slice(place))) as [number, number];
  const rows = product(x.shape.slice(0, place));
  const data = new Float64Array(rows * (p + q));
  for (let r = 0; r < rows; r++) {
    data.set(x.data.slice(r * p, (r + 1) * p), r * (p + q));
    data.set(y.data.slice(r * q, (r + 1) * q), r * (p + q) + p);
  }
  return { shape: x.shape.map((n, d) => (d === place ? n + y.shape[d]! : n)), data };
}

/** The state of two parts, in float64, merged by the stream's merge law (or stepped, where it has a step alone) and finished. */
function mergedReference(
  kernel: Extracted,
  { env }: Prepared,
  inputs: readonly NumArray[],
  cut: number,
): readonly NumArray[] {
  const info = streamOf(kernel);
  const whole = env.get(info.axis)!;
  const sized = (n: number): ReadonlyMap<AxisVar, number> => new Map([...env, [info.axis, n]]);
  const part = (from: number, to: number): readonly NumArray[] =>
    info.wires.map((w, i) => {
      const at = info.streamed.find((s) => s.name === w.name)?.position;
      const { shape, data } = inputs[i]!;
      if (at === undefined) return inputs[i]!;
      const places = Array.from({ length: to - from }, (_, k) => from + k);
      return {
        shape: shape.map((n, d) => (d === at ? to - from : n)),
        data: taken(data, shape, at, places),
      };
    });
  const only = (all: readonly NumArray[], wires: readonly { readonly name: string }[]): readonly NumArray[] =>
    wires.map((w) => all[info.wires.findIndex((x) => x.name === w.name)]!);
  const [left, right] = [part(0, cut), part(cut, whole)];
  const first = get(evaluate(info.head, { sizes: sized(cut) }, left));
  const state = info.merge
    ? get(
        evaluate(info.merge, { sizes: env }, [
          ...first,
          ...get(evaluate(info.head, { sizes: sized(whole - cut) }, right)),
        ]),
      )
    : get(
        evaluate(info.step!, { sizes: sized(whole - cut) }, [
          ...only(inputs, info.context),
          ...first,
          ...only(right, info.streamed),
        ]),
      );
  const once = info.passes === 2 ? inputs : only(inputs, info.context);
  const results = get(evaluate(info.final, { sizes: env }, [...once, ...state]));
  if (!info.outputs || !info.output) return results;
  const before = get(evaluate(info.outputs, { sizes: sized(cut) }, left));
  const later = [...only(inputs, info.context), ...first, ...only(right, info.streamed)];
  const after = get(evaluate(info.output, { sizes: sized(whole - cut) }, later));
  return [...results, ...before.map((u, i) => beside(u, after[i]!, info.outputPlaces[i]!))];
}

/** The kernel on the whole against the merged parts, cut at every place that is given: the reference's own error is some of its first-order bound in float64. */
export function splitAgrees(t: Text, prepared: Prepared, done: Execution, cut: number): Agreement {
  const want = expected(t.kernel, prepared);
  const merged = prepared.batch.map((inputs) => mergedReference(t.kernel, prepared, inputs, cut));
  const leaves = want[0]!.map((_, leaf) => ({
    values: merged.flatMap((m) => [...m[leaf]!.data]),
    slack: want.flatMap((w) => [...w[leaf]!.data].map((_x, i) => 64 * boundAt(w[leaf]!, i, UNIT_ROUNDOFF.f64))),
  }));
  const reference = { outputs: leaves.map((l) => l.values), bound: leaves.map((l) => l.slack) };
  return agreement(done, reference);
}

// ---- extremes of the domain ---------------------------------------------------------------------------------------------

export interface Extreme {
  readonly name: string;
  readonly kind: NonNullable<Case['kind']>;
  readonly scale: number;
  /** the streamed axis has one element */
  readonly one?: boolean;
}

export const EXTREMES: readonly Extreme[] = [
  { name: 'one element', kind: 'uniform', scale: 1, one: true },
  { name: 'all equal', kind: 'equal', scale: 2 },
  { name: 'zeros', kind: 'zeros', scale: 1 },
  { name: 'large scores', kind: 'uniform', scale: 12 },
  { name: 'one far above', kind: 'peak', scale: 20 },
  { name: 'twelve orders of magnitude', kind: 'spread', scale: 1 },
  { name: 'far from 0, close together', kind: 'offset', scale: 100 },
  { name: 'subnormal', kind: 'uniform', scale: 2 ** -130 },
  { name: '1e-30', kind: 'uniform', scale: 1e-30 },
  { name: '1e30', kind: 'uniform', scale: 1e30 },
];

/** Sizes that are pairwise distinct, and ragged for small tiles, where the streamed one is. */
function sizesAt(kernel: Extracted, streamed: number): Case['sizes'] {
  const info = streamOf(kernel);
  const sizes = [...info.names.axes.keys()].map((n, i) => [n, n === info.axis.name ? streamed : 3 + 2 * i] as const);
  return fitted(kernel, Object.fromEntries(sizes));
}

export const extremeCase = (kernel: Extracted, e: Extreme, seed: number): Case => ({
  sizes: sizesAt(kernel, e.one ? 1 : 19),
  leading: [2],
  seed,
  scale: e.scale,
  kind: e.kind,
});
export const hardCase = (kernel: Extracted, n: number, seed: number, of: Pick<Case, 'mean' | 'kind'>): Case => ({
  sizes: sizesAt(kernel, n),
  leading: [3],
  seed,
  scale: 1,
  ...of,
});
