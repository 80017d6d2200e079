/**
 * Symbols on numbers, recorded on a tape. Invariant: a value is kept while no name that it mentions has changed. Reals are places of
 * the tape, booleans 0 and 1. Knows nothing of what the numbers are for.
 */
import type { AxisVar } from '../../core/index.js';
import type { Output } from './read.js';
import { type Run, operated } from './operator.js';
import { type Arr, type At, type Loop, type LoopSym, type Sym, loopKey } from './sym.js';
import type { Tape } from './tape.js';

/** An array of places, or of booleans, row-major. */
export interface Places {
  readonly shape: readonly number[];
  readonly data: Int32Array;
}

const scalar: readonly number[] = [];

/** A loop's results: components, then the output. */
interface Looped {
  readonly run: () => readonly Places[];
}

/** More steps than this end an evaluation. */
export class TooLong extends Error {}

export class Machine {
  private readonly runs = new Map<Sym, Run>();
  private readonly loops = new Map<string, Looped>();
  private readonly slots = new Map<number, number>();
  private readonly values: number[] = [];
  private readonly stamps: number[] = [];
  private readonly states: (readonly Places[])[] = [];
  private clock = 1;
  private budget = 0;
  /** operations of the last run */
  spent = 0;
  /** what stands for the inputs and sizes of this run */
  private inputs: readonly Places[] = [];
  private sizes: ReadonlyMap<AxisVar, number> = new Map();

  constructor(private readonly tape: Tape) {}

  /** The outputs on given inputs; booleans are 0 or 1. */
  outputs(
    outputs: readonly Output[],
    inputs: readonly Places[],
    sizes: ReadonlyMap<AxisVar, number>,
    budget: number,
  ): readonly Places[] {
    this.inputs = inputs;
    this.sizes = sizes;
    this.budget = budget;
    this.spent = 0;
    this.clock += 1;
    this.stamps.fill(this.clock);
    this.origin = this.clock;
    return outputs.map((o) => this.array(o)());
  }
  /** values older than this belong to other inputs */
  private origin = 0;

  private slot(name: number): number {
    const known = this.slots.get(name);
    if (known !== undefined) return known;
    const made = this.values.length;
    this.slots.set(name, made);
    this.values.push(0);
    this.stamps.push(this.clock);
    this.states.push([]);
    return made;
  }
  private set(slot: number, value: number): void {
    this.values[slot] = value;
    this.stamps[slot] = ++this.clock;
  }
  private sizeOf(axis: AxisVar): number {
    return this.sizes.get(axis) ?? 1;
  }

  /** The array of a body over its names. */
  private array(arr: Arr): () => Places {
    const slots = arr.names.map((n) => this.slot(n));
    const body = this.run(arr.body);
    if (slots.length === 0) return () => ({ shape: scalar, data: Int32Array.of(body()) });
    return () => {
      const shape = arr.axes.map((a) => this.sizeOf(a));
      const data = new Int32Array(shape.reduce((x, y) => x * y, 1));
      const place = shape.map(() => 0);
      for (let next = 0; next < data.length; next += 1) {
        // the indices that moved, the last one fastest
        for (let depth = slots.length - 1; depth >= 0; depth -= 1) {
          this.set(slots[depth]!, next === 0 ? 0 : (place[depth] = (place[depth]! + 1) % shape[depth]!));
          if (next > 0 && place[depth] !== 0) break;
        }
        data[next] = body();
      }
      return { shape, data };
    };
  }

  private index(at: readonly At[]): (shape: readonly number[]) => number {
    const slots = at.map((a) => (typeof a === 'number' ? this.slot(a) : -1));
    return (shape) => {
      let place = 0;
      for (let i = 0; i < slots.length; i += 1)
        place = place * shape[i]! + (slots[i]! < 0 ? 0 : this.values[slots[i]!]!);
      return place;
    };
  }

