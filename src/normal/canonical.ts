/**
 * The canonical form of loops: two theorems that structural equality leaves alone, used in one direction each.
 *
 *   exchange     fold t (map i step) = map i (fold t step)     where a step reads the state at its own i alone
 *   projection   a component that nothing reads may be dropped from a loop's state; an output that reads no state needs no loop
 *
 * Invariant: the result equals the input as a function; it is again a normal form of the pool, and canonical forms of equal loops
 * meet whatever the order and width of their state. It knows nothing of the IR.
 */
import type { AxisVar, Cell, Node, Ref } from '../core/index.js';
import { type Pool, binding, bounds, free, opened, rebuild, walk } from './rewrite.js';

type Loop = Node & { readonly data: { readonly _tag: 'Fold' | 'Scan'; readonly axis: AxisVar } };
const isLoop = (node: Node): node is Loop => node.data._tag === 'Fold' || node.data._tag === 'Scan';

/** One component at given outer indices. */
interface Slice {
  readonly component: number;
  readonly refs: readonly Ref[];
}

export class Canonical {
  private readonly memo = new Map<Node, Node>();
  constructor(private readonly pool: Pool) {}

  cell(cell: Cell): Cell {
    const names = cell.vars.map((_, i) => cell.body.free + 1 + i);
    return binding(this.pool, cell.vars, names, this.node(opened(this.pool, [], cell, names.map(free))));
  }

  /** A node without dangling binders. */
  node(node: Node): Node {
    const known = this.memo.get(node);
    if (known) return known;
    const cells = isLoop(node) ? node.cells : node.cells.map((c) => this.cell(c));
    const same = cells.every((c, i) => c === node.cells[i]);
    const made = isLoop(node) ? this.loop(node) : same ? node : this.pool.make(node.data, node.refs, cells);
    this.memo.set(node, made);
    return made;
  }

  private loop(node: Loop): Node {
    const parts = new Parts(this.pool, this, node);
    const isScan = node.data._tag === 'Scan';
    const output = isScan ? this.node(parts.output(node.refs.slice(1))) : undefined;
    const keeps = parts.kept(output);
    const slices: Slice[] = [];
    const indexOf = (s: Slice): number => {
      const at = slices.findIndex((o) => o.component === s.component && o.refs.every((r, i) => sameRef(r, s.refs[i]!)));
      return at >= 0 ? at : slices.push(s) - 1;
    };
    const demanded = isScan ? undefined : componentOf(node);
    if (demanded !== undefined) indexOf({ component: demanded, refs: dropped(node.refs, keeps[demanded]!) });
    const relabel = (body: Node): Node => parts.relabelled(body, keeps, indexOf);
    const outputDone = output && relabel(output);
    const inits: Cell[] = [];
    const steps: Cell[] = [];
    for (let i = 0; i < slices.length; i++) {
      const [init, step] = parts.sliced(slices[i]!, keeps[slices[i]!.component]!, relabel);
      inits.push(init);
      steps.push(step);
    }
    if (outputDone && slices.length === 0) return parts.atTurn(outputDone, node.refs[0]!);
    if (outputDone) {
      const cell = binding(this.pool, [], [], outputDone);
      return this.pool.make(
        node.data,
        [node.refs[0]!],
        [...inits, ...steps, parts.bindLoop(cell.vars, [], outputDone)],
      );
    }
    const kept = node.refs.filter((_, p) => keeps[demanded!]!.has(p));
    return this.pool.make({ _tag: 'Fold', axis: node.data.axis, component: 0 }, kept, [...inits, ...steps]);
  }
}

const componentOf = (node: Node): number => (node.data._tag === 'Fold' ? node.data.component : 0);
const dropped = (refs: readonly Ref[], kept: ReadonlySet<number>): readonly Ref[] =>
  refs.filter((_, p) => !kept.has(p));
const sameRef = (a: Ref, b: Ref): boolean =>
  a._tag === b._tag &&
  (a._tag === 'First'
    ? a.axis === (b as typeof a).axis
    : a._tag === 'Free'
      ? a.name === (b as typeof a).name
      : a.depth === (b as typeof a).depth);

/** The cells of one loop, opened at names that occur nowhere in it. */
class Parts {
  readonly count: number;
  readonly loop: number;
  readonly turn: number;
  private readonly own: readonly (readonly number[])[];
  private readonly bodies: readonly Node[];

