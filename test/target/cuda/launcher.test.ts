// The headers of launchers, compiled by g++ as C and as C++: for every stream that is proved, tiles as they are drawn, and for definitions, what the inline
// function writes is what the host's arithmetic says, and what it refuses is what that refuses. WEFT_SEED and WEFT_CHOICES as in test/kernels.
import * as E from 'fp-ts/lib/Either.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Extracted, extract } from '../../../src/kernel/extract/extract.js';
import { STATUS } from '../../../src/kernel/extract/launcher.js';
import { program } from '../../../src/kernel/extract/program.js';
import { definitionNames } from '../../../src/kernel/extract/subject.js';
import { removeScratch, scratchFolder } from '../../../src/run/device/run-scratch.js';
import { get } from '../../support/ir/dsl.js';
import { random } from '../../support/ir/run.js';
import { library } from '../kernels/library.js';
import { testedNames } from '../kernels/names.js';
import { SEED, choices, extracted } from '../kernels/pool.js';
import { type Answer, type Call, LAUNCHED, POISON, axesOf, compiled } from './launchers.js';

const CALLS = 40;
const REASONS = {
  SizeMissing: undefined,
  SizeWrong: 'size_wrong',
  SizeNoMultiple: 'no_multiple',
  SizeHeld: 'over_most',
  ArrayTooLarge: 'array_too_large',
} as const;

/** Every stream with each choice of tiles, some with their blocks counted by one number, and definitions. */
function pool(): readonly Extracted[] {
  const streams = testedNames().flatMap((name) => choices(name).map((c) => get(extracted(name, 'cuda', c))));
  const plain = { tiles: new Map<string, number>(), ragged: 'first' } as const;
  const folded = ['attention', 'matmul', 'total'].map((name) =>
    get(extract(library(), name, 'cuda', { ...plain, fold: true })),
  );
  const definitions = definitionNames(library()).flatMap((name) => {
    const made = extract(library(), `def:${name}`, 'cuda', plain);
    return E.isRight(made) ? [made.right] : [];
  });
  const whole = { tiles: new Map([['d', 16]]), ragged: 'first', whole: new Set(['d']) } as const;
  return [...streams, ...folded, get(extract(library(), 'attention', 'cuda', whole)), ...definitions.slice(0, 30)];
}

/** Around the borders of the axis' tile and what lanes hold; sometimes what nothing takes, and what is too long for an array or a grid. */
function sizesOf(kernel: Extracted, next: () => number, turn: number): readonly number[] {
  const { uses } = kernel.emitted.validated.kernel;
  const one = (of: readonly number[]): number => of[Math.floor(next() * of.length)]!;
  const wrong = turn % 4 === 3 ? Math.floor(next() * axesOf(kernel).length) : -1;
  return axesOf(kernel).map((name, i) => {
    if (turn === 0) return 1;
    const use = uses.find((u) => u.name === name)!;
    const lanes = uses.find((u) => u._tag === 'Lanes' && u.of === name);
    const b = 'capacity' in use ? use.capacity : use._tag === 'Held' ? use.most : 5;
    const along = lanes?._tag === 'Lanes' ? lanes.most : 1;
    if (i === wrong) return one([0, 2 ** 31, 2 ** 31 - 1, 2 ** 32 + 1, 2 ** 40, 65535, 65536, 70000, b + 1]);
    if (use._tag === 'Streamed' && !use.head) return b * (1 + Math.floor(next() * 9)) + (turn % 8 === 6 ? 1 : 0);
    if (use._tag === 'Held') return 1 + Math.floor(next() * (b + (turn % 8 === 5 ? 2 : 0)));
    const near = one([1, b - 1, b, b + 1, 2 * b, 2 * b + 1, 1 + Math.floor(next() * 300)]);
    return Math.max(1, near * one([1, along]) + Math.floor(next() * along));
  });
}

const named = (kernel: Extracted, sizes: readonly number[]): Record<string, number> =>
  Object.fromEntries(axesOf(kernel).map((axis, i) => [axis, sizes[i]!]));

