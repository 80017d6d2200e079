/**
 * What stands between two columns, drawn. Invariant: from left to right there are names, wires that change their height towards the operation that takes
 * them, glyphs with level wires, and wires that change their height towards the next column. Knows no other column.
 */
import type { Cable, Operation, Strand } from './diagram.js';
import { PITCH, boxOf } from './glyph.js';
import { nameOf } from './name.js';
import type { Block, Column } from './place.js';
import type { Box, Line, PathPart, Point, Shape } from './shape.js';

export interface Drawn {
  readonly shapes: readonly Shape[];
  /** where the next column stands */
  readonly end: number;
}

/** Where the parts of a gap begin: the column, the first bends, the glyphs, the last bends, the next column. */
interface Zones {
  readonly column: number;
  readonly bend: number;
  readonly glyphs: number;
  readonly leave: number;
  readonly end: number;
}

export const lineOf = (s: Strand): Line =>
  s._tag === 'Base' ? 'double' : s._tag === 'Axis' && s.streamed ? 'streamed' : 'plain';
export const axisOf = (s: Strand): string => (s._tag === 'Axis' ? nameOf(s) : '');

/** Room for wires that change their height by so much. */
const roomFor = (dy: number): number => (dy < 0.5 ? 0 : 14 + Math.min(46, dy * 0.35));

/** A wire through some points, level between those of one height. */
function run(strand: Strand, points: readonly Point[]): readonly Shape[] {
  const shapes: Shape[] = [];
  let from = points[0]!;
  points.slice(1).forEach((to, i) => {
    const after = points[i + 2];
    if (after && Math.abs(to.y - from.y) < 0.05 && Math.abs(after.y - to.y) < 0.05) return;
    if (to.x - from.x > 0.05) shapes.push({ _tag: 'Wire', from, to, line: lineOf(strand), axis: axisOf(strand) });
    from = to;
  });
  return shapes;
}

const dot = (at: Point, strand: Strand): Shape => ({ _tag: 'Dot', at, open: false, axis: axisOf(strand) });

type Taken = Block & { readonly item: { readonly _tag: 'Operation'; readonly operation: Operation } };
const operations = (blocks: readonly Block[]): readonly Taken[] =>
  blocks.filter((b): b is Taken => b.item._tag === 'Operation');

const inY = (b: Block, o: Operation, [c, s]: readonly [number, number]): number =>
  b.cables.get(o.inputs[c]!.id)! + s * PITCH;

/** By how much wires change their height before the glyphs. */
function before(b: Taken): number {
  const { operation: o } = b.item;
  const passing = o.links.flatMap((l, i) => l.from.map((e) => Math.abs(inY(b, o, e) - b.passes[i]!)));
  const reading = o.reads.map((e, i) => Math.abs(inY(b, o, e) - b.middle - (b.size!.left[i] ?? 0)));
  return Math.max(0, ...passing, ...reading);
}
/** The heights of the strands of an output where it leaves. */
function leaves(b: Taken, output: number): readonly number[] {
  const { links, makes, outputs } = b.item.operation;
  return outputs[output]!.strands.map((_, s) => {
    const link = links.findIndex((l) => l.to.some(([c, t]) => c === output && t === s));
    return link >= 0
      ? b.passes[link]!
      : b.middle + b.size!.right[makes.findIndex(([c, t]) => c === output && t === s)]!;
  });
}
function after(blocks: readonly Block[], next: ReadonlyMap<number, number>): number {
  const changes = blocks.flatMap((b) => {
    if (b.item._tag === 'Cable') return [Math.abs([...b.cables.values()][0]! - next.get(b.item.cable.id)!)];
    return b.item.operation.outputs.flatMap((c, i) =>
      leaves(b as Taken, i).map((y, s) => Math.abs(y - next.get(c.id)! - s * PITCH)),
    );
  });
  return Math.max(0, ...changes);
}

export function drawn(
  column: Column,
  blocks: readonly Block[],
  next: ReadonlyMap<number, number>,
  lead: number,
): Drawn {
  const taken = operations(blocks);
  const bend = column.x + lead;
  const glyphs = bend + roomFor(Math.max(0, ...taken.map(before)));
  const leave =
    glyphs + Math.max(0, ...taken.map((b) => b.size!.width + (b.item.operation.glyph._tag === 'Wires' ? 0 : 12)));
  const zones = { column: column.x, bend, glyphs, leave, end: leave + Math.max(8, roomFor(after(blocks, next))) };
  const shapes = blocks.flatMap((b) =>
    b.item._tag === 'Cable' ? passing(b, b.item.cable, next, zones) : operated(b as Taken, next, zones),
  );
  return { shapes: [...rules(column, blocks, zones), ...shapes], end: zones.end };
}

