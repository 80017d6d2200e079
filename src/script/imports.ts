/**
 * The order in which files are read: imports first. Invariant: every import names a file of the set; a path never leaves the
 * project; a cycle is an error at the import that closes it. Knows nothing of what the files say.
 */
import type { Span } from '../syntax/span.js';
import type { ScriptFact } from './result.js';

export interface Import {
  readonly path: string;
  readonly span: Span;
}
export interface Ordered<F> {
  readonly files: readonly F[];
  readonly problems: readonly { readonly file: string; readonly span: Span; readonly fact: ScriptFact }[];
}

/** `folder/file` and a relative import, normalised; undefined where it leaves the project. */
export function resolveImport(from: string, path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\\') || path.includes('\0')) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const p of path.split('/')) {
    if (p === '..' && parts.length === 0) return undefined;
    if (p === '..') parts.pop();
    else if (p !== '.' && p !== '') parts.push(p);
  }
  return parts.join('/');
}

export function ordered<F extends { readonly path: string; readonly imports: readonly Import[] }>(
  files: readonly F[],
): Ordered<F> {
  const byPath = new Map(files.map((f) => [f.path, f]));
  const state = new Map<string, 'open' | 'done'>();
  const out: F[] = [];
  const problems: { file: string; span: Span; fact: ScriptFact }[] = [];
  const visit = (file: F): void => {
    if (state.has(file.path)) return;
    state.set(file.path, 'open');
    for (const { path, span } of file.imports) {
      const target = resolveImport(file.path, path);
      const found = target === undefined ? undefined : byPath.get(target);
      if (target === undefined) problems.push({ file: file.path, span, fact: { _tag: 'ImportOutside', path } });
      else if (!found) problems.push({ file: file.path, span, fact: { _tag: 'NoFile', path: target } });
      else if (state.get(found.path) === 'open')
        problems.push({ file: file.path, span, fact: { _tag: 'ImportCycle', path: target } });
      else visit(found);
    }
    state.set(file.path, 'done');
    out.push(file);
  };
  [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).forEach(visit);
  return { files: out, problems };
}
