/**
 * Terms: the morphisms of the calculus (docs/explanation/calculus.md, Diagrams), built only by the typed constructors below. Invariant: every term is
 * interned, frozen and well typed; equality of terms as text is `===`. Knows nothing of equality as functions.
 */
import { type Axis, type AxisVar, genuineAxes, nonEmpty, product, sum } from './axis.js';
import { refuse } from './error.js';
import { type Obj, boolean, genuineObjs, real, tensorObj, unit, weave, withoutPrefix } from './object.js';
import { type Rational, rational, show } from './rational.js';
import { Table } from './table.js';

export type Operator =
  'add' | 'mul' | 'neg' | 'recip' | 'exp' | 'log' | 'sqrt' | 'lt' | 'not' | 'and' | 'or' | 'true' | 'false';

/** h[n…] : dom -> cod, a family; its binders are numbered, so that no user name can meet them. */
export interface MorphismVar {
  readonly _tag: 'MorphismVar';
  readonly id: number;
  readonly name: string;
  readonly binders: readonly AxisVar[];
  readonly dom: Obj;
  readonly cod: Obj;
}

/** What a definition abstracts over, and what a call of it supplies. */
export interface Parameters {
  readonly axes: readonly AxisVar[];
  readonly objects: readonly string[];
  readonly morphisms: readonly MorphismVar[];
}

export interface Definition {
  readonly _tag: 'Definition';
  readonly id: number;
  readonly name: string;
  readonly parameters: Parameters;
  readonly body: Term;
}

/** The image of h[n…]: a body in which the binders are axes of the signature. */
export interface Family {
  readonly _tag: 'Family';
  readonly id: number;
  readonly binders: readonly AxisVar[];
  readonly body: Term;
}

/** A call supplies terms: definitions abstract over single morphisms, so that no family is ever inside a term. */
export interface Arguments {
  readonly axes: readonly Axis[];
  readonly objects: readonly Obj[];
  readonly morphisms: readonly Term[];
}

export type Shape =
  | { readonly _tag: 'Id' | 'Copy' | 'Discard' | 'Select'; readonly object: Obj }
  | { readonly _tag: 'Compose' | 'Tensor'; readonly first: Term; readonly second: Term }
  | { readonly _tag: 'Swap'; readonly left: Obj; readonly right: Obj }
  | { readonly _tag: 'Map'; readonly axis: Axis; readonly body: Term }
  | { readonly _tag: 'Repeat' | 'Diag' | 'First'; readonly axis: Axis; readonly object: Obj }
  | {
      readonly _tag: 'Exchange' | 'Split' | 'Concat' | 'Tile' | 'Flatten';
      readonly axis: Axis;
      readonly other: Axis;
      readonly object: Obj;
    }
  | { readonly _tag: 'Constant'; readonly value: Rational }
  | { readonly _tag: 'Operator'; readonly operator: Operator }
  | { readonly _tag: 'Position' | 'Size'; readonly axis: Axis }
  | {
      readonly _tag: 'Scan';
      readonly axis: Axis;
      readonly state: Obj;
      readonly data: Obj;
      readonly output: Obj;
      readonly step: Term;
    }
  | { readonly _tag: 'Variable'; readonly variable: MorphismVar; readonly axes: readonly Axis[] }
  | { readonly _tag: 'Call'; readonly definition: Definition; readonly args: Arguments };

export type Term = Shape & { readonly id: number; readonly dom: Obj; readonly cod: Obj };

const terms = new Table<Term>();
export const isTerm = (value: unknown): value is Term => terms.has(value);
export const intern = (key: string, shape: Shape, dom: Obj, cod: Obj): Term =>
  terms.intern(key, (id) => ({ ...shape, id, dom, cod }));
export function genuineTerms(rule: string, ...list: readonly unknown[]): void {
  terms.require(rule, 'a term', list);
}

// ---- category and monoidal structure ----------------------------------------------------------------------------------

function onObject(tag: 'Id' | 'Copy' | 'Discard' | 'Select', object: Obj, dom: Obj, cod: Obj): Term {
  genuineObjs(tag, object);
  return intern(`${tag}:${object.id}`, { _tag: tag, object }, dom, cod);
}

/** id : A -> A */
export const id = (object: Obj): Term => onObject('Id', object, object, object);
/** f ; g : A -> C for f : A -> B and g : B -> C */
export function compose(f: Term, g: Term): Term {
  genuineTerms(';', f, g);
  if (f.cod !== g.dom) refuse('E-TYPE', ';', 'f ; g needs cod f = dom g', f.cod, g.dom, f, g);
  return intern(`;${f.id},${g.id}`, { _tag: 'Compose', first: f, second: g }, f.dom, g.cod);
}
/** f * g : A * C -> B * D for f : A -> B and g : C -> D */
export function tensor(f: Term, g: Term): Term {
  genuineTerms('*', f, g);
  return intern(
    `*${f.id},${g.id}`,
    { _tag: 'Tensor', first: f, second: g },
    tensorObj(f.dom, g.dom),
    tensorObj(f.cod, g.cod),
  );
}
/** swap : A * B -> B * A */
export function swap(left: Obj, right: Obj): Term {
  const [dom, cod] = [tensorObj(left, right), tensorObj(right, left)];
  return intern(`swap:${left.id},${right.id}`, { _tag: 'Swap', left, right }, dom, cod);
}
/** copy : A -> A * A */
export const copy = (object: Obj): Term => onObject('Copy', object, object, tensorObj(object, object));
/** discard : A -> 1 */
export const discard = (object: Obj): Term => onObject('Discard', object, object, unit);

// ---- weave and reindexing ---------------------------------------------------------------------------------------------

