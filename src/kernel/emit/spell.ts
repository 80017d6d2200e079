/**
 * Names, integers and numbers of the IR as phrases of a target's table. Invariant: one node, one phrase; a name of the IR has one identifier. It
 * does not know statements.
 */

import {
  type AxisUse,
  type AxisVar,
  type Digit,
  type Expr,
  type Int,
  type Kernel,
  type Kind,
  type LaneDim,
  type Share,
  type TileDecl,
  capacityOf,
  isSharing,
  laneCount,
  laneDims,
  lanesAlong,
  sharers,
} from '../ir/kernel.js';
import { type Dialect, type Phrase, atom, phrases } from './dialect.js';
import { Symbols } from './names.js';
import { type Param, TAIL, paramsOf } from './param.js';

function constantName(u: AxisUse): string {
  if (u._tag === 'Lanes') return `${u.of.toUpperCase()}_LANES_MOST`;
  return `${u.name.toUpperCase()}_${u._tag === 'Held' ? 'MOST' : 'TILE'}`;
}

export class Spelling {
  readonly symbols = new Symbols();
  readonly entry: string;
  readonly arrays: ReadonlyMap<string, string>;
  readonly tiles: ReadonlyMap<string, string>;
  readonly params: readonly Param[];
  private readonly sizes = new Map<AxisVar, string>();
  private readonly constants = new Map<string, string>();

  constructor(
    readonly kernel: Kernel,
    readonly dialect: Dialect,
  ) {
    this.entry = this.symbols.of('entry', kernel.name, '_kernel');
    this.arrays = new Map(
      [...kernel.inputs, ...kernel.outputs].map((a) => [a.name, this.symbols.of('array', a.name, '_array')]),
    );
    this.tiles = new Map(kernel.tiles.map((t) => [t.name, this.symbols.of('tile', t.name, '_tile')]));
    const along = new Map(kernel.uses.map((u) => [u.name, u._tag === 'Lanes' ? u.of : u.name]));
    this.params = paramsOf(kernel.uses).map((p) => ({
      ...p,
      name: this.symbols.of(`${p.part} of ${p.use}`, `${along.get(p.use)!}_${TAIL[p.part]}`),
    }));
    this.params.forEach((p) => this.sizes.set(p.axis, p.name));
    for (const u of kernel.uses) {
      if (capacityOf(u) === undefined) continue;
      this.constants.set(u.name, this.symbols.of(`constant of ${u.name}`, constantName(u)));
      if ('capacity' in u) this.sizes.set(u.tile, this.constants.get(u.name)!);
    }
    for (const u of kernel.uses) if ('capacity' in u) this.index(u.name);
  }

  constant(use: string): string {
    return this.constants.get(use)!;
  }
  index(name: string): string {
    return this.symbols.of('index', name, '_i');
  }
  block(use: string): string {
    return this.symbols.of('block', `${use}_block`);
  }
  protected local(name: string): string {
    return this.symbols.of('local', name);
  }

  // ---- integers ----

  int(e: Int): Phrase {
    const { dialect } = this;
    switch (e._tag) {
      case 'Num':
        return atom(dialect.integer(e.value));
      case 'Size':
        return atom(this.sizes.get(e.axis)!);
      case 'Name':
        return atom(this.local(e.name));
      case 'At':
        return atom(this.index(e.index));
      case 'Slot':
        return atom(dialect.alone ? this.index(e.index) : this.slot(e.index));
      case 'Add':
        return phrases.plus(this.int(e.left), this.int(e.right));
      case 'Mul':
        return phrases.times(this.int(e.left), this.int(e.right));
      case 'Within':
        return dialect.lesser(atom(this.index(e.index)), phrases.minus(this.int(e.extent), atom(dialect.integer(1))));
      case 'Grid':
        return atom(this.block(e.use));
      case 'Turn':
        return phrases.minus(atom(this.block(e.use)), atom(dialect.integer(1)));
      case 'Block':
        return dialect.choose(dialect.isFirst(this.block(e.use)), this.int(e.first), this.int(e.other));
    }
  }

  // ---- scalars ----

