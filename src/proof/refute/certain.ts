/**
 * Which hypotheses of a model are certain to hold, and which were only seen to. Certain is what the core finds structurally equal; and, where
 * nothing is left to choose but truth values and numbers that both sides are polynomials in, what is equal, in fractions, at so many points
 * that only one polynomial passes through them. Knows no conclusions.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import { must } from '../../language/point/error.js';
import { attempt, compareExactly, isClosed } from './compare.js';
import type { Arrays, Budget, Scalar, Sizes, World } from './evaluate.js';
import { Evaluator, countOf, isTruth, shapesOf } from './evaluate.js';
import { type Field, fraction, unknown } from './field.js';
import type { Model } from './model.js';
import type { Input, Inputs } from './random.js';
import type { Condition } from './statement.js';

/** The conditions of the model that nothing shows but the inputs at which they were equal. */
export function onlySeen(model: Model, sizes: Sizes, budget: Budget): readonly Condition[] {
  const world = { sizes, families: model.families };
  return model.statement.conditions.filter((c) => !isStructural(c, model) && !isIdentity(c, world, budget));
}

function isStructural({ lhs, rhs }: Condition, { families }: Model): boolean {
  const morphisms = [...families].map(([h, f]) => [h, must(core.family(f.binders, f.body))] as const);
  const concrete = (t: Term): Term => (morphisms.length === 0 ? t : must(core.substituteTerm({ morphisms }, t)));
  return E.isRight(core.structural(concrete(lhs), concrete(rhs)));
}

// ---- polynomials ------------------------------------------------------------------------------------------------------

/** The degree of a value in each number of the input, at most. */
type Degree = readonly number[];

const isConstant = (x: Degree): boolean => x.every((n) => n === 0);
const onlyAtConstants = (x: Degree): Degree => (isConstant(x) ? x : unknown('irrational'));
const degrees = (count: number): Field<Degree> => ({
  of: () => Array.from({ length: count }, () => 0),
  add: (x, y) => x.map((n, i) => Math.max(n, y[i]!)),
  mul: (x, y) => x.map((n, i) => n + y[i]!),
  neg: (x) => x,
  recip: onlyAtConstants,
  exp: onlyAtConstants,
  log: onlyAtConstants,
  sqrt: onlyAtConstants,
  less: () => null,
  either: () => unknown('tie'),
});

/** Points at which a hypothesis is evaluated at most to prove it. */
const POINTS = 2000;

/** A way to fill the inputs: each element from its place among all of them. */
const filled = <N>(shapes: readonly Input['dims'][], element: (place: number) => Scalar<N>): Arrays<N> => {
  let place = 0;
  return shapes.map((dims) => ({ dims, data: Array.from({ length: countOf(dims) }, () => element(place++)) }));
};

function isIdentity(c: Condition, world: World, budget: Budget): boolean {
  const { dom } = c.lhs;
  if (c.binders.length > 0 || !isClosed(dom)) return false;
  const proved = attempt(() => {
    const shapes = shapesOf(world.sizes, dom);
    if (shapes.reduce((n, dims) => n + countOf(dims), 0) > 64) return false;
    const real = dom.leaves.flatMap((l, i) =>
      Array.from({ length: countOf(shapes[i]!) }, () => l.base._tag === 'Real'),
    );
    if (real.filter((r) => !r).length > 10) return false;
    return truthsOf(real).every((truths) => equalOnGrid(c, world, budget, shapes, truths));
  });
  return proved === true;
}

/** Every way to choose the truth values; a number is undefined. */
const truthsOf = (real: readonly boolean[]): readonly (readonly (boolean | undefined)[])[] =>
  real.reduce<readonly (readonly (boolean | undefined)[])[]>(
    (made, isReal) =>
      made.flatMap((row) =>
        isReal
          ? [[...row, undefined]]
          : [
              [...row, true],
              [...row, false],
            ],
      ),
    [[]],
  );

/** Two polynomials of degree at most d in each variable that are equal at d + 1 values of each are one. */
function equalOnGrid(
  c: Condition,
  world: World,
  budget: Budget,
  shapes: readonly Input['dims'][],
  truths: readonly (boolean | undefined)[],
): boolean {
  const most = degreeOf(c, world, budget, shapes, truths);
  const count = most.reduce((n, d) => n * (d + 1), 1);
  if (count > POINTS) return false;
  for (let point = 0; point < count; point++) {
    let rest = point;
    const values = most.map((d) => {
      const at = rest % (d + 1);
      rest = Math.floor(rest / (d + 1));
      return fraction(BigInt(at));
    });
    const inputs: Inputs = filled(shapes, (i) => truths[i] ?? values[i]!);
    if (compareExactly(c, world, inputs, budget)._tag !== 'Equal') return false;
  }
  return true;
}

/** Of both sides, in every element; of an element that is a truth value, 0. Stops where a side is no polynomial. */
function degreeOf(
  { lhs, rhs }: Condition,
  world: World,
  budget: Budget,
  shapes: readonly Input['dims'][],
  truths: readonly (boolean | undefined)[],
): Degree {
  const field = degrees(truths.length);
  const variable = (i: number): Degree => truths.map((_, j) => (i === j ? 1 : 0));
  const inputs = filled<Degree>(shapes, (i) => truths[i] ?? variable(i));
  const e = new Evaluator(field, world, budget);
  const values = [lhs, rhs].flatMap((t) => e.run(t, inputs).flatMap((x) => x.data));
  return values.reduce<Degree>(
    (most, v) => {
      if (v === null) return unknown('tie');
      return isTruth(v) ? most : field.add(most, v);
    },
    field.of(fraction(0n)),
  );
}