/** What program.ts says; where it would take another text, since the grid is too long, this text has none. */
function expected(kernel: Extracted, sizes: readonly number[]): Answer {
  const n = kernel.emitted.params.length;
  const refused = (reason: keyof typeof STATUS): Answer => ({
    code: STATUS[reason],
    ran: STATUS[reason],
    params: Array.from({ length: n + 1 }, () => POISON),
  });
  const made = program(kernel.emitted, named(kernel, sizes));
  if (E.isLeft(made)) return refused(REASONS[made.left._tag]!);
  const isFolded = kernel.emitted.numbered === 'folded';
  const isTooLong = isFolded ? made.right.grid[1] > 1 : made.right.text !== kernel.text;
  if (isTooLong) return refused('grid_too_long');
  return { code: 0, ran: LAUNCHED, params: [...made.right.paramValues, POISON] };
}

describe('headers of launchers', () => {
  let kernels: readonly Extracted[];
  let calls: readonly Call[];
  let folder: string;
  beforeAll(() => {
    kernels = pool();
    folder = scratchFolder();
    const next = random(SEED);
    calls = kernels.flatMap((k, kernel) =>
      Array.from({ length: CALLS }, (_, turn) => ({ kernel, sizes: sizesOf(k, next, turn) })),
    );
    return () => removeScratch(folder);
  }, 600_000);

  it.each(['c', 'c++'] as const)(
    'compute and refuse as %s what the host does',
    async (language) => {
      const answers = (await compiled(kernels, language, folder))(calls);
      const seen = new Map<number, number>();
      calls.forEach(({ kernel, sizes }, i) => {
        const { name, emitted } = kernels[kernel]!;
        const wanted = expected(kernels[kernel]!, sizes);
        seen.set(wanted.code, (seen.get(wanted.code) ?? 0) + 1);
        const of = JSON.stringify({
          name,
          sizes: named(kernels[kernel]!, sizes),
          params: emitted.params.map((p) => p.name),
          SEED,
        });
        expect(answers[i], of).toEqual(wanted);
      });
      expect([...seen.keys()].sort()).toEqual([0, ...Object.values(STATUS)].sort());
      const accepted = new Set(calls.filter((_, i) => answers[i]!.code === 0).map((c) => c.kernel));
      expect(accepted.size).toBe(kernels.length);
    },
    300_000,
  );

  it('say how long every array is', () => {
    for (const { kernel, sizes } of calls) {
      const made = program(kernels[kernel]!.emitted, named(kernels[kernel]!, sizes));
      if (E.isLeft(made)) continue;
      expect(shapesIn(kernels[kernel]!, sizes)).toEqual(made.right.buffers.map((b) => [b.name, b.access, b.elements]));
    }
  });

  it.each([
    ['a rest that is one less', ' + 1);', ');'],
    ['a tile that is another', ' / 4);', ' / 5);'],
    ['a size of 2^31', '>= 2147483648ull', '> 2147483648ull'],
    ['an array that is too large', '>= 2147483648.0', '> 1e300'],
    ['a number left out', 'params[1] =', 'params[0] ='],
  ])('would be seen to differ in %s', async (_, right, wrong) => {
    const kernel = get(extract(library(), 'total', 'cuda', { tiles: new Map(), ragged: 'first' }));
    expect(kernel.header).toContain(right);
    const planted = { ...kernel, header: kernel.header!.replaceAll(right, wrong) };
    const own = [
      [1, 1],
      [9, 77],
      [2 ** 31, 5],
      [2 ** 20, 2 ** 20],
    ].map((sizes) => ({ kernel: 0, sizes }));
    const answers = async (k: Extracted): Promise<readonly Answer[]> => (await compiled([k], 'c', folder))(own);
    const wanted = own.map((c) => expected(kernel, c.sizes));
    expect(await answers(kernel)).toEqual(wanted);
    expect(await answers(planted)).not.toEqual(wanted);
  });

  /** The lines of the comment, with sizes for the fields of the struct. */
  function shapesIn({ header }: Extracted, sizes: readonly number[]): readonly unknown[] {
    const fields = [...header!.matchAll(/^ {2}unsigned long long (\w+);$/gm)].map((m) => m[1]!);
    const value = (text: string): number =>
      text
        .split(' + ')
        .reduce(
          (n, p) =>
            n + p.split(' * ').reduce((m, x) => m * (fields.includes(x) ? sizes[fields.indexOf(x)]! : Number(x)), 1),
          0,
        );
    return [...header!.matchAll(/^\/\/ {3}(read {3}|written) (\w+)((?:\[[^\]]*\])*)/gm)].map(
      ([, access, name, shape]) => [
        name,
        access === 'written' ? 'read_write' : 'read',
        [...shape!.matchAll(/\[([^\]]*)\]/g)].reduce((n, m) => n * value(m[1]!), 1),
      ],
    );
  }
});
