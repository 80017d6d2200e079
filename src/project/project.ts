// The files of a project: theorems/ and proofs/, or those that are named, with everything they import. Invariant: only files inside
// the project's folder are read, and those of the library that ships with Weft, which stands in every project as the folder `weft`.
// A check sees one set of files, whichever of them it is asked about; a command about a few names reads those that they lead to. Knows nothing of checking, nor of what a file imports.
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { quoted } from '../language/print/clean.js';
import { namesIn } from '../proof/script/file.js';
import type { SourceFile } from '../proof/script/result.js';
import { type Sources, normalised, sourcesFrom } from '../proof/script/sources.js';
import type { Ground } from '../proof/script/workspace.js';
import { packageFolder } from './package.js';
import { reasonOf, refuse } from '../diagnostic/refused.js';

export { packageFolder };
const library = 'weft/';

/** What stands at a path; nothing where a link leads round, or a name is too long. */
function entry(path: string): ReturnType<typeof statSync> {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
/** Where the links of a path lead; the path itself where nothing is there. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
/** Whether a folder is there. */
export const isFolder = (path: string): boolean => entry(path)?.isDirectory() === true;
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

/** What the user named, as paths of the project: as it is written where that is inside, else where links lead. */
function named(folder: string, root: string, files: readonly string[]): readonly string[] {
  const here = resolve(folder);
  return files.flatMap((f) => {
    const at = resolve(f);
    const written = at === here || inside(here, at);
    const real = written || !entry(at) ? at : realpathSync(at);
    const base = written ? here : root;
    if (real !== base && !inside(base, real))
      refuse(`${quoted(f)} is outside the project folder`, 'name its folder with --project');
    const path = relative(base, real).split(sep).join('/');
    if (isFolder(real)) return weftFiles(root, path);
    return isFile(real) ? [path] : refuse(`${quoted(f)} cannot be read: it does not exist`, 'check the name');
  });
}

/** Every file that a hint may name: those of the check, then the library's under the folder `weft` that every project has. */
export const namedFiles = ({ statements, proofs }: Sources): readonly SourceFile[] => [
  ...statements,
  ...proofs,
  ...shippedFiles(),
];

/** The files of the library that ships with Weft. */
export function shippedFiles(): readonly SourceFile[] {
  const disk = new Folder(packageFolder);
  const paths = [...weftFiles(disk.root, 'theorems'), ...weftFiles(disk.root, 'proofs')];
  return paths.flatMap((path) => {
    const text = disk.read(path);
    return text === undefined ? [] : [{ path: `${library}${path}`, text }];
  });
}

const isOwn = (path: string): boolean => /^(?:theorems|proofs)\//.test(path);

/**
 * The files of a project: all of theorems/ and proofs/, whichever of them are named; a named file that is in neither folder is a root beside
 * them, or the only one.
 */
export function loadSources(folder: string, files: readonly string[]): Sources {
  if (!isFolder(folder))
    refuse(`the project folder ${quoted(folder)} does not exist`, 'name an existing folder with --project');
  const disk = new Folder(folder);
  const { roots, asked } = rootsOf(folder, disk, files);
  return sourcesFrom(roots, asked, (path) => disk.read(path));
}

/**
 * Of a project's files those that declare some names, with what they import, the files that belong to them, and every other file that states or proves what one
 * of these does. What the names rest on is in these: the others are not read.
 */
export function loadFor(folder: string, names: readonly string[]): Sources {
  const disk = new Folder(folder);
  const { roots, asked } = rootsOf(folder, disk, []);
  const declares = new Map(roots.map((path) => [path, namesIn(disk.read(path) ?? '')]));
  const of = (wanted: readonly string[], kinds: readonly ('common' | 'own')[]): readonly string[] => {
    const all = new Set(wanted);
    return [...declares].flatMap(([path, d]) => (kinds.some((k) => d[k].some((n) => all.has(n))) ? [path] : []));
  };
  const plain = names.map((n) => n.replace(/^def:/, '').replace(/\..*$/, ''));
  let found = of(plain, ['common', 'own']);
  for (;;) {
    const sources = sourcesFrom(found, asked, (path) => disk.read(path));
    const reached = new Set([...sources.statements, ...sources.proofs].map((f) => f.path));
    const states = [...reached].flatMap((path) => declares.get(path)?.common ?? []);
    const more = of(states, ['common']).filter((path) => !reached.has(path));
    if (more.length === 0) return sources;
    found = [...found, ...more];
  }
}

interface Roots {
  readonly roots: readonly string[];
  readonly asked: readonly string[];
}
function rootsOf(folder: string, disk: Folder, files: readonly string[]): Roots {
  const all = (): readonly string[] => [...weftFiles(disk.root, 'theorems'), ...weftFiles(disk.root, 'proofs')];
  const asked = files.length > 0 ? named(folder, disk.root, files) : all();
  const roots = asked.some(isOwn) || files.length === 0 ? [...new Set([...all(), ...asked])] : asked;
  return { roots, asked };
}

/** Where a workspace over a project's folder reads: the same files as a check of it; what cannot be read is not there. */
export function groundOf(folder: string, files: readonly string[]): Ground {
  if (!isFolder(folder))
    refuse(`the project folder ${quoted(folder)} does not exist`, 'name an existing folder with --project');
  const disk = new Folder(folder);
  const roots = (): Roots => rootsOf(folder, disk, files);
  return { roots: () => roots().roots, asked: () => roots().asked, read: (path) => disk.read(path) };
}

/** The same over texts in hand, which may import the library that ships with Weft. */
export function textGround(texts: readonly SourceFile[]): Ground {
  const { own, read } = inHand(texts);
  return { roots: () => [...own.keys()], read };
}

/** Whether a folder is the package itself. */
export const isLibrary = (folder: string): boolean => realpathSync(folder) === realpathSync(packageFolder);

/** The statements that ship with Weft, as a project sees them that imports them. */
export function librarySources(): Sources {
  const disk = new Folder(packageFolder);
  const paths = weftFiles(disk.root, 'theorems');
  const read = (path: string): string | undefined =>
    disk.read(path.startsWith(library) ? path.slice(library.length) : path);
  const roots = paths.map((p) => `${library}${p}`);
  return sourcesFrom(roots, roots, read);
}

/** A file, and files of the library by their paths in it, whether the project is that library or imports it. */
export function loadBeside(folder: string, file: string, shipped: readonly string[]): Sources {
  if (!isFolder(folder))
    refuse(`the project folder ${quoted(folder)} does not exist`, 'name an existing folder with --project');
  const disk = new Folder(folder);
  const inProject = (path: string): string => (disk.root === realpathSync(packageFolder) ? path : `${library}${path}`);
  const asked = named(folder, disk.root, [file]);
  return sourcesFrom([...asked, ...shipped.map(inProject)], asked, (path) => disk.read(path));
}

function inHand(texts: readonly SourceFile[]) {
  const own = new Map<string, string>();
  for (const { path, text } of texts) {
    const at = normalised(path) ?? refuse(`${quoted(path)} is no path of a project`, 'name it as theorems/mine.weft');
    if (own.has(at)) refuse(`${quoted(path)} is given twice`, 'give each file once');
    own.set(at, text);
  }
  const disk = new Folder(packageFolder);
  const shipped = (path: string): string | undefined => (path.startsWith(library) ? disk.read(path) : undefined);
  return { own, read: (path: string): string | undefined => own.get(path) ?? shipped(path) };
}

/** Texts in hand, which may import the library that ships with Weft. */
export function textSources(texts: readonly SourceFile[]): Sources {
  const { own, read } = inHand(texts);
  const roots = [...own.keys()];
  return sourcesFrom(roots, roots, read);
}

/** The files that stand where the library has one of the same path and another text. */
export function hiding({ statements, proofs }: Sources): readonly string[] {
  const shipped = (path: string): string => join(packageFolder, path.slice(library.length));
  return [...statements, ...proofs]
    .filter(
      ({ path, text }) =>
        path.startsWith(library) && isFile(shipped(path)) && readFileSync(shipped(path), 'utf8') !== text,
    )
    .map((f) => f.path);
}
