/**
 * Normal forms with their binders opened: one canonical free name for each axis variable and nesting level, one for each loop state, so
 * that equal bodies under different loops are one node. Invariant: works on canonical forms (ir/canonical.ts), where each component of
 * a loop is itself a loop with that component first. It does not know statements.
 */
import type { AxisVar, Node } from '../core/index.js';
import { Canonical } from '../ir/canonical.js';
import { type Pool, free, freeNames, opened, rebuild, walk } from '../ir/rewrite.js';
import { refuse } from './scheduled.js';

export type FoldNode = Node & {
  readonly data: { readonly _tag: 'Fold'; readonly axis: AxisVar; readonly component: number };
};
export const isFold = (node: Node): node is FoldNode => node.data._tag === 'Fold';

/** One component of a loop: its own canonical loop, the name that its state has inside, and its two bodies. */
export interface Component {
  readonly fold: FoldNode;
  readonly state: number;
  readonly init: Node;
  readonly step: Node;
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
  private readonly canonical: Canonical;
  private next = 1;

  constructor(
    readonly pool: Pool,
    private readonly named: (name: number, axis: AxisVar, level: number) => void,
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

  open(fold: FoldNode): Opened {
    const known = this.table.get(fold);
    if (known) return known;
    const { axis } = fold.data;
    const n = fold.cells.length / 2;
    if (fold.cells.some((c) => c.vars.length > 0)) refuse('L-STATE', axis.name, fold);
    const turn = this.turn(axis, this.level(fold).get(axis)! - 1);
    const folds = Array.from(
      { length: n },
      (_, k) => this.canonical.node(this.pool.make({ _tag: 'Fold', axis, component: k }, [], fold.cells)) as FoldNode,
    );
    const states = folds.map((f) => this.state(f));
    const hole = 1_000_000_000; // above every name
    const component = (f: FoldNode, k: number): Component => {
      const body = opened(this.pool, [axis, axis], fold.cells[n + k]!, [free(hole), free(turn)]);
      const image = (m: Node): Node | undefined =>
        m.data._tag === 'State' && sameName(m, hole) ? this.read(states[m.data.component]!) : undefined;
      return {
        fold: f,
        state: states[k]!,
        init: fold.cells[k]!.body,
        step: rebuild(this.pool, body, image, (m) => m.free >= hole),
      };
    };
    const made = { axis, turn, components: folds.map(component) };
    this.table.set(fold, made);
    return made;
  }

  read(state: number): Node {
    return this.pool.make({ _tag: 'State', component: 0 }, [free(state)], []);
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
    const moved = this.pool.transform(
      node,
      (r) => (r._tag === 'Free' && r.name === name ? { _tag: 'First', axis } : r),
      (m) => freeNames(m).has(name),
    );
    return moved;
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
