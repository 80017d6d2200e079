/**
 * The state of the IR's evaluator, its integers and its expressions: sizes, indices and private values as normal forms, one choice of block 0
 * or another block of each grouped axis at a time. Invariant: an index that may lie past its extent is refused unless clamped or guarded. It
 * knows no statements; readback.ts does.
 */
import type { AxisVar, Cell, Node, Ref } from '../../core/index.js';
import { type Polynomials, decode, polynomials } from './address.js';
import { refuse } from './error.js';
import {
  type Arithmetic,
  type Expr,
  type Grouped,
  type Int,
  type Kernel,
  type Operator,
  groupedUses,
  staticSize,
  variablesOf,
} from '../ir/kernel.js';
import { blocks } from '../ir/position.js';
import { type Pool, free } from '../../normal/rewrite.js';

export type Branch = ReadonlyMap<string, 'first' | 'other'>;

export interface Index {
  readonly name: number;
  readonly axis: AxisVar;
  /** the grouped axis whose ragged extent it may pass */
  readonly grouped: Grouped | undefined;
}
export interface Variable {
  readonly dims: readonly string[];
  readonly cell: Cell | undefined;
  /** how many `Each` were open where it was declared */
  readonly eaches: number;
}
export interface Frame {
  readonly index: string;
  /** outer arrays that the turns assign, and at which index */
  readonly assigns: ReadonlyMap<string, string>;
}

export class Reading {
  protected readonly ring: Polynomials;
  protected readonly indices = new Map<string, Index>();
  protected readonly turns = new Map<string, Index>();
  protected ints = new Map<string, Node>();
  protected variables = new Map<string, Variable>();
  protected readonly tiles = new Map<string, Cell>();
  protected readonly guarded = new Set<string>();
  protected readonly eaches: Frame[] = [];
  protected next = 1;

  constructor(
    protected readonly pool: Pool,
    protected readonly kernel: Kernel,
    protected readonly branch: Branch,
  ) {
    this.ring = polynomials(pool);
  }

  protected fresh(axis: AxisVar, grouped?: Grouped): Index {
    return { name: this.next++, axis, grouped };
  }
  protected inTile(u: Grouped): Index {
    return this.fresh(this.side(u) === 'first' ? u.rest : u.tile, u);
  }
  protected side(u: Grouped): 'first' | 'other' {
    return this.branch.get(u.name)!;
  }
  protected grouped(use: string): Grouped {
    return groupedUses(this.kernel).find((u) => u.name === use) ?? refuse('E-SCOPE', use);
  }

  // ---- integers ----

  protected int(e: Int): Node {
    switch (e._tag) {
      case 'Num':
        return this.ring.num(e.value);
      case 'Size':
        return this.ring.size(e.axis);
      case 'Name':
        return this.ints.get(e.name) ?? refuse('E-SCOPE', e.name);
      case 'Add':
        return this.ring.add(this.int(e.left), this.int(e.right));
      case 'Mul':
        return this.ring.mul(this.int(e.left), this.int(e.right));
      case 'At':
        return this.ring.position(this.raw(e.index));
      case 'Slot':
        return refuse('E-SHAPE', e.index, 'a slot is no position');
      case 'Within':
        return this.within(e.index, this.int(e.extent));
      case 'Grid':
      case 'Turn':
        return this.ring.position(
          free((this.turnOf(e._tag, e.use) ?? refuse('E-GUARD', e.use, 'block 0 has no turn')).name),
        );
      case 'Block':
        return this.int(this.side(this.grouped(e.use)) === 'first' ? e.first : e.other);
    }
  }

  /** The number of a block: of a Grid axis as it is, of a grouped axis less 1. */
  private turnOf(tag: 'Grid' | 'Turn', use: string): Index | undefined {
    const isGrid = this.kernel.uses.some((u) => u.name === use && u._tag === 'Grid');
    return isGrid === (tag === 'Grid') ? this.turns.get(use) : refuse('E-SHAPE', use, tag);
  }

  protected index(name: string): Index {
    return this.indices.get(name) ?? refuse('E-SCOPE', name);
  }

  /** An index as it is: in a ragged block only under a guard. */
  protected raw(name: string): Ref {
    const index = this.index(name);
    if (index.grouped && this.side(index.grouped) === 'first' && !this.guarded.has(name)) refuse('E-GUARD', name);
    return free(index.name);
  }

  protected within(name: string, extent: Node): Node {
    const index = this.index(name);
    if (!index.grouped || extent !== this.ring.size(index.axis))
      refuse('E-BOUND', name, 'clamped into another extent', index.axis.name);
    return this.ring.position(free(index.name));
  }

  protected bounded(where: string, bound: Int, axis: AxisVar): void {
    if (this.int(bound) !== this.ring.size(axis)) refuse('E-BOUND', where, axis.name);
  }

  // ---- expressions ----

