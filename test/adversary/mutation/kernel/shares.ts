// The bugs that are seeded in what lanes share: spreads, slots, turns, puts, tiles in one place. Invariant: as bugs.ts; the last three rows are no
// bugs, and say so in reason.ts.
import {
  type Dim,
  type Each,
  type Int,
  type Kernel,
  type Lanes,
  type Put,
  type Share,
  type Stmt,
  type Walk,
  groupedUses,
  isSharing,
  laneDims,
  laneUses,
  sameShare,
} from '../../../../src/kernel/ir/kernel.js';
import type { Bug } from './bugs.js';
import type { Scope } from './site.js';

const plus = (left: Int, right: Int): Int => ({ _tag: 'Add', left, right });
const one: Int = { _tag: 'Num', value: 1 };
const others = (all: readonly string[], not: string): readonly string[] => all.filter((x) => x !== not);

const sharedIn = (kernel: Kernel): readonly string[] => laneDims(kernel).flatMap((u) => (isSharing(u) ? [u.name] : []));

/** Every other spread that is near a share. */
function spreads(kernel: Kernel, share: Share | undefined): readonly (Share | undefined)[] {
  const lanes = sharedIn(kernel);
  if (!share) return lanes.map((l) => ({ lanes: [l], perLane: 1, wide: 1 }));
  const { perLane, wide } = share;
  return [
    undefined,
    { ...share, perLane: perLane + 1 },
    { ...share, perLane: perLane * 2 },
    { ...share, perLane: 1, wide: 1 },
    { ...share, wide: wide + 1 },
    { ...share, wide: wide === 1 ? perLane : 1 },
    { ...share, lanes: [] },
    { ...share, lanes: [...share.lanes, ...share.lanes] },
    ...[...lanes, ...laneUses(kernel).map((u) => u.name)].map((l) => ({ ...share, lanes: [l] })),
    { ...share, lanes },
  ].filter((s) => !sameShare(s, share));
}

/** A list with one of its elements changed, in every way. */
const atEach = <A>(list: readonly A[], change: (x: A) => readonly A[]): readonly (readonly A[])[] =>
  list.flatMap((x, i) => change(x).map((y) => [...list.slice(0, i), y, ...list.slice(i + 1)]));

const otherDims = (s: Scope, dims: readonly Dim[]): readonly (readonly Dim[])[] =>
  atEach(dims, (d) => spreads(s.kernel, d.share).map((share) => ({ ...d, share })));

type PutDim = Put['dims'][number];
const otherPut = (p: Put, change: (d: PutDim) => readonly PutDim[]): readonly Put[] =>
  atEach(p.dims, change).map((dims) => ({ ...p, dims }));
const walked = (d: PutDim): boolean => d.over._tag !== 'Lane';
const overAxis = (w: Walk): boolean => w.over._tag === 'Axis';

/** A turn with its part in another form: a walk over all lanes of a dimension. */
const asLane = (kernel: Kernel, p: Each): readonly Each[] =>
  p.over._tag === 'Axis'
    ? []
    : spreads(kernel, p.share).map((share) => ({ ...p, over: { ...p.over, _tag: 'Lane' } as Each['over'], share }));

