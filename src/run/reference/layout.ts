/**
 * Where the blocks of composite axes lie in flat arrays: a sum is laid out as concatenation, a product row-major. Invariant: the
 * blocks come in the order of the core's `slots`. Knows nothing of values.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Axis, type AxisVar, type Obj, slots } from '../../core/index.js';
import { axisSize } from './evaluate.js';

export type Sizes = ReadonlyMap<AxisVar, number>;

export function variableSize(sizes: Sizes, v: AxisVar): number {
  const n = sizes.get(v);
  if (n === undefined) throw new Error(`no size for ${v.name}`);
  return n;
}

/** Where the elements of one block lie in a flat array: offset + sum of index_i * stride_i. */
export interface Block {
  readonly offset: number;
  readonly strides: readonly number[];
}
/** The blocks of an axis in the order of `paths`, by the convention of evaluate.ts. */
function axisBlocks(sizes: Sizes, e: Axis): Block[] {
  let start = 0;
  return e.terms.flatMap((m) => {
    const inner = m.tail ? axisBlocks(sizes, m.tail) : [{ offset: 0, strides: [] }];
    const strides: number[] = [];
    let step = m.tail ? axisSize(sizes, m.tail) : 1;
    for (const v of [...m.vars].reverse()) {
      strides.unshift(step);
      step *= variableSize(sizes, v);
    }
    const here = start;
    start += step;
    return inner.map((b) => ({ offset: here + b.offset, strides: [...strides, ...b.strides] }));
  });
}

/** The blocks of a leaf, in the order of `slots`. */
function leafBlocks(sizes: Sizes, axes: readonly Axis[]): Block[] {
  return axes.reduce<Block[]>(
    (acc, a) => {
      const n = axisSize(sizes, a);
      const inner = axisBlocks(sizes, a);
      return acc.flatMap((outer) =>
        inner.map((b) => ({
          offset: outer.offset * n + b.offset,
          strides: [...outer.strides.map((s) => s * n), ...b.strides],
        })),
      );
    },
    [{ offset: 0, strides: [] }],
  );
}

export interface Place {
  readonly leaf: number;
  readonly block: Block;
  readonly dims: readonly number[];
}
export function places(sizes: Sizes, object: Obj): Place[] {
  const vars = certain(slots(object));
  return object.leaves
    .flatMap((l, leaf) => leafBlocks(sizes, l.axes).map((block) => ({ leaf, block })))
    .map((p, i) => ({ ...p, dims: vars[i]!.vars.map((v) => variableSize(sizes, v)) }));
}

export const at = (b: Block, index: readonly number[]): number =>
  index.reduce((n, i, k) => n + i * b.strides[k]!, b.offset);

export function* indices(dims: readonly number[]): Generator<number[]> {
  if (dims.includes(0)) return;
  const index = dims.map(() => 0);
  for (;;) {
    yield [...index];
    let d = dims.length - 1;
    while (d >= 0 && ++index[d]! === dims[d]!) index[d--] = 0;
    if (d < 0) return;
  }
}

export function certain<A>(made: E.Either<unknown, A>): A {
  if (E.isLeft(made)) throw new Error('the core accepts what it made');
  return made.right;
}
