// Bugs that no single piece shows: declarations, the frame, the order of statements, statements in the wrong block. Invariant: as bugs.ts.
import type { Digit, Kernel, Stmt } from '../../../../src/kernel/ir/kernel.js';
import { shareDeclarations } from './shares.js';
import { type Path, replaced } from './site.js';

export interface Mutant {
  readonly bug: string;
  readonly kernel: Kernel;
}

/** Every list of statements, with its path. */
function blocks(body: readonly Stmt[], path: Path): readonly (readonly [Path, readonly Stmt[]])[] {
  return [[path, body] as const, ...body.flatMap((s, i) => ('body' in s ? blocks(s.body, [...path, i, 'body']) : []))];
}

/** Neighbours in the wrong order; a barrier wanders this way. */
const exchanged = (body: readonly Stmt[]): readonly (readonly Stmt[])[] =>
  body.slice(1).map((s, i) => [...body.slice(0, i), s, body[i]!, ...body.slice(i + 2)]);

/** The last statement of a loop after it, the first before it, the next one inside. */
const moved = (body: readonly Stmt[]): readonly (readonly Stmt[])[] =>
  body.flatMap((s, i) => {
    if (s._tag !== 'Loop' && s._tag !== 'Each') return [];
    const put = (...now: readonly Stmt[]): readonly Stmt[] => [...body.slice(0, i), ...now, ...body.slice(i + 1)];
    const next = body[i + 1];
    return [
      put({ ...s, body: s.body.slice(0, -1) }, s.body.at(-1)!),
      put(s.body[0]!, { ...s, body: s.body.slice(1) }),
      ...(next ? [[...body.slice(0, i), { ...s, body: [...s.body, next] }, ...body.slice(i + 2)]] : []),
    ];
  });

const spoiled = (d: Digit): readonly Digit[] => [
  ...(d.divisor ? [{ ...d, divisor: undefined }] : []),
  ...(d.modulus ? [{ ...d, modulus: undefined }] : []),
  ...(d.divisor && d.modulus ? [{ ...d, divisor: d.modulus, modulus: d.divisor }] : []),
  ...(!d.modulus ? [{ ...d, modulus: { _tag: 'Num', value: 2 } as const }] : []),
];
const atEach = <A>(list: readonly A[], change: (x: A) => readonly A[]): readonly (readonly A[])[] =>
  list.flatMap((x, i) => change(x).map((y) => [...list.slice(0, i), y, ...list.slice(i + 1)]));

function declarations(k: Kernel): readonly (readonly [string, Partial<Kernel>])[] {
  const rows = <K extends keyof Kernel>(
    bug: string,
    key: K,
    all: readonly Kernel[K][],
  ): readonly (readonly [string, Partial<Kernel>])[] => all.map((value) => [bug, { [key]: value }] as const);
  const reversed = atEach(k.inputs, (a) => (new Set(a.axes).size > 1 ? [{ ...a, axes: [...a.axes].reverse() }] : []));
  const blocksOf = (frame: readonly Kernel['frame']['blocks'][number][][]): readonly Kernel['frame'][] =>
    frame.map((b) => ({ ...k.frame, blocks: b }));
  return [
    ...rows('an array laid out the other way', 'inputs', reversed),
    ...rows('inputs in the wrong order', 'inputs', k.inputs.length > 1 ? [[...k.inputs].reverse()] : []),
    ...rows('an input too few', 'inputs', k.inputs.length > 0 ? [k.inputs.slice(1)] : []),
    ...rows(
      'a tile of another size',
      'tiles',
      atEach(k.tiles, (t) =>
        atEach(t.dims, (d) => [
          { ...d, capacity: d.capacity - 1 },
          { ...d, capacity: d.capacity + 1 },
        ]).map((dims) => ({ ...t, dims })),
      ),
    ),
    ...rows(
      'a tile of fewer dimensions',
      'tiles',
      atEach(k.tiles, (t) => [{ ...t, dims: t.dims.slice(1) }]),
    ),
    ...rows(
      'a tile laid out the other way',
      'tiles',
      atEach(k.tiles, (t) => (t.dims.length > 1 ? [{ ...t, dims: [...t.dims].reverse() }] : [])),
    ),
    ...rows(
      'two tiles with one name',
      'tiles',
      k.tiles.length > 1 ? [[k.tiles[0]!, { ...k.tiles[1]!, name: k.tiles[0]!.name }]] : [],
    ),
    ...rows('a tile that is not declared', 'tiles', k.tiles.length > 0 ? [k.tiles.slice(1)] : []),
    ...rows(
      'a tile size that is none',
      'uses',
      atEach(k.uses, (u) =>
        'capacity' in u
          ? [
              { ...u, capacity: 0 },
              { ...u, capacity: u.capacity + 1 },
            ]
          : [],
      ),
    ),
    ...rows(
      'an axis with no use',
      'uses',
      k.uses.map((u) => k.uses.filter((o) => o !== u)),
    ),
    ...rows(
      'lanes as registers',
      'uses',
      atEach(k.uses, (u) => (u._tag === 'Grouped' ? [{ ...u, as: u.as === 'lane' ? 'register' : 'lane' }] : [])),
    ),
    ...rows(
      'a count for a tile',
      'uses',
      atEach(k.uses, (u) => (u._tag === 'Grouped' ? [{ ...u, count: u.tile, tile: u.count }] : [])),
    ),
    ...rows(
      'a head for a tile',
      'uses',
      atEach(k.uses, (u) => (u._tag === 'Streamed' && u.head ? [{ ...u, head: u.tile, tile: u.head }] : [])),
    ),
    ...rows(
      'a wrong digit of the block number',
      'frame',
      blocksOf(atEach(k.frame.blocks, (b) => spoiled(b).map((d) => ({ ...b, ...d }))) as never),
    ),
    ...rows(
      'a block number of another dimension',
      'frame',
      blocksOf(atEach(k.frame.blocks, (b) => [{ ...b, dimension: ((b.dimension + 1) % 3) as 0 | 1 | 2 }]) as never),
    ),
    ...rows(
      'a block number too few',
      'frame',
      k.frame.blocks.length > 0 ? [{ ...k.frame, blocks: k.frame.blocks.slice(1) }] : [],
    ),
    ...rows(
      'a wrong digit of the lane',
      'frame',
      atEach(k.frame.lanes, (l) => spoiled(l).map((d) => ({ ...l, ...d }))).map((lanes) => ({ ...k.frame, lanes })),
    ),
    ...rows(
      'a lane index too few',
      'frame',
      k.frame.lanes.length > 0 ? [{ ...k.frame, lanes: k.frame.lanes.slice(1) }] : [],
    ),
  ];
}

export function wholeMutants(k: Kernel): readonly Mutant[] {
  const inBlocks = (bug: string, change: (b: readonly Stmt[]) => readonly (readonly Stmt[])[]): readonly Mutant[] =>
    blocks(k.body, ['body']).flatMap(([path, b]) => change(b).map((now) => ({ bug, kernel: replaced(k, path, now) })));
  return [
    ...[...declarations(k), ...shareDeclarations(k)].map(([bug, part]) => ({ bug, kernel: { ...k, ...part } })),
    ...inBlocks('statements in the wrong order', exchanged),
    ...inBlocks('a statement in the wrong block', moved),
  ];
}
