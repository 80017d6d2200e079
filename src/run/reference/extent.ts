/**
 * How large the arrays get that a term makes, before it runs: the term is run on shapes alone, with the dimensions along which
 * nothing changes (stride 0) marked, as the machine runs it on numbers. Invariant: a dimension marked still is computed once.
 * Knows nothing of values.
 */
import type { Axis, Obj, Term } from '../../core/index.js';
import { unfolded } from './plan.js';

export interface Shape {
  readonly dims: readonly number[];
  /** along which nothing changes */
  readonly still: readonly boolean[];
}
type Shapes = readonly Shape[];
interface Measured {
  readonly outputs: Shapes;
  /** the most numbers made for one element of the dimension in question */
  readonly peak: number;
}

/** Terms inside one another that are looked at; deeper, nothing is foreseen. */
export const foreseenDepth = 400;

export class Extent {
  private readonly memo = new Map<string, Measured>();
  private depth = 0;

  constructor(private readonly size: (e: Axis) => number) {}

  /** The most numbers in one array that the term makes, for each element of dimension `along` of its batch; undefined where it is too deep. */
  peak(term: Term, at: number, inputs: Shapes, along: number): number | undefined {
    this.depth = 0;
    return this.measure(term, at, inputs, along)?.peak;
  }

  private measure(t: Term, at: number, xs: Shapes, along: number): Measured | undefined {
    if (this.depth >= foreseenDepth) return undefined;
    const key = `${t.id}|${at}|${along}|${xs.map((x) => x.dims.map((n, i) => `${n}${x.still[i] ? '-' : ''}`).join()).join(';')}`;
    const known = this.memo.get(key);
    if (known) return known;
    this.depth += 1;
    const made = this.run(t, at, xs, along);
    this.depth -= 1;
    if (made) this.memo.set(key, made);
    return made;
  }

  private run(t: Term, at: number, xs: Shapes, along: number): Measured | undefined {
    // prettier-ignore
    switch (t._tag) {
      case 'Id': return free(xs);
      case 'Compose': return this.composed(t, at, xs, along);
      case 'Tensor': {
        const n = t.first.dom.leaves.length;
        const [p, q] = [this.measure(t.first, at, xs.slice(0, n), along), this.measure(t.second, at, xs.slice(n), along)];
        return p && q && { outputs: [...p.outputs, ...q.outputs], peak: Math.max(p.peak, q.peak) };
      }
      case 'Swap': return free([...xs.slice(t.left.leaves.length), ...xs.slice(0, t.left.leaves.length)]);
      case 'Copy': return free([...xs, ...xs]);
      case 'Discard': return free([]);
      case 'Map': return this.measure(t.body, at + 1, xs, along);
      case 'Repeat': return free(xs.map((x) => put(x, at, 0, [this.size(t.axis)], [true])));
      case 'Diag': return free(xs.map((x) => put(x, at, 2, [x.dims[at]!], [x.still[at]! && x.still[at + 1]!])));
      case 'First': return free(xs.map((x) => put(x, at, 1, [], [])));
      case 'Exchange': return free(xs.map((x) => put(x, at, 2, [x.dims[at + 1]!, x.dims[at]!], [x.still[at + 1]!, x.still[at]!])));
      case 'Split': return free([...xs.map((x) => put(x, at, 1, [this.size(t.axis)], [x.still[at]!])), ...xs.map((x) => put(x, at, 1, [this.size(t.other)], [x.still[at]!]))]);
      case 'Concat': return this.full(xs.slice(0, xs.length / 2).map((x, i) => [...x.dims.slice(0, at), x.dims[at]! + xs[xs.length / 2 + i]!.dims[at]!, ...x.dims.slice(at + 1)]), along);
      case 'Tile': return free(xs.map((x) => put(x, at, 1, [this.size(t.axis), this.size(t.other)], [x.still[at]!, x.still[at]!])));
      case 'Flatten': return this.full(xs.map((x) => [...x.dims.slice(0, at), x.dims[at]! * x.dims[at + 1]!, ...x.dims.slice(at + 2)]), along);
      case 'Constant': case 'Size': case 'Position': return free(t.cod.leaves.map((l) => everywhere(at, l.axes.map(this.size))));
      case 'Operator': return t.dom.leaves.length === 0 ? free([everywhere(at, [])]) : computed([joint(xs)], along);
      case 'Select': return this.selected(xs, at, along);
      case 'Scan': return this.scanned(t, at, xs, along);
      case 'Variable': return this.full(this.shapes(t.cod).map((s) => [...batchOf(xs, at), ...s]), along);
      case 'Call': return this.measure(unfolded(t), at, xs, along);
    }
  }

