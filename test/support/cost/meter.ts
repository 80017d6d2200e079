/**
 * An interpreter of the loop IR that counts: it runs every block, lane and turn with numbers for all integers and notes what each does. Invariant: written
 * apart from src/kernel/cost, by running alone; it has no formula. It computes no values, since no count depends on one (a `Seek` is taken to find its place).
 */
import type { AxisVar, Digit, Expr, Grouped, Int, Kernel, Stmt, Walk } from '../../../src/kernel/ir/kernel.js';
import {
  blocksOf,
  foldedUses,
  groupedUses,
  laneCount,
  laneDims,
  laneUses,
  lanesAlong,
  sharers,
} from '../../../src/kernel/ir/kernel.js';

export interface Seen {
  readonly operations: Record<string, number>;
  readonly asked: Record<string, number>;
  readonly moved: Record<string, number>;
  readonly stores: Record<string, number>;
  selects: number;
  seeks: number;
  barriers: number;
  tileReads: number;
  tileWrites: number;
}

/** The indices, the last entered first. */
interface Index {
  readonly name: string;
  readonly value: number;
  readonly outer: Index | undefined;
}
function valueOf(index: Index | undefined, name: string): number {
  for (let at = index; at; at = at.outer) if (at.name === name) return at.value;
  throw new Error(`no index ${name}`);
}

interface At {
  readonly block: ReadonlyMap<string, number>;
  /** the lane's number, and along each dimension of the box */
  readonly lane: number;
  readonly along: ReadonlyMap<string, number>;
  readonly index: Index | undefined;
  readonly ints: Map<string, number>;
  /** the turns of loops in order */
  readonly turns: readonly number[];
  /** whether an index lies past the extent of its ragged tile */
  readonly outside: boolean;
}

const box = (lengths: readonly number[]): readonly (readonly number[])[] =>
  lengths.reduce<readonly (readonly number[])[]>(
    (all, n) => all.flatMap((p) => Array.from({ length: n }, (_, i) => [...p, i])),
    [[]],
  );

export class Runner {
  readonly seen: Seen = { operations: {}, asked: {}, moved: {}, stores: {}, selects: 0, seeks: 0, barriers: 0, tileReads: 0, tileWrites: 0 }; // prettier-ignore
  private readonly grouped: ReadonlyMap<string, Grouped>;
  private readonly addresses = new Map<Expr, Set<string>>();

  constructor(
    private readonly kernel: Kernel,
    private readonly sizes: ReadonlyMap<AxisVar, number>,
    private readonly how: { readonly alone: boolean; readonly inside: boolean },
  ) {
    this.grouped = new Map(groupedUses(kernel).map((u) => [u.name, u]));
  }

  run(): Seen {
    const { kernel } = this;
    const uses = foldedUses(kernel);
    const none: At = {
      block: new Map(),
      lane: 0,
      along: new Map(),
      index: undefined,
      ints: new Map(),
      turns: [],
      outside: false,
    };
    const dims = this.how.alone ? laneUses(kernel) : laneDims(kernel);
    for (const blocks of box(uses.map((u) => this.int(blocksOf(u), none)))) {
      const block = new Map(uses.map((u, i) => [u.name, blocks[i]!]));
      for (const [lane, along] of box(dims.map(lanesAlong)).entries()) {
        let at: At = { ...none, block, lane, along: new Map(dims.map((u, i) => [u.name, along[i]!])) };
        for (const u of laneUses(kernel)) at = this.entered(at, u.name, at.along.get(u.name)!, u.name);
        this.body(kernel.body, at);
      }
      for (const [e, found] of this.addresses) {
        if (e._tag === 'Load') this.note('moved', e.array, found.size);
        found.clear();
      }
    }
    return this.seen;
  }

  private note(what: 'operations' | 'asked' | 'moved' | 'stores', name: string, many = 1): void {
    this.seen[what][name] = (this.seen[what][name] ?? 0) + many;
  }

  private entered(at: At, name: string, value: number, use: string | undefined): At {
    const u = use === undefined ? undefined : this.grouped.get(use);
    const extent = u && this.sizes.get(at.block.get(u.name) === 0 ? u.rest : u.tile)!;
    const outside = at.outside || (extent !== undefined && value >= extent);
    return { ...at, index: { name, value, outer: at.index }, outside };
  }
  private turn(at: At, name: string, value: number): At {
    return { ...this.entered(at, name, value, undefined), turns: [...at.turns, value] };
  }

  private int(e: Int, at: At): number {
    const extent = (x: Int): number => this.int(x, at);
    switch (e._tag) {
      case 'Num':
        return e.value;
      case 'Size':
        return this.sizes.get(e.axis)!;
      case 'Name':
        return at.ints.get(e.name)!;
      case 'At':
        return valueOf(at.index, e.index);
      case 'Slot':
        throw new Error('a slot outside of a private array');
      case 'Add':
        return extent(e.left) + extent(e.right);
      case 'Mul':
        return extent(e.left) * extent(e.right);
      case 'Within':
        return Math.min(valueOf(at.index, e.index), extent(e.extent) - 1);
      case 'Grid':
        return at.block.get(e.use)!;
      case 'Turn':
        return at.block.get(e.use)! - 1;
      case 'Block':
        return at.block.get(e.use) === 0 ? extent(e.first) : extent(e.other);
    }
  }

