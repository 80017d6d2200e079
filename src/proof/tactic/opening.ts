/**
 * Normal forms with their binders opened to named indices, so that a node under a loop can be looked at, matched and read back.
 * Invariant: a node is opened once, with names larger than any free in it; the scope of a node is that of its largest free name.
 * Makes no theorem; what is built from it is checked by the core.
 */
import type { AxisVar, Base, Cell, Node, Ref, Slot } from '../../core/index.js';
import * as core from '../../core/index.js';
import type { Binding, Expr } from '../../language/point/point.js';
import { descend } from '../../language/point/error.js';
import { must } from './failure.js';

export type Evaluator = ReturnType<typeof core.evaluator>;

/** Where names are bound: the body of an array or of a loop. Lets are read in front of its result. */
export interface Scope {
  readonly depth: number;
  readonly lets: { readonly names: readonly Binding[]; readonly value: Expr }[];
}

export interface Index {
  readonly text: string;
  readonly axis: AxisVar;
  readonly scope: Scope;
}
/** A loop's state: its components' arrays and the names of the wires they are read back to. */
export interface Loop {
  readonly slots: readonly Slot[];
  readonly wires: readonly string[];
  readonly scope: Scope;
}

export interface Opened {
  /** names of the loop (steps only) and of the indices, outermost first */
  readonly names: readonly number[];
  readonly scope: Scope;
  readonly body: Node;
}

export const freeRef = (name: number): Ref => ({ _tag: 'Free', name });

/** Fuel of opening one binder: a node that stands under two binders is opened at both, and kept. */
const openingFuel = 500;

export class Openings {
  readonly top: Scope = { depth: 0, lets: [] };
  readonly indices = new Map<number, Index>();
  readonly loops = new Map<number, Loop>();
  private readonly cells = new Map<string, Opened>();
  private next = 1;
  private texts = 0;

  constructor(
    readonly evaluator: Evaluator,
    readonly slotOf: (input: number) => Slot,
  ) {}

  /** A wire or index name that no other has. */
  freshText(stem: string): string {
    this.texts += 1;
    return `${stem}#${this.texts}`;
  }
  /** Free names that no node made so far contains. */
  freshName(): number {
    return this.next++;
  }

  scopeOf(free: number): Scope {
    return this.indices.get(free)?.scope ?? this.loops.get(free)?.scope ?? this.top;
  }

  /** The array binders of a cell, opened; the same cell gives the same names. */
  array(cell: Cell): Opened {
    const key = `a${cell.id}`;
    const known = this.cells.get(key);
    if (known) return known;
    const scope = this.inner(cell.body.free);
    const names = cell.vars.map((v) => this.index(v, scope));
    const body = this.evaluator.pool.open(cell, names.map(freeRef)).body;
    return this.remember(key, { names, scope, body });
  }

  /** A loop's turn: names of the state and the index, shared by all cells of the loop. */
  turn(node: Node, axis: AxisVar): { readonly loop: number; readonly index: number } {
    const { inits, steps } = loopCells(node);
    const key = `t${axis.id}:${[...inits, ...steps].map((c) => c.id).join()}`;
    const known = this.cells.get(key);
    if (known) return { loop: known.names[0]!, index: known.names[1]! };
    const scope = this.inner(Math.max(0, ...[...inits, ...steps].map((c) => c.body.free)));
    const loop = this.freshName();
    const slots = inits.map((c) => ({ vars: c.vars, base: this.baseOf(c.body) }));
    this.loops.set(loop, { slots, wires: slots.map(() => this.freshText('s')), scope });
    const index = this.index(axis, scope);
    this.remember(key, { names: [loop, index], scope, body: node });
    return { loop, index };
  }

  /** A step or an output of a loop at its turn: still under the cell's own array binders. */
  step(node: Node, cell: Cell, axis: AxisVar): Cell {
    const { loop, index } = this.turn(node, axis);
    const { pool } = this.evaluator;
    return pool.open(pool.cell([axis, axis, ...cell.vars], cell.body), [freeRef(loop), freeRef(index)]);
  }

  private index(axis: AxisVar, scope: Scope): number {
    const name = this.freshName();
    this.indices.set(name, { text: this.freshText(axis.name), axis, scope });
    return name;
  }
  private inner(free: number): Scope {
    return { depth: this.scopeOf(free).depth + 1, lets: [] };
  }
  private remember(key: string, opened: Opened): Opened {
    must(core.spend(openingFuel));
    this.cells.set(key, opened);
    return opened;
  }

  /** What a node is an element of. Its own array binders may be closed; its loops are open. */
  baseOf(node: Node): Base {
    return descend(() => this.base(node));
  }
  private base(node: Node): Base {
    const { data } = node;
    switch (data._tag) {
      case 'Literal':
        return { _tag: 'Boolean' };
      case 'Op':
        return ['lt', 'not', 'and', 'or'].includes(data.operator) ? { _tag: 'Boolean' } : { _tag: 'Real' };
      case 'Select':
        return this.baseOf(node.cells[1]!.body);
      case 'Read':
        return this.slotOf(data.input).base;
      case 'State': {
        const loop = node.refs[0]!;
        return loop._tag === 'Free' ? this.loops.get(loop.name)!.slots[data.component]!.base : { _tag: 'Real' };
      }
      case 'Apply':
        return must(core.slots(must(core.variable(data.variable, data.axes)).cod))[data.output]!.base;
      case 'Fold':
        return this.baseOf(node.cells[data.component]!.body);
      case 'Scan':
        return this.baseOf(this.step(node, node.cells.at(-1)!, data.axis).body);
      default:
        return { _tag: 'Real' };
    }
  }
}

const nameTable = new WeakMap<Node, readonly number[]>();
/** The free names of a node, outermost binder first. */
export function freeNames(node: Node): readonly number[] {
  if (node.free === 0) return [];
  const known = nameTable.get(node);
  if (known) return known;
  const own = node.refs.flatMap((r) => (r._tag === 'Free' ? [r.name] : []));
  const made = [...new Set([...own, ...descend(() => node.cells.flatMap((c) => freeNames(c.body)))])].sort(
    (a, b) => a - b,
  );
  nameTable.set(node, made);
  return made;
}

/** The cells of a Fold or Scan node by role. */
export function loopCells(node: Node): {
  readonly inits: readonly Cell[];
  readonly steps: readonly Cell[];
  readonly output: Cell | undefined;
} {
  const output = node.data._tag === 'Scan' ? node.cells.at(-1) : undefined;
  const n = (node.cells.length - (output ? 1 : 0)) / 2;
  return { inits: node.cells.slice(0, n), steps: node.cells.slice(n, 2 * n), output };
}

/** The opened children of an opened node, in order. */
export function openedChildren(openings: Openings, node: Node): readonly Node[] {
  const { data } = node;
  if (data._tag === 'Fold' || data._tag === 'Scan') {
    const { inits, steps, output } = loopCells(node);
    const turned = [...steps, ...(output ? [output] : [])].map((c) => openings.step(node, c, data.axis));
    return [...inits, ...turned].map((c) => openings.array(c).body);
  }
  return node.cells.map((c) => openings.array(c).body);
}
