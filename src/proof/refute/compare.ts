/**
 * Both sides of an equation at one instance: in fractions where they have a value there, else in balls. Invariant: `Equal` and `Differ`
 * are said only where they are certain (equal balls are equal as far as they are narrow); everything else is `Unknown` with its reason.
 */
import type { Obj, Term } from '../../core/index.js';
import { type Ball, apart, balls, tight } from './ball.js';
import { type Arrays, type Budget, Evaluator, type Scalar, isTruth, type World } from './evaluate.js';
import { type Fraction, type Reason, Unknown, fraction, fractions, sameFraction } from './field.js';
import type { Inputs } from './random.js';

/** An exact value, or a float close to the value. */
export type Shown =
  | { readonly _tag: 'Exact'; readonly value: Fraction }
  | { readonly _tag: 'Near'; readonly value: number }
  | { readonly _tag: 'Truth'; readonly value: boolean };

export interface Place {
  readonly leaf: number;
  readonly index: readonly number[];
}
export type Comparison =
  | { readonly _tag: 'Equal'; readonly exact: boolean }
  | {
      readonly _tag: 'Differ';
      readonly exact: boolean;
      readonly at: Place;
      readonly left: Shown;
      readonly right: Shown;
    }
  | { readonly _tag: 'Unknown'; readonly reason: Reason };

interface Way<N> {
  readonly exact: boolean;
  readonly differ: (x: N, y: N) => boolean;
  readonly usable: (x: N, y: N) => boolean;
  readonly shown: (x: N) => Shown;
}
const exactly: Way<Fraction> = {
  exact: true,
  differ: (x, y) => !sameFraction(x, y),
  usable: () => true,
  shown: (value) => ({ _tag: 'Exact', value }),
};
const nearly: Way<Ball> = {
  exact: false,
  differ: apart,
  usable: (x, y) => tight(x) && tight(y),
  shown: ({ mid, rad }) =>
    rad === 0 && Number.isSafeInteger(mid)
      ? { _tag: 'Exact', value: fraction(BigInt(mid)) }
      : { _tag: 'Near', value: mid },
};

export interface Equation {
  readonly lhs: Term;
  readonly rhs: Term;
}

/** A failure to evaluate as its reason; anything else that is thrown is a bug. */
export function attempt<A>(run: () => A): A | Reason {
  try {
    return run();
  } catch (error) {
    if (error instanceof Unknown) return error.reason;
    throw error;
  }
}

export const inBalls = (inputs: Inputs): Arrays<Ball> =>
  inputs.map((x) => ({ dims: x.dims, data: x.data.map((v) => (isTruth(v) ? v : balls.of(v))) }));

/** In fractions. */
export function compareExactly({ lhs, rhs }: Equation, world: World, inputs: Inputs, budget: Budget): Comparison {
  const found = attempt(() => {
    const e = new Evaluator(fractions, world, budget);
    return difference(exactly, e.run(lhs, inputs), e.run(rhs, inputs));
  });
  return typeof found === 'string' ? { _tag: 'Unknown', reason: found } : found;
}

/** In balls. */
export function compareNearly({ lhs, rhs }: Equation, world: World, inputs: Inputs, budget: Budget): Comparison {
  const found = attempt(() => {
    const [e, xs] = [new Evaluator(balls, world, budget), inBalls(inputs)];
    return difference(nearly, e.run(lhs, xs), e.run(rhs, xs));
  });
  return typeof found === 'string' ? { _tag: 'Unknown', reason: found } : found;
}

export function compare(equation: Equation, world: World, inputs: Inputs, budget: Budget): Comparison {
  const exact = compareExactly(equation, world, inputs, budget);
  const beyond = exact._tag === 'Unknown' && (exact.reason === 'irrational' || exact.reason === 'overflow');
  return beyond ? compareNearly(equation, world, inputs, budget) : exact;
}

/** The first element where they differ; a difference anywhere outweighs what cannot be told elsewhere. */
function difference<N>(way: Way<N>, left: Arrays<N>, right: Arrays<N>): Comparison {
  let usable = true;
  for (const [leaf, x] of left.entries()) {
    for (const [i, v] of x.data.entries()) {
      const w = right[leaf]!.data[i]!;
      if (differs(way, v, w)) {
        const [l, r] = [shown(way, v), shown(way, w)];
        return { _tag: 'Differ', exact: way.exact, at: { leaf, index: indexOf(x.dims, i) }, left: l, right: r };
      }
      if (!told(way, v, w)) usable = false;
    }
  }
  return usable ? { _tag: 'Equal', exact: way.exact } : { _tag: 'Unknown', reason: 'ill' };
}
const differs = <N>(way: Way<N>, x: Scalar<N>, y: Scalar<N>): boolean =>
  isTruth(x) || isTruth(y) ? x !== null && y !== null && x !== y : way.differ(x, y);
const told = <N>(way: Way<N>, x: Scalar<N>, y: Scalar<N>): boolean =>
  isTruth(x) || isTruth(y) ? x !== null && y !== null : way.usable(x, y);
const shown = <N>(way: Way<N>, x: Scalar<N>): Shown =>
  isTruth(x) ? { _tag: 'Truth', value: x === true } : way.shown(x);

function indexOf(dims: readonly number[], flat: number): readonly number[] {
  let rest = flat;
  return dims
    .map((_, i) => dims[dims.length - 1 - i]!)
    .map((n) => {
      const at = rest % n;
      rest = Math.floor(rest / n);
      return at;
    })
    .reverse();
}

/** The reals and booleans that a closed object is made of; one with an object variable has no instance. */
export const isClosed = (object: Obj): boolean => object.leaves.every((l) => l.base._tag !== 'ObjVar');
