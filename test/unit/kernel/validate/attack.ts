// What the attacks on shares are made of: scheduled terms whose tiles lanes share, statements, edits of every statement, and the verdict with its
// reason. It knows no attack.
import * as E from 'fp-ts/lib/Either.js';
import * as K from '../../../../src/core/index.js';
import type { Expr as PointExpr } from '../../../../src/language/point/point.js';
import {
  type ArrayDecl,
  type Axis,
  type AxisVar,
  type Expr,
  type Grouped,
  type Int,
  type Kernel,
  type Stmt,
  type TileDecl,
  add,
  at,
  frameOf,
  mul,
  named,
  num,
  size,
} from '../../../../src/kernel/ir/kernel.js';
import { validate } from '../../../../src/kernel/validate/validate.js';
import { lower } from '../../../../src/kernel/lower/lower.js';
import type { Scheduled } from '../../../../src/kernel/ir/scheduled.js';
import * as D from '../../../support/ir/dsl.js';
import { get } from '../../../support/ir/dsl.js';

export const zero: Expr = { _tag: 'Const', value: { num: 0n, den: 1n } };
export const read = (name: string, ...index: readonly Int[]): Expr => ({ _tag: 'Get', name, index });
export const assign = (name: string, index: readonly Int[], value: Expr): Stmt => ({ _tag: 'Set', name, index, value });
export const plus = (x: Expr, y: Expr): Expr => ({ _tag: 'Op', operator: 'add', args: [x, y] });
export const load = (array: string, address: Int): Expr => ({ _tag: 'Load', array, address });
export const barrier: Stmt = { _tag: 'Barrier' };

/** The same with some tiles shared: how many elements a lane has, in runs of how many. */
export function shared(
  s: Scheduled,
  shares: Readonly<Record<string, readonly [perLane: number, wide: number]>>,
): Scheduled {
  const own = (u: Grouped): Grouped => {
    const [perLane, wide] = shares[u.name] ?? [0, 0];
    return perLane === 0 ? u : { ...u, as: 'share', share: { lanes: [u.name], perLane, wide } };
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

/** out[i] = x[i] + the first of x in the block of i. */
export function firstOfBlock(q: Grouped, axis: Axis): Scheduled {
  const [r, t, b] = [q.rest, q.count, q.tile].map(D.axis) as [Axis, Axis, Axis];
  const both = (a: Axis, x: PointExpr) => D.map(a, (i) => D.add(D.at(x, i), D.firstOf(a, x)));
  const full = D.times(t, b);
  const blocks = D.apply(get(K.tile(t, b, D.R())), D.wire('xf'));
  const parts = [
    { name: 'xr', object: D.R(r) },
    { name: 'xf', object: D.R(full) },
  ];
  const rows = D.letIn(
    [{ name: 'xt', object: D.R(t, b) }],
    blocks,
    D.map(t, (i) => both(b, D.at(D.wire('xt'), i))),
  );
  const made = D.apply(
    get(K.concat(r, full, D.R())),
    both(r, D.wire('xr')),
    D.apply(get(K.flatten(t, b, D.R())), rows),
  );
  const body = D.letIn(parts, D.apply(get(K.split(r, full, D.R())), D.wire('x')), made);
  const rhs = D.term([{ name: 'x', axes: [axis] }], body);
  return { name: 'first', rhs, wires: [{ name: 'x', level: 'global' }], results: ['out'], uses: [q] };
}

/** The same by hand, the block's own x filled into a tile. */
export function rowKernel(q: Grouped, axis: Axis, fill: Stmt): Kernel {
  const block = (first: Int, other: Int): Int => ({ _tag: 'Block', use: 'q', first, other });
  const origin = block(num(0), add(size(q.rest), mul({ _tag: 'Turn', use: 'q' }, size(q.tile))));
  const here = add(named('origin'), { _tag: 'Within', index: 'q', extent: named('extent') });
  const value = plus(read('own'), { _tag: 'Tile', name: 't', index: [num(0)] });
  const body: Stmt[] = [
    { _tag: 'Int', name: 'origin', value: origin },
    { _tag: 'Int', name: 'extent', value: block(size(q.rest), size(q.tile)) },
    { _tag: 'Let', name: 'own', kind: 'real', value: load('x', here) },
    fill,
    barrier,
    {
      _tag: 'Guard',
      index: 'q',
      extent: named('extent'),
      body: [{ _tag: 'Store', array: 'out', address: add(named('origin'), at('q')), value }],
    },
  ];
  const array = (name: string): ArrayDecl => ({ name, axes: [axis], datatype: 'f32' });
  const tile: TileDecl = { name: 't', dims: [{ use: 'q', capacity: q.capacity }], datatype: 'f32' };
  const frame = frameOf({ uses: [q] });
  return { name: 'first', uses: [q], inputs: [array('x')], outputs: [array('out')], tiles: [tile], frame, body };
}
