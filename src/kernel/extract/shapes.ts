/**
 * Shapes of arrays to sizes of axes. Invariant: every wire has its declared axes last and the same leading axes first; two wires that
 * share an axis agree on its size. Knows no files.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, AxisVar } from '../../core/index.js';
import type { Binding } from '../../language/point/point.js';

export type ShapeError =
  | { readonly _tag: 'MissingWire'; readonly wire: string; readonly wires: readonly string[] }
  | { readonly _tag: 'UnknownWire'; readonly wire: string; readonly wires: readonly string[] }
  | {
      readonly _tag: 'WrongRank';
      readonly wire: string;
      readonly axes: readonly string[];
      readonly shape: readonly number[];
    }
  | {
      readonly _tag: 'LeadingDiffers';
      readonly wire: string;
      readonly expected: readonly number[];
      readonly found: readonly number[];
    }
  | {
      readonly _tag: 'SizeDiffers';
      readonly axis: string;
      readonly wire: string;
      readonly expected: number;
      readonly found: number;
    }
  | { readonly _tag: 'EmptyAxis'; readonly axis: string; readonly wire: string }
  | { readonly _tag: 'SizeOpen'; readonly axis: string; readonly of: string; readonly wire: string }
  | {
      readonly _tag: 'SizeNone';
      readonly axis: string;
      readonly of: string;
      readonly wire: string;
      readonly found: number;
    };

export interface Sizes {
  /** the further leading axes, the same on all wires */
  readonly leading: readonly number[];
  readonly axes: Readonly<Record<string, number>>;
}

/** `k`, or of a compound axis the phrase: `a+b`, `a*(b+c)`, `1`. */
export function axisName(e: Axis): string {
  const factor = (x: Axis): string => (x.terms.length === 1 ? axisName(x) : `(${axisName(x)})`);
  const term = ({ vars, tail }: Axis['terms'][number]): string =>
    [...vars.map((v) => v.name), ...(tail ? [factor(tail)] : [])].join('*') || '1';
  return e.terms.map(term).join('+') || '0';
}
const single = (e: Axis): AxisVar | undefined =>
  e.terms.length === 1 && e.terms[0]!.vars.length === 1 && !e.terms[0]!.tail ? e.terms[0]!.vars[0] : undefined;
/** The names of a wire's axes, outermost first. */
export const axisNames = (w: Binding): readonly string[] => (w.object.leaves[0]?.axes ?? []).map(axisName);

/** A compound axis, which is as long as an array says. */
interface Equation {
  readonly axis: Axis;
  readonly wire: string;
  readonly size: number;
}
interface Found {
  readonly leading: readonly number[] | undefined;
  readonly axes: Record<string, number>;
  readonly equations: Equation[];
}

function oneWire(w: Binding, shape: readonly number[], found: Found): E.Either<ShapeError, Found> {
  const names = axisNames(w);
  const extra = shape.length - names.length;
  if (extra < 0 || (names.length === 0 && extra > 0))
    return E.left({ _tag: 'WrongRank', wire: w.name, axes: names, shape });
  const leading = shape.slice(0, extra);
  if (names.length > 0 && found.leading && leading.join() !== found.leading.join())
    return E.left({ _tag: 'LeadingDiffers', wire: w.name, expected: found.leading, found: leading });
  for (const [i, axis] of names.entries()) {
    const n = shape[extra + i]!;
    if (n < 1) return E.left({ _tag: 'EmptyAxis', axis, wire: w.name });
    const whole = w.object.leaves[0]!.axes[i]!;
    if (!single(whole)) {
      found.equations.push({ axis: whole, wire: w.name, size: n });
      continue;
    }
    const known = Object.hasOwn(found.axes, axis) ? found.axes[axis]! : n;
    if (known !== n) return E.left({ _tag: 'SizeDiffers', axis, wire: w.name, expected: known, found: n });
    found.axes[axis] = n;
  }
  const zero = leading.indexOf(0);
  if (zero >= 0) return E.left({ _tag: 'EmptyAxis', axis: `leading ${zero}`, wire: w.name });
  return E.right({ ...found, leading: names.length > 0 ? leading : found.leading });
}

