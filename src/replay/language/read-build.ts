/**
 * Expressions with their objects. Invariant: built by the constructors below, which refuse what is not typed; interned, so that what is
 * said twice is stored once; no deeper than a fixed number. It does not know trees, names of definitions or places.
 */
import { type Axis, type AxisVar, substAxis } from '../logic/axis.js';
import type { Expression, Wire } from '../logic/expression.js';
import * as objects from '../logic/object.js';
import { type Obj, showObject } from '../logic/object.js';
import { decline, LIMITS, refuse, spend } from '../logic/refusal.js';
import { substitute } from '../logic/substitute.js';
import type * as t from '../logic/term.js';

/** `parts` are the components that a `let` takes it apart by. */
export interface Typed {
  readonly expression: Expression;
  readonly object: Obj;
  readonly parts?: readonly Obj[];
}

/** A diagram: an expression over the one wire INPUT. No name of a text begins with #. */
export interface Fn {
  readonly dom: Obj;
  readonly result: Typed;
}
export const INPUT = '#';

const DEPTH = 1_500;
const table = new Map<string, Expression>();
const facts = new WeakMap<Expression, { readonly id: number; readonly depth: number }>();
const idOf = (e: Expression): number => facts.get(e)?.id ?? refuse('an expression is not from here');

const intern = (made: Expression, key: string, parts: readonly Expression[]): Expression => {
  const full = `${made._tag} ${key}|${parts.map(idOf).join(' ')}`;
  const known = table.get(full);
  if (known) return known;
  spend();
  const depth = 1 + Math.max(0, ...parts.map((p) => facts.get(p)?.depth ?? 0));
  if (depth > DEPTH) decline('an expression is nested too deep');
  facts.set(made, { id: table.size, depth });
  table.set(full, made);
  return made;
};

const wiresKey = (wires: readonly Wire[]): string => wires.map((w) => `${w.name}:${w.object.id}`).join(' ');
const raw = {
  wire: (name: string): Expression => intern({ _tag: 'Wire', name }, name, []),
  tuple: (parts: readonly Expression[]): Expression => intern({ _tag: 'Tuple', parts }, '', parts),
  bind: (names: readonly Wire[], value: Expression, body: Expression): Expression =>
    intern({ _tag: 'Let', names, value, body }, wiresKey(names), [value, body]),
  map: (index: string, axis: Axis, body: Expression): Expression =>
    intern({ _tag: 'Map', index, axis, body }, `${index} ${axis.id}`, [body]),
  at: (array: Expression, index: string): Expression => intern({ _tag: 'At', array, index }, index, [array]),
  scan: (index: string, axis: Axis, state: readonly Wire[], start: Expression, body: Expression): Expression =>
    intern({ _tag: 'Scan', index, axis, state, start, body }, `${index} ${axis.id} ${wiresKey(state)}`, [start, body]),
  apply: (term: t.Term, argument: Expression): Expression =>
    intern({ _tag: 'Apply', term, argument }, `${term.id}`, [argument]),
};

export const same = (expected: Obj, found: Obj): void => {
  if (expected !== found) refuse(`${showObject(expected)} is expected here, not ${showObject(found)}`);
};
export const total = (wires: readonly Wire[]): Obj => objects.tensor(...wires.map((w) => w.object));

export const wire = (name: string, object: Obj): Typed => ({ expression: raw.wire(name), object });

export const tuple = (items: readonly Typed[]): Typed => {
  const [only] = items;
  if (only && items.length === 1) return only;
  if (items.length > LIMITS.leaves) decline('a tuple is too long');
  const parts = items.map((i) => i.object);
  return { expression: raw.tuple(items.map((i) => i.expression)), object: objects.tensor(...parts), parts };
};

export const bind = (names: readonly Wire[], value: Typed, body: Typed): Typed => {
  same(total(names), value.object);
  return { ...body, expression: raw.bind(names, value.expression, body.expression) };
};

export const map = (index: string, axis: Axis, body: Typed): Typed => {
  const parts = body.parts && { parts: body.parts.map((p) => objects.weave(axis, p)) };
  return { expression: raw.map(index, axis, body.expression), object: objects.weave(axis, body.object), ...parts };
};

export const at = (array: Typed, index: string, axis: Axis): Typed => {
  const object = objects.unweave(axis, array.object);
  if (object === undefined)
    return refuse(`${showObject(array.object)} has another leading axis than the index ${index}`);
  return { expression: object === objects.unit ? raw.tuple([]) : raw.at(array.expression, index), object };
};

