/**
 * Axes: the near-semiring of index sets in normal form (docs/explanation/calculus.md, Axes). Invariant: axes are interned, so two axis expressions
 * that the laws make equal are one frozen object, and equality is `===`. Knows nothing of objects, terms or sizes.
 *
 *   (a+b)+c = a+(b+c)   0+a = a = a+0   (a*b)*c = a*(b*c)   1*a = a = a*1   0*a = 0 = a*0   (a+b)*c = a*c + b*c
 *
 * and nothing else: a+b = b+a, a*b = b*a and a*(b+c) = a*b + a*c do not hold.
 */
import { refuse } from './error.js';
import { spend } from './fuel.js';
import { Table } from './table.js';

/**
 * A variable is its name, its sort and whether it may be empty. `scope` keeps bound names out of reach of user names:
 * `free` are a person's; `signature` and `hypothesis` are the numbered binders of h[n] and of `for all n`.
 */
export interface AxisVar {
  readonly _tag: 'AxisVar';
  readonly id: number;
  readonly name: string;
  readonly sort: string | undefined;
  readonly maybeEmpty: boolean;
  readonly scope: 'free' | 'signature' | 'hypothesis';
}

/** A product of variables, then at most one sum of two or more (only the last factor of a product can be a sum). */
export interface Monomial {
  readonly vars: readonly AxisVar[];
  readonly tail: Axis | undefined;
}

/** A sum of monomials: none is 0, one monomial without variables is 1. */
export interface Axis {
  readonly _tag: 'Axis';
  readonly id: number;
  readonly terms: readonly Monomial[];
  /** the longest way through it: variables and sums inside one another */
  readonly depth: number;
}

/** The depth of an axis, at most: what reads one calls itself for a sum, and a loop over a variable is inside that over the one before. */
export const AXIS_DEPTH = 500;

/** `any` is the sort of 0 and 1; `undefined` the sort of an undeclared variable, such as a count. */
export type Sort = { readonly any: true } | { readonly any: false; readonly name: string | undefined };

const variables = new Table<AxisVar>();
const axes = new Table<Axis>();
export const isAxis = (value: unknown): value is Axis => axes.has(value);
export const isAxisVar = (value: unknown): value is AxisVar => variables.has(value);

export function internVar(
  name: string,
  sort: string | undefined,
  maybeEmpty: boolean,
  scope: AxisVar['scope'],
): AxisVar {
  const key = JSON.stringify([name, sort ?? null, maybeEmpty, scope]);
  return variables.intern(key, (id) => ({ _tag: 'AxisVar', id, name, sort, maybeEmpty, scope }));
}

/** A person's axis variable; non-empty unless `maybeEmpty`. */
export function axisVar(
  name: string,
  options: { readonly sort?: string; readonly maybeEmpty?: boolean } = {},
): AxisVar {
  const { sort, maybeEmpty } = options;
  if (typeof name !== 'string' || name === '' || (sort !== undefined && typeof sort !== 'string'))
    refuse('E-TYPE', 'axisVar', 'a variable has a name');
  return internVar(name, sort, maybeEmpty === true, 'free');
}

function internAxis(terms: readonly Monomial[]): Axis {
  spend(terms.reduce((n, m) => n + 2 + m.vars.length, 1));
  const depth = terms.reduce((most, m) => Math.max(most, m.vars.length + (m.tail ? m.tail.depth + 1 : 0)), 0);
  if (depth > AXIS_DEPTH) refuse('E-BUDGET', 'axis', `at most ${AXIS_DEPTH} variables and sums inside one another`);
  const key = terms.map((m) => `${m.vars.map((v) => v.id).join('.')}(${m.tail ? m.tail.id : ''})`).join('+');
  const frozen = () =>
    Object.freeze(terms.map((m) => Object.freeze({ vars: Object.freeze([...m.vars]), tail: m.tail })));
  return axes.intern(key, (id) => ({ _tag: 'Axis', id, terms: frozen(), depth }));
}

