/**
 * Theorems and the eight inference rules (docs/reference/certificate.md, Steps). Invariant: a `Thm` is made only by the functions of this file, each of
 * which checks the side conditions of its rule; it records its derivation. Knows nothing of search, matching or text.
 */
import { type Axis, type AxisVar, isAxisVar, one, ofVar, sum, zero } from './axis.js';
import { refuse } from './error.js';
import { Evaluator } from './evaluate.js';
import { type Obj } from './object.js';
import * as O from './occurrence.js';
import * as S from './substitution.js';
import { type Hypothesis, genuineHypothesis, hypothesis, internHypothesis, notFreeIn, parallel } from './hypothesis.js';
import * as T from './term.js';
import * as V from './variable.js';
import type { Arguments, Definition, Family, MorphismVar, Term } from './term.js';

/** Γ |- lhs = rhs : A -> B; the variables of V are those that occur. */
export interface Sequent {
  readonly hypotheses: readonly Hypothesis[];
  readonly lhs: Term;
  readonly rhs: Term;
}

/** What the images of a substitution are; each variable at most once. */
export interface Instantiation {
  readonly axes?: readonly (readonly [AxisVar, Axis])[];
  readonly objects?: readonly (readonly [string, Obj])[];
  readonly morphisms?: readonly (readonly [MorphismVar, Family])[];
}

export type InductionSide = 'right' | 'left';

/** How a theorem was made: the rule, what it was applied to, and what it was told. */
export type Derivation =
  | { readonly rule: 'structural' }
  | { readonly rule: 'symmetry'; readonly premises: readonly [Thm] }
  | { readonly rule: 'transitivity' | 'compose' | 'tensor'; readonly premises: readonly [Thm, Thm] }
  | { readonly rule: 'map'; readonly premises: readonly [Thm]; readonly axis: Axis }
  | { readonly rule: 'scan'; readonly premises: readonly [Thm]; readonly axis: Axis; readonly state: Obj }
  | { readonly rule: 'instantiate'; readonly premises: readonly [Thm]; readonly images: Instantiation }
  | { readonly rule: 'assume'; readonly hypothesis: Hypothesis; readonly axes: readonly Axis[] }
  | { readonly rule: 'cut'; readonly premises: readonly [Thm, Thm]; readonly binders: readonly AxisVar[] }
  | { readonly rule: 'axiom'; readonly name: string }
  | { readonly rule: 'definition'; readonly definition: Definition; readonly args: Arguments }
  | {
      readonly rule: 'induction';
      readonly premises: readonly [Thm, Thm];
      readonly axis: AxisVar;
      readonly side: InductionSide;
    };

declare const proved: unique symbol;
/** A proved sequent: opaque, and made only by the rules below. */
export interface Thm {
  readonly [proved]: true;
}

/** What a theorem is inside. Not exported: nothing outside this file can construct one. */
class Theorem {
  readonly #sequent: Sequent;
  readonly #derivation: Derivation;
  constructor(sequent: Sequent, derivation: Derivation) {
    this.#sequent = sequent;
    this.#derivation = derivation;
    Object.freeze(this);
  }
  static sequent(thm: Thm): Sequent {
    return (thm as unknown as Theorem).#sequent;
  }
  static derivation(thm: Thm): Derivation {
    return (thm as unknown as Theorem).#derivation;
  }
  static is(value: unknown): boolean {
    return typeof value === 'object' && value !== null && #sequent in value;
  }
}
// the class is reachable only through this module: no instance leads back to it
Object.defineProperty(Theorem.prototype, 'constructor', { value: Object, writable: false, configurable: false });
Object.freeze(Theorem.prototype);
const { sequent: sequentOf, derivation: derivationOf, is } = Theorem;

const none: readonly Hypothesis[] = Object.freeze([]);

/** Every rule hands over lists and records that it has just made: they are frozen here, and not copied again. */
function make(given: readonly Hypothesis[], lhs: Term, rhs: Term, derivation: Derivation): Thm {
  const hypotheses = given.length === 0 ? none : Object.freeze([...new Set(given)].sort((a, b) => a.id - b.id));
  if ('premises' in derivation) Object.freeze(derivation.premises);
  return new Theorem(Object.freeze({ hypotheses, lhs, rhs }), Object.freeze(derivation)) as unknown as Thm;
}

