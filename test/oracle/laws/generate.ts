// Random well-typed diagrams that meet every former over every kind of axis. Invariant: `diagram(tape, dom)` starts at dom;
// `toward(tape, from, to)` has exactly that type. A move that does not apply answers undefined and is left out.
import type * as Door from '../../../src/core/index.js';
import { core as K, must } from '../../support/door.js';
import { axes, fitsIn, k, leafObj, peeled, products, slice, sums } from './object.js';
import type { Tape } from './tape.js';

type Obj = Door.Obj;
type Term = Door.Term;
type Move = (tape: Tape, o: Obj, depth: number) => Term | undefined;

const { R, B, seq, par, id, op, obj, weave } = k;

/** m somewhere inside o, identities around it. */
function placed(o: Obj, from: number, to: number, m: Term): Term {
  return par(id(slice(o, 0, from)), m, id(slice(o, to, o.leaves.length)));
}

/** A random diagram on `dom`. */
export function diagram(tape: Tape, dom: Obj, depth = 2): Term {
  let t = id(dom);
  for (let n = 1 + tape.below(depth === 2 ? 9 : 4); n > 0; n--) {
    const o = t.cod;
    const from = tape.below(o.leaves.length + 1);
    const to = Math.min(o.leaves.length, from + tape.pick([1, 2, 0, 3]));
    const m = applicable(tape, slice(o, from, to), depth);
    if (m && fitsIn(obj(slice(o, 0, from), m.cod, slice(o, to, o.leaves.length)), 5))
      t = seq(t, placed(o, from, to, m));
  }
  return t;
}

/** The first move, from a random place on, that applies. */
function applicable(tape: Tape, o: Obj, depth: number): Term | undefined {
  const start = tape.below(moves.length);
  for (let i = 0; i < moves.length; i++) {
    const m = moves[(start + 7 * i) % moves.length]!(tape, o, depth);
    if (m) return m;
  }
  return undefined;
}

// ---- towards a given type ----

const project = (o: Obj, i: number): Term =>
  par(must(K.discard(slice(o, 0, i))), id(slice(o, i, i + 1)), must(K.discard(slice(o, i + 1, o.leaves.length))));
const repeated = (list: readonly Door.Axis[], scalar: Obj): Term =>
  [...list].reverse().reduce((t, a) => seq(t, must(K.repeat(a, t.cod))), id(scalar));
const summed = (a: Door.Axis): Term => seq(par(k.num(0), id(k.real(a))), k.scan(a, R, op('add')));
const total = (list: readonly Door.Axis[]): Term =>
  list.length === 0 ? id(R) : seq(k.map(list[0]!, total(list.slice(1))), summed(list[0]!));

function firsts(leaf: Door.Leaf): Term | undefined {
  if (!leaf.axes.every((a) => K.nonEmpty(a))) return undefined;
  let t = id(leafObj(leaf));
  leaf.axes.forEach((a, i) => (t = seq(t, must(K.first(a, leafObj({ ...leaf, axes: leaf.axes.slice(i + 1) }))))));
  return t;
}

function scalar(tape: Tape, from: Obj): Term {
  const reals = from.leaves.flatMap((l, i) => (l.base._tag === 'Real' ? [i] : []));
  if (reals.length === 0 || tape.chance(6))
    return seq(must(K.discard(from)), tape.pick([k.num(1), k.num(3, 4), must(K.size(tape.pick(axes)))]));
  const i = tape.pick(reals);
  const leaf = from.leaves[i]!;
  return seq(project(from, i), (tape.below(2) === 1 ? firsts(leaf) : undefined) ?? total(leaf.axes));
}

function towardLeaf(tape: Tape, from: Obj, leaf: Door.Leaf): Term {
  const to = leafObj(leaf);
  const same = from.leaves.flatMap((_, i) => (slice(from, i, i + 1) === to ? [i] : []));
  if (same.length > 0 && !tape.chance(3)) return project(from, tape.pick(same));
  if (leaf.base._tag === 'ObjVar' || tape.chance(4)) return k.at(k.h('h', from, to));
  if (leaf.base._tag === 'Boolean') {
    const both = par(scalar(tape, from), scalar(tape, from));
    return seq(must(K.copy(from)), both, op('lt'), repeated(leaf.axes, B));
  }
  if (leaf.axes.length === 1 && tape.chance(3)) return seq(must(K.discard(from)), must(K.position(leaf.axes[0]!)));
  return seq(scalar(tape, from), repeated(leaf.axes, R));
}

