// Texts with what is read of them, for the tests of their layout. Knows no layout but `formatted`.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { expect } from 'vitest';
import { formatted } from '../../src/language/format/format.js';
import { type Parsed, parseProofs, parseStatements } from '../../src/language/syntax/parse.js';
import { tokensOf } from '../../src/language/syntax/token.js';
import type { ProofItemTree, StatementTree } from '../../src/language/syntax/tree.js';
import { root } from './tree.js';

export type Kind = 'statements' | 'proofs';
type Items = readonly (StatementTree | ProofItemTree)[];
const parsed = (text: string, kind: Kind): Parsed<Items> =>
  kind === 'proofs' ? parseProofs(text) : parseStatements(text);
const read = (text: string, kind: Kind): Items => {
  const found = parsed(text, kind);
  if (E.isLeft(found)) throw new Error(JSON.stringify(found.left));
  return found.right;
};
export const laid = (text: string, kind: Kind): string => formatted(text, read(text, kind));

/** A tree without its places; a phrase is the tokens of it. */
function bare(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(bare);
  if (typeof tree === 'bigint') return `${tree}n`;
  if (typeof tree !== 'object' || tree === null) return tree;
  const kept = Object.entries(tree).filter(([key]) => key !== 'span');
  const isPhrase = 'text' in tree && 'span' in tree && !('_tag' in tree);
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      isPhrase && key === 'text' ? tokensOf(String(value)).map((t) => t.text) : bare(value),
    ]),
  );
}
const comments = (text: string): readonly string[] =>
  [...text.matchAll(/"[^"\n]*"|--[^\n]*/g)].map((m) => m[0].trimEnd()).filter((c) => c.startsWith('--'));

/** The files of some folders that parse, each with its kind. */
export const readable = (...folders: readonly string[]): readonly (readonly [string, Kind])[] =>
  folders
    .flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((f) => f.endsWith('.weft'))
        .map((f): readonly [string, Kind] => [
          `${folder}/${f}`,
          folder === 'proofs' || f.includes('.proofs.') ? 'proofs' : 'statements',
        ]),
    )
    .filter(([file, kind]) => E.isRight(parsed(textOf(file), kind)));

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** It says what it said, with its comments, and stays. */
export function keeps(source: string, kind: Kind): void {
  const once = laid(source, kind);
  expect(bare(read(once, kind))).toEqual(bare(read(source, kind)));
  expect(comments(once)).toEqual(comments(source));
  expect(laid(once, kind)).toBe(once);
}

/** White space that is another and means the same: at the start of lines, in gaps, at ends. */
export function untidy(source: string, gaps: readonly number[]): string {
  let at = 0;
  const next = (): number => gaps[at++ % gaps.length]!;
  const lines = source.split('\n').map((l) => {
    const [, indent, content] = /^( *)(.*)$/.exec(l)!;
    const isComment = content!.startsWith('--');
    const inner = isComment
      ? content!
      : content!.replace(/("[^"]*"|--.*)|(?<=\S) (?=\S)/g, (gap, kept) =>
          kept === undefined ? ' '.repeat(1 + next()) : gap,
        );
    return `${indent}${' '.repeat(isComment || /^(?:proof|qed|import|theorem|def|axiom|stream|sort)\b/.test(content!) ? next() : 0)}${inner}${' '.repeat(next())}`;
  });
  return `${'\n'.repeat(next())}${lines.join('\n')}${'\n'.repeat(next())}`;
}
