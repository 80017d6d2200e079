/**
 * Columns and layers with coordinates. Invariant: wires are level where glyphs stand, and change their height only between; so no wire crosses a glyph. A
 * cable stays at its height unless something above it needs room. The first strand of the first column is at height 0.
 */
import type { Cable, Operation, Scope } from './diagram.js';
import { frame } from './frame.js';
import { type Sized, PITCH, sized } from './glyph.js';
import { drawn } from './gap.js';
import { layersOf, type Item } from './layer.js';
import { leadOf, nameOf } from './name.js';
import type { Block, Column, Gap, Layout } from './place.js';

/** Between the last strand of a cable and the first of the next, beyond the pitch. */
const SPACE = 16;

/** A frame is as large as the layout of its body, which is made once, however often it is asked for. */
function sizeOf(o: Operation): Sized {
  const known = sizes.get(o);
  if (known) return known;
  const { glyph, reads, makes } = o;
  const size = glyph._tag === 'Frame' ? frame(glyph, layout(glyph.scope)) : sized(glyph, reads.length, makes.length);
  sizes.set(o, size);
  return size;
}
const sizes = new WeakMap<Operation, Sized>();

const heightOf = (c: Cable): number => (c.strands.length - 1) * PITCH;

/** Cables and operations one below the other, each where it would be or lower. */
function placed(items: readonly Item[], wanted: ReadonlyMap<number, number>): readonly Block[] {
  let floor: number | undefined;
  return items.map((item) => {
    const block = settled(item, wanted, floor);
    floor = block.bottom + SPACE;
    return block;
  });
}
/** An operation's cables are where they would be or lower, so its height depends on where it stands: it is lowered until it has room. */
function settled(item: Item, wanted: ReadonlyMap<number, number>, floor: number | undefined): Block {
  const first = item._tag === 'Cable' ? item.cable : item.operation.inputs[0];
  const local = (at: number): Block =>
    item._tag === 'Cable' ? idle(item, item.cable) : arranged(item, item.operation, wanted, at);
  let at = (first && wanted.get(first.id)) ?? floor ?? 0;
  let block = local(at);
  while (floor !== undefined && at + block.top < floor - 0.01) {
    at = floor - block.top;
    block = local(at);
  }
  return lowered(block, at);
}
const lowered = (b: Block, by: number): Block => ({
  ...b,
  cables: new Map([...b.cables].map(([id, y]) => [id, y + by])),
  top: b.top + by,
  bottom: b.bottom + by,
  passes: b.passes.map((y) => y + by),
  middle: b.middle + by,
});
const idle = (item: Item, c: Cable): Block => ({
  item,
  cables: new Map([[c.id, 0]]),
  top: -PITCH / 2,
  bottom: heightOf(c) + PITCH / 2,
  passes: [],
  middle: 0,
  size: undefined,
});

/** What passes is above, then the glyph; the first cable at height 0, which will be at `start`. */
function arranged(item: Item, o: Operation, wanted: ReadonlyMap<number, number>, start: number): Block {
  const size = sizeOf(o);
  const cables = new Map<number, number>();
  let next = 0;
  let port = 0;
  for (const c of o.inputs) {
    const straight = o.glyph._tag === 'Frame' ? size.left[port]! - size.left[0]! : (wanted.get(c.id) ?? start) - start;
    const y = Math.max(next, straight);
    port += c.strands.length;
    cables.set(c.id, y);
    next = y + heightOf(c) + PITCH + SPACE;
  }
  const passes = o.links.map((_, i) => i * PITCH);
  const read = o.reads.map(([c, s]) => cables.get(o.inputs[c]!.id)! + s * PITCH);
  const ideal = read.length === 0 ? 0 : (Math.min(...read) + Math.max(...read)) / 2;
  const highest =
    size.above + (size.left.length + size.right.length > 0 ? Math.min(0, ...size.left, ...size.right) : 0);
  const least =
    passes.length === 0
      ? -Infinity
      : Math.max(passes.at(-1)! + size.above + 5, passes.at(-1)! + PITCH + (highest - size.above));
  const isFrame = o.glyph._tag === 'Frame';
  const middle =
    isFrame && size.left.length > 0
      ? -size.left[0]!
      : o.glyph._tag === 'Wires' || o.glyph._tag === 'Copy'
        ? 0
        : Math.max(least, ideal);
  return {
    item,
    cables,
    top: Math.min(-PITCH / 2, middle - size.above),
    bottom: Math.max(next - PITCH / 2 - SPACE, (passes.at(-1) ?? 0) + PITCH / 2, middle + size.below),
    passes,
    middle,
    size,
  };
}

