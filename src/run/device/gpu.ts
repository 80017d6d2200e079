// Runs the wgsl target on an open adapter, of whatever makes one.
// Invariant: a result is returned only if validation, allocation and the device reported no error, every output element was written and
// no word behind a buffer was. Runs of one Gpu are serialised, so an error belongs to the run that caused it. It does not know
// what a kernel computes, nor where an adapter comes from: it works in a browser.
import * as E from 'fp-ts/lib/Either.js';
import { checkProgram } from './frame.js';
import { compileProgram, deviceFault, launch, overLimit, type Compiled, type Result } from './gpu-launch.js';
import type { KernelProgram } from '../../kernel/ir/program.js';
import type { RunError } from './run-error.js';

export type AdapterKind = 'hardware' | 'software';
export type OpenAdapter = { readonly adapter: GPUAdapter; readonly kind: AdapterKind };

export const kindOf = (adapter: GPUAdapter): AdapterKind =>
  adapter.info.isFallbackAdapter === true ||
  /swiftshader|llvmpipe|lavapipe/i.test(
    `${adapter.info.architecture} ${adapter.info.device} ${adapter.info.description}`,
  )
    ? 'software'
    : 'hardware';

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
  let timer: ReturnType<typeof setTimeout> | undefined;
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

export const describe = ({ info }: GPUAdapter): string => {
  const said = [info.vendor, info.device, info.description].filter((s) => s !== '');
  // a browser tells no device, and the architecture
  return (said.length > 1 ? said : [...said, info.architecture]).join(' ').trim();
};

/** A device of the adapter, once it has computed a long loop rightly. `timeoutMs` is of one run: the device is given up after it. */
export const openOn = async ({ adapter, kind }: OpenAdapter, timeoutMs: number = TEN_MINUTES): Result<Gpu> => {
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
