// What the attacks on shares are made of: scheduled terms whose tiles lanes share, statements, edits of every statement, and the verdict with its
// reason. It knows no attack.
import * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Expr, Grouped, Int, Kernel, Stmt } from '../../src/ir/kernel.js';
import { validate } from '../../src/ir/validate.js';
import { lower } from '../../src/lower/lower.js';
import type { Scheduled } from '../../src/lower/scheduled.js';
import { get } from '../lower/dsl.js';

export const zero: Expr = { _tag: 'Const', value: { num: 0n, den: 1n } };
export const read = (name: string, ...index: readonly Int[]): Expr => ({ _tag: 'Get', name, index });
export const assign = (name: string, index: readonly Int[], value: Expr): Stmt => ({ _tag: 'Set', name, index, value });
export const plus = (x: Expr, y: Expr): Expr => ({ _tag: 'Op', operator: 'add', args: [x, y] });
export const load = (array: string, address: Int): Expr => ({ _tag: 'Load', array, address });
export const barrier: Stmt = { _tag: 'Barrier' };

/** The same with some tiles shared: how many elements a lane has, in runs of how many. */
export function shared(
  s: Scheduled,
  shares: Readonly<Record<string, readonly [each: number, wide: number]>>,
): Scheduled {
  const own = (u: Grouped): Grouped => {
    const [each, wide] = shares[u.name] ?? [0, 0];
    return each === 0 ? u : { ...u, as: 'share', share: { lanes: [u.name], each, wide } };
  };
  return { ...s, uses: s.uses.map((u) => (u._tag === 'Grouped' ? own(u) : u)) };
}

export const lowered = (s: Scheduled): Kernel => get(lower(s));

/** Every statement replaced, the inner ones first. */
export function everywhere(kernel: Kernel, change: (s: Stmt) => Stmt | readonly Stmt[]): Kernel {
  const go = (body: readonly Stmt[]): readonly Stmt[] =>
    body.flatMap((s) => change('body' in s ? { ...s, body: go(s.body) } : s));
  return { ...kernel, body: go(kernel.body) };
}

export function verdict(kernel: Kernel, s: Pick<Scheduled, 'rhs'>): string {
  const made = validate(kernel, s.rhs);
  return E.isLeft(made) ? made.left.code : 'accepted';
}

export const loop = (index: string, axis: AxisVar, carries: readonly string[], ...body: readonly Stmt[]): Stmt => ({
  _tag: 'Loop',
  index,
  axis,
  bound: { _tag: 'Size', axis },
  carries,
  body,
  note: '',
});
export const each = (index: string, use: Grouped, ...body: readonly Stmt[]): Stmt => ({
  _tag: 'Each',
  index,
  over: { _tag: 'Register', use: use.name },
  bound: { _tag: 'Size', axis: use.tile },
  body,
  note: '',
});