  private composed(t: Term, at: number, xs: Shapes, along: number): Measured | undefined {
    const chain: Term[] = [];
    let first = t;
    for (; first._tag === 'Compose'; first = first.first) chain.push(first.second);
    return chain.reduceRight(
      (m: Measured | undefined, f) => {
        const next = m && this.measure(f, at, m.outputs, along);
        return next && { outputs: next.outputs, peak: Math.max(m.peak, next.peak) };
      },
      this.measure(first, at, xs, along),
    );
  }

  private selected(xs: Shapes, at: number, along: number): Measured {
    const n = (xs.length - 1) / 2;
    const condition = xs[0]!;
    const outputs = xs.slice(1, n + 1).map((yes, i) => {
      const rest = yes.dims.slice(at);
      return joint([
        put(
          condition,
          at,
          0,
          rest,
          rest.map(() => true),
        ),
        yes,
        xs[n + 1 + i]!,
      ]);
    });
    return computed(outputs, along);
  }

  private scanned(t: Extract<Term, { _tag: 'Scan' }>, at: number, xs: Shapes, along: number): Measured | undefined {
    const n = t.state.leaves.length;
    const data = xs.slice(n).map((x) => put(x, at, 1, [], []));
    let state = xs.slice(0, n);
    let peak = 0;
    for (;;) {
      const turn = this.measure(t.step, at, [...state, ...data], along);
      if (!turn) return undefined;
      peak = Math.max(peak, turn.peak);
      const next = state.map((s, i) => joint([s, turn.outputs[i]!]));
      if (next.every((s, i) => same(s, state[i]!))) break;
      state = next;
    }
    const batch = batchOf([...state, ...data], at);
    const outputs = this.full(
      this.shapes(t.output).map((s) => [...batch, this.size(t.axis), ...s]),
      along,
    );
    return { outputs: [...state, ...outputs.outputs], peak: Math.max(peak, outputs.peak) };
  }

  private full(dims: readonly (readonly number[])[], along: number): Measured {
    return computed(
      dims.map((d) => ({ dims: d, still: d.map(() => false) })),
      along,
    );
  }
  private shapes(object: Obj): number[][] {
    return object.leaves.map((l) => l.axes.map(this.size));
  }
}

/** The batch as far as the arrays in hand know it; 1 where none does. */
const batchOf = (xs: Shapes, at: number): number[] =>
  Array.from({ length: at }, (_, i) => Math.max(1, ...xs.map((x) => x.dims[i]!)));

/** What does not depend on the batch; its dimensions have the length that others give them. */
const everywhere = (at: number, own: readonly number[]): Shape => ({
  dims: [...Array<number>(at).fill(1), ...own],
  still: [...Array<boolean>(at).fill(true), ...own.map(() => false)],
});

const free = (outputs: Shapes): Measured => ({ outputs, peak: 0 });

/** Arrays that are made: what does not change along the dimension is made once for all of it. */
function computed(outputs: Shapes, along: number): Measured {
  const each = ({ dims, still }: Shape): number =>
    still[along] ? 0 : dims.reduce((n, d, i) => (still[i] || i === along ? n : n * d), 1);
  return { outputs, peak: Math.max(0, ...outputs.map(each)) };
}

/** Still where all are; a dimension that one of them does not know has the others' length. */
const joint = (xs: Shapes): Shape => ({
  dims: xs[0]!.dims.map((_, i) => Math.max(...xs.map((x) => x.dims[i]!))),
  still: xs[0]!.still.map((_, i) => xs.every((x) => x.still[i])),
});

const same = (a: Shape, b: Shape): boolean =>
  a.still.every((s, i) => s === b.still[i]) && a.dims.every((n, i) => n === b.dims[i]);

function put(x: Shape, at: number, removed: number, dims: readonly number[], still: readonly boolean[]): Shape {
  return {
    dims: [...x.dims.slice(0, at), ...dims, ...x.dims.slice(at + removed)],
    still: [...x.still.slice(0, at), ...still, ...x.still.slice(at + removed)],
  };
}
