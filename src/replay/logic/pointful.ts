/**
 * What an expression over wires says, as a value: wires and indices in an environment. Invariant: an expression is evaluated where it stands,
 * once, in the context of the maps and loops around it. What stands over an axis without elements is typed, never computed. It does
 * not know the text that was read.
 */
import { type Axis, type AxisImage, type AxisVar, paths, substAxis } from './axis.js';
import { elementAt, gather, scatter, type Value, weaken } from './blocks.js';
import { evaluate } from './evaluate.js';
import { type Expression, type Wire } from './expression.js';
import { type Loop, overAxis } from './loop.js';
import { shape, after, type Obj, substObject, tensor, unit, unweave, weave } from './object.js';
import { type Index, index } from './polynomial.js';
import { refuse, require, spend } from './refusal.js';
import { substitute } from './substitute.js';
import { each, later, type Then } from './trampoline.js';

/** Without `x` where only the type is asked. */
export interface Typed {
  readonly o: Obj;
  readonly x?: Value;
}

interface Name<A> {
  readonly name: string;
  readonly is: A;
  readonly outer?: Name<A> | undefined;
}

/** An index goes through one path of its axis; without `at` in what is only typed. */
interface Turn {
  readonly axis: Axis;
  readonly path: number;
  readonly at?: readonly Index[];
}

/** Where an expression stands. */
export interface Scope {
  /** images of the axis variables of the expression */
  readonly axes: ReadonlyMap<AxisVar, Axis>;
  readonly depth: number;
  readonly wires?: Name<Typed & { readonly depth: number }> | undefined;
  readonly indices?: Name<Turn> | undefined;
}

type Of<T extends Expression['_tag']> = Extract<Expression, { readonly _tag: T }>;

const find = <A>(names: Name<A> | undefined, name: string): A => {
  for (let at = names; at; at = at.outer) {
    spend();
    if (at.name === name) return at.is;
  }
  return refuse(`the name ${JSON.stringify(name)} is bound nowhere`);
};

const from =
  (scope: Scope): AxisImage =>
  (v) =>
    scope.axes.get(v);

/** The leaves of a value, shared out among the names in order. */
export const bindWires = (scope: Scope, wires: readonly Wire[], value: Typed): Scope => {
  const objects = wires.map((w) => substObject(w.object, from(scope)));
  require(tensor(...objects) === value.o, 'names are bound to a value of another object');
  let names = scope.wires;
  let start = 0;
  wires.forEach(({ name }, n) => {
    const o = objects[n] ?? unit;
    const x = value.x?.slice(start, (start += shape(o).length));
    names = { name, is: { o, depth: scope.depth, ...(x && { x }) }, outer: names };
  });
  return { ...scope, wires: names };
};

/** Under an index through one path, or (no path) typed only. */
const under = (scope: Scope, name: string, axis: Axis, path: number): Scope => {
  const way = paths(axis)[path];
  const at = way?.map((v, n) => index(v, scope.depth + n));
  const indices = { name, is: { axis, path, ...(at && { at }) }, outer: scope.indices };
  return { ...scope, indices, depth: scope.depth + (way?.length ?? 0) };
};

const wire = ({ name }: Of<'Wire'>, scope: Scope): Typed => {
  const { o, x, depth } = find(scope.wires, name);
  return x ? { o, x: weaken(x, o, depth, scope.depth) } : { o };
};

const element = (whole: Typed, name: string, scope: Scope): Typed => {
  const { axis, path, at } = find(scope.indices, name);
  const o = unweave(axis, whole.o) ?? refuse(`the index ${name} is over another axis than the array`);
  const part = whole.x && at && scatter(whole.x, axis, o)[path];
  return part ? { o, x: elementAt(part, o, at ?? [], scope.depth) } : { o };
};

const tuple = (parts: readonly Typed[]): Typed => {
  const o = tensor(...parts.map((p) => p.o));
  return parts.every((p) => p.x) ? { o, x: parts.flatMap((p) => p.x ?? []) } : { o };
};

