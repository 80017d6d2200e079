/**
 * What a term does to a value: its normal form, from the equations of the page. Invariant: linear in the term where parts are shared (what a
 * part does to a value is remembered), and no deep stack. It does not know statements.
 */
import { type Axis, type AxisVar, paths, sum } from './axis.js';
import { arrays, elementAt, gather, opaque, own, raised, reindexed, scatter, type Value } from './blocks.js';
import { type Loop, overAxis } from './loop.js';
import { idsOf, type Node, node, polynomial } from './node.js';
import { shape, after, type Obj, weave } from './object.js';
import * as poly from './polynomial.js';
import { refuse, spend } from './refusal.js';
import { unfold } from './substitute.js';
import { type Operator, type Term } from './term.js';
import { each, later, type Then } from './trampoline.js';

let remembered = new Map<string, Value>();

export const countValues = (): number => remembered.size;

export const forgetValues = (): void => {
  remembered = new Map();
};

const given = <A>(value: A | undefined): A => value ?? refuse('a part of a term is missing');

const bool = (value: boolean): Node => node('boolean', [], { label: `${value}` });
const asBool = (n: Node): boolean | undefined => (n.tag === 'boolean' ? n.label === 'true' : undefined);

/** Polynomials and literal booleans are computed where all arguments are such; anything else stays (equations 7, 8, 9). */
const operate = (name: Operator, args: readonly Node[]): Node => {
  const [p, q] = args.map((a) => a.polynomial);
  const [b, c] = args.map(asBool);
  if (name === 'true' || name === 'false') return bool(name === 'true');
  if (name === 'neg' && p) return polynomial(poly.multiply(poly.integer(-1), p));
  if (name === 'add' && p && q) return polynomial(poly.add(p, q));
  if (name === 'mul' && p && q) return polynomial(poly.multiply(p, q));
  if (name === 'not' && b !== undefined) return bool(!b);
  if (name === 'and' && b !== undefined && c !== undefined) return bool(b && c);
  if (name === 'or' && b !== undefined && c !== undefined) return bool(b || c);
  return node('operator', args, { label: name });
};

/** A literal condition takes its branch; else each element is selected by the same condition. */
const choose = ([condition, ...branches]: Value): Value => {
  const c = given(condition);
  const [x, y] = [branches.slice(0, branches.length / 2), branches.slice(branches.length / 2)];
  const literal = asBool(c);
  if (literal !== undefined) return literal ? x : y;
  return x.map((e, n) => node('operator', [c, e, given(y[n])], { label: 'select' }));
};

const positions = (e: Axis, depth: number): Value =>
  poly.places(e).map(({ offset, weights }, path) => {
    const at = own(given(paths(e)[path]), depth);
    const counted = at.map((i, n) => poly.multiply(given(weights[n]), poly.positionOf(i)));
    return polynomial(counted.reduce(poly.add, offset));
  });

/** Terms over one axis a and object o that say where each index goes (equations 3, 4, 5). */
const overOne = (f: Term, x: Value, depth: number): Value => {
  const [a, o] = [given(f.axes[0]), given(f.objects[0])];
  const ways = paths(a);
  switch (f.tag) {
    case 'repeat':
      return gather(
        ways.map((way) => reindexed(x, [], o, depth, (i) => raised(i, way.length))),
        o,
      );
    case 'first':
      return elementAt(given(scatter(x, a, o)[0]), o, given(ways[0]).map(poly.firstIndex), depth);
    default: {
      const entries = scatter(x, a, weave(a, o)).map((row, n) => given(scatter(row, a, o)[n]));
      const diagonal = (entry: Value, way: readonly AxisVar[]): Value =>
        reindexed(entry, [...way, ...way], o, depth, (i, n) => (n < way.length ? i : raised(i, -way.length)));
      return gather(
        entries.map((entry, n) => diagonal(entry, given(ways[n]))),
        o,
      );
    }
  }
};

/** a▹b▹o -> b▹a▹o */
const exchange = (a: Axis, b: Axis, o: Obj, x: Value, depth: number): Value => {
  const rows = scatter(x, a, weave(b, o)).map((row) => scatter(row, b, o));
  const entry = (outer: readonly AxisVar[], n: number, inner: readonly AxisVar[], m: number): Value =>
    reindexed(given(given(rows[n])[m]), [...outer, ...inner], o, depth, (i, k) => {
      if (k < outer.length) return raised(i, inner.length);
      return k < outer.length + inner.length ? raised(i, -outer.length) : i;
    });
  const column = (inner: readonly AxisVar[], m: number): Value =>
    gather(
      paths(a).map((outer, n) => entry(outer, n, inner, m)),
      o,
    );
  return gather(paths(b).map(column), weave(a, o));
};

/** The parts of a sum are the paths of the first, then those of the second. */
const split = (a: Axis, b: Axis, o: Obj, x: Value): Value => {
  const parts = scatter(x, sum(a, b), o);
  const middle = paths(a).length;
  return [...gather(parts.slice(0, middle), o), ...gather(parts.slice(middle), o)];
};

