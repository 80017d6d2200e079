/**
 * A scope while it is made: its cables, views of them, and the operations so far. Invariant: an operation is added after those whose cables it takes;
 * what its glyph does not read passes in the order of the indices. Knows no trees.
 */
import type { Axis, Base } from '../core/index.js';
import type { Cable, End, Glyph, Link, Operation, Strand } from './diagram.js';

/** A cable as the value of a tree: which strand is which index around the tree, and which is which axis of its own. */
export interface View {
  readonly cable: Cable;
  readonly free: ReadonlyMap<number, number>;
  readonly own: readonly number[];
}

/** What an operation yields: axes of its own, each new or one that passes from its inputs. */
export interface Yield {
  readonly base: Base;
  readonly own: readonly { readonly axis: Axis; readonly from?: readonly End[]; readonly streamed?: boolean }[];
}

export interface Made {
  readonly glyph: Glyph;
  readonly title: string;
  readonly args: readonly View[];
  /** indices of the results, outermost first, with their axes */
  readonly free: readonly (readonly [index: number, axis: Axis])[];
  readonly yields: readonly Yield[];
  /** whether what is no axis passes too: nothing is computed */
  readonly passes?: boolean;
  /** strands of the arguments that the glyph reads although they are indices */
  readonly reads?: readonly End[];
}

let cables = 0;
export const cableOf = (strands: readonly Strand[]): Cable => ({ id: (cables += 1), strands });

const axisStrand = (axis: Axis): Strand => ({ _tag: 'Axis', axis });
/** A number without an axis has a line, and so has what is no real number. */
export function strandsOf(axes: readonly Axis[], base: Base): readonly Strand[] {
  const plain = axes.map(axisStrand);
  if (base._tag !== 'Real') return [...plain, { _tag: 'Base', base }];
  return plain.length === 0 ? [{ _tag: 'Scalar' }] : plain;
}

const keyOf = ([c, s]: End): string => `${c},${s}`;

/** Strands of some cables that no link and no glyph has. */
const rest = (all: readonly Cable[], used: ReadonlySet<string>): readonly End[] =>
  all.flatMap((c, i) => c.strands.flatMap((_, j): readonly End[] => (used.has(keyOf([i, j])) ? [] : [[i, j]])));

export class Room {
  readonly inputs: Cable[] = [];
  readonly operations: Operation[] = [];
  /** cables of the room around, which come in */
  readonly captured: Cable[] = [];
  private readonly inner = new Map<string, Cable>();

  constructor(
    readonly id: number,
    readonly parent: Room | undefined,
  ) {}

  input(strands: readonly Strand[]): Cable {
    const cable = cableOf(strands);
    this.inputs.push(cable);
    return cable;
  }

  /** A cable of the room around, inside; `streamed` is the strand that a loop goes along. */
  capture(outer: Cable, streamed?: number): Cable {
    const key = `${outer.id}:${streamed ?? ''}`;
    const known = this.inner.get(key);
    if (known) return known;
    const strands = outer.strands.map((s, i) => (i === streamed && s._tag === 'Axis' ? { ...s, streamed: true } : s));
    const made = this.input(strands);
    this.captured.push(outer);
    this.inner.set(key, made);
    return made;
  }

  /** Adds an operation; the views of what it yields. */
  add({ glyph, title, args, free, yields, passes = false, reads = [] }: Made): readonly View[] {
    const inputs = args.map((v) => v.cable);
    const outputs = yields.map((y) =>
      cableOf(
        strandsOf([...free.map(([, axis]) => axis), ...y.own.map((o) => o.axis)], y.base).map(marked(y, free.length)),
      ),
    );
    const links = [...freeLinks(args, free, yields.length, reads), ...ownLinks(yields, free.length)];
    if (passes) links.push(...baseLinks(inputs, outputs));
    const ends = (side: 'from' | 'to'): ReadonlySet<string> => new Set(links.flatMap((l) => l[side].map(keyOf)));
    this.operations.push({
      glyph,
      title,
      inputs,
      outputs,
      links,
      reads: rest(inputs, ends('from')),
      makes: rest(outputs, ends('to')),
    });
    const places = new Map(free.map(([index], i) => [index, i]));
    return outputs.map((cable, i) => ({ cable, free: places, own: yields[i]!.own.map((_, j) => free.length + j) }));
  }
}

const marked =
  (y: Yield, free: number) =>
  (s: Strand, i: number): Strand =>
    s._tag === 'Axis' && y.own[i - free]?.streamed ? { ...s, streamed: true } : s;

/** An index that some inputs have: those join, and go to every output. */
function freeLinks(args: readonly View[], free: Made['free'], outputs: number, reads: readonly End[]): Link[] {
  const taken = new Set(reads.map(keyOf));
  return free.flatMap(([index], at) => {
    const from = args.flatMap((v, i): readonly End[] => {
      const s = v.free.get(index);
      return s === undefined || taken.has(keyOf([i, s])) ? [] : [[i, s]];
    });
    const to = Array.from({ length: outputs }, (_, i): End => [i, at]);
    return from.length === 0 || to.length === 0 ? [] : [{ from, to }];
  });
}

function ownLinks(yields: readonly Yield[], free: number): readonly Link[] {
  const links = new Map<string, { from: readonly End[]; to: End[] }>();
  yields.forEach((y, i) =>
    y.own.forEach(({ from }, j) => {
      if (!from) return;
      const key = from.map(keyOf).join(';');
      const link = links.get(key) ?? { from, to: [] };
      link.to.push([i, free + j]);
      links.set(key, link);
    }),
  );
  return [...links.values()];
}

function baseLinks(inputs: readonly Cable[], outputs: readonly Cable[]): readonly Link[] {
  const last = (all: readonly Cable[]): readonly End[] =>
    all.flatMap((c, i): readonly End[] => (c.strands.at(-1)?._tag === 'Axis' ? [] : [[i, c.strands.length - 1]]));
  const [from, to] = [last(inputs), last(outputs)];
  return from.length > 0 && to.length > 0 ? [{ from, to }] : [];
}
