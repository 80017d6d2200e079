// The rules of shared tiles alone, on small bodies: each refused form has an accepted twin. The rules of what a put leaves in a tile are tried
// through readback, which asks them.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { evaluator } from '../../../../src/core/index.js';
import { attempt } from '../../../../src/kernel/validate/error.js';
import {
  type Each,
  type Expr,
  type Grouped,
  type Int,
  type Kernel,
  type Put,
  type Share,
  type Stage,
  type Stmt,
  type TileDecl,
  type Walk,
  at,
  frameOf,
  num,
  size,
  slot,
} from '../../../../src/kernel/ir/kernel.js';
import { readback } from '../../../../src/kernel/validate/readback.js';
import { checkShares } from '../../../../src/kernel/validate/share.js';
import { grouped, streamed, variable } from '../../../support/ir/dsl.js';

// lanes: 2 along q, with 2 elements each; 3 along e, with 4 each; m is a lane index, n a register
const q = grouped('q', 4, 'lane', { perLane: 2, wide: 1 }).use;
const e = grouped('e', 12, 'register', { perLane: 4, wide: 2 }).use;
const m = grouped('m', 2, 'lane').use;
const n = grouped('n', 3, 'register').use;
const k = streamed('k', 6, true).use;
const other = variable('none');

const zero: Expr = { _tag: 'Const', value: { num: 0n, den: 1n } };
const get = (name: string, ...index: Int[]): Expr => ({ _tag: 'Get', name, index });
const set = (name: string, index: readonly Int[], value: Expr = zero): Stmt => ({ _tag: 'Set', name, index, value });
let names = 0;
const reading = (value: Expr): Stmt => ({ _tag: 'Let', name: `x${names++}`, kind: 'real', value });
const array = (name: string, ...dims: TileDecl['dims']): Stmt => ({ _tag: 'Var', name, kind: 'real', dims });
const own = (u: Grouped, share = u.share): TileDecl['dims'][number] => ({ use: u.name, capacity: u.capacity, share });
const part: TileDecl['dims'][number] = { use: 'k', capacity: 6, share: { lanes: ['e'], perLane: 2, wide: 1 } };

const turns = (walk: Walk, ...body: readonly Stmt[]): Each => ({ _tag: 'Each', ...walk, body, note: '' });
const over = (u: Grouped, share = u.share, index = u.name): Walk => ({
  index,
  over: { _tag: 'Register', use: u.name },
  bound: size(u.tile),
  share,
});
/** the tile of k, its 6 elements spread over the 3 lanes along e */
const along = (share: Share | undefined = part.share, more: Partial<Walk> = {}): Walk => ({
  index: 'k',
  over: { _tag: 'Axis', axis: k.tile },
  bound: size(k.tile),
  share,
  ...more,
});
const share = (lanes: readonly string[], perLane: number, wide = 1): Share => ({ lanes, perLane, wide });
const all = (...body: readonly Stmt[]): Stmt => turns(over(q), turns(over(e), ...body));
const store: Stmt = { _tag: 'Store', array: 'out', address: num(0), value: zero };

const mine = { index: 'm', use: 'm', over: { _tag: 'Lane', use: 'm' }, bound: size(m.tile) } as const;
const dim = (walk: Walk, use: string): Put['dims'][number] => ({ ...walk, use });
const put = (...dims: Put['dims']): Put => ({ _tag: 'Put', tile: 'a', dims, value: zero });
const whole = put(mine, dim(over(q), 'q'), dim(along(), 'k'));
const stage: Stage = {
  _tag: 'Stage',
  tile: 'b',
  bound: size(n.tile),
  step: 12,
  dims: [{ index: 'n_i', use: 'n', bound: size(n.tile) }],
  value: zero,
};

const kernel = (body: readonly Stmt[], changes: Partial<Kernel> = {}): Kernel => {
  const uses = changes.uses ?? [q, e, m, n, k];
  return {
    name: 'k',
    uses,
    inputs: [],
    outputs: [],
    tiles: [
      { name: 'a', dims: [m, q, k].map((u) => ({ use: u.name, capacity: u.capacity })), datatype: 'f32', pad: 4 },
      { name: 'b', dims: [{ use: 'n', capacity: 3 }], datatype: 'f32' },
    ],
    frame: { blocks: [], lanes: [], folded: { blocks: [], end: { _tag: 'Num', value: 1 } } },
    body,
    ...changes,
  };
};
const said = (made: E.Either<{ code: string; where: string; found: readonly unknown[] }, unknown>): string =>
  E.isLeft(made)
    ? [made.left.code, made.left.where, ...made.left.found.filter((f) => typeof f !== 'object')].join(' ')
    : 'accepted';