/** The body gives the new state, then the outputs. */
export const scan = (index: string, axis: Axis, state: readonly Wire[], start: Typed, body: Typed): Typed => {
  const object = total(state);
  same(object, start.object);
  const outputs = objects.after(object, body.object);
  if (outputs === undefined)
    return refuse(`the state ${showObject(object)} is expected first, not ${showObject(body.object)}`);
  const given = body.parts?.slice(state.length) ?? [];
  const exact = objects.tensor(...given) === outputs;
  const arrays = exact ? given : outputs.leaves.map((leaf) => objects.object([leaf]));
  return {
    expression: raw.scan(index, axis, state, start.expression, body.expression),
    object: objects.tensor(object, objects.weave(axis, outputs)),
    parts: [...state.map((w) => w.object), ...arrays.map((o) => objects.weave(axis, o))],
  };
};

export const apply = (term: t.Term, argument: Typed): Typed => {
  same(term.dom, argument.object);
  return { expression: raw.apply(term, argument.expression), object: term.cod };
};

export const fn = (dom: Obj, body: (input: Typed) => Typed): Fn => ({ dom, result: body(wire(INPUT, dom)) });
export const ofTerm = (term: t.Term): Fn => fn(term.dom, (x) => apply(term, x.object === objects.unit ? tuple([]) : x));
export const fnKey = (f: Fn): string => `${f.dom.id} ${idOf(f.result.expression)}`;

export const applyFn = (f: Fn, argument: Typed): Typed => {
  same(f.dom, argument.object);
  const { result } = f;
  const { expression } = result;
  if (expression === raw.wire(INPUT)) return argument;
  if (expression._tag === 'Apply' && expression.argument === raw.wire(INPUT))
    return { ...result, expression: raw.apply(expression.term, argument.expression) };
  if (expression._tag === 'Let' && expression.value === raw.wire(INPUT))
    return { ...result, expression: raw.bind(expression.names, argument.expression, expression.body) };
  return bind([{ name: INPUT, object: f.dom }], argument, result);
};

export interface Images {
  readonly axes: ReadonlyMap<AxisVar, Axis>;
  readonly objects: ReadonlyMap<string, Obj>;
  readonly functions: ReadonlyMap<t.MorphismVar, Fn>;
}

export const substObj = (o: Obj, { axes, objects: images }: Pick<Images, 'axes' | 'objects'>): Obj =>
  objects.substObject(
    o,
    (v) => axes.get(v),
    (x) => images.get(x),
  );

/** All variables at once; terms are built anew, so every condition is checked again. */
export const substTyped = ({ expression, object, parts }: Typed, s: Images): Typed => {
  const done = new Map<Expression, Expression>();
  const wires = (ws: readonly Wire[]): Wire[] => ws.map(({ name, object: o }) => ({ name, object: substObj(o, s) }));
  const axis = (a: Axis): Axis => substAxis(a, (v) => s.axes.get(v));
  const rebuild = (e: Expression): Expression => {
    switch (e._tag) {
      case 'Wire':
        return e;
      case 'Tuple':
        return raw.tuple(e.parts.map(go));
      case 'Let':
        return raw.bind(wires(e.names), go(e.value), go(e.body));
      case 'Map':
        return raw.map(e.index, axis(e.axis), go(e.body));
      case 'At':
        return raw.at(go(e.array), e.index);
      case 'Scan':
        return raw.scan(e.index, axis(e.axis), wires(e.state), go(e.start), go(e.body));
      case 'Apply': {
        const image = e.term.variable && s.functions.get(e.term.variable);
        const argument = go(e.argument);
        if (image) return applyFn(image, { expression: argument, object: image.dom }).expression;
        return raw.apply(substitute(e.term, { axes: s.axes, objects: s.objects }), argument);
      }
    }
  };
  const go = (e: Expression): Expression => {
    const image = done.get(e) ?? rebuild(e);
    done.set(e, image);
    return image;
  };
  const at = (o: Obj): Obj => substObj(o, s);
  return { expression: go(expression), object: at(object), ...(parts && { parts: parts.map(at) }) };
};

export const substFn = (f: Fn, s: Images): Fn => ({ dom: substObj(f.dom, s), result: substTyped(f.result, s) });
