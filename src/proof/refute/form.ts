/**
 * Diagrams of a given type, from a few parameters: folds of their inputs, linear combinations, products with weights, affine maps,
 * constants, polynomials. Invariant: a form has a diagram at every type, and one form at two types combines the same places, so that
 * forms of one theme satisfy laws together (a fold and the step that continues it). Knows no statement.
 */
import type { Axis, AxisVar, Leaf, Obj } from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { compile } from '../../language/point/compile.js';
import { type Binding, type Expr, apply, at, mapOver, tuple, wire } from '../../language/point/point.js';
import type { Family } from './evaluate.js';
import { type Kind, type Side, Fold, convert, joined, num, op } from './fold.js';
import { below, stream } from './random.js';

/** What each leaf of the output is made of; leaf j of the output reads leaf j of each argument, counted round. */
export type Form =
  /** the arguments that are read, one after the other, then perhaps a number */
  | {
      readonly _tag: 'Combine';
      readonly kinds: readonly Kind[];
      readonly reads: readonly boolean[];
      readonly last?: number;
    }
  /** the sum of each argument, reduced, times its coefficient; squared and one more where it must be positive */
  | {
      readonly _tag: 'Linear';
      readonly kinds: readonly Kind[];
      readonly coefficients: readonly number[];
      readonly positive: boolean;
    }
  /** the sum of the body times (1 + the square of each other argument)^power; or exp of it */
  | { readonly _tag: 'Weighted'; readonly body: number; readonly powers: readonly number[]; readonly exp: boolean }
  /** pairs of leaves are the maps x -> a x + b, composed in order */
  | { readonly _tag: 'Affine'; readonly reads: readonly boolean[] }
  | { readonly _tag: 'Constant'; readonly value: number }
  /** one of two forms, by the truth of an argument */
  | { readonly _tag: 'Branch'; readonly on: number; readonly yes: Form; readonly no: Form }
  /** a form of its own for each part of the output */
  | { readonly _tag: 'Each'; readonly forms: readonly Form[] }
  /** a polynomial that sees every element of every argument, each with a weight of its own */
  | { readonly _tag: 'Generic'; readonly seed: number };

/** The type of a morphism variable: leaves argument by argument, under axes of its own. */
export interface Signature {
  readonly name: string;
  readonly binders: readonly AxisVar[];
  readonly args: readonly (readonly Leaf[])[];
  readonly parts: readonly (readonly Leaf[])[];
  readonly dom: Obj;
  readonly cod: Obj;
}

const R = B.real();

/** A leaf of an argument as an expression. */
interface Source {
  readonly array: Expr;
  readonly leaf: Leaf;
}
type Sources = readonly (readonly Source[])[];

export function familyOf(signature: Signature, form: Form): Family {
  const context: Binding[] = [];
  const sources = signature.args.map((leaves) =>
    leaves.map((leaf): Source => {
      const name = `x${context.length + 1}`;
      context.push({ name, object: B.ofLeaves([leaf]) });
      return { array: wire(name), leaf };
    }),
  );
  const whole = signature.cod.leaves;
  const outputs =
    form._tag === 'Each'
      ? signature.parts.flatMap((part, i) => outputsOf(form.forms[i % form.forms.length]!, sources, part))
      : outputsOf(form, sources, whole);
  return { binders: signature.binders, body: compile(context, tuple(...outputs)) };
}

const outputsOf = (form: Form, sources: Sources, leaves: readonly Leaf[]): readonly Expr[] =>
  leaves.map((leaf, j) => output(form, sources, leaves, leaf, j));

/** The array of one leaf: an index for each of its axes around an element. */
function output(form: Form, sources: Sources, leaves: readonly Leaf[], leaf: Leaf, j: number): Expr {
  const indices = leaf.axes.map((axis, i) => ({ index: `o${i}`, axis }));
  const fold = new Fold(indices);
  const body = fold.closed(element(form, fold, sources, leaves, j));
  return indices.reduceRight((inner: Expr, { index, axis }) => mapOver(index, axis, inner), body);
}

function element(form: Form, fold: Fold, sources: Sources, leaves: readonly Leaf[], j: number): Expr {
  const base: Side = leaves[j]!.base._tag === 'Boolean' ? 'Boolean' : 'Real';
  const own = sources.map((s) => (s.length === 0 ? undefined : s[j % s.length]!));
  switch (form._tag) {
    case 'Combine': {
      const kind = form.kinds[j % form.kinds.length]!;
      const parts = own.flatMap((s, i) => (s && form.reads[i] ? [fold.reduced(kind, base, s.array, s.leaf)] : []));
      const all = form.last === undefined ? parts : [...parts, num(base, form.last)];
      return all.length === 0 ? num(base, 0) : all.reduce((x, y) => fold.combine(kind, base, x, y));
    }
    case 'Linear':
      return convert(linear(form, fold, own, j), 'Real', base);
    case 'Weighted':
      return convert(weighted(form, fold, own), 'Real', base);
    case 'Affine':
      return affine(form.reads, fold, sources, leaves, j);
    case 'Constant':
      return num(base, form.value);
    case 'Branch': {
      const [yes, no] = [form.yes, form.no].map((f) => element(f, fold, sources, leaves, j));
      const condition = sources[form.on]?.[0];
      const whole = base === 'Boolean' ? B.boolean() : R;
      return condition ? apply(B.select(whole), condition.array, yes!, no!) : yes!;
    }
    case 'Each':
      return element(form.forms[0]!, fold, sources, leaves, j);
    case 'Generic':
      return convert(generic(form.seed + j, fold, sources, leaves[j]!), 'Real', base);
  }
}

