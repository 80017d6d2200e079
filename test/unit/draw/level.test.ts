// Levels of memory in the picture of a loop: which wires are marked, and the table.
import { describe, expect, test } from 'vitest';
import { drawLevels } from '../../../src/draw/draw.js';
import { streamLoop } from '../../../src/language/elaborate/stream-loop.js';
import { readStatements } from '../../../src/proof/script/statements.js';
import { library } from '../../support/corpus.js';
import { overlaps, readPicture } from './svg.js';

const info = readStatements(library().statements).streams.get('spherical-attention')!;
const loop = streamLoop(info);
const table = [
  ['device memory (d)', 'the arrays', 'q once'],
  ['shared (s)', '64 bytes', 'each tile of v'],
] as const;
const picture = (wires: ReadonlyMap<string, 'device' | 'shared'>): string => {
  if (loop._tag === 'Left') throw new Error('no loop');
  return drawLevels(loop.right.term, loop.right.wires, { wires, flag: 'k=16', table }, { width: 100_000 });
};
const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

describe('a loop with levels', () => {
  const svg = picture(new Map([['q', 'device'], ['k', 'device'], ['v', 'shared'], ['eps', 'device']])); // prettier-ignore
  const read = readPicture(svg);
  const texts = read.texts.map((t) => t.text);

  test('has a bar for each wire that enters the loop, of its level; none for the state', () => {
    expect(count(svg, /class="bar shared"/g)).toBe(1);
    expect(count(svg, /class="bar device"/g)).toBe(2);
    const all = picture(new Map([['q', 'shared'], ['k', 'shared'], ['v', 'shared']])); // prettier-ignore
    expect(count(all, /class="bar shared"/g)).toBe(3);
    expect(count(picture(new Map()), /class="bar/g)).toBe(0);
  });
  test('has a letter beside each colour', () => {
    const letters = (which: string): number => texts.filter((t) => t === which).length;
    expect([letters('s'), letters('d'), letters('r')].map((n) => n >= 1)).toEqual([true, true, true]);
    expect(count(svg, /class="area"/g)).toBe(1);
  });
  test('says the tile and the table, above the diagram', () => {
    expect(texts).toEqual(expect.arrayContaining(['each t, k=16', 'M, held', 'H, moved', ...table.flat()]));
    const lowest = Math.max(...read.texts.filter((t) => table.flat().includes(t.text as never)).map((t) => t.y));
    expect(Math.min(...read.operations.map((o) => o.y))).toBeGreaterThan(lowest);
    expect(overlaps(read.operations)).toEqual([]);
  });
});
