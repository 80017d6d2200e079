// Budgets: the core's code lines, the lines of a file. The counters are tried on texts whose size is known first.
import { describe, expect, test } from 'vitest';
import { CORE_LINES, FILE_LINES, codeLines, coreSize, fileLines, longFiles } from './budget.js';
import { readSources, root } from './tree.js';

const file = (path: string, lines: readonly string[]) => ({ path, text: `${lines.join('\n')}\n` });
const constants = (n: number) => Array.from({ length: n }, (_, i) => `export const x${i} = ${i};`);

describe('counting', () => {
  test("comments and blank lines are not code, a template's inner lines are", () => {
    expect(
      codeLines(file('a.ts', ['// a', '', '/** b', ' */', 'const c = 1; // d', '/* e */ const f = `', '', '`;'])),
    ).toBe(4);
  });
  test('a URL in a string is not a comment', () => {
    expect(codeLines(file('a.ts', ['const a = "http://x"; const b = "/*";', 'const c = 2;', 'const d = "*/";']))).toBe(
      3,
    );
  });
  test('a file one line under the limit passes, at the limit it does not', () => {
    const under = file('src/ir/a.ts', constants(FILE_LINES - 1));
    const at = file('src/ir/b.ts', constants(FILE_LINES));
    expect(fileLines(under)).toBe(FILE_LINES - 1);
    expect(longFiles([under, at])).toEqual(['src/ir/b.ts']);
  });
  test('the core is the sum of its files, and nothing else', () => {
    const parts = [
      file('src/core/a.ts', constants(1000)),
      file('src/core/b/c.ts', constants(501)),
      file('src/ir/d.ts', constants(9)),
    ];
    expect(coreSize(parts)).toBe(1501);
  });
});

describe('src', () => {
  const sources = readSources(root, 'src');
  test('the core is there and within its budget', () => {
    expect(coreSize(sources)).toBeGreaterThan(100);
    expect(coreSize(sources)).toBeLessThanOrEqual(CORE_LINES);
  });
  test('no file reaches the limit', () => {
    expect(longFiles(sources)).toEqual([]);
  });
});
