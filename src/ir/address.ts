/**
 * Decides addresses: a polynomial in sizes and positions is decoded to a block of an array and its indices, by comparing it with the
 * row-major position of each block. Invariant: an index of axis x is filled by an open index over x itself, or by x's first element;
 * what is not exactly of that form has no decoding. It knows nothing of statements.
 */
import { type Axis, type AxisVar, type Node, type Ref, rational } from '../core/index.js';
import * as E from 'fp-ts/lib/Either.js';
import { type Block, type Ring, blocks, offset } from './position.js';
import { type Pool, free } from './rewrite.js';

const integer = (n: number) => {
  const made = rational(BigInt(n));
  if (E.isLeft(made)) throw new Error('an integer is a rational');
  return made.right;
};

/** Polynomials as nodes of a pool. */
export interface Polynomials extends Ring<Node> {
  readonly num: (n: number) => Node;
  readonly position: (ref: Ref) => Node;
}

export function polynomials(pool: Pool): Polynomials {
  const num = (n: number): Node => pool.constant(integer(n));
  const operate = (operator: 'add' | 'mul', x: Node, y: Node): Node =>
    pool.make({ _tag: 'Op', operator }, [], [pool.scalar(x), pool.scalar(y)]);
  const add = (x: Node, y: Node): Node => operate('add', x, y);
  return {
    num,
    zero: num(0),
    add,
    mul: (x, y) => operate('mul', x, y),
    size: (axis) => add(num(0), pool.make({ _tag: 'Size', axis }, [], [])),
    position: (ref) => add(num(0), pool.make({ _tag: 'Position' }, [ref], [])),
  };
}

export interface Element {
  readonly block: Block;
  readonly refs: readonly Ref[];
}

const product = <A>(lists: readonly (readonly A[])[]): readonly (readonly A[])[] =>
  lists.reduce<readonly (readonly A[])[]>((acc, list) => acc.flatMap((xs) => list.map((x) => [...xs, x])), [[]]);

/** The element at an address, the axis of each open name given by `axisOf`. */
export function decode(
  pool: Pool,
  axes: readonly Axis[],
  address: Node,
  axisOf: (name: number) => AxisVar | undefined,
): Element | undefined {
  const ring = polynomials(pool);
  const names = address.cells.flatMap((c) => c.body.refs.flatMap((r) => (r._tag === 'Free' ? [r.name] : [])));
  for (const block of blocks(axes)) {
    const candidates = block.vars.map((v): readonly Ref[] => {
      const open = names.filter((name) => axisOf(name) === v).map(free);
      return v.maybeEmpty ? open : [...open, { _tag: 'First', axis: v }];
    });
    for (const refs of product(candidates))
      if (offset(ring, axes, block, refs.map(ring.position)) === address) return { block, refs };
  }
  return undefined;
}
