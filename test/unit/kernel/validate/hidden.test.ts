// What a normal form does not show: statements that run for one index alone, an axis without elements, names that read alike once they are joined; and a
// kernel that changes after it was validated.
import { describe, expect, it } from 'vitest';
import type { Expr, Int, Kernel, Stmt } from '../../../../src/kernel/ir/kernel.js';
import { emit } from '../../../../src/kernel/emit/emit.js';
import { validate } from '../../../../src/kernel/validate/validate.js';
import type { Scheduled } from '../../../../src/kernel/ir/scheduled.js';
import * as core from '../../../../src/core/index.js';
import { extracted } from '../../../target/kernels/pool.js';
import * as D from '../../../support/ir/dsl.js';
import { validated } from '../../../support/ir/run.js';

const { get } = D;
const refused = (code: string): object => ({ _tag: 'Left', left: { code } });
const accepted = { _tag: 'Right' };
const zero: Expr = { _tag: 'Const', value: { num: 0n, den: 1n } };
const rewritten = (body: readonly Stmt[], change: (s: Stmt) => Stmt): readonly Stmt[] =>
  body.map((s) => {
    const now = change(s);
    return 'body' in now && now === s ? ({ ...now, body: rewritten(now.body, change) } as Stmt) : now;
  });
const stores = (s: Stmt): boolean => s._tag === 'Store' || ('body' in s && s.body.some(stores));
const stages = (s: Stmt): boolean => s._tag === 'Stage' || ('body' in s && s.body.some(stages));

describe('a read at a computed place', () => {
  const made = get(extracted('softmax', 'wgsl', { tiles: { n: 4, batch: 4 }, ragged: 'first', lanes: { n: 1 } }));
  const [{ kernel }, { rhs }] = [made.emitted.validated, made.theorem.scheduled];
  it('stores nothing: its body runs for one index', () => {
    const body = rewritten(kernel.body, (s) =>
      s._tag === 'Each' && s.over._tag === 'Axis' && stores(s) && !stages(s)
        ? { _tag: 'Seek', name: `junk ${s.index}`, index: s.index, axis: s.over.axis, bound: s.bound, place: zero, first: 'place', body: s.body, value: zero } // prettier-ignore
        : s,
    );
    expect(body).not.toEqual(kernel.body);
    expect(validate({ ...kernel, body }, rhs)).toMatchObject(refused('E-STORE'));
    expect(validate(kernel, rhs)).toMatchObject(accepted);
  });

  const [g, s] = [D.grouped('batch', 4, 'lane'), D.streamed('n', 4)];
  const op = (name: core.Operator, ...args: Expr_[]): Expr_ => D.apply(get(core.operator(name)), ...args);
  const met = (x: Expr_, y: Expr_): Expr_ => op('and', op('not', D.lt(x, y)), op('not', D.lt(y, x)));
  it('is not over an axis that may be empty: there must be an index that is nearest', () => {
    const read = (i: string): Expr_ =>
      D.sum(s.count, (t) =>
        D.select(met(D.at(D.positionOf(s.count), t), D.at(D.wire('p'), i)), D.number(5n), D.number(0n)),
      );
    const rhs = D.term(
      [
        { name: 'x', axes: [g.axis, s.axis] },
        { name: 'p', axes: [g.axis] },
      ],
      D.map(g.axis, read),
    );
    const scheduled: Scheduled = {
      name: 'picked',
      rhs,
      uses: [g.use, s.use],
      wires: ['x', 'p'].map((name) => ({ name, level: 'global' })),
      results: ['out'],
    };
    const { kernel } = validated(scheduled);
    const loop = kernel.body.find((x) => x._tag === 'Loop')!;
    const seek: Stmt = { _tag: 'Seek', name: 'sum_n', index: loop.index, axis: loop.axis, bound: loop.bound, place: { _tag: 'Get', name: 'p_value', index: [] }, first: 'index', body: [], value: { _tag: 'Const', value: { num: 5n, den: 1n } } }; // prettier-ignore
    const body = kernel.body.flatMap((x) => (x._tag === 'Var' ? [] : x === loop ? [seek] : [x]));
    expect(validate({ ...kernel, body }, rhs)).toMatchObject(refused('E-BOUND'));
    expect(validate(kernel, rhs)).toMatchObject(accepted);
  });
});
type Expr_ = Parameters<typeof D.lt>[0];