const verdict = (body: readonly Stmt[], changes: Partial<Kernel> = {}): string =>
  said(attempt(() => checkShares(kernel(body, changes))));

describe('uses', () => {
  const within = (u: Partial<Grouped>): Partial<Kernel> => ({ uses: [{ ...q, ...u } as Grouped, e, m, n, k] });
  it.each<readonly [string, string, Partial<Kernel>]>([
    ['two lanes of two elements', 'accepted', {}],
    ['a share of all elements: one lane', 'accepted', within({ share: share(['q'], 4, 2) })],
    ['shared, and no share', 'E-SHAPE q share', within({ share: undefined })],
    ['a share of a tile that is not shared', 'E-SHAPE q share', within({ as: 'register' })],
    ['over the lanes of another', 'E-SHAPE q share', within({ share: share(['e'], 2) })],
    ['over lanes of its own and another', 'E-SHAPE q share', within({ share: share(['q', 'e'], 2) })],
    ['no element each', 'E-SHAPE q share', within({ share: share(['q'], 0) })],
    ['half an element each', 'E-SHAPE q share', within({ share: share(['q'], 0.5) })],
    ['runs of none', 'E-SHAPE q share', within({ share: share(['q'], 2, 0) })],
    ['runs that are not whole', 'E-SHAPE q share', within({ share: share(['q'], 4, 3) })],
    ['lanes that are not whole', 'E-SHAPE q share', within({ share: share(['q'], 3) })],
    ['more elements each than there are', 'E-SHAPE q share', within({ share: share(['q'], 8) })],
  ])('%s: %s', (_, expected, changes) => {
    expect(verdict([], changes)).toBe(expected);
  });
});

describe('declarations', () => {
  const tile = (t: Partial<TileDecl>): Partial<Kernel> => ({ tiles: [{ ...kernel([]).tiles[0]!, ...t }] });
  it.each<readonly [string, string, Partial<Kernel>]>([
    ['rows padded', 'accepted', tile({ pad: 4 })],
    ['rows not padded', 'accepted', tile({ pad: undefined })],
    ['padded by 0', 'accepted', tile({ pad: 0 })],
    ['padded by 63', 'accepted', tile({ pad: 63 })],
    ['padded by less than nothing', 'E-SHAPE a -1', tile({ pad: -1 })],
    ['padded by a part', 'E-SHAPE a 0.5', tile({ pad: 0.5 })],
    ['padded by 64', 'E-SHAPE a 64', tile({ pad: 64 })],
    ['a tile of which a lane has a part', "E-SHARE a a tile is everybody's", tile({ dims: [own(q)] })],
  ])('%s: %s', (_, expected, changes) => {
    expect(verdict([], changes)).toBe(expected);
  });

  it.each<readonly [string, string, Stmt]>([
    ['an array of what a lane has', 'accepted', array('x', own(q), own(e))],
    ['an array of all of a register tile', 'accepted', array('x', own(n))],
    ['an array over a part of the stream', 'accepted', array('x', part)],
    ['an array of all of a shared tile', 'E-SHARE x q', array('x', { use: 'q', capacity: 4 })],
    ['an array of another share of it', 'E-SHARE x e', array('x', own(e, share(['e'], 4)))],
    ['an array of a part of a register tile', 'E-SHARE x n', array('x', own(n, share(['e'], 1)))],
  ])('%s: %s', (_, expected, s) => {
    expect(verdict([s])).toBe(expected);
  });
});

