/**
 * Constants that a target cannot hold: a part of a kernel that depends on no input and is infinite in the target's numbers, or 0 there and not in the reals, or where
 * the reals use a convention (1/0, log 0) and the target does not. Invariant: every part without an input is looked at, inside of loops too, through the
 * names that are bound to such. It evaluates in balls with a wide exponent; what is not known to be held is not refused. It knows no texts.
 */
import type { Expr, Kernel, Stmt } from '../ir/kernel.js';
import type { Target } from '../ir/program.js';
import {
  type Ball,
  UNKNOWN,
  add,
  and,
  bit,
  exp,
  greater,
  known,
  log,
  lt,
  middle,
  mul,
  neg,
  not,
  or,
  rational,
  recip,
  select,
  sqrt,
  sub,
} from '../../run/reference/wide.js';

/** Why a value cannot be held. */
export type Unheld = 'too large' | 'too small' | 'a division by 0' | 'a logarithm' | 'a root';

/** WGSL may flush what is smaller, and SwiftShader does. */
const KEPT = 2 ** -126;

/** The value in the target's numbers: what is wrong with it, if anything. */
export function unheld(value: Ball, target: Target): Unheld | undefined {
  if (!known(value)) return undefined;
  const [x, wide] = [middle(value), target === 'host'];
  const held = wide ? x : Math.fround(x);
  if (!Number.isFinite(held)) return 'too large';
  const small = held === 0 || (target === 'wgsl' && Math.abs(held) < KEPT);
  return small && value.m !== 0 && value.r < Math.abs(value.m) ? 'too small' : undefined;
}

type Operator = (Expr & { readonly _tag: 'Op' })['operator'];
type Rule = (x: Ball, y: Ball) => Ball;

// prettier-ignore
const RULES: Readonly<Record<Operator, Rule>> = {
  add, mul, neg, recip, exp, log, sqrt, sub, lt, not, and, or, true: () => bit(true), false: () => bit(false),
  div: (x, y) => mul(x, recip(y)), max: greater, min: (x, y) => neg(greater(neg(x), neg(y))),
};

/** Where the reals use a convention. */
export function convention(operator: string, x: Ball | undefined, y: Ball | undefined): Unheld | undefined {
  const is0 = (b: Ball | undefined): boolean => b !== undefined && b.m === 0 && b.r === 0;
  if (operator === 'recip' ? is0(x) : operator === 'div' && is0(y)) return 'a division by 0';
  if (operator === 'log' && x && x.m <= -x.r) return 'a logarithm';
  return operator === 'sqrt' && x && x.m < -x.r ? 'a root' : undefined;
}

/** The value of an operation on values that are known. */
export const operate = (operator: Operator, args: readonly Ball[]): Ball =>
  RULES[operator](args[0] ?? UNKNOWN, args[1] ?? UNKNOWN);

class Looker {
  found: Unheld | undefined;
  private readonly names = new Map<string, Ball>();

  constructor(private readonly target: Target) {}

  body(body: readonly Stmt[]): void {
    for (const s of body) {
      if (s._tag === 'Let') {
        const value = this.value(s.value);
        if (value) this.names.set(s.name, value);
      } else if (s._tag === 'Var') {
        if (s.init) this.value(s.init);
      } else if (s._tag === 'Set' || s._tag === 'Stage' || s._tag === 'Put' || s._tag === 'Store') this.value(s.value);
      else if ('body' in s) this.body(s.body);
    }
  }

  /** The value of what depends on no input; every part of an expression is looked at. */
  private value(e: Expr): Ball | undefined {
    switch (e._tag) {
      case 'Const':
        return this.looked(rational(e.value.num, e.value.den));
      case 'Bool':
        return bit(e.value);
      case 'Get':
        return e.index.length === 0 ? this.names.get(e.name) : undefined;
      case 'Op': {
        const args = e.args.map((a) => this.value(a));
        this.found ??= convention(e.operator, args[0], args[1]);
        return args.every((a) => a !== undefined) ? this.looked(operate(e.operator, args)) : undefined;
      }
      case 'Select': {
        const [c, y, n] = [e.condition, e.yes, e.no].map((x) => this.value(x));
        return c && y && n ? this.looked(select(c, y, n)) : undefined;
      }
      default:
        return undefined;
    }
  }
  private looked(value: Ball): Ball {
    this.found ??= unheld(value, this.target);
    return value;
  }
}

/** What a kernel has that its target cannot hold. */
export function unheldIn({ body }: Kernel, target: Target): Unheld | undefined {
  const looker = new Looker(target);
  looker.body(body);
  return looker.found;
}
