// A WebGPU device whose buffers stay, for timing: inputs made on it, each kernel judged on them once and then run again and again. Invariant: a time is
// that of the device's own clock around dispatches that wait for one another; an error that the device reports ends the session. It does not know what
// is printed.
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { openAdapter } from '../../../src/run/device/dawn.js';
import { GUARD, frame, unframe } from '../../../src/run/device/frame.js';
import { type Compiled, compileProgram, overLimit } from '../../../src/run/device/gpu-launch.js';
import type { BufferDecl, KernelProgram } from '../../../src/kernel/ir/program.js';
import { describe, requiredLimits } from '../../../src/run/device/gpu.js';
import { type Case, bounds, expected, judge, ones, prepare } from '../kernels/case.js';
import { get } from '../../support/ir/dsl.js';
import { chooseRows, forText, partOf, rowsOfOutputs } from './rows.js';

export interface Timed {
  readonly what: string;
  /** that must be moved once */
  readonly bytes: number;
  /** the worst error over the forward bound, of the rows that were compared */
  readonly ratio: number | undefined;
  readonly dispatch: (pass: GPUComputePassEncoder) => void;
}

const MARGIN = { front: 0, back: GUARD };
const WORD = 4;
const EPS = 1e-6;
const LANES = 256;
const FEW = { most: 3e6, least: 8 };

/** A text of this file's own, over all elements in strides of the grid. */
const strided = (
  name: string,
  buffers: readonly BufferDecl[],
  declared: string,
  body: string,
  n: number,
): KernelProgram => ({
  target: 'wgsl',
  entry: name,
  text: `struct Params { n : u32, seed : u32 }
${declared}
@group(0) @binding(${buffers.length}) var<uniform> params : Params;
@compute @workgroup_size(${LANES}) fn ${name}(@builtin(global_invocation_id) at : vec3u, @builtin(num_workgroups) groups : vec3u) {
  for (var i = at.x; i < params.n; i += groups.x * ${LANES}u) { ${body} }
}`,
  params: ['n', 'seed'],
  buffers,
  workgroup: [LANES, 1, 1],
  grid: [Math.min(16384, Math.ceil(n / LANES)), 1, 1],
  paramValues: [n, 0],
});

/** Numbers in [-1, 1) from a hash of the place. */
const fill = (elements: number, seed: number): KernelProgram => ({
  ...strided(
    'fill',
    [{ name: 'x', access: 'read_write', elements }],
    '@group(0) @binding(0) var<storage, read_write> x : array<f32>;',
    `var h = i * 747796405u + params.seed;
    h = ((h >> ((h >> 28u) + 4u)) ^ h) * 277803737u;
    x[i] = f32(((h >> 22u) ^ h) >> 8u) / 8388608.0 - 1.0;`,
    elements,
  ),
  paramValues: [elements, seed],
});
const copyOf = (elements: number): KernelProgram =>
  strided(
    'copy',
    [
      { name: 'x', access: 'read', elements },
      { name: 'y', access: 'read_write', elements },
    ],
    `@group(0) @binding(0) var<storage, read> x : array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y : array<vec4f>;`,
    'y[i] = x[i];',
    elements / 4,
  );

export class Session {
  private readonly cache = new Map<string, Compiled>();
  private readonly inputs = new Map<string, GPUBuffer>();
  private readonly owned: GPUBuffer[] = [];
  private fault: string | undefined;

  private constructor(
    readonly name: string,
    private readonly device: GPUDevice,
  ) {
    device.addEventListener('uncapturederror', (event) => (this.fault ??= event.error.message));
    void device.lost.then(({ reason, message }) => reason !== 'destroyed' && (this.fault ??= message));
  }

  static async open(software: boolean, options: readonly string[]): Promise<Session> {
    const { adapter, kind } = get(await openAdapter(software, options));
    const name = describe(adapter);
    if (kind === 'software' && !software) throw new Error(`no GPU: the adapter is ${name}, which is software`);
    if (!adapter.features.has('timestamp-query')) throw new Error(`${name} has no clock of its own`);
    const device = await adapter.requestDevice({
      requiredLimits: requiredLimits(adapter),
      requiredFeatures: ['timestamp-query'],
    });
    return new Session(name, device);
  }

  private buffer(words: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const made = this.device.createBuffer({ size: WORD * words, usage });
    this.owned.push(made);
    return made;
  }

  private storage(words: number): GPUBuffer {
    return this.buffer(words, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST);
  }