describe('an array that turns assign', () => {
  const g = D.grouped('batch', 4, 'lane');
  const d = D.variable('d');
  const rhsOf = (second: (row: Expr_, j: string) => Expr_): core.Term =>
    D.term(
      [{ name: 'x', axes: [g.axis, D.axis(d)] }],
      D.map(g.axis, (i) =>
        D.share(D.R(D.axis(d)), D.at(D.wire('x'), i), (row) =>
          D.map(D.axis(d), (j) => D.add(D.at(row, j), second(row, j))),
        ),
      ),
    );
  const first = rhsOf((row) => D.firstOf(D.axis(d), row));
  const twice = rhsOf((row, j) => D.at(row, j));
  const { kernel } = validated({
    name: 'changed',
    rhs: first,
    uses: [g.use, { _tag: 'Held', name: 'd', axis: d, most: 8 }],
    wires: [{ name: 'x', level: 'global' }],
    results: ['out'],
  });
  const each = kernel.body.find((s) => s._tag === 'Each')!;
  const at = (index: string): Int => ({ _tag: 'At', index });
  const value = (...index: readonly Int[]): Expr => ({ _tag: 'Get', name: 'arr', index });
  const renamed = <T>(x: T, to: string): T => {
    if (typeof x !== 'object' || x === null || core.isAxis(x) || core.isAxisVar(x)) return x;
    if (Array.isArray(x)) return x.map((y) => renamed(y as unknown, to)) as T;
    return Object.fromEntries(
      Object.entries(x).map(([k, v]) => [k, k === 'index' && v === each.index ? to : renamed(v as unknown, to)]),
    ) as T;
  };
  const loads: Expr[] = [];
  JSON.stringify(each, (_, v: unknown) => {
    const e = v as Expr | undefined;
    if (e?._tag === 'Load' && JSON.stringify(e.address).includes(`"${each.index}"`)) loads.push(e);
    return typeof v === 'bigint' ? `${v}` : v;
  });
  const walk = (index: string, body: readonly Stmt[]): Stmt => ({ ...each, index, body });
  /** Each element is loaded, then another is added to it in place by turns of this name, then all are stored. */
  const inPlace = (name: string, other: (own: Int) => Int): Kernel => ({
    ...kernel,
    body: kernel.body.flatMap((s): readonly Stmt[] =>
      s !== each
        ? [s]
        : [
            { _tag: 'Var', name: 'arr', kind: 'real', dims: [{ use: 'd', capacity: 8 }] },
            walk('d1', [{ _tag: 'Set', name: 'arr', index: [at('d1')], value: renamed(loads[0]!, 'd1') }]),
            walk(name, [
              { _tag: 'Set', name: 'arr', index: [at(name)], value: { _tag: 'Op', operator: 'add', args: [value(at(name)), value(other(at(name)))] } }, // prettier-ignore
            ]),
            walk(each.index, rewritten(each.body.filter((t) => t._tag !== 'Let'), (t) => (t._tag === 'Store' ? { ...t, value: value(at(each.index)) } : t))), // prettier-ignore
          ],
    ),
  });
  it.each(['w', '"Num"', '["Num"]', 'Num'])('is read in them at their own index alone, %s', (name) => {
    expect(
      validate(
        inPlace(name, () => ({ _tag: 'Num', value: 0 })),
        first,
      ),
    ).toMatchObject(refused('E-DEPEND'));
    expect(
      validate(
        inPlace(name, (own) => own),
        twice,
      ),
    ).toMatchObject(accepted);
  });
});

