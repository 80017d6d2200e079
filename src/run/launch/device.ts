// Runs an extracted kernel on the device of its target. Invariant: what is opened here is closed here. Knows nothing of arrays (launch.ts).
import * as E from 'fp-ts/lib/Either.js';
import type { Extracted } from '../../kernel/extract/extract.js';
import { openCudaDevice } from '../device/cuda.js';
import { runHost } from '../device/host.js';
import { type Gpu, openGpu } from '../device/webgpu.js';
import { type Inputs, type LaunchError, type Launched, type Open, launchOn } from './launch.js';

export interface LaunchOptions {
  /** an open GPU to run on; without it one is opened and closed again */
  readonly gpu?: Gpu;
  /** of axes that the arrays do not determine */
  readonly sizes?: Readonly<Record<string, number>>;
}

const opening =
  (gpu: Gpu | undefined): Open =>
  async (target, one) => {
    const nothing = async (): Promise<void> => undefined;
    if (target === 'host') return E.right({ run: runHost, device: 'the host', close: nothing });
    if (target === 'cuda') return openCudaDevice([one]);
    const opened = gpu ? E.right(gpu) : await openGpu();
    if (E.isLeft(opened)) return opened;
    const { run, adapter, close } = opened.right;
    return E.right({ run, device: `${adapter.name} (${adapter.kind})`, close: gpu ? nothing : close });
  };

/** Runs a kernel on arrays of any sizes, as `launchOn` does. */
export const launch = (
  extracted: Extracted,
  inputs: Inputs,
  options: LaunchOptions = {},
): Promise<E.Either<LaunchError, Launched>> => launchOn(extracted, inputs, opening(options.gpu), options.sizes);
