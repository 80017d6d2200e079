// Runs an extracted kernel on arrays, and compares it with the statement. Invariant: what is compared with is the left-hand side of the
// theorem, evaluated in float64; the bound is the forward bound of the kernel's own IR on these inputs. Knows no files and no way to a device, and prints nothing.
import * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import { type Extracted } from '../../kernel/extract/extract.js';
import { type SizeError, axisSizes, program } from '../../kernel/extract/program.js';
import { type ShapeError, type Sizes, sizesOf } from '../../kernel/extract/shapes.js';
import type { EvaluateError, NumArray } from '../reference/evaluate.js';
import { forward, judgingFrom } from '../rounding/forward.js';
import type { KernelProgram } from '../../kernel/ir/program.js';
import { preconditionsOf } from '../../language/elaborate/precondition.js';
import { type Unmet, unmet } from './precondition.js';
import { reference } from '../reference/reference.js';
import type { RunError } from '../device/run-error.js';
import { type Ring, sizeOf } from '../../kernel/ir/position.js';
import { NOTHING, type Seen, type Within, within, worse } from '../rounding/within.js';

/** An array in C order; a scalar has the empty shape. */
export interface InputArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}
export type Inputs = Readonly<Record<string, InputArray>>;

export interface OutputArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type LaunchError =
  /** where the result is compared with the statement: it says nothing of these data */
  | Unmet
  | { readonly _tag: 'Shapes'; readonly error: ShapeError | SizeError }
  | { readonly _tag: 'NotFinite'; readonly wire: string; readonly index: number }
  /** a wire of truth values with a number that is neither 0 nor 1 */
  | { readonly _tag: 'NotTruth'; readonly wire: string; readonly index: number; readonly value: number }
  /** what f32 makes an infinity, or of a scalar that is not 0 a 0 */
  | {
      readonly _tag: 'CastInfinite' | 'CastZero';
      readonly wire: string;
      readonly index: number;
      readonly value: number;
    }
  | { readonly _tag: 'Run'; readonly error: RunError }
  | { readonly _tag: 'Reference'; readonly error: EvaluateError };

type Runner = (program: KernelProgram, inputs: readonly Float32Array[]) => Promise<E.Either<RunError, Float32Array[]>>;

/** A device that is open for a target. */
export interface Opened {
  readonly run: Runner;
  readonly device: string;
  readonly close: () => Promise<void>;
}
export type Open = (target: Extracted['target'], one: KernelProgram) => Promise<E.Either<RunError, Opened>>;

export interface Launched {
  readonly sizes: Sizes;
  readonly outputs: readonly OutputArray[];
  /** what it ran on */
  readonly device: string;
  /** the arrays some of whose numbers are not 0 and become 0 in f32 */
  readonly vanished: readonly Vanished[];
}
export interface Vanished {
  readonly wire: string;
  readonly count: number;
  /** the first of them, flat */
  readonly index: number;
}

// ---- running ------------------------------------------------------------------------------------------------------------

/** The data of every wire, a scalar once for each element of the batch. */
function buffersOf({ info }: Extracted, one: KernelProgram, inputs: Inputs): readonly InputArray['data'][] {
  const read = one.buffers.filter((b) => b.access === 'read');
  return info.wires.map((w, i) => {
    const { data } = inputs[w.name]!;
    const elements = read[i]?.elements ?? data.length;
    return data.length === 1 ? new Float64Array(elements).fill(data[0]!) : data;
  });
}

const variableOf = (e: core.Axis): AxisVar | undefined => e.terms[0]?.vars[0];

function outputShapes({ info }: Extracted, { leading, axes }: Sizes): readonly (readonly number[])[] {
  const ring: Ring<number> = {
    zero: 0,
    one: 1,
    size: (v) => axes[v.name]!,
    add: (x, y) => x + y,
    mul: (x, y) => x * y,
  };
  return info.spec.cod.leaves.map((l) => [...leading, ...l.axes.map((e) => sizeOf(ring, e))]);
}