  expr(e: Expr): Phrase {
    const { dialect } = this;
    switch (e._tag) {
      case 'Const':
        return dialect.real(e.value);
      case 'Bool':
        return atom(`${e.value}`);
      case 'Real':
        return dialect.toReal(this.int(e.int));
      case 'Get':
        return this.element(this.local(e.name), e.index);
      case 'Tile':
        return this.element(this.tiles.get(e.name)!, e.index);
      case 'Load':
        return this.loaded(e.array, phrases.element(this.arrays.get(e.array)!, [this.int(e.address)]));
      case 'Op':
        return dialect.operator[e.operator](...e.args.map((a) => this.expr(a)));
      case 'Select':
        return dialect.choose(this.expr(e.condition), this.expr(e.yes), this.expr(e.no));
    }
  }
  private loaded(array: string, number: Phrase): Phrase {
    return this.kindOf(array) === 'boolean' ? this.dialect.truth(number) : number;
  }
  /** A value as an array of its kind holds it. */
  protected stored(array: string, value: Phrase): Phrase {
    if (this.kindOf(array) === 'real') return value;
    const [one, zero] = [1n, 0n].map((num) => this.dialect.real({ num, den: 1n })) as [Phrase, Phrase];
    return this.dialect.choose(value, one, zero);
  }
  private kindOf(array: string): Kind {
    return [...this.kernel.inputs, ...this.kernel.outputs].find((a) => a.name === array)?.kind ?? 'real';
  }
  protected element(name: string, index: readonly Int[]): Phrase {
    return phrases.element(
      name,
      index.map((i) => this.int(i)),
    );
  }

  /** The element in a slot of a lane: (slot / wide) * (lanes * wide) + lane * wide + slot % wide. */
  protected shared(slot: string, share: Share): Phrase {
    const { dialect } = this;
    const integer = (n: number): Phrase => atom(dialect.integer(n));
    const lane = this.alongAll(share);
    const all = sharers(this.kernel, share) * share.wide;
    if (share.wide === 1) return phrases.plus(phrases.times(atom(slot), integer(all)), lane);
    const runs = phrases.times(dialect.quotient(atom(slot), integer(share.wide)), integer(all));
    const run = phrases.plus(runs, phrases.times(lane, integer(share.wide)));
    return phrases.plus(run, phrases.modulo(atom(slot), integer(share.wide)));
  }

  /** A lane's number among those of a share, the last dimension fastest. */
  private alongAll(share: Share): Phrase {
    const uses = laneDims(this.kernel).filter((u) => share.lanes.includes(u.name));
    const by = (u: LaneDim): Phrase => atom(this.dialect.integer(lanesAlong(u)));
    return uses
      .map((u) => [u, atom(this.along(u))] as const)
      .reduce((acc, [u, next]) => [u, phrases.plus(phrases.times(acc[1], by(u)), next)] as const)[1];
  }

  /** counter / divisor % modulus */
  digit(counter: string, { divisor, modulus }: Digit): Phrase {
    const divided = divisor ? this.dialect.quotient(atom(counter), this.int(divisor)) : atom(counter);
    return modulus ? phrases.modulo(divided, this.int(modulus)) : divided;
  }

  // ---- where a lane and a block are ----

  /** A lane's number among all lanes of its block. */
  lane(): string {
    const lanes = laneDims(this.kernel);
    if (lanes.length === 1) return this.along(lanes[0]!);
    return laneCount(this.kernel) > 1 ? 'lane' : this.dialect.integer(0);
  }
  /** A lane's number along one dimension of the box. */
  along(u: LaneDim): string {
    return isSharing(u) ? this.symbols.of('along', `${u._tag === 'Lanes' ? u.of : u.name}_lane`) : this.index(u.name);
  }
  protected slot(index: string): string {
    return this.symbols.of('slot', `${index}_slot`);
  }
  /** The dimensions of a tile, its rows as long as they lie in memory. */
  tileDims(t: TileDecl): string[] {
    const last = t.dims.length - 1;
    return t.dims.map((d, i) => {
      const pad = i === last && t.pad !== undefined && !this.dialect.alone ? t.pad : 0;
      return this.constant(d.use) + (pad > 0 ? ` + ${this.dialect.integer(pad)}` : '');
    });
  }
  laneIndices(): string[] {
    const { lanes } = this.kernel.frame;
    if (lanes.length <= 1 || laneCount(this.kernel) === 1) return [];
    const dims = laneDims(this.kernel);
    return lanes.map((l, i) => this.dialect.intBinding(this.along(dims[i]!), this.digit('lane', l).text));
  }
}
