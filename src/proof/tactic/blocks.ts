/**
 * The two isomorphisms between an object and the arrays over axis variables that it consists of (the slots of a normal form), as
 * diagrams. Invariant: the slots come in the order of `core.slots`. Knows nothing of goals.
 */
import type { Axis, Leaf, Obj, Slot, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { par, seq } from '../../language/point/wiring.js';
import { fail, must } from './failure.js';

/** base[v…] */
export const slotObject = (slot: Slot): Obj =>
  B.ofLeaves([{ base: slot.base, axes: slot.vars.map((v) => B.ofVar(v)) }]);

/** The way back is made when it is asked for: over an empty axis there may be none. */
type Iso = { readonly apart: Term; readonly together: () => Term };
const leafObject = (leaf: Leaf, axes: readonly Axis[]): Obj => B.ofLeaves([{ base: leaf.base, axes }]);
const tables = new WeakMap<Obj, Iso>();

/** A -> its slots. */
export const explode = (object: Obj): Term => iso(object).apart;
/** its slots -> A; E-TYPE where a leaf is over an empty axis, which no constructor makes from nothing. */
export function implode(object: Obj): Term {
  const known = imploded.get(object) ?? iso(object).together();
  imploded.set(object, known);
  return known;
}
const imploded = new WeakMap<Obj, Term>();

function iso(object: Obj): Iso {
  const known = tables.get(object);
  if (known) return known;
  const parts = object.leaves.map((l) => leafIso(l, l.axes));
  const made = { apart: par(...parts.map((p) => p.apart)), together: () => par(...parts.map((p) => p.together())) };
  const both = object.leaves.length === 0 ? { apart: B.id(object), together: () => B.id(object) } : made;
  tables.set(object, both);
  return both;
}

/** Of base[e f…], axis by axis from the outermost. */
function leafIso(leaf: Leaf, axes: readonly Axis[]): Iso {
  const [e, ...rest] = axes;
  const whole = leafObject(leaf, axes);
  if (!e) return { apart: B.id(whole), together: () => B.id(whole) };
  const inner = leafObject(leaf, rest);
  if (e.terms.length === 0) return emptyIso(leaf, rest, inner);
  if (e.terms.length > 1) return sumIso(leaf, e, rest, inner);
  return monomialIso(leaf, e, rest, inner);
}

/** An array over no elements, made from any scalar of its kind. */
function emptyIso(leaf: Leaf, rest: readonly Axis[], inner: Obj): Iso {
  const { base } = leaf;
  const apart = B.discard(B.weave(core.zero, inner));
  if (base._tag === 'ObjVar') return { apart, together: () => noElement(base.name) };
  const scalar = base._tag === 'Real' ? B.constant(must(core.rational(0n))) : B.operator('true');
  const full = [...rest].reverse().reduce((t: Term, a) => seq(t, B.repeat(a, t.cod)), scalar);
  return { apart, together: () => seq(full, B.repeat(core.zero, inner)) };
}
const noElement = (name: string): never =>
  fail({ _tag: 'Stuck', tactic: 'blocks', why: `no element of ${name} to build an array over an empty axis from` });

function sumIso(leaf: Leaf, e: Axis, rest: readonly Axis[], inner: Obj): Iso {
  const [m, ...others] = e.terms.map((t) => monomialAxis(t));
  const tail = others.reduce((a, b) => B.sum(a, b));
  const [p, q] = [leafIso(leaf, [m!, ...rest]), leafIso(leaf, [tail, ...rest])];
  return {
    apart: seq(B.split(m!, tail, inner), par(p.apart, q.apart)),
    together: () => seq(par(p.together(), q.together()), B.concat(m!, tail, inner)),
  };
}

function monomialAxis(m: Axis['terms'][number]): Axis {
  const head = m.vars.reduce((acc: Axis, v) => B.product(acc, B.ofVar(v)), core.one);
  return m.tail ? B.product(head, m.tail) : head;
}

function monomialIso(leaf: Leaf, e: Axis, rest: readonly Axis[], inner: Obj): Iso {
  const [v, ...others] = e.terms[0]!.vars;
  if (!v) {
    const p = leafIso(leaf, rest);
    return {
      apart: seq(B.first(core.one, inner), p.apart),
      together: () => seq(p.together(), B.repeat(core.one, inner)),
    };
  }
  const outer = B.ofVar(v);
  const below = monomialAxis({ vars: others, tail: e.terms[0]!.tail });
  if (below === core.one) {
    const p = leafIso(leaf, rest);
    return { apart: B.map(outer, p.apart), together: () => B.map(outer, p.together()) };
  }
  const p = leafIso(leaf, [below, ...rest]);
  return {
    apart: seq(B.tile(outer, below, inner), B.map(outer, p.apart)),
    together: () => seq(B.map(outer, p.together()), B.flatten(outer, below, inner)),
  };
}
