// Kernels that validation accepted and that no text computes, or that texts compute differently: each is refused now, for its reason, beside a
// twin that is accepted; or it is accepted and its texts compute what the term says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emitted, emit } from '../../../../src/kernel/emit/emit.js';
import {
  type Grouped,
  type Int,
  type Kernel,
  type Share,
  type Stage,
  type Stmt,
  add,
  at,
  mul,
  named,
  num,
  sameShare,
  size,
} from '../../../../src/kernel/ir/kernel.js';
import { validate } from '../../../../src/kernel/validate/validate.js';
import type { Scheduled } from '../../../../src/kernel/ir/scheduled.js';
import { runHost } from '../../../../src/run/device/host.js';
import { type Gpu, openGpu } from '../../../../src/run/device/webgpu.js';
import * as C from '../../../support/ir/cases.js';
import * as D from '../../../support/ir/dsl.js';
import { get } from '../../../support/ir/dsl.js';
import { prepare, random, sizesFor, worst } from '../../../support/ir/run.js';
import {
  assign,
  each,
  everywhere,
  load,
  loop,
  lowered,
  plus,
  read,
  shared,
  verdict,
  zero,
  firstOfBlock,
  rowKernel,
} from './attack.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000);
const tiles = { rows: 4, stream: 3, columns: 6 };

let gpu: Gpu;
beforeAll(async () => {
  gpu = get(await openGpu());
});
afterAll(() => gpu.close());

/** The text's numbers are the term's, on Dawn and on the host. */
async function computes(s: Scheduled, kernel: Kernel): Promise<void> {
  const checked = get(validate(kernel, s.rhs));
  for (let i = 0; i < 3; i++) {
    const next = random(SEED + i);
    const sizes = sizesFor(s, next, 12);
    for (const target of ['wgsl', 'host'] as const) {
      const p = prepare(s, checked, target, sizes, next);
      const [out] = get(await (target === 'wgsl' ? gpu.run : runHost)(p.program, p.inputs));
      expect(worst(out!, p.expected), JSON.stringify({ target, sizes, seed: SEED + i })).toBeLessThan(2e-4);
    }
  }
}
const textOf = (s: Scheduled, kernel: Kernel, target: 'wgsl' | 'cuda'): Emitted =>
  get(emit(target, get(validate(kernel, s.rhs))));

describe('a block of one lane', () => {
  const one = { rows: 1, stream: 1, columns: 1 };
  it.each<readonly [string, Scheduled]>([
    ['two tiles that one lane has for itself', shared(C.contraction(tiles), { m: [4, 2], n: [6, 3] })],
    ['a lane and a shared tile of one element', shared(C.contraction(one), { n: [1, 1] })],
    ['tiles put by one lane', shared(C.weighted(tiles), { q: [4, 1], e: [6, 2] })],
  ])('%s', (_, s) => computes(s, lowered(s)));

  it('fills a tile where no axis has lanes', async () => {
    const s = C.total(tiles);
    const kernel = lowered(s);
    const [use] = kernel.uses;
    if (use?._tag !== 'Streamed') throw new Error('a stream');
    const bound = size(use.tile);
    const dims = ['x', 'y'].map((index, i) => ({
      index,
      use: use.name,
      bound,
      [i === 0 ? 'divisor' : 'modulus']: bound,
    }));
    const stage: Stage = { _tag: 'Stage', tile: 't', bound: mul(bound, bound), step: 1, dims, value: zero };
    const dim = { use: use.name, capacity: use.capacity };
    const filled: Kernel = {
      ...kernel,
      tiles: [{ name: 't', dims: [dim, dim], datatype: 'f32' }],
      body: [stage, ...kernel.body],
    };
    await computes(s, filled);
    expect(textOf(s, filled, 'cuda').text).not.toMatch(/\blane\b/);
  });
});