/** map a f : a▹A -> a▹B for f : A -> B */
export function map(axis: Axis, f: Term): Term {
  genuineAxes('map', axis);
  genuineTerms('map', f);
  return intern(`map:${axis.id},${f.id}`, { _tag: 'Map', axis, body: f }, weave(axis, f.dom), weave(axis, f.cod));
}

// weave, sum and product refuse what the core did not make, so the formers below need no check of their own
function onAxis(tag: 'Repeat' | 'Diag' | 'First', axis: Axis, object: Obj, dom: Obj, cod: Obj): Term {
  return intern(`${tag}:${axis.id},${object.id}`, { _tag: tag, axis, object }, dom, cod);
}
type Binary = 'Exchange' | 'Split' | 'Concat' | 'Tile' | 'Flatten';
function onAxes(tag: Binary, axis: Axis, other: Axis, object: Obj, dom: Obj, cod: Obj): Term {
  return intern(`${tag}:${axis.id},${other.id},${object.id}`, { _tag: tag, axis, other, object }, dom, cod);
}
const both = (a: Axis, b: Axis, object: Obj): Obj => weave(a, weave(b, object));
const beside = (a: Axis, b: Axis, object: Obj): Obj => tensorObj(weave(a, object), weave(b, object));

/** repeat a : A -> a▹A */
export const repeat = (a: Axis, object: Obj): Term => onAxis('Repeat', a, object, object, weave(a, object));
/** diag a : a▹a▹A -> a▹A */
export const diag = (a: Axis, object: Obj): Term => onAxis('Diag', a, object, both(a, a, object), weave(a, object));
/** first e : e▹A -> A, where the leading summand of e's normal form is non-empty (E-SIDE otherwise) */
export function first(e: Axis, object: Obj): Term {
  const array = weave(e, object);
  if (!nonEmpty(e)) refuse('E-SIDE', 'first', 'the axis reads as non-empty from the left', e);
  return onAxis('First', e, object, array, object);
}
/** exchange a b : a▹b▹A -> b▹a▹A */
export const exchange = (a: Axis, b: Axis, object: Obj): Term =>
  onAxes('Exchange', a, b, object, both(a, b, object), both(b, a, object));
/** split a b : (a+b)▹A -> a▹A * b▹A */
export const split = (a: Axis, b: Axis, object: Obj): Term =>
  onAxes('Split', a, b, object, weave(sum(a, b), object), beside(a, b, object));
/** concat a b : a▹A * b▹A -> (a+b)▹A */
export const concat = (a: Axis, b: Axis, object: Obj): Term =>
  onAxes('Concat', a, b, object, beside(a, b, object), weave(sum(a, b), object));
/** tile a b : (a*b)▹A -> a▹b▹A */
export const tile = (a: Axis, b: Axis, object: Obj): Term =>
  onAxes('Tile', a, b, object, weave(product(a, b), object), both(a, b, object));
/** flatten a b : a▹b▹A -> (a*b)▹A */
export const flatten = (a: Axis, b: Axis, object: Obj): Term =>
  onAxes('Flatten', a, b, object, both(a, b, object), weave(product(a, b), object));

// ---- scalars ----------------------------------------------------------------------------------------------------------

/** an exact rational constant : 1 -> R */
export function constant(value: Rational): Term {
  const exact = rational(value.num, value.den);
  return intern(`const:${show(exact)}`, { _tag: 'Constant', value: exact }, unit, real());
}

const R = real();
const B = boolean();
const RR = tensorObj(R, R);
const BB = tensorObj(B, B);
// prettier-ignore
const signature: Readonly<Record<Operator, readonly [Obj, Obj]>> = {
  add: [RR, R], mul: [RR, R], neg: [R, R], recip: [R, R], exp: [R, R], log: [R, R], sqrt: [R, R],
  lt: [RR, B], not: [B, B], and: [BB, B], or: [BB, B], true: [unit, B], false: [unit, B],
};

/** a primitive operator on scalars */
export function operator(name: Operator): Term {
  if (typeof name !== 'string' || !Object.hasOwn(signature, name))
    refuse('E-TYPE', 'operator', 'one of the primitive operators', name);
  const [dom, cod] = signature[name];
  return intern(`op:${name}`, { _tag: 'Operator', operator: name }, dom, cod);
}
/** select : B * A * A -> A, the first A where the condition is true */
export const select = (object: Obj): Term => onObject('Select', object, tensorObj(B, object, object), object);
/** position a : 1 -> R[a], counted from 0 */
export const position = (axis: Axis): Term =>
  intern(`position:${axis.id}`, { _tag: 'Position', axis }, unit, real(axis));
/** size a : 1 -> R, the number of elements of a; `sum of ones = size` is a theorem */
export function size(axis: Axis): Term {
  genuineAxes('size', axis);
  return intern(`size:${axis.id}`, { _tag: 'Size', axis }, unit, real());
}

// ---- scan -------------------------------------------------------------------------------------------------------------

/** scan a step : S * a▹A -> S * a▹B for step : S * A -> S * B, left to right */
export function scan(axis: Axis, state: Obj, step: Term): Term {
  genuineAxes('scan', axis);
  genuineObjs('scan', state);
  genuineTerms('scan', step);
  const data = withoutPrefix(state, step.dom);
  const output = withoutPrefix(state, step.cod);
  if (!data || !output) refuse('E-TYPE', 'scan', 'the step has type S * A -> S * B', state, step.dom, step.cod);
  const shape: Shape = { _tag: 'Scan', axis, state, data, output, step };
  const [dom, cod] = [tensorObj(state, weave(axis, data)), tensorObj(state, weave(axis, output))];
  return intern(`scan:${axis.id},${state.id},${step.id}`, shape, dom, cod);
}
