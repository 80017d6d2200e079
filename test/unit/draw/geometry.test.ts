// Pictures by their geometry, read back from the SVG: of random diagrams with every former, and of both sides of every statement of the library. Seeds
// are fresh and printed.
import { describe, expect, test } from 'vitest';
import type { Term } from '../../../src/core/index.js';
import { draw, drawEquation } from '../../../src/draw/draw.js';
import { showObject } from '../../../src/language/print/algebra.js';
import { readStatements } from '../../../src/proof/script/statements.js';
import { randomTerm } from '../../oracle/laws/property.js';
import { choicesOf } from '../../oracle/laws/tape.js';
import { library } from '../../support/corpus.js';
import { allOperations, crossings, looseEnds, objectAt, overlaps, readPicture } from './svg.js';

const tries = 200;
/** No row is broken. */
const WIDE = 1_000_000;

/** What is wrong with the picture of a term. */
function faults(term: Term, svg: string): readonly string[] {
  const picture = readPicture(svg);
  const { starts, stops } = looseEnds(picture);
  const left = Math.min(...starts.map((w) => w.from.x));
  const right = Math.max(...stops.map((w) => w.to.x));
  const [dom, cod] = [objectAt(picture, starts, 'from'), objectAt(picture, stops, 'to')];
  return [
    ...overlaps(picture.operations),
    ...crossings(picture),
    ...starts
      .filter((w) => Math.abs(w.from.x - left) > 0.15)
      .map((w) => `a wire begins at nothing, ${w.from.x} ${w.from.y}`),
    ...stops.filter((w) => Math.abs(w.to.x - right) > 0.15).map((w) => `a wire ends at nothing, ${w.to.x} ${w.to.y}`),
    ...(dom === showObject(term.dom) ? [] : [`the left column is ${dom}, not ${showObject(term.dom)}`]),
    ...(cod === showObject(term.cod) ? [] : [`the right column is ${cod}, not ${showObject(term.cod)}`]),
    ...(picture.columns[0]!.object === showObject(term.dom) ? [] : ['the first column says another object']),
    ...(picture.columns.at(-1)!.object === showObject(term.cod) ? [] : ['the last column says another object']),
    ...picture.wires
      .flatMap((w) => w.points)
      .filter((p) => p.x < 0 || p.y < 0 || p.x > picture.width || p.y > picture.height)
      .map((p) => `out of the picture: ${p.x} ${p.y}`),
  ];
}

describe('the picture of a random diagram', () => {
  test('has glyphs apart, wires that are continuous, and the declared objects at both ends', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const wrong: string[] = [];
    let [abridged, operations] = [0, 0];
    for (let i = 0; i < tries; i += 1) {
      const term = randomTerm(choicesOf(seed + i, 120));
      const svg = draw(term, [], { width: WIDE });
      if (svg.includes('too large to be drawn')) abridged += 1;
      operations += allOperations(readPicture(svg).operations).length;
      wrong.push(...faults(term, svg).map((f) => `seed ${seed + i}: ${f}`));
    }
    expect(wrong.slice(0, 10).join('\n'), `seed ${seed}`).toBe('');
    expect(abridged, `seed ${seed}`).toBeLessThan(tries / 10);
    expect(operations, `seed ${seed}`).toBeGreaterThan(tries);
  });

  test('is the same text whatever was drawn before', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const terms = Array.from({ length: 20 }, (_, i) => randomTerm(choicesOf(seed + i, 120)));
    const once = terms.map((t) => draw(t, []));
    const again = [...terms].reverse().map((t) => draw(t, []));
    expect(again.reverse(), `seed ${seed}`).toEqual(once);
  });
});

describe('the picture of a statement of the library', () => {
  const { stated } = readStatements(library().statements);
  const laws = [...stated.values()].flatMap((s) => (s.law ? [s.law] : []));

  test('is right by its geometry, on both sides', { timeout: 240_000 }, () => {
    expect(laws.length).toBeGreaterThan(250);
    const wrong = laws.flatMap((law) =>
      [law.lhs, law.rhs].flatMap((side) =>
        faults(side, draw(side, law.wires ?? [], { width: WIDE })).map((f) => `${law.name}: ${f}`),
      ),
    );
    expect(wrong.slice(0, 10).join('\n')).toBe('');
  });

  test('is no wider than it is asked to be, wherever rows can be broken', () => {
    const law = stated.get('attention')!.law!;
    const [wide, narrow] = [WIDE, 400].map((width) => readPicture(draw(law.rhs, law.wires ?? [], { width })));
    expect(wide!.width).toBeGreaterThan(700);
    expect(narrow!.width).toBeLessThanOrEqual(400);
    expect(allOperations(narrow!.operations).map((o) => o.title)).toEqual(
      allOperations(wide!.operations).map((o) => o.title),
    );
    expect(narrow!.texts.filter((t) => /^\(\d\)$/.test(t.text)).length).toBeGreaterThanOrEqual(4);
  });

  test('of an equation has both sides, and the name of the law', () => {
    const law = stated.get('sum-add')!.law!;
    const picture = readPicture(drawEquation([law.lhs, law.rhs], law.wires!, 'sum-add'));
    expect(picture.texts.map((t) => t.text)).toContain('sum-add');
    expect(overlaps(picture.operations)).toEqual([]);
    expect(allOperations(picture.operations).map((o) => o.title)).toEqual(['++', 'sum', 'sum', 'sum', '+']);
  });
});

describe('the reader of pictures', () => {
  const law = readStatements(library().statements).stated.get('attention')!.law!;
  const svg = draw(law.lhs, law.wires!, { width: WIDE });
  test('sees a wire that is cut, a glyph that is moved, and another object', () => {
    expect(faults(law.lhs, svg)).toEqual([]);
    const cut = svg.replace(/<path class="w a\d+" d="M[^"]*C[^"]*"\/>/, '');
    expect(cut).not.toBe(svg);
    expect(faults(law.lhs, cut).some((f) => f.includes('at nothing'))).toBe(true);
    const boxes = [...svg.matchAll(/class="operation" data-box="([^"]*)"/g)].map((m) => m[1]!);
    const moved = svg.replace(
      boxes.find((b) => b !== boxes[0] && !b.endsWith(' 0'))!,
      boxes[0]!,
    );
    expect(faults(law.lhs, moved).some((f) => f.includes('lies on'))).toBe(true);
    expect(faults(law.rhs, svg.replace('>e<', '>f<')).length).toBeGreaterThan(0);
  });
});
