// The Dawn runner on hand-written texts: right results, and a typed error for each way in which a text or a launch can be wrong.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGpu, validateWgsl, type Gpu } from '../../../../src/run/device/webgpu.js';
import { expectClose, floats } from './cases.js';
import { edit, expectedRowSum, expectedScaledSum, rowSum, scaledSum } from './kernels.js';

let gpu: Gpu;

beforeAll(async () => {
  const opened = await openGpu();
  if (E.isLeft(opened)) throw new Error(JSON.stringify(opened.left));
  gpu = opened.right;
});

afterAll(() => gpu.close());

const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left));
  return result.right;
};

const ones = (n: number) => new Float32Array(n).fill(1);
const sizes = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 }));

describe('a right text', () => {
  it('computes a scaled sum at random sizes', async () => {
    const cases = sizes.chain((n) => fc.tuple(fc.constant(n), floats(n), floats(n)));
    await fc.assert(
      fc.asyncProperty(cases, async ([n, x, y]) => {
        const [z] = right(await gpu.run(scaledSum('wgsl', n), [x, y]));
        expectClose(z!, expectedScaledSum(x, y), 2);
      }),
      { numRuns: 60 },
    );
  });

  it('computes row sums through workgroup memory at random sizes', async () => {
    const cases = fc.tuple(sizes, sizes).chain(([r, c]) => fc.tuple(fc.constant(r), fc.constant(c), floats(r * c)));
    await fc.assert(
      fc.asyncProperty(cases, async ([rows, columns, x]) => {
        const [sums] = right(await gpu.run(rowSum('wgsl', rows, columns), [x]));
        expectClose(sums!, expectedRowSum(x, columns), columns);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps concurrent runs apart', async () => {
    const bad = edit(scaledSum('wgsl', 5), '2.5 *', 'nothing *');
    const results = await Promise.all([
      gpu.run(scaledSum('wgsl', 3), [ones(3), ones(3)]),
      gpu.run(bad, [ones(5), ones(5)]),
      gpu.run(scaledSum('wgsl', 4), [ones(4), ones(4)]),
    ]);
    expect(results.map((r) => r._tag)).toEqual(['Right', 'Left', 'Right']);
  });

  it("has the adapter's limits", () => {
    expect(gpu.limits.maxComputeWorkgroupStorageSize).toBeGreaterThanOrEqual(16_384);
    expect(gpu.limits.maxComputeInvocationsPerWorkgroup).toBeGreaterThanOrEqual(128);
    expect(gpu.adapter.name).not.toBe('');
  });
});

describe('a wrong text or launch', () => {
  it('names the line and column of a syntax or type error', async () => {
    const wrong = edit(rowSum('wgsl', 3, 7), 'part[lane] = sum;', 'part[lane] = 1u;');
    const result = await gpu.run(wrong, [ones(21)]);
    const line = wrong.text.split('\n').findIndex((l) => l.includes('= 1u')) + 1;
    expect(result).toMatchObject({ left: { _tag: 'CompileFailed', entry: 'row_sum', messages: [{ line }] } });
    const message = E.isLeft(result) && result.left._tag === 'CompileFailed' ? result.left.messages[0]! : undefined;
    expect(message!.column).toBeGreaterThan(0);
    expect(message!.text).toMatch(/u32/);
  });

  it('reports an entry that the text does not have', async () => {
    const wrong = edit(scaledSum('wgsl', 3), 'fn scaled_sum', 'fn other');
    expect(await gpu.run(wrong, [ones(3), ones(3)])).toMatchObject({ left: { _tag: 'CompileFailed' } });
  });

  it("reports bindings that differ from the program's", async () => {
    const wrong = edit(scaledSum('wgsl', 3), '@binding(3)', '@binding(7)');
    expect(await gpu.run(wrong, [ones(3), ones(3)])).toMatchObject({ left: { _tag: 'CompileFailed' } });
  });

  it('counts the elements that were never written', async () => {
    const wrong = edit(scaledSum('wgsl', 100), 'id.x < params.n', 'id.x < params.n - 3u');
    expect(await gpu.run(wrong, [ones(100), ones(100)])).toEqual(
      E.left({ _tag: 'Unwritten', buffer: 'z', count: 3, firstIndex: 97 }),
    );
  });

  it('sees a launch that does nothing', async () => {
    const wrong = edit(scaledSum('wgsl', 10), 'id.x < params.n', 'id.x < 0u');
    expect(await gpu.run(wrong, [ones(10), ones(10)])).toMatchObject({ left: { _tag: 'Unwritten', count: 10 } });
  });

  it('sees a write behind the output', async () => {
    const wrong = edit(scaledSum('wgsl', 100), 'id.x < params.n', 'id.x < params.n + 1u');
    expect(await gpu.run(wrong, [ones(100), ones(100)])).toEqual(
      E.left({ _tag: 'GuardTouched', buffer: 'z', count: 1, firstIndex: 100 }),
    );
  });

  it('spoils the result of a read outside an input', async () => {
    const wrong = edit(rowSum('wgsl', 1, 33), 'c < params.columns', 'c < params.columns + 1u');
    const [sums] = right(await gpu.run(wrong, [ones(33)]));
    expect([...sums!]).toEqual([NaN]);
    const [control] = right(await gpu.run(rowSum('wgsl', 1, 33), [ones(33)]));
    expect([...control!]).toEqual([33]);
  });

  it("refuses a grid over the adapter's limit, and accepts the limit itself", async () => {
    const limit = gpu.limits.maxComputeWorkgroupsPerDimension;
    const at = (x: number) => gpu.run({ ...scaledSum('wgsl', 3), grid: [x, 1, 1] }, [ones(3), ones(3)]);
    expect(await at(limit + 1)).toEqual(
      E.left({ _tag: 'OverLimit', what: 'maxComputeWorkgroupsPerDimension', asked: limit + 1, limit }),
    );
    expect(E.isRight(await at(limit))).toBe(true);
  });

  it('refuses more workgroup memory than the adapter has', async () => {
    const words = gpu.limits.maxComputeWorkgroupStorageSize / 4;
    const sized = (n: number) => edit(rowSum('wgsl', 2, 5), 'array<f32, 32>', `array<f32, ${n}>`);
    expect(await gpu.run(sized(words + 4), [ones(10)])).toMatchObject({ left: { _tag: 'CompileFailed' } });
    expect(await gpu.run(sized(words), [ones(10)])).toEqual(E.right([Float32Array.of(5, 5)]));
  });

  it.each([
    ['InputCount', scaledSum('wgsl', 3), [ones(3)]],
    ['InputLength', scaledSum('wgsl', 3), [ones(3), ones(4)]],
    ['ParamCount', { ...scaledSum('wgsl', 3), paramValues: [] }, [ones(3), ones(3)]],
    ['ParamValue', { ...scaledSum('wgsl', 3), paramValues: [-1] }, [ones(3), ones(3)]],
    ['WrongTarget', scaledSum('cuda', 3), [ones(3), ones(3)]],
    ['EmptyBuffer', scaledSum('wgsl', 0), [ones(0), ones(0)]],
  ] as const)('refuses a program with %s', async (fault, program, inputs) => {
    expect(await gpu.run(program, inputs)).toMatchObject({ left: { _tag: 'BadProgram', fault: { _tag: fault } } });
  });

  it('gives up after the time it was given, and says so from then on', async () => {
    const opened = right(await openGpu({ timeoutMs: 400 }));
    // data-dependent, so that no compiler removes it; it ends by itself, for the sake of whoever waits for the driver
    const slow = edit(scaledSum('wgsl', 1), '2.5 * x[id.x]', 'slow(x[id.x])');
    const text = `fn slow(x : f32) -> f32 { var s = x; for (var i = 0u; i < 250000000u; i++) { s = s * 0.5 + x; } return s; }\n${slow.text}`;
    expect(E.isRight(await opened.run(scaledSum('wgsl', 1), [ones(1), ones(1)]))).toBe(true);
    expect(await opened.run({ ...slow, text }, [ones(1), ones(1)])).toMatchObject({ left: { _tag: 'TimedOut' } });
    expect(await opened.run(scaledSum('wgsl', 1), [ones(1), ones(1)])).toMatchObject({ left: { _tag: 'TimedOut' } });
    await opened.close();
  });
});

describe('validateWgsl', () => {
  it('accepts a right text and names the line of a barrier in non-uniform control flow', async () => {
    const program = rowSum('wgsl', 2, 3);
    expect(await validateWgsl(program.entry, program.text)).toEqual(E.right(undefined));
    const wrong = edit(program, 'if (lane < half) {', 'if (lane < half) { workgroupBarrier();');
    const line = wrong.text.split('\n').findIndex((l) => l.includes('{ workgroupBarrier')) + 1;
    const result = await validateWgsl(wrong.entry, wrong.text);
    expect(result).toMatchObject({ left: { _tag: 'CompileFailed', messages: [{ line }] } });
  });
});
