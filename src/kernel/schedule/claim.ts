/**
 * What a schedule starts from: a stream's declaration, the theorems that prove it, and the general tiling theorems. Invariant:
 * everything here is proved. Knows no targets and no sizes.
 */
import type { Axis, AxisVar, Obj, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import type { Law, StreamInfo } from '../../language/elaborate/law.js';
import { type Binding, type Expr, apply, wire } from '../../language/point/point.js';
import { fromFront, toFront, under } from '../../language/point/wiring.js';
import { must } from '../../proof/tactic/failure.js';

/** A theorem and what its statement calls things. */
export interface Proved {
  readonly law: Law;
  readonly thm: Thm;
}

export interface Claim {
  readonly info: StreamInfo;
  /** spec = let state = head in final */
  readonly main: Thm;
  /** where its laws hold under a condition */
  readonly inherits: Proved | undefined;
  readonly foldable: Proved | undefined;
  readonly mergeable: Proved | undefined;
  readonly commutative: Proved | undefined;
  /** where the stream has outputs along its axis */
  readonly outputs: Proved | undefined;
}

/** The general theorems, for arbitrary h and step. */
export interface Tilings {
  readonly foldFirst: Thm;
  readonly mergeFirst: Thm;
  readonly foldLast: Thm;
  /** of outputs along the axis; undefined where the stream has none */
  readonly outputsFirst?: Thm;
  readonly outputsLast?: Thm;
  /** of lanes along the axis; undefined where there are none */
  readonly lanes?: Thm;
  /** of streams under a condition; undefined where there is none */
  readonly whenRewrite?: Thm;
  readonly foldFirstWhen?: Thm;
  readonly foldLastWhen?: Thm;
  readonly outputsFirstWhen?: Thm;
  readonly outputsLastWhen?: Thm;
}

/**
 * Their names: of a stream with outputs along its axis two more, of one with lanes along it another, and of one under a condition those that hold
 * under it.
 */
export function tilingNames({ name, laws }: StreamInfo): Readonly<Partial<Record<keyof Tilings, string>>> {
  const has = (law: string): boolean => laws.includes(`${name}.${law}`);
  const isUnder = has('inherits');
  return {
    foldFirst: 'tiling',
    mergeFirst: 'merge-tiling',
    foldLast: 'tiling-last',
    ...(has('outputs') ? { outputsFirst: 'tiling-outputs', outputsLast: 'tiling-outputs-last' } : {}),
    ...(has('commutative') ? { lanes: 'lanes' } : {}),
    ...(isUnder ? { whenRewrite: 'when-rewrite', foldFirstWhen: 'tiling-when', foldLastWhen: 'tiling-last-when' } : {}),
    ...(isUnder && has('outputs')
      ? { outputsFirstWhen: 'tiling-outputs-when', outputsLastWhen: 'tiling-outputs-last-when' }
      : {}),
  };
}

export const at = (v: AxisVar, e: Axis) => ({ axes: [[v, e]] as const });
export const termAt = (t: Term, v: AxisVar, e: Axis): Term => must(core.substituteTerm(at(v, e), t));
export const objectAt = (o: Obj, v: AxisVar, e: Axis): Obj => B.substituteObject(at(v, e), o);
export const thmAt = (t: Thm, v: AxisVar, e: Axis): Thm => must(core.instantiate(t, at(v, e)));

/** Where an object has an axis among its leaves' axes: at one place of each, under the same axes, at none, or refused as undefined. */
export function placeOf(object: Obj, v: AxisVar): number | 'none' | undefined {
  const e = B.ofVar(v);
  const places = object.leaves.map((l) => l.axes.flatMap((a, i) => (a === e ? [i] : mentions(a, v) ? [-1, -1] : [])));
  if (places.every((p) => p.length === 0)) return 'none';
  const place = places[0]![0]!;
  const isOne = places.every((p) => p.length === 1 && p[0] === place) && place >= 0;
  const outer = object.leaves[0]!.axes.slice(0, place);
  return isOne && object.leaves.every((l) => outer.every((a, i) => l.axes[i] === a)) ? place : undefined;
}
const mentions = (a: Axis, v: AxisVar): boolean =>
  a.terms.some((m) => m.vars.includes(v) || (m.tail !== undefined && mentions(m.tail, v)));

/** x with the axis at `place` moved to the front, and what is left under it. */
export const fronted = (object: Obj, place: number, x: Expr): Expr => apply(toFront(object, place), x);
export const backed = (front: Obj, place: number, x: Expr): Expr => apply(fromFront(front, place), x);
export const restOf = (object: Obj, place: number): Obj => under(toFront(object, place).cod, 1).rest;

export const wires = (list: readonly Binding[]): readonly Expr[] => list.map((w) => wire(w.name));
export const variableNamed = (t: Thm, name: string): AxisVar => {
  const { lhs, rhs, hypotheses } = must(core.sequent(t));
  const vars = must(core.variables(lhs, rhs, ...hypotheses.flatMap((h) => [h.lhs, h.rhs])));
  return [...vars.axes].find((v) => v.name === name && v.scope === 'free')!;
};
