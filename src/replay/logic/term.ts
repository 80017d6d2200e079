/**
 * Terms with their types. Invariant: interned and built by the constructors below alone, one for each record of the page, which refuse
 * what is not typed; two terms are the same exactly when they are the same value. It does not know what terms mean.
 */
import { type Axis, type AxisVar, boundVar, from, nonEmpty, ofVar, one, product, requireFit, sum } from './axis.js';
import * as objects from './object.js';
import { type Obj } from './object.js';
import { type Rational, showRational } from './rational.js';
import { refuse, require, spend } from './refusal.js';

export type Tag =
  | 'id' | ';' | '*' | 'swap' | 'copy' | 'del' | 'map' | 'repeat' | 'diag' | 'exchange' | 'split' | 'concat' | 'tile' | 'flatten'
  | 'first' | 'const' | 'op' | 'select' | 'position' | 'size' | 'scan' | 'var' | 'call'; // prettier-ignore

/** What a term is built from, in the order of its record. */
export interface Parts {
  readonly axes?: readonly Axis[];
  readonly objects?: readonly Obj[];
  readonly terms?: readonly Term[];
  readonly operator?: Operator;
  readonly value?: Rational;
  readonly variable?: MorphismVar;
  readonly definition?: Definition;
}

export interface Term
  extends Required<Pick<Parts, 'axes' | 'objects' | 'terms'>>, Omit<Parts, 'axes' | 'objects' | 'terms'> {
  readonly id: number;
  readonly tag: Tag;
  readonly dom: Obj;
  readonly cod: Obj;
  /** of the term written out as a tree; infinite where it has loops or calls */
  readonly weight: number;
}

/** `name[binders] : dom -> cod`; the binders are bound variables, numbered, so that renaming them gives the same value. */
export interface MorphismVar {
  readonly id: number;
  readonly name: string;
  readonly binders: readonly AxisVar[];
  readonly dom: Obj;
  readonly cod: Obj;
}

export interface Definition {
  readonly id: number;
  readonly name: string;
  readonly axes: readonly AxisVar[];
  readonly objects: readonly string[];
  readonly morphisms: readonly MorphismVar[];
  readonly body: Term;
}

const terms = new Map<string, Term>();
const ids = (things: readonly { readonly id: number }[]): string => {
  let text = '';
  for (const { id } of things) text += `${id} `;
  return text;
};

/** Every term has the same fields, in the same order: the machine is quick with those. */
const make = (tag: Tag, dom: Obj, cod: Obj, parts: Parts): Term => {
  const { axes = [], objects: objs = [], terms: subs = [], operator, value, variable, definition } = parts;
  const rest = operator ?? (value ? showRational(value) : (variable ?? definition)?.id) ?? '';
  spend(8 + axes.length + objs.length + subs.length);
  const key = `${tag} ${rest}|${ids(axes)}|${ids(objs)}|${ids(subs)}`;
  const known = terms.get(key);
  if (known) return known;
  spend(150 + axes.length + objs.length + subs.length);
  const weight = subs.reduce((n, f) => n + f.weight, tag === 'scan' || tag === 'call' ? Infinity : 1);
  const id = terms.size;
  const made = { id, tag, dom, cod, axes, objects: objs, terms: subs, weight, operator, value, variable, definition };
  terms.set(key, made as Term);
  return made as Term;
};

const { tensor: times, weave, reals, booleans, unit } = objects;

export const id = (o: Obj): Term => make('id', o, o, { objects: [o] });

const pairs = { ';': new Map<number, Term>(), '*': new Map<number, Term>() };

/** The same value as `make` gives, found without a text. */
const makePair = (tag: ';' | '*', f: Term, g: Term): Term => {
  const key = f.id * 2 ** 26 + g.id;
  const known = pairs[tag].get(key);
  if (known) return known;
  const [dom, cod] = tag === ';' ? [f.dom, g.cod] : [times(f.dom, g.dom), times(f.cod, g.cod)];
  const made = make(tag, dom, cod, { terms: [f, g] });
  pairs[tag].set(key, made);
  return made;
};

export const compose = (f: Term, g: Term): Term => {
  require(f.cod === g.dom, 'the composition is not typed');
  return makePair(';', f, g);
};

export const tensor = (f: Term, g: Term): Term => makePair('*', f, g);

export const swap = (a: Obj, b: Obj): Term => make('swap', times(a, b), times(b, a), { objects: [a, b] });
export const copy = (o: Obj): Term => make('copy', o, times(o, o), { objects: [o] });
export const del = (o: Obj): Term => make('del', o, unit, { objects: [o] });

export const map = (a: Axis, f: Term): Term => make('map', weave(a, f.dom), weave(a, f.cod), { axes: [a], terms: [f] });
export const repeat = (a: Axis, o: Obj): Term => make('repeat', o, weave(a, o), { axes: [a], objects: [o] });
export const diag = (a: Axis, o: Obj): Term =>
  make('diag', weave(a, weave(a, o)), weave(a, o), { axes: [a], objects: [o] });
export const exchange = (a: Axis, b: Axis, o: Obj): Term =>
  make('exchange', weave(a, weave(b, o)), weave(b, weave(a, o)), { axes: [a, b], objects: [o] });

const whole = (a: Axis, b: Axis, o: Obj): Obj => weave(sum(a, b), o);
const parts = (a: Axis, b: Axis, o: Obj): Obj => times(weave(a, o), weave(b, o));
export const split = (a: Axis, b: Axis, o: Obj): Term =>
  make('split', whole(a, b, o), parts(a, b, o), { axes: [a, b], objects: [o] });