describe('turns', () => {
  const lanes = share(['e', 'q'], 1);
  const partial = (each: number, more: Partial<Walk> = {}): Walk =>
    along(share(['e'], each), { partial: true, ...more });
  it.each<readonly [string, string, Walk]>([
    ['all of a register tile', 'accepted', over(n)],
    ["a lane's part of a shared tile", 'accepted', over(q)],
    ['all of a shared tile', 'E-SHARE q not the share of its tile', over(q, share([], 1))],
    ['a register tile, shared', 'E-SHARE n not the share of its tile', over(n, share(['e'], 1))],
    ['in other runs than the tile', 'E-SHARE e not the share of its tile', over(e, share(['e'], 4, 1))],
    ['a part of a register tile', 'E-SHARE n not the share of its tile', { ...over(n), partial: true }],
    ['a tile that is none', 'E-SCOPE z', { ...over(n), over: { _tag: 'Register', use: 'z' } }],
    ['a lane', 'E-SHAPE m a lane is no loop', mine],
    ['a part of a lane tile', 'E-SHAPE m a lane is no loop', { ...mine, share: share(['e'], 1) }],
    ['all of the stream', 'accepted', { ...along(), share: undefined }],
    ['some of all', 'E-SHARE k partial', { ...along(), share: undefined, partial: true }],
    ['two each over three lanes', 'accepted', along()],
    ['one each over all six', 'accepted', along(lanes)],
    ['over no lanes', 'E-SHARE k lanes', along(share([], 6))],
    ['over one dimension twice', 'E-SHARE k lanes', along(share(['e', 'e'], 2))],
    ['over a lane index', 'E-SHARE k lanes', along(share(['m'], 3))],
    ['over lanes that are none', 'E-SHARE k lanes', along(share(['z'], 2))],
    ['none each', 'E-SHARE k 0 1', along(share(['e'], 0))],
    ['runs of none', 'E-SHARE k 2 0', along(share(['e'], 2, 0))],
    ['runs of two in two', 'accepted', along(share(['e'], 2, 2))],
    ['runs of four in two', 'E-SHARE k 2 4', along(share(['e'], 2, 4))],
    ['more than there are, left out', 'accepted', partial(3)],
    ['more than there are', 'E-SHARE k slots 9 6', along(share(['e'], 3))],
    ['fewer than there are', 'E-SHARE k slots 3 6', partial(1)],
    ['the head, which may be shorter, left out', 'accepted', partial(2, { over: { _tag: 'Axis', axis: k.head! } })],
    ['the head', 'E-SHARE k slots 6 6', along(part.share, { over: { _tag: 'Axis', axis: k.head! } })],
    ['the rest', 'E-SHARE k slots 6 6', along(part.share, { over: { _tag: 'Axis', axis: k.last!.rest } })],
    ['turns over tiles', 'E-SHARE k no tile', along(part.share, { over: { _tag: 'Axis', axis: k.count } })],
    ['an axis of no use', 'E-SHARE k no tile', along(part.share, { over: { _tag: 'Axis', axis: other } })],
  ])('%s: %s', (_, expected, walk) => {
    expect(verdict([turns(walk)])).toBe(expected);
  });

  it.each<readonly [string, string, Stmt]>([
    ['other lanes inside', 'accepted', turns(over(q), turns(along()))],
    ['the same lanes inside', 'E-SHARE k lanes that an outer turn has', turns(over(e), turns(along()))],
    ['some of them', 'E-SHARE k lanes that an outer turn has', turns(over(e), turns(over(q), turns(along(lanes))))],
    ['a fill inside', 'E-BARRIER Stage in turns that lanes share', turns(over(q), stage)],
    ['a barrier inside', 'E-BARRIER Barrier in turns that lanes share', turns(over(q), { _tag: 'Barrier' })],
    ['a put inside', 'E-BARRIER Put in turns that lanes share', turns(along(), put(mine, dim(over(q), 'q')))],
    ['a fill in turns of all lanes', 'accepted', turns(over(n), stage)],
    ['a barrier in turns of all lanes', 'accepted', turns(over(n), { _tag: 'Barrier' })],
    ['a put in turns of all lanes', 'accepted', turns(over(n), whole)],
  ])('%s: %s', (_, expected, s) => {
    expect(verdict([s])).toBe(expected);
  });
});

