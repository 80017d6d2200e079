/**
 * Axes in normal form: a list of summands, each a list of variables and then at most one sum of two or more summands. Invariant: axes
 * and variables are interned, so two are equal exactly when they are the same value (===). It does not know objects or terms.
 */
import { decline, LIMITS, refuse, require, spend } from './refusal.js';

/** `bound` is set for the variables of binders, which no text can name: by role ('of a signature', 'of a family …') and number. */
export interface AxisVar {
  readonly id: number;
  readonly name: string;
  readonly sort?: string;
  readonly maybeEmpty: boolean;
  readonly bound: boolean;
}

export interface Summand {
  readonly vars: readonly AxisVar[];
  readonly tail?: Axis;
}

/** A sort, or: any (0, 1), or none (a count). */
export type Sort = { readonly name: string } | 'any' | 'none';

export interface Axis {
  readonly id: number;
  readonly summands: readonly Summand[];
  readonly sort: Sort;
  /** sums inside sums */
  readonly depth: number;
}

export type AxisImage = (v: AxisVar) => Axis | undefined;

/** A map as a function: what it lacks stays. */
export const from =
  <K, W>(map: ReadonlyMap<K, W> | undefined) =>
  (key: K): W | undefined =>
    map?.get(key);

const variables = new Map<string, AxisVar>();
const axes = new Map<string, Axis>();

const internVar = (name: string, sort: string | undefined, maybeEmpty: boolean, bound: boolean): AxisVar => {
  const key = JSON.stringify([name, sort ?? null, maybeEmpty, bound]);
  const known = variables.get(key);
  if (known) return known;
  const made = Object.freeze({ id: variables.size, name, ...(sort !== undefined && { sort }), maybeEmpty, bound });
  variables.set(key, made);
  return made;
};

export const axisVar = (name: string, sort: string | undefined, maybeEmpty: boolean): AxisVar =>
  internVar(name, sort, maybeEmpty, false);

/** The n-th variable of a binder: 'signature' of a morphism variable, 'scope' of a family or a hypothesis. These never meet. */
export const boundVar = (role: 'signature' | 'scope', n: number, like: AxisVar): AxisVar =>
  internVar(`${role === 'scope' ? '#' : '$'}${n}`, like.sort, like.maybeEmpty, true);

const keyOf = ({ vars, tail }: Summand): string => `${vars.map((v) => v.id).join('.')}:${tail ? tail.id : ''}`;

/** That of the first summand that has one; of a summand, that of its last factor. */
const sortOfSum = (summands: readonly Summand[]): Sort => {
  for (const { vars, tail } of summands) {
    const last = vars.at(-1);
    const sort = tail ? tail.sort : last === undefined ? 'any' : last.sort === undefined ? 'none' : { name: last.sort };
    if (sort !== 'any') return sort;
  }
  return 'any';
};

const make = (summands: readonly Summand[]): Axis => {
  if (summands.length > LIMITS.summands) decline('an axis has too many summands');
  const size = summands.reduce((n, s) => n + 1 + s.vars.length, 0);
  if (size > LIMITS.axisSize) decline('an axis is too large');
  spend(8 + 4 * size);
  const key = summands.map(keyOf).join('+');
  const known = axes.get(`${summands.length} ${key}`);
  if (known) return known;
  spend(100 + 4 * size);
  const depth = summands.reduce((most, s) => Math.max(most, s.tail ? s.tail.depth + 1 : 0), 0);
  if (depth > LIMITS.depth) decline('an axis is nested too deep');
  if (summands.some((s) => s.vars.length > LIMITS.summands)) decline('an axis has too many factors');
  const made = Object.freeze({
    id: axes.size,
    summands: Object.freeze([...summands]),
    sort: sortOfSum(summands),
    depth,
  });
  axes.set(`${summands.length} ${key}`, made);
  return made;
};

export const zero: Axis = make([]);
export const one: Axis = make([{ vars: [] }]);
export const ofVar = (v: AxisVar): Axis => make([{ vars: [v] }]);

export const sortOf = (e: Axis): Sort => e.sort;

const agree = (s: Sort, t: Sort): boolean =>
  s === 'any' || t === 'any' || s === t || (typeof s === 'object' && typeof t === 'object' && s.name === t.name);

/** a + b: of one sort; 0 is no summand, and sums are flat. */
export const sum = (a: Axis, b: Axis): Axis => {
  require(agree(sortOf(a), sortOf(b)), 'axes of different sorts are added');
  return make([...a.summands, ...b.summands]);
};

