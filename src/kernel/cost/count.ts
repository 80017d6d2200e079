/**
 * What a kernel does, counted in its statements: operations, numbers read and written, barriers. Invariant: every statement and expression has its case,
 * and what has no formula is refused; sums over all blocks and lanes, as polynomials in the parameters of the text. It knows no machine, no sizes, and
 * nothing of integers: addresses and bounds are computed for nothing.
 */
import { paramsOf } from '../emit/param.js';
import {
  type Arithmetic,
  type AxisVar,
  type Expr,
  type Grouped,
  type Int,
  type Kernel,
  type Put,
  type Stage,
  type Stmt,
  type Walk,
  groupedUses,
  laneDims,
  laneUses,
  lanesAlong,
  sharers,
  staticSize,
} from '../ir/kernel.js';
import { Meter, type Tally } from './meter.js';
import { type LaneBox, type Place, type Range, Uncounted, different, guarded, times, within } from './place.js';
import { ONE, type Polynomial, atom, constant, product, sum } from './polynomial.js';

export interface Counting {
  /** as the host runs a text: every lane alone, with tiles of its own */
  readonly alone: boolean;
  /** only what is done at indices inside the extents of ragged tiles; lanes past an end repeat the work of the last element, and that is not counted */
  readonly inside: boolean;
}

/** The names of a text's parameters as atoms: `rest q`, `count k`. */
export const atomsOf = (kernel: Kernel): ReadonlyMap<AxisVar, string> =>
  new Map(paramsOf(kernel.uses).map((p) => [p.axis, `${p.part} ${p.use}`]));

type Kind = ReadonlyMap<string, 'first' | 'other'>;

/** What is counted, of all blocks. Throws `Uncounted` where a form of loops has no formula. */
export function countOf(kernel: Kernel, how: Counting): Tally {
  const meter = new Meter();
  for (const kind of kindsOf(groupedUses(kernel))) new Counter(kernel, how, kind, meter).run();
  return meter.tally();
}

/** Block 0 or another along each grouped axis. */
function kindsOf([first, ...others]: readonly Grouped[]): readonly Kind[] {
  if (!first) return [new Map()];
  return kindsOf(others).flatMap((k) =>
    (['first', 'other'] as const).map((which): Kind => new Map([[first.name, which], ...k])),
  );
}

/** What integers stand for, by name, where a statement is. */
type Scope = Map<string, Int>;

class Counter {
  private readonly atoms: ReadonlyMap<AxisVar, string>;
  private readonly box: readonly LaneBox[];

  constructor(
    private readonly kernel: Kernel,
    private readonly how: Counting,
    private readonly kind: Kind,
    private readonly meter: Meter,
  ) {
    this.atoms = atomsOf(kernel);
    const dims = how.alone ? laneUses(kernel) : laneDims(kernel);
    this.box = dims.map((u) => ({ use: u.name, lanes: lanesAlong(u) }));
  }

  run(): void {
    let place: Place = { indices: new Map(), elected: [], together: false };
    for (const u of laneUses(this.kernel))
      place = this.entered(place, u.name, { _tag: 'lane', use: u.name, lanes: u.capacity }, u.name);
    this.body(this.kernel.body, place, new Map());
  }

  /** The blocks of this kind. */
  private blocks(): Polynomial {
    return product(
      ...this.kernel.uses.map((u) => {
        if (u._tag === 'Grid') return this.size(u.axis);
        return u._tag === 'Grouped' && this.kind.get(u.name) === 'other' ? this.size(u.count) : ONE;
      }),
    );
  }

  private size(axis: AxisVar): Polynomial {
    const fixed = staticSize(this.kernel.uses, axis);
    if (fixed !== undefined) return constant(fixed);
    const name = this.atoms.get(axis);
    if (name === undefined) throw new Uncounted(`a size of ${axis.name}, which no use has`);
    return atom(name);
  }

  private int(e: Int, scope: Scope): Polynomial {
    switch (e._tag) {
      case 'Num':
        return constant(e.value);
      case 'Size':
        return this.size(e.axis);
      case 'Name':
        return this.int(this.resolved(e.name, scope), scope);
      case 'Add':
        return sum(this.int(e.left, scope), this.int(e.right, scope));
      case 'Mul':
        return product(this.int(e.left, scope), this.int(e.right, scope));
      case 'Block':
        return this.int(e[this.kind.get(e.use) ?? 'first'], scope);
      case 'At':
      case 'Slot':
      case 'Within':
      case 'Grid':
      case 'Turn':
        throw new Uncounted(`a bound that depends on ${e._tag}`);
    }
  }
  private resolved(name: string, scope: Scope): Int {
    const value = scope.get(name);
    if (!value) throw new Uncounted(`the integer ${name}, which nothing binds`);
    return value;
  }

  /** An index of a grouped axis stays inside its extent where that alone is counted. */
  private entered(place: Place, name: string, range: Range, use: string | undefined): Place {
    const u = groupedUses(this.kernel).find((g) => g.name === use);
    const below = u && this.how.inside ? this.size(this.kind.get(u.name) === 'other' ? u.tile : u.rest) : undefined;
    return within(place, name, { range, below });
  }

  private body(body: readonly Stmt[], place: Place, outer: Scope): void {
    const scope = new Map(outer);
    for (const s of body) this.statement(s, place, scope);
  }

