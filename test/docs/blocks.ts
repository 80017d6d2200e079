// The fenced blocks of a page, in order. Invariant: every block of the page is found, and its place is known. Knows no meaning.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../support/tree.js';

export interface Block {
  readonly page: string;
  readonly line: number;
  /** the last heading above it */
  readonly heading: string;
  /** the first word after the fence, and the others */
  readonly language: string;
  readonly words: readonly string[];
  readonly text: string;
}

export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  let [heading, open]: [string, Block | undefined] = ['', undefined];
  const body: string[] = [];
  readFileSync(resolve(root, page), 'utf8')
    .split('\n')
    .forEach((line, i) => {
      const fence = /^```(.*)$/.exec(line);
      if (open && fence) {
        blocks.push({ ...open, text: `${body.splice(0).join('\n')}\n` });
        open = undefined;
      } else if (open) body.push(line);
      else if (fence) {
        const [language = '', ...words] = fence[1]!.trim().split(/\s+/);
        open = { page, line: i + 1, heading, language, words, text: '' };
      } else if (/^#+ /.test(line)) heading = line.replace(/^#+ /, '');
    });
  if (open) throw new Error(`${page}: a block is not closed`);
  return blocks;
}
