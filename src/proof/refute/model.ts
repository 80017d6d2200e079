/**
 * Objects and diagrams for the variables of a statement, such that its hypotheses hold. Invariant: in a model every hypothesis was
 * about them was evaluated at many inputs and was equal at all that could be told; one that could not be told at most of them is not
 * counted as true; one about sizes alone is asked at each instance (`allHold`). A model never makes a hypothesis true by definition: it is looked for, form by form. Knows no conclusions.
 */
import type { Axis, AxisVar, Leaf, MorphismVar, Obj, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import { must } from '../../language/point/error.js';
import { attempt, compare } from './compare.js';
import { type Budget, type Family, type Sizes, type World } from './evaluate.js';
import { near, ownSizes } from './near.js';
import { type Form, type Signature, familyOf } from './form.js';
import { type Random, nearCount, nearInputs, pick, randomInputs, tellingCount, tellingInputs } from './random.js';
import { type Condition, type Statement, termsOf, unknownsOf } from './statement.js';
import { type Theme, formsFor, genericForm, themesFrom } from './theme.js';

export interface Model {
  readonly objects: ReadonlyMap<string, Obj>;
  /** the statement at these objects */
  readonly statement: Statement;
  /** its axes, with those that only the objects have */
  readonly axes: readonly AxisVar[];
  readonly families: ReadonlyMap<MorphismVar, Family>;
  readonly signatures: ReadonlyMap<MorphismVar, Signature>;
}

// ---- objects ----------------------------------------------------------------------------------------------------------

const small = must(core.axisVar('w~size'));
const R = must(core.real());
/** R twice as often: most laws are about numbers. */
const choices: readonly Obj[] = [
  R,
  R,
  must(core.tensorObj(R, R)),
  must(core.boolean()),
  must(core.real(must(core.ofVar(small)))),
];

function substituted(s: Statement, objects: ReadonlyMap<string, Obj>): Statement {
  if (objects.size === 0) return s;
  const images = { objects: [...objects] };
  const term = (t: Term): Term => must(core.substituteTerm(images, t));
  return {
    wires: s.wires.map((w) => ({ ...w, object: must(core.substituteObject(images, w.object)) })),
    conditions: s.conditions.map((c) => ({ ...c, lhs: term(c.lhs), rhs: term(c.rhs) })),
    lhs: term(s.lhs),
    rhs: term(s.rhs),
  };
}

/** The variable that h becomes at these objects, and its type. */
function signatureOf(h: MorphismVar, objects: ReadonlyMap<string, Obj>): readonly [MorphismVar, Signature] {
  const binders = h.binders.map((v, i) =>
    must(
      core.axisVar(`${'nmkl'[i] ?? `n${i}`}~own`, {
        maybeEmpty: v.maybeEmpty,
        ...(v.sort === undefined ? {} : { sort: v.sort }),
      }),
    ),
  );
  const images = { objects: [...objects] };
  const plain = must(
    core.variable(
      h,
      binders.map((v): Axis => must(core.ofVar(v))),
    ),
  );
  const moved = must(core.substituteTerm(images, plain));
  if (moved._tag !== 'Variable') throw new Error('a variable stays a variable');
  const [args, parts] = [grouped(plain.dom, moved.dom, objects), grouped(plain.cod, moved.cod, objects)];
  return [moved.variable, { name: h.name, binders, args, parts, dom: moved.dom, cod: moved.cod }];
}

/** The leaves that each leaf of a general object has become. */
function grouped(general: Obj, special: Obj, objects: ReadonlyMap<string, Obj>): readonly (readonly Leaf[])[] {
  let from = 0;
  return general.leaves.map((leaf) => {
    const image = leaf.base._tag === 'ObjVar' ? objects.get(leaf.base.name) : undefined;
    const n = image ? image.leaves.length : 1;
    from += n;
    return special.leaves.slice(from - n, from);
  });
}

function emptyModel(s: Statement, random: Random, theme: Theme, simple: boolean): Model {
  const { objects: names, morphisms } = unknownsOf(s);
  const alone = simple || random() < 0.4;
  const one = theme.style === 'affine' ? must(core.tensorObj(R, R)) : R;
  const objects = new Map(names.map((name) => [name, alone ? one : pick(random, choices)]));
  const statement = substituted(s, objects);
  const { axes } = unknownsOf(statement);
  return {
    objects,
    statement,
    axes,
    families: new Map(),
    signatures: new Map(morphisms.map((h) => signatureOf(h, objects))),
  };
}

// ---- hypotheses -------------------------------------------------------------------------------------------------------

const QUICK = 4;
const SURE = 4 * tellingCount;
/** Before anyone is told of a counterexample. */
export const CERTAIN = 3000;

/** Whether a condition holds at many inputs, those near its constants too, and at several sizes of its own axes. */
export function holds(c: Condition, world: World, random: Random, budget: Budget, samples: number): boolean {
  const { values } = near(c);
  const first = samples > QUICK ? nearCount(values) : 0;
  let told = 0;
  for (let i = -first; i < samples && budget.rest >= 0; i++) {
    const special = i < 0 ? i + first : undefined;
    const at = { ...world, sizes: new Map([...world.sizes, ...ownSizes(c, random, special)]) };
    const telling = samples > QUICK && i % 2 === 0 && 0 <= i && i < 2 * tellingCount;
    const { leaves } = c.lhs.dom;
    const inputs = attempt(() => {
      const site = { sizes: at.sizes, budget };
      if (special !== undefined) return nearInputs(leaves, site, random, values, special);
      return telling ? tellingInputs(leaves, site, i / 2) : randomInputs(leaves, site, random, values);
    });
    const found = typeof inputs === 'string' ? undefined : compare(c, at, inputs, budget);
    if (found?._tag === 'Differ') return false;
    if (found?._tag === 'Equal' && i >= 0) told += 1;
  }
  return 2 * told >= samples;
}
const everyHolds = (model: Model, sizes: Sizes, random: Random, budget: Budget, samples: number): boolean =>
  model.statement.conditions.every((c) => holds(c, { sizes, families: model.families }, random, budget, samples));
export const allHold = (model: Model, sizes: Sizes, random: Random, budget: Budget): boolean =>
  everyHolds(model, sizes, random, budget, SURE);
/** The same with far more inputs: a hypothesis that fails once in a hundred would else make a counterexample of a true statement. */
export const surelyHold = (model: Model, sizes: Sizes, random: Random, budget: Budget, samples = CERTAIN): boolean =>
  everyHolds(model, sizes, random, budget, samples);

// ---- search -----------------------------------------------------------------------------------------------------------

interface Hypothesis {
  readonly condition: Condition;
  readonly morphisms: readonly MorphismVar[];
}
export const morphismsOf = (c: Condition): readonly MorphismVar[] => [...must(core.variables(c.lhs, c.rhs)).morphisms];

/** Hypotheses in an order in which each brings few new variables. */
function ordered(conditions: readonly Condition[]): readonly Hypothesis[] {
  const left = conditions.map((condition) => ({ condition, morphisms: morphismsOf(condition) }));
  const known = new Set<MorphismVar>();
  const fresh = (h: Hypothesis): number => h.morphisms.filter((m) => !known.has(m)).length;
  const made: Hypothesis[] = [];
  while (left.length > 0) {
    left.sort((a, b) => fresh(a) - fresh(b));
    const next = left.shift()!;
    next.morphisms.forEach((m) => known.add(m));
    made.push(next);
  }
  return made;
}

/** What was asked of a condition and the diagrams of its variables, in order. */
class Asked {
  verdict: boolean | undefined;
  private readonly next = new Map<object, Asked>();
  of(key: object): Asked {
    const known = this.next.get(key) ?? new Asked();
    this.next.set(key, known);
    return known;
  }
}

class Search {
  private readonly asked = new Asked();
  private readonly made = new Map<Form, Map<MorphismVar, Family>>();
  private readonly forms = new Map<MorphismVar, readonly Form[]>();

  constructor(
    private readonly model: Model,
    private readonly theme: Theme,
    private readonly sizes: Sizes,
    private readonly random: Random,
    private readonly budget: Budget,
  ) {}

  run(): ReadonlyMap<MorphismVar, Family> | undefined {
    const bound = this.hypotheses(ordered(this.model.statement.conditions), new Map());
    if (!bound) return undefined;
    for (const h of this.model.signatures.keys())
      if (!bound.has(h)) bound.set(h, this.family(h, genericForm(this.random)));
    return bound;
  }

  private family(h: MorphismVar, form: Form): Family {
    const known = this.made.get(form)?.get(h);
    if (known) return known;
    const family = familyOf(this.model.signatures.get(h)!, form);
    this.made.set(form, (this.made.get(form) ?? new Map<MorphismVar, Family>()).set(h, family));
    return family;
  }
  private formsOf(h: MorphismVar): readonly Form[] {
    const known = this.forms.get(h);
    if (known) return known;
    const made = formsFor(this.model.signatures.get(h)!, this.theme, this.random);
    this.forms.set(h, made);
    return made;
  }

  private hypotheses(
    list: readonly Hypothesis[],
    bound: Map<MorphismVar, Family>,
  ): Map<MorphismVar, Family> | undefined {
    const [next, ...rest] = list;
    return next ? this.variables(next, rest, bound) : bound;
  }

  /** Asked once of the diagrams that it speaks of, whatever the others are. */
  private holds({ condition, morphisms }: Hypothesis, bound: ReadonlyMap<MorphismVar, Family>): boolean {
    const asked = morphisms.reduce((at, h) => at.of(bound.get(h)!), this.asked.of(condition));
    if (asked.verdict !== undefined || this.budget.rest <= 0) return asked.verdict ?? false;
    const world = { sizes: this.sizes, families: bound };
    const quick = holds(condition, world, this.random, this.budget, QUICK);
    asked.verdict = quick && holds(condition, world, this.random, this.budget, SURE);
    return asked.verdict;
  }

  /** Gives the hypothesis' variables forms, one after the other; then it must hold. */
  private variables(
    next: Hypothesis,
    rest: readonly Hypothesis[],
    bound: Map<MorphismVar, Family>,
  ): Map<MorphismVar, Family> | undefined {
    const free = next.morphisms.find((h) => !bound.has(h));
    if (next.morphisms.length === 0) return this.hypotheses(rest, bound); // a matter of sizes
    if (!free) return this.holds(next, bound) ? this.hypotheses(rest, bound) : undefined;
    for (const form of this.formsOf(free)) {
      if (this.budget.rest <= 0) return undefined;
      const found = this.variables(next, rest, new Map(bound).set(free, this.family(free, form)));
      if (found) return found;
    }
    return undefined;
  }
}

/**
 * A model of the hypotheses at these sizes of the statement's axes (2 for those of the objects), or none within the budget; a simple one has one
 * object for all.
 */
export function modelOf(
  s: Statement,
  sizes: Sizes,
  random: Random,
  budget: () => Budget,
  simple = false,
): Model | undefined {
  for (const theme of themesFrom(random)) {
    const model = emptyModel(s, random, theme, simple);
    const all = new Map([...model.axes.map((v): [AxisVar, number] => [v, 2]), ...sizes, [small, 2] as const]);
    const families = new Search(model, theme, all, random, budget()).run();
    if (families) return { ...model, axes: unknownsOf(model.statement).axes, families };
  }
  return undefined;
}

/** Whether there is anything to choose. */
export const isPlain = (s: Statement): boolean => {
  const { objects, morphisms } = unknownsOf(s);
  return objects.length + morphisms.length + s.conditions.length === 0 && termsOf(s).length === 2;
};
