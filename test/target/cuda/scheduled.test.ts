// The files of kernels/ with a schedule of their own: compiled by nvcc for two architectures without a warning or a spill, and executed on the CPU by
// g++ under permuted threads, against their statements at random sizes. Lanes share tiles there, and workgroup memory is more than may be declared.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../src/cli/extract.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { openCudaCpu } from '../../../src/run/device/cuda.js';
import { checkNvcc } from '../../../src/run/device/cuda-nvcc.js';
import { ones, prepare, spanning } from '../kernels/case.js';
import { type Choice, extracted } from '../kernels/pool.js';
import { holds, measured, textFor } from '../kernels/property.js';
import { get } from '../../support/ir/dsl.js';

const KERNELS = new URL('../../../kernels/', import.meta.url);
const record = (of: ReadonlyMap<string, number>): Record<string, number> => Object.fromEntries(of);
const files = readdirSync(KERNELS).flatMap((file) => {
  const how = commandOf(readFileSync(new URL(file, KERNELS), 'utf8'));
  if (how?.target !== 'cuda') return [];
  const { tiles, perLane, whole } = how.chosen;
  const choice: Choice = { tiles: record(tiles), ragged: 'first', perLane: record(perLane), whole: [...whole] };
  return [{ file, name: how.name, choice }];
});
const made = (name: string, choice: Choice): Extracted => get(extracted(name, 'cuda', choice));

describe('kernels/ with schedules of their own', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)(
    '$file on the CPU',
    async ({ name, choice }) => {
      const kernel = made(name, choice);
      const runner = get(await openCudaCpu([prepare(kernel, ones(kernel)).program], { sanitize: true }));
      const text = textFor(kernel, 'cuda', runner.run);
      const [found] = await measured([text], spanning(kernel));
      expect(found!.off.ratio).toBeLessThanOrEqual(1);
      await holds([text], choice, 1, new Map());
      await runner.close();
    },
    300_000,
  );

  it.each(files.flatMap((f) => ['sm_80', 'sm_90'].map((arch) => ({ ...f, arch }))))(
    '$file compiles for $arch without a warning or a spill',
    async ({ name, choice, arch }) => {
      const resources = get(await checkNvcc(made(name, choice).emitted, arch));
      expect(resources.map((r) => [r.spillStores, r.spillLoads])).toEqual([[0, 0]]);
    },
    120_000,
  );
});