  constructor(
    private readonly pool: Pool,
    private readonly canonical: Canonical,
    private readonly node: Loop,
  ) {
    this.count = Math.floor(node.cells.length / 2);
    let next = node.free + 1;
    this.loop = next++;
    this.turn = next++;
    this.own = node.cells.slice(0, this.count).map((c) => c.vars.map(() => next++));
    this.bodies = this.own.map((names, c) => canonical.node(this.step(c, names.map(free))));
  }

  private step(component: number, refs: readonly Ref[]): Node {
    const { axis } = this.node.data;
    return opened(this.pool, [axis, axis], this.node.cells[this.count + component]!, [
      free(this.loop),
      free(this.turn),
      ...refs,
    ]);
  }

  output(refs: readonly Ref[]): Node {
    const { axis } = this.node.data;
    return opened(this.pool, [axis, axis], this.node.cells.at(-1)!, [free(this.loop), free(this.turn), ...refs]);
  }

  /** For each component the positions that stay indices of the state: somewhere they are read at an index that varies inside; of an output, in canonical form. */
  kept(output: Node | undefined): readonly ReadonlySet<number>[] {
    const keeps = this.own.map(() => new Set<number>());
    const bodies = [...this.bodies.map((body, c) => ({ body, names: this.own[c]!, keep: keeps[c]! }))];
    const outer = output ? [{ body: output, names: [], keep: new Set<number>() }] : [];
    for (let changed = true; changed;) {
      changed = false;
      for (const { body, names, keep } of [...bodies, ...outer])
        this.states(body, (component, refs) =>
          refs.forEach((r, p) => {
            const varies =
              r._tag === 'Bound' || (r._tag === 'Free' && (r.name === this.turn || keep.has(names.indexOf(r.name))));
            if (varies && !keeps[component]!.has(p)) changed = !!keeps[component]!.add(p);
          }),
        );
    }
    return keeps;
  }

  private states(body: Node, visit: (component: number, refs: readonly Ref[]) => void): void {
    walk(
      body,
      (n) => {
        const [loop, ...refs] = n.refs;
        if (n.data._tag === 'State' && loop!._tag === 'Free' && loop!.name === this.loop) visit(n.data.component, refs);
      },
      (n) => n.free >= this.loop,
    );
  }

  /** Initial value and step of one slice, states numbered anew. */
  sliced(slice: Slice, kept: ReadonlySet<number>, relabel: (body: Node) => Node): readonly [Cell, Cell] {
    const names = this.own[slice.component]!;
    const outer = [...slice.refs];
    const refs = names.map((name, p) => (kept.has(p) ? free(name) : outer.shift()!));
    const keptNames = names.filter((_, p) => kept.has(p));
    const first = this.node.cells[slice.component]!;
    const vars = first.vars.filter((_, p) => kept.has(p));
    const init = this.canonical.node(opened(this.pool, [], first, refs));
    const step = relabel(this.canonical.node(this.step(slice.component, refs)));
    return [binding(this.pool, vars, keptNames, init), this.bindLoop(vars, keptNames, step)];
  }

  /** An output that reads no state, at a turn. */
  atTurn(body: Node, turn: Ref): Node {
    const cell = this.pool.bind(this.pool.cell([], body), [this.turn]);
    return this.pool.open(this.pool.cell([this.node.data.axis], cell.body), [turn]).body;
  }

  bindLoop(vars: readonly AxisVar[], names: readonly number[], body: Node): Cell {
    return this.pool.cell(vars, this.pool.bind(this.pool.cell([], body), [this.loop, this.turn, ...names]).body);
  }

  /** States by slice instead of component. */
  relabelled(body: Node, keeps: readonly ReadonlySet<number>[], indexOf: (s: Slice) => number): Node {
    const order: Node[] = [];
    this.states(body, () => undefined);
    walk(
      body,
      (n) => order.push(n),
      (n) => n.free >= this.loop,
    );
    const images = new Map<Node, Node>();
    for (const n of order) {
      const [loop, ...refs] = n.refs;
      if (n.data._tag !== 'State' || loop!._tag !== 'Free' || loop!.name !== this.loop) continue;
      const kept = keeps[n.data.component]!;
      const component = indexOf({ component: n.data.component, refs: dropped(refs, kept) });
      images.set(n, this.pool.make({ _tag: 'State', component }, [loop!, ...refs.filter((_, p) => kept.has(p))], []));
    }
    return rebuild(
      this.pool,
      body,
      (n) => images.get(n),
      (n) => n.free >= this.loop,
    );
  }
}

export const canonicalCells = (pool: Pool, cells: readonly Cell[]): readonly Cell[] => {
  const canonical = new Canonical(pool);
  return cells.map((c) => canonical.cell(c));
};
export { bounds };
