// Runs the wgsl target on Dawn.
// Invariant: a result is returned only if validation, allocation and the device reported no error, every output element was written and
// no word behind a buffer was. Runs of one Gpu are serialised, so an error belongs to the run that caused it. It does not know
// what a kernel computes.
import * as E from 'fp-ts/lib/Either.js';
import { openAdapter, openNullAdapter, type AdapterKind, type OpenAdapter } from './dawn.js';
import { checkProgram } from './frame.js';
import {
  compileModule,
  compileProgram,
  deviceFault,
  launch,
  overLimit,
  type Compiled,
  type Result,
} from './gpu-launch.js';
import type { KernelProgram } from '../../kernel/ir/program.js';
import type { RunError } from './run-error.js';

export type GpuLimits = {
  readonly maxComputeWorkgroupStorageSize: number;
  readonly maxComputeInvocationsPerWorkgroup: number;
  readonly maxComputeWorkgroupsPerDimension: number;
  readonly maxStorageBufferBindingSize: number;
};

export type Gpu = {
  readonly adapter: { readonly name: string; readonly kind: AdapterKind };
  readonly limits: GpuLimits;
  /** Inputs in binding order; the outputs, in binding order. */
  readonly run: (program: KernelProgram, inputs: readonly Float32Array[]) => Result<Float32Array[]>;
  readonly close: () => Promise<void>;
};

export type GpuOptions = {
  /** Leave out the machine's own adapters. */
  readonly software?: boolean;
  /** For one run; the device is given up after it. Default: ten minutes. */
  readonly timeoutMs?: number;
};

type Session = {
  readonly device: GPUDevice;
  readonly cache: Map<string, Compiled>;
  readonly timeoutMs: number;
  /** Why the device can no longer be used, once it cannot. */
  gone: RunError | undefined;
};

const TEN_MINUTES = 600_000;

const withTimeout = async (session: Session, work: Result<Float32Array[]>): Result<Float32Array[]> => {
  const error: RunError = { _tag: 'TimedOut', milliseconds: session.timeoutMs };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<E.Either<RunError, never>>((resolve) => {
    timer = setTimeout(() => {
      session.gone ??= error;
      resolve(E.left(error));
    }, session.timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const runOne = async (
  session: Session,
  program: KernelProgram,
  inputs: readonly Float32Array[],
): Result<Float32Array[]> => {
  const checked = checkProgram(program, 'wgsl', inputs);
  if (E.isLeft(checked)) return checked;
  if (session.gone !== undefined) return E.left(session.gone);
  const over = overLimit(session.device.limits, program);
  if (over !== undefined) return E.left(over);
  const compiled = await compileProgram(session.device, session.cache, program);
  if (E.isLeft(compiled)) return compiled;
  return withTimeout(session, launch(session.device, program, inputs, compiled.right));
};

// Some drivers stop an invocation's loops after 65,535 turns in all and go on with wrong numbers.
const LONG_LOOP: KernelProgram = {
  target: 'wgsl',
  entry: 'long_loop',
  text: `struct Params { turns : u32 }
@group(0) @binding(0) var<storage, read_write> total : array<f32>;
@group(0) @binding(1) var<uniform> params : Params;
@compute @workgroup_size(1) fn long_loop() {
  var sum = 0.0;
  for (var i = 0u; i < params.turns; i++) { for (var j = 0u; j < params.turns; j++) { sum += 1.0; } }
  total[0] = sum;
}`,
  params: ['turns'],
  buffers: [{ name: 'total', access: 'read_write', elements: 1 }],
  workgroup: [1, 1, 1],
  grid: [1, 1, 1],
  paramValues: [400],
};

const trust = async (gpu: Gpu): Result<Gpu> => {
  const result = await gpu.run(LONG_LOOP, []);
  if (E.isRight(result) && result.right[0]![0] === 160_000) return E.right(gpu);
  await gpu.close();
  const detail = E.isLeft(result)
    ? JSON.stringify(result.left)
    : `a loop of 160000 turns counted ${result.right[0]![0]}`;
  return E.left({ _tag: 'AdapterWrong', adapter: gpu.adapter.name, detail });
};

/** The adapter's own maximum of every limit that a kernel can meet. */
export const requiredLimits = ({ limits }: GPUAdapter): Record<string, GPUSize64> => ({
  maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
  maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
  maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
  maxComputeWorkgroupSizeY: limits.maxComputeWorkgroupSizeY,
  maxComputeWorkgroupSizeZ: limits.maxComputeWorkgroupSizeZ,
  maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
  maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
  maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
  maxBufferSize: limits.maxBufferSize,
});

const openSession = async (adapter: GPUAdapter, timeoutMs: number): Result<Session> => {
  try {
    const device = await adapter.requestDevice({ requiredLimits: requiredLimits(adapter) });
    const session: Session = { device, cache: new Map(), timeoutMs, gone: undefined };
    const give = (detail: string): void => void (session.gone ??= deviceFault(detail));
    void device.lost.then((info) => give(`the device was lost: ${info.message}`));
    // every run has its own error scopes: what still arrives here belongs to no run, so no later result is to be believed
    device.addEventListener('uncapturederror', (event) => give(event.error.message));
    return E.right(session);
  } catch (error) {
    return E.left(deviceFault(String(error)));
  }
};

const limitsOf = ({ limits }: GPUDevice): GpuLimits => ({
  maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
  maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
  maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
  maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
});

export const describe = ({ info }: GPUAdapter): string =>
  [info.vendor, info.device, info.description].filter((s) => s !== '').join(' ');

const openOn = async ({ adapter, kind }: OpenAdapter, timeoutMs: number): Result<Gpu> => {
  const session = await openSession(adapter, timeoutMs);
  if (E.isLeft(session)) return session;
  const { device } = session.right;
  let last: Promise<unknown> = Promise.resolve();
  const run: Gpu['run'] = (program, inputs) => {
    const next = last.then(() => runOne(session.right, program, inputs));
    last = next;
    return next;
  };
  const close = async (): Promise<void> => {
    await last;
    device.destroy();
    await device.lost;
  };
  return trust({ adapter: { name: describe(adapter), kind }, limits: limitsOf(device), run, close });
};

/** Opens the adapter to run on: the machine's own where there is one that computes rightly, SwiftShader where not. */
export const openGpu = async (options: GpuOptions = {}): Result<Gpu> => {
  const software = options.software ?? false;
  const opened = await openAdapter(software);
  if (E.isLeft(opened)) return opened;
  const gpu = await openOn(opened.right, options.timeoutMs ?? TEN_MINUTES);
  if (E.isRight(gpu) || software || gpu.left._tag !== 'AdapterWrong') return gpu;
  const second = await openGpu({ ...options, software: true });
  return E.isRight(second) ? second : gpu;
};

let nullDevice: Promise<E.Either<RunError, GPUDevice>> | undefined;

const openNullDevice = async (): Result<GPUDevice> => {
  const adapter = await openNullAdapter();
  return E.isLeft(adapter) ? adapter : E.right(await adapter.right.requestDevice());
};

/** Validates a text without any driver: types, constant bounds, uniformity of barriers; not the limits of a real adapter, nor races. */
export const validateWgsl = async (entry: string, text: string): Result<void> => {
  const device = await (nullDevice ??= openNullDevice());
  if (E.isLeft(device)) return device;
  const module = await compileModule(device.right, entry, text);
  return E.isLeft(module) ? module : E.right(undefined);
};
