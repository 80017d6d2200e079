// How often inputs are read, as headers say it: against what the host's text reads when it runs, at tiles of one lane, where nothing is shared; and, where
// lanes share, against what a reader counts in the text.
import { describe, expect, it } from 'vitest';
import { program } from '../../../../src/kernel/extract/program.js';
import { often, readsOf } from '../../../../src/kernel/extract/moved.js';
import type { Extracted } from '../../../../src/kernel/extract/extract.js';
import { stripSignature } from '../../../../src/run/device/host.js';
import { library } from '../../../target/kernels/library.js';
import { type Choice, extracted } from '../../../target/kernels/pool.js';
import { get } from '../../../support/ir/dsl.js';

const TILE = 4;
const FULL = 8;

type Sizes = Readonly<Record<string, number>>;
const counted = (kernel: Extracted): ReturnType<typeof readsOf> => readsOf(kernel.emitted.validated.kernel);

/** How often each input's elements are read on average when the host's text runs. */
async function ran(kernel: Extracted, sizes: Sizes): Promise<Readonly<Record<string, number>>> {
  const made = get(program(kernel.emitted, sizes));
  const source = stripSignature(made.entry, made.text);
  const module = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as Record<
    string,
    (buffers: readonly object[], params: Uint32Array) => void
  >;
  const reads = made.buffers.map(() => 0);
  const buffers = made.buffers.map(
    ({ elements }, i) =>
      new Proxy(new Float32Array(elements).fill(0.5), {
        get: (array, key) => {
          reads[i]! += 1;
          return Reflect.get(array, key) as unknown;
        },
        set: (array, key, value) => Reflect.set(array, key, value),
      }),
  );
  module[made.entry]!(buffers, Uint32Array.from(made.paramValues));
  const { inputs } = kernel.emitted.validated.kernel;
  return Object.fromEntries(inputs.map(({ name }, i) => [name, reads[i]! / made.buffers[i]!.elements]));
}

/** A formula's value: blocks of one element, and full tiles of what is streamed. */
const valueOf = (
  sum: readonly { readonly times: number; readonly of: readonly string[] }[],
  sizes: Sizes,
  streamed: string,
): number =>
  sum.reduce((all, { times, of }) => {
    const factors = of.map((name) => {
      const axis = /^\(tiles of (\w+)\)$/.exec(name)?.[1];
      return axis === streamed ? FULL : sizes[axis ?? name]!;
    });
    return all + factors.reduce((x, y) => x * y, times);
  }, 0);

describe('how often an element is read', () => {
  const names = ['total', 'logsumexp', 'variance', 'softmax', 'arg-max', 'cross-entropy', 'matmul', 'attention', 'sigmoid-attention', 'gated-attention', 'gradient-of-keys', 'gradient-of-queries', 'layer-norm-linear', 'rms-norm-linear', 'spherical-attention']; // prettier-ignore
  it.each(names)('%s: as the formula says, with one lane a block', async (name) => {
    const streamed = library().streams.get(name)!.axis.name;
    const { uses } = get(extracted(name, 'host', { tiles: {}, ragged: 'first', lanes: { [streamed]: 1 } })).theorem
      .scheduled;
    const tiles = Object.fromEntries(
      uses.flatMap((u) => (u._tag === 'Grouped' ? [[u.name, 1]] : u.name === streamed ? [[u.name, TILE]] : [])),
    );
    const kernel = get(extracted(name, 'host', { tiles, ragged: 'first', lanes: { [streamed]: 1 } }));
    const axes = [...kernel.info.names.axes.keys(), 'batch'];
    const sizes: Sizes = Object.fromEntries(axes.map((a, i) => [a, a === streamed ? TILE * (1 + FULL) : 3 + i]));
    const found = await ran(kernel, sizes);
    for (const [array, sum] of counted(kernel)) {
      const said = valueOf(sum, sizes, streamed);
      expect(Math.abs(found[array]! / said - 1), `${array}: ${often(sum)}, ${found[array]} for ${said}`).toBeLessThan(
        0.3,
      );
    }
  });

  const shared = (tiles: Choice['tiles'], perLane: Choice['perLane'] = {}): Choice => ({
    tiles,
    ragged: 'first',
    perLane,
    whole: ['d'],
  });
  // prettier-ignore
  const TEXTS: readonly (readonly [name: string, choice: Choice, reads: Readonly<Record<string, string>>])[] = [
    ['total',     { tiles: {}, ragged: 'first' },                                    { x: 'once' }],
    ['logsumexp', { tiles: {}, ragged: 'first' },                                    { x: 'twice' }],
    ['logsumexp', { tiles: {}, ragged: 'first', lanes: { n: 1 } },                   { x: 'once' }],
    ['l2-norm',   { tiles: {}, ragged: 'first' },                                    { x: 'once' }],
    ['variance',  { tiles: {}, ragged: 'first', lanes: { n: 32 } },                  { x: 'twice' }],
    ['softmax',   { tiles: {}, ragged: 'first' },                                    { x: 'twice' }],
    ['matmul',    { tiles: {}, ragged: 'first' },                                    { a: '(tiles of n) times', b: '(tiles of m) times' }],
    ['attention', shared({ q: 64, e: 64, k: 64, d: 32 }, { q: 8, e: 8 }),            { q: '(tiles of e) + (tiles of e) (tiles of k) times', k: '(tiles of q) (tiles of e) times', v: '(tiles of q) times' }],
  ];
  it.each(TEXTS)('%s, where lanes share: what its text reads (%#)', (name, choice, reads) => {
    const found = counted(get(extracted(name, 'cuda', choice)));
    expect(Object.fromEntries([...found].map(([array, sum]) => [array, often(sum)]))).toEqual(reads);
  });
});
