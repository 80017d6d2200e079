/**
 * Normal forms with their binders opened: one canonical free name for each axis variable and nesting level, one for each loop state, so
 * that equal bodies under different loops are one node. Invariant: works on canonical forms (ir/canonical.ts), where each component of
 * a loop is itself a loop with that component first. It does not know statements.
 */
import type { AxisVar, Node, Ref } from '../../core/index.js';
import { Canonical } from '../../normal/canonical.js';
import { type Pool, free, freeNames, opened, rebuild, walk } from '../../normal/rewrite.js';

export type FoldNode = Node & {
  readonly data: { readonly _tag: 'Fold'; readonly axis: AxisVar; readonly component: number };
};
/** A free name above every other, for a state while a body is being opened. */
const HOLE = 1_000_000_000;

export const isFold = (node: Node): node is FoldNode => node.data._tag === 'Fold';

/** A loop whose state is an array, read at its first element: what stands for the loop itself, whichever element is wanted. */
const headOf = (pool: Pool, fold: FoldNode): FoldNode =>
  fold.refs.length === 0
    ? fold
    : (pool.make(
        fold.data,
        fold.cells[fold.data.component]!.vars.map((axis): Ref => ({ _tag: 'First', axis })),
        fold.cells,
      ) as FoldNode);

/** One component of a loop: its own canonical loop, the name that its state has inside, its own indices, and its two bodies at them. */
export interface Component {
  readonly fold: FoldNode;
  readonly state: number;
  readonly own: readonly Own[];
  readonly init: Node;
  readonly step: Node;
}
/** An output for every turn of a loop, at one of them. */
export type ScanNode = Node & { readonly data: { readonly _tag: 'Scan'; readonly axis: AxisVar } };
export const isScan = (node: Node): node is ScanNode => node.data._tag === 'Scan';

/** An index of a state that is an array. */
export interface Own {
  readonly name: number;
  readonly axis: AxisVar;
}
export interface Opened {
  readonly axis: AxisVar;
  readonly turn: number;
  readonly components: readonly Component[];
}

export class Opener {
  private readonly table = new Map<FoldNode, Opened>();
  private readonly turns = new Map<string, number>();
  private readonly states = new Map<FoldNode, number>();
  private readonly levels = new Map<Node, ReadonlyMap<AxisVar, number>>();
  private readonly components = new Map<number, FoldNode>();
  private readonly owned = new Map<FoldNode, readonly Own[]>();
  private readonly scans = new Map<string, readonly Component[]>();
  private readonly scanStates = new Map<string, number>();
  private readonly canonical: Canonical;
  private next = 1;

  constructor(
    readonly pool: Pool,
    private readonly named: (name: number, axis: AxisVar, level: number | undefined) => void,
    /** the axis of a loop's index; undefined of what is none */
    private readonly axisOf: (name: number) => AxisVar | undefined,
  ) {
    this.canonical = new Canonical(pool);
  }

  name(): number {
    return this.next++;
  }

  /** The loop whose state has this name. */
  stateOf(name: number): FoldNode | undefined {
    return this.components.get(name);
  }

  /** The loop of a node that is an element of its state. */
  head(fold: FoldNode): FoldNode {
    return headOf(this.pool, fold);
  }

  open(element: FoldNode): Opened {
    const fold = this.head(element);
    const known = this.table.get(fold);
    if (known) return known;
    const { axis } = fold.data;
    const folds = this.componentsOf(axis, fold.cells).map((f) => this.head(this.canonical.node(f) as FoldNode));
    return this.opening(fold, folds);
  }

  /** A loop for each state of given initial values and steps. */
  private componentsOf(axis: AxisVar, cells: Node['cells']): readonly FoldNode[] {
    return Array.from({ length: cells.length / 2 }, (_, k) => {
      const firsts = cells[k]!.vars.map((v): Ref => ({ _tag: 'First', axis: v }));
      return this.pool.make({ _tag: 'Fold', axis, component: k }, firsts, cells) as FoldNode;
    });
  }

  /** The components of a loop, and beside them those of loops whose outputs at its turn they read. */
  private opening(fold: FoldNode, folds: readonly FoldNode[]): Opened {
    const { axis } = fold.data;
    const turn = this.turn(axis, this.level(fold).get(axis)! - 1);
    const states = folds.map((f) => this.state(f));
    const components = this.bodies(fold, folds, turn, states);
    this.table.set(fold, { axis, turn, components });
    const made = { axis, turn, components: this.beside(components, turn) };
    this.table.set(fold, made);
    return made;
  }

  private bodies(
    { data: { axis }, cells }: FoldNode,
    folds: readonly FoldNode[],
    turn: number,
    states: readonly number[],
  ): readonly Component[] {
    const n = cells.length / 2;
    return folds.map((f, k): Component => {
      const own = this.own(f);
      const refs = own.map((o) => free(o.name));
      const body = opened(this.pool, [axis, axis], cells[n + k]!, [free(HOLE), free(turn), ...refs]);
      const init = opened(this.pool, [], cells[k]!, refs);
      return { fold: f, state: states[k]!, own, init, step: this.stated(body, states) };
    });
  }

  /** The components, and those of loops whose outputs at the same turn they read. */
  private beside(components: readonly Component[], turn: number): readonly Component[] {
    const scans = this.scansAt(
      components.map((c) => c.step),
      turn,
    );
    const all = [...components, ...scans.flatMap((s) => this.openScan(s, turn))];
    return [...new Map(all.map((c) => [c.state, c])).values()];
  }

