/**
 * What a diagram means over any field, element by element, straight from the definition of each former. Invariant: shares no code with
 * the core's evaluator nor with the float64 reference: each can be tested by the others. Work is counted, and stops at its budget.
 *
 * An array is row-major, one dimension for each axis of its leaf; a sum of axes is laid out as concatenation, a product row-major.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, AxisVar, MorphismVar, Obj, Operator, Term } from '../../core/index.js';
import { unfolding } from '../../core/index.js';
import { type Field, type Truth, fraction, unknown } from './field.js';

export type Scalar<N> = N | Truth;
export interface Arr<N> {
  readonly dims: readonly number[];
  readonly data: readonly Scalar<N>[];
}
export type Arrays<N> = readonly Arr<N>[];

/** What a morphism variable stands for: a diagram in which its binders are axes. */
export interface Family {
  readonly binders: readonly AxisVar[];
  readonly body: Term;
}

export type Sizes = ReadonlyMap<AxisVar, number>;
export interface World {
  readonly sizes: Sizes;
  readonly families: ReadonlyMap<MorphismVar, Family>;
}

/** Terms inside one another that are evaluated; what is deeper has no value here. */
export const evaluatedDepth = 500;

/** Work that may still be done, and how deep; the same run spends the same everywhere. */
export class Budget {
  private depth = 0;
  constructor(private left: number) {}

  /** One level deeper in a term. */
  deeper<A>(operation: () => A): A {
    if (this.depth >= evaluatedDepth) return unknown('deep');
    this.depth += 1;
    try {
      return operation();
    } finally {
      this.depth -= 1;
    }
  }
  spend(n: number): void {
    this.left -= n;
    if (this.left < 0) unknown('budget');
  }
  /** negative once it ran out */
  get rest(): number {
    return this.left;
  }
}

export function axisSize(sizes: Sizes, e: Axis): number {
  return e.terms.reduce((total, m) => {
    const tail = m.tail ? axisSize(sizes, m.tail) : 1;
    return total + m.vars.reduce((n, v) => n * (sizes.get(v) ?? unknown('type')), tail);
  }, 0);
}
export const shapesOf = (sizes: Sizes, object: Obj): readonly (readonly number[])[] =>
  object.leaves.map((l) => l.axes.map((a) => axisSize(sizes, a)));
export const countOf = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

export const isTruth = <N>(x: Scalar<N>): x is Truth => typeof x === 'boolean' || x === null;
const scalar = <N>(x: Scalar<N>): Arr<N> => ({ dims: [], data: [x] });
const unfolded = new WeakMap<Term, Term>();
type Of<Tag extends Term['_tag']> = Extract<Term, { readonly _tag: Tag }>;

export class Evaluator<N> {
  private readonly known = new Map<Axis, number>();
  private readonly inner = new Map<string, Evaluator<N>>();

  constructor(
    private readonly field: Field<N>,
    private readonly world: World,
    private readonly budget: Budget,
  ) {}

  run(t: Term, xs: Arrays<N>): Arrays<N> {
    this.budget.spend(1);
    return this.budget.deeper(() => this.evaluated(t, xs));
  }
  /** Long chains are nested to the left: they are walked, not recursed into. */
  private composed(term: Term, xs: Arrays<N>): Arrays<N> {
    const chain: Term[] = [];
    let t = term;
    for (; t._tag === 'Compose'; t = t.first) chain.push(t.second);
    this.budget.spend(chain.length);
    return chain.reduceRight((ys, f) => this.run(f, ys), this.run(t, xs));
  }

