/**
 * Which arrays over axis variables an object consists of, and where those of a block or a leaf stand in the list. Invariant:
 * the order is leaf by leaf, and within a leaf block by block, row-major. Knows nothing of terms or normal forms.
 */
import { type AxisVar, paths } from './axis.js';
import { refuse } from './error.js';
import { spend } from './fuel.js';
import type { Cell } from './node.js';
import type { Base, Obj } from './object.js';

export type Cells = readonly Cell[];

/** The arrays over axis variables that make up an object: leaf by leaf, block by block. */
export interface Slot {
  readonly base: Base;
  readonly vars: readonly AxisVar[];
}

export const CELL_BUDGET = 20_000;
const slotTable = new WeakMap<Obj, readonly Slot[]>();

export function slots(object: Obj): readonly Slot[] {
  const known = slotTable.get(object);
  if (known) return known;
  const made = object.leaves.flatMap((leaf) => {
    const blocks = leaf.axes.reduce<readonly (readonly AxisVar[])[]>(
      (acc, a) => limited(acc.flatMap((p) => paths(a).map((q) => joinedPath(p, q)))),
      [[]],
    );
    return blocks.map((vars) => Object.freeze({ base: leaf.base, vars: Object.freeze(vars) }));
  });
  slotTable.set(object, Object.freeze(limited(made)));
  return made;
}
function joinedPath(p: readonly AxisVar[], q: readonly AxisVar[]): readonly AxisVar[] {
  spend(4 + p.length + q.length);
  return [...p, ...q];
}
function limited<A>(list: A[]): A[] {
  if (list.length > CELL_BUDGET) refuse('E-BUDGET', 'structural equality', `at most ${CELL_BUDGET} blocks`);
  return list;
}

// ---- cells of a▹A: leaf by leaf, and within a leaf block by block -----------------------------------------------------

/** How many cells each leaf of an object has. */
function counts(object: Obj): number[] {
  return object.leaves.map((l) => {
    spend(2 + l.axes.length);
    return l.axes.reduce((n, a) => n * paths(a).length, 1);
  });
}

/** Of the cells of a▹A, where a has `total` blocks, those of blocks from … to - 1, leaf by leaf. */
export function range(total: number, object: Obj, cells: Cells, from: number, to: number): Cells {
  let start = 0;
  return counts(object).flatMap((n) => {
    const slice = cells.slice(start + from * n, start + to * n);
    spend(slice.length);
    start += total * n;
    return slice;
  });
}
export const part = (total: number, object: Obj, cells: Cells, block: number): Cells =>
  range(total, object, cells, block, block + 1);
export const blocksOf = (total: number, object: Obj, cells: Cells): Cells[] =>
  Array.from({ length: total }, (_, i) => part(total, object, cells, i));

/** The cells of a▹A from those of each block. */
export function join(object: Obj, blocks: readonly Cells[]): Cells {
  let start = 0;
  return counts(object).flatMap((n) => {
    const leaf = blocks.flatMap((b) => b.slice(start, start + n));
    spend(blocks.length + leaf.length);
    start += n;
    return leaf;
  });
}

export function splitCells(a: number, b: number, object: Obj, cells: Cells): Cells {
  return [...range(a + b, object, cells, 0, a), ...range(a + b, object, cells, a, a + b)];
}
export function concatCells(a: number, b: number, object: Obj, cells: Cells): Cells {
  const n = a * counts(object).reduce((x, y) => x + y, 0);
  return join(object, [...blocksOf(a, object, cells.slice(0, n)), ...blocksOf(b, object, cells.slice(n))]);
}

/** Of the cells of a▹b▹A, those of one leaf at one block of a and one of b. */
export function doubleBlock(
  a: number,
  b: number,
  object: Obj,
  cells: Cells,
  leaf: number,
  i: number,
  j: number,
): Cells {
  const sizes = counts(object);
  const start = sizes.slice(0, leaf).reduce((x, y) => x + y, 0) * a * b + (i * b + j) * sizes[leaf]!;
  return cells.slice(start, start + sizes[leaf]!);
}
