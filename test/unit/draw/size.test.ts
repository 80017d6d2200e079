// Sizes in a picture: digits after the names of axes that have one, and nothing else changes.
import { describe, expect, test } from 'vitest';
import { draw } from '../../../src/draw/draw.js';
import { sizeOfAxis } from '../../../src/draw/size.js';
import { readStatements } from '../../../src/proof/script/statements.js';
import { library } from '../../support/corpus.js';
import { overlaps, readPicture } from './svg.js';

const law = readStatements(library().statements).stated.get('spherical-attention')!.law!;
const picture = (sizes?: ReadonlyMap<string, number>): string =>
  draw(law.lhs, law.wires ?? [], { width: 100_000, ...(sizes ? { sizes } : {}) });
const digits = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text class="digits"[^>]*>([^<]*)</g)].map((m) => m[1]!);
const axes = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text class="axis"[^>]*>([^<]*)</g)].map((m) => m[1]!);

describe('sizes', () => {
  test('stand after every name of their axis, and after no other', () => {
    const svg = picture(new Map([['q', 3051], ['d', 38]])); // prettier-ignore
    const count = (name: string): number => axes(svg).filter((a) => a === name).length;
    expect(digits(svg).filter((d) => d === '3051').length).toBe(count('q'));
    expect(digits(svg).filter((d) => d === '38').length).toBe(count('d'));
    expect(digits(svg).length).toBe(count('q') + count('d'));
    expect(count('q')).toBeGreaterThan(2);
    // right of the name, left of what comes next
    const texts = [...svg.matchAll(/<text class="(axis|digits)" x="([\d.]+)" y="([\d.]+)"/g)].map(
      (m) => [m[1], Number(m[2]), Number(m[3])] as const,
    );
    const at = texts.findIndex((t) => t[0] === 'digits');
    expect(texts[at - 1]![0]).toBe('axis');
    expect(texts[at]![1]).toBeGreaterThan(texts[at - 1]![1]);
    expect(texts[at]![2] - texts[at - 1]![2]).toBeCloseTo(1);
    expect(overlaps(readPicture(svg).operations)).toEqual([]);
  });
  test('change nothing where there are none', () => {
    expect(digits(picture())).toEqual([]);
    expect(picture(new Map())).toBe(picture());
    expect(axes(picture(new Map([['k', 7]])))).toEqual(axes(picture()));
  });
  test('of a compound axis are computed; one without a size leaves it bare', () => {
    const tiling = readStatements(library().statements).stated.get('sum-add')!.law!;
    const [a, b] = tiling.lhs.dom.leaves.map((l) => l.axes[0]!);
    expect([a, b].map((x) => sizeOfAxis(x!, new Map([['a', 3], ['b', 4]])))).toEqual([3, 4]); // prettier-ignore
    const { lhs } = readStatements(library().statements).stated.get('sum-tile')!.law!;
    const axis = lhs.dom.leaves[0]!.axes[0]!;
    expect(sizeOfAxis(axis, new Map([['a', 3], ['b', 4]]))).toBe(12); // prettier-ignore
    expect(sizeOfAxis(axis, new Map([['a', 3]]))).toBe(undefined);
  });
});
