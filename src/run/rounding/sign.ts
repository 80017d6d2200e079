/**
 * What an error bound can use of a kernel's expressions: which variables never hold a negative number, in the reals and as computed, and of which
 * the identity matters. Invariant: a name is called non-negative only if every value it is ever given is, by the rules of rounding too (a rounded
 * sum or product of such numbers is one). It knows no numbers.
 */
import type { Expr, Int, Kernel, Stmt } from '../../kernel/ir/kernel.js';

/** Equal texts of the IR: the same axes, names and indices. */
export function same(x: unknown, y: unknown): boolean {
  if (x === y) return true;
  if (typeof x !== 'object' || typeof y !== 'object' || x === null || y === null) return false;
  if (Array.isArray(x) && Array.isArray(y)) return x.length === y.length && x.every((a, i) => same(a, y[i]));
  if (!('_tag' in x) || !('_tag' in y)) return 'num' in x && 'num' in y && sameEntries(x, y); // rationals; axes are themselves
  return sameEntries(x, y);
}
function sameEntries(x: object, y: object): boolean {
  const [xs, ys] = [Object.entries(x), new Map(Object.entries(y))];
  return xs.length === ys.size && xs.every(([k, v]) => ys.has(k) && same(v, ys.get(k)));
}

export interface Assigned {
  readonly name: string;
  readonly value: Expr;
}
/** Every value that a private variable or a tile is given. */
export function assignments(body: readonly Stmt[]): readonly Assigned[] {
  return body.flatMap((s): readonly Assigned[] => {
    if (s._tag === 'Let' || s._tag === 'Set') return [{ name: s.name, value: s.value }];
    if (s._tag === 'Var') return s.init ? [{ name: s.name, value: s.init }] : [];
    if (s._tag === 'Stage' || s._tag === 'Put') return [{ name: s.tile, value: s.value }];
    return 'body' in s ? assignments(s.body) : [];
  });
}

/** The greatest set of names that the rules allow: all are taken to be, until one is given what may be negative. */
export function nonNegatives({ body }: Kernel): ReadonlySet<string> {
  const all = assignments(body);
  const names = new Set(all.map((a) => a.name));
  for (let before = -1; before !== names.size;) {
    before = names.size;
    for (const a of all) if (!nonNegative(a.value, names)) names.delete(a.name);
  }
  return names;
}

export function nonNegative(e: Expr, names: ReadonlySet<string>): boolean {
  const of = (x: Expr | undefined): boolean => x !== undefined && nonNegative(x, names);
  switch (e._tag) {
    case 'Const':
      return e.value.num >= 0n;
    case 'Real':
      return counts(e.int);
    case 'Get':
    case 'Tile':
      return names.has(e.name);
    case 'Bool':
    case 'Load':
      return false;
    case 'Select':
      return of(e.yes) && of(e.no);
    case 'Op':
      if (e.operator === 'mul') return same(e.args[0], e.args[1]) || e.args.every(of);
      if (e.operator === 'max') return e.args.some(of);
      if (['add', 'div', 'recip', 'min'].includes(e.operator)) return e.args.every(of);
      return e.operator === 'exp' || e.operator === 'sqrt';
  }
}
const counts = (i: Int): boolean => (i._tag === 'Num' ? i.value >= 0 : i._tag === 'Size');

type Op = Expr & { readonly _tag: 'Op' };
export const isOp = (e: Expr | undefined, operator: Op['operator']): e is Op =>
  e?._tag === 'Op' && e.operator === operator;

/** Variables whose identity matters: the greater of two is taken of them, or their difference, or they are copies of such. */
export function gauges(body: readonly Stmt[]): ReadonlySet<string> {
  const names = new Set<string>();
  const get = (e: Expr | undefined): void => void (e?._tag === 'Get' && names.add(e.name));
  const visit = (e: Expr): void => {
    if (isOp(e, 'max') || isOp(e, 'min') || isOp(e, 'sub')) e.args.forEach(get);
    if (e._tag === 'Op') e.args.forEach(visit);
    if (e._tag === 'Select') [e.condition, e.yes, e.no].forEach(visit);
  };
  const all = assignments(body);
  all.forEach((a) => visit(a.value));
  for (let before = -1; before !== names.size;) {
    before = names.size;
    all.filter((a) => names.has(a.name)).forEach((a) => get(a.value));
  }
  return names;
}
