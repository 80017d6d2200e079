// A statement at one instance: in float64 by the reference evaluator with its own error bound, where balls say that nothing there is a
// tie, and in fractions. Invariant: an instance counts only where the statement's hypotheses were seen to hold; a comparison that could
// not be made counts as none. Knows no statement by name.
import * as E from 'fp-ts/lib/Either.js';
import type { Term } from '../../../src/core/index.js';
import * as core from '../../../src/core/index.js';
import { counterexampleText } from '../../../src/diagnostic/counterexample.js';
import { type Bounded, UNIT_ROUNDOFF, boundAt, evaluateBounded } from '../../../src/run/reference/bound.js';
import { type Comparison, compareExactly, compareNearly, inBalls } from '../../../src/proof/refute/compare.js';
import { Budget, type Sizes } from '../../../src/proof/refute/evaluate.js';
import { fraction } from '../../../src/proof/refute/field.js';
import { type Model, allHold, modelOf, surelyHold } from '../../../src/proof/refute/model.js';
import { type Inputs, type Random, distinctSizes, equalSizes, randomInputs } from '../../../src/proof/refute/random.js';
import { type Statement, unknownsOf } from '../../../src/proof/refute/statement.js';
import { must } from '../../../src/proof/tactic/failure.js';

export type Regime = 'distinct' | 'equal';
const work = 30_000_000;

export const sizesIn = (regime: Regime, model: Pick<Model, 'axes'>, random: Random): Sizes =>
  regime === 'equal' ? equalSizes(model.axes, 2) : distinctSizes(model.axes, random);

export interface Instance {
  readonly model: Model;
  readonly sizes: Sizes;
}

/** A model of the hypotheses, at sizes at which they hold. */
export function instanceOf(s: Statement, regime: Regime, random: Random): Instance | undefined {
  const { axes } = unknownsOf(s);
  const plan = regime === 'equal' ? equalSizes(axes, 2) : distinctSizes(axes, random, [1, 2, 3]);
  const model = modelOf(s, plan, random, () => new Budget(work));
  if (!model) return undefined;
  for (let draw = 0; draw < (regime === 'equal' ? 1 : DRAWS); draw++) {
    const sizes = sizesIn(regime, model, random);
    if (allHold(model, sizes, random, new Budget(work))) return { model, sizes };
  }
  return undefined;
}
/** A hypothesis may hold at few sizes only. */
const DRAWS = 40;

export type Verdict =
  | { readonly _tag: 'Holds' }
  | { readonly _tag: 'Untold'; readonly reason: string }
  | { readonly _tag: 'Fails'; readonly how: string };

type Differ = Comparison & { readonly _tag: 'Differ' };
/** Where the hypotheses, asked again at far more inputs, do not hold, the instance is none. */
function fails(instance: Instance, inputs: Inputs, differ: Differ, random: Random): Verdict {
  if (!surelyHold(instance.model, instance.sizes, random, new Budget(4 * work)))
    return { _tag: 'Untold', reason: 'hypotheses' };
  return { _tag: 'Fails', how: counterexampleText({ ...instance, inputs, differ, seen: [] }) };
}

// ---- fractions --------------------------------------------------------------------------------------------------------

export function inFractions(instance: Instance, random: Random): Verdict {
  const { model, sizes } = instance;
  const inputs = randomInputs(model.statement.lhs.dom.leaves, { sizes, budget: new Budget(work) }, random);
  const found = compareExactly(model.statement, { sizes, families: model.families }, inputs, new Budget(work));
  if (found._tag === 'Differ') return fails(instance, inputs, found, random);
  return found._tag === 'Equal' ? { _tag: 'Holds' } : { _tag: 'Untold', reason: found.reason };
}

// ---- floats -----------------------------------------------------------------------------------------------------------

const GRID = 2 ** 12;
/** Floats that are fractions of the grid, so that the balls start exact. */
function floatInputs(model: Model, sizes: Sizes, random: Random): Inputs {
  const value = () => fraction(BigInt(Math.floor((4 * random() - 2) * GRID)), BigInt(GRID));
  return randomInputs(model.statement.lhs.dom.leaves, { sizes, budget: new Budget(work) }, random).map((x) => ({
    dims: x.dims,
    data: x.data.map((v) => (typeof v === 'boolean' ? v : value())),
  }));
}

/** The term with the model's diagrams in place of morphism variables. */
function concrete({ families }: Model, term: Term): Term {
  const morphisms = [...families].map(([h, f]) => [h, must(core.family(f.binders, f.body))] as const);
  return morphisms.length === 0 ? term : must(core.substituteTerm({ morphisms }, term));
}

function reference({ model, sizes }: Instance, term: Term, inputs: Inputs): readonly Bounded[] {
  const arrays = inBalls(inputs).map((x) => ({
    shape: x.dims,
    data: Float64Array.from(x.data, (v) => (typeof v === 'object' && v !== null ? v.mid : Number(v))),
  }));
  const found = evaluateBounded(concrete(model, term), { sizes }, arrays);
  if (E.isLeft(found)) throw new Error(`the reference evaluator refuses: ${found.left._tag}`);
  return found.right;
}

/** Where the two sides are further apart than both bounds allow. */
function beyond(left: readonly Bounded[], right: readonly Bounded[]): string | undefined {
  for (const [leaf, x] of left.entries()) {
    const y = right[leaf]!;
    for (let i = 0; i < x.data.length; i++) {
      const bound = boundAt(x, i, UNIT_ROUNDOFF.f64) + boundAt(y, i, UNIT_ROUNDOFF.f64);
      const off = Math.abs(x.data[i]! - y.data[i]!);
      if (!(off <= bound)) return `output ${leaf + 1} at ${i}: ${x.data[i]} and ${y.data[i]}, bound ${bound}`;
    }
  }
  return undefined;
}

export function inFloats(instance: Instance, random: Random): Verdict {
  const { model, sizes } = instance;
  const { lhs, rhs } = model.statement;
  const inputs = floatInputs(model, sizes, random);
  const near = compareNearly(model.statement, { sizes, families: model.families }, inputs, new Budget(work));
  if (near._tag === 'Differ') return fails(instance, inputs, near, random);
  if (near._tag === 'Unknown') return { _tag: 'Untold', reason: near.reason };
  const how = beyond(reference(instance, lhs, inputs), reference(instance, rhs, inputs));
  return how === undefined ? { _tag: 'Holds' } : { _tag: 'Fails', how: `float64 reference: ${how}` };
}

// ---- what is rational -------------------------------------------------------------------------------------------------

/** Whether no exp, log or sqrt is anywhere in it, definitions included. */
export function isRational(s: Statement): boolean {
  const seen = new Set<Term>();
  const pending = [s.lhs, s.rhs];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    if (t._tag === 'Operator' && ['exp', 'log', 'sqrt'].includes(t.operator)) return false;
    if (t._tag === 'Compose' || t._tag === 'Tensor') pending.push(t.first, t.second);
    if (t._tag === 'Map') pending.push(t.body);
    if (t._tag === 'Scan') pending.push(t.step);
    if (t._tag === 'Call') pending.push(must(core.unfolding(t.definition, t.args)));
  }
  return true;
}
