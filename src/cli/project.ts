// The files of a project: theorems/ and proofs/, or those that are named, with everything they import. Invariant: only files inside
// the project's folder are read, and those of the library that ships with Weft, which stands in every project as the folder `weft`.
// A file of statements and one of proofs with the same name under theorems/ and proofs/ belong together. Knows nothing of checking.
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quoted } from '../diagnostic/clean.js';
import { resolveImport } from '../script/imports.js';
import type { SourceFile } from '../script/result.js';
import { reasonOf, refuse } from './output.js';

export const packageFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const library = 'weft/';

export interface Sources {
  readonly statements: readonly SourceFile[];
  readonly proofs: readonly SourceFile[];
  /** the paths that were asked for; what they import is not among them */
  readonly asked: ReadonlySet<string>;
}

type Kind = 'statements' | 'proofs';

/** What stands at a path; nothing where a link leads round, or a name is too long. */
function entry(path: string): ReturnType<typeof statSync> {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
const isFolder = (path: string): boolean => entry(path)?.isDirectory() === true;
const isFile = (path: string): boolean => entry(path)?.isFile() === true;
export const hasLibrary = (folder: string): boolean => isFolder(join(folder, 'theorems'));

/** Every .weft file below a folder, sorted, as paths relative to the project. */
function weftFiles(root: string, folder: string): readonly string[] {
  const at = join(root, folder);
  if (!isFolder(at)) return [];
  const entries = readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((e) => {
    const path = folder === '' ? e.name : `${folder}/${e.name}`;
    if (e.isDirectory()) return e.name === 'node_modules' || e.name.startsWith('.') ? [] : weftFiles(root, path);
    return e.name.endsWith('.weft') ? [path] : [];
  });
}

/** By its folder, else by its first statement. */
function kindOf(path: string, text: string): Kind {
  const folders = path.split('/').slice(0, -1);
  const last = folders.findLast((f) => f === 'theorems' || f === 'proofs');
  if (last) return last === 'proofs' ? 'proofs' : 'statements';
  const bare = text.replace(/--[^\n]*/g, '').replace(/\bimport\s*"[^"\n]*"/g, '');
  return /^\s*proof\b/.test(bare) ? 'proofs' : 'statements';
}

/** theorems/x.weft <-> proofs/x.weft */
function partner(path: string): string | undefined {
  const parts = path.split('/');
  const at = parts.findLastIndex((f, i) => i < parts.length - 1 && (f === 'theorems' || f === 'proofs'));
  if (at < 0) return undefined;
  return parts.with(at, parts[at] === 'theorems' ? 'proofs' : 'theorems').join('/');
}

const importsIn = (text: string): readonly string[] =>
  [...text.matchAll(/^[ \t]*import[ \t]*"([^"\n]*)"/gm)].map((m) => m[1]!);

/** A file of the project or of the library; undefined where there is none. What lies outside is refused. */
class Folder {
  readonly root: string;
  constructor(root: string) {
    this.root = realpathSync(root);
  }

  private locate(path: string): string | undefined {
    const own = join(this.root, path);
    if (isFile(own)) return own;
    const shipped = join(packageFolder, path.slice(library.length));
    return path.startsWith(library) && isFile(shipped) ? shipped : undefined;
  }

  read(path: string): string | undefined {
    const at = this.locate(path);
    if (at === undefined) return undefined;
    try {
      const real = realpathSync(at);
      if (!inside(this.root, real) && !inside(realpathSync(packageFolder), real))
        refuse(
          `${quoted(path)} leads outside the project`,
          'copy the file into the project: links are followed only inside its folder',
        );
      return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(real));
    } catch (error) {
      if (error instanceof TypeError) refuse(`${quoted(path)} is not UTF-8 text`, 'save the file as UTF-8');
      if (error instanceof Error && 'code' in error)
        refuse(`${quoted(path)} cannot be read: ${reasonOf(error)}`, 'check its name and its permissions');
      throw error;
    }
  }
}

const inside = (folder: string, path: string): boolean => {
  const to = relative(folder, path);
  return to !== '' && to !== '..' && !to.startsWith(`..${sep}`) && !isAbsolute(to);
};

/** What the user named, as paths of the project. */
function named(root: string, files: readonly string[]): readonly string[] {
  return files.flatMap((f) => {
    const at = resolve(f);
    const real = entry(at) ? realpathSync(at) : at;
    if (real !== root && !inside(root, real))
      refuse(`${quoted(f)} is outside the project folder`, 'name its folder with --project');
    const path = relative(root, real).split(sep).join('/');
    if (isFolder(real)) return weftFiles(root, path);
    return isFile(real) ? [path] : refuse(`${quoted(f)} cannot be read: it does not exist`, 'check the name');
  });
}

/** Asked files with their partners and everything that is imported. */
function closed(asked: readonly string[], read: (path: string) => string | undefined): Sources {
  const loaded = new Map<string, { readonly text: string; readonly kind: Kind }>();
  const pending = [...asked];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (loaded.has(path)) continue;
    const text = read(path);
    if (text === undefined) continue; // the checker says so, at the import
    loaded.set(path, { text, kind: kindOf(path, text) });
    const from = path;
    const wanted = [partner(path), ...importsIn(text).map((i) => resolveImport(from, i))];
    pending.push(...wanted.filter((p) => p !== undefined));
  }
  const ofKind = (kind: Kind): readonly SourceFile[] =>
    [...loaded].filter(([, f]) => f.kind === kind).map(([path, { text }]) => ({ path, text }));
  const both = asked.flatMap((p) => [p, partner(p) ?? p]);
  return { statements: ofKind('statements'), proofs: ofKind('proofs'), asked: new Set(both) };
}

/** The files to check: those named, or all of theorems/ and proofs/. */
export function loadSources(folder: string, files: readonly string[]): Sources {
  if (!isFolder(folder))
    refuse(`the project folder ${quoted(folder)} does not exist`, 'name an existing folder with --project');
  const disk = new Folder(folder);
  const all = (): readonly string[] => [...weftFiles(disk.root, 'theorems'), ...weftFiles(disk.root, 'proofs')];
  return closed(files.length > 0 ? named(disk.root, files) : all(), (path) => disk.read(path));
}

/** Texts in hand, which may import the library that ships with Weft. */
export function textSources(texts: readonly SourceFile[]): Sources {
  const own = new Map(texts.map((f) => [f.path, f.text]));
  const disk = new Folder(packageFolder);
  const shipped = (path: string): string | undefined => (path.startsWith(library) ? disk.read(path) : undefined);
  return closed([...own.keys()], (path) => own.get(path) ?? shipped(path));
}