describe('numbers', () => {
  it('no turn assigns an element of another', () => {
    const s = C.contraction(tiles);
    const kernel = lowered(s);
    const n = kernel.uses.find((u): u is Grouped => u.name === 'n')!;
    const dim = { use: 'n', capacity: n.capacity };
    const through = (...sets: readonly Stmt[]): Kernel =>
      everywhere(kernel, (q) => {
        if (q._tag === 'Store') return { ...q, value: read('square', at('n'), num(0)) };
        if (q._tag !== 'Each' || !JSON.stringify(q, plainly).includes('Store')) return q;
        return [
          { _tag: 'Var', name: 'square', kind: 'real', dims: [dim, dim] },
          each('x', n, each('y', n, ...sets)),
          q,
        ];
      });
    const sum = (index: string) => read('state_k', at(index));
    const other = [assign('square', [at('x'), at('y')], zero), assign('square', [at('y'), at('x')], sum('y'))];
    expect(verdict(through(...other), s)).toBe('E-DEPEND');
    const own = [assign('square', [at('x'), at('y')], zero), assign('square', [at('x'), at('y')], sum('x'))];
    expect(verdict(through(...own), s)).toBe('accepted');
  });

  // out[i] = x[i] + the first of x in i's block: a lane reads what another put, and where lanes run alone there is no other
  it('a lane reads no row that another lane put', async () => {
    const { use: q, axis } = D.grouped('q', 3, 'lane');
    const s = firstOfBlock(q, axis);
    const dim = { index: 'q', use: 'q', bound: size(q.tile) };
    const put: Stmt = {
      _tag: 'Put',
      tile: 't',
      dims: [{ ...dim, over: { _tag: 'Lane', use: 'q' } }],
      value: read('own'),
    };
    const value = load('x', add(named('origin'), { _tag: 'Within', index: 'j', extent: named('extent') }));
    const stage: Stmt = {
      _tag: 'Stage',
      tile: 't',
      bound: size(q.tile),
      step: 3,
      dims: [{ ...dim, index: 'j' }],
      value,
    };
    expect(verdict(rowKernel(q, axis, put), s)).toBe('E-SHARE');
    expect(verdict(rowKernel(q, axis, stage), s)).toBe('accepted');
    await computes(s, rowKernel(q, axis, stage));
  });

  it('a stream with a rest has a head: its sizes are those of the host', () => {
    const make = (isHeaded: boolean): string => {
      const { use } = D.streamed('k', 3, true);
      const [b, t, last] = [use.tile, use.count, use.last!];
      const tail = D.plus(D.times(D.axis(t), D.axis(b)), D.times(D.axis(last.flag), D.axis(last.rest)));
      const axis = isHeaded ? D.plus(D.axis(use.head!), tail) : tail;
      const s = {
        rhs: D.term(
          [{ name: 'x', axes: [axis] }],
          D.sum(axis, (i) => D.at(D.wire('x'), i)),
        ),
      };
      const head = isHeaded ? size(use.head!) : num(0);
      const step = (address: Int): Stmt => assign('s', [], plus(read('s'), load('x', address)));
      const tiled = add(head, mul(size(t), size(b)));
      const frame = { blocks: [], lanes: [], folded: { blocks: [], end: { _tag: 'Num' as const, value: 1 } } };
      const body: Stmt[] = [
        { _tag: 'Var', name: 's', kind: 'real', dims: [], init: zero },
        ...(isHeaded ? [loop('i', use.head!, ['s'], step(at('i')))] : []),
        loop('t', t, ['s'], loop('i', b, ['s'], step(add(head, add(mul(at('t'), size(b)), at('i')))))),
        loop(
          'u',
          last.flag,
          ['s'],
          loop('i', last.rest, ['s'], step(add(tiled, add(mul(at('u'), size(last.rest)), at('i'))))),
        ),
        { _tag: 'Store', array: 'out', address: num(0), value: read('s') },
      ];
      const uses = [isHeaded ? use : { ...use, head: undefined }];
      const arrays = {
        inputs: [{ name: 'x', axes: [axis], datatype: 'f32' as const }],
        outputs: [{ name: 'out', axes: [], datatype: 'f32' as const }],
      };
      return verdict({ name: 'k', uses, ...arrays, tiles: [], frame, body }, s);
    };
    expect([make(true), make(false)]).toEqual(['accepted', 'E-SHAPE']);
  });
});

