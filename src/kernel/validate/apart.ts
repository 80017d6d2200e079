/**
 * Loops taken apart: two more theorems that structural equality leaves alone, used in one direction each, on canonical forms.
 *
 *   outputs    the output of a loop at a turn is that expression of the states before the turn
 *   pairing    of two loops side by side the one that does not read the other runs alone; the other reads its state before the same turn
 *
 * A state before a turn is the loop's output that is the state itself. Invariant: the result equals the input as a function; a loop has only
 * components that need each other, and an output for every turn is a state. It knows nothing of the IR.
 */
import type { AxisVar, Cell, Node, Ref } from '../../core/index.js';
import { type Pool, binding, free, opened, walk } from '../../normal/rewrite.js';

type Loop = Node & { readonly data: { readonly _tag: 'Fold' | 'Scan'; readonly axis: AxisVar } };
const isLoop = (node: Node): node is Loop => node.data._tag === 'Fold' || node.data._tag === 'Scan';
type Handler = (component: number, refs: readonly Ref[]) => Node;

class Apart {
  private readonly memo = new Map<Node, Node>();
  /** of each open loop, its states */
  private readonly states = new Map<number, Handler>();
  /** above every name of the nodes at hand */
  private next = 100_000_000;
  constructor(private readonly pool: Pool) {}

  fresh(): number {
    return this.next++;
  }

  cell(cell: Cell): Cell {
    const names = cell.vars.map(() => this.fresh());
    return binding(this.pool, cell.vars, names, this.node(opened(this.pool, [], cell, names.map(free))));
  }

  /** A node without dangling binders. */
  node(node: Node): Node {
    const known = this.memo.get(node);
    if (known) return known;
    const made = this.made(node);
    this.memo.set(node, made);
    return made;
  }

  private made(node: Node): Node {
    if (isLoop(node)) return this.loop(node);
    const [loop, ...at] = node.refs;
    const state = node.data._tag === 'State' && loop!._tag === 'Free' ? this.states.get(loop!.name) : undefined;
    if (state && node.data._tag === 'State') return state(node.data.component, at);
    const cells = node.cells.map((c) => this.cell(c));
    return cells.every((c, i) => c === node.cells[i]) ? node : this.pool.make(node.data, node.refs, cells);
  }

  private loop(node: Loop): Node {
    const parts = new Parts(this.pool, this, node);
    if (node.data._tag === 'Fold') return parts.final(node.data.component, node.refs);
    const [turn, ...at] = node.refs;
    const name = this.fresh();
    const state = this.fresh();
    this.states.set(state, (component, refs) => parts.before(component, free(name), refs));
    const output = this.node(parts.output(state, name, at));
    const cell = this.pool.bind(this.pool.cell([], output), [name]);
    return this.pool.open(this.pool.cell([node.data.axis], cell.body), [turn!]).body;
  }

  /** The steps of some slices of a loop, their states answered by a handler. */
  answering<A>(state: number, handler: Handler, run: () => A): A {
    this.states.set(state, handler);
    const made = run();
    this.states.delete(state);
    return made;
  }
}

/** One component at given outer indices. */
interface Slice {
  readonly component: number;
  readonly refs: readonly Ref[];
}
const sameRefs = (a: readonly Ref[], b: readonly Ref[]): boolean => JSON.stringify(a, key) === JSON.stringify(b, key);
const key = (_: string, v: unknown): unknown =>
  typeof v === 'object' && v !== null && '_tag' in v && v._tag === 'AxisVar' ? (v as unknown as AxisVar).id : v;

class Parts {
  private readonly count: number;
  /** which components a component's step needs, itself through others or not */
  private readonly needs: readonly ReadonlySet<number>[];
  /** the indices of a component that steps which need it, and that it needs, read elsewhere */
  private readonly keep: readonly ReadonlySet<number>[];

  constructor(
    private readonly pool: Pool,
    private readonly apart: Apart,
    private readonly node: Loop,
  ) {
    this.count = Math.floor(node.cells.length / 2);
    const [state, turn] = [apart.fresh(), apart.fresh()];
    const own = Array.from({ length: this.count }, (_, c) => this.vars(c).map(() => apart.fresh()));
    const reads = own.map((names, c) => readsOf(this.step(c, state, turn, names.map(free)), state));
    this.needs = closure(reads.map((r) => new Set(r.map((s) => s.component))));
    this.keep = this.kept(own, reads, turn);
  }

  private vars(component: number): readonly AxisVar[] {
    return this.node.cells[component]!.vars;
  }
  private step(component: number, state: number, turn: number, refs: readonly Ref[]): Node {
    const { axis } = this.node.data;
    return opened(this.pool, [axis, axis], this.node.cells[this.count + component]!, [
      free(state),
      free(turn),
      ...refs,
    ]);
  }
  output(state: number, turn: number, refs: readonly Ref[]): Node {
    const { axis } = this.node.data;
    return opened(this.pool, [axis, axis], this.node.cells.at(-1)!, [free(state), free(turn), ...refs]);
  }