describe('the frame', () => {
  const g = D.grouped('batch', 2, 'lane');
  const [p, q] = [D.variable('p'), D.variable('q')];
  const axes = [g.axis, D.axis(p), D.axis(q)];
  const rhs = D.term(
    [{ name: 'x', axes }],
    D.map(g.axis, (i) =>
      D.map(D.axis(p), (a) => D.map(D.axis(q), (b) => D.mul(D.number(2n), D.at(D.wire('x'), i, a, b)))),
    ),
  );
  const kernelOf = (x: string, y: string): Kernel =>
    validated({
      name: 'frame',
      rhs,
      uses: [g.use, { _tag: 'Grid', name: x, axis: p }, { _tag: 'Grid', name: y, axis: q }],
      wires: [{ name: 'x', level: 'global' }],
      results: ['out'],
    }).kernel;
  const exchanged = <T extends { readonly use: string }>(all: readonly T[], x: string, y: string): readonly T[] =>
    all.map((b) => ({ ...b, use: b.use === x ? y : b.use === y ? x : b.use }));
  it('names each axis by itself, of three numbers', () => {
    const kernel = kernelOf('a', 'a 2,a');
    const blocks = exchanged(kernel.frame.blocks, 'a', 'a 2,a');
    expect(validate({ ...kernel, frame: { ...kernel.frame, blocks } }, rhs)).toMatchObject(refused('E-SHAPE'));
    expect(validate(kernel, rhs)).toMatchObject(accepted);
  });
  it('names each axis by itself, of one number', () => {
    const kernel = kernelOf('a', 'a,a');
    const folded = { ...kernel.frame.folded, blocks: exchanged(kernel.frame.folded.blocks, 'a', 'a,a') };
    expect(validate({ ...kernel, frame: { ...kernel.frame, folded } }, rhs)).toMatchObject(refused('E-SHAPE'));
    expect(validate(kernel, rhs)).toMatchObject(accepted);
  });
  it('has digits of the numbers 0, 1 and 2, and of no texts', () => {
    const kernel = kernelOf('a', 'b');
    const blocks = kernel.frame.blocks.map((b) => ({ ...b, dimension: `${b.dimension}` as unknown as 0 }));
    expect(validate({ ...kernel, frame: { ...kernel.frame, blocks } }, rhs)).toMatchObject(refused('E-SHAPE'));
  });
  it('has a parameter for each number, whatever the axes are called', () => {
    const s = D.streamed('n', 2, true);
    const sums = D.term(
      [
        { name: 'x', axes: [g.axis, D.axis(p)] },
        { name: 'y', axes: [g.axis, s.axis] },
      ],
      D.map(g.axis, (i) =>
        D.map(D.axis(p), (a) =>
          D.add(
            D.at(D.wire('x'), i, a),
            D.sum(s.axis, (l) => D.at(D.wire('y'), i, l)),
          ),
        ),
      ),
    );
    const made = validated({
      name: 'names',
      rhs: sums,
      uses: [g.use, { _tag: 'Grid', name: 'n_last', axis: p }, s.use],
      wires: ['x', 'y'].map((name) => ({ name, level: 'global' })),
      results: ['out'],
    });
    const params = get(emit('wgsl', made)).params.map((x) => x.name);
    expect(new Set(params).size).toBe(params.length);
    expect(params).toContain('n_last_size');
  });
});

describe('what was validated', () => {
  const made = get(extracted('total', 'wgsl', { tiles: { n: 4, batch: 4 }, ragged: 'first', lanes: { n: 1 } }));
  const { rhs } = made.theorem.scheduled;
  it('is what is printed, though the caller keeps a part of it', () => {
    const body = [...made.emitted.validated.kernel.body];
    const kernel = Object.freeze({ ...made.emitted.validated.kernel, body });
    const checked = get(validate(kernel, rhs));
    const before = get(emit('wgsl', checked)).text;
    body.pop();
    expect(get(emit('wgsl', checked)).text).toBe(before);
  });
  it('is made by validation alone', () => {
    const checked: object = made.emitted.validated;
    expect(checked.constructor).toBe(Object);
    expect(Object.isFrozen(Object.getPrototypeOf(checked))).toBe(true);
  });
});
