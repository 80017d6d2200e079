// One-way matching: what axes and objects must the parameters be, so that a declared object is the object at hand?
// Invariant: proposes only; the typed constructors check what is made of the answer. Bindings live apart from names, so that a
// parameter called like an axis in scope is no capture.
import {
  type Axis,
  type AxisVar,
  type Leaf,
  type Monomial,
  type Obj,
  ofLeaves,
  ofVar,
  one,
  product,
  substituteAxis,
  sum,
  zero,
} from '../point/build.js';

export class Matching {
  readonly axes = new Map<AxisVar, Axis>();
  readonly objects = new Map<string, Obj>();
  private later: (readonly [Axis, Axis])[] = [];

  constructor(
    private readonly axisParameters: ReadonlySet<AxisVar>,
    private readonly objectParameters: ReadonlySet<string>,
  ) {}

  /** Deals the leaves at hand to the leaves of a pattern; false where they cannot fit. */
  match(pattern: Obj, found: Obj): boolean {
    const widths = this.widths(pattern, found.leaves.length);
    if (!widths) return false;
    let from = 0;
    for (const [i, leaf] of pattern.leaves.entries()) {
      const dealt = found.leaves.slice(from, from + widths[i]!);
      from += widths[i]!;
      if (!this.leaf(leaf, dealt)) return false;
    }
    this.solve();
    return from === found.leaves.length;
  }

  private widths(pattern: Obj, total: number): readonly number[] | undefined {
    const fixed = pattern.leaves.map((l) => this.width(l));
    const open = fixed.filter((w) => w === undefined).length;
    const rest = total - fixed.reduce<number>((n, w) => n + (w ?? 0), 0);
    if (rest < 0 || (open === 0 && rest > 0)) return undefined;
    if (open === 0) return fixed as number[];
    const names = new Set(
      pattern.leaves.filter((_, i) => fixed[i] === undefined).map((l) => (l.base._tag === 'ObjVar' ? l.base.name : '')),
    );
    const each = names.size === 1 ? rest / open : rest === open ? 1 : NaN;
    return Number.isInteger(each) ? fixed.map((w) => w ?? each) : undefined;
  }

  private width(leaf: Leaf): number | undefined {
    if (leaf.base._tag !== 'ObjVar' || !this.objectParameters.has(leaf.base.name)) return 1;
    return this.objects.get(leaf.base.name)?.leaves.length;
  }

  private leaf(pattern: Leaf, dealt: readonly Leaf[]): boolean {
    const n = pattern.axes.length;
    if (!dealt.every((l) => l.axes.length >= n)) return false;
    dealt.forEach((l) => pattern.axes.forEach((a, i) => this.axis(a, l.axes[i]!)));
    const { base } = pattern;
    if (base._tag === 'ObjVar' && this.objectParameters.has(base.name)) {
      if (!this.objects.has(base.name))
        this.objects.set(base.name, ofLeaves(dealt.map((l) => ({ base: l.base, axes: l.axes.slice(n) }))));
      return true;
    }
    return dealt.every((l) => l.axes.length === n && l.base._tag === base._tag);
  }

  private axis(pattern: Axis, found: Axis): void {
    const v = variableOf(pattern);
    if (!v) this.later.push([pattern, found]);
    else if (this.open(v)) this.axes.set(v, found);
  }

  private open(v: AxisVar): boolean {
    return this.axisParameters.has(v) && !this.axes.has(v);
  }

  /** Compound axes, once the plain ones are known; each round binds something or is the last. */
  private solve(): void {
    for (let known = -1; known < this.axes.size;) {
      known = this.axes.size;
      this.later = this.later.filter(([pattern, found]) => !this.solved(pattern, found));
    }
  }

  private solved(pattern: Axis, found: Axis): boolean {
    const images = { axes: [...this.axes] };
    const [before, open, after] = around(pattern.terms, (m) => this.openMonomial(m));
    if (open.length === 0) return true;
    if (open.length === 1)
      return this.summand(
        before.map((m) => substituteAxis(images, axisOf(m))),
        open[0]!,
        after.map((m) => substituteAxis(images, axisOf(m))),
        found,
      );
    if (pattern.terms.length !== found.terms.length) return false;
    pattern.terms.forEach((m, i) => this.factors(m, axisOf(found.terms[i]!)));
    return true;
  }

  private openMonomial(m: Monomial): boolean {
    return m.vars.some((v) => this.open(v)) || (m.tail?.terms.some((t) => this.openMonomial(t)) ?? false);
  }

  /** found = before + m + after: m is what is left of found. */
  private summand(before: readonly Axis[], m: Monomial, after: readonly Axis[], found: Axis): boolean {
    const [left, right] = [before.reduce(sum, zero).terms.length, after.reduce(sum, zero).terms.length];
    if (found.terms.length < left + right) return false;
    const middle = found.terms.slice(left, found.terms.length - right);
    return this.factors(m, middle.map(axisOf).reduce(sum, zero));
  }

  /** found = v * w * …, of which one is open or all match one by one. */
  private factors(m: Monomial, found: Axis): boolean {
    if (m.vars.length === 1 && !m.tail) {
      if (this.open(m.vars[0]!)) this.axes.set(m.vars[0]!, found);
      return true;
    }
    const only = found.terms.length === 1 ? found.terms[0]! : undefined;
    if (!only || m.tail || only.tail) return false;
    const [before, open, after] = around(m.vars, (v) => this.open(v));
    const width = (vars: readonly AxisVar[]): number =>
      vars.reduce((n, v) => n + (this.axes.get(v)?.terms[0]?.vars.length ?? 1), 0);
    if (open.length === 1) {
      const middle = only.vars.slice(width(before), only.vars.length - width(after));
      this.axes.set(
        open[0]!,
        middle.reduce((a, v) => product(a, ofVar(v)), one),
      );
    } else if (m.vars.length === only.vars.length) {
      m.vars.forEach((v, i) => this.open(v) && this.axes.set(v, ofVar(only.vars[i]!)));
    } else return false;
    return true;
  }
}

const variableOf = (axis: Axis): AxisVar | undefined => {
  const only = axis.terms.length === 1 ? axis.terms[0]! : undefined;
  return only && !only.tail && only.vars.length === 1 ? only.vars[0] : undefined;
};

const axisOf = (m: Monomial): Axis =>
  product(
    m.vars.reduce((a, v) => product(a, ofVar(v)), one),
    m.tail ?? one,
  );

/** The open items, and what stands before the first and after the last of them. */
function around<A>(list: readonly A[], open: (a: A) => boolean): readonly [readonly A[], readonly A[], readonly A[]] {
  const first = list.findIndex(open);
  if (first < 0) return [list, [], []];
  const last = list.findLastIndex(open);
  return [list.slice(0, first), list.slice(first, last + 1).filter(open), list.slice(last + 1)];
}
