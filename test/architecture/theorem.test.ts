// Only schedule takes theorems towards kernels, and the core touches nothing outside itself.
import { describe, expect, test } from 'vitest';
import { impureCore, theoremLeaks } from './theorem.js';
import { readSources, root } from '../support/tree.js';

const at = (path: string, text: string) => ({ path, text });

describe('theorems', () => {
  test.each([
    'import type { Thm } from "../core/index.js";',
    'import type { Thm as T } from "../core/index.js";',
    'import * as core from "../core/index.js"; export type T = core.Thm;',
    'export type { Thm } from "../schedule/index.js";',
    'export type T = import("../core/index.js").Thm;',
  ])('behind the schedule: %s is found', (text) => {
    for (const layer of [
      'kernel/ir',
      'kernel/validate',
      'kernel/lower',
      'kernel/emit',
      'kernel/cost',
      'normal',
      'run/rounding',
    ])
      expect(theoremLeaks([at(`src/${layer}/a.ts`, text)])).toEqual([`src/${layer}/a.ts`]);
  });
  test('a comment or a string that mentions Thm, and the schedule itself, are accepted', () => {
    expect(
      theoremLeaks([
        at('src/kernel/ir/a.ts', '// Thm\nexport const a = "Thm";'),
        at('src/kernel/schedule/a.ts', 'type A = Thm;'),
      ]),
    ).toEqual([]);
  });
  test('the planted file is found, and it alone', () => {
    const planted = at(
      'src/kernel/lower/pass.ts',
      'import type { Thm } from "../../core/index.js";\nexport type T = Thm;',
    );
    expect(theoremLeaks([...readSources(root, 'src'), planted])).toEqual(['src/kernel/lower/pass.ts']);
  });
  test('src has none', () => {
    expect(theoremLeaks(readSources(root, 'src'))).toEqual([]);
  });
});

describe('the core', () => {
  test.each(['Date.now()', 'Math.random()', 'console.log(1)', 'process.env', 'globalThis.fetch(x)'])(
    '%s is found',
    (text) => {
      expect(impureCore([at('src/core/a.ts', `export const a = () => ${text};`)])).toHaveLength(1);
      expect(impureCore([at('src/cli/a.ts', `export const a = () => ${text};`)])).toEqual([]);
    },
  );
  test('of src has no clock, no randomness and no I/O', () => {
    const sources = readSources(root, 'src');
    expect(sources.filter((s) => s.path.startsWith('src/core/')).length).toBeGreaterThanOrEqual(4);
    expect(impureCore(sources)).toEqual([]);
  });
});
