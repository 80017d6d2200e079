// What the pages promise: every sentence that states a number, or says always or never, has a line in claims.ts; every phrase of that table stands in
// its page, and every test that it names is there. Then the promises that no other test holds.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Check, check, checkTexts } from 'weft';
import { listFiles, readSources, root } from '../support/tree.js';
import { type Claim, claims } from './claims.js';
import { promises, sentencesOf } from './sentences.js';

const plain = (text: string): string => text.replace(/\s+/g, ' ');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = [
  'README.md',
  ...listFiles(root, 'docs').filter((p) => p.endsWith('.md') && p !== 'docs/architecture.md'),
];
const held = [...readSources(root, 'test'), ...readSources(root, 'src')].filter((s) => /\.(ts|json)$/.test(s.path));
const self = 'claims.ts';

/** Whether a file of that name has the phrase, the table of claims itself aside. */
const stands = (file: string, phrase: string): boolean =>
  held.some((s) => basename(s.path) === file && file !== self && plain(s.text).includes(plain(phrase)));
const covers = ({ page, phrase }: Claim, s: { page: string; sections: readonly string[]; text: string }): boolean =>
  page === s.page &&
  (phrase.startsWith('#') ? s.sections.includes(phrase.replace(/^#+ /, '')) : plain(s.text).includes(plain(phrase)));
const open = (table: readonly Claim[]): readonly string[] =>
  pages
    .flatMap(sentencesOf)
    .filter((s) => promises(s.text) && !table.some((c) => covers(c, s)))
    .map((s) => `${s.page}, ${s.sections.at(-1) ?? ''}: ${s.text}`);

describe('claims', () => {
  test.each(claims.map((c): [string, Claim] => [`${c.page}: ${plain(c.phrase)}`, c]))(
    '%s',
    (_, { page, phrase, by }) => {
      expect(plain(read(page))).toContain(plain(phrase));
      if ('reason' in by) expect(by.reason.length).toBeGreaterThan(10);
      else expect(stands(...by), `${by[0]} with ${by[1]}`).toBe(true);
    },
  );
  test('are made by every sentence that states a number, or says always or never', () => {
    expect(pages.length).toBeGreaterThanOrEqual(14);
    expect(open(claims)).toEqual([]);
  });
  test('would be missed', () => {
    expect(open(claims.filter((c) => c.phrase !== 'what is\ncalled false is false')).length).toBe(1);
    expect(stands('check.test.ts', 'no test has this name')).toBe(false);
    expect(stands('no.test.ts', 'exit codes')).toBe(false);
  });
  test('are read sentence by sentence, without code', () => {
    const said = [
      'It takes 20 seconds.',
      'It is never so.',
      'Run `x 20`.',
      'In f32 and E-EQ all is well.',
      'See [a](b20.md).',
    ];
    expect(said.map(promises)).toEqual([true, true, false, false, false]);
  });
});

describe('comments of the source', () => {
  const cited = held
    .filter((s) => s.path.startsWith('src/'))
    .flatMap((s) => [...s.text.matchAll(/docs\/[\w/-]+\.md/g)].map((m) => m[0]));
  test('cite pages that are there, and no others', () => {
    expect(cited.length).toBeGreaterThan(10);
    expect(cited.filter((p) => !pages.includes(p) && p !== 'docs/architecture.md')).toEqual([]);
    const design = held.filter((s) => s.path.startsWith('src/') && /\bdesign(?:\.md)? ?\d/.test(s.text));
    expect(design.map((s) => s.path)).toEqual([]);
  });
});

describe('files of the repository', () => {
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/(?:`|\s)((?:src|test|scripts|examples)\/[\w./-]*\w)/g)]
      .map((m) => m[1]!)
      .filter((path) => !page.startsWith('docs/how-to/') || path.startsWith('examples/'))
      .map((path): [string, string] => [page, path]),
  );
  test('that the pages name are there', () => {
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(([, path]) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('the library', () => {
  let library: Check;
  beforeAll(() => {
    library = check(root);
  }, 120_000);
  const axioms = read('theorems/axioms.weft').replace(/--.*$/gm, '');

  test('the axioms speak of no loop', () => {
    expect(axioms.match(/\baxiom\b/g)!.length).toBeGreaterThan(15);
    expect(axioms).not.toMatch(/\b(?:scan|fold|sum|max|stream|import)\b/);
  });
  test('the general theorems of streaming rest on no axiom', () => {
    const names = [
      'tiling',
      'tiling-last',
      'weaving',
      'pairing',
      'rescaling',
      'rescaling-merge',
      'post-composition',
      'pre-composition',
    ];
    const found = library.theorems.filter((t) => names.includes(t.name));
    expect(found.map((t) => [t.status, t.axioms])).toEqual(names.map(() => ['proved', []]));
  });
  test('no text has f16 or bf16', () => {
    const texts = readSources(root, 'kernels');
    expect(texts.length).toBeGreaterThan(30);
    expect(texts.filter((t) => /\b(?:b?f16|half|__nv_bfloat16|float16)\b/.test(t.text)).map((t) => t.path)).toEqual([]);
  });
});

/** The one file below src whose path ends so. */
function source(end: string): string {
  const [found, ...others] = held.filter((s) => s.path.startsWith('src/') && s.path.endsWith(end));
  if (!found || others.length > 0) throw new Error(`not one file ${end}`);
  return found.text;
}

describe('words of the code', () => {
  test('the loop IR has the statements of its page, each in its table', () => {
    const page = read('docs/explanation/ir.md');
    const union = source('/ir/kernel.ts').split('export type Int =')[1]!.split('export interface Kernel')[0]!;
    const tags = [...union.matchAll(/_tag: ((?:'\w+'(?: \| )?)+)/g)].flatMap((m) => m[1]!.match(/\w+/g)!);
    const rows = page.split('\n').filter((l) => l.startsWith('| `'));
    const walks = ['Axis', 'Register', 'Lane']; // what an `Each` runs over, not nodes
    expect(new Set(tags).size).toBeGreaterThan(25);
    expect(
      [...new Set(tags)].filter((t) => !walks.includes(t) && !rows.some((r) => r.split('|')[1]!.includes(`\`${t}\``))),
    ).toEqual([]);
    const list = page.split('Statements: ')[1]!.split('Index expressions')[0]!;
    for (const word of ['Loop', 'Each', 'Stage', 'Put', 'Barrier', 'Guard', 'Store'])
      expect(list).toContain(`\`${word}\``);
  });
  test('the page of errors has the codes of lowering', () => {
    const codes = [...new Set(source('/ir/scheduled.ts').match(/L-[A-Z]+/g))];
    expect(codes.length).toBeGreaterThanOrEqual(7);
    expect(codes.filter((c) => !read('docs/reference/errors.md').includes(`| ${c} |`))).toEqual([]);
  });
  test('the language has the limits of the page of limits', () => {
    const limit = (name: string): number =>
      Number(new RegExp(`\\| \`${name}\` \\| (\\d+) \\|`).exec(read('docs/reference/limits.md'))![1]);
    const said = /A file may have ([\d,]+) characters, brackets may be nested (\d+) deep/.exec(
      plain(read('docs/reference/language.md')),
    )!;
    expect(said.slice(1).map((n) => Number(n.replaceAll(',', '')))).toEqual([
      limit('maximumLength'),
      limit('maximumNesting'),
    ]);
  });
});

describe('the language', () => {
  const statuses = (statements: string, proofs: string): readonly string[] =>
    checkTexts([
      { path: 'theorems/a.weft', text: statements },
      { path: 'proofs/a.weft', text: proofs },
    ]).theorems.map((t) => t.status);
  test('a constant divided by is folded, a reciprocal that is written is not', () => {
    const text = 'theorem half (x : R) : x / 2 = x * (1/2)\ntheorem written (x : R) : x * recip 2 = x * (1/2)';
    expect(statuses(text, 'proof half refl qed\nproof written refl qed')).toEqual(['proved', 'rejected']);
  });
});
