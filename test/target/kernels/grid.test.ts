// Grids that are longer in a dimension than a device takes: the folded text, at the sizes that failed, and with blocks past the end. Invariant: every
// result is compared with the kernel's unfolded text on the host, or with what the function is on these inputs; outputs are poisoned by the runner.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emit } from '../../../src/kernel/emit/emit.js';
import { extract, type Extracted } from '../../../src/kernel/extract/extract.js';
import { program } from '../../../src/kernel/extract/program.js';
import { runHost } from '../../../src/run/device/host.js';
import type { KernelProgram, Triple } from '../../../src/kernel/ir/program.js';
import { type Gpu, openGpu } from '../../../src/run/device/webgpu.js';
import { get } from '../../support/ir/dsl.js';
import { library } from './library.js';

const made = (name: string, target: 'wgsl' | 'cuda' | 'host', fold = false): Extracted =>
  get(extract(library(), name, target, { tiles: new Map(), ragged: 'first', fold }));
const inputsOf = (p: KernelProgram): Float32Array[] =>
  p.buffers
    .filter((b) => b.access === 'read')
    .map((b, k) => Float32Array.from({ length: b.elements }, (_, i) => Math.sin(i * (1.3 + k) + k)));

const apart = (xs: Float32Array, ys: Float32Array): number =>
  xs.reduce((worst, x, i) => Math.max(worst, Math.abs(x - ys[i]!)), Math.abs(xs.length - ys.length));

describe('a grid that is folded', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    library();
    gpu = get(await openGpu());
  }, 300_000);
  afterAll(async () => {
    await gpu.close();
  });

  it('is not folded where it fits, nor on the host', () => {
    const sizes = { q: 65535 * 64, k: 3, d: 2, e: 5, batch: 1 };
    const fits = get(program(made('attention', 'wgsl').emitted, sizes));
    expect(fits.grid).toEqual([1, 65535, 1]);
    expect(fits.text).toBe(made('attention', 'wgsl').emitted.text);
    const over = get(program(made('attention', 'wgsl').emitted, { ...sizes, q: 65535 * 64 + 1 }));
    expect([over.grid, over.text.includes('num_workgroups')]).toEqual([[65535, 2, 1], true]);
    expect(get(program(made('attention', 'host').emitted, { ...sizes, q: 65535 * 64 + 1 })).grid).toEqual([1, 65536, 1]);
    const cuda = get(program(made('attention', 'cuda').emitted, { ...sizes, q: 7, batch: 65536 }));
    expect(cuda.grid).toEqual([65536, 1, 1]);
  });

  const small = { q: 130, k: 19, d: 3, e: 37, batch: 5 }; // 2 * 3 * 5 blocks
  it.each([
    [30, 1],
    [7, 5],
    [4, 8],
    [1, 30],
    [31, 2],
    [64, 1],
  ])('as %i by %i blocks, some of them past the end, computes what the host does', async (x, y) => {
    const wgsl = get(program(made('attention', 'wgsl', true).emitted, small));
    expect(wgsl.grid).toEqual([30, 1, 1]);
    const inputs = inputsOf(wgsl);
    const grid: Triple = [x, y, 1];
    const [found] = get(await gpu.run({ ...wgsl, grid }, inputs));
    const [wanted] = get(await runHost(get(program(made('attention', 'host').emitted, small)), inputs));
    expect(apart(found!, wanted!)).toBeLessThan(1e-5);
    const fewer = await gpu.run({ ...wgsl, grid: [29, 1, 1] }, inputs);
    expect(fewer).toMatchObject({ _tag: 'Left', left: { _tag: 'Unwritten' } });
  });

  it('has a guard in its text, which the other has not', () => {
    const { text } = made('matmul', 'wgsl', true).emitted;
    expect(text).toMatch(/if \(block_number >= \(?.*\)?\) \{\n {4}return;\n {2}\}/);
    expect(made('matmul', 'cuda', true).emitted.text).toMatch(/if \(block_number >= .*\) \{\n {4}return;/);
    expect(made('matmul', 'wgsl').emitted.text).not.toContain('block_number');
  });

  it('is the same kernel: one validation, and all lines below the numbers of the blocks', () => {
    const { validated } = made('matmul', 'wgsl').emitted;
    const folded = get(emit('wgsl', validated, [], undefined, 'folded'));
    expect(folded.validated).toBe(validated);
    const body = (text: string): string => text.slice(text.lastIndexOf('_block = '));
    const own = (text: string): readonly string[] => body(text).split('\n').slice(1);
    expect(own(folded.text)).toEqual(own(get(emit('wgsl', validated)).text));
    expect(own(folded.text).length).toBeGreaterThan(20);
  });

  it('runs 65,536 heads', async () => {
    const sizes = { q: 1, k: 2, d: 1, e: 1, batch: 65536 };
    const wgsl = get(program(made('attention', 'wgsl').emitted, sizes));
    const inputs = inputsOf(wgsl);
    const [found] = get(await gpu.run(wgsl, inputs));
    const [q, k, v] = inputs as [Float32Array, Float32Array, Float32Array];
    const wanted = Float32Array.from({ length: 65536 }, (_, h) => {
      const [a, b] = [Math.exp(q[h]! * k[2 * h]!), Math.exp(q[h]! * k[2 * h + 1]!)];
      return (a * v[2 * h]! + b * v[2 * h + 1]!) / (a + b);
    });
    expect(apart(found!, wanted)).toBeLessThan(1e-5);
  }, 300_000);

  it('runs 4.2 million rows', async () => {
    const options = { tiles: new Map(), ragged: 'first', lanes: new Map([['n', 1]]) } as const;
    const one = get(extract(library(), 'logsumexp', 'wgsl', options));
    const wgsl = get(program(one.emitted, { n: 1, batch: 4_194_305 }));
    expect(wgsl.grid).toEqual([65535, 3, 1]);
    const inputs = inputsOf(wgsl);
    const [found] = get(await gpu.run(wgsl, inputs));
    expect(apart(found!, inputs[0]!)).toBeLessThan(1e-5); // of one number, it is the number
  }, 300_000);
});