describe('elements', () => {
  const x = array('x', own(q));
  const y = array('y', own(n));
  const z = array('z', part);
  it.each<readonly [string, string, readonly Stmt[]]>([
    ['in the slot of its share', 'accepted', [x, turns(over(q), set('x', [slot('q')]))]],
    ['read there', 'accepted', [x, turns(over(q), reading(get('x', slot('q'))))]],
    ['in the slot of its share over the stream', 'accepted', [z, turns(along(), set('z', [slot('k')]))]],
    ['at the index itself', 'E-SHARE x 0', [x, turns(over(q), set('x', [at('q')]))]],
    ['read at the index itself', 'E-SHARE x 0', [x, turns(over(q), reading(get('x', at('q'))))]],
    ['read in an operation', 'E-SHARE x 0', [x, reading({ _tag: 'Op', operator: 'neg', args: [get('x', num(0))] })]],
    ['at the first', 'E-SHARE x 0', [x, turns(over(q), set('x', [num(0)]))]],
    ['in a slot of other turns', 'E-SHARE z 0', [z, turns(over(q), set('z', [slot('q')]))]],
    ['in a slot of no turn', 'E-SHARE x 0', [x, set('x', [slot('q')])]],
    ['in another slot of the same stream', 'E-SHARE z 0', [z, turns(along(share(['e'], 2, 2)), set('z', [slot('k')]))]],
    ['after its turns', 'E-SHARE x 0', [x, turns(over(q)), set('x', [slot('q')])]],
    ['of a whole tile', 'accepted', [y, turns(over(n), set('y', [at('n')]))]],
    ['of a whole tile, the first', 'accepted', [y, reading(get('y', num(0)))]],
    ['of a whole tile, in a slot', 'E-SHARE y 0', [y, turns(over(n), set('y', [slot('n')]))]],
    ['of a whole tile, at an index of another share', 'E-SHARE y 0', [y, turns(along(), set('y', [at('k')]))]],
    ['that is a number', 'accepted', [{ _tag: 'Let', name: 'v', kind: 'real', value: zero }, reading(get('v'))]],
    ['of nothing', 'E-SCOPE w', [reading(get('w'))]],
    ['of what another turn declares', 'E-SCOPE x', [turns(over(n), x), reading(get('x', num(0)))]],
  ])('%s: %s', (_, expected, body) => {
    expect(verdict(body)).toBe(expected);
  });

  it.each<readonly [string, string, Stmt]>([
    ['stored by its own lane', 'accepted', all(store)],
    ['stored by all along e', 'E-SHARE out an element that several lanes store', turns(over(q), store)],
    ['stored by all along q', 'E-SHARE out an element that several lanes store', turns(over(e), store)],
    ['stored by all', 'E-SHARE out an element that several lanes store', store],
  ])('%s: %s', (_, expected, s) => {
    expect(verdict([s])).toBe(expected);
  });
});

describe('puts', () => {
  const several = 'E-SHARE a an element that several lanes write';
  it.each<readonly [string, string, readonly Stmt[]]>([
    ['every dimension of the lanes once', 'accepted', [whole]],
    ['a tile of the lanes themselves', 'accepted', [put(mine, dim(over(q), 'q'), dim(over(e), 'e'))]],
    ['the lanes along e write alike', `${several} q`, [put(mine, dim(over(q), 'q'))]],
    ['the lanes along q write alike', `${several} e`, [put(mine, dim(along(), 'k'))]],
    ['the lanes along m write alike', `${several} q e`, [put(dim(over(q), 'q'), dim(along(), 'k'))]],
    ['a lane index twice', `${several} q e`, [put(mine, mine, dim(over(q), 'q'), dim(along(), 'k'))]],
    ['lanes twice', 'E-SHARE k lanes that an outer turn has', [put(mine, dim(over(e), 'e'), dim(along(), 'k'))]],
    ['a lane under another name', 'E-SHAPE a j', [put({ ...mine, index: 'j' }, ...whole.dims.slice(1))]],
    ['in other shares', 'E-SHARE q not the share of its tile', [put(mine, dim(over(q, share(['q'], 1)), 'q'))]],
    ['from its own slot', 'accepted', [array('z', part), { ...whole, value: get('z', slot('k')) }]],
    ['from the index', 'E-SHARE z 0', [array('z', part), { ...whole, value: get('z', at('k')) }]],
    ['from a slot that is not open', 'E-SHARE z 0', [array('z', part), { ...whole, value: get('z', slot('e')) }]],
  ])('%s: %s', (_, expected, body) => {
    expect(verdict(body)).toBe(expected);
  });
});

