/**
 * Indices, and polynomials with rational coefficients in sizes of variables and positions of indices (equation 7). Invariant: a polynomial
 * is a sorted list of monomials with non-zero coefficients, so two are equal exactly when their keys are. It does not know arrays.
 */
import { type Axis, type AxisVar } from './axis.js';
import { plus, type Rational, rational, showRational, times } from './rational.js';
import { decline, LIMITS, spend } from './refusal.js';

/** An index over a variable: bound at a level of the context, or (level -1) the first one. Interned. */
export interface Index {
  readonly id: number;
  readonly v: AxisVar;
  readonly level: number;
}

const indices = new Map<string, Index>();

export const index = (v: AxisVar, level: number): Index => {
  const key = `${v.id} ${level}`;
  const known = indices.get(key);
  if (known) return known;
  const made = Object.freeze({ id: indices.size, v, level });
  indices.set(key, made);
  return made;
};

export const firstIndex = (v: AxisVar): Index => index(v, -1);

/** The size of a variable, or the position of an index. */
export interface Unknown {
  readonly key: string;
  readonly size?: AxisVar;
  readonly position?: Index;
}

export interface Monomial {
  readonly key: string;
  readonly factor: Rational;
  readonly unknowns: readonly Unknown[];
}

export type Polynomial = readonly Monomial[];

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

const monomial = (factor: Rational, unknowns: readonly Unknown[]): Monomial => {
  spend(4 + 4 * unknowns.length);
  const sorted = [...unknowns].sort(byKey);
  return { key: sorted.map((u) => u.key).join('*'), factor, unknowns: sorted };
};

const collect = (monomials: readonly Monomial[]): Polynomial => {
  const found = new Map<string, Monomial>();
  for (const m of monomials) {
    spend(1 + m.unknowns.length);
    const known = found.get(m.key);
    found.set(m.key, known ? { ...m, factor: plus(known.factor, m.factor) } : m);
  }
  if (found.size > LIMITS.monomials) decline('a polynomial has too many terms');
  return [...found.values()].filter((m) => m.factor.n !== 0n).sort(byKey);
};

export const literal = (q: Rational): Polynomial => collect([monomial(q, [])]);
export const integer = (n: number): Polynomial => literal(rational(BigInt(n), 1n));
export const sizeOf = (v: AxisVar): Polynomial => [monomial(rational(1n, 1n), [{ key: `s${v.id}`, size: v }])];

/** The position of a first element is 0. */
export const positionOf = (i: Index): Polynomial =>
  i.level < 0 ? [] : [monomial(rational(1n, 1n), [{ key: `p${i.id}`, position: i }])];

export const add = (p: Polynomial, q: Polynomial): Polynomial => collect([...p, ...q]);

export const multiply = (p: Polynomial, q: Polynomial): Polynomial => {
  if (p.length * q.length > LIMITS.monomials * 20) decline('a polynomial has too many terms');
  const degree = Math.max(0, ...p.map((m) => m.unknowns.length)) + Math.max(0, ...q.map((m) => m.unknowns.length));
  if (degree > LIMITS.monomials) decline('a polynomial has too high a degree');
  return collect(p.flatMap((m) => q.map((n) => monomial(times(m.factor, n.factor), [...m.unknowns, ...n.unknowns]))));
};

export const keyOf = (p: Polynomial): string => p.map((m) => `${showRational(m.factor)}*${m.key}`).join('+');

/** With other indices in place of these. */
export const reindex = (p: Polynomial, image: (i: Index) => Index): Polynomial =>
  p.reduce<Polynomial>((sum, m) => {
    const factors = m.unknowns.map((u) =>
      u.position ? positionOf(image(u.position)) : [monomial(rational(1n, 1n), [u])],
    );
    return add(sum, factors.reduce(multiply, literal(m.factor)));
  }, []);

const sizes = new Map<Axis, Polynomial>();
const unit = integer(1);

/** size (a+b) = size a + size b, size (a*b) = size a * size b. */
export const sizeOfAxis = (e: Axis): Polynomial => {
  const known = sizes.get(e);
  if (known) return known;
  const made = e.summands.reduce<Polynomial>((sum, { vars, tail }) => {
    const inner = tail ? sizeOfAxis(tail) : unit;
    return add(
      sum,
      vars.reduceRight((q, v) => multiply(sizeOf(v), q), inner),
    );
  }, []);
  sizes.set(e, made);
  return made;
};

/** Of one block of an axis: the position is the offset and, for each index of the block, its weight times its position. */
export interface Place {
  readonly offset: Polynomial;
  readonly weights: readonly Polynomial[];
}

/** One for each path. A part begins where those before it end; an outer index counts tiles. */
export const places = (e: Axis): readonly Place[] => {
  let start: Polynomial = [];
  return e.summands.flatMap(({ vars, tail }) => {
    let tile = tail ? sizeOfAxis(tail) : unit;
    const weights: Polynomial[] = [];
    for (const v of [...vars].reverse()) {
      weights.unshift(tile);
      tile = multiply(sizeOf(v), tile);
    }
    const here = start;
    start = add(start, tile);
    const inner = tail ? places(tail) : [{ offset: [], weights: [] }];
    return inner.map((p) => ({ offset: add(here, p.offset), weights: [...weights, ...p.weights] }));
  });
};