  protected expr(e: Expr): Node {
    const { pool } = this;
    switch (e._tag) {
      case 'Const':
        return pool.constant(e.value);
      case 'Bool':
        return pool.make({ _tag: 'Literal', value: e.value }, [], []);
      case 'Real':
        return this.real(this.int(e.int));
      case 'Get':
        return this.get(e.name, e.index);
      case 'Tile':
        return this.element(e.name, this.tiles.get(e.name), e.index);
      case 'Load':
        return this.load(e.array, this.int(e.address));
      case 'Op':
        return this.operation(
          e.operator,
          e.args.map((a) => this.expr(a)),
        );
      case 'Select':
        return this.operate({ _tag: 'Select' }, this.expr(e.condition), this.expr(e.yes), this.expr(e.no));
    }
  }

  private operate(data: Node['data'], ...args: readonly Node[]): Node {
    return this.pool.make(
      data,
      [],
      args.map((a) => this.pool.scalar(a)),
    );
  }
  private operation(operator: Arithmetic, args: readonly Node[]): Node {
    const [x, y] = args as readonly [Node, Node];
    const op = (name: Operator, ...of: readonly Node[]): Node => this.operate({ _tag: 'Op', operator: name }, ...of);
    switch (operator) {
      case 'sub':
        return op('add', x, op('neg', y));
      case 'div':
        return op('mul', x, op('recip', y));
      case 'max':
        return this.operate({ _tag: 'Select' }, op('lt', x, y), y, x);
      case 'min':
        return this.operate({ _tag: 'Select' }, op('lt', x, y), x, y);
      default:
        return op(operator, ...args);
    }
  }

  /**
   * An integer that is used as a number must not pass 2^32: at most two summands for each of at most two axes' parts, each one run-time size or
   * position, of an axis of fewer than 2^31 elements, times tile sizes; or a small constant.
   */
  private real(node: Node): Node {
    if (node.data._tag !== 'Poly') return node;
    const isStatic = (n: Node): boolean =>
      n.data._tag === 'Size' && staticSize(this.kernel.uses, n.data.axis) !== undefined;
    const axes = new Set<string>();
    for (const t of node.data.terms) {
      const varying = t.atoms.map((a) => node.cells[a]!.body).filter((n) => !isStatic(n));
      const { num, den } = t.coefficient;
      const most = varying.length === 0 ? 2n ** 16n : 2n;
      if (den !== 1n || num < 0n || num >= most || varying.length > 1) refuse('E-BOUND', 'real', node);
      varying.forEach((n) => axes.add(this.useOf(n)));
    }
    return axes.size <= 2 ? node : refuse('E-BOUND', 'real', node);
  }
  private useOf(atom: Node): string {
    const ref = atom.refs[0];
    const axis = atom.data._tag === 'Size' ? atom.data.axis : ref?._tag === 'Free' ? this.axisOf(ref.name) : undefined;
    return this.kernel.uses.find((u) => axis && variablesOf(u).includes(axis))?.name ?? refuse('E-SCOPE', 'real', atom);
  }

  protected load(name: string, address: Node): Node {
    const input = this.kernel.inputs.findIndex((a) => a.name === name);
    if (input < 0) refuse('E-SCOPE', name);
    const before = this.kernel.inputs.slice(0, input).reduce((n, a) => n + blocks(a.axes).length, 0);
    const element = decode(this.pool, this.kernel.inputs[input]!.axes, address, (n) => this.axisOf(n));
    if (!element) refuse('E-ADDRESS', name, address);
    return this.pool.make({ _tag: 'Read', input: before + element.block.slot }, element.refs, []);
  }

  protected open(): readonly Index[] {
    return [...this.turns.values(), ...this.indices.values()];
  }
  protected axisOf(name: number): AxisVar | undefined {
    return this.open().find((i) => i.name === name)?.axis;
  }

  protected get(name: string, index: readonly Int[]): Node {
    const variable = this.variables.get(name) ?? refuse('E-SCOPE', name);
    const own = index.map(unslotted);
    for (const frame of this.eaches) {
      const only = frame.assigns.get(name);
      if (only !== undefined && only !== spelled(index))
        refuse('E-DEPEND', name, 'an array assigned in these turns is read elsewhere', only, spelled(index));
    }
    return this.element(name, variable.cell, own);
  }

  protected element(name: string, cell: Cell | undefined, index: readonly Int[]): Node {
    if (!cell) refuse('E-SCOPE', name, 'read before it is assigned');
    if (cell.vars.length !== index.length) refuse('E-SHAPE', name, index.length);
    const refs = index.map((e, p): Ref => {
      const axis = cell.vars[p]!;
      if (e._tag === 'Num' && e.value === 0 && !axis.maybeEmpty) return { _tag: 'First', axis };
      if (e._tag !== 'At' || this.index(e.index).axis !== axis) refuse('E-ADDRESS', name, e, axis.name);
      return free(this.index(e.index).name);
    });
    return this.pool.open(cell, refs).body;
  }
}

/** Where a lane keeps an element of its own: as a place in a private array, the element's index (share.ts). */
export const unslotted = (e: Int): Int => (e._tag === 'Slot' ? { _tag: 'At', index: e.index } : e);

/** Two elements' indices as texts: the same where the indices are, whatever their names. */
export const spelled = (index: readonly Int[]): string =>
  JSON.stringify(index.map(unslotted).map((e) => (e._tag === 'At' ? [e._tag, e.index] : [e._tag])));
