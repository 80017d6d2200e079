/**
 * The core's only door. What is trusted is this folder and nothing else: the normal forms of axes, the typed constructors,
 * structural equality, and the eight rules. Everything that can refuse returns `Either<CoreError, …>`; the law of each
 * rule stands above it in thm.ts, the type of each constructor above it in term.ts.
 */
import type * as E from 'fp-ts/lib/Either.js';
import * as Axes from './axis.js';
import { slots as slotsOf } from './cells.js';
import { type CoreError, attempt } from './error.js';
import { Evaluator } from './evaluate.js';
import * as Fuel from './fuel.js';
import * as Hypotheses from './hypothesis.js';
import * as Objects from './object.js';
import * as Occurrence from './occurrence.js';
import * as Rationals from './rational.js';
import * as Substitution from './substitution.js';
import * as Terms from './term.js';
import * as Theorems from './thm.js';
import * as Variables from './variable.js';

export type { CoreCode, CoreError } from './error.js';
export type { Axis, AxisVar, Monomial, Sort } from './axis.js';
export type { Base, Leaf, Obj } from './object.js';
export type { Rational } from './rational.js';
export type { Arguments, Definition, Family, MorphismVar, Operator, Parameters, Term } from './term.js';
export type { Variables } from './occurrence.js';
export type { Cell, Data, Node, PolyTerm, Ref } from './node.js';
export type { Slot } from './cells.js';
export type { NormalForm } from './evaluate.js';
export type { Hypothesis } from './hypothesis.js';
export type { Derivation, InductionSide, Instantiation, Sequent, Thm } from './thm.js';

/** The same function, with refusals as `Left` and fuel for one operation. */
const guarded =
  <Args extends readonly unknown[], A>(f: (...args: Args) => A) =>
  (...args: Args): E.Either<CoreError, A> =>
    attempt(Fuel.within<Args, A>, Fuel.FUEL, f, ...args);

/** The named functions of a module, guarded. */
function open<const M extends Record<string, unknown>, K extends keyof M>(
  module: M,
  ...names: readonly K[]
): { readonly [P in K]: Guarded<M[P]> } {
  return Object.fromEntries(
    names.map((n) => [n, guarded(module[n] as (...args: readonly unknown[]) => unknown)]),
  ) as never;
}
type Guarded<F> = F extends (...args: infer Args) => infer A ? (...args: Args) => E.Either<CoreError, A> : never;

// ---- fuel ----
export const { FUEL } = Fuel;
/** All that `work` does through this door, together, on so much fuel; E-BUDGET where it runs out. What `work` itself throws is not caught. */
export const within = <A>(units: number, work: () => A): E.Either<CoreError, A> =>
  attempt(() => Fuel.within(units, work));
/** Work of a caller's own, paid from the fuel of the `within` around it. */
export const spend = guarded(Fuel.spend);

// ---- axes ----
export const { zero, one, nonEmpty, paths, isAxis, isAxisVar, sortOf } = Axes;
export const { axisVar, ofVar, sum, product } = open(Axes, 'axisVar', 'ofVar', 'sum', 'product');

// ---- objects (2.2) ----
export const { unit, isObj, withoutPrefix } = Objects;
export const { weave } = open(Objects, 'weave');
export const real = guarded(Objects.real);
export const boolean = guarded(Objects.boolean);
export const objVar = guarded(Objects.objVar);
export const tensorObj = guarded(Objects.tensorObj);

// ---- diagrams (2.3) ----
export const { isTerm } = Terms;
export const { isMorphismVar, isFamily, isDefinition } = Variables;
export const { rational } = open(Rationals, 'rational');
// prettier-ignore
export const {
  id, compose, tensor, swap, copy, discard, map, repeat, diag, exchange, split, concat, tile, flatten, first, constant, operator, select, position, size, scan,
} = open(Terms, 'id', 'compose', 'tensor', 'swap', 'copy', 'discard', 'map', 'repeat', 'diag', 'exchange', 'split', 'concat', 'tile', 'flatten', 'first',
  'constant', 'operator', 'select', 'position', 'size', 'scan');
