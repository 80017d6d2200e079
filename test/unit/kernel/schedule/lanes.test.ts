// Lanes along a streamed axis: which streams take them and which elements a lane then has, the kernels against their own diagram at sizes around every border, and
// what validation refuses of them, each with its reason and an accepted twin.
import * as E from 'fp-ts/lib/Either.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extract } from '../../../../src/kernel/extract/extract.js';
import type { AxisUse, Elect, Kernel, Lanes, Stmt, Streamed } from '../../../../src/kernel/ir/kernel.js';
import { frameOf, lanesOf, num } from '../../../../src/kernel/ir/kernel.js';
import type { Scheduled } from '../../../../src/kernel/ir/scheduled.js';
import { validate } from '../../../../src/kernel/validate/validate.js';
import type { Library } from '../../../../src/proof/script/check.js';
import { runHost } from '../../../../src/run/device/host.js';
import { type Gpu, openGpu } from '../../../../src/run/device/webgpu.js';
import { get } from '../../../support/ir/dsl.js';
import { prepare, random, worst } from '../../../support/ir/run.js';
import { AXES, lanesLibrary, streamOver } from './lanes.js';
import { barrier, everywhere, lowered, verdict, zero } from '../validate/attack.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000);
let library: Library;
let gpu: Gpu;
beforeAll(async () => {
  library = lanesLibrary();
  expect(library.diagnostics.filter((d) => d.file.endsWith('/t.weft'))).toEqual([]);
  gpu = get(await openGpu());
});
afterAll(() => gpu.close());

interface Asked {
  readonly lanes?: number;
  readonly tile?: number;
  readonly axis?: string;
  readonly ragged?: 'first' | 'last';
  readonly n?: number;
  readonly batch?: number;
  readonly rows?: number;
}
const asked = (name: string, { lanes, tile, axis = 'n', ragged = 'first', n, batch, rows }: Asked) => {
  const sizes = new Map(Object.entries({ n, batch }).flatMap(([a, s]) => (s === undefined ? [] : [[a, s] as const])));
  const tiles = new Map(
    Object.entries({ n: tile, batch: rows }).flatMap(([a, s]) => (s === undefined ? [] : [[a, s] as const])),
  );
  const along = lanes === undefined ? {} : { lanes: new Map([[axis, lanes]]) };
  return extract(library, name, 'wgsl', { tiles, ragged, sizes, ...along });
};
const made = (name: string, options: Asked): Scheduled => get(asked(name, options)).theorem.scheduled;
const lanesIn = (s: Scheduled): Lanes | undefined => lanesOf(s, 'n');

describe('which streams take lanes', () => {
  it('takes elements apart where the order of merging does not matter, and neighbours where it does', () => {
    expect(lanesIn(made('sums', { lanes: 4 }))).toMatchObject({ elements: 'apart', most: 4 });
    expect(lanesIn(made('ends', { lanes: 4 }))).toMatchObject({ elements: 'run', most: 4 });
  });
  it.each<readonly [string, Asked, string]>([
    ['folded', { lanes: 4 }, 'NotMergeable'],
    ['rows', { lanes: 4 }, 'OtherAxes'],
    ['shares', { lanes: 4 }, 'TwoPasses'],
    ['any', { lanes: 4 }, 'TruthValues'],
    ['sums', { lanes: 4, axis: 'm' }, 'NotStreamed'],
    ['sums', { lanes: 4, ragged: 'last' }, 'RaggedLast'],
    ['sums', { lanes: 3 }, 'Number'],
    ['sums', { lanes: 2048 }, 'Number'],
  ])('%s with %o: %s', (name, options, why) => {
    const found = asked(name, options);
    expect(E.isLeft(found) && found.left).toMatchObject({ _tag: 'Lanes', why: { _tag: why } });
    expect(E.isRight(asked(name, { lanes: 1 }))).toBe(true);
  });
  it.each<readonly [string, Asked, number]>([
    ['sums', {}, 32],
    ['sums', { n: 100 }, 1],
    ['sums', { n: 4096 }, 32],
    ['sums', { n: 131072 }, 64],
    ['sums', { ragged: 'last' }, 1],
    ['sums', { lanes: 1 }, 1],
    ['sums', { rows: 9 }, 16],
    ['sums', { rows: 200 }, 1],
    ['sums', { n: 131072, rows: 4 }, 64],
    ['ends', {}, 1],
    ['ends', { n: 131072, batch: 2048 }, 32],
    ['ends', { n: 131072, batch: 8193 }, 1],
    ['ends', { n: 8191, batch: 2048 }, 1],
    ['folded', { n: 131072, batch: 2048 }, 1],
    ['shares', { n: 131072, batch: 2048 }, 1],
    ['any', {}, 1],
  ])('%s with %o has %i lanes a row', (name, options, lanes) => {
    expect(lanesIn(made(name, options))?.most ?? 1).toBe(lanes);
  });
});

