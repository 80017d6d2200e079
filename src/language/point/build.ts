// The core's typed constructors for code that elaborates: a refusal is thrown as a Failure (caught at the boundary, error.ts)
// instead of returned. Invariant: adds no meaning of its own. Knows nothing of names, text or spans.
import type * as E from 'fp-ts/lib/Either.js';
import * as core from '../../core/index.js';
import { must } from './error.js';
import { callFits, objectsFit, productFits, sumFits } from './size.js';

export type * from '../../core/index.js';
export const { unit, zero, one, nonEmpty, sortOf, isTerm } = core;

type Door<Args extends readonly unknown[], A> = (...args: Args) => E.Either<core.CoreError, A>;
const open =
  <Args extends readonly unknown[], A>(door: Door<Args, A>) =>
  (...args: Args): A =>
    must(door(...args));

/** Fuel of what is done outside of the core. */
export const work = open(core.spend);

export const axisVar = open(core.axisVar);
export const ofVar = open(core.ofVar);
/** What would be over a limit is refused before the core begins to build it. */
const fitting =
  <Args extends readonly unknown[], A>(fits: (...args: Args) => void, door: Door<Args, A>) =>
  (...args: Args): A => {
    fits(...args);
    return must(door(...args));
  };

export const sum = fitting(sumFits, core.sum);
export const product = fitting(productFits, core.product);

export const real = open(core.real);
export const boolean = open(core.boolean);
export const objVar = open(core.objVar);
export const tensorObj = fitting((...parts: readonly core.Obj[]) => objectsFit(parts), core.tensorObj);
export const weave = open(core.weave);

export const id = open(core.id);
export const compose = open(core.compose);
export const tensor = fitting((f: core.Term, g: core.Term) => {
  objectsFit([f.dom, g.dom]);
  objectsFit([f.cod, g.cod]);
}, core.tensor);
export const swap = open(core.swap);
export const copy = fitting((object: core.Obj) => objectsFit([object, object]), core.copy);
export const discard = open(core.discard);
export const map = open(core.map);
export const repeat = open(core.repeat);
export const diag = open(core.diag);
export const exchange = open(core.exchange);
export const split = open(core.split);
export const concat = open(core.concat);
export const tile = open(core.tile);
export const flatten = open(core.flatten);
export const first = open(core.first);
export const rational = open(core.rational);
export const constant = open(core.constant);
export const operator = open(core.operator);
export const select = open(core.select);
export const position = open(core.position);
export const size = open(core.size);
export const scan = open(core.scan);
export const morphismVar = open(core.morphismVar);
export const variable = open(core.variable);
export const family = open(core.family);
export const define = open(core.define);
export const call = fitting(callFits, core.call);
export const substituteObject = open(core.substituteObject);
export const substituteTerm = open(core.substituteTerm);
export const substituteAxis = open(core.substituteAxis);

/** The object with these leaves. */
export const ofLeaves = (leaves: readonly core.Leaf[]): core.Obj =>
  tensorObj(
    ...leaves.map(({ base, axes }) => {
      switch (base._tag) {
        case 'Real':
          return real(...axes);
        case 'Boolean':
          return boolean(...axes);
        case 'ObjVar':
          return objVar(base.name, ...axes);
      }
    }),
  );

/** e▹A as e and A: the axis that all leaves have in front. There is none for the empty product. */
export function peel(object: core.Obj): { readonly axis: core.Axis; readonly rest: core.Obj } | undefined {
  const axis = object.leaves[0]?.axes[0];
  if (!axis || !object.leaves.every((l) => l.axes[0] === axis)) return undefined;
  return { axis, rest: ofLeaves(object.leaves.map((l) => ({ base: l.base, axes: l.axes.slice(1) }))) };
}

export const leafObjects = (object: core.Obj): readonly core.Obj[] => object.leaves.map((l) => ofLeaves([l]));