/** What a caller handed in, read once and copied: it may change, or answer differently, afterwards. */
function ownPairs<A, C>(pairs: readonly (readonly [A, C])[] | undefined): readonly (readonly [A, C])[] {
  return Object.freeze([...(pairs ?? [])].map(([a, c]) => Object.freeze([a, c] as const)));
}
function ownImages({ axes, objects, morphisms }: Instantiation): Required<Instantiation> {
  return Object.freeze({ axes: ownPairs(axes), objects: ownPairs(objects), morphisms: ownPairs(morphisms) });
}

const without = (list: readonly Hypothesis[], h: Hypothesis): readonly Hypothesis[] => list.filter((x) => x !== h);

export const isThm = (value: unknown): value is Thm => is(value);
/** The sequent that a theorem proves. E-TYPE when it is not one. */
export function sequent(thm: Thm): Sequent {
  if (!is(thm)) refuse('E-TYPE', 'theorem', 'a theorem made by the core', thm);
  return sequentOf(thm);
}
export function derivation(thm: Thm): Derivation {
  sequent(thm);
  return derivationOf(thm);
}

// ---- 1. structural equality -------------------------------------------------------------------------------------------

/** Normal forms and results that one comparison leaves for the next. */
const KEPT = 400_000;
let evaluator = new Evaluator();

/** Whether two parallel terms have one normal form. */
export function equal(lhs: Term, rhs: Term): boolean {
  T.genuineTerms('structural', lhs, rhs);
  parallel('structural', lhs, rhs);
  if (lhs === rhs) return true;
  if (evaluator.size > KEPT) evaluator = new Evaluator();
  const [f, g] = [evaluator.normalForm(lhs), evaluator.normalForm(rhs)];
  return f.outputs.every((c, i) => c === g.outputs[i]);
}

/** |- f = g when f and g have one normal form (E-EQ otherwise). */
export function structural(lhs: Term, rhs: Term): Thm {
  O.refuseBound('structural', lhs, rhs);
  if (!equal(lhs, rhs)) refuse('E-EQ', 'structural', 'both sides have one normal form', lhs, rhs);
  return make([], lhs, rhs, { rule: 'structural' });
}

// ---- 2. symmetry, transitivity ----------------------------------------------------------------------------------------

/** Γ |- f = g  gives  Γ |- g = f */
export function symmetry(thm: Thm): Thm {
  const { hypotheses: hyps, lhs, rhs } = sequent(thm);
  return make(hyps, rhs, lhs, { rule: 'symmetry', premises: [thm] });
}
/** Γ |- f = g, Δ |- g = h  give  Γ ∪ Δ |- f = h; the middle is the same term */
export function transitivity(left: Thm, right: Thm): Thm {
  const [p, q] = [sequent(left), sequent(right)];
  if (p.rhs !== q.lhs) refuse('E-EQ', 'transitivity', 'the middle is the same term', p.rhs, q.lhs);
  return make([...p.hypotheses, ...q.hypotheses], p.lhs, q.rhs, { rule: 'transitivity', premises: [left, right] });
}

// ---- 3. congruence ----------------------------------------------------------------------------------------------------