describe('the numbers', () => {
  const cases = ['sums', 'ends'].flatMap((name) => [2, 4, 8].map((lanes) => [name, lanes] as const));
  it.each(cases)('%s over %i lanes, at every size up to three tiles a lane', async (name, lanes) => {
    const s = made(name, { lanes, tile: 2 });
    const checked = get(validate(lowered(s), s.rhs));
    for (let n = 1; n <= 7 * lanes + 1; n++) {
      const [next, sizes] = [random(SEED + n), { n, batch: 1 + (n % 7) }];
      for (const target of ['wgsl', 'host'] as const) {
        const p = prepare(s, checked, target, sizes, next);
        const [out] = get(await (target === 'wgsl' ? gpu.run : runHost)(p.program, p.inputs));
        expect(worst(out!, p.expected), JSON.stringify({ name, lanes, target, sizes, seed: SEED + n })).toBeLessThan(
          1e-4,
        );
      }
    }
  });
});

describe('validation', () => {
  const small = (): Scheduled => made('sums', { lanes: 4, tile: 2 });
  const elect = (k: Kernel, change: (s: Elect) => Stmt | readonly Stmt[]): Kernel =>
    everywhere(k, (s) => (s._tag === 'Elect' ? change(s) : s));
  const inside = (k: Kernel, ...more: readonly Stmt[]): Kernel =>
    elect(k, (s) => ({ ...s, body: [...more, ...s.body] }));
  const along = (k: Kernel, change: (u: Lanes) => Lanes): Kernel => {
    const uses = k.uses.map((u) => (u._tag === 'Lanes' ? change(u) : u));
    return { ...k, uses, frame: frameOf({ uses }) };
  };
  const walk = (k: Kernel): Stmt & { readonly _tag: 'Each' } => {
    const found = k.body.find((s) => s._tag === 'Each' && s.share);
    return found?._tag === 'Each' ? found : expect.fail('no walk over lanes');
  };
  const state = (k: Kernel): string =>
    k.body.flatMap((s) => (s._tag === 'Var' && s.dims.length === 0 ? [s.name] : []))[0]!;
  const named = (k: Kernel): string =>
    k.body.flatMap((s) => (s._tag === 'Var' && s.dims.length === 1 ? [s.name] : []))[0]!;

  it('accepts what lowering makes, and what says the same', () => {
    const s = small();
    const k = lowered(s);
    expect(verdict(k, s)).toBe('accepted');
    expect(verdict(inside(k, { _tag: 'Let', name: 'more', kind: 'real', value: zero }), s)).toBe('accepted');
    expect(
      verdict(
        elect(k, (e) => ({ ...e, body: [{ ...e, lanes: e.lanes, body: [] }] })),
        s,
      ),
    ).not.toBe('accepted');
  });
  // prettier-ignore
  it.each<readonly [string, string, (k: Kernel) => Kernel]>([
    ['every lane stores',                     'E-SHARE',   (k) => elect(k, (s) => s.body)],
    ['no lane is elected',                    'E-SHARE',   (k) => elect(k, (s) => ({ ...s, lanes: [] }))],
    ['a lane of the rows is elected',         'E-SHARE',   (k) => elect(k, (s) => ({ ...s, lanes: ['batch'] }))],
    ['elected twice',                         'E-SHARE',   (k) => elect(k, (s) => ({ ...s, lanes: [...s.lanes, ...s.lanes] }))],
    ['elected inside of an election',         'E-SHARE',   (k) => elect(k, (s) => ({ ...s, body: [s] }))],
    ['elected in turns that lanes share',     'E-SHARE',   (k) => everywhere(k, (s) => (s._tag === 'Each' && s.share ? { ...s, body: [...s.body, { _tag: 'Elect', lanes: ['n.lanes'], body: [] }] } : s))],
    ['a barrier for one lane',                'E-BARRIER', (k) => inside(k, barrier)],
    ['a put by one lane',                     'E-SHARE',   (k) => inside(k, ...k.body.filter((s) => s._tag === 'Put'))],
    ['a loop for one lane',                   'E-BARRIER', (k) => inside(k, ...k.body.filter((s) => s._tag === 'Loop').slice(0, 1))],
    ['a state that one lane changes',         'E-GUARD',   (k) => inside(k, { _tag: 'Set', name: state(k), index: [], value: zero })],
    ['what each lane has, in one',            'E-SHARE',   (k) => inside(k, { _tag: 'Let', name: 'more', kind: 'real', value: { _tag: 'Get', name: named(k), index: [num(0)] } })],
    ['turns of all lanes, in one',            'E-SHARE',   (k) => inside(k, { ...walk(k), index: 'again', body: [] })],
    ['stored by no lane',                     'E-STORE',   (k) => elect(k, () => [])],
    ['no barrier before the lanes merge',     'E-BARRIER', (k) => ({ ...k, body: k.body.filter((s, i) => !(s._tag === 'Barrier' && k.body[i - 1]?._tag === 'Put')) })],
    ['the lanes of another stream',           'E-SHAPE',   (k) => along(k, (u) => ({ ...u, of: 'm' }))],
    ['the other order of elements',           'E-SHAPE',   (k) => along(k, (u) => ({ ...u, elements: 'run' }))],
    ['no lanes at all',                       'E-SHAPE',   (k) => along(k, (u) => ({ ...u, most: 0 }))],
    ['other lanes than the tile has',         'E-SHAPE',   (k) => along(k, (u) => ({ ...u, most: 8 }))],
    ['a rest that may be empty',              'E-SHAPE',   (k) => along(k, (u) => ({ ...u, rest: u.axis, axis: u.rest }))],
    ['lanes of a stream twice',               'E-SHAPE',   (k) => ({ ...k, uses: k.uses.flatMap((u): readonly AxisUse[] => (u._tag === 'Lanes' ? [u, { ...u, name: 'again' }] : [u])) })],
  ])('refuses: %s', (_, code, change) => {
    const s = small();
    expect(verdict(change(lowered(s)), s)).toBe(code);
  });
  it('refuses lanes of a stream without a head, or with its rest last', () => {
    const s = small();
    const streamed = (k: Kernel, change: (u: Streamed) => Streamed): Kernel => ({
      ...k,
      uses: k.uses.map((u) => (u._tag === 'Streamed' ? change(u) : u)),
    });
    const k = lowered(s);
    const { axis, rest } = lanesIn(s)!;
    expect(
      verdict(
        streamed(k, (u) => ({ ...u })),
        s,
      ),
    ).toBe('accepted');
    expect(
      verdict(
        streamed(k, (u) => ({ ...u, head: undefined })),
        s,
      ),
    ).toBe('E-SHAPE');
    expect(
      verdict(
        streamed(k, (u) => ({ ...u, last: { flag: axis, rest } })),
        s,
      ),
    ).toBe('E-SHAPE');
  });
  it.each(['wgsl', 'host'] as const)('%s keeps what one lane declares to it', async (target) => {
    const s = small();
    const more: Stmt = { _tag: 'Let', name: 'more', kind: 'real', value: zero };
    const k = inside(lowered(s), more);
    const twice = { ...k, body: [...k.body, more] };
    const checked = get(validate(twice, s.rhs));
    const p = prepare(s, checked, target, { n: 9, batch: 2 }, random(SEED));
    const [out] = get(await (target === 'wgsl' ? gpu.run : runHost)(p.program, p.inputs));
    expect(worst(out!, p.expected), `seed ${SEED}`).toBeLessThan(1e-4);
  });
  it.each(AXES)('an axis called %s has a constant of its own', async (axis) => {
    const options = { tiles: new Map([[axis, 2]]), lanes: new Map([[axis, 4]]), ragged: 'first' } as const;
    const { scheduled } = get(extract(library, streamOver(axis), 'host', options)).theorem;
    const checked = get(validate(lowered(scheduled), scheduled.rhs));
    for (const target of ['wgsl', 'host'] as const) {
      const p = prepare(scheduled, checked, target, { [axis]: 23, batch: 3 }, random(SEED));
      const constants = [...p.program.text.matchAll(/const (\w+) = \d+u?;/g)].map(([, name]) => name);
      expect(constants.length).toBeGreaterThan(2);
      expect(new Set(constants).size).toBe(constants.length);
      const [out] = get(await (target === 'wgsl' ? gpu.run : runHost)(p.program, p.inputs));
      expect(worst(out!, p.expected), `seed ${SEED}`).toBeLessThan(1e-4);
    }
  });
  it('knows neighbours from elements apart', () => {
    const [apart, run] = [small(), made('ends', { lanes: 4, tile: 2 })];
    expect(verdict(lowered(run), run)).toBe('accepted');
    expect(
      verdict(
        along(lowered(run), (u) => ({ ...u, elements: 'apart' })),
        run,
      ),
    ).toBe('E-SHAPE');
    expect(verdict(lowered(apart), run)).not.toBe('accepted');
  });
});
