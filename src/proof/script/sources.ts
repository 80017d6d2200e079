/**
 * The files of a check: roots, the files that belong to them, and what they import. Invariant: what is imported is read off the trees; one
 * set of roots gives one set of files, whoever asks. Knows no disk: it is told how a path is read.
 */
import { unmarked } from '../../language/syntax/character.js';
import { type Kind, importsOf, kindOf, partner } from './file.js';
import { resolveImport } from './imports.js';
import type { SourceFile } from './result.js';

export interface Sources {
  readonly statements: readonly SourceFile[];
  readonly proofs: readonly SourceFile[];
  /** the paths that were asked for; what they import is not among them */
  readonly asked: ReadonlySet<string>;
  /** the files that some lead to, themselves among them: by an import, or because they belong together */
  readonly reach: (from: Iterable<string>) => ReadonlySet<string>;
}

/** The text of a path; undefined where there is none, which the checker says at the import. */
export type ReadText = (path: string) => string | undefined;

interface Loaded {
  readonly file: SourceFile;
  readonly kind: Kind;
  readonly next: readonly string[];
}

/** The file of a path and a text: one that is there already may be taken again, with what was read of it. */
export type MakeFile = (path: string, text: string) => SourceFile;
const newFile: MakeFile = (path, text) => ({ path, text });

function load(path: string, text: string, make: MakeFile): Loaded {
  const file = make(path, unmarked(text));
  const imports = importsOf(file).map((i) => resolveImport(path, i));
  return { file, kind: kindOf(file), next: [partner(path), ...imports].filter((p) => p !== undefined) };
}

/** Everything that the roots lead to; `asked` are among them. */
export function sourcesFrom(
  roots: readonly string[],
  asked: readonly string[],
  read: ReadText,
  make: MakeFile = newFile,
): Sources {
  const loaded = new Map<string, Loaded | undefined>();
  const reach = (from: Iterable<string>): ReadonlySet<string> => {
    const found = new Set<string>();
    const pending = [...from];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      if (found.has(path)) continue;
      const text = loaded.has(path) ? undefined : read(path);
      if (text !== undefined) loaded.set(path, load(path, text, make));
      const known = loaded.get(path);
      if (!known) continue;
      found.add(path);
      pending.push(...known.next);
    }
    return found;
  };
  reach(roots);
  const ofKind = (kind: Kind): readonly SourceFile[] =>
    [...loaded.values()].flatMap((f) => (f?.kind === kind ? [f.file] : []));
  const both = new Set(asked.flatMap((p) => [p, partner(p) ?? p]));
  return { statements: ofKind('statements'), proofs: ofKind('proofs'), asked: both, reach };
}

/** A path as the checker writes it; undefined where it leaves the project. */
export const normalised = (path: string): string | undefined => resolveImport('', path);
