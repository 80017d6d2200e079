/**
 * The check of workgroup memory: every element that a lane reads was filled before, with a barrier in between that all lanes reach; nothing is
 * filled while a lane may still read it; a tile is read only where it was filled; every index stays below the declared extent. Invariant:
 * a kernel that fails is not emitted. It decides by the order of statements alone, for any number of turns, and knows no values.
 *
 * No two tiles share storage: each has a name of its own (spec.ts), and no form of the IR speaks of another's elements. Lanes that fill a tile
 * together write disjoint elements (counter.ts). What a lane holds for itself is private, inputs are only read, and each element of an
 * output is stored by one lane (readback.ts): so workgroup memory is all that lanes share.
 */
import { refuse } from './error.js';
import {
  type Dim,
  type Expr,
  type Int,
  type Kernel,
  type Put,
  type Stage,
  type Stmt,
  boundedBy,
  laneUses,
  sought,
} from '../ir/kernel.js';
import { everyStatement, exprsOf, intsOf, parts, partsOfInt } from '../ir/walk.js';

// ---- control flow that all lanes share --------------------------------------------------------------------------------

/** Loop bounds are the same for all lanes, and no barrier stands under a guard: so every lane reaches every barrier. */
function uniform(kernel: Kernel): void {
  const varying = new Set(laneUses(kernel).map((u) => u.name));
  everyStatement(kernel.body, (s) => {
    const walks = s._tag === 'Each' ? [s] : s._tag === 'Put' ? s.dims : [];
    for (const w of walks) if (w.share) varying.add(w.index);
  });
  const varies = (e: Int): boolean =>
    partsOfInt(e).some((i) => ('index' in i && varying.has(i.index)) || (i._tag === 'Name' && varying.has(i.name)));
  const apartIn = (s: Stmt): 'Guard' | 'Seek' | undefined =>
    s._tag === 'Seek' ? 'Seek' : s._tag === 'Guard' || s._tag === 'Elect' ? 'Guard' : undefined;
  const visit = (body: readonly Stmt[], guarded: 'Guard' | 'Seek' | undefined): void => {
    for (const s of body) {
      if (s._tag === 'Int' && varies(s.value)) varying.add(s.name);
      const apart = ['Barrier', 'Stage', 'Put'].includes(s._tag) || (guarded === 'Guard' && s._tag === 'Loop');
      if (guarded && apart) refuse('E-BARRIER', s._tag, 'under a guard');
      const bounds = s._tag === 'Stage' || s._tag === 'Put' || s._tag === 'Loop' || s._tag === 'Each' ? intsOf(s) : [];
      if (bounds.some(varies)) refuse('E-BARRIER', s._tag, 'the bound differs between lanes');
      if ('body' in s) visit(s.body, guarded ?? apartIn(s));
    }
  };
  visit(kernel.body, undefined);
}

// ---- the order of fills, barriers and reads ---------------------------------------------------------------------------

/** What may hold of a tile, as a set: it holds nothing that may be read here; some lane may not have filled it yet; all lanes have; some lane
 *  may still be reading it. */
const [UNKNOWN, FILLED, READY, READ] = [1, 2, 4, 8] as const;
type State = ReadonlyMap<string, number>;

const join = (a: State, b: State): State => new Map([...a].map(([name, s]) => [name, s | b.get(name)!]));
const equal = (a: State, b: State): boolean => [...a].every(([name, s]) => b.get(name) === s);
const set = (state: State, name: string, to: number): State => new Map([...state, [name, to]]);

const afterBarrier = (s: number): number => (s & UNKNOWN) | (s & (FILLED | READY | READ) ? READY : 0);

function read(state: State, name: string): State {
  const was = state.get(name) ?? refuse('E-SCOPE', name);
  if (was & UNKNOWN) refuse('E-BARRIER', name, 'read where it was not filled');
  if (was & FILLED) refuse('E-BARRIER', name, 'read with no barrier after it was filled');
  return set(state, name, READ);
}
function fill(state: State, name: string): State {
  const was = state.get(name) ?? refuse('E-SCOPE', name);
  if (was & (FILLED | READ)) refuse('E-BARRIER', name, 'filled with no barrier after it was used');
  return set(state, name, FILLED);
}

const tilesRead = (s: Stmt): readonly string[] =>
  exprsOf(s)
    .flatMap(parts)
    .flatMap((e) => (e._tag === 'Tile' ? [e.name] : []));

/** The tiles that a body fills. */
const filledIn = (body: readonly Stmt[]): readonly string[] =>
  body.flatMap((s) => (s._tag === 'Stage' || s._tag === 'Put' ? [s.tile] : 'body' in s ? filledIn(s.body) : []));