  private evaluated(t: Term, xs: Arrays<N>): Arrays<N> {
    // prettier-ignore
    switch (t._tag) {
      case 'Id': return xs;
      case 'Compose': return this.composed(t, xs);
      case 'Tensor': {
        const n = t.first.dom.leaves.length;
        return [...this.run(t.first, xs.slice(0, n)), ...this.run(t.second, xs.slice(n))];
      }
      case 'Swap': return [...xs.slice(t.left.leaves.length), ...xs.slice(0, t.left.leaves.length)];
      case 'Copy': return [...xs, ...xs];
      case 'Discard': return [];
      case 'Map': return this.mapped(t, xs);
      case 'Scan': return this.scanned(t, xs);
      case 'Constant': return [scalar(this.field.of(t.value))];
      case 'Size': return [scalar(this.whole(this.size(t.axis)))];
      case 'Position': return [this.positions(this.size(t.axis))];
      case 'Operator': return [scalar(this.operate(t.operator, xs.map((x) => x.data[0]!)))];
      case 'Select': return this.selected(xs[0]!.data[0] as Truth, xs.slice(1, (xs.length + 1) / 2), xs.slice((xs.length + 1) / 2));
      case 'Variable': return this.applied(t, xs);
      case 'Call': return this.run(this.body(t), xs);
      default: return this.reindexed(t, xs);
    }
  }

  private size(e: Axis): number {
    const known = this.known.get(e);
    if (known !== undefined) return known;
    const made = axisSize(this.world.sizes, e);
    this.known.set(e, made);
    return made;
  }
  private shapes(object: Obj): readonly (readonly number[])[] {
    return object.leaves.map((l) => l.axes.map((a) => this.size(a)));
  }
  private whole(n: number): N {
    return this.field.of(fraction(BigInt(n)));
  }
  private positions(n: number): Arr<N> {
    this.budget.spend(n);
    return { dims: [n], data: Array.from({ length: n }, (_, i) => this.whole(i)) };
  }

  private body(t: Of<'Call'>): Term {
    const known = unfolded.get(t);
    if (known) return known;
    const made = unfolding(t.definition, t.args);
    if (E.isLeft(made)) return unknown('type');
    unfolded.set(t, made.right);
    return made.right;
  }

  private applied(t: Of<'Variable'>, xs: Arrays<N>): Arrays<N> {
    const family = this.world.families.get(t.variable);
    if (!family) return unknown('type');
    const axes = t.axes.map((a) => this.size(a));
    const key = `${t.variable.id}:${axes.join()}`;
    const known = this.inner.get(key);
    if (known) return known.run(family.body, xs);
    const sizes = new Map([...this.world.sizes, ...family.binders.map((v, i): [AxisVar, number] => [v, axes[i]!])]);
    const made = new Evaluator(this.field, { ...this.world, sizes }, this.budget);
    this.inner.set(key, made);
    return made.run(family.body, xs);
  }

  private operate(name: Operator, [x, y]: readonly Scalar<N>[]): Scalar<N> {
    const f = this.field;
    // prettier-ignore
    switch (name) {
      case 'add': return f.add(x as N, y as N);
      case 'mul': return f.mul(x as N, y as N);
      case 'neg': return f.neg(x as N);
      case 'recip': return f.recip(x as N);
      case 'exp': return f.exp(x as N);
      case 'log': return f.log(x as N);
      case 'sqrt': return f.sqrt(x as N);
      case 'lt': return f.less(x as N, y as N);
      case 'not': return x === null ? null : x !== true;
      case 'and': return x === false || y === false ? false : x === null || y === null ? null : true;
      case 'or': return x === true || y === true ? true : x === null || y === null ? null : false;
      case 'true': return true;
      case 'false': return false;
    }
  }

  private selected(condition: Truth, yes: Arrays<N>, no: Arrays<N>): Arrays<N> {
    if (condition !== null) return condition ? yes : no;
    return yes.map((x, leaf) => ({ dims: x.dims, data: x.data.map((v, i) => this.either(v, no[leaf]!.data[i]!)) }));
  }
  private either(x: Scalar<N>, y: Scalar<N>): Scalar<N> {
    if (isTruth(x) || isTruth(y)) return x === y ? x : null;
    return this.field.either(x, y);
  }

  // ---- loops ------------------------------------------------------------------------------------------------------------

  private mapped(t: Of<'Map'>, xs: Arrays<N>): Arrays<N> {
    const n = this.size(t.axis);
    this.budget.spend(n);
    const results = Array.from({ length: n }, (_, i) => this.run(t.body, this.elements(xs, i)));
    return this.stacked(n, this.shapes(t.body.cod), results);
  }