export const zero: Axis = internAxis([]);
export const one: Axis = internAxis([{ vars: [], tail: undefined }]);

export function ofVar(v: AxisVar): Axis {
  if (!isAxisVar(v)) refuse('E-TYPE', 'axis', 'an axis variable made by the core', v);
  return internAxis([{ vars: [v], tail: undefined }]);
}

/** The sort of the last factor: what the axis indexes. */
export function sortOf(e: Axis): Sort {
  for (const m of e.terms) {
    spend(1);
    const s: Sort = m.tail ? sortOf(m.tail) : m.vars.length ? { any: false, name: m.vars.at(-1)!.sort } : { any: true };
    if (!s.any) return s;
  }
  return { any: true };
}

const sameSort = (s: Sort, t: Sort): boolean => s.any || t.any || s.name === t.name;

/** e + f: concatenation. Refused (E-TYPE) when e and f index different sorts. */
export function sum(e: Axis, f: Axis): Axis {
  genuineAxes('+', e, f);
  if (!sameSort(sortOf(e), sortOf(f))) refuse('E-TYPE', '+', 'e + f joins axes of one sort', e, f);
  return internAxis([...e.terms, ...f.terms]);
}

/** e * f: row-major tiling, outer * inner. */
export function product(e: Axis, f: Axis): Axis {
  genuineAxes('*', e, f);
  if (f === zero) return zero;
  if (f === one) return e;
  return internAxis(e.terms.flatMap((m) => monomialTimes(m, f).terms));
}

function monomialTimes(m: Monomial, f: Axis): Axis {
  if (m.tail) return withFactors(m.vars, product(m.tail, f));
  return withFactors(m.vars, f);
}

function withFactors(vars: readonly AxisVar[], rest: Axis): Axis {
  if (rest === zero || vars.length === 0) return rest;
  if (rest.terms.length > 1) return internAxis([{ vars, tail: rest }]);
  const only = rest.terms[0]!;
  return internAxis([{ vars: [...vars, ...only.vars], tail: only.tail }]);
}

function monomialNonEmpty(m: Monomial): boolean {
  spend(1 + m.vars.length);
  return m.vars.every((v) => !v.maybeEmpty) && (m.tail === undefined || nonEmpty(m.tail));
}

/** Non-empty, read off the normal form from the left: `1+t?` is, `t?+1` is not. */
export function nonEmpty(e: Axis): boolean {
  const head = e.terms.at(0);
  return head !== undefined && monomialNonEmpty(head);
}

/** Replaces variables, all at once. */
export function substituteAxis(image: (v: AxisVar) => Axis | undefined, e: Axis): Axis {
  const monomial = (m: Monomial): Axis =>
    product(
      m.vars.reduce((acc: Axis, v) => product(acc, image(v) ?? ofVar(v)), one),
      m.tail ? substituteAxis(image, m.tail) : one,
    );
  return e.terms.map(monomial).reduce(sum, zero);
}

export function addAxisVars(e: Axis, into: Set<AxisVar>): void {
  for (const m of e.terms) {
    spend(1 + m.vars.length);
    m.vars.forEach((v) => into.add(v));
    if (m.tail) addAxisVars(m.tail, into);
  }
}

/** The elements of e as blocks: each path is the list of variables that an element of the block is indexed by. */
export function paths(e: Axis): readonly (readonly AxisVar[])[] {
  const known = pathsOf.get(e);
  if (known) return known;
  const behind = (m: Monomial, p: readonly AxisVar[]): readonly AxisVar[] => {
    spend(1 + m.vars.length + p.length);
    return Object.freeze([...m.vars, ...p]);
  };
  const made = Object.freeze(e.terms.flatMap((m) => (m.tail ? paths(m.tail).map((p) => behind(m, p)) : [m.vars])));
  pathsOf.set(e, made);
  return made;
}
const pathsOf = new WeakMap<Axis, readonly (readonly AxisVar[])[]>();

export function genuineAxes(rule: string, ...list: readonly unknown[]): void {
  axes.require(rule, 'an axis', list);
}
