// Budgets: the words of what must be believed, the lines of a file. The counters are tried on texts whose size is known first.
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { FILE_LINES, TRUSTED, fileLines, longFiles, sizeOf, words } from './budget.js';
import { readSources, root } from '../support/tree.js';

const file = (path: string, lines: readonly string[]) => ({ path, text: `${lines.join('\n')}\n` });
const constants = (n: number) => Array.from({ length: n }, (_, i) => `export const x${i} = ${i};`);
const count = (text: string) => words({ path: 'a.ts', text });

describe('counting', () => {
  test('names, literals, keywords and operators are words; comments, brackets, commas and semicolons are not', () => {
    expect(count('// a\n/** b */ const c = f(1, [2]); // d')).toBe(6);
    expect(count('if (a) { return b + c; }')).toBe(6);
    expect(count('const t = `x${y}z`;')).toBe(6);
  });
  test('an address in a string is no comment', () => {
    expect(count('const a = "http://x"; const b = "/*"; const c = "*/";')).toBe(12);
  });
  test('a bar in front of a union is not counted, an "or" of numbers is', () => {
    expect(count('type A = | "x" | "y";')).toBe(count('type A = "x" | "y";'));
    expect(count('const a = b | c;')).toBe(6);
  });
  test('a file one line under the limit passes, at the limit it does not', () => {
    const under = file('src/kernel/ir/a.ts', constants(FILE_LINES - 1));
    const at = file('src/kernel/ir/b.ts', constants(FILE_LINES));
    expect(fileLines(under)).toBe(FILE_LINES - 1);
    expect(longFiles([under, at])).toEqual(['src/kernel/ir/b.ts']);
  });
  test('a part is the sum of its files, and nothing else', () => {
    const parts = [
      file('src/core/a.ts', constants(10)),
      file('src/core/b.ts', constants(2)),
      file('src/kernel/ir/d.ts', ['']),
    ];
    expect(sizeOf({ files: /^src\/core\// }, parts)).toBe(60);
  });
});

describe('src', () => {
  const sources = readSources(root, 'src');
  const isTrusted = (path: string) => /^src\/(core|replay)\//.test(path);

  test.each(TRUSTED)('$part is there and within its budget', (t) => {
    expect(sizeOf(t, sources)).toBeGreaterThan(t.words / 2);
    expect(sizeOf(t, sources)).toBeLessThanOrEqual(t.words);
  });
  test('every file that must be believed belongs to exactly one part', () => {
    const trusted = sources.filter((s) => isTrusted(s.path));
    expect(trusted.length).toBeGreaterThan(40);
    for (const s of trusted) expect([s.path, TRUSTED.filter((t) => t.files.test(s.path)).length]).toEqual([s.path, 1]);
    expect(sources.filter((s) => !isTrusted(s.path) && TRUSTED.some((t) => t.files.test(s.path)))).toEqual([]);
  });
  test('formatting moves nothing: the same words at any width', async () => {
    for (const s of sources.filter((s) => isTrusted(s.path)))
      for (const printWidth of [60, 200]) {
        const text = await format(s.text, { parser: 'typescript', singleQuote: false, printWidth });
        expect([s.path, printWidth, words({ ...s, text })]).toEqual([s.path, printWidth, words(s)]);
      }
  });
  test('no file reaches the limit', () => {
    expect(longFiles(sources)).toEqual([]);
  });
});
