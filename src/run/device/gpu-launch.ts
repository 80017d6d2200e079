// One launch of a wgsl program on an open device: compile, allocate, dispatch, read back.
// Invariant: everything allocated is freed, and every error scope pushed is popped, on every path. It does not know how the device was
// found, nor what a kernel computes; two launches at a time would mix their error scopes, which the caller prevents.
import * as E from 'fp-ts/lib/Either.js';
import { frameAll, GUARD, unframeAll } from './frame.js';
import type { KernelProgram } from '../../kernel/ir/program.js';
import type { CompileMessage, RunError } from './run-error.js';

export type Compiled = { readonly pipeline: GPUComputePipeline; readonly layout: GPUBindGroupLayout };
export type Result<A> = Promise<E.Either<RunError, A>>;

const MARGIN = { front: 0, back: GUARD };
const U32 = 4;

export const deviceFault = (detail: string): RunError => ({ _tag: 'DeviceFault', detail });

const errorsOf = (info: GPUCompilationInfo): CompileMessage[] =>
  info.messages.filter((m) => m.type === 'error').map((m) => ({ line: m.lineNum, column: m.linePos, text: m.message }));

export const compileModule = async (device: GPUDevice, entry: string, text: string): Result<GPUShaderModule> => {
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ code: text });
  const [info, error] = await Promise.all([module.getCompilationInfo(), device.popErrorScope()]);
  const messages = errorsOf(info);
  if (messages.length === 0 && error === null) return E.right(module);
  const other = [{ line: 0, column: 0, text: error?.message ?? '' }];
  return E.left({ _tag: 'CompileFailed', entry, messages: messages.length > 0 ? messages : other });
};

const bufferType = (access: 'read' | 'read_write'): GPUBufferBindingType =>
  access === 'read' ? 'read-only-storage' : 'storage';

// an explicit layout: "auto" drops a binding that the kernel does not use, and the dispatch then silently does nothing
const layoutOf = (device: GPUDevice, program: KernelProgram): GPUBindGroupLayout => {
  const types: GPUBufferBindingType[] = program.buffers.map((b) => bufferType(b.access));
  if (program.params.length > 0) types.push('uniform');
  return device.createBindGroupLayout({
    entries: types.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
  });
};

export const compileProgram = async (
  device: GPUDevice,
  cache: Map<string, Compiled>,
  program: KernelProgram,
): Result<Compiled> => {
  const access = program.buffers.map((b) => b.access).join(' ');
  const key = [program.entry, access, program.params.length > 0, program.text].join('\0');
  const known = cache.get(key);
  if (known !== undefined) return E.right(known);
  const module = await compileModule(device, program.entry, program.text);
  if (E.isLeft(module)) return module;
  const layout = layoutOf(device, program);
  try {
    const pipeline = await device.createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: module.right, entryPoint: program.entry },
    });
    const compiled = { pipeline, layout };
    cache.set(key, compiled);
    return E.right(compiled);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return E.left({ _tag: 'CompileFailed', entry: program.entry, messages: [{ line: 0, column: 0, text }] });
  }
};

export const overLimit = (limits: GPUSupportedLimits, program: KernelProgram): RunError | undefined => {
  const [x, y, z] = program.workgroup;
  const largest = Math.max(...program.buffers.map((b) => b.elements));
  const sizes: [what: string, asked: number, limit: number][] = [
    ['maxComputeInvocationsPerWorkgroup', x * y * z, limits.maxComputeInvocationsPerWorkgroup],
    ['maxComputeWorkgroupsPerDimension', Math.max(...program.grid), limits.maxComputeWorkgroupsPerDimension],
    ['maxStorageBuffersPerShaderStage', program.buffers.length, limits.maxStorageBuffersPerShaderStage],
    ['maxStorageBufferBindingSize', (largest + GUARD) * U32, limits.maxStorageBufferBindingSize],
  ];
  const over = sizes.find(([, asked, limit]) => asked > limit);
  return over && { _tag: 'OverLimit', what: over[0], asked: over[1], limit: over[2] };
};

const upload = (device: GPUDevice, words: Uint32Array, usage: GPUBufferUsageFlags): GPUBuffer => {
  const buffer = device.createBuffer({ size: words.byteLength, usage, mappedAtCreation: true });
  new Uint32Array(buffer.getMappedRange()).set(words);
  buffer.unmap();
  return buffer;
};

/** Params as a uniform buffer: u32 words, padded to 16 bytes. */
const paramWords = (values: readonly number[]): Uint32Array => {
  const words = new Uint32Array(Math.ceil(values.length / 4) * 4);
  words.set(values);
  return words;
};

type Bound = {
  readonly all: GPUBuffer[];
  readonly bound: GPUBuffer[];
  readonly reads: [from: GPUBuffer, to: GPUBuffer][];
};

const allocate = (device: GPUDevice, program: KernelProgram, inputs: readonly Float32Array[]): Bound => {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const bound = frameAll(program, inputs, MARGIN).map((words) => upload(device, words, usage));
  const outputs = bound.filter((_, i) => program.buffers[i]!.access === 'read_write');
  const reads = outputs.map((from): [GPUBuffer, GPUBuffer] => [
    from,
    device.createBuffer({ size: from.size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST }),
  ]);
  if (program.params.length > 0) bound.push(upload(device, paramWords(program.paramValues), GPUBufferUsage.UNIFORM));
  return { all: [...bound, ...reads.map(([, to]) => to)], bound, reads };
};

const submit = (
  device: GPUDevice,
  program: KernelProgram,
  { pipeline, layout }: Compiled,
  { bound, reads }: Bound,
): void => {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  const entries = bound.map((buffer, binding) => ({ binding, resource: { buffer } }));
  pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
  pass.dispatchWorkgroups(...program.grid);
  pass.end();
  for (const [from, to] of reads) encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
  device.queue.submit([encoder.finish()]);
};

const readBack = async ({ reads }: Bound): Promise<Uint32Array[]> => {
  await Promise.all(reads.map(([, to]) => to.mapAsync(GPUMapMode.READ)));
  return reads.map(([, to]) => new Uint32Array(to.getMappedRange().slice(0)));
};

/** Allocates, submits and reads back. Whatever is thrown on the way is a fault of the device. */
const execute = async (
  device: GPUDevice,
  program: KernelProgram,
  inputs: readonly Float32Array[],
  compiled: Compiled,
): Result<Uint32Array[]> => {
  let buffers: Bound | undefined;
  try {
    buffers = allocate(device, program, inputs);
    submit(device, program, compiled, buffers);
    return E.right(await readBack(buffers));
  } catch (error) {
    return E.left(deviceFault(String(error)));
  } finally {
    buffers?.all.forEach((b) => b.destroy());
  }
};

/** One launch, with the device's own judgement in front of ours. */
export const launch = async (
  device: GPUDevice,
  program: KernelProgram,
  inputs: readonly Float32Array[],
  compiled: Compiled,
): Result<Float32Array[]> => {
  const scopes = ['internal', 'out-of-memory', 'validation'] as const;
  scopes.forEach((scope) => device.pushErrorScope(scope));
  const execution = execute(device, program, inputs, compiled);
  const errors = await Promise.all(scopes.map(() => device.popErrorScope().catch(() => null)));
  const framed = await execution;
  const found = errors.find((e) => e !== null);
  if (found) return E.left(deviceFault(found.message));
  return E.isLeft(framed) ? framed : unframeAll(program, framed.right, MARGIN);
};