const concat = (a: Axis, b: Axis, o: Obj, x: Value): Value => {
  const middle = shape(weave(a, o)).length;
  return gather([...scatter(x.slice(0, middle), a, o), ...scatter(x.slice(middle), b, o)], o);
};

/** Any function: known by its name, its axes and its whole arguments, output by output (equation 9). */
const apply = (f: Term, x: Value, depth: number): Value => {
  const m = given(f.variable);
  const args = arrays(x, f.dom, depth);
  const name = `${m.id} at ${f.axes.map((a) => a.id).join(' ')} output `;
  return opaque(f.cod, depth, (n, at) => node('result', args, { label: `${name}${n}`, at, source: f }));
};

/** Terms without parts. */
const simple = (f: Term, x: Value, depth: number): Value => {
  const [a, b] = f.axes;
  const [o, p] = f.objects;
  switch (f.tag) {
    case 'id':
    case 'tile':
    case 'flatten':
      return x;
    case 'swap': {
      const middle = shape(given(o)).length;
      return p ? [...x.slice(middle), ...x.slice(0, middle)] : x;
    }
    case 'copy':
      return [...x, ...x];
    case 'del':
      return [];
    case 'exchange':
      return exchange(given(a), given(b), given(o), x, depth);
    case 'split':
      return split(given(a), given(b), given(o), x);
    case 'concat':
      return concat(given(a), given(b), given(o), x);
    case 'const':
      return [polynomial(poly.literal(given(f.value)))];
    case 'op':
      return [operate(given(f.operator), x)];
    case 'select':
      return choose(x);
    case 'position':
      return positions(given(a), depth);
    case 'size':
      return [polynomial(poly.sizeOfAxis(given(a)))];
    case 'var':
      return apply(f, x, depth);
    default:
      return overOne(f, x, depth);
  }
};

/** The step of a scan at a turn: the state, and the data there. */
const loop = (f: Term, x: Value, depth: number, then: Then<Value>): void => {
  const [a, state, step] = [given(f.axes[0]), given(f.objects[0]), given(f.terms[0])];
  const [data, outputs] = [given(after(state, step.dom)), given(after(state, step.cod))];
  const kept = shape(state).length;
  const rows = scatter(x.slice(kept), a, data);
  const turn: Loop['turn'] = (path, now, inner, done) =>
    evaluate(step, [...now, ...given(rows[path])], inner, (y) =>
      later(() => done({ state: y.slice(0, kept), output: y.slice(kept) })),
    );
  overAxis({ state, turn }, a, { start: x.slice(0, kept), depth, path: 0 }, (turns) =>
    then([...turns.state, ...gather(turns.outputs, outputs)]),
  );
};

const compound = (f: Term, x: Value, depth: number, then: Then<Value>): void => {
  const [g, h] = f.terms;
  switch (f.tag) {
    case ';':
      return evaluate(given(g), x, depth, (y) => evaluate(given(h), y, depth, then));
    case '*': {
      const middle = shape(given(g).dom).length;
      return evaluate(given(g), x.slice(0, middle), depth, (y) =>
        evaluate(given(h), x.slice(middle), depth, (z) => later(() => then([...y, ...z]))),
      );
    }
    case 'map': {
      const [a, inner] = [given(f.axes[0]), given(g)];
      const at = (part: Value, n: number, done: Then<Value>): void =>
        evaluate(inner, part, depth + given(paths(a)[n]).length, done);
      return each(scatter(x, a, inner.dom), at, (parts) => then(gather(parts, inner.cod)));
    }
    case 'scan':
      return loop(f, x, depth, then);
    default:
      return evaluate(unfold(f), x, depth, then);
  }
};

/** What a lighter term does is computed at once, and again rather than remembered. */
const LIGHT = 32;

const light = (f: Term, x: Value, depth: number): Value => {
  spend(4 + x.length);
  const [g, h] = f.terms;
  if (!g) return simple(f, x, depth);
  if (f.tag === ';') return light(given(h), light(g, x, depth), depth);
  if (f.tag === '*') {
    const middle = shape(g.dom).length;
    return [...light(g, x.slice(0, middle), depth), ...light(given(h), x.slice(middle), depth)];
  }
  const a = given(f.axes[0]);
  const parts = scatter(x, a, g.dom).map((part, n) => light(g, part, depth + given(paths(a)[n]).length));
  return gather(parts, g.cod);
};

/** f at x, told to `then`. */
export const evaluate = (f: Term, x: Value, depth: number, then: Then<Value>): void => {
  spend(8 + 2 * x.length);
  if (f.weight < LIGHT) return later(() => then(light(f, x, depth)));
  const key = `${f.id} ${depth}|${idsOf(x)}`;
  const known = remembered.get(key);
  if (known) return later(() => then(known));
  later(() =>
    compound(f, x, depth, (y) => {
      spend(50 + x.length + y.length);
      remembered.set(key, y);
      later(() => then(y));
    }),
  );
};