function beside(rule: 'compose' | 'tensor', former: (f: Term, g: Term) => Term, left: Thm, right: Thm): Thm {
  const [p, q] = [sequent(left), sequent(right)];
  const hyps = [...p.hypotheses, ...q.hypotheses];
  return make(hyps, former(p.lhs, q.lhs), former(p.rhs, q.rhs), { rule, premises: [left, right] });
}
/** Γ |- f = f', Δ |- g = g'  give  Γ ∪ Δ |- f ; g = f' ; g' */
export const composeCong = (left: Thm, right: Thm): Thm => beside('compose', T.compose, left, right);
/** Γ |- f = f', Δ |- g = g'  give  Γ ∪ Δ |- f * g = f' * g' */
export const tensorCong = (left: Thm, right: Thm): Thm => beside('tensor', T.tensor, left, right);
/** Γ |- f = g  gives  Γ |- map a f = map a g */
export function mapCong(axis: Axis, thm: Thm): Thm {
  O.refuseBoundAxis('map', axis);
  const { hypotheses: hyps, lhs, rhs } = sequent(thm);
  return make(hyps, T.map(axis, lhs), T.map(axis, rhs), { rule: 'map', premises: [thm], axis });
}
/** Γ |- f = g  gives  Γ |- scan a f = scan a g */
export function scanCong(axis: Axis, state: Obj, thm: Thm): Thm {
  O.refuseBoundAxis('scan', axis);
  const { hypotheses: hyps, lhs, rhs } = sequent(thm);
  return make(hyps, T.scan(axis, state, lhs), T.scan(axis, state, rhs), { rule: 'scan', premises: [thm], axis, state });
}

// ---- 4. instantiation -------------------------------------------------------------------------------------------------

function imagesOf(rule: string, images: Required<Instantiation>): S.Images {
  const axes = new Map(images.axes);
  const objects = new Map(images.objects);
  const morphisms = new Map(images.morphisms);
  if (
    axes.size + objects.size + morphisms.size !==
    images.axes.length + images.objects.length + images.morphisms.length
  )
    refuse('E-SCOPE', rule, 'each variable is instantiated once');
  for (const [v, e] of axes) {
    if (!isAxisVar(v) || v.scope !== 'free') refuse('E-SCOPE', rule, 'bound names are out of reach', v);
    O.refuseBoundAxis(rule, e);
    V.fits(rule, v, e);
  }
  for (const name of objects.keys())
    if (typeof name !== 'string') refuse('E-TYPE', rule, 'an object variable is its name', name);
  O.refuseBoundObj(rule, ...objects.values());
  for (const [h, f] of morphisms)
    if (!V.isMorphismVar(h) || !V.isFamily(f))
      refuse('E-TYPE', rule, 'a morphism variable and a family made by the core', h, f);
  return { axis: (v) => axes.get(v), object: (name) => objects.get(name), morphism: (h) => morphisms.get(h) };
}

function typedFamilies(rule: string, images: Required<Instantiation>, by: S.Images): void {
  for (const [h, f] of images.morphisms) {
    const signature = S.substitutedSignature(by, h);
    if (signature.binders.length !== f.binders.length || signature.binders.some((v, i) => v !== f.binders[i]))
      refuse('E-TYPE', rule, 'the family has the binders of the variable', h, f);
    S.sameType(rule, signature, f.body);
  }
}

/** Replaces axis, object and morphism variables in the whole sequent, all at once; every side condition is checked again. */
export function instantiate(thm: Thm, images: Instantiation): Thm {
  const { hypotheses: hyps, lhs, rhs } = sequent(thm);
  const own = ownImages(images);
  const by = imagesOf('instantiate', own);
  typedFamilies('instantiate', own, by);
  const image = (t: Term): Term => S.substitute(by, t);
  const moved = hyps.map((h) => internHypothesis(h.binders, image(h.lhs), image(h.rhs)));
  return make(moved, image(lhs), image(rhs), { rule: 'instantiate', premises: [thm], images: own });
}

// ---- 5. assume and cut ------------------------------------------------------------------------------------------------

/** From `for all n…. l = r` and axes e…:  for all n…. l = r |- l[e] = r[e] */
export function assume(h: Hypothesis, axes: readonly Axis[]): Thm {
  genuineHypothesis('assume', h);
  const own = Object.freeze([...axes]);
  O.refuseBoundAxis('assume', ...own);
  if (own.length !== h.binders.length) refuse('E-TYPE', 'assume', 'one axis for each binder', h, own.length);
  h.binders.forEach((v, i) => V.fits('assume', v, own[i]!));
  const open = S.axisImages(S.paired(h.binders, own));
  return make([h], S.substitute(open, h.lhs), S.substitute(open, h.rhs), { rule: 'assume', hypothesis: h, axes: own });
}

