// Opens Dawn's adapters, to run the wgsl target on them or to validate a text.
// Invariant: the machine's own adapter is taken where it computes rightly, SwiftShader where not. It does not know what a kernel computes, nor
// how it runs (gpu.ts).
import * as E from 'fp-ts/lib/Either.js';
import { openAdapter, openNullAdapter } from './dawn.js';
import { type Gpu, openOn } from './gpu.js';
import { compileModule, type Result } from './gpu-launch.js';
import type { RunError } from './run-error.js';

export type { Gpu };

export type GpuOptions = {
  /** Leave out the machine's own adapters. */
  readonly software?: boolean;
  /** For one run; the device is given up after it. Default: ten minutes. */
  readonly timeoutMs?: number;
};

/** Opens the adapter to run on: the machine's own where there is one that computes rightly, SwiftShader where not. */
export const openGpu = async (options: GpuOptions = {}): Result<Gpu> => {
  const software = options.software ?? false;
  const opened = await openAdapter(software);
  if (E.isLeft(opened)) return opened;
  const gpu = await openOn(opened.right, options.timeoutMs);
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