describe('texts', () => {
  const s = shared(C.contraction(tiles), { n: [2, 1] });
  const kernel = lowered(s);
  const junk = (share: Share): Kernel => ({
    ...kernel,
    body: [{ _tag: 'Var', name: 'junk', kind: 'real', dims: [{ use: 'k', capacity: 3, share }] }, ...kernel.body],
  });
  const unrolled = (unroll: number): Kernel => everywhere(kernel, (q) => (q._tag === 'Loop' ? { ...q, unroll } : q));
  const lanes = (modulus: Int): Kernel => ({
    ...kernel,
    frame: { ...kernel.frame, lanes: kernel.frame.lanes.map((l) => (l.modulus ? { ...l, modulus } : l)) },
  });

  it.each<readonly [string, string, Kernel]>([
    ['as lowered', 'accepted', kernel],
    ['an array of a lane that holds one element', 'accepted', junk({ lanes: ['n'], perLane: 1, wide: 1 })],
    ['an array of a lane that holds none', 'E-SHARE', junk({ lanes: ['n'], perLane: 0, wide: 1 })],
    ['an array of lanes that are none', 'E-SHARE', junk({ lanes: ['m'], perLane: 1, wide: 1 })],
    ['slots that 32 bits do not number', 'E-SHARE', junk({ lanes: ['n'], perLane: 2 ** 30, wide: 1 })],
    ['four turns written out', 'accepted', unrolled(4)],
    ['no turn written out', 'E-SHAPE', unrolled(0)],
    ['half a turn written out', 'E-SHAPE', unrolled(1.5)],
    [
      'a tile of no dimension',
      'E-SHAPE',
      { ...kernel, tiles: [...kernel.tiles, { name: 't', dims: [], datatype: 'f32' }] },
    ],
    ['the number of lanes as a sum', 'accepted', lanes(add(num(1), num(2)))],
    ['the number of lanes as a difference', 'E-SHAPE', lanes(add(num(4), num(-1)))],
    [
      'a value that is assigned',
      'E-SHAPE',
      everywhere(kernel, (q) => (q._tag === 'Let' ? [q, assign(q.name, [], q.value)] : q)),
    ],
  ])('%s: %s', (_, expected, changed) => {
    expect(verdict(changed, s)).toBe(expected);
  });

  it.each<readonly [number, number, string]>([
    [4, 2, 'accepted'],
    [3, 1.5, 'E-BOUND'],
  ])('%i elements of a tile filled by two lanes in %f turns: %s', (stream, turns, expected) => {
    const two = C.contraction({ rows: 2, stream, columns: 1 });
    const k = two.uses.find((u) => u.name === 'k');
    const isFull = (q: Stage): boolean =>
      q.dims.some((d) => d.bound._tag === 'Size' && k && 'tile' in k && d.bound.axis === k.tile);
    const changed = everywhere(lowered(two), (q) => (q._tag === 'Stage' && isFull(q) ? { ...q, turns } : q));
    expect(verdict(changed, two)).toBe(expected);
  });

  it.each<readonly [number, string]>([
    [2 ** 20, 'accepted'],
    [2 ** 33, 'E-SHAPE'],
  ])('a tile of %i elements: %s', (stream, expected) => {
    const wide = C.total({ ...tiles, stream });
    expect(verdict(lowered(wide), wide)).toBe(expected);
  });

  it('shares of other lanes are other shares, whatever the lanes are called', () => {
    const share = { perLane: 1, wide: 1 };
    expect(sameShare({ lanes: ['a,b'], ...share }, { lanes: ['a', 'b'], ...share })).toBe(false);
    expect(sameShare({ lanes: ['a', 'b'], ...share }, { lanes: ['a', 'b'], ...share })).toBe(true);
  });

  const called = (name: string): Kernel => {
    const renamed = everywhere(kernel, (q) =>
      'value' in q && q.value._tag === 'Load' && q.value.array === 'a'
        ? ({ ...q, value: { ...q.value, array: name } } as Stmt)
        : q,
    );
    return { ...renamed, inputs: kernel.inputs.map((a) => (a.name === 'a' ? { ...a, name } : a)) };
  };

  it.each(['stream', 'params', 'other'])('an array called %s hides no parameter of the launcher', (name) => {
    const { text } = textOf(s, called(name), 'cuda');
    const parameters = /_launch\((.*)\) \{/
      .exec(text)![1]!
      .split(', ')
      .map((p) => p.split(' ').at(-1)!);
    expect(new Set(parameters).size).toBe(parameters.length);
  });
  it.each(['workgroupBarrier', 'Array'])('an array called %s hides no phrase of a table', (name) =>
    computes(s, called(name)),
  );
});

const plainly = (_: string, v: unknown): unknown => (typeof v === 'bigint' ? `${v}` : v);
