/**
 * Expressions that fold arrays to numbers: the leading axes of an array are reduced, those that it shares with the output are read at the
 * output's indices. Invariant: names are new within one output; what is used twice is bound by a let. Knows no forms.
 */
import { type Leaf, rational } from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { must } from '../../language/point/error.js';
import { type Expr, apply, at, firstOf, letIn, scanOver, tuple, wire } from '../../language/point/point.js';

/** How numbers are combined, in order; of booleans: or, and, or, and, the first, the last. `weighted`: each with 1 + its position. */
export type Kind = 'sum' | 'product' | 'max' | 'min' | 'first' | 'last' | 'weighted';
export type Side = 'Real' | 'Boolean';

const R = B.real();
const objectOf = (side: Side): B.Obj => (side === 'Real' ? R : B.boolean());
export const op = (name: B.Operator, ...args: readonly Expr[]): Expr => apply(B.operator(name), ...args);

/** A number that is a multiple of one half; as a boolean, whether it is positive. */
export function num(side: Side, value: number): Expr {
  if (side === 'Boolean') return op(value > 0 ? 'true' : 'false');
  return apply(B.constant(must(rational(BigInt(Math.round(2 * value)), 2n))));
}

export function convert(x: Expr, from: Side, to: Side): Expr {
  if (from === to) return x;
  return to === 'Boolean' ? op('lt', num('Real', 0), x) : apply(B.select(R), x, num('Real', 1), num('Real', 0));
}

/** Two values as one. Where it is used twice, x and y are names or numbers. */
export function joined(kind: Kind, side: Side, x: Expr, y: Expr): Expr {
  if (kind === 'first') return x;
  if (kind === 'last') return y;
  if (side === 'Boolean') return op(kind === 'product' || kind === 'min' ? 'and' : 'or', x, y);
  if (kind === 'product') return op('mul', x, y);
  if (kind === 'sum' || kind === 'weighted') return op('add', x, y);
  const less = kind === 'max' ? op('lt', x, y) : op('lt', y, x);
  return apply(B.select(R), less, y, x);
}

const twice = (kind: Kind, side: Side): boolean => side === 'Real' && (kind === 'max' || kind === 'min');
const hasUnit = (kind: Kind): boolean => kind === 'sum' || kind === 'product' || kind === 'weighted';

/** The map x -> scale x + shift. */
export interface AffineMap {
  readonly scale: Expr;
  readonly shift: Expr;
}

interface Lead {
  readonly axes: readonly B.Axis[];
  /** of the output, for the axes that are not reduced */
  readonly indices: readonly string[];
}

export class Fold {
  private count = 0;
  private readonly lets: { readonly names: readonly string[]; readonly object: B.Obj; readonly value: Expr }[] = [];

  constructor(private readonly outer: readonly { readonly index: string; readonly axis: B.Axis }[]) {}

  private fresh(letter: string): string {
    this.count += 1;
    return `${letter}${this.count}`;
  }

  /** A name for a value that depends on the output's indices only. */
  named(value: Expr, object: B.Obj): Expr {
    if (value._tag === 'Wire') return value;
    const name = this.fresh('v');
    this.lets.push({ names: [name], object, value });
    return wire(name);
  }
  closed(body: Expr): Expr {
    return this.lets.reduceRight(
      (inner: Expr, { names, object, value }) =>
        letIn(
          names.map((name) => ({ name, object })),
          value,
          inner,
        ),
      body,
    );
  }

  combine(kind: Kind, side: Side, x: Expr, y: Expr): Expr {
    const object = objectOf(side);
    return twice(kind, side)
      ? joined(kind, side, this.named(x, object), this.named(y, object))
      : joined(kind, side, x, y);
  }

