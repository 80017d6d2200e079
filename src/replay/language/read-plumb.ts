/**
 * The words that rearrange arrays, einsum and the operators, as diagrams. Invariant: what can be said by maps, elements and tuples is.
 * It does not know scopes.
 */
import { type Axis, product, sum } from '../logic/axis.js';
import * as objects from '../logic/object.js';
import { type Obj, unweave } from '../logic/object.js';
import * as b from './read-build.js';
import { type Fn, fn, ofTerm, type Typed } from './read-build.js';
import { type Rational, rational } from '../logic/rational.js';
import { decline, refuse } from '../logic/refusal.js';
import * as t from '../logic/term.js';

const nothing = (): Typed => b.tuple([]);
export const constant = (value: Rational): Typed => b.apply(t.constant(value), nothing());
export const operate = (name: t.Operator, ...args: readonly Typed[]): Typed => b.apply(t.op(name), b.tuple(args));
export const select = (test: Typed, yes: Typed, no: Typed): Typed => {
  b.same(yes.object, no.object);
  return { ...b.apply(t.select(yes.object), b.tuple([test, yes, no])), ...(yes.parts && { parts: yes.parts }) };
};

/** `1.5e-3` exactly. */
export const decimal = (text: string): Rational => {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', rest = ''] = mantissa.split('.');
  const power = Number(exponent) - rest.length;
  const digits = BigInt(whole + rest);
  return power < 0 ? rational(digits, 10n ** BigInt(-power)) : rational(digits * 10n ** BigInt(power), 1n);
};

const slice = (o: Obj, from: number, to?: number): Obj => objects.object(o.leaves.slice(from, to));
const half = (o: Obj, from = 0): Obj => slice(o, from, from + (o.leaves.length - from) / 2);
const under = (axes: readonly (Axis | undefined)[], o: Obj): Obj | undefined =>
  axes.reduce<Obj | undefined>((inner, a) => inner && a && unweave(a, inner), o);

/** The object that the word has to be at for its domain to be this, if there is one. */
const objectOf = (op: string, [a, c]: readonly Axis[], dom: Obj): Obj | undefined => {
  switch (op) {
    case 'select':
      return half(dom, 1);
    case 'diag':
      return under([a, a], dom);
    case 'exchange':
    case 'flatten':
      return under([a, c], dom);
    case 'first':
      return under([a], dom);
    case 'split':
      return a && c && under([sum(a, c)], dom);
    case 'tile':
      return a && c && under([product(a, c)], dom);
    case 'concat':
      return under([a], half(dom));
    default:
      return dom;
  }
};

const arity: Readonly<Record<string, number>> = {
  repeat: 1,
  diag: 1,
  first: 1,
  exchange: 2,
  split: 2,
  concat: 2,
  tile: 2,
  flatten: 2,
};

export const plumb = (op: string, axes: readonly Axis[], o: Obj): Fn => {
  const [a, c] = axes;
  if (axes.length !== (arity[op] ?? 0)) return refuse(`${op} takes ${arity[op] ?? 0} axes`);
  if (op === 'id') return fn(o, (x) => x);
  if (op === 'copy') return fn(o, (x) => b.tuple([x, x]));
  if (op === 'del') return fn(o, nothing);
  if (op === 'select') return ofTerm(t.select(o));
  if (!a) return refuse(`there is no ${op}`);
  if (op === 'repeat') return fn(o, (x) => b.map('#i', a, x));
  if (op === 'first') return ofTerm(t.first(a, o));
  if (op === 'diag')
    return fn(objects.weave(a, objects.weave(a, o)), (x) => b.map('#i', a, b.at(b.at(x, '#i', a), '#i', a)));
  if (!c) return refuse(`there is no ${op}`);
  const terms = { split: t.split, concat: t.concat, tile: t.tile, flatten: t.flatten };
  if (Object.hasOwn(terms, op)) return ofTerm(terms[op as keyof typeof terms](a, c, o));
  const exchanged = (x: Typed): Typed => b.map('#j', c, b.map('#i', a, b.at(b.at(x, '#i', a), '#j', c)));
  return fn(objects.weave(a, objects.weave(c, o)), exchanged);
};

export const plumbFrom = (op: string, axes: readonly Axis[], dom: Obj): Fn =>
  plumb(op, axes, objectOf(op, axes, dom) ?? refuse(`${op} does not take ${objects.showObject(dom)}`));

const letters = (text: string): string[] => text.split(' ').filter((x) => x !== '');
const LETTERS = 1_000;

/** `q d, k d -> q k`: the product from the left, summed over what is not kept, in the order in which it stands; from 0. */
export const einsum = (text: string, axisOf: (name: string) => Axis): Fn => {
  if (text.length > LETTERS) decline('the pattern of an einsum is too long');
  const [from = '', to, ...more] = text.split('->');
  if (to === undefined || more.length > 0) return refuse('the pattern of an einsum has one ->');
  const inputs = from.split(',').map(letters);
  const kept = letters(to);
  const all = [...new Set(inputs.flat())];
  if (new Set(kept).size !== kept.length || !kept.every((k) => all.includes(k)))
    return refuse('the pattern of an einsum keeps an axis that it does not have, or keeps it twice');
  const wires = inputs.map((axes, n) => ({ name: `#${n}`, object: objects.reals(...axes.map(axisOf)) }));
  const factors = inputs.map((axes, n) =>
    axes.reduce((x, k) => b.at(x, k, axisOf(k)), b.wire(`#${n}`, wires[n]?.object ?? objects.unit)),
  );
  const sumOver = (k: string, term: Typed): Typed => {
    const state = { name: '#s', object: objects.reals() };
    const next = operate('add', b.wire('#s', state.object), term);
    return b.scan(k, axisOf(k), [state], constant(rational(0n, 1n)), next);
  };
  const product = factors.reduce((x, y) => operate('mul', x, y));
  const summed = all.filter((k) => !kept.includes(k)).reduceRight((x, k) => sumOver(k, x), product);
  return fn(b.total(wires), (x) =>
    b.bind(
      wires,
      x,
      kept.reduceRight((body, k) => b.map(k, axisOf(k), body), summed),
    ),
  );
};