// prettier-ignore
export const SHARE_BUGS: readonly Bug[] = [
  { name: 'turns that lanes share otherwise',     wrong: (p, s) => (p._tag === 'Each' ? spreads(s.kernel, p.share).map((share) => ({ ...p, share })) : []) },
  { name: 'turns at the index of a lane',         wrong: (p, s) => (p._tag === 'Each' ? asLane(s.kernel, p) : []) },
  { name: 'slots past the end',                   wrong: (p) => (p._tag === 'Each' ? [{ ...p, partial: !p.partial }] : []) },
  { name: 'an array that lanes share otherwise',  wrong: (p, s) => (p._tag === 'Var' ? otherDims(s, p.dims).map((dims) => ({ ...p, dims })) : []) },
  { name: 'a slot for an index',                  wrong: (p) => (p._tag === 'At' ? [{ _tag: 'Slot', index: p.index }] : []) },
  { name: 'an index for a slot',                  wrong: (p) => (p._tag === 'Slot' ? [{ _tag: 'At', index: p.index }, { _tag: 'Num', value: 0 }] : []) },
  { name: 'the slot of another index',            wrong: (p, s) => (p._tag === 'Slot' ? others(s.indices, p.index).map((index): Int => ({ _tag: 'Slot', index })) : []) },
  { name: 'lanes fill one turn more or fewer',    wrong: (p) => (p._tag === 'Stage' ? [(p.turns ?? 0) + 1, (p.turns ?? 2) - 1, p.step].filter((turns) => turns !== p.turns).map((turns) => ({ ...p, turns })) : []) },
  { name: 'lanes put a dimension too few',        wrong: (p) => (p._tag === 'Put' ? p.dims.map((d) => ({ ...p, dims: p.dims.filter((o) => o !== d) })) : []) },
  { name: 'lanes put a dimension twice',          wrong: (p) => (p._tag === 'Put' ? p.dims.map((d) => ({ ...p, dims: [...p.dims, d] })) : []) },
  { name: 'lanes put the other way round',        wrong: (p) => (p._tag === 'Put' && p.dims.length > 1 ? [{ ...p, dims: [...p.dims].reverse() }] : []) },
  { name: 'lanes put otherwise than they share',  wrong: (p, s) => (p._tag === 'Put' ? otherPut(p, (d) => (walked(d) ? spreads(s.kernel, d.share).map((share) => ({ ...d, share })) : [])) : []) },
  { name: 'lanes put past the end',               wrong: (p) => (p._tag === 'Put' ? otherPut(p, (d) => (overAxis(d) ? [{ ...d, partial: !d.partial }] : [])) : []) },
  { name: 'lanes put over another axis',          wrong: (p, s) => (p._tag === 'Put' ? otherPut(p, (d) => s.kernel.uses.flatMap((u) => ('capacity' in u && u.name !== d.use ? [{ ...d, use: u.name }, { ...d, over: { _tag: 'Axis', axis: u.tile } as const }] : []))) : []) },
  { name: 'lanes put to another bound',           wrong: (p) => (p._tag === 'Put' ? otherPut(p, (d) => [{ ...d, bound: plus(d.bound, one) }, { ...d, bound: one }]) : []) },
  { name: 'lanes put at the index of another',    wrong: (p, s) => (p._tag === 'Put' ? otherPut(p, (d) => [...others(p.dims.map((o) => o.index), d.index), ...laneUses(s.kernel).map((u) => u.name)].filter((index) => index !== d.index).map((index) => ({ ...d, index }))) : []) },
  { name: 'every lane puts all',                  wrong: (p) => (p._tag === 'Put' ? otherPut(p, (d) => (walked(d) && d.share ? [{ ...d, share: undefined, partial: undefined }] : d.over._tag === 'Lane' ? [{ ...d, over: { _tag: 'Register', use: d.over.use } as const }] : [])) : []) },
  { name: 'nothing is put',                       wrong: (p) => (p._tag === 'Put' ? [[]] : []) },
  { name: 'put twice',                            wrong: (p) => (p._tag === 'Put' ? [[p, p]] : []) },
  { name: 'put into another tile',                wrong: (p, s) => (p._tag === 'Put' ? others(s.kernel.tiles.map((t) => t.name), p.tile).map((tile) => ({ ...p, tile })) : []) },
  { name: 'put under a guard',                    wrong: (p, s) => (p._tag === 'Put' && s.indices.length > 0 ? [{ _tag: 'Guard', index: s.indices[0]!, extent: { _tag: 'Name', name: `${s.indices[0]!}_extent` }, body: [p] }] : []) },
  { name: 'put in turns that lanes share',        wrong: (p, s) => (p._tag === 'Put' ? groupedUses(s.kernel).filter((u) => u.share).map((u) => ({ _tag: 'Each', index: `${u.name}_again`, over: { _tag: 'Register', use: u.name }, bound: { _tag: 'Size', axis: u.tile }, share: u.share, body: [p], note: '' })) : []) },
  { name: 'another value is put',                 wrong: (p) => (p._tag === 'Put' ? [{ ...p, value: { _tag: 'Op', operator: 'neg', args: [p.value] } }, { ...p, value: { _tag: 'Const', value: { num: 0n, den: 1n } } }] : []) },
  // ---- lanes along a stream
  { name: 'every lane stores',                    wrong: (p) => (p._tag === 'Elect' ? [p.body] : []) },
  { name: 'no lane, or others, are elected',      wrong: (p, s) => (p._tag === 'Elect' ? [[], [...p.lanes, ...p.lanes], [...laneUses(s.kernel).map((u) => u.name)], ['none']].map((lanes) => ({ ...p, lanes })) : []) },
  { name: 'elected where all have something',     wrong: (p, s) => (p._tag === 'Set' || p._tag === 'Put' || p._tag === 'Barrier' || p._tag === 'Loop' ? sharedIn(s.kernel).map((l) => ({ _tag: 'Elect', lanes: [l], body: [p] })) : []) },
  { name: 'another hint to the compiler',         wrong: (p) => (p._tag === 'Loop' ? [{ ...p, unroll: p.unroll === undefined ? 2 : undefined }] : []) },
];