function notFinite(inputs: Inputs): LaunchError | undefined {
  for (const [wire, { data }] of Object.entries(inputs)) {
    const index = data.findIndex((v) => !Number.isFinite(v));
    if (index >= 0) return { _tag: 'NotFinite', wire, index };
  }
  return undefined;
}

/** Truth values are 0 and 1. */
function notTruth({ info }: Extracted, inputs: Inputs): LaunchError | undefined {
  for (const w of info.wires.filter(({ object }) => object.leaves.some((l) => l.base._tag === 'Boolean'))) {
    const { data } = inputs[w.name]!;
    const index = data.findIndex((v) => v !== 0 && v !== 1);
    if (index >= 0) return { _tag: 'NotTruth', wire: w.name, index, value: data[index]! };
  }
  return undefined;
}

/** Kernels read f32: an input that has no such number is refused, and of an array what becomes 0 is counted. */
function cast(inputs: Inputs, target: Extracted['target']): E.Either<LaunchError, readonly Vanished[]> {
  const vanished: Vanished[] = [];
  // wgsl may flush what is smaller
  const kept = target === 'wgsl' ? 2 ** -126 : 2 ** -149;
  for (const [wire, { shape, data }] of Object.entries(inputs)) {
    const value = data[0]!;
    if (shape.length === 0 && value !== 0 && Math.abs(Math.fround(value)) < kept)
      return E.left({ _tag: 'CastZero', wire, index: 0, value });
    if (!(data instanceof Float64Array)) continue;
    const large = data.findIndex((v) => !Number.isFinite(Math.fround(v)));
    if (large >= 0) return E.left({ _tag: 'CastInfinite', wire, index: large, value: data[large]! });
    const lost = (v: number): boolean => v !== 0 && Math.fround(v) === 0;
    const index = data.findIndex(lost);
    if (index < 0) continue;
    vanished.push({ wire, count: data.reduce((n, v) => n + (lost(v) ? 1 : 0), 0), index });
  }
  return E.right(vanished);
}

const shapesOf = (inputs: Inputs): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(Object.entries(inputs).map(([wire, { shape }]) => [wire, shape]));

/**
 * Runs a kernel on arrays of any sizes, with the same further leading axes on all wires that are arrays, on what `open` gives for it. `known` are sizes of axes
 * that the arrays do not determine.
 */
export async function launchOn(
  extracted: Extracted,
  inputs: Inputs,
  open: Open,
  known?: Readonly<Record<string, number>>,
): Promise<E.Either<LaunchError, Launched>> {
  const sizes = sizesOf(extracted.info.wires, shapesOf(inputs), known);
  if (E.isLeft(sizes)) return E.left({ _tag: 'Shapes', error: sizes.left });
  const bad = notFinite(inputs) ?? notTruth(extracted, inputs);
  if (bad) return E.left(bad);
  const narrow = cast(inputs, extracted.target);
  if (E.isLeft(narrow)) return narrow;
  const one = program(extracted.emitted, sizes.right.axes);
  if (E.isLeft(one)) return E.left({ _tag: 'Shapes', error: one.left });
  const opened = await open(extracted.target, one.right);
  if (E.isLeft(opened)) return E.left({ _tag: 'Run', error: opened.left });
  const { run, device, close } = opened.right;
  const ran = await run(
    one.right,
    buffersOf(extracted, one.right, inputs).map((x) => (x instanceof Float32Array ? x : Float32Array.from(x))),
  ).finally(close);
  if (E.isLeft(ran)) return E.left({ _tag: 'Run', error: ran.left });
  const shapes = outputShapes(extracted, sizes.right);
  const outputs = ran.right.map((data, i) => ({ shape: shapes[i]!, data }));
  return E.right({ sizes: sizes.right, device, outputs, vanished: narrow.right });
}

// ---- checking -----------------------------------------------------------------------------------------------------------

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The left-hand side of the theorem that the kernel was extracted from; under conditions, where they are met. */
export function specOf({ theorem, info }: Extracted): Term {
  if (theorem.claim && preconditionsOf(theorem.claim.info).length > 0) return info.spec;
  const sequent = theorem.claim && core.sequent(theorem.claim.main);
  return sequent && E.isRight(sequent) ? sequent.right.lhs : info.spec;
}

