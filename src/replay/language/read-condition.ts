/**
 * What a statement says under a condition: `if c then e else otherwise`, with a wire for each array that stands otherwise. Invariant: those wires come after
 * all others, and no other has their names. It does not know statements.
 */
import type { Side, Wire } from '../logic/expression.js';
import * as objects from '../logic/object.js';
import * as b from './read-build.js';
import type { Typed } from './read-build.js';
import { select } from './read-plumb.js';

/** `if conditions then … else others`: of the spec, and of what stands for its right side, the wires BRANCH. */
export interface Under {
  readonly others: readonly Wire[];
  readonly spec: Side;
  readonly branch: Side;
  readonly branches: readonly Wire[];
}

const fresh = (name: string, taken: ReadonlySet<string>): string => (taken.has(name) ? fresh(`${name}'`, taken) : name);

/** One for each array of the object. */
export const otherwise = (o: objects.Obj, wires: readonly Wire[]): Wire[] => {
  const taken = new Set(wires.map((w) => w.name));
  return o.leaves.map((leaf) => {
    const name = fresh('otherwise', taken);
    taken.add(name);
    return { name, object: objects.object([leaf]) };
  });
};

/** The first condition is the outermost. */
export const underAll = (conditions: readonly Typed[], value: Typed, others: readonly Wire[]): Typed => {
  const stands = (): Typed => b.tuple(others.map((w) => b.wire(w.name, w.object)));
  return [...conditions].reverse().reduce((inner, c) => select(c, inner, stands()), value);
};
