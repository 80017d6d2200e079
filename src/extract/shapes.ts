/**
 * Shapes of arrays to sizes of axes. Invariant: every wire has its declared axes last and the same leading axes first; two wires that
 * share an axis agree on its size. Knows no files.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis } from '../core/index.js';
import type { Binding } from '../elaborate/point.js';

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
  | { readonly _tag: 'EmptyAxis'; readonly axis: string; readonly wire: string };

export interface Sizes {
  /** the further leading axes, the same on all wires */
  readonly leading: readonly number[];
  readonly axes: Readonly<Record<string, number>>;
}

export const axisName = (e: Axis): string => e.terms[0]?.vars[0]?.name ?? '1';
/** The names of a wire's axes, outermost first. */
export const axisNames = (w: Binding): readonly string[] => (w.object.leaves[0]?.axes ?? []).map(axisName);

interface Found {
  readonly leading: readonly number[] | undefined;
  readonly axes: Record<string, number>;
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
    const known = Object.hasOwn(found.axes, axis) ? found.axes[axis]! : n;
    if (known !== n) return E.left({ _tag: 'SizeDiffers', axis, wire: w.name, expected: known, found: n });
    found.axes[axis] = n;
  }
  const zero = leading.indexOf(0);
  if (zero >= 0) return E.left({ _tag: 'EmptyAxis', axis: `leading ${zero}`, wire: w.name });
  return E.right({ ...found, leading: names.length > 0 ? leading : found.leading });
}

/** The sizes of all axes, and of `batch`, the product of the leading ones. */
export function sizesOf(
  wires: readonly Binding[],
  shapes: Readonly<Record<string, readonly number[]>>,
): E.Either<ShapeError, Sizes> {
  const names = wires.map((w) => w.name);
  const unknown = Object.keys(shapes).find((n) => !names.includes(n));
  if (unknown !== undefined) return E.left({ _tag: 'UnknownWire', wire: unknown, wires: names });
  let found: Found = { leading: undefined, axes: Object.create(null) as Found['axes'] };
  for (const w of wires) {
    const shape = Object.hasOwn(shapes, w.name) ? shapes[w.name]! : undefined;
    if (!shape) return E.left({ _tag: 'MissingWire', wire: w.name, wires: names });
    const next = oneWire(w, shape, found);
    if (E.isLeft(next)) return next;
    found = next.right;
  }
  const leading = found.leading ?? [];
  return E.right({ leading, axes: { ...found.axes, batch: leading.reduce((a, b) => a * b, 1) } });
}
