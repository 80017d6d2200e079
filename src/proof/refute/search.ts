/**
 * The search for a counterexample: telling sizes and values first, then random ones, in models of the hypotheses. Invariant: what is found
 * was evaluated, in fractions or in balls that are apart, where every hypothesis was seen to hold; the same seed and limits give the
 * same answer. Finding none proves nothing.
 */
import type { Leaf } from '../../core/index.js';
import { onlySeen } from './certain.js';
import { sizesNear, valuesNear } from './constant.js';
import { type Comparison, attempt, compare, isClosed } from './compare.js';
import { Budget, type Sizes } from './evaluate.js';
import type { Fraction, Reason } from './field.js';
import { familyOf } from './form.js';
import { CERTAIN, type Model, allHold, isPlain, modelOf, morphismsOf, surelyHold } from './model.js';
import {
  type Inputs,
  type Random,
  type Site,
  distinctSizes,
  equalSizes,
  nearCount,
  nearInputs,
  randomInputs,
  stream,
  tellingCount,
  tellingInputs,
  tellingSizes,
} from './random.js';
import { type Differ, type Found, type Test, shrunk } from './shrink.js';
import { type Condition, type Statement, unknownsOf } from './statement.js';
import { simpleForms } from './theme.js';

export interface Limits {
  /** instances at most */
  readonly tries: number;
  readonly seed: number;
  /** elements computed at most, in all; and for one instance */
  readonly work: number;
  readonly each: number;
  /** inputs at which a hypothesis is asked again before a counterexample rests on it */
  readonly certain: number;
}

export interface Counterexample extends Found {
  readonly model: Model;
  /** hypotheses that were equal at every input tried and are not known to hold: the statement is false if they do */
  readonly seen: readonly Condition[];
}
export interface Outcome {
  readonly counterexample: Counterexample | undefined;
  /** instances at which both sides were evaluated and compared */
  readonly evaluated: number;
  /** of these, in fractions */
  readonly exact: number;
  /** instances that could not be evaluated or compared, by reason */
  readonly unknown: ReadonlyMap<Reason, number>;
  /** instances at which a hypothesis is false, and searches that found no model of the hypotheses */
  readonly unmet: number;
  /** work done: elements computed, and a little for each instance */
  readonly spent: number;
}

/** What is asked where nothing is said. */
export const DEFAULTS: Omit<Limits, 'seed'> = { tries: 300, work: 40_000_000, each: 2_000_000, certain: CERTAIN };

/** The work that it takes to begin an evaluation. */
const EVALUATION = 20;
/** A new model after so many instances of one. */
const PER_MODEL = 12;
/** So many models are simple ones. */
const SIMPLE = 3;
/** After so many searches for a model without one it is left. */
const HOPELESS = 3;

class Refuter {
  private work: number;
  private evaluated = 0;
  private exact = 0;
  private unmet = 0;
  private missed = 0;
  private readonly unknown = new Map<Reason, number>();
  /** whether the hypotheses hold in a model at some sizes */
  private readonly known = new WeakMap<Model, Map<string, boolean>>();
  private readonly disproved = new WeakSet<Model>();
  private readonly random: Random;
  /** values near the constants of the sides, and how many inputs of them were tried */
  private readonly near: readonly Fraction[];
  private nearby = 0;
  /** sizes that the hypotheses may speak of */
  private readonly named: readonly number[];

  constructor(
    private readonly statement: Statement,
    private readonly limits: Limits,
  ) {
    this.work = limits.work;
    this.random = stream(limits.seed);
    this.near = valuesNear([statement.lhs, statement.rhs]);
    this.named = sizesNear(statement.conditions.flatMap((c) => [c.lhs, c.rhs]));
  }

  /** A part of the work that is left; what it leaves unspent comes back, but for what an evaluation costs whatever it computes. */
  private within<A>(most: number, run: (budget: Budget) => A): A {
    this.work -= EVALUATION;
    const given = Math.max(0, Math.min(most, this.work));
    const budget = new Budget(given);
    const result = run(budget);
    this.work -= given - Math.max(0, budget.rest);
    return result;
  }

  run(): Outcome {
    const plain = isPlain(this.statement);
    let model = plain ? plainModel(this.statement) : undefined;
    for (let i = 0; i < this.limits.tries && this.work > 0 && this.missed < HOPELESS; i++) {
      if (!plain && i % PER_MODEL === 0) model = this.newModel(i < SIMPLE * PER_MODEL);
      if (!model) continue;
      const counterexample = this.instance(model, i);
      if (counterexample) return this.outcome(counterexample);
    }
    return this.outcome(undefined);
  }

  private outcome(counterexample: Counterexample | undefined): Outcome {
    const { evaluated, exact, unknown, unmet } = this;
    return { counterexample, evaluated, exact, unknown, unmet, spent: this.limits.work - this.work };
  }

  private newModel(simple: boolean): Model | undefined {
    const sizes = equalSizes(unknownsOf(this.statement).axes, 2);
    const model = this.within(this.limits.work / 8, (budget) =>
      modelOf(this.statement, sizes, this.random, () => budget, simple),
    );
    if (model) return model;
    this.missed += 1;
    this.unmet += 1;
    return undefined;
  }