function ordered(state: State, s: Stmt): State {
  const now = tilesRead(s).reduce(read, state);
  if (s._tag === 'Barrier') return new Map([...now].map(([name, was]) => [name, afterBarrier(was)]));
  if (s._tag === 'Stage' || s._tag === 'Put') return fill(now, s.tile);
  if (s._tag === 'Guard' || s._tag === 'Seek' || s._tag === 'Elect') return join(now, s.body.reduce(ordered, now));
  return s._tag === 'Loop' || s._tag === 'Each' ? turns(now, s.body) : now;
}

/** Any number of turns, none included. What a turn fills is known in no other turn and nowhere after it. */
function turns(before: State, body: readonly Stmt[]): State {
  const own = filledIn(body);
  const hidden = (s: State): State => own.reduce((acc, name) => set(acc, name, acc.get(name)! | UNKNOWN), s);
  for (let now = hidden(before); ;) {
    const next = join(now, hidden(body.reduce(ordered, now)));
    if (equal(now, next)) return now;
    now = next;
  }
}

// ---- extents ----------------------------------------------------------------------------------------------------------

/** Which use bounds an index, and the declared dimensions of what it points into. */
class Extents {
  private readonly arrays = new Map<string, readonly Dim[]>();
  private readonly indices: ReadonlyMap<string, string>;

  constructor(
    private readonly kernel: Kernel,
    around?: Extents,
    index?: readonly (readonly [string, string | undefined])[],
  ) {
    const lanes = laneUses(kernel).map((u) => [u.name, u.name] as const);
    const own = (index ?? []).flatMap(([name, use]) => (use === undefined ? [] : [[name, use] as const]));
    this.indices = new Map([...(around ? around.indices : lanes), ...own]);
    this.arrays = new Map(around ? around.arrays : []);
  }

  block(body: readonly Stmt[]): void {
    body.forEach((s) => this.statement(s));
  }

  private statement(s: Stmt): void {
    if (s._tag === 'Var') this.arrays.set(s.name, s.dims);
    if (s._tag === 'Let') this.arrays.set(s.name, []);
    const inner = this.inner(s);
    if (s._tag === 'Seek') {
      parts(s.place).forEach((e) => this.element(e));
      inner.block(sought(s));
      return void this.arrays.set(s.name, []);
    }
    exprsOf(s)
      .flatMap(parts)
      .forEach((e) => inner.element(e));
    if (s._tag === 'Set') this.within(s.name, this.arrays.get(s.name), s.index);
    if (s._tag === 'Stage' || s._tag === 'Put') inner.within(s.tile, this.tile(s.tile), fills(s));
    if ('body' in s) inner.block(s.body);
  }

  /** With the indices that a statement binds. */
  private inner(s: Stmt): Extents {
    const bounding = (axis: Parameters<typeof boundedBy>[1]): string | undefined =>
      boundedBy(this.kernel.uses, axis)?.name;
    if (s._tag === 'Stage' || s._tag === 'Put')
      return new Extents(
        this.kernel,
        this,
        s.dims.map((d) => [d.index, d.use] as const),
      );
    if (s._tag === 'Loop' || s._tag === 'Seek') return new Extents(this.kernel, this, [[s.index, bounding(s.axis)]]);
    if (s._tag !== 'Each') return s._tag === 'Guard' || s._tag === 'Elect' ? new Extents(this.kernel, this) : this;
    return new Extents(this.kernel, this, [[s.index, s.over._tag === 'Axis' ? bounding(s.over.axis) : s.over.use]]);
  }

  private element(e: Expr): void {
    if (e._tag === 'Get') this.within(e.name, this.arrays.get(e.name), e.index);
    if (e._tag === 'Tile') this.within(e.name, this.tile(e.name), e.index);
  }
  private tile(name: string): readonly Dim[] | undefined {
    return this.kernel.tiles.find((t) => t.name === name)?.dims;
  }

  /** Every index runs over the tile of its dimension, or is 0. */
  private within(name: string, dims: readonly Dim[] | undefined, index: readonly Int[]): void {
    if (!dims) return refuse('E-SCOPE', name);
    if (dims.length !== index.length) refuse('E-SHAPE', name, index.length);
    index.forEach((e, p) => {
      const isZero = e._tag === 'Num' && e.value === 0;
      if (!isZero && ((e._tag !== 'At' && e._tag !== 'Slot') || this.indices.get(e.index) !== dims[p]!.use))
        refuse('E-EXTENT', name, p, e);
    });
  }
}
const fills = (s: Stage | Put): readonly Int[] => s.dims.map((d) => ({ _tag: 'At', index: d.index }));

/** Refuses, or says nothing. */
export function checkMemory(kernel: Kernel): void {
  uniform(kernel);
  kernel.body.reduce(ordered, new Map(kernel.tiles.map((t) => [t.name, UNKNOWN])) as State);
  new Extents(kernel).block(kernel.body);
}
