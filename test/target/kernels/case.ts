// One case: a kernel, sizes, and inputs from a seed; and the judgement of what came out. Invariant: what is expected is the float64 value of the
// statement's left side, element by element of the batch, under the forward bound of the kernel that ran; nothing else of the schedule is used for it.
import * as fc from 'fast-check';
import type { Axis, AxisVar } from '../../../src/core/index.js';
import type { StreamInfo } from '../../../src/language/elaborate/law.js';
import type { Binding } from '../../../src/language/point/point.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { axisSizes, program } from '../../../src/kernel/extract/program.js';
import { axisNames, sizesOf } from '../../../src/kernel/extract/shapes.js';
import { evaluate, evaluateRounded, type NumArray } from '../../../src/run/reference/evaluate.js';
import { type Forward, forward, judgingFrom } from '../../../src/run/rounding/forward.js';
import { lanesOf } from '../../../src/kernel/ir/kernel.js';
import type { KernelProgram } from '../../../src/kernel/ir/program.js';
import { type Reference, reference } from '../../../src/run/reference/reference.js';
import { NOTHING, type Within, within, worse } from '../../../src/run/rounding/within.js';
import { get } from '../../support/ir/dsl.js';
import { random } from '../../support/ir/run.js';
import { meeting } from './meeting.js';

export interface Case {
  readonly sizes: Readonly<Record<string, number>>;
  readonly leading: readonly number[];
  readonly seed: number;
  readonly scale: number;
  /** how the numbers of arrays are made; uniform where nothing is said */
  readonly kind?: Kind;
  /** what is added to every number of the first array before it is scaled; 0 where nothing is said */
  readonly mean?: number;
}

/** Numbers in [-1, 1] before they are scaled, from a random one in [0, 1) and the place in the array, from 0 to 1. */
const KINDS = {
  uniform: (x: number) => 2 * x - 1,
  /** all of one array equal */
  equal: () => 0.75,
  zeros: () => 0,
  /** many orders of magnitude in one array */
  spread: (x: number) => (x < 0.5 ? -1 : 1) * 2 ** (-40 * ((2 * x) % 1)),
  /** far from 0, and close together */
  offset: (x: number) => 1 + 2 ** -7 * x,
  /** later rows above earlier ones, all far apart */
  slope: (x: number, at: number) => at - 0.5 + 1e-4 * x,
  /** one number that is far above all others */
  peak: (x: number) => (x < 0.1 ? 1 : 1e-3 * (2 * x - 1)),
} as const;
export type Kind = keyof typeof KINDS;

/** The claim that a stream's kernel comes from. */
export function streamOf({ name, theorem }: Extracted): StreamInfo {
  if (!theorem.claim) throw new Error(`${name} is no stream`);
  return theorem.claim.info;
}

const variableOf = (e: Axis): AxisVar => e.terms[0]!.vars[0]!;
const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

// ---- random cases -------------------------------------------------------------------------------------------------------

/** Around the borders of tiles: 1, one less and more than a tile, two tiles, and anything small. */
const sizeArbitrary = (tile: number, lanes: number): fc.Arbitrary<number> =>
  lanes > 1
    ? alongLanes(tile, lanes)
    : fc.oneof(
        fc.constantFrom(...[1, tile - 1, tile, tile + 1, 2 * tile, 2 * tile + 1].filter((n) => n >= 1 && n <= 70)),
        fc.integer({ min: 1, max: Math.max(4, Math.min(3 * tile, 40)) }),
      );

/** With lanes along the axis: too few elements for the lanes, one each, and in each lane around the borders of its tiles; with any rest. */
const alongLanes = (tile: number, lanes: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.constantFrom(0, 1, tile - 1, tile, tile + 1, 2 * tile + 1), fc.oneof(fc.constantFrom(1, lanes), fc.integer({ min: 1, max: lanes })))
    .map(([each, rest]) => each * lanes + rest);

/** How many lanes lie along an axis. */
const lanesAlong = (theorem: Extracted['theorem'], axis: string): number =>
  lanesOf(theorem.scheduled, axis)?.most ?? 1;

