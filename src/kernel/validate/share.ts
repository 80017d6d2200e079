/**
 * Tiles that are spread over lanes: every element is one lane's, no lane reads another's private copy, and what lanes write together each
 * element of is written by one of them. Invariant: decided by the text of statements alone; with it, turns that lanes share mean what turns of
 * one lane mean, so that readback.ts need not know lanes. It knows no values and no order of barriers.
 */
import { refuse } from './error.js';
import {
  type Dim,
  type Expr,
  type Int,
  type Kernel,
  type Put,
  type Share,
  type Stmt,
  type Walk,
  boundedBy,
  isSharing,
  laneDims,
  laneUses,
  lanesAlong,
  groupedUses,
  sought,
  sameShare,
  sharers,
} from '../ir/kernel.js';
import { everyStatement, exprsOf, parts } from '../ir/walk.js';

const positive = (n: number): boolean => Number.isInteger(n) && n >= 1;

/** The uses whose tiles several lanes share, and lanes along a stream: each has its own dimension of the box of lanes. */
const sharedUses = (kernel: Kernel): readonly string[] =>
  laneDims(kernel).flatMap((u) => (isSharing(u) ? [u.name] : []));

function checkUses(kernel: Kernel): void {
  for (const u of groupedUses(kernel)) {
    if ((u.as === 'share') !== (u.share !== undefined)) refuse('E-SHAPE', u.name, 'share');
    if (!u.share) continue;
    const { lanes, perLane, wide } = u.share;
    if (
      lanes.length !== 1 ||
      lanes[0] !== u.name ||
      !positive(perLane) ||
      !positive(wide) ||
      perLane % wide !== 0 ||
      !positive(lanesAlong(u))
    )
      refuse('E-SHAPE', u.name, 'share', u.share);
  }
}

/** Lanes that there are, runs that fill them, and no more slots than 32 bits number: how many. */
function checkForm(kernel: Kernel, where: string, share: Share): number {
  const { lanes, perLane, wide } = share;
  const known = sharedUses(kernel);
  if (lanes.length === 0 || new Set(lanes).size !== lanes.length || lanes.some((l) => !known.includes(l)))
    refuse('E-SHARE', where, 'lanes', lanes);
  const slots = sharers(kernel, share) * perLane;
  if (!positive(perLane) || !positive(wide) || perLane % wide !== 0 || slots >= 2 ** 31)
    refuse('E-SHARE', where, perLane, wide);
  return slots;
}

/** The elements of a walk, each in one slot of one lane. */
function checkWalk(kernel: Kernel, walk: Walk): void {
  const { over, share, partial } = walk;
  if (over._tag === 'Lane') return refuse('E-SHAPE', walk.index, 'a lane is no loop');
  if (over._tag === 'Register') {
    const use = groupedUses(kernel).find((u) => u.name === over.use) ?? refuse('E-SCOPE', over.use);
    if (!sameShare(use.share, share) || partial) refuse('E-SHARE', walk.index, 'not the share of its tile');
    return;
  }
  if (!share) return partial ? refuse('E-SHARE', walk.index, 'partial') : undefined;
  const slots = checkForm(kernel, walk.index, share);
  const bound = boundedBy(kernel.uses, over.axis) ?? refuse('E-SHARE', walk.index, 'no tile');
  const use = kernel.uses.find((u) => u.name === bound.name);
  const whole = use !== undefined && 'tile' in use && use.tile === over.axis && slots === bound.capacity;
  if (slots < bound.capacity || (!whole && !partial)) refuse('E-SHARE', walk.index, 'slots', slots, bound.capacity);
}

/** What is open around a statement: the lanes that the turns are spread over, and the shares of their indices. */
interface Around {
  readonly lanes: readonly string[];
  readonly shares: ReadonlyMap<string, Share>;
  readonly arrays: ReadonlyMap<string, readonly Dim[]>;
  /** of each tile that lanes put, the dimensions along which a lane puts its own row alone */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
}
interface Row {
  readonly place: number;
  readonly lane: string;
}

function under(kernel: Kernel, walk: Walk, around: Around): Around {
  checkWalk(kernel, walk);
  const { index, share } = walk;
  if (!share) return around;
  if (share.lanes.some((l) => around.lanes.includes(l))) refuse('E-SHARE', index, 'lanes that an outer turn has');
  return {
    ...around,
    lanes: [...around.lanes, ...share.lanes],
    shares: new Map([...around.shares, [index, share]]),
  };
}

/** What is open inside a statement: of an election, which has no turns, the lanes alone. */
function inside(kernel: Kernel, s: Stmt, around: Around): Around {
  if (s._tag === 'Each') return under(kernel, s, around);
  if (s._tag !== 'Elect') return around;
  const { lanes } = s;
  const known = sharedUses(kernel);
  if (lanes.length === 0 || new Set(lanes).size !== lanes.length || lanes.some((l) => !known.includes(l)))
    refuse('E-SHARE', 'elect', 'lanes', lanes);
  if (lanes.some((l) => around.lanes.includes(l))) refuse('E-SHARE', 'elect', 'lanes that an outer turn has');
  return { ...around, lanes: [...around.lanes, ...lanes] };
}

