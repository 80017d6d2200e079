/**
 * The last pass: compound values become the one node that a text has a phrase for. Invariant: each is what readback.ts reads it back as; the
 * printer then maps a node to a phrase and decides nothing. It knows no target.
 *
 *   x + (-y) = x - y      x * (1 / y) = x / y      (x < y ? y : x) = max(x, y)      (x < y ? x : y) = min(x, y)
 */
import type { Expr, Stmt } from '../ir/kernel.js';

type Op = Expr & { readonly _tag: 'Op' };
const is = (e: Expr | undefined, operator: Op['operator']): e is Op => e?._tag === 'Op' && e.operator === operator;
const op = (operator: Op['operator'], ...args: readonly Expr[]): Expr => ({ _tag: 'Op', operator, args });

const plain = (_: string, v: unknown): unknown => (typeof v === 'bigint' ? `${v}n` : v);
const same = (x: Expr, y: Expr): boolean => JSON.stringify(x, plain) === JSON.stringify(y, plain);

function operation(e: Op): Expr {
  const [x, y] = e.args as readonly [Expr, Expr];
  if (e.operator === 'add' && is(y, 'neg')) return op('sub', x, y.args[0]!);
  if (e.operator === 'mul' && is(y, 'recip')) return op('div', x, y.args[0]!);
  return e;
}

function selection(e: Expr & { readonly _tag: 'Select' }): Expr {
  if (!is(e.condition, 'lt')) return e;
  const [x, y] = e.condition.args as readonly [Expr, Expr];
  if (same(y, e.yes) && same(x, e.no)) return op('max', x, y);
  return same(x, e.yes) && same(y, e.no) ? op('min', x, y) : e;
}

/** Bottom-up. */
function expr(e: Expr): Expr {
  if (e._tag === 'Op') return operation({ ...e, args: e.args.map(expr) });
  if (e._tag !== 'Select') return e;
  return selection({ ...e, condition: expr(e.condition), yes: expr(e.yes), no: expr(e.no) });
}

export const phrased = (body: readonly Stmt[]): readonly Stmt[] =>
  body.map((s): Stmt => {
    if (s._tag === 'Seek') return { ...s, place: expr(s.place), value: expr(s.value), body: phrased(s.body) };
    if ('body' in s) return { ...s, body: phrased(s.body) };
    if (s._tag === 'Var') return { ...s, init: s.init && expr(s.init) };
    return s._tag === 'Int' || s._tag === 'Barrier' ? s : { ...s, value: expr(s.value) };
  });