/** A size as `known + times * open`, of at most one axis that is open. */
interface Linear {
  readonly known: number;
  readonly times: number;
  readonly open: AxisVar | undefined;
}

/** The same of an axis, or the axes that are open where there are more, or where one is a factor twice. */
function linear(e: Axis, axes: Readonly<Record<string, number>>): Linear | readonly AxisVar[] {
  let sum: Linear = { known: 0, times: 0, open: undefined };
  for (const { vars, tail } of e.terms) {
    const inner = tail ? linear(tail, axes) : { known: 1, times: 0, open: undefined };
    const open = vars.filter((v) => !Object.hasOwn(axes, v.name));
    if (!('known' in inner)) return [...open, ...inner];
    const scale = vars.reduce((n, v) => n * (Object.hasOwn(axes, v.name) ? axes[v.name]! : 1), 1);
    const all = [...new Set([sum.open, inner.open, ...open].filter((v) => v !== undefined))];
    if (all.length > 1 || open.length + (inner.open ? 1 : 0) > 1) return all;
    sum = {
      known: sum.known + (open.length === 0 ? scale * inner.known : 0),
      times: sum.times + scale * (open.length === 0 ? inner.times : inner.known),
      open: all[0],
    };
  }
  return sum;
}

/** Sizes of the axes inside compound ones, each from an equation in which it alone is open; and whether all equations hold. */
function solved({ axes, equations }: Found): ShapeError | undefined {
  let pending = equations;
  for (let before = -1; before !== pending.length;) {
    before = pending.length;
    const rest: Equation[] = [];
    for (const q of pending) {
      const form = linear(q.axis, axes);
      const of = axisName(q.axis);
      if (!('known' in form)) {
        rest.push(q);
      } else if (form.open === undefined) {
        if (form.known !== q.size)
          return { _tag: 'SizeDiffers', axis: of, wire: q.wire, expected: form.known, found: q.size };
      } else {
        const n = (q.size - form.known) / form.times;
        if (!Number.isInteger(n) || n < (form.open.maybeEmpty ? 0 : 1))
          return { _tag: 'SizeNone', axis: form.open.name, of, wire: q.wire, found: q.size };
        axes[form.open.name] = n;
      }
    }
    pending = rest;
  }
  const [q] = pending;
  const open = q && linear(q.axis, axes);
  return open && !('known' in open)
    ? { _tag: 'SizeOpen', axis: open[0]!.name, of: axisName(q.axis), wire: q.wire }
    : undefined;
}

/** The sizes of all axes, and of `batch`, the product of the leading ones; `given` are those that a person adds. */
export function sizesOf(
  wires: readonly Binding[],
  shapes: Readonly<Record<string, readonly number[]>>,
  given: Readonly<Record<string, number>> = {},
): E.Either<ShapeError, Sizes> {
  const names = wires.map((w) => w.name);
  const unknown = Object.keys(shapes).find((n) => !names.includes(n));
  if (unknown !== undefined) return E.left({ _tag: 'UnknownWire', wire: unknown, wires: names });
  const axes = Object.assign(Object.create(null), given) as Found['axes'];
  let found: Found = { leading: undefined, axes, equations: [] };
  for (const w of wires) {
    const shape = Object.hasOwn(shapes, w.name) ? shapes[w.name]! : undefined;
    if (!shape) return E.left({ _tag: 'MissingWire', wire: w.name, wires: names });
    const next = oneWire(w, shape, found);
    if (E.isLeft(next)) return next;
    found = next.right;
  }
  const wrong = solved(found);
  if (wrong) return E.left(wrong);
  const leading = found.leading ?? [];
  return E.right({ leading, axes: { ...found.axes, batch: leading.reduce((a, b) => a * b, 1) } });
}