/** The next size that no other axis has; 1 may stay. */
function distinct(sizes: readonly number[]): number[] {
  const used = new Set<number>();
  return sizes.map((n) => {
    let m = n;
    while (m > 1 && used.has(m)) m += 1;
    used.add(m);
    return m;
  });
}

export function caseArbitrary({ info, theorem }: Extracted): fc.Arbitrary<Case> {
  const names = [...info.names.axes.keys()];
  const drawn = fc.tuple(...names.map((n) => sizeArbitrary(theorem.tiles.get(n) ?? 6, lanesAlong(theorem, n))));
  const sizes = fc.oneof(
    { weight: 8, arbitrary: drawn.map(distinct) },
    { weight: 1, arbitrary: drawn.map((all) => all.map(() => all[0] ?? 1)) },
    { weight: 1, arbitrary: fc.constant(names.map(() => 1)) },
  );
  return fc.record({
    sizes: sizes.map((all) => Object.fromEntries(names.map((n, i) => [n, fitting(theorem, n, all[i]!)]))),
    leading: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    seed: fc.nat(),
    scale: fc.oneof(fc.constantFrom(0.5, 1, 2.5), fc.integer({ min: -40, max: 12 }).map((n) => 2 ** n)),
  });
}

/** The size, or of an axis that must be a multiple of its tile the least multiple above it; of one that lanes hold, what they hold at most. */
function fitting(theorem: Extracted['theorem'], axis: string, size: number): number {
  const use = theorem.scheduled.uses.find((u) => u.name === axis);
  if (use?._tag === 'Held') return Math.min(size, use.most);
  return use?._tag === 'Streamed' && !use.head ? Math.ceil(size / use.capacity) * use.capacity : size;
}

/** Every loop over tiles has turns, and every tile of the grid a ragged one beside it: two tiles and a bit of each axis, no two alike. */
export function spanning({ info, theorem }: Extracted): Case {
  const names = [...info.names.axes.keys()];
  const drawn = names.map((n, i) => fitting(theorem, n, (2 * (theorem.tiles.get(n) ?? 4) + 1) * lanesAlong(theorem, n) + i));
  return { sizes: Object.fromEntries(names.map((n, i) => [n, drawn[i]!])), leading: [2], seed: 7, scale: 1 };
}

/** The sizes, those of axes that must be multiples of their tiles made so. */
export const fitted = ({ theorem }: Extracted, sizes: Case['sizes']): Case['sizes'] =>
  Object.fromEntries(Object.entries(sizes).map(([n, size]) => [n, fitting(theorem, n, size)]));

/** Every size 1, or as small as the kernel takes. */
export const ones = ({ info, theorem }: Extracted): Case => ({
  sizes: Object.fromEntries([...info.names.axes.keys()].map((n) => [n, fitting(theorem, n, 1)])),
  leading: [],
  seed: 1,
  scale: 1,
});

const isTruth = (w: Binding): boolean => w.object.leaves.every((l) => l.base._tag === 'Boolean');

// ---- inputs -------------------------------------------------------------------------------------------------------------

export interface Prepared {
  readonly program: KernelProgram;
  readonly inputs: readonly Float32Array[];
  /** for each element of the batch, the arrays of every wire */
  readonly batch: readonly (readonly NumArray[])[];
  readonly env: ReadonlyMap<AxisVar, number>;
  /** of every axis variable of the kernel */
  readonly sizes: ReadonlyMap<AxisVar, number>;
}

