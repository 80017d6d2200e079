/**
 * Objects: finite products of arrays (docs/reference/certificate.md, Objects). Invariant: interned and frozen; equality is `===`. An object variable
 * under axes is one leaf until it is instantiated. Knows nothing of terms.
 */
import { type Axis, type AxisVar, addAxisVars, genuineAxes, substituteAxis } from './axis.js';
import { refuse } from './error.js';
import { spend } from './fuel.js';
import { Table } from './table.js';

/** `real` and `boolean` scalars, or the elements of an object variable. */
export type Base =
  { readonly _tag: 'Real' } | { readonly _tag: 'Boolean' } | { readonly _tag: 'ObjVar'; readonly name: string };

/** An array: `base` with an ordered list of axes, outermost first. */
export interface Leaf {
  readonly base: Base;
  readonly axes: readonly Axis[];
}

export interface Obj {
  readonly _tag: 'Obj';
  readonly id: number;
  readonly leaves: readonly Leaf[];
}

const objects = new Table<Obj>();
export const isObj = (value: unknown): value is Obj => objects.has(value);

const baseKey = (b: Base): string => (b._tag === 'ObjVar' ? JSON.stringify(b.name) : b._tag);

function internObj(leaves: readonly Leaf[]): Obj {
  spend(leaves.reduce((n, l) => n + 4 + l.axes.length, 1));
  const key = leaves.map((l) => `${baseKey(l.base)}[${l.axes.map((a) => a.id).join()}]`).join('*');
  const frozen = () =>
    leaves.map((l) => Object.freeze({ base: Object.freeze({ ...l.base }), axes: Object.freeze([...l.axes]) }));
  return objects.intern(key, (id) => ({ _tag: 'Obj', id, leaves: Object.freeze(frozen()) }));
}

/** The empty product. */
export const unit: Obj = internObj([]);

function arrayOf(base: Base, axes: readonly Axis[]): Obj {
  genuineAxes('array', ...axes);
  return internObj([{ base, axes }]);
}
/** R[e…]: a real array. */
export const real = (...axes: readonly Axis[]): Obj => arrayOf({ _tag: 'Real' }, axes);
/** B[e…]: a boolean array. */
export const boolean = (...axes: readonly Axis[]): Obj => arrayOf({ _tag: 'Boolean' }, axes);
/** A[e…]: an object variable under axes. */
export function objVar(name: string, ...axes: readonly Axis[]): Obj {
  if (typeof name !== 'string' || name === '') refuse('E-TYPE', 'objVar', 'an object variable has a name');
  return arrayOf({ _tag: 'ObjVar', name }, axes);
}

const pairs = new Map<number, Obj>();
/** A * B * … */
export function tensorObj(...parts: readonly Obj[]): Obj {
  genuineObjs('object', ...parts);
  if (parts.length !== 2) return parts.length === 1 ? parts[0]! : internObj(parts.flatMap((p) => p.leaves));
  const key = parts[0]!.id * 2 ** 26 + parts[1]!.id;
  const known = pairs.get(key);
  if (known) return known;
  const made = internObj(parts.flatMap((p) => p.leaves));
  pairs.set(key, made);
  return made;
}

/** a▹A: puts axis a in front of every array of A. */
export function weave(a: Axis, object: Obj): Obj {
  genuineAxes('weave', a);
  genuineObjs('weave', object);
  return internObj(object.leaves.map((l) => ({ base: l.base, axes: [a, ...l.axes] })));
}

/** The object B with whole = prefix * B, if there is one. */
export function withoutPrefix(prefix: Obj, whole: Obj): Obj | undefined {
  if (!isObj(prefix) || !isObj(whole)) return undefined;
  const n = prefix.leaves.length;
  return internObj(whole.leaves.slice(0, n)) === prefix ? internObj(whole.leaves.slice(n)) : undefined;
}

export type AxisImage = (v: AxisVar) => Axis | undefined;

/** Replaces axis and object variables, all at once; an object image takes the leaf's axes in front of its own. */
export function substituteObj(axisOf: AxisImage, objectOf: (name: string) => Obj | undefined, object: Obj): Obj {
  genuineObjs('substitute', object);
  return internObj(
    object.leaves.flatMap((l) => {
      const axes = l.axes.map((a) => substituteAxis(axisOf, a));
      const image = l.base._tag === 'ObjVar' ? objectOf(l.base.name) : undefined;
      if (!image) return [{ base: l.base, axes }];
      genuineObjs('substitute', image);
      return image.leaves.map((m) => ({ base: m.base, axes: [...axes, ...m.axes] }));
    }),
  );
}

export function addObjVars(object: Obj, axesInto: Set<AxisVar>, namesInto: Set<string>): void {
  for (const l of object.leaves) {
    spend(1);
    l.axes.forEach((a) => addAxisVars(a, axesInto));
    if (l.base._tag === 'ObjVar') namesInto.add(l.base.name);
  }
}

export function genuineObjs(rule: string, ...list: readonly unknown[]): void {
  objects.require(rule, 'an object', list);
}
