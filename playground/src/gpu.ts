// The visitor's GPU. Invariant: a device is kept for the next run until it is lost; an adapter is used only after it counted a long loop rightly. Knows no kernel.
import * as E from 'fp-ts/lib/Either.js';
import type { RunError } from '../../src/run/device/run-error.js';
import { type Gpu, kindOf, openOn } from '../../src/run/device/gpu.js';

export type NoGpu =
  { readonly _tag: 'NoWebGpu' } | { readonly _tag: 'NoAdapter' } | { readonly _tag: 'Run'; readonly error: RunError };

let open: Gpu | undefined;

export async function visitorsGpu(): Promise<E.Either<NoGpu, Gpu>> {
  if (open) return E.right(open);
  const gpu = (navigator as { readonly gpu?: GPU }).gpu;
  if (!gpu) return E.left({ _tag: 'NoWebGpu' });
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return E.left({ _tag: 'NoAdapter' });
  const opened = await openOn({ adapter, kind: kindOf(adapter) });
  if (E.isLeft(opened)) return E.left({ _tag: 'Run', error: opened.left });
  open = opened.right;
  return E.right(open);
}

/** After a fault of the device: the next run opens another. */
export function forget(): void {
  void open?.close();
  open = undefined;
}
