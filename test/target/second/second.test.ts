// The kernels on a second, independent implementation of WGSL: each file is validated by naga, and what wgpu runs is judged. Where the implementation is
// missing these tests fail; README.md says what it is. A sample of the kernels runs in test/report/numerics/table.test.ts. WEFT_SEED repeats a run.
import * as E from 'fp-ts/lib/Either.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED, extracted } from '../kernels/pool.js';
import { ones, prepare } from '../kernels/case.js';
import { measure, textFor } from '../kernels/property.js';
import { get } from '../../support/ir/dsl.js';
import { type Second, binary, openSecond } from './deno.js';
import { texts } from './part.js';

describe('naga and wgpu', () => {
  let second: Second;
  beforeAll(async () => {
    second = await openSecond();
  }, 60_000);
  afterAll(async () => {
    await second.close();
  });

  it('are those of the package, on the software adapter', () => {
    expect(second.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(second.adapter).toMatch(/SwiftShader/);
  });

  it.each(texts())('naga accepts %s, and not with another type', async (_file, text) => {
    expect(await second.validate(text)).toBeUndefined();
    const wrong = text.replace(/: vec3u,/, ': vec3f,');
    expect(wrong).not.toBe(text);
    expect(await second.validate(wrong)).toMatch(/Entry point \w+ at Compute is invalid/);
  });

  it('a text that stores a wrong number, or none, is found', async () => {
    const kernel = get(extracted('mean', 'wgsl', { tiles: { n: 3 }, ragged: 'first' }));
    const c = { sizes: { n: 7 }, leading: [2], seed: SEED, scale: 1 };
    const ratio = async (text: string): Promise<number | undefined> => {
      const changed = { ...kernel, emitted: { ...kernel.emitted, text } };
      return (await measure([textFor(changed, 'wgsl', second.run)], c))?.[0]!.off.ratio;
    };
    expect(await ratio(kernel.text)).toBeLessThanOrEqual(1);
    const wrong = kernel.text.replace(/(sum_n =) sum_n \+/, '$1 sum_n -');
    expect(wrong).not.toBe(kernel.text);
    expect(await ratio(wrong)).toBeGreaterThan(1);
    const silent = kernel.text.replace(/^ *out\w*\[.*;$/m, '');
    expect(silent).not.toBe(kernel.text);
    const { program, inputs } = prepare(kernel, ones(kernel));
    const found = await second.run({ ...program, text: silent }, inputs);
    expect(E.isLeft(found) && found.left._tag).toBe('Unwritten');
  });

  it('a text that does not compile is an error of its run, and the next run is right', async () => {
    const kernel = get(extracted('total', 'wgsl', { tiles: {}, ragged: 'first' }));
    const { program, inputs } = prepare(kernel, ones(kernel));
    expect(await second.run({ ...program, text: 'fn' }, inputs)).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'DeviceFault' },
    });
    expect(E.isRight(await second.run(program, inputs))).toBe(true);
  });
});

describe('without the implementation', () => {
  it('opening fails, and says so', async () => {
    const path = binary();
    process.env['WEFT_DENO'] = '/nowhere/deno';
    try {
      await expect(openSecond()).rejects.toThrow(/no second implementation/);
    } finally {
      delete process.env['WEFT_DENO'];
    }
    expect(binary()).toBe(path);
  });
});
