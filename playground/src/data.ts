// Built-in data for a kernel: arrays of the shapes that its wires declare, drawn from a seed. Invariant: the same seed gives the same numbers everywhere. Knows no kernel's text.
import type { AxisVar, Base } from '../../src/core/index.js';
import type { Extracted } from '../../src/kernel/extract/extract.js';
import { type Ring, sizeOf } from '../../src/kernel/ir/position.js';
import type { InputArray, Inputs } from '../../src/run/launch/launch.js';

/** The axis of rows that are computed alike, where a kernel has one: it stands first in every array. */
export const BATCH = 'batch';
const SCALARS: Readonly<Record<string, number>> = { eps: 1e-6 };

/** Numbers in [0, 1): the generator mulberry32. */
function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}
/** Normal numbers by Box and Muller. */
const normal = (next: () => number): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

function drawn(shape: readonly number[], base: Base, next: () => number): InputArray {
  const length = shape.reduce((n, m) => n * m, 1);
  const one = base._tag === 'Boolean' ? () => (next() < 0.5 ? 0 : 1) : () => normal(next);
  return { shape, data: Float32Array.from({ length }, one) };
}

/** The axes that sizes must be given of, in the order in which the wires have them. */
export function axesOf({ info, theorem }: Extracted): readonly string[] {
  const own = [...info.names.axes.keys()];
  return theorem.tiles.has(BATCH) ? [BATCH, ...own.filter((a) => a !== BATCH)] : own;
}

export function inputsFor({ info, theorem }: Extracted, sizes: Readonly<Record<string, number>>, seed: number): Inputs {
  const size = (v: AxisVar): number => sizes[v.name] ?? 1;
  const ring: Ring<number> = { zero: 0, one: 1, size, add: (x, y) => x + y, mul: (x, y) => x * y };
  const next = uniform(seed);
  const rows = theorem.tiles.has(BATCH) && sizes[BATCH] !== undefined ? [sizes[BATCH]] : [];
  const inputs = info.wires.map(({ name, object }): readonly [string, InputArray] => {
    const leaf = object.leaves[0]!;
    const own = leaf.axes.map((a) => sizeOf(ring, a));
    if (own.length > 0) return [name, drawn([...rows, ...own], leaf.base, next)];
    const value = SCALARS[name];
    return [name, value === undefined ? drawn([], leaf.base, next) : { shape: [], data: Float64Array.of(value) }];
  });
  return Object.fromEntries(inputs);
}