export const { morphismVar, variable } = open(Variables, 'morphismVar', 'variable');
// prettier-ignore
export const { family, define, call, unfolding } = open(Substitution, 'family', 'define', 'call', 'unfolding');
export const variables = guarded(Occurrence.variables);

const imagesOf = ({ axes, objects, morphisms }: Theorems.Instantiation): Substitution.Images => {
  const [a, o, m] = [new Map(axes), new Map(objects), new Map(morphisms)];
  return { axis: (v) => a.get(v), object: (name) => o.get(name), morphism: (h) => m.get(h) };
};
/** Terms, objects and axes with variables replaced; makes no theorem. */
export const substituteTerm = guarded((images: Theorems.Instantiation, term: Terms.Term): Terms.Term => {
  Terms.genuineTerms('substitute', term);
  return Substitution.substitute(imagesOf(images), term);
});
export const substituteObject = guarded((images: Theorems.Instantiation, object: Objects.Obj) =>
  Objects.substituteObj(imagesOf(images).axis, imagesOf(images).object, object),
);
export const substituteAxis = guarded((images: Theorems.Instantiation, axis: Axes.Axis) =>
  Axes.substituteAxis(imagesOf(images).axis, axis),
);

// ---- structural equality (2.4) ----
export const slots = guarded(slotsOf);
/** A pool of normal forms, for tools that look at them; what they make of it is checked by `structural`. */
export const evaluator = (): Evaluator => new Evaluator();
export const normalForm = guarded((pool: Evaluator, term: Terms.Term) => pool.normalForm(term));
export { binders } from './node.js';

// ---- theorems and rules (3) ----
export const { isThm } = Theorems;
export const { sequent, derivation, equal } = open(Theorems, 'sequent', 'derivation', 'equal');
/** `for all n…. f = g`; no n occurs in the signature of a morphism variable of it */
export const hypothesis = guarded(Hypotheses.hypothesis);
/** 1. |- f = g when f and g have one normal form */
export const structural = guarded(Theorems.structural);
/** 2. Γ |- f = g  gives  Γ |- g = f */
export const symmetry = guarded(Theorems.symmetry);
/** 2. Γ |- f = g, Δ |- g = h  give  Γ ∪ Δ |- f = h */
export const transitivity = guarded(Theorems.transitivity);
/** 3. Γ |- f = f', Δ |- g = g'  give  Γ ∪ Δ |- f ; g = f' ; g' */
export const composeCong = guarded(Theorems.composeCong);
/** 3. Γ |- f = f', Δ |- g = g'  give  Γ ∪ Δ |- f * g = f' * g' */
export const tensorCong = guarded(Theorems.tensorCong);
/** 3. Γ |- f = g  gives  Γ |- map a f = map a g */
export const mapCong = guarded(Theorems.mapCong);
/** 3. Γ |- f = g  gives  Γ |- scan a f = scan a g */
export const scanCong = guarded(Theorems.scanCong);
/** 4. Γ |- f = g  gives  Γσ |- fσ = gσ, σ simultaneous; images fit and capture nothing */
export const instantiate = guarded(Theorems.instantiate);
/** 5. for all n…. l = r |- l[e] = r[e], where e fits n */
export const assume = guarded(Theorems.assume);
/** 5. Γ |- l = r and Δ, (for all n…. l = r) |- ψ  give  Γ ∪ Δ |- ψ, n free nowhere in Γ */
export const cut = guarded(Theorems.cut);
/** 6. Γ |- f = g, believed and reported */
export const axiom = guarded(Theorems.axiom);
/** 7. |- c(e…) = body at e…; the body's variables are c's parameters */
export const definitional = guarded(Theorems.definitional);
/** 8. Γ |- P(1), or P(0), and Δ, P(a) |- P(a+1), or P(1+a), give Γ ∪ Δ |- P(a); a not free in Γ, Δ or a signature of P */
export const induction = guarded(Theorems.induction);
