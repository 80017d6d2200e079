// The loop that a stream is: its head on the first elements, its step (or merge) on tile after tile, then its final. Invariant: over r + t*b elements, where b is
// the stream's own axis; equal to the spec by the stream's laws, which nothing here proves. Knows no text.
import {
  type Axis,
  type AxisVar,
  type Obj,
  type Term,
  axisVar,
  concat,
  flatten,
  leafObjects,
  ofVar,
  product,
  split,
  substituteObject,
  substituteTerm,
  sum,
  tile,
  weave,
} from '../point/build.js';
import { compile } from '../point/compile.js';
import { attempted } from '../point/error.js';
import { type Binding, type Expr, apply, at, letIn, scanOver, tuple, wire } from '../point/point.js';
import { fromFront, toFront, under } from '../point/wiring.js';
import type { StreamInfo, StreamedWire } from './law.js';

export interface StreamLoop {
  readonly term: Term;
  readonly wires: readonly Binding[];
  /** of how many elements the first part is, and how many tiles follow */
  readonly first: AxisVar;
  readonly count: AxisVar;
}

/** A streamed wire with its axis in front, and what is under that. */
interface Fronted {
  readonly wire: StreamedWire;
  readonly rest: Obj;
}

class Loop {
  readonly first: AxisVar;
  readonly count: AxisVar;
  readonly tiled: Axis;
  readonly whole: Axis;
  private readonly streamed: readonly Fronted[];

  constructor(private readonly info: StreamInfo) {
    const taken = new Set(info.names.axes.keys());
    const name = (stem: string): string => (taken.has(stem) ? name(`${stem}'`) : stem);
    const { sort } = info.axis;
    this.first = axisVar(name('r'), sort === undefined ? {} : { sort });
    this.count = axisVar(name('t'), { maybeEmpty: true });
    this.tiled = product(ofVar(this.count), this.tile);
    this.whole = sum(ofVar(this.first), this.tiled);
    this.streamed = info.streamed.map((w) => ({ wire: w, rest: under(toFront(w.object, w.position).cod, 1).rest }));
  }
  get tile(): Axis {
    return ofVar(this.info.axis);
  }
  private objectAt(object: Obj, e: Axis): Obj {
    return substituteObject({ axes: [[this.info.axis, e]] }, object);
  }
  private termAt(term: Term, e: Axis): Term {
    return substituteTerm({ axes: [[this.info.axis, e]] }, term);
  }
  get wires(): readonly Binding[] {
    return this.info.wires.map((w) => ({ name: w.name, object: this.objectAt(w.object, this.whole) }));
  }

  /** A streamed wire as it is declared, from one with the axis in front. */
  private declared({ wire: w, rest }: Fronted, n: Axis, front: Expr): Expr {
    return apply(fromFront(weave(n, rest), w.position), front);
  }
  private tiles(): readonly Expr[] {
    return this.streamed.map((f) => this.declared(f, this.tile, at(wire(`${f.wire.name}#tiles`), '#turn')));
  }
  /** All wires in declared order, over the first elements or a tile. */
  private all(streamed: readonly Expr[]): readonly Expr[] {
    const of = new Map(this.streamed.map((f, i) => [f.wire.name, streamed[i]!]));
    return this.info.wires.map((w) => of.get(w.name) ?? wire(w.name));
  }
  private get context(): readonly Expr[] {
    return this.info.context.map((w) => wire(w.name));
  }
  private states(suffix: string): readonly Binding[] {
    return this.info.state.map((s) => ({ name: s.name + suffix, object: s.object }));
  }
  private get outs(): readonly { readonly rest: Obj; readonly place: number; readonly object: Obj }[] {
    const { outputs, outputPlaces } = this.info;
    return (outputs ? leafObjects(outputs.cod) : []).map((object, i) => {
      const place = outputPlaces[i]!;
      return { object, place, rest: under(toFront(object, place).cod, 1).rest };
    });
  }