  private scanned(t: Of<'Scan'>, xs: Arrays<N>): Arrays<N> {
    const [n, states] = [this.size(t.axis), t.state.leaves.length];
    const data = xs.slice(states);
    const outputs: Arrays<N>[] = [];
    let state = xs.slice(0, states);
    for (let i = 0; i < n; i++) {
      const result = this.run(t.step, [...state, ...this.elements(data, i)]);
      state = result.slice(0, states);
      outputs.push(result.slice(states));
    }
    return [...state, ...this.stacked(n, this.shapes(t.output), outputs)];
  }

  /** Of each array, element i of its first dimension. */
  private elements(xs: Arrays<N>, i: number): Arrays<N> {
    return xs.map((x) => this.part(x, i, 1, x.dims.slice(1)));
  }
  private part(x: Arr<N>, from: number, n: number, dims: readonly number[]): Arr<N> {
    const length = countOf(x.dims.slice(1));
    this.budget.spend(n * length);
    return { dims, data: x.data.slice(from * length, (from + n) * length) };
  }
  private stacked(n: number, shapes: readonly (readonly number[])[], results: readonly Arrays<N>[]): Arrays<N> {
    return shapes.map((dims, leaf) => {
      this.budget.spend(results.reduce((sum, r) => sum + r[leaf]!.data.length, 0));
      const data = results.flatMap((r) => r[leaf]!.data);
      return { dims: [n, ...dims], data };
    });
  }

  // ---- reindexing -------------------------------------------------------------------------------------------------------

  private reindexed(
    t: Of<'Repeat' | 'Diag' | 'First' | 'Exchange' | 'Split' | 'Concat' | 'Tile' | 'Flatten'>,
    xs: Arrays<N>,
  ): Arrays<N> {
    // prettier-ignore
    switch (t._tag) {
      case 'Repeat': {
        const n = this.size(t.axis);
        this.budget.spend(n);
        return this.stacked(n, xs.map((x) => x.dims), Array.from({ length: n }, () => xs));
      }
      case 'First': return this.elements(xs, 0);
      case 'Diag': return xs.map((x) => this.gathered(x, x.dims.slice(1), (i, rest) => (i * x.dims[0]! + i) * rest, 2));
      case 'Exchange': return xs.map((x) => this.exchanged(x));
      case 'Split': {
        const [a, b] = [this.size(t.axis), this.size(t.other)];
        return [...xs.map((x) => this.part(x, 0, a, [a, ...x.dims.slice(1)])), ...xs.map((x) => this.part(x, a, b, [b, ...x.dims.slice(1)]))];
      }
      case 'Concat': return xs.slice(0, xs.length / 2).map((x, i) => {
        const y = xs[xs.length / 2 + i]!;
        this.budget.spend(x.data.length + y.data.length);
        return { dims: [x.dims[0]! + y.dims[0]!, ...x.dims.slice(1)], data: [...x.data, ...y.data] };
      });
      case 'Tile': return xs.map((x) => ({ dims: [this.size(t.axis), this.size(t.other), ...x.dims.slice(1)], data: x.data }));
      case 'Flatten': return xs.map((x) => ({ dims: [x.dims[0]! * x.dims[1]!, ...x.dims.slice(2)], data: x.data }));
    }
  }

  /** An array of the blocks that start where `at` says; the first `inner` dimensions of x are outside a block. */
  private gathered(
    x: Arr<N>,
    dims: readonly number[],
    at: (i: number, block: number) => number,
    inner: number,
  ): Arr<N> {
    const block = countOf(x.dims.slice(inner));
    this.budget.spend(countOf(dims));
    const blocks = Array.from({ length: dims[0]! }, (_, i) => x.data.slice(at(i, block), at(i, block) + block));
    return { dims, data: blocks.flat() };
  }
  private exchanged(x: Arr<N>): Arr<N> {
    const [a, b] = [x.dims[0]!, x.dims[1]!];
    const flat = { dims: [a * b, ...x.dims.slice(2)], data: x.data };
    const turned = this.gathered(flat, flat.dims, (i, block) => ((i % a) * b + Math.floor(i / a)) * block, 1);
    return { dims: [b, a, ...x.dims.slice(2)], data: turned.data };
  }
}