/** The inputs of one element of the batch. */
function slice({ info }: Extracted, inputs: Inputs, sizes: Sizes, at: number): readonly NumArray[] {
  return info.wires.map((w) => {
    const { shape, data } = inputs[w.name]!;
    const rank = w.object.leaves[0]?.axes.length ?? 0;
    const own = shape.slice(shape.length - rank);
    const n = product(own);
    return {
      shape: own,
      data: rank === 0 ? Float64Array.from(data) : Float64Array.from(data.subarray(at * n, (at + 1) * n)),
    };
  });
}

function environment({ info }: Extracted, { axes }: Sizes): ReadonlyMap<AxisVar, number> {
  const all = [...info.names.axes.values()].map(variableOf).filter((v) => v !== undefined);
  return new Map(all.map((v) => [v, axes[v.name] ?? 1]));
}

/** An element of an output. */
export interface ElementPlace {
  readonly output: number;
  /** flat, in C order */
  readonly index: number;
}
/** The judgement of all outputs together. */
export interface Compared extends Omit<Within, 'index' | 'places'> {
  /** of the element whose error is the largest share of its bound */
  readonly at: ElementPlace;
  /** the first elements that are not judged */
  readonly places: readonly ElementPlace[];
}

/** How far the outputs are from the statement's left-hand side; all is well when the ratio is at most 1 and nothing is unjudged. */
export function compare(
  extracted: Extracted,
  inputs: Inputs,
  { sizes, outputs }: Launched,
  seen?: (place: ElementPlace, error: number, bound: number) => void,
): E.Either<LaunchError, Compared> {
  const spec = specOf(extracted);
  const { kernel } = extracted.emitted.validated;
  const one = program(extracted.emitted, sizes.axes);
  if (E.isLeft(one)) return E.left({ _tag: 'Shapes', error: one.left });
  const buffers = buffersOf(extracted, one.right, inputs);
  const bounds = forward(kernel, axisSizes(kernel, sizes.axes), buffers, extracted.target, 'f32', true);
  const env = { sizes: environment(extracted, sizes) };
  const worst: Within[] = outputs.map(() => NOTHING);
  for (let at = 0; at < (sizes.axes['batch'] ?? 1); at += 1) {
    const part = ({ bound }: (typeof bounds)[number]): Float64Array => {
      const n = bound.length / (sizes.axes['batch'] ?? 1);
      return bound.subarray(at * n, (at + 1) * n);
    };
    const own = slice(extracted, inputs, sizes, at);
    const condition = unmet(extracted, env, own, at);
    if (E.isLeft(condition)) return E.left({ _tag: 'Reference', error: condition.left });
    if (condition.right) return E.left(condition.right);
    const expected = reference(spec, env, own, bounds.map(part));
    if (E.isLeft(expected)) return E.left({ _tag: 'Reference', error: expected.left });
    for (const [i, y] of expected.right.entries()) {
      const [from, n] = [at * y.data.length, y.data.length];
      const told: Seen | undefined =
        seen && ((at, error, bound) => seen({ output: i, index: from + at }, error, bound));
      const off = within(y, outputs[i]!.data.subarray(from, from + n), judgingFrom(bounds[i]!, from, n), told);
      const moved = { ...off, index: from + off.index, places: off.places.map((p) => from + p) };
      worst[i] = worse(worst[i]!, moved);
    }
  }
  return E.right(together(worst));
}

function together(all: readonly Within[]): Compared {
  const placed = all.map((w, output): Compared => {
    const { index, places, ...rest } = w;
    return { ...rest, at: { output, index }, places: places.map((p) => ({ output, index: p })) };
  });
  return placed.reduce((a, b) => {
    const { index: _, places: __, ...sums } = worse({ ...a, index: 0, places: [] }, { ...b, index: 0, places: [] });
    const first = a.judged > 0 && !(b.judged > 0 && b.ratio > a.ratio);
    return { ...sums, at: first ? a.at : b.at, places: [...a.places, ...b.places].slice(0, 5) };
  });
}
