// The cubin check: resources of right texts for both architectures, warnings and errors of wrong ones with their lines.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { findNvidiaGpu, openCudaDevice } from '../../../src/run/device/cuda.js';
import { checkNvcc, parseResources } from '../../../src/run/device/cuda-nvcc.js';
import { edit, rowSum, scaledSum, warpSum } from '../../unit/run/device/kernels.js';

describe.each(['sm_80', 'sm_90'])('for %s', (arch) => {
  it.each([
    ['scaled_sum', scaledSum('cuda', 1), 0],
    ['row_sum', rowSum('cuda', 1, 1), 128],
    ['warp_sum', warpSum(1), 0],
  ] as const)('%s compiles without a warning', async (name, program, shared) => {
    const result = await checkNvcc(program, arch);
    expect(result).toMatchObject({ right: [{ spillStores: 0, spillLoads: 0 }] });
    const [resources] = E.isRight(result) ? result.right : [];
    expect(resources!.symbol).toContain(name);
    expect(resources!.registers).toBeGreaterThan(0);
    expect(resources!.staticShared % 1024).toBe(shared); // sm_90 reserves 1 KiB where dynamic shared memory is used
  });
});

describe('a wrong text', () => {
  it('names the line of an error', async () => {
    const bad = edit(scaledSum('cuda', 1), 'x[i] + y[i]', 'x[i] + w[i]');
    const line = bad.text.split('\n').findIndex((l) => l.includes('w[i]')) + 1;
    expect(await checkNvcc(bad, 'sm_90')).toMatchObject({
      left: { _tag: 'CompileFailed', entry: 'scaled_sum', messages: [{ line }] },
    });
  });

  it('takes a warning for an error', async () => {
    const bad = edit(scaledSum('cuda', 1), '  if (i < n) {', '  int unused;\n  if (i < n) {');
    const line = bad.text.split('\n').findIndex((l) => l.includes('unused')) + 1;
    expect(await checkNvcc(bad, 'sm_80')).toMatchObject({ left: { _tag: 'CompileFailed', messages: [{ line }] } });
  });

  it('refuses a text without a kernel', async () => {
    expect(await checkNvcc({ entry: 'none', text: 'int zero() { return 0; }\n' }, 'sm_90')).toMatchObject({
      left: { _tag: 'CompileFailed' },
    });
  });

  it("reads a spill from the assembler's words", () => {
    const text = `ptxas info    : Compiling entry function 'k' for 'sm_90'
ptxas info    : Function properties for k
    24 bytes stack frame, 20 bytes spill stores, 16 bytes spill loads
ptxas info    : Used 255 registers, used 1 barriers, 24 bytes cumulative stack size, 4352 bytes smem`;
    expect(parseResources(text)).toEqual([
      { symbol: 'k', registers: 255, spillStores: 20, spillLoads: 16, stackFrame: 24, staticShared: 4352, barriers: 1 },
    ]);
  });
});

describe('on an NVIDIA GPU', () => {
  it('runs where there is one, and says that there is none where not', async () => {
    const found = await findNvidiaGpu();
    const opened = await openCudaDevice([scaledSum('cuda', 3)]);
    if (E.isLeft(found)) {
      expect(found.left._tag).toBe('NoNvidiaGpu');
      expect(opened).toEqual(found);
      return;
    }
    if (E.isLeft(opened)) throw new Error(JSON.stringify(opened.left));
    const inputs = [Float32Array.of(1, 2, 3), Float32Array.of(0, 1, 0)];
    expect(await opened.right.run(scaledSum('cuda', 3), inputs)).toEqual(E.right([Float32Array.of(2.5, 6, 7.5)]));
    await opened.right.close();
  });
});