/** Every tile of this name under another. */
function renamed<T>(value: T, from: string, to: string): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map((v) => renamed(v as unknown, from, to)) as T;
  const made = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, renamed(v as unknown, from, to)]));
  const { _tag, name, tile } = value as { _tag?: string; name?: string; tile?: string };
  if (_tag === 'Tile' && name === from) return { ...made, name: to } as T;
  return ((_tag === 'Stage' || _tag === 'Put') && tile === from ? { ...made, tile: to } : made) as T;
}

const changedUse = (k: Kernel, change: (u: Kernel['uses'][number]) => readonly Kernel['uses'][number][]) =>
  atEach(k.uses, change).map((uses): Partial<Kernel> => ({ uses }));

/** Another width of the runs, in all that has the share. */
function rewidened<T>(value: T, from: Share, wide: number): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map((v) => rewidened(v as unknown, from, wide)) as T;
  if ('lanes' in value && sameShare(value as unknown as Share, from)) return { ...value, wide };
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, rewidened(v as unknown, from, wide)])) as T;
}

/** Every other use that is near lanes along a stream. */
const otherLanes = (u: Lanes): readonly Lanes[] => [
  { ...u, most: u.most - 1 },
  { ...u, most: u.most + 1 },
  { ...u, most: 0 },
  { ...u, of: 'none' },
  { ...u, of: u.name },
  { ...u, elements: u.elements === 'run' ? 'apart' : 'run' },
  { ...u, rest: u.axis, axis: u.rest },
];

/** Bugs in what is declared: uses, tiles. */
export function shareDeclarations(k: Kernel): readonly (readonly [string, Partial<Kernel>])[] {
  const rows = (bug: string, all: readonly Partial<Kernel>[]): readonly (readonly [string, Partial<Kernel>])[] =>
    all.map((part) => [bug, part] as const);
  const pairs = k.tiles.flatMap((t) => k.tiles.flatMap((o) => (t === o ? [] : [[t.name, o.name] as const])));
  const padded = (pad: number | undefined): readonly Partial<Kernel>[] =>
    k.tiles.map((t) => ({ tiles: k.tiles.map((o) => (o === t ? { ...t, pad } : o)) }));
  const widths = groupedUses(k).flatMap((u) => {
    const { share } = u;
    if (!share || u.as !== 'share') return [];
    const found = share.wide === 1 ? share.perLane : 1;
    return found === share.wide
      ? []
      : [{ uses: rewidened(k.uses, share, found), body: rewidened(k.body, share, found) }];
  });
  return [
    ...rows(
      'a tile of the result that lanes share otherwise',
      changedUse(k, (u) => (u._tag === 'Grouped' ? spreads(k, u.share).map((share) => ({ ...u, share })) : [])),
    ),
    ...rows(
      'shares of a tile that has none',
      changedUse(k, (u) => (u._tag === 'Grouped' && u.as !== 'share' ? [{ ...u, as: 'share' }] : [])),
    ),
    ...rows(
      'lanes along a stream that are others',
      changedUse(k, (u) => (u._tag === 'Lanes' ? otherLanes(u) : [])),
    ),
    ...rows(
      'a stream without its head, or with one too many',
      changedUse(k, (u) => (u._tag === 'Streamed' ? [{ ...u, head: u.head ? undefined : u.tile }] : [])),
    ),
    ...rows(
      'a tile in the place of another',
      pairs.map(([from, to]) => ({
        tiles: k.tiles.filter((t) => t.name !== from),
        body: renamed(k.body, from, to) as readonly Stmt[],
      })),
    ),
    ...rows('rows of a wrong length', [...padded(-1), ...padded(0.5), ...padded(64)]),
    ...rows('rows of another length', padded(7)),
    ...rows('other runs of neighbours, everywhere', widths),
  ];
}