  private body(body: readonly Stmt[], at: At): void {
    const here: At = body.some((s) => s._tag === 'Int') ? { ...at, ints: new Map(at.ints) } : at;
    for (const s of body) this.statement(s, here);
  }

  private statement(s: Stmt, at: At): void {
    switch (s._tag) {
      case 'Int':
        at.ints.set(s.name, this.int(s.value, at));
        return;
      case 'Let':
      case 'Set':
        return this.expression(s.value, at);
      case 'Var':
        return s.init && this.expression(s.init, at);
      case 'Loop':
        for (let i = 0; i < this.int(s.bound, at); i++) this.body(s.body, this.turn(at, s.index, i));
        return;
      case 'Each':
        return this.walk(s, at, (inner) => this.body(s.body, inner));
      case 'Seek': {
        this.expression(s.place, at);
        if (this.counts(at)) this.seen.seeks += 1;
        const inner: At = { ...this.turn(at, s.index, 0), ints: new Map(at.ints) };
        for (const t of s.body) this.statement(t, inner);
        return this.expression(s.value, inner);
      }
      case 'Stage':
        return this.stage(s, at);
      case 'Put': {
        const set = (at: At): void => {
          this.expression(s.value, at);
          if (this.counts(at)) this.seen.tileWrites += 1;
        };
        return s.dims.reduceRight<(at: At) => void>((inner, d) => (at) => this.walk(d, at, inner), set)(at);
      }
      case 'Barrier':
        if (at.lane === 0) this.seen.barriers += 1;
        return;
      case 'Guard':
        return valueOf(at.index, s.index) < this.int(s.extent, at) ? this.body(s.body, at) : undefined;
      case 'Elect':
        return this.how.alone || s.lanes.every((l) => at.along.get(l) === 0) ? this.body(s.body, at) : undefined;
      case 'Store':
        this.expression(s.value, at);
        if (this.counts(at)) this.note('stores', s.array);
    }
  }

  private stage(s: Stmt & { readonly _tag: 'Stage' }, at: At): void {
    const bound = this.int(s.bound, at);
    const digit = (n: number, { divisor, modulus }: Digit): number => {
      const d = divisor ? Math.floor(n / this.int(divisor, at)) : n;
      return modulus ? d % this.int(modulus, at) : d;
    };
    const [from, step] = this.how.alone ? [0, 1] : [at.lane, s.step];
    if (!this.how.alone && step !== laneCount(this.kernel)) throw new Error('a fill in other steps');
    const end = s.turns === undefined || this.how.alone ? bound : s.turns * step;
    // the lane's own indices are nobody's here: what lies past the end is said by the tile's own
    const start: At = this.how.alone ? at : { ...at, outside: false };
    for (let slot = from; slot < end; slot += step) {
      const inner = s.dims.reduce((a, d) => this.entered(a, d.index, digit(slot, d), d.use), start);
      this.expression(s.value, inner);
      if (this.counts(inner)) this.seen.tileWrites += 1;
    }
  }

  private walk(w: Walk, at: At, body: (at: At) => void): void {
    const { over, share } = w;
    if (over._tag === 'Lane') return body(at);
    const bound = this.int(w.bound, at);
    const use = over._tag === 'Register' ? over.use : undefined;
    if (!share || this.how.alone) {
      for (let i = 0; i < bound; i++)
        body(use === undefined ? this.turn(at, w.index, i) : this.entered(at, w.index, i, use));
      return;
    }
    const lanes = sharers(this.kernel, share);
    const uses = laneDims(this.kernel).filter((u) => share.lanes.includes(u.name));
    const lane = uses.reduce((n, u) => n * lanesAlong(u) + at.along.get(u.name)!, 0);
    for (let slot = 0; slot < share.perLane; slot++) {
      const run = Math.floor(slot / share.wide) * lanes * share.wide;
      const i = run + lane * share.wide + (slot % share.wide);
      if (!w.partial || i < bound) body(this.entered(at, w.index, i, use));
    }
  }

  private counts(at: At): boolean {
    return !(this.how.inside && at.outside);
  }

  private expression(e: Expr, at: At): void {
    if (e._tag === 'Op') e.args.forEach((a) => this.expression(a, at));
    if (e._tag === 'Select') [e.condition, e.yes, e.no].forEach((a) => this.expression(a, at));
    if (!this.counts(at)) return;
    if (e._tag === 'Op' && e.operator !== 'true' && e.operator !== 'false') this.note('operations', e.operator);
    if (e._tag === 'Select') this.seen.selects += 1;
    if (e._tag === 'Tile') this.seen.tileReads += 1;
    if (e._tag !== 'Load') return;
    this.note('asked', e.array);
    const found = this.addresses.get(e) ?? new Set();
    this.addresses.set(e, found.add(`${at.turns.join()} ${this.int(e.address, at)}`));
  }
}
