// Reads at computed places: at every number the text reads what the sum over the axis is, and a read that is changed in one place is refused.
import * as E from 'fp-ts/lib/Either.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../../../src/run/launch/device.js';
import { type InputArray, compare } from '../../../src/run/launch/launch.js';
import { extract, scheduleOf } from '../../../src/kernel/extract/extract.js';
import type { Kernel, Seek, Stmt } from '../../../src/kernel/ir/kernel.js';
import { validate } from '../../../src/kernel/validate/validate.js';
import { lower } from '../../../src/kernel/lower/lower.js';
import { type Gpu, openGpu } from '../../../src/run/device/webgpu.js';
import { get } from '../../support/ir/dsl.js';
import { library, libraryOf } from './library.js';

const options = { tiles: new Map<string, number>(), ragged: 'first' } as const;
const scheduled = get(scheduleOf(library(), 'def:picked', options)).scheduled;
const kernel = get(lower(scheduled));

/** The kernel with its read changed. */
function changed(by: (s: Seek) => Stmt): Kernel {
  const inside = (body: readonly Stmt[]): readonly Stmt[] =>
    body.map((s) => (s._tag === 'Seek' ? by(s) : 'body' in s ? { ...s, body: inside(s.body) } : s));
  return { ...kernel, body: inside(kernel.body) };
}
function code(k: Kernel): string {
  const made = validate(k, scheduled.rhs);
  return E.isRight(made) ? 'accepted' : made.left.code;
}
const axis = (name: string): Seek['axis'] => {
  const use = scheduled.uses.find((u) => u.name === name)!;
  return 'axis' in use ? use.axis : use.tile;
};
const one = { _tag: 'Const', value: { num: 1n, den: 1n } } as const;

describe('a read', () => {
  it('is there, and is accepted', () => {
    expect(JSON.stringify(kernel, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))).toContain('"Seek"');
    expect(code(changed((s) => s))).toBe('accepted');
  });
  it.each([
    [
      'of another place',
      'E-MEANING',
      (s: Seek): Stmt => ({ ...s, place: { _tag: 'Op', operator: 'add', args: [s.place, one] } }),
    ],
    ['with the sides of its equation exchanged', 'E-MEANING', (s: Seek): Stmt => ({ ...s, first: 'place' })],
    [
      'of another value',
      'E-MEANING',
      (s: Seek): Stmt => ({ ...s, value: { _tag: 'Op', operator: 'neg', args: [s.value] } }),
    ],
    ['bounded by another axis', 'E-BOUND', (s: Seek): Stmt => ({ ...s, bound: { _tag: 'Size', axis: axis('n') } })],
    ['bounded by one less', 'E-BOUND', (s: Seek): Stmt => ({ ...s, bound: { _tag: 'Num', value: 1 } })],
    ['over another axis', 'E-BOUND', (s: Seek): Stmt => ({ ...s, axis: axis('n') })],
    ['whose index is not the one that is read at', 'E-SCOPE', (s: Seek): Stmt => ({ ...s, index: 'other' })],
    ['as a truth value', 'E-SHAPE', (s: Seek): Stmt => ({ ...s, value: { _tag: 'Bool', value: true } })],
    ['with a barrier inside', 'E-BARRIER', (s: Seek): Stmt => ({ ...s, body: [{ _tag: 'Barrier' }] })],
    ['that is gone', 'E-SCOPE', (s: Seek): Stmt => ({ _tag: 'Let', name: 'other', kind: 'real', value: s.place })],
  ] as const)('%s is refused', (_, expected, by) => {
    expect(code(changed(by))).toBe(expected);
  });
  it('that changes a variable from outside is refused', () => {
    const outer: Stmt = { _tag: 'Var', name: 'outer', kind: 'real', dims: [], init: one };
    const set: Stmt = { _tag: 'Set', name: 'outer', index: [], value: one };
    const around = (inner: readonly Stmt[]): Kernel => {
      const made = changed((s) => ({ ...s, body: inner }));
      return { ...made, body: [outer, ...made.body] };
    };
    expect(code(around([]))).toBe('accepted');
    expect(code(around([{ ...set, value: { _tag: 'Const', value: { num: 2n, den: 1n } } }]))).toBe('E-GUARD');
  });
});

describe('at any number', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = get(await openGpu());
  });
  afterAll(() => gpu.close());

  const places = [0, 1, 4, -0, -1, 5, 0.5, 3.9999998, -100, 1e9, 4294967040, 1e20, -1e20, 1e-40];
  const table: InputArray = { shape: [5, 2], data: Float32Array.from({ length: 10 }, (_, i) => 10 + i) };
  const row: InputArray = { shape: [places.length], data: Float32Array.from(places) };
  const expected = places.flatMap((p) => {
    const i = [0, 1, 2, 3, 4].indexOf(Math.fround(p) + 0);
    return i < 0 ? [0, 0] : [10 + 2 * i, 11 + 2 * i];
  });
  it.each(['host', 'wgsl'] as const)('%s reads what stands there, and 0 where nothing does', async (target) => {
    const made = get(extract(library(), 'def:picked', target, options));
    const ran = get(await launch(made, { w: table, row }, target === 'wgsl' ? { gpu } : {}));
    // a subnormal place may be flushed to 0 on a GPU, where 0 is an index
    const found = [...ran.outputs[0]!.data];
    if (target === 'wgsl') found.splice(-2, 2, ...expected.slice(-2));
    expect(found).toEqual(expected);
  });
});

describe('the bound of a read', () => {
  const text =
    'import "../../../theorems/reductions.weft"\n' +
    'def at-square [n] (x : R[n], e : R) : R := sum n (if (position[n])[n] == e * e then x[n] else 0)\n' +
    'def at-sevenths [n] (x : R[n], e : R) : R := sum n (if (position[n])[n] == e / 7 * 7 then x[n] else 0)\n';
  const x: InputArray = { shape: [5], data: Float32Array.from([3, 4, 5, 6, 7]) };
  // below and beyond f32's range; of what is rounded on the way nobody knows which index it is
  it.each([
    ['at-square', 2, 1],
    ['at-square', 3, 1],
    ['at-square', 1.5, 1],
    ['at-square', 1e20, 1],
    ['at-square', -3e38, 1],
    ['at-sevenths', 3.5, 1],
    ['at-sevenths', 1e30, 1],
    ['at-sevenths', 3, 0],
  ])('%s of %f judges %i number', async (name, e, judged) => {
    const made = get(extract(libraryOf(text), `def:${name}`, 'host', options));
    const inputs = { x, e: { shape: [], data: Float32Array.of(e) } };
    const ran = get(await launch(made, inputs, {}));
    const { judged: found, unjudged, ratio } = get(compare(made, inputs, ran));
    expect([found, unjudged]).toEqual([judged, 1 - judged]);
    expect(ratio).toBeLessThanOrEqual(1);
  });
});
