/**
 * Values of an object: one expression for each block of each of its arrays, in order. Invariant: a value stands in a context of `depth`
 * indices, and the indices of a block over v, w, … have the levels depth, depth + 1, …, so that going under `map a` changes no
 * expression. It does not know terms.
 */
import { type Axis, type AxisVar, paths } from './axis.js';
import { array, type Node, node, rename } from './node.js';
import { blocks, type Obj, shape } from './object.js';
import { type Index, index } from './polynomial.js';
import { spend } from './refusal.js';

export type Value = readonly Node[];

const counts = (o: Obj): readonly number[] => blocks(o).map((b) => b.length);

/** The indices of a block over these variables. */
export const own = (vars: readonly AxisVar[], depth: number): readonly Index[] =>
  vars.map((v, n) => index(v, depth + n));

/** x : e▹o, as one value for each path of e. */
export const scatter = (x: Value, e: Axis, o: Obj): readonly Value[] => {
  const ways = paths(e).length;
  const parts: Node[][] = Array.from({ length: ways }, () => []);
  let at = 0;
  for (const n of counts(o))
    for (const part of parts) {
      spend(1 + n);
      part.push(...x.slice(at, at + n));
      at += n;
    }
  return parts;
};

/** And back. */
export const gather = (parts: readonly Value[], o: Obj): Value => {
  let at = 0;
  return counts(o).flatMap((n) => {
    const leaf = parts.flatMap((part) => part.slice(at, at + n));
    spend(1 + parts.length + leaf.length);
    at += n;
    return leaf;
  });
};

/** x, over the variables of `outer` and then those of each block of o, with the image of the n-th index in place of that. */
export const reindexed = (
  x: Value,
  outer: readonly AxisVar[],
  o: Obj,
  depth: number,
  to: (i: Index, n: number) => Index,
): Value =>
  x.map((e, block) => {
    const at = own([...outer, ...(shape(o)[block] ?? [])], depth);
    spend(4 + 4 * at.length);
    return rename(e, new Map(at.map((i, n) => [i.level, to(i, n)])));
  });

/** With levels that are higher by `by`. */
export const raised = (i: Index, by: number): Index => index(i.v, i.level + by);

/** From a context into a deeper one. */
export const weaken = (x: Value, o: Obj, from: number, depth: number): Value =>
  from === depth ? x : reindexed(x, [], o, from, (i) => raised(i, depth - from));

/** x : a▹o at these indices, which go through one path of a; x has the blocks of that path. */
export const elementAt = (x: Value, o: Obj, at: readonly Index[], depth: number): Value => {
  const outer = at.map((i) => i.v);
  return reindexed(x, outer, o, depth, (i, n) => at[n] ?? raised(i, -at.length));
};

/** Whole arrays, for arguments and states. */
export const arrays = (x: Value, o: Obj, depth: number): readonly Node[] =>
  shape(o).flatMap((vars, n) => (x[n] ? [array(x[n], vars, depth)] : []));

/** The arrays of o that `make` names, by their elements. */
export const opaque = (o: Obj, depth: number, make: (block: number, at: readonly Index[]) => Node): Value =>
  shape(o).map((vars, n) => {
    spend(4 + 4 * vars.length);
    return make(n, own(vars, depth));
  });

export const wires = (o: Obj): Value => opaque(o, 0, (n, at) => node('wire', [], { label: `${n}`, at }));
