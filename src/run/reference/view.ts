/**
 * Strided views of arrays of numbers. Invariant: `dims` and `strides` have one length, and every index inside `dims` lands
 * inside `data`; views are never written to after they are returned. Knows nothing of terms or axes.
 *
 * A view may carry beside each number a second one, its magnitude, and a count of roundings (see bound.ts); or beside its middle the radius and
 * the exponent of a ball (wide.ts).
 */
import type { Operator } from '../../core/index.js';

export interface View {
  readonly id: number;
  readonly data: Float64Array;
  /** the magnitude; of a ball its radius */
  readonly magnitude: Float64Array | undefined;
  /** of a ball; undefined where the numbers are binary64 */
  readonly exponent: Float64Array | undefined;
  readonly roundings: number;
  readonly offset: number;
  readonly dims: readonly number[];
  readonly strides: readonly number[];
  /** of a view whose numbers are not computed yet (fused.ts): its data is empty */
  readonly deferred?: Deferred | undefined;
}

/** What a view that has no numbers yet is made of; where two read it, it is made once into an array. */
export interface Deferred {
  readonly operator: Operator;
  readonly args: readonly View[];
  /** how many operations it is */
  readonly operations: number;
  isRead: boolean;
  made: View | undefined;
}

export type Layout = Pick<View, 'offset' | 'dims' | 'strides'>;

/** What stands beside each number. */
export type Beside = 'nothing' | 'magnitude' | 'wide';
export const besideOf = (v: View): Beside => (v.exponent ? 'wide' : v.magnitude ? 'magnitude' : 'nothing');

let count = 0;

export const sizeOf = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

export function rowMajor(dims: readonly number[]): number[] {
  const strides = new Array<number>(dims.length);
  let step = 1;
  for (let i = dims.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= dims[i]!;
  }
  return strides;
}

/** A fresh row-major array; `roundings` is what its numbers have been through. */
export function fresh(dims: readonly number[], beside: Beside, roundings: number): View {
  const size = sizeOf(dims);
  return {
    id: ++count,
    data: new Float64Array(size),
    magnitude: beside === 'nothing' ? undefined : new Float64Array(size),
    exponent: beside === 'wide' ? new Float64Array(size) : undefined,
    roundings,
    offset: 0,
    dims,
    strides: rowMajor(dims),
  };
}

/** The same numbers, seen otherwise. */
export const relaid = (v: View, layout: Partial<Layout>): View => ({ ...v, ...layout, id: ++count });

/** Replaces `removed` dimensions from `at` on. */
export function spliced(
  v: View,
  at: number,
  removed: number,
  dims: readonly number[],
  strides: readonly number[],
): View {
  const put = (list: readonly number[], by: readonly number[]): number[] => [
    ...list.slice(0, at),
    ...by,
    ...list.slice(at + removed),
  ];
  return relaid(v, { dims: put(v.dims, dims), strides: put(v.strides, strides) });
}

/** The elements from … from + length - 1 of one dimension. */
export function sliced(v: View, at: number, from: number, length: number): View {
  const dims = v.dims.slice();
  dims[at] = length;
  return relaid(v, { dims, offset: v.offset + from * v.strides[at]! });
}

/** One element of one dimension, which goes away. */
export function picked(v: View, at: number, index: number): View {
  return relaid(spliced(v, at, 1, [], []), { offset: v.offset + index * v.strides[at]! });
}

/** A loop over `dims` for several operands: `row` gets the offset of each at the start of a row, and the row's length. */
export interface Walk {
  readonly length: number;
  /** the step of each operand along a row */
  readonly steps: readonly number[];
  readonly rows: (row: (offsets: readonly number[]) => void) => void;
}

/** Merges dimensions that all operands run through without a gap. */
function merged(dims: readonly number[], strides: readonly (readonly number[])[]): [number[], number[][]] {
  const outDims: number[] = [];
  const out: number[][] = strides.map(() => []);
  dims.forEach((n, i) => {
    if (n === 1) return;
    const last = outDims.length - 1;
    if (last >= 0 && strides.every((s, k) => out[k]![last] === s[i]! * n)) {
      outDims[last]! *= n;
      strides.forEach((s, k) => (out[k]![last] = s[i]!));
      return;
    }
    outDims.push(n);
    strides.forEach((s, k) => out[k]!.push(s[i]!));
  });
  return [outDims, out];
}

export function walk(dims: readonly number[], operands: readonly Omit<Layout, 'dims'>[]): Walk {
  const [outer, strides] = merged(
    dims,
    operands.map((o) => o.strides),
  );
  const length = outer.pop() ?? 1;
  const steps = strides.map((s) => (s.length > outer.length ? s.pop()! : 0));
  const empty = length === 0 || outer.includes(0);
  const rows = (row: (offsets: readonly number[]) => void): void => {
    if (!empty)
      odometer(
        outer,
        strides,
        operands.map((o) => o.offset),
        row,
      );
  };
  return { length, steps, rows };
}

function odometer(
  dims: readonly number[],
  strides: readonly (readonly number[])[],
  offsets: number[],
  row: (offsets: readonly number[]) => void,
): void {
  const index = dims.map(() => 0);
  for (;;) {
    row(offsets);
    let d = dims.length - 1;
    for (; d >= 0; d--) {
      index[d]!++;
      for (let k = 0; k < offsets.length; k++) offsets[k]! += strides[k]![d]!;
      if (index[d]! < dims[d]!) break;
      for (let k = 0; k < offsets.length; k++) offsets[k]! -= strides[k]![d]! * dims[d]!;
      index[d] = 0;
    }
    if (d < 0) return;
  }
}

/** Copies `from` into the part of `into` that starts at `layout`. */
export function copyInto(into: View, layout: Omit<Layout, 'dims'>, from: View): void {
  const loop = walk(from.dims, [layout, from]);
  const [so, sx] = [loop.steps[0]!, loop.steps[1]!];
  const move = (target: Float64Array, source: Float64Array): void =>
    loop.rows(([o, x]) => {
      for (let i = 0, a = o!, b = x!; i < loop.length; i++, a += so, b += sx) target[a] = source[b]!;
    });
  move(into.data, from.data);
  if (into.magnitude && from.magnitude) move(into.magnitude, from.magnitude);
  if (into.exponent && from.exponent) move(into.exponent, from.exponent);
}

/** The same array, row-major and without gaps. */
export function packed(v: View): View {
  const made = fresh(v.dims, besideOf(v), v.roundings);
  copyInto(made, made, v);
  return made;
}

/** Arrays joined along dimension `at`. */
export function joined(at: number, parts: readonly View[]): View {
  const dims = parts[0]!.dims.slice();
  dims[at] = parts.reduce((n, p) => n + p.dims[at]!, 0);
  const made = fresh(dims, besideOf(parts[0]!), Math.max(...parts.map((p) => p.roundings)));
  let from = 0;
  for (const p of parts) {
    copyInto(made, { offset: from * made.strides[at]!, strides: made.strides }, p);
    from += p.dims[at]!;
  }
  return made;
}
