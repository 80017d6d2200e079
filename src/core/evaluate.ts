/**
 * Structural equality by evaluation (rule 1): reads a diagram as an array program and computes the normal form of each
 * output. Invariant: the value of a term is a function of its input cells alone, so results are shared; the stack is
 * explicit, so depth is bounded by memory only. Decides the laws of docs/reference/certificate.md, Structural equality, and nothing else.
 */
import { type Axis, type AxisVar, type Monomial, paths } from './axis.js';
import {
  type Cells,
  type Slot,
  blocksOf,
  concatCells,
  doubleBlock,
  join,
  part,
  range,
  slots,
  splitCells,
} from './cells.js';
import { type Cell, type Data, type Node, type Ref, Pool, bounds } from './node.js';
import { spend } from './fuel.js';
import type { Obj } from './object.js';
import { rational } from './rational.js';
import { unfolding } from './substitution.js';
import { type Term, genuineTerms } from './term.js';

type Run = Generator<readonly [Term, Cells], Cells, Cells>;
type ScanTerm = Term & { _tag: 'Scan' };
type Scanning = Generator<readonly [Term, Cells], readonly [Cells, Cells], Cells>;

export interface NormalForm {
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Cell[];
}

export class Evaluator {
  readonly pool = new Pool();
  private readonly memo = new Map<string, Cells>();
  /** what it keeps */
  get size(): number {
    return this.pool.size + this.memo.size;
  }

  /** The normal form of a term on its own inputs. */
  normalForm(term: Term): NormalForm {
    genuineTerms('normal form', term);
    const inputs = slots(term.dom);
    const read = (s: Slot, input: number): Cell =>
      this.pool.cell(s.vars, this.pool.make({ _tag: 'Read', input }, bounds(s.vars.length), []));
    return { inputs, outputs: this.value(term, inputs.map(read)) };
  }