  private stated(body: Node, states: readonly number[]): Node {
    const image = (m: Node): Node | undefined =>
      m.data._tag === 'State' && sameName(m, HOLE) ? this.read(states[m.data.component]!, m.refs.slice(1)) : undefined;
    return rebuild(this.pool, body, image, (m) => m.free >= HOLE);
  }

  // ---- outputs for every turn -------------------------------------------------------------------------------------------

  /** The outputs of loops at a turn of this name that are read by nodes, through opened loops too. */
  scansAt(roots: readonly Node[], turn: number): readonly ScanNode[] {
    return this.reach(roots).filter(
      (n): n is ScanNode => isScan(n) && n.refs[0]!._tag === 'Free' && n.refs[0].name === turn,
    );
  }

  /**
   * The components that a loop with this turn needs for an output of it. Its states are what the output reads of them: they are not made canonical
   * without it.
   */
  openScan(scan: ScanNode, turn: number): readonly Component[] {
    const folds = this.componentsOf(scan.data.axis, scan.cells.slice(0, -1));
    const known = this.scans.get(`${folds[0]!.id}.${turn}`);
    if (known) return known;
    const states = this.statesAt(folds, turn);
    const components = this.bodies(folds[0]!, folds, turn, states);
    this.scans.set(`${folds[0]!.id}.${turn}`, components);
    const all = this.beside(components, turn);
    this.scans.set(`${folds[0]!.id}.${turn}`, all);
    return all;
  }

  private statesAt(folds: readonly FoldNode[], turn: number): readonly number[] {
    return folds.map((f) => {
      const key = `${f.id}.${turn}`;
      const name = this.scanStates.get(key) ?? this.name();
      this.scanStates.set(key, name);
      this.components.set(name, f);
      return name;
    });
  }

  /** An output at the turn of a loop over its axis, as an expression over the states there; undefined at any other index. */
  output(scan: ScanNode): Node | undefined {
    const [turn] = scan.refs;
    const { axis } = scan.data;
    if (turn!._tag !== 'Free' || this.axisOf(turn!.name) !== axis) return undefined;
    const folds = this.componentsOf(axis, scan.cells.slice(0, -1));
    const body = opened(this.pool, [axis, axis], scan.cells.at(-1)!, [free(HOLE), turn!]);
    return this.stated(body, this.statesAt(folds, turn!.name));
  }

  read(state: number, at: readonly Ref[] = []): Node {
    return this.pool.make({ _tag: 'State', component: 0 }, [free(state), ...at], []);
  }

  private own(fold: FoldNode): readonly Own[] {
    const known = this.owned.get(fold);
    if (known) return known;
    const made = fold.cells[fold.data.component]!.vars.map((axis): Own => ({ name: this.name(), axis }));
    made.forEach((o) => this.named(o.name, o.axis, undefined));
    this.owned.set(fold, made);
    return made;
  }

  private state(fold: FoldNode): number {
    const name = this.states.get(fold) ?? this.name();
    this.states.set(fold, name);
    this.components.set(name, fold);
    return name;
  }
  turn(axis: AxisVar, level: number): number {
    const key = `${axis.id}.${level}`;
    const known = this.turns.get(key);
    if (known !== undefined) return known;
    const name = this.name();
    this.turns.set(key, name);
    this.named(name, axis, level);
    return name;
  }

  /** How deep loops over each axis are nested in a node, those apart that depend on nothing bound there: they will stand outside. */
  private level(node: Node): ReadonlyMap<AxisVar, number> {
    const known = this.levels.get(node);
    if (known) return known;
    const most = new Map<AxisVar, number>();
    for (const c of node.cells)
      if (c.body.dangling > 0) for (const [v, n] of this.level(c.body)) most.set(v, Math.max(most.get(v) ?? 0, n));
    if (isFold(node)) most.set(node.data.axis, (most.get(node.data.axis) ?? 0) + 1);
    this.levels.set(node, most);
    return most;
  }

  /** What a node is computed from: for a loop its opened bodies. */
  parts(node: Node): readonly Node[] {
    if (isFold(node)) return this.open(node).components.flatMap((c) => [c.init, c.step]);
    const output = isScan(node) ? this.output(node) : undefined;
    if (output) return [output];
    return node.cells.map((c) => c.body);
  }

  /** Every node that is reached through opened loops, each once, parents first. */
  reach(roots: readonly Node[]): readonly Node[] {
    const seen = new Set<Node>();
    const visit = (node: Node): void => {
      if (seen.has(node)) return;
      seen.add(node);
      this.parts(node).forEach(visit);
    };
    roots.forEach(visit);
    return [...seen];
  }

  /** The node with one index replaced by the first element of its axis. */
  atFirst(node: Node, name: number, axis: AxisVar): Node {
    return this.moved(node, name, { _tag: 'First', axis });
  }
  private moved(node: Node, name: number, to: Ref): Node {
    return this.pool.transform(
      node,
      (r) => (r._tag === 'Free' && r.name === name ? to : r),
      (m) => freeNames(m).has(name),
    );
  }
}

const sameName = (node: Node, name: number): boolean => node.refs[0]?._tag === 'Free' && node.refs[0].name === name;

/** Whether a node costs more than it is worth to compute again: a loop, or a function that is not arithmetic. */
export function expensive(node: Node): boolean {
  let found = false;
  walk(node, (m) => {
    found ||= isFold(m) || (m.data._tag === 'Op' && ['exp', 'log', 'sqrt', 'recip'].includes(m.data.operator));
  });
  return found;
}
