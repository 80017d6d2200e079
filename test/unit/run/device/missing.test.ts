// What a runner says on a machine that lacks what it needs: the package, the adapter, the compiler.
import * as E from 'fp-ts/lib/Either.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findNvidiaGpu, openCudaCpu, openCudaDevice } from '../../../../src/run/device/cuda.js';
import { checkNvcc } from '../../../../src/run/device/cuda-nvcc.js';
import { scaledSum } from './kernels.js';

const path = process.env['PATH'];

afterEach(() => {
  process.env['PATH'] = path;
  vi.doUnmock('webgpu');
  vi.doUnmock('../../../../src/run/device/swiftshader.js');
  vi.resetModules();
});

describe('without a compiler', () => {
  it('names the tool and the Debian package', async () => {
    process.env['PATH'] = '/nowhere';
    const program = scaledSum('cuda', 3);
    const missing = (tool: string, debianPackage: string) => E.left({ _tag: 'ToolMissing', tool, debianPackage });
    expect(await openCudaCpu([program])).toEqual(missing('g++', 'g++'));
    expect(await openCudaDevice([program], { arch: 'sm_90' })).toEqual(missing('nvcc', 'nvidia-cuda-toolkit'));
    expect(await checkNvcc(program, 'sm_80')).toEqual(missing('nvcc', 'nvidia-cuda-toolkit'));
  });

  it('a GPU is found by its device, or not at all', async () => {
    process.env['PATH'] = '/nowhere';
    const found = await findNvidiaGpu();
    expect(E.isRight(found) ? found.right.arch : found.left._tag).toMatch(/^(native|NoNvidiaGpu)$/);
  });
});

describe('without WebGPU', () => {
  it('names the package that is not installed', async () => {
    vi.resetModules();
    vi.doMock('webgpu', () => {
      throw new Error('Cannot find package');
    });
    const { openGpu, validateWgsl } = await import('../../../../src/run/device/webgpu.js');
    const expected = { left: { _tag: 'PackageMissing', package: 'webgpu' } };
    expect(await openGpu()).toMatchObject(expected);
    expect(await validateWgsl('a', 'fn a() {}')).toMatchObject(expected);
  });

  it('says why there is no adapter', async () => {
    vi.resetModules();
    const none = E.left({ _tag: 'NoAdapter', detail: 'not installed' });
    vi.doMock('../../../../src/run/device/swiftshader.js', () => ({
      hasOwnDriver: () => false,
      prepareSwiftShader: () => none,
    }));
    const { openGpu } = await import('../../../../src/run/device/webgpu.js');
    expect(await openGpu()).toEqual(none);
  });
});
