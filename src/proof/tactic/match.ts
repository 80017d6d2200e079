/**
 * Matching a pattern's normal form against a node of a goal's. A wire of the pattern applied to distinct indices stands for any
 * node over those indices (Miller's patterns). Matching is lenient where it cannot decide: the caller instantiates and compares.
 * Makes no theorem.
 */
import type { AxisVar, Base, Cell, Node, Ref, Slot } from '../../core/index.js';
import * as core from '../../core/index.js';
import { descend } from '../../language/point/error.js';
import { must } from './failure.js';
import { type Evaluator, type Openings, freeRef, loopCells } from './opening.js';

/** What the pattern's variables stand for so far. */
export interface Bindings {
  readonly wires: Map<number, Cell>;
  readonly axes: Map<AxisVar, AxisVar>;
  readonly objects: Map<string, Base>;
  /** pattern names of indices and loops to the goal's references */
  readonly names: Map<number, Ref>;
}

export const noBindings = (): Bindings => ({ wires: new Map(), axes: new Map(), objects: new Map(), names: new Map() });

export interface Pattern {
  readonly openings: Openings;
  /** the slots that wires to be bound stand for; they are read as inputs numbered from `firstHole` */
  readonly slots: readonly Slot[];
  readonly axes: ReadonlySet<AxisVar>;
  readonly objects: ReadonlySet<string>;
}

/** Inputs of a pattern from here on are holes; the others are the goal's own. */
export const firstHole = 1_000_000_000;
const isHole = (input: number): boolean => input >= firstHole;

const holeTable = new WeakMap<Node, boolean>();
function mentionsHole(p: Node): boolean {
  const known = holeTable.get(p);
  if (known !== undefined) return known;
  const answer =
    p.data._tag === 'Read' ? isHole(p.data.input) : descend(() => p.cells.some((c) => mentionsHole(c.body)));
  holeTable.set(p, answer);
  return answer;
}

/** Fuel of comparing two nodes: a pattern that shares nodes is compared as if it did not. */
const nodeFuel = 20;

export class Matcher {
  private readonly pool: Evaluator['pool'];
  /** goal names bound inside the match: no wire may stand for a node that mentions one it is not applied to */
  private readonly inner = new Set<number>();
  constructor(
    private readonly pattern: Pattern,
    private readonly goal: Openings,
    readonly found: Bindings = noBindings(),
  ) {
    this.pool = goal.evaluator.pool;
  }

  node(p: Node, g: Node): boolean {
    must(core.spend(nodeFuel));
    return descend(() => this.matches(p, g));
  }
  private matches(p: Node, g: Node): boolean {
    if (p === g && p.free === 0 && !mentionsHole(p)) return true;
    const { data } = p;
    if (data._tag === 'Read' && isHole(data.input)) return this.hole(data.input - firstHole, p.refs, g);
    if (data._tag === 'Poly') return this.poly(p, g);
    if (data._tag !== g.data._tag || p.refs.length !== g.refs.length || p.cells.length !== g.cells.length) return false;
    if (!this.head(p, g)) return false;
    if (data._tag === 'Fold' || data._tag === 'Scan') return this.loop(p, g) && this.refs(p.refs, g.refs);
    return this.refs(p.refs, g.refs) && p.cells.every((c, i) => this.cell(c, g.cells[i]!));
  }

  private head(p: Node, g: Node): boolean {
    const [d, e] = [p.data, g.data];
    if (d._tag === 'Op' && e._tag === 'Op') return d.operator === e.operator;
    if (d._tag === 'Literal' && e._tag === 'Literal') return d.value === e.value;
    if (d._tag === 'Read' && e._tag === 'Read') return d.input === e.input;
    if (d._tag === 'State' && e._tag === 'State') return d.component === e.component;
    if (d._tag === 'Size' && e._tag === 'Size') return this.axis(d.axis, e.axis);
    if (d._tag === 'Apply' && e._tag === 'Apply') return d.variable === e.variable && d.output === e.output;
    if (d._tag === 'Fold' && e._tag === 'Fold') return d.component === e.component && this.axis(d.axis, e.axis);
    if (d._tag === 'Scan' && e._tag === 'Scan') return this.axis(d.axis, e.axis);
    return true;
  }

  private axis(p: AxisVar, g: AxisVar): boolean {
    if (!this.pattern.axes.has(p)) return p === g;
    const known = this.found.axes.get(p);
    if (known) return known === g;
    if (g.maybeEmpty && !p.maybeEmpty) return false;
    this.found.axes.set(p, g);
    return true;
  }