  term(): Term {
    const firsts = this.streamed.map((f) => this.declared(f, ofVar(this.first), wire(`${f.wire.name}#first`)));
    const init = apply(this.termAt(this.info.head, ofVar(this.first)), ...this.all(firsts));
    const loop = scanOver(
      '#turn',
      ofVar(this.count),
      this.states('#state').map((s, i) => ({ ...s, init: wire(this.states('#init')[i]!.name) })),
      this.body(),
    );
    const outs = this.outs.map((o, i) => ({
      name: `#out${i}`,
      object: weave(ofVar(this.count), weave(this.tile, o.rest)),
    }));
    const inner = letIn([...this.states('#end'), ...outs], loop, this.results(firsts));
    const started = letIn(this.states('#init'), init, inner);
    return compile(
      this.wires,
      this.streamed.reduceRight((e, f) => this.cut(f, e), started),
    );
  }

  /** `w` in its first elements and its tiles */
  private cut({ wire: w, rest }: Fronted, inner: Expr): Expr {
    const [a, b] = [ofVar(this.first), this.tile];
    const front = apply(toFront(this.objectAt(w.object, this.whole), w.position), wire(w.name));
    const parts = [
      { name: `${w.name}#first`, object: weave(a, rest) },
      { name: `${w.name}#rest`, object: weave(this.tiled, rest) },
    ];
    const tiles = [{ name: `${w.name}#tiles`, object: weave(ofVar(this.count), weave(b, rest)) }];
    const tiled = letIn(tiles, apply(tile(ofVar(this.count), b, rest), wire(`${w.name}#rest`)), inner);
    return letIn(parts, apply(split(a, this.tiled, rest), front), tiled);
  }

  /** The state after a tile, and the outputs of the tile with the axis in front. */
  private body(): Expr {
    const { step, merge, head, output } = this.info;
    const states = this.states('#state').map((s) => wire(s.name));
    const next = step
      ? apply(step, ...this.context, ...states, ...this.tiles())
      : apply(merge!, ...states, apply(head, ...this.all(this.tiles())));
    if (!output) return next;
    const names = this.outs.map((o, i) => ({ name: `#part${i}`, object: o.object }));
    const fronted = this.outs.map((o, i) => apply(toFront(o.object, o.place), wire(`#part${i}`)));
    return tuple(next, letIn(names, apply(output, ...this.context, ...states, ...this.tiles()), tuple(...fronted)));
  }

  private results(firsts: readonly Expr[]): Expr {
    const { final, outputs, passes } = this.info;
    const states = this.states('#end').map((s) => wire(s.name));
    const around = passes === 2 ? this.info.wires.map((w) => wire(w.name)) : this.context;
    const last = apply(this.termAt(final, this.whole), ...around, ...states);
    if (!outputs) return last;
    const names = this.outs.map((o, i) => ({ name: `#head${i}`, object: this.objectAt(o.object, ofVar(this.first)) }));
    const value = apply(this.termAt(outputs, ofVar(this.first)), ...this.all(firsts));
    const joined = this.outs.map((o, i) => this.joined(o, i));
    return tuple(last, letIn(names, value, tuple(...joined)));
  }
  /** The outputs of the first elements, then those of the tiles. */
  private joined({ rest, place, object }: Loop['outs'][number], i: number): Expr {
    const a = ofVar(this.first);
    const front = apply(toFront(this.objectAt(object, a), place), wire(`#head${i}`));
    const flat = apply(flatten(ofVar(this.count), this.tile, rest), wire(`#out${i}`));
    return apply(fromFront(weave(this.whole, rest), place), apply(concat(a, this.tiled, rest), front, flat));
  }
}

/** The loop of a stream that has a step or a merge. */
export const streamLoop = (info: StreamInfo) =>
  attempted((): StreamLoop => {
    const loop = new Loop(info);
    return { term: loop.term(), wires: loop.wires, first: loop.first, count: loop.count };
  });
