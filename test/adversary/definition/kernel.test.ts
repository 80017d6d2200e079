// Every kind of kernel that a definition gives, on the host and on a WebGPU implementation, at random sizes and tiles. WEFT_SEED repeats a run.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extract } from '../../../src/kernel/extract/extract.js';
import { type Gpu, openGpu } from '../../../src/run/device/webgpu.js';
import { get } from '../../support/ir/dsl.js';
import { ratio } from './judge.js';
import { library, names } from './library.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);

describe('definitions against themselves', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = get(await openGpu());
  });
  afterAll(() => gpu.close());

  it.each(names())('%s', async (name) => {
    const axes = [
      ...get(extract(library(), `def:${name}`, 'host', { tiles: new Map(), ragged: 'first' })).info.names.axes.keys(),
    ];
    for (const [i, tile] of [undefined, 1, 3].entries()) {
      const held = tile === undefined ? [] : axes.map((a) => [a, tile] as const);
      for (const target of ['host', 'wgsl'] as const) {
        const theorem = get(extract(library(), `def:${name}`, target, { tiles: new Map(), ragged: 'first' })).theorem;
        const blocks = held.filter(([a]) => theorem.scheduled.uses.some((u) => u.name === a && u._tag === 'Grouped'));
        const kernel = get(extract(library(), `def:${name}`, target, { tiles: new Map(blocks), ragged: 'first' }));
        for (let kind = 0; kind < 4; kind++) {
          const found = await ratio(kernel, SEED + 7 * i + kind, kind, target === 'wgsl' ? gpu : undefined);
          expect(found, JSON.stringify({ name, target, tile, kind, WEFT_SEED: SEED })).toBeLessThanOrEqual(1);
        }
      }
    }
  });
});
