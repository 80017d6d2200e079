/**
 * Where things are: indices of normal forms as integers of the IR, elements as addresses, polynomials as scalar expressions. Invariant: what
 * is written for another block is right for block 0 too, since it goes through a group's origin and extent. It does not know loops.
 */
import { type Axis, type AxisVar, type Node, type Rational, type Ref, paths } from '../../core/index.js';
import {
  type AxisUse,
  type Expr,
  type Grouped,
  type Int,
  add,
  at,
  mul,
  named,
  num,
  size,
  staticSize,
  variablesOf,
} from '../ir/kernel.js';
import { type Block, type Ring, blocks, positionIn, sizeOf } from '../ir/position.js';
import { type Pool, free } from '../../normal/rewrite.js';
import { refuse } from '../ir/scheduled.js';

/** What a free name of an opened normal form stands for. */
export type Place =
  | { readonly _tag: 'Grid'; readonly use: string }
  | { readonly _tag: 'Block' | 'Lane' | 'Register'; readonly use: Grouped }
  | { readonly _tag: 'Loop'; readonly index: string; readonly axis: AxisVar };

export const ring: Ring<Int> = { zero: num(0), one: num(1), size, add, mul };

export const originOf = (use: { readonly name: string }): string => `${use.name}_origin`;
export const extentOf = (use: { readonly name: string }): string => `${use.name}_extent`;
export const rowOf = (use: { readonly name: string }): string => `${use.name}_at`;

/** For a tile of lanes that all lanes fill together, the index that runs over it. */
export type Rows = ReadonlyMap<Grouped, string>;
const NO_ROWS: Rows = new Map();

export class Places {
  private readonly table = new Map<number, Place>();
  /** indices of blocks and of their elements: the same in every output */
  readonly blockNames = new Map<AxisVar, number>();
  /** loops whose tile origin has a name */
  readonly origins = new Map<number, string>();

  constructor(
    readonly pool: Pool,
    readonly uses: readonly AxisUse[],
  ) {}

  put(name: number, place: Place): void {
    this.table.set(name, place);
  }
  of(name: number): Place {
    return this.table.get(name) ?? refuse('L-AXIS', `${name}`);
  }
  loopAxis(name: number): AxisVar | undefined {
    const p = this.table.get(name);
    return p?._tag === 'Loop' ? p.axis : undefined;
  }
  registerOrNone(name: number): readonly Grouped[] {
    const p = this.table.get(name);
    return p?._tag === 'Register' ? [p.use] : [];
  }
  register(name: number): Grouped | undefined {
    const p = this.table.get(name);
    return p?._tag === 'Register' ? p.use : undefined;
  }

  useOf(axis: AxisVar): AxisUse {
    return this.uses.find((u) => variablesOf(u).includes(axis)) ?? refuse('L-AXIS', axis.name, 'no use');
  }

  /** An index as an integer; lanes and registers only clamped. */
  int(ref: Ref): Int {
    if (ref._tag === 'First') return num(0);
    const place = ref._tag === 'Free' ? this.of(ref.name) : refuse('L-POSITION', 'bound');
    switch (place._tag) {
      case 'Grid':
        return { _tag: 'Grid', use: place.use };
      case 'Loop':
        return at(place.index);
      default:
        return refuse('L-POSITION', place.use.name);
    }
  }

  /** The position of a lane, a register or a row in its whole axis; under a guard a register is its own. */
  position(
    use: Grouped,
    { guarded = false, row }: { readonly guarded?: boolean; readonly row?: string | undefined } = {},
  ): Int {
    if (use.as === 'lane' && row === undefined) return named(rowOf(use));
    if (guarded) return add(named(originOf(use)), at(use.name));
    return add(named(originOf(use)), { _tag: 'Within', index: row ?? use.name, extent: named(extentOf(use)) });
  }

  /** An element's address in an array: row-major, a group's two indices taken together; `rows` are indices that stand for a lane's own. */
  address(axes: readonly Axis[], block: Block, refs: readonly Ref[], { guarded = false, rows = NO_ROWS } = {}): Int {
    let from = 0;
    return axes.reduce((acc: Int, e, i) => {
      const count = paths(e)[block.paths[i]!]!.length;
      const here = this.along(e, block.paths[i]!, refs.slice(from, from + count), guarded, rows);
      from += count;
      return add(acc === ring.zero ? acc : mul(acc, sizeOf(ring, e)), here);
    }, ring.zero);
  }

  private along(e: Axis, path: number, refs: readonly Ref[], guarded: boolean, rows: Rows): Int {
    const [outer, inner] = refs.map((r) => (r._tag === 'Free' ? this.of(r.name) : undefined));
    if (
      refs.length === 2 &&
      outer?._tag === 'Block' &&
      (inner?._tag === 'Lane' || inner?._tag === 'Register') &&
      inner.use === outer.use
    )
      return this.position(inner.use, { guarded, row: rows.get(inner.use) });
    const origin = refs.length === 2 && refs[0]!._tag === 'Free' ? this.origins.get(refs[0]!.name) : undefined;
    if (origin) return add(named(origin), this.int(refs[1]!));
    return positionIn(
      ring,
      e,
      path,
      refs.map((r) => this.int(r)),
    );
  }

