/**
 * Runs a term on views, all woven axes at once. Invariant: every view in hand has the dimensions `batch`, then those of its
 * leaf; `map` only moves a leaf's first axis into the batch, so no term is ever interpreted per element. The stack is
 * explicit; what is used twice is computed once. Knows nothing of variables' names: sizes and functions are given.
 */
import { type Axis, type MorphismVar, type Obj, type Rational, type Term } from '../../core/index.js';
import { Extent } from './extent.js';
import * as R from './reindex.js';
import { type Plan, plan, unfolded } from './plan.js';
import { FUSED_FROM, done } from './fused.js';
import { type Round, folded, pointwise, selected } from './pointwise.js';
import { type Beside, type View, copyInto, fresh, joined, packed, picked, sizeOf, sliced, spliced } from './view.js';
import { exactView, oneBall } from './wide-array.js';
import { exactly, middle, rational } from './wide.js';
import { magnitudeOf } from './scalar.js';

/** The most numbers that one intermediate array holds, where a woven axis can be cut into chunks. */
export const CHUNK = 1 << 16;

type Views = readonly View[];
type Batch = readonly number[];
interface Task {
  readonly term: Term;
  readonly batch: Batch;
  readonly inputs: Views;
}
type Run = Generator<Task, Views, Views>;
type Frame = { readonly key: string | undefined; readonly run: Run };
type Case<Tag extends Term['_tag']> = Extract<Term, { _tag: Tag }>;

/** A morphism variable at given axes, on row-major inputs with their shapes. */
export type Apply = (
  h: MorphismVar,
  axes: readonly number[],
  inputs: readonly { readonly shape: readonly number[]; readonly data: Float64Array }[],
  shapes: readonly (readonly number[])[],
) => readonly Float64Array[];

/** What does not look at numbers, or does them in its own loop. */
const PASSING: ReadonlySet<Term['_tag']> = new Set([
  'Id',
  'Compose',
  'Tensor',
  'Swap',
  'Copy',
  'Discard',
  'Map',
  'Operator',
  'Scan',
  'Call',
]);

export class Machine {
  private plan: Plan = { widths: new Map(), shared: new Set() };
  private memo = new Map<string, Views>();
  private readonly extent: Extent;

  constructor(
    private readonly size: (e: Axis) => number,
    private readonly apply: Apply,
    private readonly beside: Beside,
    /** what every operation's result is rounded by */
    private readonly round: Round | undefined = undefined,
    /** arrays of fewer numbers are computed at once, one operation after another */
    private readonly fusedFrom: number = FUSED_FROM,
  ) {
    this.extent = new Extent(size);
  }