  private poly(p: Node, g: Node): boolean {
    if (p.cells.length === 0) return p === g;
    if (g.data._tag !== 'Poly') return false;
    if (p.cells.length === 1 && g.cells.length === 1) return this.node(p.cells[0]!.body, g.cells[0]!.body);
    return true; // decided when the instance is compared
  }

  private refs(p: readonly Ref[], g: readonly Ref[]): boolean {
    return p.every((r, i) => this.ref(r, g[i]!));
  }
  private ref(p: Ref, g: Ref): boolean {
    if (p._tag === 'First') return g._tag === 'First' && this.axis(p.axis, g.axis);
    if (p._tag !== 'Free') return false;
    const known = this.found.names.get(p.name);
    if (!known) {
      this.found.names.set(p.name, g);
      return true;
    }
    if (known._tag === 'Free') return g._tag === 'Free' && known.name === g.name;
    return known._tag === 'First' && g._tag === 'First' && known.axis === g.axis;
  }

  /** A wire at distinct indices stands for the goal's node as a function of them. */
  private hole(input: number, refs: readonly Ref[], g: Node): boolean {
    const images = refs.map((r) => (r._tag === 'Free' ? this.found.names.get(r.name) : undefined));
    const names = images.flatMap((r) => (r?._tag === 'Free' ? [r.name] : []));
    if (names.length < refs.length || new Set(names).size < names.length) return true; // decided when the instance is compared
    if ([...this.inner].some((name) => !names.includes(name) && mentions(g, name))) return false;
    const vars = names.map((n) => this.goal.indices.get(n)!.axis);
    const cell = this.pool.cell(vars, this.pool.bind(this.pool.scalar(g), names).body);
    const known = this.found.wires.get(input);
    if (known) return known === cell;
    if (!this.slotFits(this.pattern.slots[input]!, vars, g)) return false;
    this.found.wires.set(input, cell);
    return true;
  }

  private slotFits(slot: Slot, vars: readonly AxisVar[], g: Node): boolean {
    if (slot.vars.length !== vars.length || !slot.vars.every((v, i) => this.axis(v, vars[i]!))) return false;
    const base = this.goal.baseOf(g);
    if (slot.base._tag !== 'ObjVar' || !this.pattern.objects.has(slot.base.name)) return sameBase(slot.base, base);
    const known = this.found.objects.get(slot.base.name);
    if (known) return sameBase(known, base);
    this.found.objects.set(slot.base.name, base);
    return true;
  }

  private cell(p: Cell, g: Cell): boolean {
    if (p.vars.length !== g.vars.length || !p.vars.every((v, i) => this.axis(v, g.vars[i]!))) return false;
    const [from, to] = [this.pattern.openings.array(p), this.goal.array(g)];
    this.bindNames(from.names, to.names);
    return this.node(from.body, to.body);
  }

  private bindNames(from: readonly number[], to: readonly number[]): void {
    from.forEach((name, i) => {
      this.found.names.set(name, freeRef(to[i]!));
      this.inner.add(to[i]!);
    });
  }

  private loop(p: Node, g: Node): boolean {
    const [axisP, axisG] = [p.data, g.data].map((d) => (d as { readonly axis: AxisVar }).axis) as [AxisVar, AxisVar];
    const [from, to] = [loopCells(p), loopCells(g)];
    if (!from.inits.every((c, i) => this.cell(c, to.inits[i]!))) return false;
    const [turnP, turnG] = [this.pattern.openings.turn(p, axisP), this.goal.turn(g, axisG)];
    this.bindNames([turnP.loop, turnP.index], [turnG.loop, turnG.index]);
    const outs = (l: typeof from): readonly Cell[] => [...l.steps, ...(l.output ? [l.output] : [])];
    const goalCells = outs(to);
    return outs(from).every((c, i) =>
      this.cell(this.pattern.openings.step(p, c, axisP), this.goal.step(g, goalCells[i]!, axisG)),
    );
  }
}

const sameBase = (a: Base, b: Base): boolean =>
  a._tag === b._tag && (a._tag !== 'ObjVar' || (b._tag === 'ObjVar' && a.name === b.name));

const mentionTable = new WeakMap<Node, Map<number, boolean>>();
function mentions(node: Node, name: number): boolean {
  if (node.free < name) return false;
  if (node.refs.some((r) => r._tag === 'Free' && r.name === name)) return true;
  const table = mentionTable.get(node) ?? new Map<number, boolean>();
  mentionTable.set(node, table);
  const known = table.get(name);
  if (known !== undefined) return known;
  const answer = descend(() => node.cells.some((c) => mentions(c.body, name)));
  table.set(name, answer);
  return answer;
}
