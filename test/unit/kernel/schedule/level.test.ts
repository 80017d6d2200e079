// The tiles that nobody named: what is usual, and what suits sizes that are known.
import { describe, expect, it } from 'vitest';
import { check, extract, libraryFolder } from 'weft';
import { defaultTiles, usualTile } from '../../../../src/kernel/schedule/level.js';

describe('the usual tile', () => {
  it('is that of the role where no size is known, or a size of no register tile', () => {
    for (const role of ['lane', 'register', 'stream'] as const)
      expect(usualTile(role, undefined)).toBe(defaultTiles[role]);
    expect(usualTile('serial', 40)).toBe(1);
    expect(usualTile('lane', defaultTiles.lane + 1)).toBe(defaultTiles.lane);
  });
  it('covers an axis of a register tile that is longer by at most a half', () => {
    const usual = defaultTiles.register;
    const sizes = [1, usual, usual + 1, 1.5 * usual, 1.5 * usual + 1];
    expect(sizes.map((n) => usualTile('register', n))).toEqual([usual, usual, usual + 1, 1.5 * usual, usual]);
  });
  it('is in the text of a kernel, and gives way to a tile that is named', () => {
    const checked = check(libraryFolder, [], { only: ['matmul'] });
    const tileOf = (options: object): string | undefined =>
      /N_TILE = (\d+)u;/.exec(extract(checked, 'matmul', { target: 'cuda', ...options }).text)?.[1];
    expect(tileOf({})).toBe('32');
    expect(tileOf({ sizes: { n: 38 } })).toBe('38');
    expect(tileOf({ sizes: { n: 64 } })).toBe('32');
    expect(tileOf({ sizes: { n: 38 }, tiles: { n: 7 } })).toBe('7');
  });
});
