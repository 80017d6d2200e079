/**
 * Evaluates the core's normal forms on concrete arrays, so that what structural equality computes can be compared with what a
 * diagram means. Invariant: reads a normal form as node.ts documents it, element by element; a node is computed once for each
 * choice of the indices that it depends on. Shares nothing with evaluate.ts but the layout of arrays. Meant for small sizes.
 */
import type { Axis, AxisVar, Cell, MorphismVar, Node, NormalForm, Obj, Ref } from '../../core/index.js';
import { binders, variable as instance } from '../../core/index.js';
import { type Environment, type NumArray, axisSize, shapesOf } from './evaluate.js';
import { type Place, at, certain, indices, places, variableSize } from './layout.js';
import { scalarRules } from './scalar.js';

/** What a binder stands for: an index, or the states of a loop before the turn at hand, by component and flat index. */
interface Loop {
  readonly id: number;
  readonly states: readonly Grid[];
}
interface Grid {
  readonly dims: readonly number[];
  readonly data: Float64Array;
}
type Binding = number | Loop;
/** innermost last */
type Scope = readonly Binding[];

export function evaluateNormal(
  form: NormalForm,
  dom: Obj,
  cod: Obj,
  env: Environment,
  inputs: readonly NumArray[],
): NumArray[] {
  const machine = new Reader(env, places(env.sizes, dom), inputs);
  const shapes = shapesOf(env.sizes, cod);
  const outputs = shapes.map((shape) => ({
    shape,
    data: new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(NaN),
  }));
  places(env.sizes, cod).forEach((p, i) => {
    const grid = machine.grid(form.outputs[i]!, []);
    let flat = 0;
    for (const index of indices(p.dims)) outputs[p.leaf]!.data[at(p.block, index)] = grid.data[flat++]!;
  });
  return outputs;
}

class Reader {
  private readonly memo = new Map<string, number>();
  private readonly trajectories = new Map<string, readonly Loop[]>();
  private readonly answers = new Map<string, readonly NumArray[]>();
  private readonly depths = new Map<Node, readonly number[]>();
  private loops = 0;

  constructor(
    private readonly env: Environment,
    private readonly inputs: readonly Place[],
    private readonly values: readonly NumArray[],
  ) {}

  /** All elements of a cell, row-major over its variables. */
  grid(cell: Cell, scope: Scope): Grid {
    const dims = cell.vars.map((v) => variableSize(this.env.sizes, v));
    return { dims, data: Float64Array.from([...indices(dims)], (index) => this.node(cell.body, [...scope, ...index])) };
  }

  /** Which binders around a cell, counted outwards from it, its value depends on. */
  private usedBy(cells: readonly Cell[], inside: (i: number) => number): readonly number[] {
    const used = cells.flatMap((c, i) => {
      const own = c.vars.length + inside(i);
      return this.used(c.body).flatMap((d) => (d < own ? [] : [d - own]));
    });
    return [...new Set(used)].sort((a, b) => a - b);
  }
  private used(n: Node): readonly number[] {
    const known = this.depths.get(n);
    if (known) return known;
    const own = n.refs.flatMap((r) => (r._tag === 'Bound' ? [r.depth] : []));
    const made = [...new Set([...own, ...this.usedBy(n.cells, (i) => binders(n, i))])].sort((a, b) => a - b);
    this.depths.set(n, made);
    return made;
  }

  private key(id: string, used: readonly number[], scope: Scope): string {
    const values = used.map((d) => scope[scope.length - 1 - d]!);
    return `${id}|${values.map((b) => (typeof b === 'number' ? b : `L${b.id}`)).join()}`;
  }

  private node(n: Node, scope: Scope): number {
    const key = this.key(`${n.id}`, this.used(n), scope);
    const known = this.memo.get(key);
    if (known !== undefined) return known;
    const made = this.compute(n, scope);
    this.memo.set(key, made);
    return made;
  }

  private binding(r: Ref, scope: Scope): Binding {
    if (r._tag === 'First') return 0;
    if (r._tag === 'Free') throw new Error('a normal form is closed');
    const found = scope.at(-1 - r.depth);
    if (found === undefined) throw new Error('a bound name has a binder');
    return found;
  }
  private index(r: Ref, scope: Scope): number {
    const found = this.binding(r, scope);
    if (typeof found !== 'number') throw new Error('an index is a number');
    return found;
  }