  /** Whether two components need each other. */
  private together(a: number, b: number): boolean {
    return a === b || (this.needs[a]!.has(b) && this.needs[b]!.has(a));
  }

  private kept(
    own: readonly (readonly number[])[],
    reads: readonly (readonly Slice[])[],
    turn: number,
  ): readonly ReadonlySet<number>[] {
    const keep = own.map(() => new Set<number>());
    for (let changed = true; changed;) {
      changed = false;
      reads.forEach((list, c) => {
        for (const { component, refs } of list.filter((s) => this.together(c, s.component)))
          refs.forEach((r, p) => {
            const varies =
              r._tag === 'Bound' || (r._tag === 'Free' && (r.name === turn || keep[c]!.has(own[c]!.indexOf(r.name))));
            if (varies && !keep[component]!.has(p)) changed = !!keep[component]!.add(p);
          });
      });
    }
    return keep;
  }

  /** The state after the last turn. */
  final(component: number, refs: readonly Ref[]): Node {
    const { cells, at } = this.slices(component, refs);
    return this.pool.make({ _tag: 'Fold', axis: this.node.data.axis, component: 0 }, at, cells);
  }

  /** The state before a turn. */
  before(component: number, turn: Ref, refs: readonly Ref[]): Node {
    const { axis } = this.node.data;
    const { cells, at, vars } = this.slices(component, refs);
    const [state, now] = [this.apart.fresh(), this.apart.fresh()];
    const names = vars.map(() => this.apart.fresh());
    const body = this.pool.make({ _tag: 'State', component: 0 }, [free(state), ...names.map(free)], []);
    const output = this.bound(vars, [state, now, ...names], body);
    return this.pool.make({ _tag: 'Scan', axis }, [turn, ...at], [...cells, output]);
  }

  private bound(vars: readonly AxisVar[], names: readonly number[], body: Node): Cell {
    return this.pool.cell(vars, this.pool.bind(this.pool.cell([], body), names).body);
  }

  /** Initial values and steps of a component and of those that it needs and that need it, at the indices that are wanted. */
  private slices(
    component: number,
    refs: readonly Ref[],
  ): { readonly cells: readonly Cell[]; readonly at: readonly Ref[]; readonly vars: readonly AxisVar[] } {
    const split = (c: number, list: readonly Ref[], kept: boolean): readonly Ref[] =>
      list.filter((_, p) => this.keep[c]!.has(p) === kept);
    const found: Slice[] = [];
    const indexOf = (s: Slice): number => {
      const i = found.findIndex((o) => o.component === s.component && sameRefs(o.refs, s.refs));
      return i >= 0 ? i : found.push(s) - 1;
    };
    indexOf({ component, refs: split(component, refs, false) });
    const [state, turn] = [this.apart.fresh(), this.apart.fresh()];
    const handler: Handler = (c, list) => {
      if (!this.together(component, c)) return this.before(c, free(turn), list);
      const slice = indexOf({ component: c, refs: split(c, list, false) });
      return this.pool.make({ _tag: 'State', component: slice }, [free(state), ...split(c, list, true)], []);
    };
    const [inits, steps]: [Cell[], Cell[]] = [[], []];
    this.apart.answering(state, handler, () => {
      for (let i = 0; i < found.length; i++) {
        const { component: c, refs: outer } = found[i]!;
        const rest = [...outer];
        const names = this.vars(c).map(() => this.apart.fresh());
        const own = names.map((name, p) => (this.keep[c]!.has(p) ? free(name) : rest.shift()!));
        const keptNames = names.filter((_, p) => this.keep[c]!.has(p));
        const vars = this.vars(c).filter((_, p) => this.keep[c]!.has(p));
        const init = this.apart.node(opened(this.pool, [], this.node.cells[c]!, own));
        inits.push(binding(this.pool, vars, keptNames, init));
        const step = this.apart.node(this.step(c, state, turn, own));
        steps.push(this.bound(vars, [state, turn, ...keptNames], step));
      }
    });
    const vars = this.vars(component).filter((_, p) => this.keep[component]!.has(p));
    return { cells: [...inits, ...steps], at: split(component, refs, true), vars };
  }
}

/** The states of a loop that a body reads, and where. */
function readsOf(body: Node, loop: number): readonly Slice[] {
  const found: Slice[] = [];
  walk(
    body,
    (n) => {
      const [of, ...refs] = n.refs;
      if (n.data._tag === 'State' && of!._tag === 'Free' && of!.name === loop)
        found.push({ component: n.data.component, refs });
    },
    (n) => n.free >= loop,
  );
  return found;
}

function closure(direct: readonly ReadonlySet<number>[]): readonly ReadonlySet<number>[] {
  const all = direct.map((d) => new Set(d));
  for (let changed = true; changed;) {
    changed = false;
    for (const reach of all)
      for (const c of [...reach]) for (const d of all[c]!) if (!reach.has(d)) changed = !!reach.add(d);
  }
  return all;
}

/** Canonical cells with every loop taken apart. */
export const apartCells = (pool: Pool, cells: readonly Cell[]): readonly Cell[] => {
  const apart = new Apart(pool);
  return cells.map((c) => apart.cell(c));
};
