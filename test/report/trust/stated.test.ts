// What a page states is read from it, and figures that are worse, or missing, are told.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../support/corpus.js';
import { groups } from './groups.js';
import { statedIn, worse } from './stated.js';

const page = [
  '| part | figure | stated |',
  '| --- | --- | --- |',
  '| a | n | at least 1,000 |',
  '| a | m | at most 2.5 |',
  '| b | k | exactly 0 |',
].join('\n');
const parts = (n: number, m: number, k: number) => [
  {
    title: 'a',
    figures: [
      { name: 'n', value: n },
      { name: 'm', value: m },
    ],
    failures: [],
  },
  { title: 'b', figures: [{ name: 'k', value: k }], failures: [] },
];

describe('stated figures', () => {
  const stated = statedIn(page);
  it('are read', () =>
    expect(stated.map((s) => [s.part, s.figure, s.bound, s.value])).toEqual([
      ['a', 'n', 'at least', 1000],
      ['a', 'm', 'at most', 2.5],
      ['b', 'k', 'exactly', 0],
    ]));
  it('hold where they are as good', () => expect(worse(stated, parts(1000, 2.5, 0))).toEqual([]));
  it.each([
    ['too few', parts(999, 2, 0), 'a: n: stated at least 1000, found 999'],
    ['too many', parts(1000, 3, 0), 'a: m: stated at most 2.5, found 3'],
    ['not the same', parts(1000, 2, 1), 'b: k: stated exactly 0, found 1'],
    ['not counted', parts(1000, 2, 0).slice(0, 1), 'b: k: stated exactly 0, not counted'],
  ])('%s', (_, found, said) => expect(worse(stated, found)).toEqual([said]));
  it('are refused where a page states none', () => expect(() => statedIn('nothing')).toThrow('states no figure'));
});

describe('groups', () => {
  it('have a page and files that exist, and every part belongs to one', () => {
    const files = Object.values(groups).flatMap((g) => g.files);
    for (const g of Object.values(groups))
      for (const f of [g.page, ...g.files]) expect(existsSync(path.join(root, f)), f).toBe(true);
    const areas = readdirSync(path.join(root, 'test')).filter(
      (a) => a !== 'trust' && existsSync(path.join(root, 'test', a, 'part.ts')),
    );
    expect(areas.filter((a) => !files.includes(`test/${a}/part.ts`))).toEqual([]);
    expect(statedIn(readFileSync(path.join(root, 'docs/reference/trust.md'), 'utf8')).length).toBeGreaterThan(30);
  });
});
