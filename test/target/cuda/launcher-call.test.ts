// A C++ program that includes the header of a launcher, beside the text as g++ executes it on the CPU: what it computes, from sizes alone, is the
// statement within its bound. Outputs are poisoned and fenced; a refusal of the same program writes nothing.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { STATUS } from '../../../src/kernel/extract/launcher.js';
import { removeScratch, scratchFolder } from '../../../src/run/device/run-scratch.js';
import { runTool } from '../../../src/run/device/run-tool.js';
import { get } from '../../support/ir/dsl.js';
import { type Case, prepare, spanning } from '../kernels/case.js';
import { extracted } from '../kernels/pool.js';
import { measured, textFor } from '../kernels/property.js';
import { axesOf } from './launchers.js';

const HEADERS = join(dirname(fileURLToPath(import.meta.url)), '../../../src/run/device');
const FENCE = 16;

const UNIT = `#define WEFT_SHARED_SECTION "weft_shared"
extern char weft_shared_begin[] __asm__("__start_weft_shared") __attribute__((weak));
extern char weft_shared_end[] __asm__("__stop_weft_shared") __attribute__((weak));
#define WEFT_SHARED_BEGIN weft_shared_begin
#define WEFT_SHARED_END weft_shared_end
#include "cpu_cuda.hpp"
#include "kernel.cu"
`;

/** Arguments: the sizes, then the elements of each array; inputs come as numbers, and the outputs go with their fences. */
function main({ emitted }: Extracted, sizes: number): string {
  const { entry, arrays, validated } = emitted;
  const inputs = validated.kernel.inputs.length;
  return `#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include "kernel.h"
int main(int, char** argument) {
  ${entry}_sizes sizes = {${Array.from({ length: sizes }, (_, i) => `strtoull(argument[${i + 1}], nullptr, 10)`).join(', ')}};
  std::vector<float> a[${arrays.length}];
  for (int i = 0; i < ${arrays.length}; ++i) {
    a[i].resize(strtoull(argument[${sizes + 1} + i], nullptr, 10) + (i < ${inputs} ? 0 : ${FENCE}));
    if (i < ${inputs} && fread(a[i].data(), 4, a[i].size(), stdin) != a[i].size()) return 1;
    if (i >= ${inputs}) memset(a[i].data(), 0xfe, 4 * a[i].size());
  }
  const int code = ${entry}_run(${arrays.map((_, i) => `a[${i}].data()`).join(', ')}, &sizes, nullptr);
  fwrite(&code, 4, 1, stdout);
  for (int i = ${inputs}; i < ${arrays.length}; ++i) fwrite(a[i].data(), 4, a[i].size(), stdout);
}
`;
}

interface Ran {
  readonly code: number;
  readonly outputs: readonly Float32Array[];
  /** how many numbers of each output are as they were before */
  readonly poisoned: readonly number[];
}

describe('a C++ program with the header of a launcher', () => {
  let folder: string;
  beforeAll(() => {
    folder = scratchFolder();
  });
  afterAll(() => removeScratch(folder));

  async function built(kernel: Extracted): Promise<void> {
    writeFileSync(join(folder, 'kernel.cu'), kernel.text);
    writeFileSync(join(folder, 'kernel.h'), kernel.header!);
    writeFileSync(join(folder, 'unit.cpp'), UNIT);
    writeFileSync(join(folder, 'main.cpp'), main(kernel, axesOf(kernel).length));
    const flags = ['-std=c++17', '-O1', '-ffp-contract=off', '-Wno-unknown-pragmas', '-I', HEADERS];
    const done = get(await runTool('g++', [...flags, 'main.cpp', 'unit.cpp', '-o', 'main'], folder));
    expect(done).toMatchObject({ status: 0 });
  }

  function call(kernel: Extracted, c: Case, over: Readonly<Record<string, number>> = {}): Ran {
    const { program, inputs } = prepare(kernel, c);
    const sizes: Readonly<Record<string, number>> = {
      ...c.sizes,
      batch: c.leading.reduce((a, b) => a * b, 1),
      ...over,
    };
    const numbers = [...axesOf(kernel).map((a) => sizes[a]!), ...program.buffers.map((b) => b.elements)];
    const input = Buffer.concat(inputs.map((x) => Buffer.from(x.buffer, x.byteOffset, x.byteLength)));
    const ran = spawnSync(join(folder, 'main'), numbers.map(String), { input, maxBuffer: 2 ** 28 });
    if (ran.status !== 0) throw new Error(`${ran.status} ${ran.signal}`);
    let from = 4;
    const outputs = program.buffers.slice(inputs.length).map((b) => {
      const bytes = ran.stdout.subarray(from, (from += 4 * (b.elements + FENCE)));
      const words = Array.from({ length: b.elements + FENCE }, (_, i) => bytes.readUInt32LE(4 * i));
      const data = Float32Array.from({ length: b.elements }, (_, i) => bytes.readFloatLE(4 * i));
      const isFenced = words.slice(b.elements).every((w) => w === 0xfefefefe);
      if (!isFenced) throw new Error('written beside an output');
      return { data, poisoned: words.filter((w) => w === 0xfefefefe).length - FENCE };
    });
    return {
      code: ran.stdout.readInt32LE(0),
      outputs: outputs.map((o) => o.data),
      poisoned: outputs.map((o) => o.poisoned),
    };
  }

  it.each([
    ['total', { tiles: { n: 4, batch: 2 }, lanes: { n: 4 }, ragged: 'first' }],
    ['attention', { tiles: { q: 4, k: 3, e: 4, d: 2 }, perLane: { q: 2, e: 2 }, whole: ['d'], ragged: 'first' }],
    ['gradient-of-keys', { tiles: { q: 3 }, ragged: 'last' }],
    ['masked-attention', { tiles: {}, ragged: 'first' }],
  ] as const)(
    '%s: computes its statement, and where a size is 0 or too large says so and writes nothing',
    async (name, choice) => {
      const kernel = get(extracted(name, 'cuda', choice));
      await built(kernel);
      const c = spanning(kernel);
      const run = async (): Promise<E.Either<never, Float32Array[]>> => {
        const { code, outputs, poisoned } = call(kernel, c);
        expect({ code, poisoned }).toEqual({ code: 0, poisoned: outputs.map(() => 0) });
        return E.right([...outputs]);
      };
      const [found] = await measured([textFor(kernel, 'cuda', run)], c);
      expect(found!.off.ratio).toBeLessThanOrEqual(1);
      const untouched = prepare(kernel, c).program.buffers.flatMap((b) => (b.access === 'read' ? [] : [b.elements]));
      for (const [batch, code] of [
        [0, STATUS.size_wrong],
        [2 ** 31 - 1, STATUS.array_too_large],
      ] as const)
        expect(call(kernel, c, { batch })).toMatchObject({ code, poisoned: untouched });
    },
    120_000,
  );
});
