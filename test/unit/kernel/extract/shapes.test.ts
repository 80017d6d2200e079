// Shapes to sizes, and sizes to the parts of an axis: what is refused with its reason, and what is accepted beside it.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../../src/kernel/extract/program.js';
import { sizesOf } from '../../../../src/kernel/extract/shapes.js';
import type { AxisUse } from '../../../../src/kernel/ir/kernel.js';
import { R, axis, variable } from '../../../support/ir/dsl.js';

const [q, k, d] = ['q', 'k', 'd'].map((n) => axis(variable(n))) as [
  ReturnType<typeof axis>,
  ReturnType<typeof axis>,
  ReturnType<typeof axis>,
];
const wires = [
  { name: 'x', object: R(q, d) },
  { name: 'y', object: R(k, d) },
  { name: 'eps', object: R() },
];
type Shapes = Record<string, readonly number[]>;
const right: Shapes = { x: [3, 4], y: [5, 4], eps: [] };

describe('shapes', () => {
  it('give the sizes of axes', () => {
    expect(sizesOf(wires, right)).toEqual(E.right({ leading: [], axes: { q: 3, k: 5, d: 4, batch: 1 } }));
  });
  it('may have the same leading axes on all arrays, and none on scalars', () => {
    const shapes = { x: [2, 7, 3, 4], y: [2, 7, 5, 4], eps: [] };
    expect(sizesOf(wires, shapes)).toEqual(E.right({ leading: [2, 7], axes: { q: 3, k: 5, d: 4, batch: 14 } }));
  });
  const wrong: readonly (readonly [why: string, change: Shapes, tag: string, detail: object])[] = [
    ['a size that differs', { y: [5, 6] }, 'SizeDiffers', { axis: 'd', wire: 'y', expected: 4, found: 6 }],
    ['equal sizes under another rank', { x: [4] }, 'WrongRank', { wire: 'x', axes: ['q', 'd'], shape: [4] }],
    ['leading axes on one wire alone', { y: [2, 5, 4] }, 'LeadingDiffers', { wire: 'y', expected: [], found: [2] }],
    ['leading axes in another order', { x: [2, 7, 3, 4], y: [7, 2, 5, 4] }, 'LeadingDiffers', { wire: 'y' }],
    ['an array for a scalar', { eps: [1] }, 'WrongRank', { wire: 'eps', axes: [] }],
    ['an empty axis', { x: [0, 4] }, 'EmptyAxis', { axis: 'q', wire: 'x' }],
    ['an empty leading axis', { x: [0, 3, 4], y: [0, 5, 4] }, 'EmptyAxis', { wire: 'x' }],
    ['a wire that does not exist', { z: [1] }, 'UnknownWire', { wire: 'z', wires: ['x', 'y', 'eps'] }],
    ['a name that every object has', { constructor: [1] }, 'UnknownWire', { wire: 'constructor' }],
  ];
  it.each(wrong)('refuse %s', (_why, change, tag, detail) => {
    expect(sizesOf(wires, { ...right, ...change })).toMatchObject({ left: { _tag: tag, ...detail } });
  });
  it('refuse a missing wire', () => {
    const { y, ...rest } = right;
    expect(y).toBeDefined();
    expect(sizesOf(wires, rest)).toMatchObject({ left: { _tag: 'MissingWire', wire: 'y' } });
  });
});

describe('the parts of an axis', () => {
  const [a, b, c, f, r] = ['a', 'b', 'c', 'f', 'r'].map((n) => variable(n));
  const grouped = (capacity: number): AxisUse => ({
    _tag: 'Grouped',
    name: 'n',
    rest: a!,
    count: c!,
    tile: b!,
    capacity,
    as: 'lane',
  });
  const streamed = (capacity: number, last: boolean): AxisUse => ({
    _tag: 'Streamed',
    name: 'n',
    head: a!,
    count: c!,
    tile: b!,
    capacity,
    last: last ? { flag: f!, rest: r! } : undefined,
  });
  const sizes = fc.tuple(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 100_000 }));

  it('add up, the ragged one first: n = rest + count b, 1 <= rest <= b', () => {
    fc.assert(
      fc.property(sizes, fc.boolean(), ([tile, n], stream) => {
        const { rest, head, count } = partsOf(stream ? streamed(tile, false) : grouped(tile), n);
        expect(rest + count * tile).toBe(n);
        expect(head).toBe(rest);
        expect(rest >= 1 && rest <= tile && count >= 0).toBe(true);
      }),
    );
  });
  it('add up, the ragged one last: n = head + count b + flag last, and there is one only where it is needed', () => {
    fc.assert(
      fc.property(sizes, ([tile, n]) => {
        const { head, count, flag, last } = partsOf(streamed(tile, true), n);
        expect(head + count * tile + flag * last).toBe(n);
        expect(head).toBe(Math.min(n, tile));
        expect(flag === 0 || (flag === 1 && last < tile)).toBe(true);
        expect(last).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
