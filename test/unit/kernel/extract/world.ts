// Small libraries for tests of extraction: a file of statements with all that it imports, its proofs, and edits of both. Invariant: an edit that
// finds nothing to edit throws. Nothing is checked twice in a process.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';
import { resolveImport } from '../../../../src/proof/script/imports.js';
import type { SourceFile } from '../../../../src/proof/script/result.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A file and everything that it imports. */
function closure(path: string): readonly SourceFile[] {
  const found = new Map<string, string>();
  const pending = [path];
  for (let p = pending.pop(); p !== undefined; p = pending.pop()) {
    if (found.has(p)) continue;
    const text = readFileSync(root + p, 'utf8');
    found.set(p, text);
    for (const [, target] of text.matchAll(/^import "([^"]*)"/gm)) pending.push(resolveImport(p, target!)!);
  }
  return [...found].map(([at, text]) => ({ path: at, text }));
}

export type Edit = (text: string) => string;
export const edit =
  (from: RegExp | string, to: string): Edit =>
  (text) => {
    const out = text.replace(from, to);
    if (out === text) throw new Error(`nothing to edit: ${String(from)}`);
    return out;
  };

const known = new Map<string, Library>();

/** theorems/NAME.weft with proofs/NAME.weft, each edited, and what they import. */
export function world(name: string, proofs: Edit = (t) => t, statements: Edit = (t) => t): Library {
  const edited = (folder: string, change: Edit): readonly SourceFile[] =>
    closure(`${folder}/${name}.weft`).map((f) =>
      f.path === `${folder}/${name}.weft` ? { ...f, text: change(f.text) } : f,
    );
  const files = [edited('theorems', statements), edited('proofs', proofs)] as const;
  const key = JSON.stringify(files);
  const library = known.get(key) ?? checkLibrary(...files);
  known.set(key, library);
  return library;
}
