// Pointwise expressions of random streams: a small tree, its text in the language, random ones, and smaller ones in its place. Invariant: an
// expression over some axes reads only wires and parts of the state whose axes are all among them. It does not know streams.
export interface Array_ {
  readonly name: string;
  readonly axes: readonly string[];
}

export type Expr =
  | { readonly _tag: 'Constant'; readonly value: string }
  | { readonly _tag: 'Read'; readonly array: Array_ }
  | { readonly _tag: 'Size'; readonly axis: string }
  | { readonly _tag: 'Position'; readonly axis: string }
  | { readonly _tag: 'Unary'; readonly form: keyof typeof UNARY; readonly of: Expr }
  | { readonly _tag: 'Binary'; readonly form: keyof typeof BINARY; readonly left: Expr; readonly right: Expr }
  | { readonly _tag: 'Select'; readonly parts: readonly [Expr, Expr, Expr, Expr] }
  | { readonly _tag: 'Inner'; readonly form: 'sum' | 'max'; readonly axis: string; readonly body: Expr };

/** Total functions whose conditions hold at every number. */
const UNARY = {
  neg: (x: string) => `(-${x})`,
  square: (x: string) => `square(${x})`,
  abs: (x: string) => `abs(${x})`,
  relu: (x: string) => `relu(${x})`,
  sigmoid: (x: string) => `sigmoid(${x})`,
  bell: (x: string) => `exp(-square(${x}))`,
  root: (x: string) => `sqrt(1 + square(${x}))`,
  log: (x: string) => `log(1 + square(${x}))`,
  recip: (x: string) => `recip(1 + square(${x}))`,
} as const;
const BINARY = {
  add: (x: string, y: string) => `(${x} + ${y})`,
  sub: (x: string, y: string) => `(${x} - ${y})`,
  mul: (x: string, y: string) => `(${x} * ${y})`,
  max: (x: string, y: string) => `max2(${x}, ${y})`,
  over: (x: string, y: string) => `(${x} / (1 + abs(${y})))`,
} as const;

export const read = (array: Array_): Expr => ({ _tag: 'Read', array });
export const constant = (value: string): Expr => ({ _tag: 'Constant', value });
export const ONE = constant('1');

/** The text; what a read is written as may be chosen (a part of the state, in place). */
export function show(e: Expr, reading: (a: Array_) => string = element): string {
  switch (e._tag) {
    case 'Constant':
      return e.value;
    case 'Read':
      return reading(e.array);
    case 'Size':
      return `size ${e.axis}`;
    case 'Position':
      return `(position[${e.axis}])[${e.axis}]`;
    case 'Unary':
      return UNARY[e.form](show(e.of, reading));
    case 'Binary':
      return BINARY[e.form](show(e.left, reading), show(e.right, reading));
    case 'Select': {
      const [a, b, c, d] = e.parts.map((x) => show(x, reading)) as [string, string, string, string];
      return `(if ${a} < ${b} then ${c} else ${d})`;
    }
    case 'Inner':
      return `(${e.form} ${e.axis} (${show(e.body, reading)}))`;
  }
}
export const element = ({ name, axes }: Array_): string => (axes.length === 0 ? name : `${name}[${axes.join(', ')}]`);

export function children(e: Expr): readonly Expr[] {
  switch (e._tag) {
    case 'Unary':
      return [e.of];
    case 'Binary':
      return [e.left, e.right];
    case 'Select':
      return e.parts;
    case 'Inner':
      return [e.body];
    default:
      return [];
  }
}

function replaced(e: Expr, at: number, by: Expr): Expr {
  switch (e._tag) {
    case 'Unary':
      return { ...e, of: by };
    case 'Binary':
      return at === 0 ? { ...e, left: by } : { ...e, right: by };
    case 'Select':
      return {
        ...e,
        parts: e.parts.map((x, i) => (i === at ? by : x)) as unknown as readonly [Expr, Expr, Expr, Expr],
      };
    case 'Inner':
      return { ...e, body: by };
    default:
      return e;
  }
}

/** The arrays read, and the axes named, anywhere in it. */
export const reads = (e: Expr): readonly Array_[] => (e._tag === 'Read' ? [e.array] : children(e).flatMap(reads));
export const axesNamed = (e: Expr): readonly string[] => [
  ...('axis' in e ? [e.axis] : e._tag === 'Read' ? e.array.axes : []),
  ...children(e).flatMap(axesNamed),
];
export const weight = (e: Expr): number => 1 + children(e).reduce((n, c) => n + weight(c), 0);

