// The emitted WGSL on Dawn: every scheduled term of the tests, at random ragged sizes.
import * as E from 'fp-ts/lib/Either.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gpu, openGpu } from '../../../../src/run/device/webgpu.js';
import { TILES, all } from '../../../support/ir/all.js';
import { get } from '../../../support/ir/dsl.js';
import { prepare, random, sizesFor, validated, worst } from '../../../support/ir/run.js';

const START = Number(process.env.SEED ?? Date.now() % 1_000_000);
let gpu: Gpu;
beforeAll(async () => {
  const opened = await openGpu();
  if (E.isLeft(opened)) throw new Error(JSON.stringify(opened.left));
  gpu = opened.right;
});
afterAll(() => gpu.close());

describe.each(TILES)('tiles $rows, $stream, $columns', (tiles) => {
  it.each(Object.entries(all(tiles)))('%s', async (name, scheduled) => {
    const checked = validated(scheduled);
    for (let i = 0; i < 5; i++) {
      const next = random(START + i);
      const sizes =
        i === 0 ? Object.fromEntries(scheduled.uses.map((u) => [u.name, 1])) : sizesFor(scheduled, next, 12);
      const p = prepare(scheduled, checked, 'wgsl', sizes, next);
      const [out] = get(await gpu.run(p.program, p.inputs));
      expect(worst(out!, p.expected), JSON.stringify({ name, sizes, seed: START + i })).toBeLessThan(2e-4);
    }
  });
});
