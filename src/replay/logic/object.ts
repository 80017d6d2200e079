/**
 * Objects: products of arrays. Invariant: interned, equal exactly when the same value; axes are outermost first. It does not know terms.
 */
import { type Axis, type AxisImage, type AxisVar, axisVars, paths, showAxis, showName, substAxis } from './axis.js';
import { decline, LIMITS, spend } from './refusal.js';

export type Base = 'R' | 'B' | { readonly name: string };

export interface Leaf {
  readonly base: Base;
  readonly axes: readonly Axis[];
}

export interface Obj {
  readonly id: number;
  readonly leaves: readonly Leaf[];
}

const objects = new Map<string, Obj>();

const keyOf = ({ base, axes }: Leaf): string =>
  `${typeof base === 'string' ? base : JSON.stringify(base.name)} ${axes.map((a) => a.id).join(' ')}`;

/** The product of these arrays. */
export const object = (leaves: readonly Leaf[]): Obj => {
  const size = leaves.reduce((n, { axes }) => n + 1 + axes.length, 0);
  if (leaves.length > LIMITS.leaves || size > LIMITS.objectSize) decline('an object is too large');
  if (leaves.some(({ axes }) => axes.length > LIMITS.axes)) decline('an array has too many axes');
  spend(8 + 4 * size);
  const key = leaves.map(keyOf).join(';');
  const known = objects.get(`${leaves.length} ${key}`);
  if (known) return known;
  spend(100 + 4 * size);
  const copied = leaves.map(({ base, axes }) => Object.freeze({ base, axes: Object.freeze([...axes]) }));
  const made = Object.freeze({ id: objects.size, leaves: Object.freeze(copied) });
  objects.set(`${leaves.length} ${key}`, made);
  return made;
};

export const unit: Obj = object([]);
export const reals = (...axes: readonly Axis[]): Obj => object([{ base: 'R', axes }]);
export const booleans = (...axes: readonly Axis[]): Obj => object([{ base: 'B', axes }]);
export const objectVar = (name: string, ...axes: readonly Axis[]): Obj => object([{ base: { name }, axes }]);

/** What is computed for a pair, computed once. */
const forPairs = <A extends { id: number }, B extends { id: number }>(
  make: (a: A, b: B) => Obj,
): ((a: A, b: B) => Obj) => {
  const known = new Map<A, Map<B, Obj>>();
  return (a, b) => {
    const row = known.get(a) ?? new Map<B, Obj>();
    if (row.size === 0) known.set(a, row);
    const found = row.get(b) ?? make(a, b);
    if (!row.has(b)) row.set(b, found);
    return found;
  };
};

const pair = forPairs((a: Obj, b: Obj): Obj => (b === unit ? a : a === unit ? b : object([...a.leaves, ...b.leaves])));

export const tensor = (...parts: readonly Obj[]): Obj => parts.reduce(pair, unit);

/** a▹A: axis a in front of every array. */
export const weave = forPairs((a: Axis, o: Obj): Obj =>
  object(o.leaves.map(({ base, axes }) => ({ base, axes: [a, ...axes] }))),
);

/** A where o = a▹A. */
export const unweave = (a: Axis, o: Obj): Obj | undefined =>
  o.leaves.every(({ axes }) => axes[0] === a)
    ? object(o.leaves.map(({ base, axes }) => ({ base, axes: axes.slice(1) })))
    : undefined;

/** B where o = A * B. */
export const after = (a: Obj, o: Obj): Obj | undefined =>
  object(o.leaves.slice(0, a.leaves.length)) === a ? object(o.leaves.slice(a.leaves.length)) : undefined;

export type ObjectImage = (name: string) => Obj | undefined;

const none: ObjectImage = () => undefined;

/** All variables at once: X under axes becomes each leaf of its image under these axes. */
export const substObject = (o: Obj, axis: AxisImage, image: ObjectImage = none): Obj =>
  object(
    o.leaves.flatMap(({ base, axes }) => {
      const outer = axes.map((a) => substAxis(a, axis));
      const inner = typeof base === 'string' ? undefined : image(base.name);
      return inner
        ? inner.leaves.map((leaf) => ({ base: leaf.base, axes: [...outer, ...leaf.axes] }))
        : [{ base, axes: outer }];
    }),
  );

const axesOf = (e: Axis): readonly AxisVar[] => {
  const found = axisVars(e);
  spend(1 + found.length);
  return found;
};
export const objectAxes = (o: Obj): readonly AxisVar[] => o.leaves.flatMap(({ axes }) => axes.flatMap(axesOf));
export const objectNames = (o: Obj): readonly string[] =>
  o.leaves.flatMap(({ base }) => (typeof base === 'string' ? [] : [base.name]));

const shapes = new Map<Obj, readonly (readonly AxisVar[])[]>();

/** All blocks of all arrays, in order. */
export const shape = (o: Obj): readonly (readonly AxisVar[])[] => {
  const known = shapes.get(o) ?? blocks(o).flat();
  shapes.set(o, known);
  return known;
};

const blockLists = new Map<Obj, readonly (readonly (readonly AxisVar[])[])[]>();

const blocksOfLeaf = ({ axes }: Leaf): readonly (readonly AxisVar[])[] => {
  let found: readonly (readonly AxisVar[])[] = [[]];
  for (const axis of axes) {
    const more = paths(axis);
    if (found.length * more.length > LIMITS.blocks) decline('an array has too many parts');
    const both = (outer: readonly AxisVar[], inner: readonly AxisVar[]): readonly AxisVar[] => {
      spend(4 + outer.length + inner.length);
      return [...outer, ...inner];
    };
    found = found.flatMap((outer) => more.map((inner) => both(outer, inner)));
  }
  return found;
};

/** For each array, its blocks: one for each path through the sums of its axes, with the variables on it. */
export const blocks = (o: Obj): readonly (readonly (readonly AxisVar[])[])[] => {
  const known = blockLists.get(o);
  if (known) return known;
  const found = o.leaves.map(blocksOfLeaf);
  if (found.reduce((n, b) => n + b.length, 0) > LIMITS.blocks) decline('an object has too many parts');
  blockLists.set(o, found);
  return found;
};

const showLeaf = ({ base, axes }: Leaf): string => {
  const name = typeof base === 'string' ? base : showName(base.name);
  const shown = axes.map((a) => (axes.length > 1 && /[ *]/.test(showAxis(a)) ? `(${showAxis(a)})` : showAxis(a)));
  return axes.length === 0 ? name : `${name}[${shown.join(' ')}]`;
};

export const showObject = (o: Obj): string => o.leaves.map(showLeaf).join(' * ') || '1';