  private compute(n: Node, scope: Scope): number {
    const arg = (i: number): number => this.node(n.cells[i]!.body, scope);
    switch (n.data._tag) {
      case 'Poly':
        return n.data.terms.reduce(
          (sum, t) => sum + t.atoms.reduce((p, a) => p * arg(a), Number(t.coefficient.num) / Number(t.coefficient.den)),
          0,
        );
      case 'Size':
        return variableSize(this.env.sizes, n.data.axis);
      case 'Position':
        return this.index(n.refs[0]!, scope);
      case 'Literal':
        return n.data.value ? 1 : 0;
      case 'Op':
        return scalarRules[n.data.operator].value(n.cells[0] ? arg(0) : 0, n.cells[1] ? arg(1) : 0);
      case 'Select':
        return arg(0) === 1 ? arg(1) : arg(2);
      case 'Read':
        return this.read(
          n.data.input,
          n.refs.map((r) => this.index(r, scope)),
        );
      case 'State':
        return this.state(n, n.data.component, scope);
      case 'Apply':
        return this.apply(n, n.data, scope);
      case 'Fold':
        return this.final(n, n.data.component, n.data.axis, scope);
      case 'Scan':
        return this.output(n, n.data.axis, scope);
    }
  }

  private final(n: Node, component: number, axis: AxisVar, scope: Scope): number {
    const last = this.trajectory(n, n.cells, axis, scope).at(-1)!;
    return element(
      last.states[component]!,
      n.refs.map((r) => this.index(r, scope)),
    );
  }

  private output(n: Node, axis: AxisVar, scope: Scope): number {
    const [turn, ...rest] = n.refs.map((r) => this.index(r, scope));
    const before = this.trajectory(n, n.cells.slice(0, -1), axis, scope)[turn!]!;
    return this.node(n.cells.at(-1)!.body, [...scope, before, turn!, ...rest]);
  }

  private read(input: number, index: readonly number[]): number {
    const { leaf, block } = this.inputs[input]!;
    const found = this.values[leaf]!.data[at(block, index)];
    if (found === undefined) throw new Error('an index lies inside its array');
    return found;
  }

  private state(n: Node, component: number, scope: Scope): number {
    const loop = this.binding(n.refs[0]!, scope);
    if (typeof loop === 'number') throw new Error('a state belongs to a loop');
    return element(
      loop.states[component]!,
      n.refs.slice(1).map((r) => this.index(r, scope)),
    );
  }

  /** The states of a loop before each turn and after the last. */
  private trajectory(n: Node, cells: readonly Cell[], axis: AxisVar, scope: Scope): readonly Loop[] {
    const used = this.usedBy(cells, (i) => binders(n, i));
    const key = this.key(`${axis.id}:${cells.map((c) => c.id).join()}`, used, scope);
    const known = this.trajectories.get(key);
    if (known) return known;
    const half = cells.length / 2;
    let now: Loop = { id: ++this.loops, states: cells.slice(0, half).map((c) => this.grid(c, scope)) };
    const made = [now];
    for (let turn = 0; turn < variableSize(this.env.sizes, axis); turn++) {
      const before = now;
      now = { id: ++this.loops, states: cells.slice(half).map((c) => this.grid(c, [...scope, before, turn])) };
      made.push(now);
    }
    this.trajectories.set(key, made);
    return made;
  }

  private apply(n: Node, data: Node['data'] & { _tag: 'Apply' }, scope: Scope): number {
    const { variable, axes, output } = data;
    const [dom, cod] = typeAt(variable, axes);
    const used = this.usedBy(n.cells, () => 0);
    const key = this.key(
      `${variable.id}[${axes.map((a) => a.id).join()}]${n.cells.map((c) => c.id).join()}`,
      used,
      scope,
    );
    let answer = this.answers.get(key);
    if (!answer) {
      const shapes = shapesOf(this.env.sizes, dom);
      const inputs = shapes.map((shape) => ({ shape, data: new Float64Array(shape.reduce((a, b) => a * b, 1)) }));
      places(this.env.sizes, dom).forEach((p, i) => {
        const grid = this.grid(n.cells[i]!, scope);
        let flat = 0;
        for (const index of indices(p.dims)) inputs[p.leaf]!.data[at(p.block, index)] = grid.data[flat++]!;
      });
      answer = this.env.morphisms!.get(variable)!(
        axes.map((a) => axisSize(this.env.sizes, a)),
        inputs,
      );
      this.answers.set(key, answer);
    }
    const { leaf, block } = places(this.env.sizes, cod)[output]!;
    return answer[leaf]!.data[
      at(
        block,
        n.refs.map((r) => this.index(r, scope)),
      )
    ]!;
  }
}

function typeAt(h: MorphismVar, axes: readonly Axis[]): readonly [Obj, Obj] {
  const { dom, cod } = certain(instance(h, axes));
  return [dom, cod];
}

function element(grid: Grid, index: readonly number[]): number {
  const found = grid.data[index.reduce((flat, i, k) => flat * grid.dims[k]! + i, 0)];
  if (found === undefined) throw new Error('an index lies inside its array');
  return found;
}