/** Axes that are read free: neither bound by a sum inside, nor only measured. */
export const free = (e: Expr): ReadonlySet<string> => {
  if (e._tag === 'Read') return new Set(e.array.axes);
  if (e._tag === 'Position') return new Set([e.axis]);
  const inside = children(e).flatMap((c) => [...free(c)]);
  return new Set(e._tag === 'Inner' ? inside.filter((a) => a !== e.axis) : inside);
};

/** Smaller expressions over the same axes, the smallest first. */
export function smaller(e: Expr, available: readonly string[]): readonly Expr[] {
  const kids = children(e);
  const ok = (x: Expr): boolean => [...free(x)].every((a) => available.includes(a));
  const inside = e._tag === 'Inner' ? [...available, e.axis] : available;
  const lifted = kids.filter(ok);
  const deeper = kids.flatMap((k, i) => smaller(k, inside).map((by) => replaced(e, i, by)));
  const flat = e._tag === 'Constant' ? [] : [ONE];
  return [...flat, ...lifted, ...deeper].filter(
    (x) => weight(x) < weight(e) || (x._tag === 'Constant' && e._tag !== 'Constant'),
  );
}

// ---- random ones --------------------------------------------------------------------------------------------------------

export interface Pool {
  readonly next: () => number;
  /** what may be read */
  readonly arrays: readonly Array_[];
  /** axes that a sum inside may bind */
  readonly inner: readonly string[];
  /** whether the size of the streamed axis may be read: of all the data it may, of a part of them it means something else */
  readonly measured: boolean;
  /** expressions made before: the same one is used again at times */
  readonly made: Expr[];
}

export const pick = <A>(next: () => number, all: readonly A[]): A => all[Math.floor(next() * all.length)]!;
const CONSTANTS = ['0', '1', '2', '1/2', '(-3/4)', '0.1'];

function leaf({ next, arrays, measured }: Pool, axes: readonly string[], wanted: string | undefined): Expr {
  const fits = arrays.filter((a) => a.axes.every((x) => axes.includes(x)));
  const better = fits.filter((a) => wanted !== undefined && a.axes.includes(wanted));
  const from = better.length > 0 && next() < 0.8 ? better : fits;
  const other = next();
  if (from.length > 0 && other < 0.86) return read(pick(next, from));
  const places = axes.filter((a) => a !== 'n');
  const counted = measured ? axes : places;
  if (other < 0.9 && counted.length > 0) return { _tag: 'Size', axis: pick(next, counted) };
  if (other < 0.93 && places.length > 0) return { _tag: 'Position', axis: pick(next, places) };
  return constant(pick(next, CONSTANTS));
}

/** A random expression over the axes; `wanted` is an axis that its leaves should read. */
export function expression(pool: Pool, axes: readonly string[], depth: number, wanted?: string): Expr {
  const { next, made } = pool;
  const again = made.filter(
    (m) => [...free(m)].every((a) => axes.includes(a)) && axesNamed(m).every((a) => a !== 'n' || axes.includes('n')),
  );
  if (again.length > 0 && next() < 0.12) return pick(next, again);
  const grow = (d = depth - 1, over = axes, want = wanted): Expr => expression(pool, over, d, want);
  const kind = depth <= 0 ? 0 : next();
  const unbound = pool.inner.filter((a) => !axes.includes(a));
  let e: Expr;
  if (kind < 0.2) e = leaf(pool, axes, wanted);
  else if (kind < 0.4 && unbound.length > 0) {
    const axis = pick(next, unbound);
    e = { _tag: 'Inner', form: next() < 0.75 ? 'sum' : 'max', axis, body: grow(depth - 1, [...axes, axis], axis) };
  } else if (kind < 0.58)
    e = { _tag: 'Unary', form: pick(next, Object.keys(UNARY) as (keyof typeof UNARY)[]), of: grow() };
  else if (kind < 0.96)
    e = {
      _tag: 'Binary',
      form: pick(next, Object.keys(BINARY) as (keyof typeof BINARY)[]),
      left: grow(),
      right: grow(),
    };
  else e = { _tag: 'Select', parts: [grow(), grow(), grow(), grow()] };
  made.push(e);
  return e;
}