  private sizesFor(model: Model, i: number): Sizes {
    const telling = tellingSizes(model.axes);
    if (i % 2 === 1 && this.named.length > 0) return distinctSizes(model.axes, this.random, this.named);
    if (i % 3 < 2) return telling[Math.floor(i / 2) % telling.length]!;
    return distinctSizes(model.axes, this.random, i % 2 === 0 ? [1, 2, 3] : undefined);
  }

  private instance(model: Model, i: number): Counterexample | undefined {
    const sizes = this.sizesFor(model, i);
    const { leaves } = model.statement.lhs.dom;
    if (!isClosed(model.statement.lhs.dom)) return this.cannot('type');
    if (!this.met(model, sizes)) {
      this.unmet += 1;
      return undefined;
    }
    const telling = i < 5 * tellingCount && i % 3 < 2;
    const inputs = this.within(this.limits.each, (budget) =>
      attempt(() => {
        const site = { sizes, budget };
        return telling ? tellingInputs(leaves, site, i % tellingCount) : this.inputs(leaves, site);
      }),
    );
    if (typeof inputs === 'string') return this.cannot(inputs);
    const found = this.compared(model, sizes, inputs);
    if (found._tag === 'Unknown') return this.cannot(found.reason);
    this.evaluated += 1;
    if (found.exact) this.exact += 1;
    return found._tag === 'Differ' && this.surely(model, sizes)
      ? this.smallest(model, sizes, inputs, found)
      : undefined;
  }
  /** Near the statement's constants, as long as there are such values; then random ones. */
  private inputs(leaves: readonly Leaf[], site: Site): Inputs {
    if (this.nearby >= nearCount(this.near)) return randomInputs(leaves, site, this.random, this.near);
    return nearInputs(leaves, site, this.random, this.near, this.nearby++);
  }
  /** Else it is no model, and nothing of it counts from here on. */
  private surely(model: Model, sizes: Sizes): boolean {
    const sure = this.within(this.work / 2, (budget) =>
      surelyHold(model, sizes, this.random, budget, this.limits.certain),
    );
    if (!sure) {
      this.unmet += 1;
      this.disproved.add(model);
    }
    return sure;
  }

  private cannot(reason: Reason): undefined {
    this.unknown.set(reason, (this.unknown.get(reason) ?? 0) + 1);
    return undefined;
  }
  private met(model: Model, sizes: Sizes): boolean {
    if (model.statement.conditions.length === 0) return true;
    if (this.disproved.has(model)) return false;
    const known = this.known.get(model) ?? new Map<string, boolean>();
    const key = model.axes.map((v) => sizes.get(v)).join();
    const found =
      known.get(key) ?? this.within(this.limits.each, (budget) => allHold(model, sizes, this.random, budget));
    this.known.set(model, known.set(key, found));
    return found;
  }
  private compared(model: Model, sizes: Sizes, inputs: Inputs): Comparison {
    const world = { sizes, families: model.families };
    return this.within(this.limits.each, (budget) => compare(model.statement, world, inputs, budget));
  }

  private smallest(found: Model, sizes: Sizes, inputs: Inputs, differ: Differ): Counterexample {
    const model = this.simplest(found, sizes, inputs);
    const same = (a: Sizes, b: Sizes): boolean => [...a].every(([v, n]) => b.get(v) === n);
    const test: Test = (s, make) => {
      if (this.work <= 0 || (!same(s, sizes) && !this.met(model, s))) return undefined;
      const xs = make();
      this.work -= xs.reduce((n, x) => n + x.data.length, 0);
      const now = this.compared(model, s, xs);
      return now._tag === 'Differ' ? { sizes: s, inputs: xs, differ: now } : undefined;
    };
    const start: Found = { sizes, inputs, differ: test(sizes, () => inputs)?.differ ?? differ };
    const small = shrunk(start, model.statement.lhs.dom.leaves, test);
    const seen = this.within(this.limits.each, (budget) => onlySeen(model, small.sizes, budget));
    return { ...small, model, seen };
  }

  /** Simple diagrams for the variables that no hypothesis is about, as far as the sides still differ. */
  private simplest(found: Model, sizes: Sizes, inputs: Inputs): Model {
    const bound = new Set(found.statement.conditions.flatMap(morphismsOf));
    let best = found;
    for (const [h, signature] of found.signatures) {
      if (bound.has(h)) continue;
      for (const form of simpleForms(signature)) {
        const model = { ...best, families: new Map(best.families).set(h, familyOf(signature, form)) };
        if (this.work <= 0 || this.compared(model, sizes, inputs)._tag !== 'Differ') continue;
        best = model;
        break;
      }
    }
    return best;
  }
}

/** No variables, so nothing to choose. */
export function plainModel(statement: Statement): Model {
  const { axes } = unknownsOf(statement);
  return { objects: new Map(), statement, axes, families: new Map(), signatures: new Map() };
}

/** Looks for an instance at which the sides of a statement differ. */
export function refute(statement: Statement, limits: Limits): Outcome {
  const outcome = attempt(() => new Refuter(statement, limits).run());
  if (typeof outcome !== 'string') return outcome;
  return {
    counterexample: undefined,
    evaluated: 0,
    exact: 0,
    unknown: new Map([[outcome, 1]]),
    unmet: 0,
    spent: limits.work,
  };
}
