/**
 * A text and the sizes of its axes -> a program that a runner can launch. Invariant: every number a runner needs is computed here, from the
 * sizes of the axes alone. It runs nothing.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, AxisVar } from '../../core/index.js';
import { type Emitted, emit } from '../emit/emit.js';
import { type Part, gridDims, paramsOf } from '../emit/param.js';
import { type ArrayDecl, type AxisUse, type Kernel, type Lanes, laneCount, lanesOf } from '../ir/kernel.js';
import { type Ring, sizeOf } from '../ir/position.js';
import type { BufferDecl, KernelProgram, Triple } from '../ir/program.js';

export type SizeError =
  | { readonly _tag: 'SizeMissing'; readonly axis: string }
  | { readonly _tag: 'SizeNoMultiple'; readonly axis: string; readonly size: number; readonly tile: number }
  | { readonly _tag: 'SizeWrong'; readonly axis: string; readonly size: number }
  | { readonly _tag: 'SizeHeld'; readonly axis: string; readonly size: number; readonly most: number }
  | { readonly _tag: 'ArrayTooLarge'; readonly array: string; readonly elements: number };

/** n = rest + count * b with 1 <= rest <= b;  n = head + count * b + flag * last with head = min(n, b) where a rest comes last. */
export function partsOf(use: AxisUse, n: number): Readonly<Record<Part, number>> {
  const zero: Record<Part, number> = { size: n, rest: 0, count: 0, head: 0, flag: 0, last: 1, lanes: 0 };
  if (use._tag === 'Lanes') {
    const { lanes, each } = alongLanes(use, n);
    return { ...zero, rest: n - lanes * each, lanes };
  }
  if (!('capacity' in use)) return zero;
  const b = use.capacity;
  if (use._tag === 'Streamed' && use.last) {
    const head = Math.min(n, b);
    const left = (n - head) % b;
    return { ...zero, head, count: Math.floor((n - head) / b), flag: left > 0 ? 1 : 0, last: left > 0 ? left : 1 };
  }
  if (use._tag === 'Streamed' && !use.head) return { ...zero, count: n / b };
  const count = Math.ceil(n / b) - 1;
  return { ...zero, rest: n - count * b, head: n - count * b, count };
}

/** n = rest + each * lanes, with all lanes or none, at least one element in each, and 1 <= rest. */
function alongLanes({ most }: Lanes, n: number): { readonly lanes: number; readonly each: number } {
  const each = Math.floor((n - 1) / most);
  return each === 0 ? { lanes: 0, each: 1 } : { lanes: most, each };
}

/** How long the axis is that a use cuts: of a stream with lanes along it, what one lane has. */
function lengthOf(uses: readonly AxisUse[], use: AxisUse, sizes: Readonly<Record<string, number>>): number {
  if (use._tag === 'Lanes') return sizes[use.of]!;
  const lanes = use._tag === 'Streamed' ? lanesOf({ uses }, use.name) : undefined;
  return lanes ? alongLanes(lanes, sizes[use.name]!).each : sizes[use.name]!;
}

function checked(uses: readonly AxisUse[], sizes: Readonly<Record<string, number>>): SizeError | undefined {
  for (const u of uses) {
    if (u._tag === 'Lanes') continue; // as long as what it is of
    const n = Object.hasOwn(sizes, u.name) ? sizes[u.name] : undefined;
    if (n === undefined) return { _tag: 'SizeMissing', axis: u.name };
    if (u._tag === 'Streamed' && !u.head && n % u.capacity !== 0)
      return { _tag: 'SizeNoMultiple', axis: u.name, size: n, tile: u.capacity };
    if (!Number.isInteger(n) || n < 1 || n >= 2 ** 31) return { _tag: 'SizeWrong', axis: u.name, size: n };
    if (u._tag === 'Held' && n > u.most) return { _tag: 'SizeHeld', axis: u.name, size: n, most: u.most };
  }
  return undefined;
}

/** The value of every axis variable. */
export function axisSizes(kernel: Kernel, sizes: Readonly<Record<string, number>>): ReadonlyMap<AxisVar, number> {
  const known = paramsOf(kernel.uses).map((p) => {
    const use = kernel.uses.find((u) => u.name === p.use)!;
    return [p.axis, partsOf(use, lengthOf(kernel.uses, use, sizes))[p.part]] as const;
  });
  const tiles = kernel.uses.flatMap((u) => ('capacity' in u ? [[u.tile, u.capacity] as const] : []));
  return new Map([...known, ...tiles]);
}

/** How many blocks a device takes along each dimension of its grid. */
export const MOST_BLOCKS: Readonly<Record<Emitted['target'], Triple>> = {
  wgsl: [65535, 65535, 65535],
  cuda: [2 ** 31 - 1, 65535, 65535],
  host: [Infinity, Infinity, Infinity],
};
const ANY = { workgroup: Infinity, private: Infinity, lanes: Infinity };

/** The text with its grid: as it is, or where the grid is too long in a dimension, the same kernel with its blocks counted by one number. */
function onGrid(emitted: Emitted, grid: Triple): Emitted {
  const most = MOST_BLOCKS[emitted.target];
  if (emitted.numbered === 'folded' || grid.every((n, i) => n <= most[i]!)) return emitted;
  const folded = emit(emitted.target, emitted.validated, [], ANY, 'folded');
  return E.isRight(folded) ? folded.right : emitted;
}

/** So many blocks, in rows; the last row may have some that are not there. */
function folded([x, y, z]: Triple, [most]: Triple): Triple {
  const total = x * y * z;
  const row = Math.min(total, most);
  return [row, Math.ceil(total / row), 1];
}

export function program(emitted: Emitted, sizes: Readonly<Record<string, number>>): E.Either<SizeError, KernelProgram> {
  const { kernel } = emitted.validated;
  const wrong = checked(kernel.uses, sizes);
  if (wrong) return E.left(wrong);
  const values = axisSizes(kernel, sizes);
  const ring: Ring<number> = {
    zero: 0,
    one: 1,
    size: (v) => values.get(v)!,
    add: (x, y) => x + y,
    mul: (x, y) => x * y,
  };
  const elements = (axes: readonly Axis[]): number => axes.reduce((n, e) => n * sizeOf(ring, e), 1);
  const buffer = (a: ArrayDecl, i: number): BufferDecl => ({
    name: emitted.arrays[i]!,
    access: i < kernel.inputs.length ? 'read' : 'read_write',
    elements: elements(a.axes),
  });
  const buffers = [...kernel.inputs, ...kernel.outputs].map(buffer);
  const large = buffers.find((b) => b.elements >= 2 ** 31); // addresses are u32
  if (large) return E.left({ _tag: 'ArrayTooLarge', array: large.name, elements: large.elements });
  const blocks = (uses: readonly AxisUse[]): number =>
    uses.reduce((n, u) => n * (u._tag === 'Grouped' ? 1 + values.get(u.count)! : sizes[u.name]!), 1);
  const grid = gridDims(kernel).map(blocks) as unknown as Triple;
  const { target, entry, text, params, numbered } = onGrid(emitted, grid);
  return E.right({
    target,
    entry,
    text,
    params: params.map((p) => p.name),
    paramValues: params.map((p) => values.get(p.axis)!),
    buffers,
    workgroup: [laneCount(kernel), 1, 1],
    grid: numbered === 'folded' ? folded(grid, MOST_BLOCKS[target]) : grid,
  });
}
