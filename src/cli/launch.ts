// Runs an extracted kernel on arrays, and compares it with the statement. Invariant: what is compared with is the left-hand side of the
// theorem, evaluated in float64; the bound is the forward bound of the kernel's own IR on these inputs. Knows no files and prints nothing.
import * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Term } from '../core/index.js';
import * as core from '../core/index.js';
import { type Extracted } from '../extract/extract.js';
import { type SizeError, axisSizes, program } from '../extract/program.js';
import { type ShapeError, type Sizes, sizesOf } from '../extract/shapes.js';
import { evaluateBounded } from '../numeric/bound.js';
import { openCudaDevice } from '../numeric/cuda.js';
import type { EvaluateError, NumArray } from '../numeric/evaluate.js';
import { forward } from '../numeric/forward.js';
import { runHost } from '../numeric/host.js';
import type { KernelProgram } from '../numeric/program.js';
import type { RunError } from '../numeric/run-error.js';
import { type Gpu, openGpu } from '../numeric/webgpu.js';
import { NOTHING, type Within, within, worse } from '../numeric/within.js';

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
  | { readonly _tag: 'Shapes'; readonly error: ShapeError | SizeError }
  | { readonly _tag: 'NotFinite'; readonly wire: string; readonly index: number }
  | { readonly _tag: 'Run'; readonly error: RunError }
  | { readonly _tag: 'Reference'; readonly error: EvaluateError };

type Runner = (program: KernelProgram, inputs: readonly Float32Array[]) => Promise<E.Either<RunError, Float32Array[]>>;

export interface LaunchOptions {
  /** an open GPU to run on; without it one is opened and closed again */
  readonly gpu?: Gpu;
}
export interface Launched {
  readonly sizes: Sizes;
  readonly outputs: readonly OutputArray[];
  /** what it ran on */
  readonly device: string;
}

// ---- running ------------------------------------------------------------------------------------------------------------

async function on(
  target: Extracted['target'],
  one: KernelProgram,
  gpu: Gpu | undefined,
): Promise<E.Either<RunError, Opened>> {
  const nothing = async (): Promise<void> => undefined;
  if (target === 'host') return E.right({ run: runHost, device: 'the host', close: nothing });
  if (target === 'wgsl') {
    const opened = gpu ? E.right(gpu) : await openGpu();
    if (E.isLeft(opened)) return opened;
    const { run, adapter, close } = opened.right;
    return E.right({ run, device: `${adapter.name} (${adapter.kind})`, close: gpu ? nothing : close });
  }
  return openCudaDevice([one]);
}
interface Opened {
  readonly run: Runner;
  readonly device: string;
  readonly close: () => Promise<void>;
}

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
  const size = (e: core.Axis): number => axes[variableOf(e)?.name ?? ''] ?? 1;
  return info.spec.cod.leaves.map((l) => [...leading, ...l.axes.map(size)]);
}

function notFinite(inputs: Inputs): LaunchError | undefined {
  for (const [wire, { data }] of Object.entries(inputs)) {
    const index = data.findIndex((v) => !Number.isFinite(v));
    if (index >= 0) return { _tag: 'NotFinite', wire, index };
  }
  return undefined;
}

const shapesOf = (inputs: Inputs): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(Object.entries(inputs).map(([wire, { shape }]) => [wire, shape]));

/** Runs a kernel on arrays of any sizes, with the same further leading axes on all wires that are arrays. */
export async function launch(
  extracted: Extracted,
  inputs: Inputs,
  options: LaunchOptions = {},
): Promise<E.Either<LaunchError, Launched>> {
  const sizes = sizesOf(extracted.info.wires, shapesOf(inputs));
  if (E.isLeft(sizes)) return E.left({ _tag: 'Shapes', error: sizes.left });
  const bad = notFinite(inputs);
  if (bad) return E.left(bad);
  const one = program(extracted.emitted, sizes.right.axes);
  if (E.isLeft(one)) return E.left({ _tag: 'Shapes', error: one.left });
  const opened = await on(extracted.target, one.right, options.gpu);
  if (E.isLeft(opened)) return E.left({ _tag: 'Run', error: opened.left });
  const { run, device, close } = opened.right;
  const ran = await run(
    one.right,
    buffersOf(extracted, one.right, inputs).map((data) => Float32Array.from(data)),
  ).finally(close);
  if (E.isLeft(ran)) return E.left({ _tag: 'Run', error: ran.left });
  const shapes = outputShapes(extracted, sizes.right);
  return E.right({ sizes: sizes.right, device, outputs: ran.right.map((data, i) => ({ shape: shapes[i]!, data })) });
}

// ---- checking -----------------------------------------------------------------------------------------------------------

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The left-hand side of the theorem that the kernel was extracted from. */
export function specOf({ theorem, info }: Extracted): Term {
  const sequent = core.sequent(theorem.claim.main);
  return E.isRight(sequent) ? sequent.right.lhs : info.spec;
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

/** How far the outputs are from the statement's left-hand side; the ratio is at most 1 when all is well. */
export function compare(
  extracted: Extracted,
  inputs: Inputs,
  { sizes, outputs }: Launched,
): E.Either<LaunchError, Within> {
  const spec = specOf(extracted);
  const { kernel } = extracted.emitted.validated;
  const one = program(extracted.emitted, sizes.axes);
  if (E.isLeft(one)) return E.left({ _tag: 'Shapes', error: one.left });
  const buffers = buffersOf(extracted, one.right, inputs);
  const bounds = forward(kernel, axisSizes(kernel, sizes.axes), buffers, extracted.target);
  const env = { sizes: environment(extracted, sizes) };
  let worst = NOTHING;
  for (let at = 0; at < (sizes.axes['batch'] ?? 1); at += 1) {
    const expected = evaluateBounded(spec, env, slice(extracted, inputs, sizes, at));
    if (E.isLeft(expected)) return E.left({ _tag: 'Reference', error: expected.left });
    for (const [i, y] of expected.right.entries()) {
      const [from, to] = [at * y.data.length, (at + 1) * y.data.length];
      const off = within(y, outputs[i]!.data.subarray(from, to), bounds[i]!.bound.subarray(from, to));
      worst = worse(worst, { ...off, index: from + off.index });
    }
  }
  return E.right(worst);
}