  private async bound(program: KernelProgram, buffers: readonly GPUBuffer[]): Promise<Timed['dispatch']> {
    const over = overLimit(this.device.limits, program);
    if (over) throw new Error(JSON.stringify(over));
    const { pipeline, layout } = get(await compileProgram(this.device, this.cache, program));
    const params = this.buffer(
      Math.ceil(program.params.length / 4) * 4,
      GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    );
    this.device.queue.writeBuffer(params, 0, Uint32Array.from(program.paramValues));
    const entries = [...buffers, params].map((buffer, binding) => ({ binding, resource: { buffer } }));
    const group = this.device.createBindGroup({ layout, entries });
    return (pass) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...program.grid);
    };
  }

  /** Milliseconds of `times` dispatches, by the device's clock. */
  private async measured(dispatch: Timed['dispatch'], times: number): Promise<number> {
    const querySet = this.device.createQuerySet({ type: 'timestamp', count: 2 });
    const resolved = this.device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass({
      timestampWrites: { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
    });
    for (let i = 0; i < times; i++) dispatch(pass);
    pass.end();
    encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
    this.device.queue.submit([encoder.finish()]);
    const [from, to] = new BigInt64Array((await this.read(resolved, 4)).buffer);
    resolved.destroy();
    querySet.destroy();
    return Number(to! - from!) / 1e6;
  }

  /** Some spans of a buffer, each of the same number of words. */
  private async read(buffer: GPUBuffer, words: number, spans: readonly number[] = [0]): Promise<Uint32Array> {
    const [size, usage] = [WORD * words * spans.length, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST];
    const target = this.device.createBuffer({ size, usage });
    const encoder = this.device.createCommandEncoder();
    for (const [i, span] of spans.entries())
      encoder.copyBufferToBuffer(buffer, WORD * words * span, target, WORD * words * i, WORD * words);
    this.device.queue.submit([encoder.finish()]);
    await target.mapAsync(GPUMapMode.READ);
    if (this.fault !== undefined) throw new Error(this.fault);
    const found = new Uint32Array(target.getMappedRange().slice(0));
    target.destroy();
    return found;
  }

  /** Random numbers; the same for every kernel that asks for this name and length. */
  private async input({ name, elements }: BufferDecl): Promise<GPUBuffer> {
    const key = `${name} ${elements}`;
    const known = this.inputs.get(key);
    if (known) return known;
    const buffer = this.storage(elements);
    if (elements === 1) this.device.queue.writeBuffer(buffer, 0, Float32Array.of(EPS));
    else {
      const dispatch = await this.bound(fill(elements, 1 + this.inputs.size), [buffer]);
      await this.measured(dispatch, 1);
    }
    this.inputs.set(key, buffer);
    return buffer;
  }

  /** A kernel, run once on a poisoned output and judged. */
  async timed(kernel: Extracted, what: string, sizes: Case['sizes'], batch: number): Promise<Timed> {
    const c: Case = { sizes, leading: [batch], seed: batch, scale: 1 };
    const { program } = forText(kernel, c, prepare(kernel, ones(kernel)));
    const reads = program.buffers.filter((b) => b.access === 'read');
    const out = program.buffers.at(-1)!;
    const inputs: GPUBuffer[] = [];
    for (const b of reads) inputs.push(await this.input(b));
    const result = this.storage(out.elements + GUARD);
    this.device.queue.writeBuffer(result, 0, frame(out.elements, undefined, MARGIN));
    const dispatch = await this.bound(program, [...inputs, result]);
    await this.measured(dispatch, 1);
    const found = get(unframe(out.name, await this.read(result, out.elements + GUARD), out.elements, MARGIN));
    const rows = chooseRows(kernel, c, FEW);
    // only the elements of the batch that are looked at are read back
    const { elements } = rows;
    const few = { ...rows, elements: elements.map((_, i) => i) };
    const data: Float32Array[] = [];
    for (const [i, b] of reads.entries()) {
      const [words, spans] = b.elements === 1 ? [1, [0]] : [b.elements / batch, elements];
      data.push(new Float32Array((await this.read(inputs[i]!, words, spans)).buffer));
    }
    const part = partOf(kernel, { ...c, leading: [elements.length] }, data, few);
    const off = judge(
      expected(kernel, part.prepared),
      bounds(kernel, part.prepared),
      rowsOfOutputs(kernel, c, [found], rows),
    );
    const bytes = WORD * reads.reduce((n, b) => n + (b.elements === 1 ? 0 : b.elements), 0);
    return { what, bytes, ratio: off.unjudged > 0 ? Infinity : off.ratio, dispatch };
  }

  /** What the memory can do. */
  async copy(elements: number): Promise<Timed> {
    const program = copyOf(elements);
    const [from, to] = [await this.input({ name: 'x', access: 'read', elements }), this.storage(elements)];
    return {
      what: 'copy',
      bytes: 2 * WORD * elements,
      ratio: undefined,
      dispatch: await this.bound(program, [from, to]),
    };
  }

  /** Milliseconds of one dispatch of each: medians of rounds in which all take turns. */
  async medians(all: readonly Timed[], rounds = 5): Promise<readonly number[]> {
    const times: number[] = [];
    for (const { dispatch } of all) {
      let once = await this.measured(dispatch, 1);
      for (let spent = once; spent < 400; spent += Math.max(once, 0.05)) once = await this.measured(dispatch, 1);
      times.push(Math.max(1, Math.min(1000, Math.ceil(100 / Math.max(once, 0.05)))));
    }
    const found: number[][] = all.map(() => []);
    for (let round = 0; round < rounds; round++)
      for (const [i, { dispatch }] of all.entries())
        found[i]!.push((await this.measured(dispatch, times[i]!)) / times[i]!);
    return found.map((f) => [...f].sort((a, b) => a - b)[Math.floor(f.length / 2)]!);
  }

  free(): void {
    this.owned.splice(0).forEach((b) => b.destroy());
    this.inputs.clear();
  }

  async close(): Promise<void> {
    this.free();
    this.device.destroy();
    await this.device.lost;
    if (this.fault !== undefined) throw new Error(this.fault);
  }
}
