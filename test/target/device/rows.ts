// Some rows of a large case, as a case of its own: some elements of the batch, and of these some places along the first axis of the result. Invariant:
// what a kernel computes at a place of a result's axis depends on that place alone, so the statement and the forward bound of these rows are those of the
// whole. It does not know what is compared.
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { axisSizes, program } from '../../../src/kernel/extract/program.js';
import { axisNames } from '../../../src/kernel/extract/shapes.js';
import { type Case, type Prepared, prepare, streamOf } from '../kernels/case.js';
import { get } from '../../support/ir/dsl.js';
import { random } from '../../support/ir/run.js';
import { taken } from '../../report/numerics/properties.js';

export interface Rows {
  /** of the batch */
  readonly elements: readonly number[];
  /** the first axis of every output, and places along it; of a kernel without one, nothing */
  readonly along: { readonly axis: string; readonly places: readonly number[] } | undefined;
}

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const leafAxes = ({ info }: Extracted): readonly (readonly string[])[] =>
  info.spec.cod.leaves.map((l) => l.axes.map((e) => e.terms[0]!.vars[0]!.name));

export function firstAxis(kernel: Extracted): string | undefined {
  const [first, ...others] = leafAxes(kernel);
  const axis = first![0];
  // a part of the streamed axis has other results than all of it
  return axis !== streamOf(kernel).axis.name && others.every((o) => o[0] === axis) ? axis : undefined;
}

/** Both ends, both sides of the borders of tiles, and random places between. */
function placesOf(n: number, tile: number, count: number, next: () => number): readonly number[] {
  const rest = n - (Math.ceil(n / tile) - 1) * tile;
  const borders = [0, n - 1, rest - 1, rest, tile - 1, tile, n - tile, n - tile - 1].filter((p) => p >= 0 && p < n);
  const all = new Set(borders.slice(0, Math.max(2, count - 2)));
  while (all.size < Math.min(n, count)) all.add(Math.floor(next() * n));
  return [...all].sort((a, b) => a - b);
}

/** The products that float64 has time for, and how many rows there are in any case. */
export interface Effort {
  readonly most: number;
  readonly least: number;
}
export function chooseRows(kernel: Extracted, { sizes, leading, seed }: Case, { most, least }: Effort): Rows {
  const next = random(seed ^ 0x5eed);
  const axis = firstAxis(kernel);
  const streamed = sizes[streamOf(kernel).axis.name]!;
  const others = Object.entries(sizes).filter(([a]) => a !== axis && a !== streamOf(kernel).axis.name);
  const work =
    streamed *
    Math.max(
      1,
      others.reduce((sum, [, n]) => sum + n, 0),
    );
  const count = Math.max(least, Math.min(64, Math.floor(most / work)));
  const batch = product(leading);
  const tileOf = (a: string): number => kernel.theorem.tiles.get(a) ?? 64;
  if (axis === undefined) return { along: undefined, elements: placesOf(batch, tileOf('batch'), count, next) };
  const elements = placesOf(batch, 1, 2, next);
  return {
    elements,
    along: { axis, places: placesOf(sizes[axis]!, tileOf(axis), Math.ceil(count / elements.length), next) },
  };
}

/** The rows of one wire or output of the whole. */
function cut(
  data: ArrayLike<number>,
  axes: readonly string[],
  sizes: Case['sizes'],
  { elements, along }: Rows,
): Float64Array {
  const shape = axes.map((a) => sizes[a]!);
  const some = taken(data, [data.length / product(shape), ...shape], 0, elements);
  const position = along ? axes.indexOf(along.axis) : -1;
  return position < 0 ? some : taken(some, shape, position, along!.places);
}

export const rowsOfOutputs = (
  kernel: Extracted,
  { sizes }: Case,
  outputs: readonly ArrayLike<number>[],
  rows: Rows,
): readonly Float32Array[] =>
  leafAxes(kernel).map((axes, leaf) => new Float32Array(cut(outputs[leaf]!, axes, sizes, rows)));

export interface Part {
  readonly case: Case;
  readonly prepared: Prepared;
}

const sizesOfAll = ({ sizes, leading }: Case): Readonly<Record<string, number>> => ({
  ...sizes,
  batch: product(leading),
});

/** A prepared case for another text of the same theorem: its own program and tiles, the same inputs. */
export const forText = ({ emitted }: Extracted, c: Case, as: Prepared): Prepared => ({
  ...as,
  program: get(program(emitted, sizesOfAll(c))),
  sizes: axisSizes(emitted.validated.kernel, sizesOfAll(c)),
});

/** The rows of a case with these inputs. */
export function partOf(kernel: Extracted, c: Case, inputs: readonly Float32Array[], rows: Rows): Part {
  const { elements, along } = rows;
  const sizes = along ? { ...c.sizes, [along.axis]: along.places.length } : c.sizes;
  const small: Case = { ...c, sizes, leading: [elements.length] };
  const names = kernel.info.wires.map(axisNames);
  const data = names.map((axes, i) =>
    axes.length === 0 ? inputs[i]! : new Float32Array(cut(inputs[i]!, axes, c.sizes, rows)),
  );
  const batch = elements.map((_, b) =>
    names.map((axes, i) => {
      const shape = axes.map((a) => sizes[a]!);
      const n = product(shape);
      const from = axes.length === 0 ? 0 : b * n;
      return { shape, data: new Float64Array(data[i]!.subarray(from, from + n)) };
    }),
  );
  return { case: small, prepared: { ...prepare(kernel, small), inputs: data, batch } };
}
