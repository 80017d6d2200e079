/**
 * A page of docs/how-to as a list of things to do, and the doing of it. Invariant: every block is written, run or compared; a block of another kind is
 * an error. A block `LANGUAGE … as PATH` is the whole of a file that the text before it names; `sh` is run line by line, and ends with 0, or with N
 * where it says `exit=N`, and `cd FOLDER` holds for what follows; `text` stands in what the lines above it printed, a line `…` for any others. Knows no page.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from '../../support/tree.js';
import { type Block, blocksOf } from '../../docs/blocks.js';

export interface Ran {
  readonly code: number | null;
  readonly printed: string;
}

export const run = (folder: string, line: string, env: Readonly<Record<string, string>>): Promise<Ran> =>
  new Promise((done, failed) => {
    const child = spawn('/bin/sh', ['-c', line], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const parts: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (d: Buffer) => parts.push(d));
    child.on('error', failed);
    child.on('close', (code) => done({ code, printed: Buffer.concat(parts).toString() }));
  });

/** Where a file block is to be written. */
export function placeOf(block: Block): string | undefined {
  const at = block.words.indexOf('as');
  return at < 0 ? undefined : block.words[at + 1];
}

/** Whether the text that stands before a block names a file. */
function names(block: Block, path: string): boolean {
  const above = readFileSync(resolve(root, block.page), 'utf8')
    .split('\n')
    .slice(0, block.line - 1);
  return above.some((l) => l.includes(`\`${path}\``));
}

const tidy = (text: string): string =>
  text
    .split('\n')
    .map((l) => l.trimEnd())
    .join('\n');

/** Whether the parts of a text, between lines of `…`, stand in what was printed, in order and as whole lines. */
export function printedIn(printed: string, text: string): boolean {
  let rest = `\n${tidy(printed)}\n`;
  return tidy(text)
    .split(/^…$/m)
    .map((p) => p.replace(/^\n+|\n+$/g, ''))
    .filter((p) => p !== '')
    .every((part) => {
      const at = rest.indexOf(`\n${part}\n`);
      rest = rest.slice(at + part.length + 1);
      return at >= 0;
    });
}

/** What does not go as the page says; nothing where all does. */
export async function follow(
  page: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  let [printed, here] = ['', folder];
  for (const block of blocksOf(page)) {
    const say = (what: string) => wrong.push(`${block.page}:${block.line} ${what}`);
    const path = placeOf(block);
    if (path !== undefined) {
      if (!names(block, path)) say(`the text does not name ${path}`);
      mkdirSync(dirname(join(here, path)), { recursive: true });
      writeFileSync(join(here, path), block.text);
    } else if (block.language === 'sh') {
      printed = '';
      const wanted = Number(/exit=(\d+)/.exec(block.words.join(' '))?.[1] ?? 0);
      for (const line of block.text.trimEnd().split('\n')) {
        const to = /^cd (\S+)$/.exec(line)?.[1];
        if (to !== undefined) here = join(here, to);
        const ran = await run(here, line.replace(/^cd .*/, 'true'), env);
        printed += ran.printed;
        if (ran.code !== wanted) say(`${line}: exit ${ran.code}, not ${wanted}\n${ran.printed}`);
      }
    } else if (block.language === 'text') {
      if (!printedIn(printed, block.text)) say(`is not what was printed:\n${printed}`);
    } else say(`a block of a kind that is not executed: ${block.language}`);
  }
  return wrong;
}