  /** The outputs of a term on given input cells. */
  value(root: Term, inputs: Cells): Cells {
    const stack: { readonly key: string; readonly run: Run }[] = [];
    let answer: Cells | undefined = this.enter(stack, root, inputs);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const next = answer === undefined ? top.run.next() : top.run.next(answer);
      if (next.done) {
        spend(40 + next.value.length);
        this.memo.set(top.key, next.value);
        answer = next.value;
        stack.pop();
      } else answer = this.enter(stack, ...next.value);
    }
    return answer!;
  }

  private enter(stack: { key: string; run: Run }[], term: Term, inputs: Cells): Cells | undefined {
    const now = this.immediate(term, inputs);
    if (now) return now;
    spend(16 + 2 * inputs.length);
    let key = `${term.id}`;
    for (const c of inputs) key += `,${c.id}`;
    const known = this.memo.get(key);
    if (!known) stack.push({ key, run: this.evaluate(term, inputs) });
    return known;
  }

  /** Formers without a body of their own: no stack, and nothing worth remembering. */
  private immediate(t: Term, xs: Cells): Cells | undefined {
    const { pool } = this;
    spend(4 + xs.length);
    // prettier-ignore
    switch (t._tag) {
      case 'Id': return xs;
      case 'Swap': return [...xs.slice(slots(t.left).length), ...xs.slice(0, slots(t.left).length)];
      case 'Copy': return [...xs, ...xs];
      case 'Discard': return [];
      case 'Repeat': return join(t.object, paths(t.axis).map((p) => xs.map((c) => pool.cell([...p, ...c.vars], c.body))));
      case 'Diag': return this.diagonal(t.axis, t.object, xs);
      case 'First': return part(paths(t.axis).length, t.object, xs, 0).map((c) => pool.open(c, paths(t.axis)[0]!.map(firstOf)));
      case 'Exchange': return this.exchanged(t.axis, t.other, t.object, xs);
      case 'Split': return splitCells(paths(t.axis).length, paths(t.other).length, t.object, xs);
      case 'Concat': return concatCells(paths(t.axis).length, paths(t.other).length, t.object, xs);
      case 'Tile': return xs;
      case 'Flatten': return xs;
      case 'Constant': return [pool.scalar(pool.constant(t.value))];
      case 'Operator': return [pool.scalar(pool.make({ _tag: 'Op', operator: t.operator }, [], xs))];
      case 'Select': return this.selected(xs);
      case 'Position': return this.positions(t.axis);
      case 'Size': return [pool.scalar(this.sizeOf(t.axis))];
      case 'Variable': return slots(t.cod).map((s, output) => pool.cell(s.vars, pool.make({ _tag: 'Apply', variable: t.variable, axes: t.axes, output }, bounds(s.vars.length), xs)));
      default: return undefined;
    }
  }

  private *evaluate(t: Term, xs: Cells): Run {
    // prettier-ignore
    switch (t._tag) {
      case 'Compose': return yield [t.second, yield [t.first, xs]];
      case 'Tensor': {
        const n = slots(t.first.dom).length;
        const left = yield [t.first, xs.slice(0, n)];
        return [...left, ...(yield [t.second, xs.slice(n)])];
      }
      case 'Map': return yield* this.mapped(t.axis, t.body, xs);
      case 'Scan': {
        const n = slots(t.state).length;
        const [state, outputs] = yield* this.scanned(t, t.axis, xs.slice(0, n), xs.slice(n));
        return [...state, ...outputs];
      }
      case 'Call': return yield [unfolding(t.definition, t.args), xs];
      default: return this.immediate(t, xs)!;
    }
  }

  // ---- weave and reindexing ----

  /** Free names that do not occur in the cells: a function of the cells alone. */
  private fresh(cells: Cells, count: number): number[] {
    spend(1 + cells.length);
    const used = cells.reduce((most, c) => Math.max(most, c.body.free), 0);
    return Array.from({ length: count }, (_, i) => used + 1 + i);
  }

  /** Puts binders for the free names around a cell. */
  private under(vars: readonly AxisVar[], names: readonly number[], cell: Cell): Cell {
    return this.pool.cell([...vars, ...cell.vars], this.pool.bind(cell, names).body);
  }

  private *mapped(axis: Axis, body: Term, xs: Cells): Run {
    const blocks = paths(axis);
    const results: Cells[] = [];
    for (const [i, vars] of blocks.entries()) {
      const names = this.fresh(xs, vars.length);
      const opened = part(blocks.length, body.dom, xs, i).map((c) => this.pool.open(c, names.map(freeOf)));
      const ys: Cells = yield [body, opened];
      results.push(ys.map((c) => this.under(vars, names, c)));
    }
    return join(body.cod, results);
  }

  private diagonal(axis: Axis, object: Obj, xs: Cells): Cells {
    const blocks = paths(axis);
    const perBlock = blocks.map((vars, i) => {
      const names = this.fresh(xs, vars.length);
      const refs = [...names, ...names].map(freeOf);
      const inner = object.leaves.flatMap((_, leaf) =>
        doubleBlock(blocks.length, blocks.length, object, xs, leaf, i, i),
      );
      return inner.map((c) => this.under(vars, names, this.pool.open(c, refs)));
    });
    return join(object, perBlock);
  }

  private exchanged(a: Axis, b: Axis, object: Obj, xs: Cells): Cells {
    const [outer, inner] = [paths(a), paths(b)];
    const block = (leaf: number, i: number, j: number): Cells =>
      doubleBlock(outer.length, inner.length, object, xs, leaf, i, j);
    const turned = (c: Cell, p: readonly AxisVar[], q: readonly AxisVar[]): Cell => {
      const names = this.fresh([c], p.length + q.length);
      return this.under(
        [...q, ...p],
        [...names.slice(p.length), ...names.slice(0, p.length)],
        this.pool.open(c, names.map(freeOf)),
      );
    };
    const column = (leaf: number, q: readonly AxisVar[], j: number): Cells =>
      outer.flatMap((p, i) => block(leaf, i, j).map((c) => turned(c, p, q)));
    return object.leaves.flatMap((_, leaf) => inner.flatMap((q, j) => column(leaf, q, j)));
  }

  private selected(xs: Cells): Cells {
    const n = (xs.length - 1) / 2;
    return xs.slice(1, n + 1).map((yes, i) => {
      const branches = [xs[0]!, this.pool.scalar(yes.body), this.pool.scalar(xs[n + 1 + i]!.body)];
      return this.pool.cell(yes.vars, this.pool.make({ _tag: 'Select' }, [], branches));
    });
  }

  // ---- sizes and positions ----

  private sizeAtom(axis: AxisVar): Node {
    return this.pool.make({ _tag: 'Size', axis }, [], []);
  }
  private operate(operator: 'add' | 'mul', x: Node, y: Node): Node {
    return this.pool.make({ _tag: 'Op', operator }, [], [this.pool.scalar(x), this.pool.scalar(y)]);
  }
  private number(n: bigint): Node {
    return this.pool.constant(rational(n));
  }

  private sizeOf(e: Axis): Node {
    return e.terms.reduce((acc, m) => this.operate('add', acc, this.monomialSize(m)), this.number(0n));
  }
  private monomialSize(m: Monomial): Node {
    const factors = [...m.vars.map((v) => this.sizeAtom(v)), ...(m.tail ? [this.sizeOf(m.tail)] : [])];
    return factors.reduce((acc, f) => this.operate('mul', acc, f), this.number(1n));
  }

  /** One cell for each block of e: the position of its elements in e. */
  private positions(e: Axis): Cells {
    return this.positionNodes(e).map((at, i) => this.pool.cell(paths(e)[i]!, at(bounds(paths(e)[i]!.length))));
  }
  private positionNodes(e: Axis): readonly ((refs: readonly Ref[]) => Node)[] {
    let offset = this.number(0n);
    return e.terms.flatMap((m) => {
      const before = offset;
      offset = this.operate('add', offset, this.monomialSize(m));
      const inner = m.tail ? this.positionNodes(m.tail) : [(): Node => this.number(0n)];
      return inner.map((rest) => (refs: readonly Ref[]) => this.operate('add', before, this.rowMajor(m, refs, rest)));
    });
  }
  private rowMajor(m: Monomial, refs: readonly Ref[], rest: (refs: readonly Ref[]) => Node): Node {
    const outer = m.vars.reduce((acc, v, i) => {
      const here = this.pool.make({ _tag: 'Position' }, [refs[i]!], []);
      return this.operate('add', this.operate('mul', acc, this.sizeAtom(v)), here);
    }, this.number(0n));
    const scaled = m.tail ? this.operate('mul', outer, this.sizeOf(m.tail)) : outer;
    return this.operate('add', scaled, rest(refs.slice(m.vars.length)));
  }

  // ---- scan ----

  private *scanned(t: ScanTerm, e: Axis, state: Cells, data: Cells): Scanning {
    const counts = e.terms.map((m) => (m.tail ? paths(m.tail).length : 1));
    const total = counts.reduce((a, b) => a + b, 0);
    const blocks: Cells[] = [];
    let now = state;
    let from = 0;
    for (const [i, m] of e.terms.entries()) {
      const block = range(total, t.data, data, from, from + counts[i]!);
      const [next, outputs] = yield* this.scannedMonomial(t, m, now, block);
      for (const b of blocksOf(counts[i]!, t.output, outputs)) blocks.push(b);
      now = next;
      from += counts[i]!;
    }
    return [now, join(t.output, blocks)];
  }

  private *scannedMonomial(t: ScanTerm, m: Monomial, state: Cells, data: Cells): Scanning {
    const [v, ...others] = m.vars;
    if (v) return yield* this.looped(t, v, { vars: others, tail: m.tail }, state, data);
    if (m.tail) return yield* this.scanned(t, m.tail, state, data);
    const result: Cells = yield [t.step, [...state, ...data]];
    return [result.slice(0, state.length), result.slice(state.length)];
  }

  /** A loop over a variable stays neutral: its body is evaluated once, at a free turn and a free state. */
  private *looped(t: ScanTerm, v: AxisVar, rest: Monomial, state: Cells, data: Cells): Scanning {
    const { pool } = this;
    const names = this.fresh([...state, ...data], 2) as [number, number];
    const [loop, turn] = names;
    const each = ({ vars }: Cell, data: Data, refs: readonly Ref[], cells: Cells): Cell =>
      pool.cell(vars, pool.make(data, [...refs, ...bounds(vars.length)], cells));
    const before = state.map((c, component) => each(c, { _tag: 'State', component }, [freeOf(loop)], []));
    const here = data.map((c) => pool.open(c, [freeOf(turn)]));
    const [after, outputs] = yield* this.scannedMonomial(t, rest, before, here);
    const steps = after.map((c) => pool.bind(c, names));
    const finals = state.map((c, component) => each(c, { _tag: 'Fold', axis: v, component }, [], [...state, ...steps]));
    const outs = outputs.map((c) => {
      const [at, ...inner] = [v, ...c.vars].map((_, i) => Math.max(turn, c.body.free) + 1 + i) as [number, ...number[]];
      const cells = [...state, ...steps, pool.bind(pool.open(c, inner.map(freeOf)), names)];
      return this.under(
        [v, ...c.vars],
        [at, ...inner],
        pool.scalar(pool.make({ _tag: 'Scan', axis: v }, [freeOf(at)], cells)),
      );
    });
    return [finals, outs];
  }
}

// an evaluator is handed out by the door: no one may replace what the core's own evaluator calls
Object.freeze(Evaluator.prototype);

const freeOf = (name: number): Ref => ({ _tag: 'Free', name });
const firstOf = (axis: AxisVar): Ref => ({ _tag: 'First', axis });
