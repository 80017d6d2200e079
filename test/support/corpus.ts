// The corpus: pairs of files in accept/, reject/ and run/, and what they expect. Invariant: an expectation is read from the files
// themselves (`-- ^ CODE` at the end of the line that causes it), never from what the checker says. Knows no checker.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from '../../src/proof/script/result.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const kinds = ['accept', 'reject', 'run'] as const;
export type Kind = (typeof kinds)[number];

/** `FILE:LINE CODE`. */
export type Mark = string;

/** All files of one name: `F22.theorems.weft`, `F22.proofs.weft`, and helpers such as `F78.lib.proofs.weft`. */
export interface Case {
  readonly kind: Kind;
  readonly id: string;
  readonly statements: readonly SourceFile[];
  readonly proofs: readonly SourceFile[];
  readonly marks: readonly Mark[];
}

const source = (file: string): SourceFile => ({
  path: file,
  text: fs.readFileSync(path.join(root, file), 'utf8'),
});
const weftIn = (folder: string): readonly SourceFile[] =>
  fs
    .readdirSync(path.join(root, folder))
    .filter((f) => f.endsWith('.weft'))
    .sort()
    .map((f) => source(`${folder}/${f}`));

export const isProofs = (file: SourceFile): boolean => /(^|\.)proofs\.weft$|^proofs\//.test(file.path);

/** The library, and the laws that only the corpus needs. */
export function library(): { readonly statements: readonly SourceFile[]; readonly proofs: readonly SourceFile[] } {
  const own = weftIn('test/corpus');
  return {
    statements: [...weftIn('theorems'), ...own.filter((f) => !isProofs(f))],
    proofs: [...weftIn('proofs'), ...own.filter(isProofs)],
  };
}

const marker = /--\s*\^\s*([A-Z-]+)\s*$/;

export function marksOf(file: SourceFile): readonly Mark[] {
  return file.text.split('\n').flatMap((line, i) => {
    const code = marker.exec(line)?.[1];
    return code === undefined ? [] : [`${file.path}:${i + 1} ${code}`];
  });
}

export function cases(): readonly Case[] {
  return kinds.flatMap((kind) => {
    const files = weftIn(`test/corpus/${kind}`);
    const ids = [...new Set(files.map((f) => path.basename(f.path).split('.')[0]!))];
    return ids.map((id): Case => {
      const own = files.filter((f) => path.basename(f.path).split('.')[0] === id);
      const proofs = own.filter(isProofs);
      const statements = own.filter((f) => !isProofs(f));
      return { kind, id, statements, proofs, marks: own.flatMap(marksOf).sort() };
    });
  });
}

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
