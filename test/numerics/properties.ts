// Properties of every kernel beside "it equals its statement": two texts of one theorem agree, parts merged by the merge law are the whole, the order
// of a commutative stream does not matter, extremes of the domain and what lies outside of it. Invariant: what two executions may differ by is the
// sum of their forward bounds, and nothing is chosen by eye; an element without a bound is not compared, and is counted. It runs no test.
import type { AxisVar } from '../../src/core/index.js';
import type { Extracted } from '../../src/extract/extract.js';
import { axisNames } from '../../src/extract/shapes.js';
import { UNIT_ROUNDOFF, boundAt } from '../../src/numeric/bound.js';
import { type NumArray, evaluate } from '../../src/numeric/evaluate.js';
import { type Case, type Prepared, bounds, expected, fitted, prepare } from '../kernels/case.js';
import { type Text, outputsOf } from '../kernels/property.js';
import { get } from '../lower/dsl.js';
import { random } from '../lower/run.js';

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
  return { outputs: await outputsOf(t, prepared, seed), bound: bounds(t.kernel, prepared) };
}

// ---- the streamed axis --------------------------------------------------------------------------------------------------

export const streamedSize = ({ info }: Extracted, { sizes }: Case): number => sizes[info.axis.name]!;

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
export function permuted({ info }: Extracted, c: Case, as: Prepared): Prepared {
  const places = shuffled(c.sizes[info.axis.name]!, c.seed);
  const inputs = info.wires.map((w, i) => {
    const streamed = info.streamed.find((s) => s.name === w.name);
    const shape = axisNames(w).map((a) => c.sizes[a]!);
    return streamed ? new Float32Array(taken(as.inputs[i]!, shape, streamed.position, places)) : as.inputs[i]!;
  });
  return { ...as, inputs };
}

/** One case as it was executed, and the same with the streamed axis permuted: for a commutative stream they agree. */
export const permutationAgrees = async (t: Text, c: Case, done: Execution): Promise<Agreement> =>
  agreement(done, await executed(t, permuted(t.kernel, c, prepare(t.kernel, c)), c.seed));

/** The state of two parts, in float64, merged by the stream's merge law (or stepped, where it has a step alone) and finished. */
function mergedReference(
  { info }: Extracted,
  { env }: Prepared,
  inputs: readonly NumArray[],
  cut: number,
): readonly NumArray[] {
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
  return get(evaluate(info.final, { sizes: env }, [...only(inputs, info.context), ...state]));
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
  const { info } = kernel;
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