/** An element of a private array: along a shared dimension in a slot of that very share, along another at no shared index. */
function checkElement(name: string, index: readonly Int[], { arrays, shares }: Around): void {
  const dims = arrays.get(name) ?? refuse('E-SCOPE', name);
  index.forEach((e, p) => {
    const share = dims[p]?.share;
    const own = 'index' in e ? shares.get(e.index) : undefined;
    const fits = share ? e._tag === 'Slot' && sameShare(own, share) : e._tag !== 'Slot' && own === undefined;
    if (!fits) refuse('E-SHARE', name, p, e);
  });
}

function checkExpr(e: Expr, around: Around): void {
  for (const part of parts(e)) {
    if (part._tag === 'Get') checkElement(part.name, part.index, around);
    if (part._tag === 'Tile') checkRow(part.name, part.index, around);
  }
}

/** What a lane put into its own row it alone reads: where every lane runs alone (the host), there is no other. */
function checkRow(name: string, index: readonly Int[], { rows }: Around): void {
  for (const { place, lane } of rows.get(name) ?? []) {
    const e = index[place];
    if (e?._tag !== 'At' || e.index !== lane) refuse('E-SHARE', name, place, 'a row that another lane put');
  }
}

function rowsPut(kernel: Kernel): ReadonlyMap<string, readonly Row[]> {
  const rows = new Map<string, readonly Row[]>();
  everyStatement(kernel.body, (s) => {
    if (s._tag !== 'Put') return;
    const own = s.dims.flatMap((d, place) => (d.over._tag === 'Lane' ? [{ place, lane: d.over.use }] : []));
    rows.set(s.tile, [...(rows.get(s.tile) ?? []), ...own]);
  });
  return rows;
}

/** Each element of the tile is written by one lane: every dimension of the box of lanes is used up, once. */
function checkPut(kernel: Kernel, s: Put, around: Around): void {
  let inner = around;
  const own: string[] = [];
  for (const d of s.dims) {
    if (d.over._tag === 'Lane') own.push(d.index === d.over.use ? d.index : refuse('E-SHAPE', s.tile, d.index));
    else inner = under(kernel, d, inner);
  }
  checkExpr(s.value, inner);
  const all = laneUses(kernel).map((u) => u.name);
  const once = (found: readonly string[], wanted: readonly string[]): boolean =>
    found.length === wanted.length && wanted.every((w) => found.includes(w));
  if (!once(own, all) || !once(inner.lanes, sharedUses(kernel)))
    refuse('E-SHARE', s.tile, 'an element that several lanes write', ...inner.lanes);
}

function block(kernel: Kernel, body: readonly Stmt[], around: Around): void {
  const arrays = new Map(around.arrays);
  const here: Around = { ...around, arrays };
  for (const s of body) {
    if (s._tag === 'Var') arrays.set(s.name, checkDims(kernel, s.name, s.dims));
    if (s._tag === 'Let') arrays.set(s.name, []);
    if (s._tag === 'Seek') {
      checkExpr(s.place, here);
      block(kernel, sought(s), here);
      arrays.set(s.name, []);
      continue;
    }
    if (s._tag === 'Put') checkPut(kernel, s, here);
    else exprsOf(s).forEach((e) => checkExpr(e, here));
    if (s._tag === 'Set') checkElement(s.name, s.index, here);
    const apart = here.lanes.length > 0 && ['Barrier', 'Stage', 'Put'].includes(s._tag);
    if (apart) refuse('E-BARRIER', s._tag, 'in turns that lanes share');
    if (s._tag === 'Store' && sharedUses(kernel).some((u) => !here.lanes.includes(u)))
      refuse('E-SHARE', s.array, 'an element that several lanes store');
    if ('body' in s) block(kernel, s.body, inside(kernel, s, here));
  }
}

/** A dimension over a tile that lanes share is shared as the tile is. */
function checkDims(kernel: Kernel, name: string, dims: readonly Dim[]): readonly Dim[] {
  for (const d of dims) {
    const use = kernel.uses.find((u) => u.name === d.use);
    if (use?._tag === 'Grouped' && !sameShare(use.share, d.share)) refuse('E-SHARE', name, d.use);
    if (d.share) checkForm(kernel, name, d.share);
  }
  return dims;
}

/** Refuses, or says nothing. */
export function checkShares(kernel: Kernel): void {
  checkUses(kernel);
  for (const t of kernel.tiles) {
    if (t.dims.some((d) => d.share)) refuse('E-SHARE', t.name, "a tile is everybody's");
    if (t.pad !== undefined && !(Number.isInteger(t.pad) && t.pad >= 0 && t.pad < 64)) refuse('E-SHAPE', t.name, t.pad);
  }
  block(kernel, kernel.body, { lanes: [], shares: new Map(), arrays: new Map(), rows: rowsPut(kernel) });
}
