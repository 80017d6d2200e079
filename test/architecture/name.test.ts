// No file under src names an algorithm; every name of the list is shown to be found in each way of writing it.
import { describe, expect, test } from 'vitest';
import { algorithmsIn, anywhere, asWord } from './names.js';
import { fixture, readSources, root } from '../support/tree.js';

const inText = (text: string) => algorithmsIn({ path: 'src/kernel/lower/pass.ts', text });
const capital = (name: string) => name[0]?.toUpperCase() + name.slice(1);

describe('the search', () => {
  test.each([...anywhere, ...asWord])('finds %s in identifiers, strings, comments and file names', (name) => {
    for (const text of [name, name.toUpperCase(), `lower${capital(name)}Tile`, `"x-${name}"`, `// the ${name}_state`])
      expect(inText(text)).toContain(name);
    expect(algorithmsIn({ path: `src/kernel/lower/${name}.ts`, text: '' })).toContain(name);
  });
  test.each(anywhere)('finds %s inside a longer word', (name) => {
    expect(inText(`my${name}s`)).toContain(name);
  });
  test('finds a name that is broken by hyphens', () => {
    expect(inText('log-sum-exp, Layer_Norm, RMSNorm')).toEqual(['logsumexp', 'layernorm', 'rmsnorm', 'rms']);
  });
  test('leaves ordinary words alone', () => {
    expect(inText('terms, forms, performs, normal, flashed, else, pulse, softly, exponential, contraction')).toEqual(
      [],
    );
  });
  test('looks into every folder and every kind of file', () => {
    const found = readSources(fixture('named'), 'src').flatMap((s) =>
      algorithmsIn(s).map((name) => `${s.path}: ${name}`),
    );
    expect(found).toEqual(['src/emit/deep/er/table.ts: softmax', 'src/syntax/proof.ohm: matmul']);
  });
});

test('src names no algorithm', () => {
  const sources = readSources(root, 'src');
  expect(sources.length).toBeGreaterThanOrEqual(5);
  expect(sources.flatMap((s) => algorithmsIn(s).map((name) => `${s.path}: ${name}`))).toEqual([]);
});
