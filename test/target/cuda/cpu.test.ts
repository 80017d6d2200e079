// CUDA texts executed on the CPU through g++: right results under permuted threads, and each wrong text with the fault it must meet.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCudaCpu, type CudaRunner } from '../../../src/run/device/cuda.js';
import type { KernelProgram } from '../../../src/kernel/ir/program.js';
import { expectClose, floats } from '../../unit/run/device/cases.js';
import { edit, expectedRowSum, expectedScaledSum, rowSum, scaledSum, warpSum } from '../../unit/run/device/kernels.js';

const ones = (n: number) => new Float32Array(n).fill(1);

const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left));
  return result.right;
};

const lineOf = (program: KernelProgram, phrase: string): number =>
  program.text.split('\n').findIndex((l) => l.includes(phrase)) + 1;

const BARRIER = '    __syncthreads();\n    if (lane < half) {';
const rows = (n: number, columns: number) => rowSum('cuda', n, columns);

const wrong = {
  noBarrier: edit(rows(3, 70), BARRIER, '    if (lane < half) {'),
  barrierInBranch: edit(rows(3, 70), BARRIER, '    if (lane < half) {\n    __syncthreads();'),
  twoBarriers: edit(rows(3, 70), BARRIER, `    if (lane < 7u)\n      __syncthreads();\n    else\n  ${BARRIER}`),
  earlyExit: edit(rows(3, 70), '  part[lane] = sum;', '  if (lane == 5u) return;\n  part[lane] = sum;'),
  freshShared: edit(rows(3, 70), '  part[lane] = sum;', '  if (lane != 4u) part[lane] = sum;'),
  beyondOutput: edit(scaledSum('cuda', 100), 'if (i < n)', 'if (i <= n)'),
  beforeOutput: edit(scaledSum('cuda', 100), 'z[i] = 2.5f * x[i] + y[i];', 'z[i] = x[i]; if (i == 0u) z[-3] = 0.0f;'),
  unwritten: edit(scaledSum('cuda', 100), 'if (i < n)', 'if (i + 2u < n)'),
  noThreads: edit(scaledSum('cuda', 3), 'dim3(64), 0', 'dim3(2048), 0'),
  endless: edit(scaledSum('cuda', 3), 'if (i < n) {', 'for (volatile bool on = true; on;) {} if (i < n) {'),
  fewLanes: edit(
    warpSum(3),
    '__shfl_xor_sync(0xffffffffu, sum, step)',
    '(lane < 9u ? __shfl_xor_sync(0xffffffffu, sum, step) : 0.0f)',
  ),
  halfWarp: edit(warpSum(3), '0xffffffffu, sum, step', '(lane < 16u ? 0xffffu : 0xffff0000u), sum, step'),
};

