/**
 * Decides addresses: a polynomial in sizes and positions is decoded to a block of an array and its indices, by comparing it with the
 * row-major position of each block. Invariant: an index of axis x is filled by an open index over x itself, or by x's first element;
 * what is not exactly of that form has no decoding. It knows nothing of statements.
 */
import { type Axis, type AxisVar, type Node, type Ref, rational } from '../../core/index.js';
import * as E from 'fp-ts/lib/Either.js';
import { type Block, type Ring, blocks, offset } from '../ir/position.js';
import { type Pool, free } from '../../normal/rewrite.js';

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

/** One for each pool: an address and the position that it is compared with are made of the same sums and products, and these are made once. */
export function polynomials(pool: Pool): Polynomials {
  const known = made.get(pool) ?? ringOf(pool);
  made.set(pool, known);
  return known;
}
const made = new WeakMap<Pool, Polynomials>();

/** An operation on nodes of one pool, computed once for each pair. */
function remembered(operation: (x: Node, y: Node) => Node): (x: Node, y: Node) => Node {
  const known = new Map<Node, Map<Node, Node>>();
  return (x, y) => {
    const ofX = known.get(x) ?? new Map<Node, Node>();
    const value = ofX.get(y) ?? operation(x, y);
    known.set(x, ofX.set(y, value));
    return value;
  };
}

function ringOf(pool: Pool): Polynomials {
  const num = (n: number): Node => pool.constant(integer(n));
  const operate = (operator: 'add' | 'mul', x: Node, y: Node): Node =>
    pool.make({ _tag: 'Op', operator }, [], [pool.scalar(x), pool.scalar(y)]);
  const add = remembered((x, y) => operate('add', x, y));
  return {
    num,
    zero: num(0),
    one: num(1),
    add,
    mul: remembered((x, y) => operate('mul', x, y)),
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

/** The open indices of an address, by the axis that each is over; undefined where one is over none. */
function openIn(address: Node, axisOf: (name: number) => AxisVar | undefined): Open | undefined {
  const open = new Map<AxisVar, Set<number>>();
  for (const ref of address.cells.flatMap((c) => c.body.refs)) {
    if (ref._tag !== 'Free') continue;
    const axis = axisOf(ref.name);
    if (axis === undefined) return undefined;
    open.set(axis, (open.get(axis) ?? new Set()).add(ref.name));
  }
  return open;
}
type Open = ReadonlyMap<AxisVar, ReadonlySet<number>>;

const isFilledBy = (refs: readonly Ref[], open: Open): boolean => {
  const used = new Set(refs.flatMap((r) => (r._tag === 'Free' ? [r.name] : [])));
  return [...open.values()].every((names) => [...names].every((name) => used.has(name)));
};

/**
 * The ways to fill a block's places that an address may have: each open index of the address has a coefficient that is not 0, so it fills a place
 * over its own axis; the first element stands only where places are left over. The others need no comparison.
 */
function fillings({ vars }: Block, open: Open): readonly (readonly Ref[])[] {
  const places = new Map<AxisVar, number>();
  for (const v of vars) places.set(v, (places.get(v) ?? 0) + 1);
  for (const [v, names] of open) if (names.size > (places.get(v) ?? 0)) return [];
  const candidates = vars.map((v): readonly Ref[] => {
    const names = [...(open.get(v) ?? [])].map(free);
    const full = names.length >= places.get(v)!;
    return v.maybeEmpty || full ? names : [...names, { _tag: 'First', axis: v }];
  });
  return product(candidates).filter((refs) => isFilledBy(refs, open));
}

/** The element at an address, the axis of each open name given by `axisOf`. */
export function decode(
  pool: Pool,
  axes: readonly Axis[],
  address: Node,
  axisOf: (name: number) => AxisVar | undefined,
): Element | undefined {
  const ring = polynomials(pool);
  const open = openIn(address, axisOf);
  if (!open) return undefined;
  for (const block of blocks(axes))
    for (const refs of fillings(block, open))
      if (offset(ring, axes, block, refs.map(ring.position)) === address) return { block, refs };
  return undefined;
}