describe('what a fill leaves in a tile', () => {
  const evaluated = (...body: readonly Stmt[]): string =>
    said(readback(evaluator().pool, kernel(body, { frame: frameOf(kernel([])) })));
  const three = (change: (dims: Put['dims']) => Put['dims']): Put => ({ ...whole, dims: change(whole.dims) });
  const at0 = (u: Grouped): Expr => ({
    _tag: 'Real',
    int: { _tag: 'Within', index: u.name, extent: { _tag: 'Name', name: `${u.name}_extent` } },
  });
  const extent = (u: Grouped): Stmt => ({
    _tag: 'Int',
    name: `${u.name}_extent`,
    value: { _tag: 'Block', use: u.name, first: size(u.rest), other: size(u.tile) },
  });
  const [extentM, extentQ, extentN] = [extent(m), extent(q), extent(n)];
  const inN = (value: Expr): Stage => ({
    ...stage,
    dims: [{ ...stage.dims[0]!, index: 'n' }],
    value,
  });
  const open = (index: string, ...body: readonly Stmt[]): Stmt =>
    turns({ index, over: { _tag: 'Register', use: 'n' }, bound: size(n.tile) }, ...body);

  it.each<readonly [string, string, readonly Stmt[]]>([
    ['a put of all dimensions', 'accepted', [whole]],
    ['a put of fewer', 'E-SHAPE a', [three((d) => d.slice(0, 2))]],
    ['a put of more', 'E-SHAPE a', [three((d) => [...d, dim(over(n), 'n')])]],
    ['a put of none', 'E-SHAPE a', [put()]],
    ['a put into a tile that is none', 'E-SCOPE c', [{ ...whole, tile: 'c' }]],
    ['dimensions exchanged', 'E-BOUND a k', [three(([x, y, z]) => [x!, z!, y!])]],
    ['a dimension that names another', 'E-BOUND a n', [three(([x, y, z]) => [x!, y!, { ...z!, use: 'n' }])]],
    ['a dimension over another tile', 'E-BOUND a k', [three(([x, y]) => [x!, y!, dim(over(n), 'k')])]],
    ['another bound', 'E-BOUND k bk', [three(([x, y, z]) => [x!, y!, { ...z!, bound: num(6) }])]],
    ['another bound of a lane', 'E-BOUND m bm', [three(([x, ...d]) => [{ ...x!, bound: size(q.tile) }, ...d])]],
    ['an index that is open', 'E-SCOPE k', [open('k', whole)]],
    ['an index beside one that is open', 'accepted', [open('n', whole)]],
    ['of the index of a lane that it has', 'accepted', [extentM, { ...whole, value: at0(m) }]],
    ['of a shared index', 'accepted', [extentQ, { ...whole, value: at0(q) }]],
    ['of a tile index that is none', 'E-SCOPE j', [{ ...whole, value: { _tag: 'Real', int: at('j') } }]],
    [
      'of a slot as a number',
      'E-SHAPE k a slot is no position',
      [{ ...whole, value: { _tag: 'Real', int: slot('k') } }],
    ],
  ])('%s: %s', (_, expected, body) => {
    expect(evaluated(...body)).toBe(expected);
  });

  it.each<readonly [string, string, readonly Stmt[]]>([
    ['a stage of all dimensions', 'accepted', [inN(zero)]],
    ['of its own index', 'accepted', [extentN, inN(at0(n))]],
    ["of a lane's index", 'E-DEPEND b m', [extentM, inN(at0(m))]],
    [
      'of a dimension too many',
      'E-BOUND b q',
      [{ ...stage, dims: [...stage.dims, { index: 'q', use: 'q', bound: size(q.tile) }] }],
    ],
    ['of no dimension', 'E-SHAPE b', [{ ...stage, dims: [] }]],
    ['of another dimension', 'E-BOUND b q', [{ ...stage, dims: [{ index: 'q', use: 'q', bound: size(q.tile) }] }]],
    ['into a tile that is none', 'E-SCOPE c', [{ ...stage, tile: 'c' }]],
    ['with an index that is open', 'E-SCOPE n', [open('n', inN(zero))]],
    ['with an index beside it', 'accepted', [open('n', stage)]],
    [
      'to a bound that is no size',
      'E-BOUND a',
      [{ ...stage, tile: 'a', dims: [{ index: 'k', use: 'k', bound: num(6) }] }],
    ],
  ])('%s: %s', (_, expected, body) => {
    expect(evaluated(...body)).toBe(expected);
  });
});