const columnMap = (blocks: readonly Block[]): ReadonlyMap<number, number> =>
  new Map(blocks.flatMap((b) => [...b.cables]));

/** Heights at which cables come out of a layer. */
function leaving(blocks: readonly Block[]): ReadonlyMap<number, number> {
  const out = new Map<number, number>();
  for (const b of blocks) {
    if (b.item._tag === 'Cable') out.set(b.item.cable.id, [...b.cables.values()][0]!);
    else b.item.operation.outputs.forEach((c, i) => out.set(c.id, startOf(b, i)));
  }
  return out;
}
/** The height of the first strand of an output where it leaves its operation. */
function startOf(b: Block, output: number): number {
  const { links, makes } = (b.item as Item & { readonly _tag: 'Operation' }).operation;
  const link = links.findIndex((l) => l.to.some(([c, s]) => c === output && s === 0));
  if (link >= 0) return b.passes[link]!;
  const made = makes.findIndex(([c, s]) => c === output && s === 0);
  return b.middle + (b.size!.right[made] ?? 0);
}

/** Rows of columns; a row begins again at each of the columns `breaks`, close together. */
export function layout(scope: Scope, breaks: ReadonlySet<number> = new Set()): Layout {
  const { columns, layers } = layersOf(scope);
  const rows: { columns: Column[]; gaps: Gap[] }[] = [{ columns: [], gaps: [] }];
  let x = 0;
  let fresh: (c: Cable, s: number) => boolean = () => true;
  const items = (n: number): readonly Item[] => itemsOf(layers[n], columns[n]!);
  let blocks = placed(items(0), new Map());
  const stand = (cables: readonly Cable[]): Column => {
    const column = columnOf(x, cables, blocks, fresh);
    rows.at(-1)!.columns.push(column);
    return column;
  };
  columns.forEach((cables, n) => {
    let column = stand(cables);
    if (n === columns.length - 1) return;
    if (breaks.has(n)) {
      rows.at(-1)!.columns.splice(-1, 1, ending(column));
      rows.push({ columns: [], gaps: [] });
      blocks = placed(items(n), new Map());
      column = stand(cables);
    }
    const after = placed(items(n + 1), leaving(blocks));
    const gap = drawn(column, blocks, columnMap(after), leadOf(column));
    rows.at(-1)!.gaps.push(gap);
    x = gap.end;
    fresh = namesAfter(blocks);
    blocks = after;
  });
  return { rows };
}
/** The last column of a row: what follows is drawn in the next. */
function ending(column: Column): Column {
  const ends = column.cables.map((c) => [column.at.get(c.id)!, column.at.get(c.id)! + heightOf(c)] as const);
  const [top, bottom] = [Math.min(...ends.map(([y]) => y)), Math.max(...ends.map(([, y]) => y))];
  return ends.length === 0 ? column : { ...column, top: top - PITCH / 2, bottom: bottom + PITCH / 2 };
}
function columnOf(x: number, cables: readonly Cable[], blocks: readonly Block[], named: Column['named']): Column {
  const [top, bottom] = [blocks.map((b) => b.top), blocks.map((b) => b.bottom)];
  if (blocks.length === 0) return { x, cables, at: new Map(), named, top: 0, bottom: 0 };
  return { x, cables, at: columnMap(blocks), named, top: Math.min(...top), bottom: Math.max(...bottom) };
}
const itemsOf = (layer: readonly Item[] | undefined, cables: readonly Cable[]): readonly Item[] =>
  layer ?? cables.map((cable) => ({ _tag: 'Cable', cable }) as const);

/** A name stands where its wire begins, and on all wires of a cable where another has begun or ended. */
function namesAfter(blocks: readonly Block[]): (c: Cable, s: number) => boolean {
  const changed = new Set<number>();
  for (const { item } of blocks) {
    if (item._tag === 'Cable') continue;
    const { glyph, outputs, inputs } = item.operation;
    const strands = (cs: readonly Cable[]): string => cs.map((c) => c.strands.map(nameOf).join(' ')).join();
    if (glyph._tag !== 'Copy' && strands(outputs) !== strands(inputs)) outputs.forEach((c) => changed.add(c.id));
  }
  return (c) => changed.has(c.id);
}