/** A random diagram of a given type. */
export function toward(tape: Tape, from: Obj, to: Obj): Term {
  return to.leaves.reduce<Term>(
    (t, leaf, i) => {
      const here = towardLeaf(tape, from, leaf);
      return i === 0 ? here : seq(must(K.copy(from)), par(t, here));
    },
    must(K.discard(from)),
  );
}

// ---- moves ----

const unary = ['neg', 'exp', 'recip', 'sqrt', 'log'] as const;
const binary = ['add', 'mul', 'lt'] as const;
const constants: readonly (() => Term)[] = [() => k.num(2), () => k.num(-3, 4), () => op('true'), () => op('false')];

const scalarMove: Move = (tape, o) => {
  if (o === R) return op(tape.pick(unary));
  if (o === B) return op('not');
  if (o === obj(R, R)) return op(tape.pick(binary));
  if (o === obj(B, B)) return op(tape.pick(['and', 'or'] as const));
  return undefined;
};
/** x -> x · x on any one array, woven over its axes. */
const squareMove: Move = (tape, o) => {
  const leaf = o.leaves.length === 1 ? o.leaves[0]! : undefined;
  if (!leaf || leaf.base._tag === 'ObjVar') return undefined;
  const name = leaf.base._tag === 'Real' ? tape.pick(['mul', 'add'] as const) : tape.pick(['and', 'or'] as const);
  const other = tape.below(2) === 0 ? id(o) : toward(tape, o, o);
  return seq(
    must(K.copy(o)),
    par(id(o), other),
    [...leaf.axes].reverse().reduce<Term>((t, a) => k.map(a, t), op(name)),
  );
};
const source: Move = (tape, o) => {
  const made = tape.pick([
    ...constants,
    () => must(K.position(tape.pick(axes))),
    () => must(K.size(tape.pick(axes))),
  ])();
  return par(made, id(o));
};
const mapMove: Move = (tape, o, depth) => {
  if (depth === 0) return undefined;
  if (o.leaves.length === 0) return k.map(tape.pick(axes), diagram(tape, K.unit, depth - 1));
  const p = peeled(o);
  return p && k.map(p.axis, diagram(tape, p.inner, depth - 1));
};
/** a▹X * Y -> map a (… on X * Y): Y is repeated, as context is. */
const contextMove: Move = (tape, o, depth) => {
  const p = o.leaves.length > 1 ? peeled(slice(o, 0, 1)) : undefined;
  if (!p || depth === 0) return undefined;
  const rest = slice(o, 1, o.leaves.length);
  if (!fitsIn(weave(p.axis, rest), 6)) return undefined;
  return seq(
    par(id(slice(o, 0, 1)), must(K.repeat(p.axis, rest))),
    k.map(p.axis, diagram(tape, obj(p.inner, rest), depth - 1)),
  );
};
const repeatMove: Move = (tape, o) =>
  must(K.repeat(o.leaves[0]?.axes[0] && tape.below(2) === 0 ? o.leaves[0].axes[0] : tape.pick(axes), o));
