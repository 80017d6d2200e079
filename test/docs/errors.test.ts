// Every script of the error reference gives the code of its section, and its twin is accepted; the example of the language's page is proved.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkTexts } from 'weft';
import { root } from '../support/tree.js';
import { type Block, blocksOf } from './blocks.js';

const page = 'docs/reference/errors.md';
/** No script triggers these; E-CERT is of certificates (test/unit/cli/export.test.ts, test/unit/replay). */
const unused = ['E-NOAX', 'E-LEVEL', 'E-CERT'];

interface Script {
  readonly block: Block;
  readonly theorems: string;
  readonly proofs: string;
  readonly expected: string;
}

/** A block with an expectation, under the statements before it. */
function scripts(blocks = blocksOf(page)): readonly Script[] {
  let theorems = '';
  return blocks.flatMap((block): readonly Script[] => {
    const [kind, expected] = block.words;
    if (kind === 'theorems' && expected === undefined) theorems = block.text;
    if (expected === undefined) return [];
    const proofs = kind === 'proofs' ? block.text : '';
    return [{ block, theorems: kind === 'proofs' ? theorems : block.text, proofs, expected }];
  });
}

const run = ({ theorems, proofs }: Script) =>
  checkTexts([
    { path: 'theorems/page.weft', text: theorems },
    { path: 'proofs/page.weft', text: proofs },
  ]);

describe('the error reference', () => {
  test.each(scripts().map((s): [string, Script] => [`${s.block.heading}, line ${s.block.line}: ${s.expected}`, s]))(
    '%s',
    (_, script) => {
      const { exit, library, messages } = run(script);
      const codes = [...new Set(library.diagnostics.filter((d) => d.fact._tag !== 'NoProof').map((d) => d.code))];
      if (script.expected === 'ok') expect(messages).toEqual([]);
      else expect(codes).toEqual([script.expected]);
      expect(exit === 0).toBe(script.expected === 'ok');
    },
  );

  test('has a script and a twin for every code', () => {
    const source = readFileSync(join(root, 'src/proof/script/result.ts'), 'utf8');
    const codes = [...new Set(source.match(/'E-[A-Z]+'/g))].map((c) => c.slice(1, -1));
    expect(codes.length).toBeGreaterThanOrEqual(13);
    for (const code of codes.filter((c) => !unused.includes(c))) {
      const own = scripts().filter((s) => s.block.heading === code);
      expect(
        own.map((s) => s.expected),
        code,
      ).toEqual([code, 'ok']);
    }
    const text = readFileSync(join(root, page), 'utf8');
    expect(codes.filter((c) => !text.includes(c))).toEqual([]);
  });

  test('is not the only page: the example of the language is proved, and would not be without its proofs', () => {
    const [example, ...others] = scripts(blocksOf('docs/reference/language.md'));
    expect(others).toEqual([]);
    const { theorems, messages } = run(example!);
    expect(messages).toEqual([]);
    expect(theorems.length).toBeGreaterThanOrEqual(8);
    expect(run({ ...example!, proofs: '' }).ok).toBe(false);
  });

  test('would notice a script that is accepted', () => {
    const script = scripts().find((s) => s.expected === 'ok')!;
    expect(run(script).ok).toBe(true);
    expect(run({ ...script, proofs: '' }).ok).toBe(false);
  });
});
