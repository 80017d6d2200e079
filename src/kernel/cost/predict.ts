/**
 * Counts as numbers, and the time that a machine model gives for them. Invariant: the floor is two numbers, operations over peak and bytes that must move over
 * bandwidth; every other term is named. A time is a prediction, never a promise. It knows no schedule and no names of axes.
 */
import { type Memory, memoryOf } from '../emit/memory.js';
import {
  type Axis,
  type AxisVar,
  type Dim,
  type Kernel,
  type Stmt,
  blocksOf,
  foldedUses,
  laneCount,
  staticSize,
} from '../ir/kernel.js';
import { type Ring, sizeOf } from '../ir/position.js';
import { atomsOf } from './count.js';
import type { Machine } from './machine.js';
import type { Tally } from './meter.js';
import { type Polynomial, valueOf } from './polynomial.js';

const BYTES = 4;

/** A value for every axis variable of a kernel. */
export type Values = ReadonlyMap<AxisVar, number>;

/** What a launch does, in numbers; bytes where it says so. */
export interface Work {
  readonly flop: number;
  /** exponentials, logarithms, roots, reciprocals and divisions */
  readonly special: number;
  /** additions, products, extremes and comparisons, of which a product and a sum go together where they can */
  readonly instructions: number;
  readonly bytesRead: number;
  readonly bytesAsked: number;
  readonly bytesWritten: number;
  /** each array that is touched, once */
  readonly bytesLeast: number;
  readonly workgroupBytesRead: number;
  readonly workgroupBytesWritten: number;
  readonly barriers: number;
  readonly blocks: number;
  readonly lanes: number;
}

/** How many blocks a multiprocessor holds, and what keeps it from more. */
export interface Residence {
  /** a lane's registers, estimated from its private arrays: a compiler decides */
  readonly registers: number;
  /** whether the estimate is more than a lane can have: a compiler may find a way, or spill */
  readonly isOverfull: boolean;
  readonly blocks: number;
  readonly by: 'registers' | 'workgroup memory' | 'lanes' | 'blocks';
  /** lanes of a multiprocessor at work, of those that it can hold */
  readonly occupancy: number;
}

export type TermName = 'arithmetic' | 'special' | 'cache' | 'workgroup' | 'latency';

export interface Prediction {
  /** seconds: the greater of operations over peak and bytes that must move over bandwidth */
  readonly floor: { readonly compute: number; readonly memory: number };
  /** seconds that each part would take alone */
  readonly terms: Readonly<Record<TermName, number>>;
  /** seconds: the greatest of them all, and what a launch takes */
  readonly time: number;
}

const SPECIAL = ['exp', 'log', 'sqrt', 'recip', 'div'] as const;
const PLAIN = ['max', 'min', 'neg', 'lt'] as const;

export function workOf(kernel: Kernel, tally: Tally, values: Values): Work {
  const names = new Map([...atomsOf(kernel)].map(([axis, name]) => [name, values.get(axis)!]));
  const value = (p: Polynomial | undefined): number => (p ? valueOf(p, (name) => names.get(name)!) : 0);
  const ops = (of: readonly (typeof SPECIAL)[number][] | readonly (typeof PLAIN)[number][]): number =>
    of.reduce((n, o) => n + value(tally.operations.get(o)), 0);
  const [products, sums] = [value(tally.operations.get('mul')), value(tally.operations.get('add')) + value(tally.operations.get('sub'))]; // prettier-ignore
  const special = ops(SPECIAL);
  const loads = [...tally.loads.values()];
  const touched = [...kernel.inputs.filter((a) => tally.loads.has(a.name)), ...kernel.outputs];
  const ring = ringOf(kernel, values);
  const elements = (axes: readonly Axis[]): number => axes.reduce((n, e) => n * sizeOf(ring, e), 1);
  return {
    flop: products + sums + special + ops(['max', 'min', 'neg']),
    special,
    instructions: Math.max(products, sums) + ops(PLAIN) + value(tally.selects),
    bytesRead: BYTES * loads.reduce((n, l) => n + value(l.moved), 0),
    bytesAsked: BYTES * loads.reduce((n, l) => n + value(l.asked), 0),
    bytesWritten: BYTES * [...tally.stores.values()].reduce((n, p) => n + value(p), 0),
    bytesLeast: BYTES * touched.reduce((n, a) => n + elements(a.axes), 0),
    workgroupBytesRead: BYTES * value(tally.tileReads.kept),
    workgroupBytesWritten: BYTES * value(tally.tileWrites),
    barriers: value(tally.barriers),
    blocks: foldedUses(kernel).reduce((n, u) => n * intOf(blocksOf(u), ring), 1),
    lanes: laneCount(kernel),
  };
}