describe('on the CPU', () => {
  let runner: CudaRunner;
  beforeAll(async () => {
    const all = [scaledSum('cuda', 1), rows(1, 1), warpSum(1), ...Object.values(wrong)];
    runner = right(await openCudaCpu(all, { timeoutMs: 3000 }));
  });
  afterAll(() => runner.close());

  const sizes = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 }));
  const seeds = fc.maxSafeNat();

  it('computes a scaled sum at random sizes and thread orders', async () => {
    const cases = sizes.chain((n) => fc.tuple(fc.constant(n), floats(n), floats(n), seeds));
    await fc.assert(
      fc.asyncProperty(cases, async ([n, x, y, seed]) => {
        const [z] = right(await runner.run(scaledSum('cuda', n), [x, y], seed));
        expectClose(z!, expectedScaledSum(x, y), 2);
      }),
      { numRuns: 200 },
    );
  });

  it('computes row sums through shared memory, with bits that no thread order changes', async () => {
    const cases = fc
      .tuple(sizes, sizes)
      .chain(([r, c]) => fc.tuple(fc.constant(r), fc.constant(c), floats(r * c), seeds));
    await fc.assert(
      fc.asyncProperty(cases, async ([r, c, x, seed]) => {
        const [sums] = right(await runner.run(rows(r, c), [x], seed));
        expectClose(sums!, expectedRowSum(x, c), c);
        expect(right(await runner.run(rows(r, c), [x]))).toEqual([sums]);
      }),
      { numRuns: 200 },
    );
  });

  it('exchanges through warps and dynamic shared memory', async () => {
    const x = Float32Array.from({ length: 3 * 64 }, (_, i) => i % 17);
    const [sums] = right(await runner.run(warpSum(3), [x], 7));
    expect([...sums!]).toEqual(expectedRowSum(x, 64));
  });

  it('runs thousands of cases a minute', async () => {
    const x = ones(70 * 3);
    const began = performance.now();
    for (let seed = 1; seed <= 300; seed++) right(await runner.run(rows(3, 70), [x], seed));
    expect(performance.now() - began).toBeLessThan(6000);
  });

  it.each([
    ['barrierInBranch', 'barrier-missed', '__syncthreads'],
    ['twoBarriers', 'barrier-divergent', '    __syncthreads();'],
    ['earlyExit', 'barrier-missed', '__syncthreads'],
  ] as const)('%s: %s', async (name, fault, phrase) => {
    const result = await runner.run(wrong[name], [ones(210)]);
    expect(result).toMatchObject({ left: { _tag: 'KernelFault', fault, block: 0 } });
    const line = E.isLeft(result) && result.left._tag === 'KernelFault' ? result.left.line : 0;
    expect(wrong[name].text.split('\n')[line - 1]).toContain(phrase.trim());
    expect(right(await runner.run(rows(3, 70), [ones(210)]))).toEqual([Float32Array.of(70, 70, 70)]);
  });

  it('an exchange whose lanes are not those of its mask', async () => {
    const run = (program: KernelProgram) => runner.run(program, [ones(3 * 64)]);
    const fault = (name: string) => ({ left: { _tag: 'KernelFault', fault: name, line } });
    const line = lineOf(wrong.fewLanes, '__shfl_xor_sync');
    expect(await run(wrong.fewLanes)).toMatchObject(fault('warp-divergent'));
    expect(await run(wrong.halfWarp)).toMatchObject(fault('inactive-lane'));
    expect(right(await run(warpSum(3)))).toEqual([Float32Array.of(64, 64, 64)]);
  });

  it('a missing barrier shows under some thread order, and never with the barrier', async () => {
    const x = Float32Array.from({ length: 210 }, (_, i) => i);
    const expected = expectedRowSum(x, 70);
    const seen = async (program: KernelProgram) => {
      const all = await Promise.all(Array.from({ length: 20 }, (_, i) => runner.run(program, [x], i + 1)));
      return all.filter((r) => E.isLeft(r) || r.right[0]!.some((v, i) => v !== expected[i])).length;
    };
    expect(await seen(wrong.noBarrier)).toBeGreaterThan(0);
    expect(await seen(rows(3, 70))).toBe(0);
  });

  it('shared memory read before it was written spoils the result', async () => {
    expect(right(await runner.run(wrong.freshShared, [ones(210)]))).toEqual([Float32Array.of(NaN, NaN, NaN)]);
  });

  it.each([
    ['beyondOutput', { _tag: 'GuardTouched', buffer: 'z', count: 1, firstIndex: 100 }],
    ['beforeOutput', { _tag: 'GuardTouched', buffer: 'z', count: 1, firstIndex: -3 }],
    ['unwritten', { _tag: 'Unwritten', buffer: 'z', count: 2, firstIndex: 98 }],
  ] as const)('%s', async (name, left) => {
    expect(await runner.run(wrong[name], [ones(100), ones(100)])).toEqual(E.left(left));
  });

  it('a block of more threads than CUDA has', async () => {
    expect(await runner.run(wrong.noThreads, [ones(3), ones(3)])).toMatchObject({
      left: { _tag: 'KernelFault', fault: 'launch-configuration' },
    });
  });

  it('a loop without end is stopped, and the next run starts afresh', async () => {
    expect(await runner.run(wrong.endless, [ones(3), ones(3)])).toEqual(
      E.left({ _tag: 'TimedOut', milliseconds: 3000 }),
    );
    expect(E.isRight(await runner.run(scaledSum('cuda', 3), [ones(3), ones(3)]))).toBe(true);
  });

  it('concurrent runs keep their own errors', async () => {
    const good = () => runner.run(scaledSum('cuda', 3), [ones(3), ones(3)]);
    const bad = () => runner.run(wrong.endless, [ones(3), ones(3)]);
    const results = await Promise.all([good(), bad(), good()]);
    expect(results.map((r) => r._tag)).toEqual(['Right', 'Left', 'Right']);
  });

  it('a program that the runner was not opened with', async () => {
    const other = edit(scaledSum('cuda', 3), '2.5f', '3.5f');
    expect(await runner.run(other, [ones(3), ones(3)])).toMatchObject({
      left: { _tag: 'BadProgram', fault: { _tag: 'NotCompiled' } },
    });
  });
});

describe('under the address sanitizer', () => {
  const far = edit(scaledSum('cuda', 100), 'x[i] + y[i]', 'x[i] + y[i + 500u]');
  const beside = edit(rows(3, 70), 'part[lane] += part[lane + half];', 'part[lane] += part[lane + 2u * half];');
  let runner: CudaRunner;
  beforeAll(async () => {
    runner = right(await openCudaCpu([scaledSum('cuda', 1), rows(1, 1), warpSum(1), far, beside], { sanitize: true }));
  });
  afterAll(() => runner.close());

  it('accepts right texts', async () => {
    expect(E.isRight(await runner.run(scaledSum('cuda', 100), [ones(100), ones(100)], 3))).toBe(true);
    expect(right(await runner.run(rows(3, 70), [ones(210)], 5))).toEqual([Float32Array.of(70, 70, 70)]);
    expect(right(await runner.run(warpSum(2), [ones(128)], 5))).toEqual([Float32Array.of(64, 64)]);
  });

  it.each([
    ['a read far outside an input', far, [ones(100), ones(100)], /heap-buffer-overflow/],
    ['a read outside a shared array', beside, [ones(210)], /global-buffer-overflow/],
  ] as const)('%s', async (_, program, inputs, report) => {
    const result = await runner.run(program, inputs);
    expect(result).toMatchObject({ left: { _tag: 'Crashed' } });
    expect(E.isLeft(result) && result.left._tag === 'Crashed' ? result.left.detail : '').toMatch(report);
    expect(E.isRight(await runner.run(scaledSum('cuda', 9), [ones(9), ones(9)]))).toBe(true);
  });
});

describe('a text that does not compile', () => {
  it('gives the line of the text', async () => {
    const bad = edit(rows(3, 70), 'part[lane] = sum;', 'part[lane] = summ;');
    const result = await openCudaCpu([scaledSum('cuda', 3), bad]);
    expect(result).toMatchObject({
      left: { _tag: 'CompileFailed', entry: 'row_sum', messages: [{ line: lineOf(bad, 'summ') }] },
    });
  });
});
