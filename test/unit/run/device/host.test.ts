// The host runner on hand-written texts: right results, and a typed error for each way in which a text can be wrong.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runHost, stripSignature } from '../../../../src/run/device/host.js';
import { expectClose, floats } from './cases.js';
import { edit, expectedRowSum, expectedScaledSum, rowSum, scaledSum } from './kernels.js';

const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left));
  return result.right;
};

const ones = (n: number) => new Float32Array(n).fill(1);
const sizes = fc.integer({ min: 1, max: 100 });

describe('a right text', () => {
  it('computes a scaled sum at random sizes', async () => {
    const cases = sizes.chain((n) => fc.tuple(fc.constant(n), floats(n), floats(n)));
    await fc.assert(
      fc.asyncProperty(cases, async ([n, x, y]) => {
        const [z] = right(await runHost(scaledSum('host', n), [x, y]));
        expectClose(z!, expectedScaledSum(x, y), 2);
      }),
    );
  });

  it('computes row sums at random sizes', async () => {
    const cases = fc.tuple(sizes, sizes).chain(([r, c]) => fc.tuple(fc.constant(r), fc.constant(c), floats(r * c)));
    await fc.assert(
      fc.asyncProperty(cases, async ([rows, columns, x]) => {
        const [sums] = right(await runHost(rowSum('host', rows, columns), [x]));
        expectClose(sums!, expectedRowSum(x, columns), columns);
      }),
    );
  });

  it('leaves its inputs as they were, and refuses a text that does not', async () => {
    const x = ones(6);
    const ran = await runHost(edit(rowSum('host', 2, 3), 'let sum = 0;', 'let sum = 0; x[0] = 9;'), [x]);
    expect(ran).toEqual(E.left({ _tag: 'GuardTouched', buffer: 'x', count: 1, firstIndex: 0 }));
    expect(x).toEqual(ones(6));
  });

  it('loses the annotations of its signature and nothing else', () => {
    const { entry, text } = rowSum('host', 1, 1);
    const body = (source: string) => source.split('\n').slice(1).join('\n');
    expect(stripSignature(entry, text).split('\n')[0]).toBe('export function row_sum(buffers, params) {');
    expect(body(stripSignature(entry, text))).toBe(body(text));
    const script = stripSignature(entry, text);
    expect(stripSignature(entry, script)).toBe(script);
  });
});

describe('a wrong text', () => {
  it.each([
    ['CompileFailed', edit(scaledSum('host', 3), 'const n =', 'const const =')],
    ['CompileFailed', edit(scaledSum('host', 3), 'scaled_sum', 'other_name')],
    ['KernelThrew', edit(scaledSum('host', 3), 'params[0]', 'params.missing.value')],
    ['Unwritten', edit(scaledSum('host', 3), 'i < n', 'i < n - 1')],
    ['GuardTouched', edit(scaledSum('host', 3), 'i < n', 'i <= n')],
    ['BadProgram', scaledSum('wgsl', 3)],
  ])('%s %#', async (tag, program) => {
    expect(await runHost(program, [ones(3), ones(3)])).toMatchObject({ left: { _tag: tag } });
    expect(E.isRight(await runHost(scaledSum('host', 3), [ones(3), ones(3)]))).toBe(true);
  });

  it('spoils the result of a read behind an input', async () => {
    const program = edit(rowSum('host', 1, 3), 'c < columns', 'c <= columns');
    expect(right(await runHost(program, [ones(3)]))).toEqual([Float32Array.of(NaN)]);
    expect(right(await runHost(rowSum('host', 1, 3), [ones(3)]))).toEqual([Float32Array.of(3)]);
  });

  it('cannot reach modules of this program by a relative path', async () => {
    const program = edit(scaledSum('host', 3), 'export function', 'import "./program.js";\nexport function');
    expect(await runHost(program, [ones(3), ones(3)])).toMatchObject({ left: { _tag: 'CompileFailed' } });
  });
});