const scaled = (c: number, x: Expr): Expr => (c === 1 ? x : op('mul', num('Real', c), x));
const added = (parts: readonly Expr[]): Expr =>
  parts.length === 0 ? num('Real', 0) : parts.reduce((x, y) => op('add', x, y));

function linear(form: Form & { _tag: 'Linear' }, fold: Fold, own: readonly (Source | undefined)[], j: number): Expr {
  const kind = form.kinds[j % form.kinds.length]!;
  const terms = own.flatMap((s, i) => {
    const c = form.coefficients[i] ?? 0;
    return s && c !== 0 ? [scaled(c, fold.reduced(kind, 'Real', s.array, s.leaf))] : [];
  });
  const sum = added(terms);
  if (!form.positive) return sum;
  const x = fold.named(sum, R);
  return op('add', num('Real', 1), op('mul', x, x));
}

function weighted(form: Form & { _tag: 'Weighted' }, fold: Fold, own: readonly (Source | undefined)[]): Expr {
  const body = own[form.body];
  const start = body ? fold.reduced('sum', 'Real', body.array, body.leaf) : num('Real', 1);
  return own.reduce((product: Expr, s, i) => {
    const power = form.powers[i] ?? 0;
    if (!s || i === form.body || power === 0) return product;
    const x = fold.named(fold.reduced('sum', 'Real', s.array, s.leaf), R);
    if (form.exp) return op('mul', product, op('exp', power > 0 ? x : op('neg', x)));
    const weight = op('add', num('Real', 1), op('mul', x, x));
    return op('mul', product, power > 0 ? weight : op('recip', weight));
  }, start);
}

/** Leaves 2i and 2i + 1 are one map; an argument of one leaf x is the map u -> 2 u + x. */
function affine(reads: readonly boolean[], fold: Fold, sources: Sources, leaves: readonly Leaf[], j: number): Expr {
  const first = j - (j % 2);
  const [p, q] = [leaves[first], leaves[first + 1]];
  const read = sources.filter((s, i) => reads[i] && s.length > 0);
  if (!p || !q || p.base._tag !== 'Real' || q.base._tag !== 'Real' || !sameAxes(p.axes, q.axes))
    return element({ _tag: 'Combine', kinds: ['sum'], reads }, fold, sources, leaves, j);
  const maps = read.map((s) => {
    const [x, y] = [s[first % s.length]!, s[(first + 1) % s.length]!];
    const two = s.length > 1 && x.leaf.base._tag === y.leaf.base._tag && sameAxes(x.leaf.axes, y.leaf.axes);
    return fold.affine(two ? x.array : undefined, two ? y.array : x.array, x.leaf);
  });
  const whole = maps.length === 0 ? undefined : maps.reduce((f, g) => fold.after(f, g));
  if (!whole) return num('Real', j % 2 === 0 ? 1 : 0);
  return j % 2 === 0 ? whole.scale : whole.shift;
}
const sameAxes = (a: readonly Axis[], b: readonly Axis[]): boolean =>
  a.length === b.length && a.every((e, i) => e === b[i]);

/** Weights of 1 + position, coefficients from the seed, then one of a few bends. */
function generic(seed: number, fold: Fold, sources: Sources, leaf: Leaf): Expr {
  const random = stream(seed);
  const coefficient = (): number => 1 + below(random, 3) - (random() < 0.5 ? 4 : 0);
  const all = sources.flat();
  const sums = all.map((s) => fold.named(fold.reduced('weighted', 'Real', s.array, s.leaf), R));
  const places = leaf.axes.map((axis, i) => scaled(coefficient(), at(apply(B.position(axis)), `o${i}`)));
  const products = sums.slice(1).map((x, i) => op('mul', sums[i]!, x));
  const square = sums.slice(0, 1).map((x) => op('mul', x, x));
  const terms = [...sums, ...(random() < 0.5 ? products : square)].map((x) => scaled(coefficient(), x));
  const total = fold.named(added([num('Real', coefficient()), ...terms, ...places]), R);
  const bend = below(random, 4);
  if (bend === 0) return op('recip', op('add', num('Real', 1), op('mul', total, total)));
  if (bend === 1) return joined('max', 'Real', total, num('Real', 0));
  return total;
}

/** The arguments of a signature under one binding each, to write it with. */
export const contextOf = (signature: Signature): readonly Binding[] =>
  signature.args.flat().map((leaf, i) => ({ name: `x${i + 1}`, object: B.ofLeaves([leaf]) }));
