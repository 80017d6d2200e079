// How large what is written becomes: blocks of axes, components of objects, definitions that unfold. Invariant: decided on numbers alone,
// before the core is asked to build anything, so that what would be too large is never begun; the limits are those of
// docs/reference/limits.md. Knows nothing of values: what it takes to compute them is counted by the core, as fuel.
import type { Axis, Obj, Term } from '../../core/index.js';
import type { Arguments, AxisVar, Definition } from '../../core/index.js';
import { type Measured, descend, fail } from './error.js';

export const limits = {
  /** arrays over axis variables that an axis, or an object, consists of */
  blocks: 20_000,
  /** axis variables in the normal form of an axis */
  factors: 20_000,
  /** wires, or components of a tuple or a state, of one diagram */
  components: 1_000,
  /** instances of definitions inside one definition */
  unfoldings: 20_000,
} as const satisfies Readonly<Record<Measured, number>>;

export function atMost(what: Measured, found: number): void {
  if (!(found <= limits[what])) fail({ _tag: 'TooLarge', what, limit: limits[what] });
}

// ---- axes and objects -------------------------------------------------------------------------------------------------

/** How many blocks an axis has, and how many variables stand in its normal form. */
interface Extent {
  readonly blocks: number;
  readonly factors: number;
}
const single: Extent = { blocks: 1, factors: 1 };
const known = new WeakMap<Axis, Extent>();

/** Of e * f: each block of e in front of all of f. */
const times = (e: Extent, f: Extent): Extent => ({
  blocks: e.blocks * f.blocks,
  factors: e.factors + e.blocks * f.factors,
});

/** Where a variable stands for an axis, `of` says how large that is. */
function extentOf(e: Axis, of?: (v: AxisVar) => Extent): Extent {
  const before = of ? undefined : known.get(e);
  if (before) return before;
  const made = e.terms.reduce(
    (sum: Extent, m) => {
      const tail = m.tail ? extentOf(m.tail, of) : { blocks: 1, factors: 0 };
      const all = m.vars.reduceRight((rest: Extent, v) => times(of ? of(v) : single, rest), tail);
      return { blocks: sum.blocks + all.blocks, factors: sum.factors + all.factors };
    },
    { blocks: 0, factors: 0 },
  );
  if (!of) known.set(e, made);
  return made;
}
export const blocksOf = (e: Axis): number => extentOf(e).blocks;

function extentFits({ blocks, factors }: Extent): void {
  atMost('blocks', blocks);
  atMost('factors', factors);
}

const slotTable = new WeakMap<Obj, number>();
/** How many arrays over axis variables an object consists of. */
export function slotsOf(object: Obj): number {
  const before = slotTable.get(object);
  if (before !== undefined) return before;
  const made = object.leaves.reduce((n, l) => n + l.axes.reduce((k, a) => k * blocksOf(a), 1), 0);
  slotTable.set(object, made);
  return made;
}

export function sumFits(e: Axis, f: Axis): void {
  const [p, q] = [extentOf(e), extentOf(f)];
  extentFits({ blocks: p.blocks + q.blocks, factors: p.factors + q.factors });
}
export function productFits(e: Axis, f: Axis): void {
  extentFits(times(extentOf(e), extentOf(f)));
}
export function objectsFit(objects: readonly Obj[]): void {
  atMost(
    'components',
    objects.reduce((n, o) => n + o.leaves.length, 0),
  );
}

// ---- definitions --------------------------------------------------------------------------------------------------------

/** What the parameters of a definition stand for, as numbers. */
interface Sizes {
  readonly axis: (v: AxisVar) => Extent;
  /** components of an object variable */
  readonly object: (name: string) => number;
}
const plain: Sizes = { axis: () => single, object: () => 1 };

const componentsUnder = (object: Obj, { object: of }: Sizes): number =>
  object.leaves.reduce((n, l) => n + (l.base._tag === 'ObjVar' ? of(l.base.name) : 1), 0);

const counts = new Map<string, number>();

/** Refuses a call of which some instance is too large, or that has too many of them inside. */
export function callFits(definition: Definition, args: Arguments): void {
  atMost('unfoldings', instances(definition, args, plain));
}

/** How many instances of definitions a call unfolds to. */
function instances(d: Definition, args: Arguments, outer: Sizes): number {
  const axes = args.axes.map((e) => extentOf(e, outer.axis));
  const objects = args.objects.map((o) => componentsUnder(o, outer));
  axes.forEach(extentFits);
  objects.forEach((n) => atMost('components', n));
  const key = `${d.id}:${axes.map((e) => `${e.blocks}.${e.factors}`).join()}:${objects.join()}`;
  const before = counts.get(key);
  if (before !== undefined) return before;
  const axisOf = new Map(d.parameters.axes.map((v, i) => [v, axes[i] ?? single]));
  const objectOf = new Map(d.parameters.objects.map((o, i) => [o, objects[i] ?? 1]));
  const sizes: Sizes = { axis: (v) => axisOf.get(v) ?? single, object: (name) => objectOf.get(name) ?? 1 };
  let count = 1;
  for (const part of partsOf(d.body)) {
    fitsUnder(part, sizes);
    if (part._tag === 'Call') count += descend(() => instances(part.definition, part.args, sizes));
    atMost('unfoldings', count);
  }
  counts.set(key, count);
  return count;
}

function fitsUnder(t: Term, sizes: Sizes): void {
  for (const o of [t.dom, t.cod]) {
    atMost('components', componentsUnder(o, sizes));
    for (const l of o.leaves)
      extentFits(l.axes.reduce((e: Extent, a) => times(e, extentOf(a, sizes.axis)), { blocks: 1, factors: 0 }));
  }
  if ('axis' in t) extentFits(extentOf(t.axis, sizes.axis));
  if ('other' in t) extentFits(extentOf(t.other, sizes.axis));
}

const partTable = new WeakMap<Term, readonly Term[]>();
/** The different terms inside a term that can grow when it is instantiated: those that mention an axis or an object, and calls. */
function partsOf(root: Term): readonly Term[] {
  const before = partTable.get(root);
  if (before) return before;
  const seen = new Set<Term>();
  const pending = [root];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    if (t._tag === 'Compose' || t._tag === 'Tensor') pending.push(t.first, t.second);
    else if (t._tag === 'Map') pending.push(t.body);
    else if (t._tag === 'Scan') pending.push(t.step);
    else if (t._tag === 'Call') pending.push(...t.args.morphisms);
  }
  const made = [...seen];
  partTable.set(root, made);
  return made;
}

/** Refuses an instance of a diagram whose axes or objects would be too large. */
export function instanceFits(
  terms: readonly Term[],
  axes: ReadonlyMap<AxisVar, Axis>,
  objects: ReadonlyMap<string, Obj>,
): void {
  const sizes: Sizes = {
    axis: (v) => (axes.has(v) ? extentOf(axes.get(v)!) : single),
    object: (name) => objects.get(name)?.leaves.length ?? 1,
  };
  for (const t of terms.flatMap(partsOf)) fitsUnder(t, sizes);
}