  private run(s: Sym): Run {
    const known = this.runs.get(s);
    if (known) return known;
    const made = s._tag === 'Op' || s._tag === 'Select' ? this.kept(s, this.make(s)) : this.make(s);
    this.runs.set(s, made);
    return made;
  }

  private kept(s: Sym, compute: Run): Run {
    const slots = [...s.free].map((n) => this.slot(n));
    let [when, value] = [-1, 0];
    return () => {
      let fresh = when >= this.origin;
      for (let i = 0; fresh && i < slots.length; i += 1) if (this.stamps[slots[i]!]! > when) fresh = false;
      if (fresh) return value;
      value = compute();
      when = this.clock;
      return value;
    };
  }

  private make(s: Sym): Run {
    const { tape } = this;
    switch (s._tag) {
      case 'Number': {
        const value = Number(s.value.num) / Number(s.value.den);
        return () => tape.push(value);
      }
      case 'Truth':
        return () => (s.value ? 1 : 0);
      case 'Size':
        return () => tape.push(this.sizeOf(s.axis));
      case 'Position': {
        const slot = this.slot(s.at as number);
        return () => tape.push(this.values[slot]!);
      }
      case 'Read':
        return this.element(s.at, () => this.inputs[s.input]!);
      case 'Op':
        return operated(
          tape,
          s.word,
          s.args.map((a) => this.run(a)),
          this.count,
        );
      case 'Select': {
        const [c, y, n] = s.args.map((a) => this.run(a)) as [Run, Run, Run];
        return () => (c() !== 0 ? y() : n());
      }
      case 'State': {
        const slot = this.slot(s.self);
        return this.element(s.at, () => this.states[slot]![s.component]!);
      }
      case 'Loop': {
        const loop = this.looped(s);
        return this.element(s.at, () => (s.component < 0 ? loop.run().at(-1)! : loop.run()[s.component]!));
      }
      case 'Box':
        return () => tape.push(0);
    }
  }

  private readonly count = (): void => {
    if (++this.spent > this.budget) throw new TooLong();
  };
  private element(at: readonly At[], array: () => Places): Run {
    const index = this.index(at);
    return () => {
      const { shape, data } = array();
      return data[index(shape)]!;
    };
  }

  private looped(s: LoopSym): Looped {
    const key = loopKey(s.loop);
    const known = this.loops.get(key);
    if (known) return known;
    const free = [...s.free].filter((n) => !s.at.includes(n)).map((n) => this.slot(n));
    const compute = this.turns(s.loop);
    let when = -1;
    let results: readonly Places[] = [];
    const run = (): readonly Places[] => {
      let fresh = when >= this.origin;
      for (let i = 0; fresh && i < free.length; i += 1) if (this.stamps[free[i]!]! > when) fresh = false;
      if (fresh) return results;
      results = compute();
      when = this.clock;
      return results;
    };
    this.loops.set(key, { run });
    return { run };
  }

  /** All turns of a loop: its final state, then its outputs. */
  private turns(loop: Loop): () => readonly Places[] {
    const inits = loop.inits.map((a) => this.array(a));
    const [self, turn] = [this.slot(loop.self), this.slot(loop.turn)];
    const steps = loop.steps.map((a) => this.array(a));
    const output = loop.output && this.array(loop.output);
    return () => {
      let state: readonly Places[] = inits.map((f) => f());
      const outs: Places[] = [];
      for (let i = 0; i < this.sizeOf(loop.axis); i += 1) {
        this.states[self] = state;
        this.set(self, i);
        this.set(turn, i);
        const next = steps.map((f) => f());
        if (output) outs.push(output());
        state = next;
      }
      const inner = loop.output?.axes.map((a) => this.sizeOf(a));
      return inner ? [...state, stacked(outs, inner)] : state;
    };
  }
}

function stacked(parts: readonly Places[], inner: readonly number[]): Places {
  const each = inner.reduce((x, y) => x * y, 1);
  const data = new Int32Array(parts.length * each);
  parts.forEach((p, i) => data.set(p.data, i * each));
  return { shape: [parts.length, ...inner], data };
}
