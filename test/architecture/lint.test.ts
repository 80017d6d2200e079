// Each rule that eslint.config.mjs writes for this project bites, and its accepted twin does not.
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { root } from '../support/tree.js';

// the rules that need types need a file of the compiler's project; these texts are not files
const untyped = {
  languageOptions: { parserOptions: { projectService: false } },
  rules: {
    '@typescript-eslint/switch-exhaustiveness-check': 'off',
    '@typescript-eslint/no-floating-promises': 'off',
    '@typescript-eslint/no-misused-promises': 'off',
    '@typescript-eslint/no-unused-vars': 'off',
  },
} as const;
const eslint = new ESLint({ cwd: root, overrideConfig: untyped });

const rulesBroken = async (text: string, filePath = 'src/kernel/ir/a.ts'): Promise<(string | null)[]> => {
  const [result] = await eslint.lintText(text, { filePath });
  if (result === undefined) throw new Error(`${filePath} was not linted`);
  return result.messages.map((m) => m.ruleId);
};

const longFunction = (n: number) =>
  `export const f = () => {\n${'  g();\n'.repeat(n - 2)}};\ndeclare const g: () => void;\n`;
const longFile = (n: number) => Array.from({ length: n }, (_, i) => `export const x${i} = ${i};\n`).join('');

// prettier-ignore
const cases: readonly (readonly [rule: string, rejected: string, accepted: string])[] = [
  ["no-restricted-imports",  'export { left } from "fp-ts/Either";',               'export { left } from "fp-ts/lib/Either.js";'],
  ["no-restricted-imports",  'export { left } from "fp-ts/lib/Either";',           'export { left } from "fp-ts/lib/Either.js";'],
  ["no-restricted-imports",  'import { failure } from "io-ts/PathReporter";',      'import { failure } from "io-ts/lib/PathReporter.js";'],
  ["no-restricted-syntax",   "export default 1;",                                  "export const one = 1;"],
  ["no-restricted-syntax",   "const a = 1;\nexport { a as default };",             "const a = 1;\nexport { a };"],
  ["no-restricted-syntax",   "export enum A { B }",                                'export type A = { readonly _tag: "B" };'],
  ["max-lines-per-function", longFunction(41),                                     longFunction(40)],
  ["max-lines",              longFile(300),                                        longFile(299)],
  ["no-console",             "console.log(1);",                                    "export const a = 1;"],
];

describe('eslint', () => {
  test.each(cases)('%s bites (%#)', async (rule, rejected, accepted) => {
    expect(await rulesBroken(rejected)).toEqual([rule]);
    expect(await rulesBroken(accepted)).toEqual([]);
  });

  test('the core has no clock and no randomness, other layers may', async () => {
    expect(await rulesBroken('export const t = Date.now();', 'src/core/a.ts')).toEqual(['no-restricted-globals']);
    expect(await rulesBroken('export const t = Math.random();', 'src/core/a.ts')).toEqual(['no-restricted-properties']);
    expect(await rulesBroken('export const t = Math.random() + Date.now();', 'src/numeric/a.ts')).toEqual([]);
  });
});