const map = (e: Of<'Map'>, scope: Scope, typed: boolean, then: Then<Typed>): void => {
  const axis = substAxis(e.axis, from(scope));
  const at = (path: number, done: Then<Typed>): void =>
    express(e.body, under(scope, e.index, axis, path), typed || path < 0, done);
  const ways = typed || paths(axis).length === 0 ? [-1] : paths(axis).map((_, n) => n);
  each(
    ways,
    (path, _, done: Then<Typed>) => at(path, done),
    (parts) => {
      const o = parts[0]?.o ?? unit;
      require(parts.every((p) => p.o === o), 'the elements of an array have several objects');
      const whole = weave(axis, o);
      if (typed) return then({ o: whole });
      then({
        o: whole,
        x:
          ways[0] === -1
            ? []
            : gather(
                parts.map((p) => p.x ?? []),
                o,
              ),
      });
    },
  );
};

/** The body's object is S * B, so the value's is S * a▹B. */
const scan = (e: Of<'Scan'>, scope: Scope, start: Typed, then: Then<Typed>): void => {
  const axis = substAxis(e.axis, from(scope));
  const state = tensor(...e.state.map((w) => substObject(w.object, from(scope))));
  require(state === start.o, 'the start of a loop has another object than its state');
  const body = (path: number, inner: Scope, x: Value | undefined, done: Then<Typed>): void =>
    express(e.body, bindWires(inner, e.state, { o: state, ...(x && { x }) }), x === undefined, done);
  const kept = shape(state).length;
  body(-1, under(scope, e.index, axis, -1), undefined, (type) => {
    const outputs = after(state, type.o) ?? refuse('the body of a loop does not begin with its state');
    const o = tensor(state, weave(axis, outputs));
    if (!start.x) return then({ o });
    const turn: Loop['turn'] = (path, now, depth, done) => {
      const outer = depth - (paths(axis)[path]?.length ?? 0);
      body(path, under({ ...scope, depth: outer }, e.index, axis, path), now, ({ x = [] }) =>
        done({ state: x.slice(0, kept), output: x.slice(kept) }),
      );
    };
    overAxis({ state, turn }, axis, { start: start.x, depth: scope.depth, path: 0 }, (turns) =>
      later(() => then({ o, x: [...turns.state, ...gather(turns.outputs, outputs)] })),
    );
  });
};

const applied = (e: Of<'Apply'>, scope: Scope, { o, x }: Typed, then: Then<Typed>): void => {
  const term = substitute(e.term, { axes: scope.axes });
  require(term.dom === o, 'a diagram is applied to another object than its domain');
  if (!x) return later(() => then({ o: term.cod }));
  evaluate(term, x, scope.depth, (y) => then({ o: term.cod, x: y }));
};

const compute = (e: Exclude<Expression, Of<'Wire'>>, scope: Scope, typed: boolean, then: Then<Typed>): void => {
  const part = (of: Expression, done: Then<Typed>, inner = scope): void =>
    later(() => express(of, inner, typed, (value) => later(() => done(value))));
  switch (e._tag) {
    case 'Tuple':
      return each(
        e.parts,
        (of, _, done: Then<Typed>) => part(of, done),
        (parts) => then(tuple(parts)),
      );
    case 'Let':
      return part(e.value, (value) => part(e.body, then, bindWires(scope, e.names, value)));
    case 'Map':
      return map(e, scope, typed, then);
    case 'At':
      return part(e.array, (whole) => then(element(whole, e.index, scope)));
    case 'Scan':
      return part(e.start, (start) => scan(e, scope, start, then));
    case 'Apply':
      return part(e.argument, (value) => applied(e, scope, value, then));
  }
};

/** By scope, of computed values and of types: an expression that stands twice in one place is computed once. */
const known = [new WeakMap<Scope, Map<Expression, Typed>>(), new WeakMap<Scope, Map<Expression, Typed>>()] as const;

/** The value of e where it stands, or its type alone. */
export const express = (e: Expression, scope: Scope, typed: boolean, then: Then<Typed>): void => {
  spend();
  if (e._tag === 'Wire') return then(typed ? { o: find(scope.wires, e.name).o } : wire(e, scope));
  const table = known[typed ? 1 : 0];
  const here = table.get(scope) ?? new Map<Expression, Typed>();
  table.set(scope, here);
  const found = here.get(e);
  if (found) return then(found);
  compute(e, scope, typed, (value) => {
    here.set(e, value);
    then(value);
  });
};