const under = (o: Obj): readonly [Door.Axis, Door.Axis, Obj] | undefined => {
  const p = peeled(o);
  const q = p && peeled(p.inner);
  return p && q && [p.axis, q.axis, q.inner];
};
const diagMove: Move = (_tape, o) => {
  const q = under(o);
  if (q) return q[0] === q[1] ? must(K.diag(q[0], q[2])) : undefined;
  const p = peeled(o);
  return p && seq(k.map(p.axis, must(K.repeat(p.axis, p.inner))), must(K.diag(p.axis, p.inner)));
};
const exchangeMove: Move = (tape, o) => {
  const q = under(o);
  if (q) return must(K.exchange(...q));
  const a = tape.pick(axes);
  const p = peeled(o);
  return p && fitsIn(weave(a, o), 6) ? seq(must(K.repeat(a, o)), must(K.exchange(a, p.axis, p.inner))) : undefined;
};
const flattenMove: Move = (_tape, o) => {
  const q = under(o);
  return q && must(K.flatten(...q));
};
const firstMove: Move = (_tape, o) => {
  const p = peeled(o);
  return p && K.nonEmpty(p.axis) ? must(K.first(p.axis, p.inner)) : undefined;
};
const splitMove: Move = (tape, o) => {
  const p = peeled(o);
  const pair = p && tape.pick(sums.get(p.axis) ?? []);
  return pair && must(K.split(...pair, p.inner));
};
const tileMove: Move = (tape, o) => {
  const p = peeled(o);
  const pair = p && tape.pick(products.get(p.axis) ?? []);
  return pair && must(K.tile(...pair, p.inner));
};
const concatMove: Move = (tape, o) => {
  const p = peeled(o);
  if (!p) return undefined;
  const b = tape.pick([p.axis, ...axes.filter((e) => e.terms.length < 2)]);
  const second = b === p.axis ? id(o) : toward(tape, o, weave(b, p.inner));
  const pairing = seq(
    must(K.copy(o)),
    tape.below(2) === 0 ? par(id(o), second) : seq(par(second, id(o)), must(K.swap(second.cod, o))),
  );
  return seq(pairing, must(K.concat(p.axis, b, p.inner)));
};
const swapMove: Move = (tape, o) => {
  const cut = tape.below(o.leaves.length + 1);
  return must(K.swap(slice(o, 0, cut), slice(o, cut, o.leaves.length)));
};
const selectMove: Move = (tape, o) => {
  const parts = par(toward(tape, o, B), seq(must(K.copy(o)), par(id(o), toward(tape, o, o))));
  return seq(must(K.copy(o)), parts, must(K.select(o)));
};
const scanMove: Move = (tape, o, depth) => {
  if (depth === 0) return undefined;
  const states = o.leaves.length > 1 ? 1 : 0;
  const state = states === 1 ? slice(o, 0, 1) : tape.pick([R, k.real(axes[1]!), obj(R, B), K.unit]);
  const rest = slice(o, states, o.leaves.length);
  const data = rest.leaves.length === 0 ? { axis: tape.pick(axes), inner: K.unit } : peeled(rest);
  if (!data) return undefined;
  const inner = obj(state, data.inner);
  const step = seq(must(K.copy(inner)), par(toward(tape, inner, state), diagram(tape, inner, depth - 1)));
  if (!fitsIn(weave(data.axis, step.cod), 6)) return undefined;
  const start = states === 1 ? id(o) : seq(must(K.copy(o)), par(toward(tape, o, state), id(o)));
  return seq(start, k.scan(data.axis, state, step));
};
const variableMove: Move = (tape, o) => k.at(k.h(tape.pick(['f', 'g']), o, tape.pick([R, o, k.real(axes[6]!)])));
const n0 = k.v0('n');
/** h[n?] : n▹A -> A or n▹R, at a composite axis. */
const familyMove: Move = (tape, o) => {
  const p = peeled(o);
  if (!p) return undefined;
  const cod = tape.pick([p.inner, k.real(k.of(n0)), k.real(k.plus(k.of(n0), axes[0]!))]);
  return k.at(must(K.morphismVar('k', [n0], weave(k.of(n0), p.inner), cod)), p.axis);
};
const A = must(K.objVar('A'));
const f = k.h('f', A, A);
const parameters = { axes: [n0], objects: ['A'], morphisms: [f] };
const twice = must(K.define('twice', parameters, k.map(k.of(n0), seq(k.at(f), must(K.copy(A)), par(k.at(f), id(A))))));
const callMove: Move = (tape, o) => {
  const p = peeled(o);
  return p && must(K.call(twice, { axes: [p.axis], objects: [p.inner], morphisms: [toward(tape, p.inner, p.inner)] }));
};