function passing(b: Block, cable: Cable, next: ReadonlyMap<number, number>, z: Zones): readonly Shape[] {
  const y = b.cables.get(cable.id)!;
  return cable.strands.flatMap((strand, s) => {
    const [here, there] = [y + s * PITCH, next.get(cable.id)! + s * PITCH];
    return run(strand, [
      { x: z.column, y: here },
      { x: z.leave, y: here },
      { x: z.end, y: there },
    ]);
  });
}

function operated(b: Taken, next: ReadonlyMap<number, number>, z: Zones): readonly Shape[] {
  const { operation: o } = b.item;
  const size = b.size!;
  const x = z.glyphs + (z.leave - z.glyphs - size.width) / 2;
  const at = { x, y: b.middle };
  const read = o.reads.map(([c, s]) => o.inputs[c]!.strands[s]!);
  const group: Shape = {
    _tag: 'Group',
    kind: 'operation',
    title: o.title,
    box: boxOf(size, at),
    inside: [...(o.marked ? [marking(boxOf(size, at))] : []), ...size.draw(at, read.map(axisOf))],
  };
  return [
    ...linked(b, next, z),
    ...reading(b, z, x + size.inset),
    ...making(b, next, z, x + size.width - size.inset),
    group,
  ];
}

/** Around what a step changes. */
function marking({ x, y, width, height }: Box): Shape {
  const [left, right, top, bottom] = [x - 4, x + width + 4, y - 3, y + height + 3];
  const path: readonly PathPart[] = [
    ['M', { x: left, y: top }],
    ['L', { x: right, y: top }],
    ['L', { x: right, y: bottom }],
    ['L', { x: left, y: bottom }],
    ['Z'],
  ];
  return { _tag: 'Outline', path, kind: 'changed' };
}

function linked(b: Taken, next: ReadonlyMap<number, number>, z: Zones): readonly Shape[] {
  const { operation: o } = b.item;
  return o.links.flatMap((l, i) => {
    const y = b.passes[i]!;
    const strand = o.inputs[l.from[0]![0]]!.strands[l.from[0]![1]]!;
    const into = l.from.flatMap((e) => {
      const h = inY(b, o, e);
      return run(o.inputs[e[0]]!.strands[e[1]]!, [
        { x: z.column, y: h },
        { x: z.bend, y: h },
        { x: z.glyphs, y },
      ]);
    });
    const through = run(strand, [
      { x: z.glyphs, y },
      { x: z.leave, y },
    ]);
    const out = l.to.flatMap(([c, s]) => {
      const cable = o.outputs[c]!;
      return run(cable.strands[s]!, [
        { x: z.leave, y },
        { x: z.end, y: next.get(cable.id)! + s * PITCH },
      ]);
    });
    const joins = l.from.length > 1 ? [dot({ x: z.glyphs, y }, strand)] : [];
    const forks = l.to.length > 1 ? [dot({ x: z.leave, y }, strand)] : [];
    return [...into, ...through, ...out, ...joins, ...forks];
  });
}

function reading(b: Taken, z: Zones, edge: number): readonly Shape[] {
  const { operation: o } = b.item;
  return o.reads.flatMap((e, i) => {
    const [from, to] = [inY(b, o, e), b.middle + b.size!.left[i]!];
    return run(o.inputs[e[0]]!.strands[e[1]]!, [
      { x: z.column, y: from },
      { x: z.bend, y: from },
      { x: z.glyphs, y: to },
      { x: edge, y: to },
    ]);
  });
}
function making(b: Taken, next: ReadonlyMap<number, number>, z: Zones, edge: number): readonly Shape[] {
  const { operation: o } = b.item;
  return o.makes.flatMap(([c, s], i) => {
    const [cable, y] = [o.outputs[c]!, b.middle + b.size!.right[i]!];
    const strand = cable.strands[s]!;
    return run(strand, [
      { x: edge, y },
      { x: z.leave, y },
      { x: z.end, y: next.get(cable.id)! + s * PITCH },
    ]);
  });
}

/** What would be shorter is not drawn. */
const SHORT = 28;

/** Dashed, between two cables, as far as both are there. */
function rules(column: Column, blocks: readonly Block[], z: Zones): readonly Shape[] {
  const rule = (y: number, to: number): readonly Shape[] =>
    to - column.x < SHORT ? [] : [{ _tag: 'Rule', from: { x: column.x + 4, y }, to: { x: to - 4, y } }];
  const between = blocks.slice(1).flatMap((b, i) => {
    const above = blocks[i]!;
    return above.cables.size > 0 && b.cables.size > 0 ? rule((above.bottom + b.top) / 2, z.leave) : [];
  });
  const inside = operations(blocks).flatMap((b) => {
    const { inputs } = b.item.operation;
    return inputs.slice(1).flatMap((c, i) => {
      const above = inputs[i]!;
      const last = b.cables.get(above.id)! + (above.strands.length - 1) * PITCH;
      return rule((last + b.cables.get(c.id)!) / 2, Math.max(z.bend, z.column + 14));
    });
  });
  return [...between, ...inside];
}