  /** The array and block of an input of the normal form. */
  blockOf(arrays: readonly (readonly Axis[])[], slot: number): { readonly array: number; readonly block: Block } {
    let rest = slot;
    for (const [array, axes] of arrays.entries()) {
      const all = blocks(axes);
      if (rest < all.length) return { array, block: all[rest]! };
      rest -= all.length;
    }
    return refuse('L-TYPE', `input ${slot}`);
  }

  // ---- polynomials ----

  polynomial(node: Node): Expr {
    const whole = this.joined(node);
    if (whole.data._tag !== 'Poly') return refuse('L-POSITION', whole.data._tag);
    const terms = whole.data.terms.map((t) => ({
      coefficient: t.coefficient,
      atoms: t.atoms.map((a) => this.atom(whole.cells[a]!.body)),
    }));
    if (terms.every((t) => t.atoms.length === 0))
      return { _tag: 'Const', value: terms[0]?.coefficient ?? { num: 0n, den: 1n } };
    if (terms.every((t) => this.small(t)))
      return { _tag: 'Real', int: terms.map((t) => t.atoms.reduce(mul, num(Number(t.coefficient.num)))).reduce(add) };
    const summands = terms.map((t): Expr => {
      const factors = t.atoms.map((int): Expr => ({ _tag: 'Real', int }));
      const isOne = t.coefficient.num === t.coefficient.den && factors.length > 0;
      const all: Expr[] = isOne ? factors : [{ _tag: 'Const', value: t.coefficient }, ...factors];
      return all.reduce((x, y) => ({ _tag: 'Op', operator: 'mul', args: [x, y] }));
    });
    return summands.reduce((x, y) => ({ _tag: 'Op', operator: 'add', args: [x, y] }));
  }

  /** No larger than an axis: a natural number, or one run-time factor times tile sizes. Larger ones are computed in reals. */
  private small({ coefficient, atoms }: { readonly coefficient: Rational; readonly atoms: readonly Int[] }): boolean {
    const varying = atoms.filter((a) => a._tag !== 'Size' || staticSize(this.uses, a.axis) === undefined);
    const { num: n, den } = coefficient;
    return den === 1n && (atoms.length === 0 ? n >= 0n && n < 2n ** 16n : n === 1n && varying.length <= 1);
  }

  private atom(node: Node): Int {
    if (node.data._tag === 'Size') return size(node.data.axis);
    const ref = node.refs[0]!;
    const whole = ref._tag === 'Free' ? this.wholes.get(ref.name) : undefined;
    return whole ? this.position(whole) : this.int(ref);
  }

  private readonly wholes = new Map<number, Grouped>();

  /** Writes each lane and register index as its position in the whole axis less the origin; the turns must then cancel. */
  private joined(node: Node): Node {
    const atoms = node.cells.flatMap((c) =>
      c.body.data._tag === 'Position' && c.body.refs[0]!._tag === 'Free' ? [c.body.refs[0]!.name] : [],
    );
    let now = node;
    for (const name of atoms) {
      const place = this.of(name);
      if (place._tag !== 'Lane' && place._tag !== 'Register') continue;
      now = this.substituted(now, name, this.globally(place.use, name));
    }
    return now;
  }

  private globally(use: Grouped, name: number): Node {
    const whole = 900_000_000 + name;
    this.wholes.set(whole, use);
    const turn = [...this.table].find(([, p]) => p._tag === 'Block' && p.use === use)![0];
    const atom = (data: Node['data'], refs: readonly Ref[]): Node => this.pool.make(data, refs, []);
    const one = { num: 1n, den: 1n };
    const minus = { num: -1n, den: 1n };
    return this.pool.polynomial([
      { coefficient: one, atoms: [atom({ _tag: 'Position' }, [free(whole)])] },
      { coefficient: minus, atoms: [atom({ _tag: 'Size', axis: use.rest }, [])] },
      {
        coefficient: minus,
        atoms: [atom({ _tag: 'Position' }, [free(turn)]), atom({ _tag: 'Size', axis: use.tile }, [])],
      },
    ]);
  }

  private substituted(node: Node, name: number, by: Node): Node {
    if (node.data._tag !== 'Poly') return node;
    const atoms = node.cells.map((c) =>
      c.body.refs[0]?._tag === 'Free' && c.body.refs[0].name === name ? by : c.body,
    );
    return this.pool.polynomial(
      node.data.terms.map((t) => ({ coefficient: t.coefficient, atoms: t.atoms.map((a) => atoms[a]!) })),
    );
  }
}
