// Dawn's instances and adapters: npm `webgpu`, loaded when first asked for; a real adapter first, SwiftShader where there is none.
// Invariant: an instance that `create` returned is kept for the life of the process (Dawn calls back into it), and an adapter is handed out
// only after it computed a long loop rightly. It does not know kernels.
import * as E from 'fp-ts/lib/Either.js';
import { type OpenAdapter, kindOf } from './gpu.js';
import type { RunError } from './run-error.js';
import { hasOwnDriver, prepareSwiftShader } from './swiftshader.js';

type Dawn = { readonly create: (options: string[]) => GPU; readonly globals: object };

// SwiftShader unrolls the extension's zeroing into one store an element (seconds a pipeline); without it, Dawn emits a loop that does the same.
const OPTIONS = ['disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension'];

const instances = new Map<string, GPU>();

const loadDawn = async (): Promise<E.Either<RunError, Dawn>> => {
  try {
    const dawn: Dawn = await import('webgpu');
    Object.assign(globalThis, dawn.globals);
    return E.right(dawn);
  } catch (error) {
    return E.left({ _tag: 'PackageMissing', package: 'webgpu', detail: String(error) });
  }
};

const instance = (dawn: Dawn, name: string, options: string[]): GPU => {
  const key = [name, ...options].join(' ');
  const known = instances.get(key);
  if (known !== undefined) return known;
  const fresh = dawn.create(options);
  instances.set(key, fresh);
  return fresh;
};

/** A device of Dawn's null backend: it validates and runs nothing, and needs no driver. */
export const openNullAdapter = async (): Promise<E.Either<RunError, GPUAdapter>> => {
  const dawn = await loadDawn();
  if (E.isLeft(dawn)) return dawn;
  const adapter = await instance(dawn.right, 'null', ['backend=null']).requestAdapter();
  return adapter === null ? E.left({ _tag: 'NoAdapter', detail: 'Dawn has no null backend' }) : E.right(adapter);
};

/** The adapter to use; `software` leaves out the machine's own, `extra` are further options of Dawn. */
export const openAdapter = async (
  software: boolean,
  extra: readonly string[] = [],
): Promise<E.Either<RunError, OpenAdapter>> => {
  const dawn = await loadDawn();
  if (E.isLeft(dawn)) return dawn;
  const options = [...OPTIONS, ...extra];
  const ask: GPURequestAdapterOptions = { powerPreference: 'high-performance' };
  const own = software || !hasOwnDriver() ? null : await instance(dawn.right, 'own', options).requestAdapter(ask);
  if (own !== null) return E.right({ adapter: own, kind: kindOf(own) });
  const prepared = prepareSwiftShader();
  if (E.isLeft(prepared)) return prepared;
  const soft = await instance(dawn.right, 'software', options).requestAdapter();
  return soft === null
    ? E.left({ _tag: 'NoAdapter', detail: 'SwiftShader is unpacked, but Dawn finds no adapter' })
    : E.right({ adapter: soft, kind: 'software' });
};
