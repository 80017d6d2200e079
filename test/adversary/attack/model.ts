// A theorem at concrete numbers: both sides by the reference evaluator, with functions for its morphism variables that satisfy its
// hypotheses (which is checked, at numbers). Invariant: shares no code with structural equality. Knows no theorem by name.
import * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Hypothesis, MorphismVar, Obj, Term, Thm } from '../../../src/core/index.js';
import * as core from '../../../src/core/index.js';
import {
  type Environment,
  type MorphismFunction,
  type NumArray,
  evaluate,
  shapesOf,
} from '../../../src/run/reference/evaluate.js';
import { must } from '../../../src/proof/tactic/failure.js';

/** Numbers from a seed: the same seed, the same numbers. */
export function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
type Random = () => number;

const total = (data: Float64Array): number => data.reduce((s, x) => s + x, 0);
const baseName = (object: Obj, leaf: number): string => {
  const { base } = object.leaves[leaf]!;
  return base._tag === 'ObjVar' ? base.name.replace(/~+$/, '') : base._tag;
};

type SizesOf = ReadonlyMap<AxisVar, number>;

/** Scalars to the outputs of h at sizes, those of axes that it does not bind among them: every element of output `i` is `value(i)`. */
function outputs(
  h: MorphismVar,
  free: SizesOf,
  axes: readonly number[],
  value: (leaf: number) => number,
): readonly NumArray[] {
  const sizes = new Map([...free, ...h.binders.map((v, i): [AxisVar, number] => [v, axes[i]!])]);
  return shapesOf(sizes, h.cod).map((shape, leaf) => {
    const data = new Float64Array(shape.reduce((n, s) => n * s, 1));
    return { shape, data: data.fill(baseName(h.cod, leaf) === 'Boolean' ? Number(value(leaf) > 0) : value(leaf)) };
  });
}

/** What states and gauges are (docs/explanation/calculus.md, Streaming): context G is not read; a gauge M is read only to make one; the rest adds up. */
const additive =
  (finish: (x: number) => number): Model =>
  (h, free) =>
  (axes, inputs) => {
    const makesGauge = h.cod.leaves.some((_, i) => baseName(h.cod, i) === 'M');
    const read = inputs.filter((_, i) => {
      const name = baseName(h.dom, i);
      return name !== 'G' && (name !== 'M' || makesGauge);
    });
    return outputs(h, free, axes, () => finish(read.reduce((s, x) => s + total(x.data), 0)));
  };

const letters = (name: string): number => [...name].reduce((s, c) => 31 * s + c.charCodeAt(0), 0) % 89;

/** Any function, another for each name: each output sees each element of each input. */
const arbitrary =
  (seed: number): Model =>
  (h, free) =>
  (axes, inputs) => {
    const salt = seed + letters(h.name);
    const seen = inputs.reduce((s, x, i) => s + x.data.reduce((t, v, j) => t + v * Math.cos(salt + i + 3 * j), 0), 0);
    return outputs(h, free, axes, (leaf) => Math.sin(salt + leaf + seen));
  };

/**
 * Constants that contract: an output with r axes that no function binds is J^(1 - r), J their size, so that a sum over one of them of a product of two
 * such outputs, with r + s axes, is again the output with r + s - 2.
 */
const contracting: Model = (h, free, rank) => (axes) => {
  const sizes = new Map([...free, ...h.binders.map((v, i): [AxisVar, number] => [v, axes[i]!])]);
  return outputs(h, free, axes, (leaf) => rank ** (1 - shapesOf(sizes, h.cod)[leaf]!.length));
};

type Model = (h: MorphismVar, free: SizesOf, rank: number) => MorphismFunction;
const free = (seed: number): readonly Model[] => [arbitrary(seed % 97)];
const constrained: readonly Model[] = [additive((x) => x), additive(Math.exp), contracting];
/** A hypothesis holds in a model when it holds at so many random inputs. */
const samples = 30;

// ---- evaluation -------------------------------------------------------------------------------------------------------