export const concat = (a: Axis, b: Axis, o: Obj): Term =>
  make('concat', parts(a, b, o), whole(a, b, o), { axes: [a, b], objects: [o] });

const flat = (a: Axis, b: Axis, o: Obj): Obj => weave(product(a, b), o);
const tiles = (a: Axis, b: Axis, o: Obj): Obj => weave(a, weave(b, o));
export const tile = (a: Axis, b: Axis, o: Obj): Term =>
  make('tile', flat(a, b, o), tiles(a, b, o), { axes: [a, b], objects: [o] });
export const flatten = (a: Axis, b: Axis, o: Obj): Term =>
  make('flatten', tiles(a, b, o), flat(a, b, o), { axes: [a, b], objects: [o] });

export const first = (a: Axis, o: Obj): Term => {
  require(nonEmpty(a), 'the axis of first does not read as non-empty');
  return make('first', weave(a, o), o, { axes: [a], objects: [o] });
};

export const constant = (value: Rational): Term => make('const', unit, reals(), { value });

const [R, B] = [reals(), booleans()];
// prettier-ignore
const operators = {
  add: [times(R, R), R], mul: [times(R, R), R],
  neg: [R, R], recip: [R, R], exp: [R, R], log: [R, R], sqrt: [R, R],
  lt: [times(R, R), B],
  not: [B, B], and: [times(B, B), B], or: [times(B, B), B], true: [unit, B], false: [unit, B],
} as const;
export type Operator = keyof typeof operators;
export const isOperator = (name: string): name is Operator => Object.hasOwn(operators, name);
export const op = (name: Operator): Term => make('op', operators[name][0], operators[name][1], { operator: name });

export const select = (o: Obj): Term => make('select', times(B, o, o), o, { objects: [o] });
export const position = (a: Axis): Term => make('position', unit, reals(a), { axes: [a] });
export const size = (a: Axis): Term => make('size', unit, R, { axes: [a] });

/** S * a▹A -> S * a▹B for step : S * A -> S * B. */
export const scan = (a: Axis, state: Obj, step: Term): Term => {
  const data = objects.after(state, step.dom);
  const outputs = objects.after(state, step.cod);
  if (!data || !outputs) return refuse('the step of a scan does not begin with the state');
  return make('scan', times(state, weave(a, data)), times(state, weave(a, outputs)), {
    axes: [a],
    objects: [state],
    terms: [step],
  });
};

const morphismVars = new Map<string, MorphismVar>();

/** The binders are distinct; they are replaced by numbered ones, so that the name, their sorts and the signature are the variable. */
export const morphismVar = (name: string, binders: readonly AxisVar[], dom: Obj, cod: Obj): MorphismVar => {
  require(new Set(binders).size === binders.length, 'a binder stands twice');
  const bound = binders.map((v, n) => boundVar('signature', n, v));
  const image = new Map(binders.map((v, n) => [v, ofVar(bound[n] ?? v)]));
  const [inputs, outputs] = [objects.substObject(dom, from(image)), objects.substObject(cod, from(image))];
  const key = `${JSON.stringify(name)} ${ids(bound)}|${inputs.id} ${outputs.id}`;
  const known = morphismVars.get(key);
  if (known) return known;
  const made = Object.freeze({ id: morphismVars.size, name, binders: bound, dom: inputs, cod: outputs });
  morphismVars.set(key, made);
  return made;
};

/** One axis for each variable, each of which fits. */
export const bind = (vars: readonly AxisVar[], axes: readonly Axis[]): ReadonlyMap<AxisVar, Axis> => {
  require(vars.length === axes.length, 'the number of axes is not that of the variables');
  const image = new Map<AxisVar, Axis>();
  vars.forEach((v, n) => {
    const axis = axes[n] ?? one;
    requireFit(v, axis);
    image.set(v, axis);
  });
  return image;
};

export const variable = (m: MorphismVar, axes: readonly Axis[]): Term => {
  const image = bind(m.binders, axes);
  return make('var', objects.substObject(m.dom, from(image)), objects.substObject(m.cod, from(image)), {
    axes,
    variable: m,
  });
};

/** The type is that of the unfolding: the body's, with axes and objects replaced. */
export const call = (d: Definition, axes: readonly Axis[], objs: readonly Obj[], args: readonly Term[]): Term => {
  const image = bind(d.axes, axes);
  require(d.objects.length === objs.length, `${d.name} takes ${d.objects.length} objects`);
  require(d.morphisms.length === args.length, `${d.name} takes ${d.morphisms.length} terms`);
  const objectImage = new Map(d.objects.map((name, n) => [name, objs[n] ?? unit]));
  const at = (o: Obj): Obj => objects.substObject(o, from(image), from(objectImage));
  d.morphisms.forEach((m, n) => {
    const fitting = args[n]?.dom === at(m.dom) && args[n]?.cod === at(m.cod);
    require(fitting, `the term for ${m.name} in ${d.name} has another type`);
  });
  return make('call', at(d.body.dom), at(d.body.cod), { axes, objects: objs, terms: args, definition: d });
};

const definitions = new Map<string, Definition>();

/** Whether the body is closed is checked where variables are collected (substitute.ts). */
export const internDefinition = (d: Omit<Definition, 'id'>): Definition => {
  const key = JSON.stringify([d.name, ids(d.axes), d.objects, ids(d.morphisms), d.body.id]);
  const known = definitions.get(key);
  if (known) return known;
  const made = Object.freeze({ id: definitions.size, ...d });
  definitions.set(key, made);
  return made;
};
