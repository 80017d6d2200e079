/**
 * Grouping an axis that the specification is woven over: into lanes (one element at a time) or tiles (a ragged one and t full
 * ones). Each is a structural law of the left side, then congruence; where the left side is not woven, it is refused.
 */
import type { Axis, AxisVar, Obj, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { compile } from '../../language/point/compile.js';
import { type Binding, type Expr, apply, at as element, letIn, mapOver, wire } from '../../language/point/point.js';
import { seq } from '../../language/point/wiring.js';
import { congruence, marked } from '../../proof/tactic/congruence.js';
import { fail, must } from '../../proof/tactic/failure.js';
import { chain, structural } from '../../proof/tactic/goal.js';
import { backed, fronted, objectAt, placeOf, restOf, thmAt } from './claim.js';

/** A theorem about wires of this type. */
export interface Typed {
  readonly thm: Thm;
  readonly wires: readonly Binding[];
}

const codOf = (t: Typed): Obj => must(core.sequent(t.thm)).lhs.cod;

/** Why an object has no one place of an axis. */
function placeFault(object: Obj, v: AxisVar): 'twice' | 'compound' | 'places' {
  const counts = object.leaves.map((l) => l.axes.filter((a) => a === B.ofVar(v)).length);
  if (counts.some((n) => n > 1)) return 'twice';
  return counts.every((n) => n === 1) ? 'places' : 'compound';
}
function place(object: Obj, v: AxisVar, what: string): number | 'none' {
  const p = placeOf(object, v);
  return p ?? fail({ _tag: 'Ungrouped', what, axis: v.name, reason: placeFault(object, v) });
}
function resultPlace(t: Typed, v: AxisVar): number {
  const p = place(codOf(t), v, 'the result');
  return p === 'none' ? fail({ _tag: 'Ungrouped', what: 'the result', axis: v.name, reason: 'missing' }) : p;
}

const wiresAt = (t: Typed, v: AxisVar, e: Axis): readonly Binding[] =>
  t.wires.map((w) => ({ ...w, object: objectAt(w.object, v, e) }));

/** lhs over e = the expression with each call's right side in its place. */
function replacedIn(t: Typed, v: AxisVar, e: Axis, calls: readonly Thm[], body: Expr): Typed {
  const wires = wiresAt(t, v, e);
  const { lhs } = must(core.sequent(thmAt(t.thm, v, e)));
  const term = compile(wires, body);
  const replaced = congruence(new Map(calls.map((c) => [must(core.sequent(c)).lhs, c])), term)!;
  if (!must(core.equal(lhs, term))) fail({ _tag: 'Ungrouped', what: 'the result', axis: v.name, reason: 'rows' });
  return { thm: chain(structural(lhs, term), replaced), wires };
}

/** One element of v at a time, for every element of e. */
export function woven(t: Typed, v: AxisVar, e: Axis): Typed {
  const one = marked(thmAt(t.thm, v, core.one));
  const { lhs } = must(core.sequent(one));
  const index = `${v.name}#`;
  const args = t.wires.map((w): Expr => {
    const p = place(w.object, v, w.name);
    if (p === 'none') return wire(w.name);
    const front = fronted(objectAt(w.object, v, e), p, wire(w.name));
    const rest = restOf(w.object, p);
    return backed(B.weave(core.one, rest), p, apply(B.repeat(core.one, rest), element(front, index)));
  });
  const p = resultPlace(t, v);
  const result = objectAt(codOf(t), v, core.one);
  const rest = restOf(codOf(t), p);
  const row = apply(B.first(core.one, rest), fronted(result, p, apply(lhs, ...args)));
  return replacedIn(t, v, e, [one], backed(B.weave(e, rest), p, mapOver(index, e, row)));
}

/** The axes of r + t*b. */
interface Cut {
  readonly ragged: Axis;
  readonly turns: Axis;
  readonly tile: Axis;
  readonly many: Axis;
  readonly whole: Axis;
}
function cutOf(r: AxisVar, count: AxisVar, b: AxisVar): Cut {
  const [ragged, turns, tile] = [r, count, b].map((x) => B.ofVar(x)) as [Axis, Axis, Axis];
  const many = B.product(turns, tile);
  return { ragged, turns, tile, many, whole: B.sum(ragged, many) };
}

/** A wire that has the axis: in which place, and what is under it. */
interface CutWire extends Binding {
  readonly place: number;
  readonly rest: Obj;
}
function cutWires(t: Typed, v: AxisVar): readonly CutWire[] {
  return t.wires.flatMap((w) => {
    const p = place(w.object, v, w.name);
    return p === 'none' ? [] : [{ ...w, place: p, rest: restOf(w.object, p) }];
  });
}

/** Every cut wire in a ragged part (#0) and tiles (#1), in front of the body. */
function apart(v: AxisVar, cut: Cut, wires: readonly CutWire[], body: Expr): Expr {
  const { ragged, turns, tile, many } = cut;
  return wires.reduceRight((inner: Expr, c) => {
    const names = [
      { name: `${c.name}#0`, object: B.weave(ragged, c.rest) },
      { name: `${c.name}#1`, object: B.weave(turns, B.weave(tile, c.rest)) },
    ];
    const parts = B.tensor(B.id(B.weave(ragged, c.rest)), B.tile(turns, tile, c.rest));
    const split = seq(B.split(ragged, many, c.rest), parts);
    const front = fronted(objectAt(c.object, v, cut.whole), c.place, wire(c.name));
    return letIn(names, apply(split, front), inner);
  }, body);
}

/** v in a ragged tile of r elements and t tiles of b. */
export function tiles(t: Typed, v: AxisVar, r: AxisVar, count: AxisVar, b: AxisVar): Typed {
  const cut = cutOf(r, count, b);
  const wires = cutWires(t, v);
  const [small, large] = [marked(thmAt(t.thm, v, cut.ragged)), marked(thmAt(t.thm, v, cut.tile))];
  const index = `${v.name}#`;
  const p = resultPlace(t, v);
  const rest = restOf(codOf(t), p);
  const part = (thm: Thm, e: Axis, piece: (w: CutWire) => Expr): Expr => {
    const args = t.wires.map((w) => {
      const c = wires.find((x) => x.name === w.name);
      return c ? backed(B.weave(e, c.rest), c.place, piece(c)) : wire(w.name);
    });
    return fronted(objectAt(codOf(t), v, e), p, apply(must(core.sequent(thm)).lhs, ...args));
  };
  const head = part(small, cut.ragged, (c) => wire(`${c.name}#0`));
  const body = part(large, cut.tile, (c) => element(wire(`${c.name}#1`), index));
  const flat = B.tensor(B.id(B.weave(cut.ragged, rest)), B.flatten(cut.turns, cut.tile, rest));
  const joined = apply(seq(flat, B.concat(cut.ragged, cut.many, rest)), head, mapOver(index, cut.turns, body));
  const whole = backed(B.weave(cut.whole, rest), p, joined);
  return replacedIn(t, v, cut.whole, [small, large], apart(v, cut, wires, whole));
}

/** A further axis in front of every wire that is an array; scalars are shared. */
export function batched(t: Typed, e: Axis): Typed {
  const call = marked(t.thm);
  const { lhs } = must(core.sequent(call));
  const isArray = (w: Binding): boolean => w.object.leaves.some((l) => l.axes.length > 0);
  const wires = t.wires.map((w) => (isArray(w) ? { ...w, object: B.weave(e, w.object) } : w));
  const body = mapOver(
    'batch#',
    e,
    apply(lhs, ...t.wires.map((w) => (isArray(w) ? element(wire(w.name), 'batch#') : wire(w.name)))),
  );
  return { thm: congruence(new Map([[lhs, call]]), compile(wires, body))!, wires };
}