/** Arrays are in [-scale, scale], in f32; scalars, which stand in denominators, are positive. */
export function prepare(kernel: Extracted, { sizes, leading, seed, scale, kind, mean }: Case): Prepared {
  const { info, emitted } = kernel;
  const next = random(seed);
  const own = info.wires.map((w) => axisNames(w).map((a) => sizes[a]!));
  const shapes = own.map((s) => (s.length === 0 ? [] : [...leading, ...s]));
  const found = get(sizesOf(info.wires, Object.fromEntries(info.wires.map((w, i) => [w.name, shapes[i]!]))));
  const made = KINDS[kind ?? 'uniform'];
  const inputs = shapes.map((s, w) => {
    const far = w === 0 ? (mean ?? 0) : 0;
    const data = new Float32Array(product(s));
    for (let i = 0; i < data.length; i++)
      data[i] = isTruth(info.wires[w]!)
        ? Math.round(next())
        : s.length === 0
          ? 0.05 + next()
          : scale * (far + made(next(), i / data.length));
    return data;
  });
  const rows = info.wires.some((w) => axisNames(w).length > 0) ? product(leading) : 1;
  const arrays = (): readonly (readonly NumArray[])[] => Array.from({ length: rows }, (_, b) =>
    own.map((shape, i) => {
      const n = product(shape);
      const from = shapes[i]!.length === 0 ? 0 : b * n;
      return { shape, data: new Float64Array(inputs[i]!.subarray(from, from + n)) };
    }),
  );
  const env = new Map([...info.names.axes].map(([name, e]) => [variableOf(e), sizes[name]!]));
  const batch = meeting(kernel, env, inputs, arrays);
  const all = axisSizes(emitted.validated.kernel, found.axes);
  return { program: get(program(emitted, found.axes)), inputs, batch, env, sizes: all };
}

/** Whether the inputs lie in the kernel's domain: where a condition is left to the caller, its value is what it must be, and not only by rounding. */
export function inDomain({ info, domain }: Extracted, { batch, env }: Prepared): boolean {
  const known = new Set(info.wires.map((w) => w.name));
  const open = domain.filter((c) => !c.proved && c.wires.every((w) => known.has(w.name)));
  return open.every((c) =>
    batch.every((inputs) => {
      const at = c.wires.map((w) => inputs[info.wires.findIndex((x) => x.name === w.name)]!);
      const values = get(evaluate(c.argument, { sizes: env }, at))[0]!.data;
      return values.every((x) => (c.requires === 'not zero' ? Math.abs(x) > 1e-3 : x >= 0));
    }),
  );
}

// ---- judgement ----------------------------------------------------------------------------------------------------------

/** The left side on every element of the batch, leaf by leaf. */
export const expected = ({ info }: Extracted, { batch, env }: Prepared): readonly (readonly Reference[])[] =>
  batch.map((inputs) => get(reference(info.spec, { sizes: env }, inputs)));

/** What a naive program in binary32 computes for the left side, leaf by leaf; WGSL may flush what is below 2^-126, read or computed, and a naive program there has that too. */
export const naive = ({ info, target }: Extracted, { batch, env }: Prepared): readonly (readonly NumArray[])[] => {
  const flushed = (x: number): number => (Math.abs(x) < 2 ** -126 ? 0 : Math.fround(x));
  const round = target === 'wgsl' ? flushed : Math.fround;
  return batch.map((inputs) => {
    const read = inputs.map(({ shape, data }) => ({ shape, data: data.map(round) }));
    return get(evaluateRounded(info.spec, { sizes: env }, read, round));
  });
};

/** The forward bound of each output on these inputs, for the target that executes it. */
export const bounds = ({ emitted, target }: Extracted, { inputs, sizes }: Prepared): readonly Forward[] =>
  forward(emitted.validated.kernel, sizes, inputs, target);

/** The worst over all elements; every output must have exactly the elements that are expected. An element without a bound is counted, not judged. */
export function judge(
  want: readonly (readonly Reference[])[],
  bound: readonly Forward[],
  found: readonly Float32Array[],
): Within {
  let worst = NOTHING;
  found.forEach((out, leaf) => {
    if (out.length !== bound[leaf]!.bound.length) throw new Error(`output ${leaf}: ${out.length}`);
    let from = 0;
    for (const w of want) {
      const n = w[leaf]!.data.length;
      worst = worse(worst, within(w[leaf]!, out.subarray(from, from + n), judgingFrom(bound[leaf]!, from, n)));
      from += n;
    }
    if (from !== out.length) throw new Error(`output ${leaf}: ${out.length} elements, ${from} expected`);
  });
  return worst;
}