  run(root: Term, inputs: Views): Views {
    this.plan = plan(root, this.size);
    const stack: Frame[] = [];
    let answer = this.enter(stack, { term: root, batch: [], inputs });
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const next = answer === undefined ? top.run.next() : top.run.next(answer);
      if (!next.done) {
        answer = this.enter(stack, next.value);
        continue;
      }
      if (top.key !== undefined) this.memo.set(top.key, next.value);
      answer = next.value;
      stack.pop();
    }
    return answer!.map(done);
  }

  private enter(stack: Frame[], { term, batch, inputs }: Task): Views | undefined {
    const key = this.plan.shared.has(term) ? `${term.id}|${batch.join()}|${inputs.map((x) => x.id).join()}` : undefined;
    const known = key === undefined ? undefined : this.memo.get(key);
    if (!known) stack.push({ key, run: this.evaluate(term, batch, inputs) });
    return known;
  }

  /** Sub-results inside a chunk or a turn of a loop are forgotten after it. */
  private *forgetting(task: Task): Run {
    const outer = this.memo;
    this.memo = new Map();
    const result = yield task;
    this.memo = outer;
    return result;
  }

  private *evaluate(t: Term, batch: Batch, given: Views): Run {
    const at = batch.length;
    const xs = PASSING.has(t._tag) ? given : given.map(done);
    // prettier-ignore
    switch (t._tag) {
      case "Id": return xs;
      case "Compose": return yield { term: t.second, batch, inputs: yield { term: t.first, batch, inputs: xs } };
      case "Tensor": return yield* this.tensor(t, batch, xs);
      case "Swap": return [...xs.slice(t.left.leaves.length), ...xs.slice(0, t.left.leaves.length)];
      case "Copy": return [...xs, ...xs];
      case "Discard": return [];
      case "Map": return yield* this.mapped(t, batch, xs);
      case "Repeat": return xs.map((x) => R.repeated(x, at, this.size(t.axis)));
      case "Diag": return xs.map((x) => R.diagonal(x, at));
      case "First": return xs.map((x) => picked(x, at, 0));
      case "Exchange": return xs.map((x) => R.exchanged(x, at));
      case "Split": return R.split(xs, at, this.size(t.axis), this.size(t.other));
      case "Concat": return R.concatenated(xs, at);
      case "Tile": return xs.map((x) => R.tiled(x, at, this.size(t.axis), this.size(t.other)));
      case "Flatten": return xs.map((x) => R.flattened(x, at));
      case "Constant": return [this.constant(batch, t.value)];
      case "Size": return [this.everywhere(batch, this.size(t.axis))];
      case "Position": return [this.positions(batch, this.size(t.axis))];
      case "Operator": return [pointwise(t.operator, batch, xs, this.beside, this.round, this.fusedFrom)];
      case "Select": return selected(at, xs);
      case "Scan": return yield* this.scanned(t, batch, xs);
      case "Variable": return this.applied(t, batch, xs);
      case "Call": return yield { term: unfolded(t), batch, inputs: xs };
    }
  }

  private *tensor(t: Extract<Term, { first: Term }>, batch: Batch, xs: Views): Run {
    const n = t.first.dom.leaves.length;
    const left = yield { term: t.first, batch, inputs: xs.slice(0, n) };
    return [...left, ...(yield { term: t.second, batch, inputs: xs.slice(n) })];
  }

  // ---- weave ----

  private *mapped(t: Case<'Map'>, batch: Batch, xs: Views): Run {
    const [n, at] = [this.size(t.axis), batch.length];
    if (n > 1 && xs.every((x) => x.strides[at] === 0)) return yield* this.once(t.body, batch, n, xs);
    const most = Math.max(1, Math.floor(CHUNK / Math.max(1, this.peak(t, batch, xs))));
    if (n <= most) return yield { term: t.body, batch: [...batch, n], inputs: xs };
    const whole = xs.map(done);
    const chunks: Views[] = [];
    for (let from = 0; from < n; from += most) {
      const length = Math.min(most, n - from);
      const inputs = whole.map((x) => sliced(x, at, from, length));
      const part = yield* this.forgetting({ term: t.body, batch: [...batch, length], inputs });
      chunks.push(part.map(done));
    }
    return t.body.cod.leaves.map((_, leaf) =>
      joined(
        at,
        chunks.map((c) => c[leaf]!),
      ),
    );
  }

  /** The most numbers that one intermediate array holds, for each element of the axis. */
  private peak(t: Case<'Map'>, batch: Batch, xs: Views): number {
    const shapes = xs.map((x) => ({ dims: x.dims, still: x.strides.map((s) => s === 0) }));
    const foreseen = this.extent.peak(t.body, batch.length + 1, shapes, batch.length);
    return foreseen ?? sizeOf(batch) * this.plan.widths.get(t.body)!;
  }

  /** The inputs do not depend on the axis: neither do the outputs. */
  private *once(body: Term, batch: Batch, n: number, xs: Views): Run {
    const at = batch.length;
    const outputs = yield { term: body, batch: [...batch, 1], inputs: xs.map((x) => sliced(done(x), at, 0, 1)) };
    return outputs.map((y) => spliced(done(y), at, 1, [n], [0]));
  }

  // ---- numbers ----

  private everywhere(batch: Batch, value: number): View {
    return this.spread(
      batch,
      this.beside === 'wide' ? oneBall(exactly(value)) : this.scalar(value, Math.abs(value), 1),
    );
  }
  /** A constant that binary64 does not hold is rounded once more; one that is too small for it has a magnitude that covers it. */
  private constant(batch: Batch, { num, den }: Rational): View {
    const near = rational(num, den);
    if (this.beside === 'wide') return this.spread(batch, oneBall(near));
    const value = middle(near);
    return this.spread(batch, this.scalar(value, magnitudeOf(value, num !== 0n), near.r === 0 ? 1 : 2));
  }
  private scalar(value: number, magnitude: number, roundings: number): View {
    const made = fresh([], this.beside, roundings);
    made.data[0] = this.round ? this.round(value) : value;
    if (made.magnitude) made.magnitude[0] = magnitude;
    return made;
  }
  private spread(batch: Batch, made: View): View {
    return spliced(
      made,
      0,
      0,
      batch,
      batch.map(() => 0),
    );
  }

  private positions(batch: Batch, n: number): View {
    const wide = this.beside === 'wide';
    const made = fresh([n], wide ? 'nothing' : this.beside, 1);
    for (let i = 0; i < n; i++) made.data[i] = i;
    made.magnitude?.set(made.data);
    return this.spread(batch, wide ? exactView(made) : made);
  }

  // ---- scan ----

  private *scanned(t: Case<'Scan'>, batch: Batch, xs: Views): Run {
    const [n, at, states] = [this.size(t.axis), batch.length, t.state.leaves.length];
    const rest = xs.slice(states);
    if (t.step._tag === 'Operator' && states === 1 && rest.length === 1 && t.output.leaves.length === 0)
      return [folded(t.step.operator, at, xs[0]!, rest[0]!, this.round)];
    const data = rest.map(done);
    const outputs = this.shapes(t.output).map((s) => fresh([...batch, n, ...s], this.beside, 0));
    const roundings = outputs.map(() => 0);
    let state = xs.slice(0, states);
    for (let i = 0; i < n; i++) {
      const inputs = [...state, ...data.map((x) => picked(x, at, i))];
      const result = (yield* this.forgetting({ term: t.step, batch, inputs })).map(done);
      state = result.slice(0, states);
      outputs.forEach((into, k) => {
        const from = result[states + k]!;
        const strides = spliced(into, at, 1, [], []).strides;
        copyInto(into, { offset: i * into.strides[at]!, strides }, from);
        roundings[k] = Math.max(roundings[k]!, from.roundings);
      });
    }
    return [...state, ...outputs.map((y, k) => ({ ...y, roundings: roundings[k]! }))];
  }

  private shapes(object: Obj): number[][] {
    return object.leaves.map((l) => l.axes.map(this.size));
  }

  // ---- morphism variables ----

  /** Called once for each element of the batch: what it computes is not known here. */
  private applied(t: Case<'Variable'>, batch: Batch, xs: Views): Views {
    const [inputs, axes] = [xs.map(packed), t.axes.map(this.size)];
    const [domain, codomain] = [this.shapes(t.dom), this.shapes(t.cod)];
    const roundings = xs.reduce((n, x) => Math.max(n, x.roundings), 0) + 1;
    const outputs = codomain.map((s) => fresh([...batch, ...s], this.beside, roundings));
    const total = sizeOf(batch);
    for (let b = 0; b < total; b++) {
      const given = inputs.map((x, k) => {
        const length = sizeOf(domain[k]!);
        return { shape: domain[k]!, data: x.data.slice(b * length, (b + 1) * length) };
      });
      this.apply(t.variable, axes, given, codomain).forEach((y, k) => outputs[k]!.data.set(y, b * y.length));
    }
    for (const y of outputs)
      y.magnitude?.set(this.beside === 'wide' ? y.data.map(() => Infinity) : y.data.map(Math.abs));
    return outputs;
  }
}