function inputsFor(dom: Obj, sizes: ReadonlyMap<AxisVar, number>, random: Random): readonly NumArray[] {
  return shapesOf(sizes, dom).map((shape, leaf) => {
    const data = new Float64Array(shape.reduce((n, s) => n * s, 1));
    const boolean = baseName(dom, leaf) === 'Boolean';
    return { shape, data: data.map(() => (boolean ? Number(random() < 0.5) : 3 * random() - 1.5)) };
  });
}

const close = (x: number, y: number): boolean =>
  Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= 1e-7 * (1 + Math.abs(x) + Math.abs(y));

function right<A>(result: E.Either<{ readonly _tag: string }, A>): A {
  if (E.isLeft(result)) throw new Error(result.left._tag);
  return result.right;
}

/** Where two terms differ at random inputs; undefined where they agree. */
function differs(lhs: Term, rhs: Term, env: Environment, random: Random): string | undefined {
  const inputs = inputsFor(lhs.dom, env.sizes, random);
  const [l, r] = [lhs, rhs].map((t) => right(evaluate(t, env, inputs))) as [readonly NumArray[], readonly NumArray[]];
  for (const [i, x] of l.entries())
    for (const [j, v] of x.data.entries())
      if (!close(v, r[i]!.data[j]!)) return `output ${i} at ${j}: ${v} and ${r[i]!.data[j]!}`;
  return undefined;
}

export type Sizes = (v: AxisVar, index: number) => number;
export const regimes: Readonly<Record<string, (random: Random) => Sizes>> = {
  distinct: () => (v, i) => (v.maybeEmpty ? i : i + 1) % 5 || (v.maybeEmpty ? 0 : 5),
  random: (random) => (v) => Math.floor(random() * 4) + (v.maybeEmpty ? 0 : 1),
  least: () => (v) => (v.maybeEmpty ? 0 : 1),
  equal: () => () => 2,
};

function environment(terms: readonly Term[], sizeOf: Sizes, model: Model): Environment {
  const { axes, signatureAxes, morphisms } = must(core.variables(...terms));
  const all = [...new Set([...axes, ...signatureAxes])];
  const sizes = new Map(all.map((v, i): [AxisVar, number] => [v, sizeOf(v, i)]));
  const bound = new Set([...morphisms].flatMap((h) => h.binders));
  const rank = Math.max(1, ...[...signatureAxes].filter((v) => !bound.has(v)).map((v) => sizes.get(v)!));
  return { sizes, morphisms: new Map([...morphisms].map((h) => [h, model(h, sizes, rank)])) };
}

/** The sides of a hypothesis, at axes of its own. */
function opened(h: Hypothesis): readonly [Term, Term] {
  const axes = h.binders.map((v, i) => {
    const options = { maybeEmpty: v.maybeEmpty, ...(v.sort === undefined ? {} : { sort: v.sort }) };
    return must(core.ofVar(must(core.axisVar(`model${i}`, options))));
  });
  const { lhs, rhs } = must(core.sequent(must(core.assume(h, axes))));
  return [lhs, rhs];
}

export interface Outcome {
  readonly failure: string | undefined;
  /** how many morphism variables were given functions */
  readonly functions: number;
  /** a hypothesis about no function is false at these sizes */
  readonly vacuous: boolean;
}

/** Evaluates a theorem in the first model that satisfies its hypotheses. */
export function holds(thm: Thm, sizeOf: Sizes, seed: number): Outcome {
  const random = stream(seed);
  const { lhs, rhs, hypotheses } = must(core.sequent(thm));
  const sides = hypotheses.map(opened);
  for (const model of hypotheses.length === 0 ? free(seed) : constrained) {
    const env = environment([lhs, rhs, ...sides.flat()], sizeOf, model);
    const tries = Array.from({ length: samples });
    if (!sides.every(([l, r]) => tries.every(() => differs(l, r, env, random) === undefined))) continue;
    return { failure: differs(lhs, rhs, env, random), functions: env.morphisms!.size, vacuous: false };
  }
  const vacuous = must(core.variables(...sides.flat())).morphisms.size === 0;
  return { failure: vacuous ? undefined : 'no model satisfies the hypotheses', functions: 0, vacuous };
}
