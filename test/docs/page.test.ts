// The pages: every block that says where it is from stands there word for word, every command line is one that exists, every link leads
// somewhere. A block of a kind that nothing checks is an error.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Check, check, extract } from 'weft';
import { program } from '../../src/cli/program.js';
import { root } from '../support/tree.js';
import { type Block, blocksOf } from './blocks.js';

const own = [
  'README.md',
  'docs/architecture.md',
  'docs/reference/cli.md',
  'docs/reference/library.md',
  'docs/how-to',
  'docs/explanation',
];
const pages = own.flatMap((p) =>
  p.endsWith('.md')
    ? [p]
    : readdirSync(join(root, p))
        .map((f) => `${p}/${f}`)
        .filter((f) => f.endsWith('.md')),
);
const all = pages.flatMap(blocksOf);
const where = (b: Block): string => `${b.page}:${b.line}`;

let library: Check;
beforeAll(() => {
  library = check(root);
}, 120_000);

/** The text that a block is a part of. */
function source({ words: [from, ...rest] }: Block): string {
  if (from === 'from') return readFileSync(join(root, rest[0]!), 'utf8');
  return extract(library, rest[0]!, { target: 'wgsl' }).text;
}

/** Each line without what stands before all of them. */
const flush = (text: string): string => {
  const lines = text.trimEnd().split('\n');
  const margin = Math.min(...lines.filter((l) => l.trim() !== '').map((l) => l.length - l.trimStart().length));
  return lines.map((l) => l.slice(margin)).join('\n');
};
/** Whether some lines of a text, moved to the left, are the block's. */
function holds(text: string, block: string): boolean {
  const [lines, wanted] = [text.split('\n'), flush(block)];
  const n = wanted.split('\n').length;
  return lines.some((_, i) => flush(lines.slice(i, i + n).join('\n')) === wanted);
}

describe('blocks', () => {
  const quoted = all.filter((b) => b.words[0] === 'from' || b.words[0] === 'extracted');
  test.each(quoted.map((b): [string, Block] => [`${where(b)} from ${b.words[1]}`, b]))('%s', (_, block) => {
    expect(holds(source(block), block.text), `${where(block)} is not in ${block.words[1]}`).toBe(true);
  });

  // files and lines of how-tos, and what they print, are done in an empty folder (test/pack)
  const done = (b: Block): boolean => b.page.startsWith('docs/how-to/') && b.words.includes('as');
  test('are each of a kind that is checked', () => {
    const loose = all.filter((b) => !quoted.includes(b) && !done(b) && b.language !== 'sh' && b.language !== 'text');
    expect(loose.map(where)).toEqual([]);
    expect(quoted.length).toBeGreaterThanOrEqual(6);
  });

  test('would notice a changed one', () => {
    const block = quoted.find((b) => b.words[1]?.endsWith('.weft'))!;
    expect(holds(source(block), block.text.replace(/\w/, '?'))).toBe(false);
  });
});

describe('command lines', () => {
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts,
  );
  const lines = all
    .filter((b) => b.language === 'sh')
    .flatMap((b) =>
      b.text
        .trimEnd()
        .split('\n')
        .map((line) => ({ b, line })),
    )
    .filter(({ b, line }) => !b.page.startsWith('docs/how-to/') || /^npx weft\b/.test(line));

  test.each(lines.map(({ b, line }): [string, string] => [`${where(b)} ${line}`, line]))('%s', (_, line) => {
    const words = line.split(/\s+/);
    if (words[0] === 'npm') {
      expect(['ci', 'install', 'start', 'test', ...scripts]).toContain(words[1] === 'run' ? words[2] : words[1]);
      return;
    }
    expect(words[0]).toBe('npx');
    if (words[1] === 'weft-replay') return replayUsage(words.slice(2));
    expect(words[1]).toBe('weft');
    const command = program().commands.find((c) => c.name() === words[2]);
    const flags = [...(command ?? program()).options, ...program().options].flatMap((o) => [o.short, o.long]);
    if (!words[2]?.startsWith('-')) expect(command?.name()).toBe(words[2]);
    for (const w of words.slice(2).filter((w) => w.startsWith('-'))) expect(['--help', '-h', ...flags]).toContain(w);
  });
  /** The second checker's options are those that its usage names. */
  function replayUsage(words: readonly string[]): void {
    const main = readFileSync(join(root, 'src/replay/main.ts'), 'utf8');
    const [usage] = /^const USAGE = `[^`]*`/m.exec(main)!;
    expect(usage).toContain('weft-replay FILE');
    for (const w of words.filter((x) => x.startsWith('-'))) expect(usage).toContain(w);
  }
  test('are found', () => expect(lines.length).toBeGreaterThanOrEqual(10));
});

describe('links', () => {
  const links = pages.flatMap((page) =>
    [
      ...readFileSync(join(root, page), 'utf8')
        .replace(/`[^`\n]*`/g, '')
        .matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g),
    ].map((m) => [page, m[1]!] as const),
  );
  test.each(links)('%s -> %s', (page, to) => {
    expect(existsSync(join(root, dirname(page), to))).toBe(true);
  });
  test('are found', () => expect(links.length).toBeGreaterThanOrEqual(5));
});