/** v… * e: 0 stays 0, one summand joins the variables, a longer sum is their tail. */
const prefix = (vars: readonly AxisVar[], e: Axis): readonly Summand[] => {
  if (vars.length === 0) return e.summands;
  const only = e.summands[0];
  if (only === undefined) return [];
  return e.summands.length === 1 ? [{ ...only, vars: [...vars, ...only.vars] }] : [{ vars, tail: e }];
};

const products = new Map<Axis, Map<Axis, Axis>>();

/** (s + t) * b = s * b + t * b, and the product of a summand goes to its last factor. */
export const product = (a: Axis, b: Axis): Axis => {
  const known = products.get(a)?.get(b);
  if (known) return known;
  const summands: Summand[] = [];
  for (const { vars, tail } of a.summands) {
    spend(1 + vars.length);
    summands.push(...prefix(vars, tail ? product(tail, b) : b));
    if (summands.length > LIMITS.summands) decline('an axis has too many summands');
  }
  const made = make(summands);
  products.set(a, (products.get(a) ?? new Map<Axis, Axis>()).set(b, made));
  return made;
};

/** Read off from the left: the first summand's variables, then its sum. */
export const nonEmpty = (e: Axis): boolean => {
  const head = e.summands[0];
  spend(1 + (head?.vars.length ?? 0));
  return (
    head !== undefined && head.vars.every((v) => !v.maybeEmpty) && (head.tail === undefined || nonEmpty(head.tail))
  );
};

/** Whether e may stand for v: it has an element where v has one, and is of v's sort, of any, or of none. */
export const fits = (v: AxisVar, e: Axis): boolean => {
  const sort = sortOf(e);
  return (v.maybeEmpty || nonEmpty(e)) && (v.sort === undefined || typeof sort === 'string' || sort.name === v.sort);
};

export const requireFit = (v: AxisVar, e: Axis): void => {
  if (!v.maybeEmpty && !nonEmpty(e)) refuse(`the axis for ${v.name} does not read as non-empty`);
  if (!fits(v, e)) refuse(`the axis for ${v.name} has another sort`);
};

/** All variables at once; sums and products are formed anew. */
export const substAxis = (e: Axis, image: AxisImage, done = new Map<Axis, Axis>()): Axis => {
  const known = done.get(e);
  if (known) return known;
  if (!axisVars(e).some((v) => image(v) !== undefined)) return e;
  let whole = zero;
  for (const { vars, tail } of e.summands) {
    let part = tail ? substAxis(tail, image, done) : one;
    for (const v of [...vars].reverse()) part = product(image(v) ?? ofVar(v), part);
    whole = sum(whole, part);
  }
  done.set(e, whole);
  return whole;
};

const variableLists = new Map<Axis, readonly AxisVar[]>();

/** The variables that occur, each once. */
export const axisVars = (e: Axis): readonly AxisVar[] => {
  const known = variableLists.get(e);
  if (known) return known;
  const all = new Set<AxisVar>();
  const note = (vars: readonly AxisVar[]): void => {
    spend(1 + vars.length);
    vars.forEach((v) => all.add(v));
  };
  for (const { vars, tail } of e.summands) {
    note(vars);
    if (tail) note(axisVars(tail));
  }
  const found = [...all];
  variableLists.set(e, found);
  return found;
};

const pathLists = new Map<Axis, readonly (readonly AxisVar[])[]>();

/** The blocks of an array over e: one for each path through its sums, with the variables on it, in the order of the elements. */
export const paths = (e: Axis): readonly (readonly AxisVar[])[] => {
  const known = pathLists.get(e);
  if (known) return known;
  const found: (readonly AxisVar[])[] = [];
  for (const { vars, tail } of e.summands) {
    for (const rest of tail ? paths(tail) : [[]]) {
      spend(4 + vars.length + rest.length);
      found.push([...vars, ...rest]);
    }
    if (found.length > LIMITS.blocks) decline('an axis has too many parts');
  }
  pathLists.set(e, found);
  return found;
};

/** A name in a text: as it is where the language has such names, else as an escaped string. */
export const showName = (name: string): string =>
  /^[#$]?[A-Za-z0-9][A-Za-z0-9_.'-]*$/.test(name)
    ? name
    : JSON.stringify(name).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

const shown = new Map<Axis, string>();

/** As the language writes it: `(e)` around a sum. */
export const showAxis = (e: Axis): string => {
  const known = shown.get(e);
  if (known !== undefined) return known;
  const factor = ({ vars, tail }: Summand): string =>
    [...vars.map((v) => showName(v.name)), ...(tail ? [`(${showAxis(tail)})`] : [])].join('*') || '1';
  const text = e.summands.map(factor).join(' + ') || '0';
  if (text.length > LIMITS.text) decline('an axis is too long to print');
  shown.set(e, text);
  return text;
};