/** From Γ |- l = r with n… free nowhere in Γ, and Δ, (for all n…. l = r) |- ψ, infer Γ ∪ Δ |- ψ */
export function cut(lemma: Thm, binders: readonly AxisVar[], thm: Thm): Thm {
  const [p, q] = [sequent(lemma), sequent(thm)];
  const own = Object.freeze([...binders]);
  const h = hypothesis(own, p.lhs, p.rhs);
  if (!q.hypotheses.includes(h)) refuse('E-EQ', 'cut', 'what was proved is a hypothesis of the theorem', h, thm);
  own.forEach((v) => notFreeIn('cut', v, p.hypotheses));
  return make([...p.hypotheses, ...without(q.hypotheses, h)], q.lhs, q.rhs, {
    rule: 'cut',
    premises: [lemma, thm],
    binders: own,
  });
}

// ---- 6. axioms --------------------------------------------------------------------------------------------------------

/** Γ |- f = g, believed. Every theorem that rests on it says so (`axioms`). */
export function axiom(name: string, list: readonly Hypothesis[], lhs: Term, rhs: Term): Thm {
  if (typeof name !== 'string' || name === '') refuse('E-TYPE', 'axiom', 'an axiom has a name');
  const own = [...list];
  own.forEach((h) => genuineHypothesis('axiom', h));
  O.refuseBound('axiom', lhs, rhs);
  parallel('axiom', lhs, rhs);
  return make(own, lhs, rhs, { rule: 'axiom', name });
}

// ---- 7. definitions ---------------------------------------------------------------------------------------------------

/** |- c(e…) = its body at e… */
export function definitional(definition: Definition, args: Arguments): Thm {
  const own = S.ownLists(args);
  const folded = S.call(definition, own);
  const unfolded = S.unfolding(definition, own);
  O.refuseBound('definition', folded, unfolded);
  return make([], folded, unfolded, { rule: 'definition', definition, args: own });
}

// ---- 8. induction -----------------------------------------------------------------------------------------------------

/**
 * From Γ |- P(1) (P(0) where a may be empty) and Δ, P(a) |- P(a+1) (`right`) or P(1+a) (`left`), infer Γ ∪ Δ |- P(a), where P(a) is
 * lhs = rhs, and a is free neither in Γ, Δ nor in the signature of a morphism variable of P.
 */
export function induction(axis: AxisVar, lhs: Term, rhs: Term, base: Thm, step: Thm, side: InductionSide): Thm {
  O.refuseBound('induction', lhs, rhs);
  const a = ofVar(axis);
  if (axis.scope !== 'free') refuse('E-SCOPE', 'induction', 'bound names are out of reach', axis);
  if (side !== 'left' && side !== 'right')
    refuse('E-TYPE', 'induction', 'the step adds an element on the left or on the right', side);
  const [p, q] = [sequent(base), sequent(step)];
  const at = (t: Term, e: Axis): Term =>
    S.substitute(
      S.axisImages((v) => (v === axis ? e : undefined)),
      t,
    );
  const start = axis.maybeEmpty ? zero : one;
  if (p.lhs !== at(lhs, start) || p.rhs !== at(rhs, start))
    refuse('E-EQ', 'induction', 'the base proves P(1), or P(0) where the axis may be empty', p.lhs, p.rhs);
  const next = side === 'left' ? sum(one, a) : sum(a, one);
  if (q.lhs !== at(lhs, next) || q.rhs !== at(rhs, next))
    refuse('E-EQ', 'induction', 'the step proves P(a+1), or P(1+a)', q.lhs, q.rhs);
  if (O.variables(lhs, rhs).signatureAxes.has(axis))
    refuse('E-SCOPE', 'induction', 'the axis is not in the signature of a morphism variable', axis);
  const kept = [...p.hypotheses, ...without(q.hypotheses, hypothesis([], lhs, rhs))];
  notFreeIn('induction', axis, kept);
  return make(kept, lhs, rhs, { rule: 'induction', premises: [base, step], axis, side });
}