  /** Which axes of a leaf are reduced, and at which indices the others are read. */
  private lead(leaf: Leaf): Lead {
    const own = this.outer.map((o) => o.axis);
    for (let k = Math.min(own.length, leaf.axes.length); k > 0; k--) {
      const shared = leaf.axes.slice(-k);
      if (own.slice(-k).every((e, i) => e === shared[i]))
        return { axes: leaf.axes.slice(0, -k), indices: this.outer.slice(-k).map((o) => o.index) };
    }
    return { axes: leaf.axes, indices: [] };
  }

  /** The array as one value of the given side. */
  reduced(kind: Kind, side: Side, array: Expr, leaf: Leaf): Expr {
    const from: Side = leaf.base._tag === 'Boolean' ? 'Boolean' : 'Real';
    const { axes, indices } = this.lead(leaf);
    return this.over(kind, side, array, axes, (x) => convert(indices.reduce(at, x), from, side));
  }

  private over(kind: Kind, side: Side, array: Expr, axes: readonly B.Axis[], each: (x: Expr) => Expr): Expr {
    const [axis, ...rest] = axes;
    if (!axis) return each(array);
    const first = (): Expr => this.over(kind, side, firstOf(axis, array), rest, each);
    const init = !hasUnit(kind) && B.nonEmpty(axis) ? first() : num(side, kind === 'product' ? 1 : 0);
    if (kind === 'first' && B.nonEmpty(axis)) return init;
    const [index, acc, value] = [this.fresh('r'), this.fresh('a'), this.fresh('b')];
    const element = this.over(kind, side, at(array, index), rest, each);
    const weight = op('add', num('Real', 1), at(apply(B.position(axis)), index));
    const given = kind === 'weighted' && side === 'Real' ? op('mul', weight, element) : element;
    const object = objectOf(side);
    const body = letIn([{ name: value, object }], given, joined(kind, side, wire(acc), wire(value)));
    return scanOver(index, axis, [{ name: acc, object, init }], body);
  }

  // ---- affine maps ------------------------------------------------------------------------------------------------------

  /** f, then g. */
  after(f: AffineMap, g: AffineMap): AffineMap {
    const [scale, shift] = [this.named(g.scale, R), this.named(g.shift, R)];
    return {
      scale: this.named(op('mul', f.scale, scale), R),
      shift: this.named(op('add', op('mul', scale, f.shift), shift), R),
    };
  }

  /** The maps of an array's elements, composed in order; without scales of their own they double. */
  affine(scales: Expr | undefined, shifts: Expr, leaf: Leaf): AffineMap {
    const from: Side = leaf.base._tag === 'Boolean' ? 'Boolean' : 'Real';
    const { axes, indices } = this.lead(leaf);
    const each = (x: Expr): Expr => convert(indices.reduce(at, x), from, 'Real');
    const pair = this.pairs(scales, shifts, axes, each);
    const names = [this.fresh('s'), this.fresh('t')];
    this.lets.push({ names, object: R, value: pair });
    return { scale: wire(names[0]!), shift: wire(names[1]!) };
  }

  private pairs(scales: Expr | undefined, shifts: Expr, axes: readonly B.Axis[], each: (x: Expr) => Expr): Expr {
    const [axis, ...rest] = axes;
    if (!axis) return tuple(scales ? each(scales) : num('Real', 2), each(shifts));
    const index = this.fresh('r');
    const [a, b, c, d] = [this.fresh('a'), this.fresh('a'), this.fresh('b'), this.fresh('b')];
    const inner = this.pairs(scales && at(scales, index), at(shifts, index), rest, each);
    const next = tuple(op('mul', wire(a), wire(c)), op('add', op('mul', wire(c), wire(b)), wire(d)));
    const state = [
      { name: a, object: R, init: num('Real', 1) },
      { name: b, object: R, init: num('Real', 0) },
    ];
    return scanOver(
      index,
      axis,
      state,
      letIn(
        [
          { name: c, object: R },
          { name: d, object: R },
        ],
        inner,
        next,
      ),
    );
  }
}