  private statement(s: Stmt, place: Place, scope: Scope): void {
    switch (s._tag) {
      case 'Int':
        return void scope.set(s.name, s.value);
      case 'Let':
      case 'Set':
        return this.expression(s.value, place, scope);
      case 'Var':
        return s.init && this.expression(s.init, place, scope);
      case 'Loop': {
        const many = this.int(s.bound, scope);
        return this.body(s.body, this.entered(place, s.index, { _tag: 'turns', many }, undefined), scope);
      }
      case 'Each':
        return this.body(s.body, this.walked(place, s, scope), scope);
      case 'Seek':
        this.expression(s.place, place, scope);
        this.meter.add('seek', this.all(place));
        return this.sought(s, within(place, s.index, { range: { _tag: 'turns', many: ONE } }), scope);
      case 'Stage':
        return this.stage(s, place, scope);
      case 'Put':
        return this.put(s, place, scope);
      case 'Barrier':
        return this.meter.add('barrier', this.byBlock(place));
      case 'Guard':
        return this.body(s.body, guarded(place, s.index, this.int(s.extent, scope)), scope);
      case 'Elect':
        return this.body(s.body, this.how.alone ? place : { ...place, elected: [...place.elected, ...s.lanes] }, scope);
      case 'Store':
        this.expression(s.value, place, scope);
        return this.meter.stored(s.array, this.all(place));
    }
  }

  /** At the one index that is found, if one is: counted as if one always were. */
  private sought(s: Stmt & { readonly _tag: 'Seek' }, place: Place, scope: Scope): void {
    const inner = new Map(scope);
    for (const t of s.body) this.statement(t, place, inner);
    this.expression(s.value, place, inner);
  }

  private walked(place: Place, w: Walk, scope: Scope): Place {
    const { over, share } = w;
    const many = this.int(w.bound, scope);
    if (over._tag === 'Lane') return place;
    const use = over._tag === 'Register' ? over.use : undefined;
    if (!share || this.how.alone)
      return this.entered(place, w.index, { _tag: use === undefined ? 'turns' : 'written', many }, use);
    const all = share.perLane * sharers(this.kernel, share);
    const range: Range = { _tag: 'share', lanes: share.lanes, perLane: share.perLane, all };
    const entered = this.entered(place, w.index, range, use);
    return w.partial && !entered.indices.get(w.index)!.below ? within(place, w.index, { range, below: many }) : entered;
  }

  private stage(s: Stage, place: Place, scope: Scope): void {
    const filling = s.dims.reduce(
      (p, d) => this.entered(p, d.index, { _tag: 'fill', many: this.int(d.bound, scope) }, d.use),
      { ...place, together: !this.how.alone },
    );
    this.expression(s.value, filling, scope);
    this.meter.add('tile written', this.all(filling));
  }

  private put(s: Put, place: Place, scope: Scope): void {
    const inner = s.dims.reduce((p, d) => this.walked(p, d, scope), place);
    this.expression(s.value, inner, scope);
    this.meter.add('tile written', this.all(inner));
  }

  private all(place: Place): Polynomial {
    return product(this.blocks(), times(place, this.box));
  }
  /** Each barrier of a block once, however many lanes wait there. */
  private byBlock(place: Place): Polynomial {
    return product(this.blocks(), times({ ...place, together: true }, this.box));
  }

  private expression(e: Expr, place: Place, scope: Scope): void {
    switch (e._tag) {
      case 'Const':
      case 'Bool':
      case 'Real':
      case 'Get':
        return;
      case 'Tile':
        return this.meter.read(this.all(place), this.kept(e.index, place, scope));
      case 'Load':
        return this.meter.loaded(e.array, this.all(place), this.distinct(e.address, place, scope));
      case 'Op':
        e.args.forEach((a) => this.expression(a, place, scope));
        return this.operation(e.operator, place);
      case 'Select':
        [e.condition, e.yes, e.no].forEach((a) => this.expression(a, place, scope));
        return this.meter.add('select', this.all(place));
    }
  }
  private operation(operator: Arithmetic, place: Place): void {
    if (operator !== 'true' && operator !== 'false') this.meter.did(operator, this.all(place));
  }

  private distinct(address: Int, place: Place, scope: Scope): Polynomial {
    const named = new Map<string, Polynomial | undefined>();
    this.names(address, scope, named);
    return product(
      this.blocks(),
      different(place, named, (below) => this.emptiness(below)),
    );
  }
  /** What a tile is read for, where a number that an inner loop over a private array reads again stays in a register. */
  private kept(index: readonly Int[], place: Place, scope: Scope): Polynomial {
    const named = new Map<string, Polynomial | undefined>();
    index.forEach((i) => this.names(i, scope, named));
    const indices = [...place.indices].filter(([name, { range, below }]) => {
      const isWritten = range._tag === 'written' || (range._tag === 'share' && !below);
      return !isWritten || named.has(name);
    });
    return this.all({ ...place, indices: new Map(indices) });
  }

  /** The indices that an address names, and what they are clamped below. */
  private names(e: Int, scope: Scope, into: Map<string, Polynomial | undefined>): void {
    switch (e._tag) {
      case 'At':
      case 'Slot':
        return void into.set(e.index, undefined);
      case 'Within':
        return void into.set(e.index, this.int(e.extent, scope));
      case 'Name':
        return this.names(this.resolved(e.name, scope), scope, into);
      case 'Add':
      case 'Mul':
        this.names(e.left, scope, into);
        return this.names(e.right, scope, into);
      case 'Block':
        return this.names(e[this.kind.get(e.use) ?? 'first'], scope, into);
      case 'Num':
      case 'Size':
      case 'Grid':
      case 'Turn':
        return;
    }
  }

  /** 1 of what has an element; of lanes that are all or none, so many of most. */
  private emptiness(below: Polynomial): Polynomial {
    const [only] = below;
    const lanes = this.kernel.uses.find((u) => u._tag === 'Lanes' && only?.of.join() === `lanes ${u.name}`);
    return lanes?._tag === 'Lanes' ? product(below, constant(1 / lanes.most)) : ONE;
  }
}