const pairs = (o: Obj): Door.MorphismVar => must(K.morphismVar('p', [n0], o, obj(R, R)));
/** A random expression of literals. */
function decided(tape: Tape, depth: number): Term {
  if (depth === 0 || tape.chance(5)) return op(tape.pick(['false', 'true'] as const));
  if (tape.chance(4)) return seq(decided(tape, depth - 1), op('not'));
  return seq(par(decided(tape, depth - 1), decided(tape, depth - 1)), op(tape.pick(['or', 'and'] as const)));
}
/** A random polynomial in constants and sizes. */
function computed(tape: Tape, depth: number, list: readonly Door.Axis[]): Term {
  if (depth === 0 || tape.chance(5)) return tape.pick([k.num(-3, 4), must(K.size(tape.pick(list))), k.num(5)]);
  if (tape.chance(4)) return seq(computed(tape, depth - 1, list), op('neg'));
  return seq(
    par(computed(tape, depth - 1, list), computed(tape, depth - 1, list)),
    op(tape.pick(['mul', 'add'] as const)),
  );
}

/** Each former over a given axis (and another), on an object. */
// prettier-ignore
export const formers: Readonly<Record<string, (tape: Tape, e: Door.Axis, other: Door.Axis, o: Obj) => Term | undefined>> = {
  map:      (tape, e, _other, o) => k.map(e, diagram(tape, o, 1)),
  repeat:   (_tape, e, _other, o) => must(K.repeat(e, o)),
  diag:     (_tape, e, _other, o) => must(K.diag(e, o)),
  first:    (_tape, e, _other, o) => (K.nonEmpty(e) ? must(K.first(e, o)) : undefined),
  exchange: (_tape, e, other, o) => must(K.exchange(e, other, o)),
  split:    (_tape, e, other, o) => must(K.split(e, other, o)),
  concat:   (_tape, e, other, o) => must(K.concat(e, other, o)),
  tile:     (_tape, e, other, o) => must(K.tile(e, other, o)),
  flatten:  (_tape, e, other, o) => must(K.flatten(e, other, o)),
  position: (_tape, e) => must(K.position(e)),
  size:     (_tape, e) => must(K.size(e)),
  scan:     (tape, e, _other, o) => stepped(tape, e, o, slice(o, 0, 1)),
  'scan with a composite output': (tape, e, other, o) => scanOf(tape, e, obj(R, o), R, towards(other)),
  variable: (_tape, e, _other, o) => k.at(must(K.morphismVar('k', [n0], obj(weave(k.of(n0), o), R), weave(k.of(n0), o))), e),
  call:     (tape, e, _other, o) => must(K.call(twice, { axes: [e], objects: [o], morphisms: [toward(tape, o, o)] })),
  'two instances of a family': (_tape, e, other, o) => seq(must(K.copy(o)), par(k.at(pairs(o), e), k.at(pairs(o), other))),
  'constants, sizes and literals': (tape, e, other, o) => par(decided(tape, 3), computed(tape, 3, [e, other]), id(o)),
  select:   (_tape, e, _other, o) => must(K.select(weave(e, o))),
  swap:     (_tape, e, other, o) => must(K.swap(weave(e, o), weave(other, o))),
};
const towards =
  (e: Door.Axis) =>
  (tape: Tape, from: Obj): Term =>
    toward(tape, from, k.real(e));
const stepped = (tape: Tape, e: Door.Axis, o: Obj, state: Obj): Term =>
  scanOf(tape, e, obj(state, o), state, (t, from) => diagram(t, from, 1));

/** scan e step, where the step's state is random and its output given. */
function scanOf(tape: Tape, e: Door.Axis, inner: Obj, state: Obj, output: (tape: Tape, from: Obj) => Term): Term {
  return k.scan(e, state, seq(must(K.copy(inner)), par(toward(tape, inner, state), output(tape, inner))));
}

/** A former, fed from random inputs, its outputs used. */
export function around(tape: Tape, middle: Term, from: Obj): Term {
  return seq(toward(tape, from, middle.dom), middle, diagram(tape, middle.cod, 1));
}

const moves: readonly Move[] = [
  scalarMove, mapMove, contextMove, scanMove, (_t, o) => must(K.copy(o)), source, swapMove, repeatMove, diagMove, exchangeMove,
  splitMove, concatMove, tileMove, flattenMove, firstMove, selectMove, variableMove, familyMove, callMove, scalarMove, mapMove,
  squareMove, contextMove, (_t, o) => must(K.discard(o)),
]; // prettier-ignore
