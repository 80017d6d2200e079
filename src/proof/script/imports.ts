/**
 * The order in which files are read, imports first, and what each file sees: itself, and what it imports, directly or in turn. Invariant:
 * every import names a file of the set; a path never leaves the project; a cycle is an error at the import that closes it. Knows
 * nothing of what the files say.
 */
import type { Span } from '../../language/syntax/span.js';
import type { ScriptFact } from './result.js';

export interface Import {
  readonly path: string;
  readonly span: Span;
}
/** The files that a file sees, itself among them. */
export type Sight = ReadonlyMap<string, ReadonlySet<string>>;

export interface Ordered<F> {
  readonly files: readonly F[];
  readonly sight: Sight;
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

interface Importing {
  readonly path: string;
  readonly imports: readonly Import[];
}

/** `others` are the paths of the other kind of file; files come by path, or by their rank, and imports before all. */
export function ordered<F extends Importing>(
  files: readonly F[],
  kind: 'statements' | 'proofs',
  others: ReadonlySet<string>,
  rank: (file: F) => number = () => 0,
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
      else if (!found)
        problems.push({
          file: file.path,
          span,
          fact: others.has(target)
            ? { _tag: 'WrongKind', path: target, expected: kind }
            : { _tag: 'NoFile', path: target },
        });
      else if (state.get(found.path) === 'open')
        problems.push({ file: file.path, span, fact: { _tag: 'ImportCycle', path: target } });
      else visit(found);
    }
    state.set(file.path, 'done');
    out.push(file);
  };
  [...files].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1)).forEach(visit);
  return { files: out, problems, sight: sightOf(out) };
}

/** Of files that come after what they import, but where imports go in a circle, which is an error. */
function sightOf(files: readonly Importing[]): Sight {
  const sight = new Map<string, ReadonlySet<string>>();
  for (const { path, imports } of files) {
    const seen = imports.map((i) => sight.get(resolveImport(path, i.path) ?? '') ?? []);
    sight.set(path, new Set([path, ...seen.flatMap((s) => [...s])]));
  }
  return sight;
}