const ringOf = (kernel: Kernel, values: Values): Ring<number> => ({
  zero: 0,
  one: 1,
  size: (v) => staticSize(kernel.uses, v) ?? values.get(v)!,
  add: (x, y) => x + y,
  mul: (x, y) => x * y,
});
/** The number of blocks of a use: a size, or one more. */
function intOf(e: ReturnType<typeof blocksOf>, ring: Ring<number>): number {
  if (e._tag === 'Add') return intOf(e.left, ring) + intOf(e.right, ring);
  if (e._tag === 'Num') return e.value;
  if (e._tag === 'Size') return ring.size(e.axis);
  throw new Error(`blocks are counted by ${e._tag}`);
}

/** Registers of a lane besides its arrays: addresses, counters and what an expression holds. */
const BESIDES = 28;
const elements = (dims: readonly Dim[]): number => dims.reduce((n, d) => n * (d.share?.perLane ?? d.capacity), 1);

/** The most private numbers that are in scope at once. */
function live(body: readonly Stmt[]): number {
  const own = body.reduce((n, s) => n + (s._tag === 'Var' ? elements(s.dims) : s._tag === 'Let' ? 1 : 0), 0);
  const inner = body.map((s) => (s._tag === 'Stage' ? (s.ahead ?? 0) : 'body' in s ? live(s.body) : 0));
  return own + Math.max(0, ...inner);
}

export function residenceOf(kernel: Kernel, m: Machine, memory: Memory = memoryOf(kernel)): Residence {
  const needed = BESIDES + live(kernel.body);
  const registers = Math.min(m.registersOfLane, Math.ceil(needed / 8) * 8);
  const lanes = Math.ceil(memory.lanes / m.warp) * m.warp;
  const limits = [
    ['registers', Math.floor(m.perMultiprocessor.registers / (registers * lanes))],
    ['workgroup memory', Math.floor(m.perMultiprocessor.workgroupBytes / (memory.workgroup + m.reservedBytes))],
    ['lanes', Math.floor(m.perMultiprocessor.lanes / lanes)],
    ['blocks', m.perMultiprocessor.blocks],
  ] as const;
  const [by, blocks] = limits.reduce((a, b) => (b[1] < a[1] ? b : a));
  return {
    registers,
    isOverfull: needed > m.registersOfLane,
    blocks,
    by,
    occupancy: (blocks * lanes) / m.perMultiprocessor.lanes,
  };
}

/** How many turns of a loop a compiler is taken to write out where nobody says. */
const WRITTEN = 4;

/** How many loads of a lane are on their way at once, at most, before one is awaited. */
function ahead(body: readonly Stmt[], turns: number): number {
  return body.reduce((n, s) => {
    if (s._tag === 'Stage') return Math.max(n, s.turns === undefined ? WRITTEN : (s.ahead ?? s.turns));
    if (s._tag === 'Loop') return Math.max(n, ahead(s.body, s.unroll ?? WRITTEN));
    return 'body' in s ? Math.max(n, ahead(s.body, turns)) : n;
  }, turns);
}

export function predicted(kernel: Kernel, work: Work, r: Residence, m: Machine): Prediction {
  const floor = { compute: work.flop / m.flops, memory: work.bytesLeast / m.bandwidth };
  // the multiprocessor with the most blocks
  const share = work.blocks / m.multiprocessors;
  const uneven = Math.ceil(share) / share;
  const resident = Math.min(work.blocks, Math.max(1, r.blocks) * m.multiprocessors) * work.lanes;
  const terms = {
    arithmetic: (uneven * 2 * work.instructions) / m.flops,
    special: (uneven * work.special) / m.special,
    cache: (work.bytesRead + work.bytesWritten) / m.cacheBandwidth,
    workgroup: (uneven * (work.workgroupBytesRead + work.workgroupBytesWritten)) / m.workgroupBandwidth,
    latency: (work.bytesRead / BYTES / (resident * ahead(kernel.body, 1))) * m.latency,
  };
  return { floor, terms, time: Math.max(floor.compute, floor.memory, ...Object.values(terms)) + m.launch };
}
