// `weft init NAME`: a project of one's own in ./NAME. Invariant: everything is judged before anything is written; the folder is written beside its place and
// renamed, so it is there whole or not at all. Knows not what the files say.
import * as fs from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { clean, quoted } from '../language/print/clean.js';
import { proofsIn } from '../proof/script/file.js';
import { readStatements } from '../proof/script/statements.js';
import { reasonOf, refuse } from '../diagnostic/refused.js';
import { type Origin, originOf } from '../project/installed.js';
import { shippedFiles, textSources } from '../project/project.js';
import { type StarterFile, starterFiles, starterNeeds } from '../project/starter.js';
import { elsewhere } from './elsewhere.js';
import { out, say } from './output.js';

const example = 'for example weft init my-norm';
/** npm takes no longer name. */
const LONGEST = 214;
/** Folders that a project, or npm, reads. */
const folders = ['theorems', 'proofs', 'kernels', 'node_modules'];

/** In a folder; the project needs Weft from where this one comes from. */
export function initCommand(folder: string, name: string, origin: Origin = originOf()): void {
  demandName(name);
  const at = resolve(folder, name);
  const files = starterFiles(name, dependency(origin, at));
  demandStated(name, files);
  demandFree(name, at);
  written(name, at, files, origin);
  for (const { path } of files) out(`${name}/${path}`);
  say(`weft: ${clean(name)} is made; next: cd ${clean(name)} && npm install && npm run check`);
  if (origin._tag === 'Folder')
    say('weft: its package.json names the folder of this Weft; on another machine, put a tarball of `npm pack` there');
}

// ---- the name -----------------------------------------------------------------------------------------------------------

/** A name of a package of npm, and of a theorem. */
export function demandName(name: string): void {
  if (name.length > LONGEST)
    refuse(`a name of ${name.length} characters is too long for npm`, `write at most ${LONGEST}`);
  if (!/^[a-z][a-z0-9_-]*$/.test(name))
    refuse(
      `${quoted(name)} is no name of a package and of a theorem`,
      `write lower-case letters, digits, \`-\` and \`_\`, a letter first: ${example}`,
    );
  const why = clash(name);
  if (why !== undefined) refuse(`${quoted(name)} is ${why}`, `choose another name: ${example}`);
}

function clash(name: string): string | undefined {
  if (folders.includes(name)) return 'a folder that Weft or npm reads';
  if (starterNeeds().includes(name)) return 'a package that the project needs';
  if (builtinModules.includes(name)) return 'a module of Node';
  const found = elsewhere(shippedFiles)('')(name);
  return found && `stated by the library that ships with Weft, in ${found.file}`;
}

/** What the library leaves open: words of the language, and what would be read as a comment. */
function demandStated(name: string, files: readonly StarterFile[]): void {
  const own = files.filter((f) => f.path.endsWith('.weft'));
  const { statements, proofs } = textSources(own);
  const { stated, diagnostics } = readStatements(statements);
  const read = proofs.every((f) => E.isRight(proofsIn(f)));
  if (diagnostics.length > 0 || !read || stated.get(name)?.law === undefined)
    refuse(
      `a stream cannot be called ${quoted(name)}: it is a word of the language, or \`--\` in it begins a comment`,
      `choose another name: ${example}`,
    );
}

// ---- the place ----------------------------------------------------------------------------------------------------------

/** Nothing is there, or an empty folder. */
function demandFree(name: string, at: string): void {
  const stats = fs.lstatSync(at, { throwIfNoEntry: false });
  if (stats === undefined) return;
  const hint = 'choose another name, or move it away';
  if (!stats.isDirectory()) refuse(`${quoted(name)} exists, and is no folder`, hint);
  if (fs.readdirSync(at).length > 0) refuse(`the folder ${quoted(name)} exists, and is not empty`, hint);
}

/** A tarball is taken along: the project needs nothing that stands beside it. */
const vendored = (tarball: string): string => `vendor/${basename(tarball)}`;

function dependency(origin: Origin, at: string): string {
  if (origin._tag === 'Version') return origin.version;
  if (origin._tag === 'Other') return origin.spec;
  if (origin._tag === 'Tarball') return `file:${vendored(origin.path)}`;
  return `file:${relative(join(fs.realpathSync(dirname(at)), basename(at)), origin.path)
    .split(sep)
    .join('/')}`;
}

function written(name: string, at: string, files: readonly StarterFile[], origin: Origin): void {
  let made: string | undefined;
  try {
    made = fs.mkdtempSync(join(dirname(at), '.weft-init-'));
    // a folder of this kind is for its owner alone until then
    fs.chmodSync(made, 0o777 & ~process.umask());
    const beside = made;
    const put = (path: string, write: (to: string) => void): void => {
      fs.mkdirSync(dirname(join(beside, path)), { recursive: true });
      write(join(beside, path));
    };
    for (const { path, text } of files) put(path, (to) => fs.writeFileSync(to, text, { flag: 'wx' }));
    if (origin._tag === 'Tarball') put(vendored(origin.path), (to) => fs.copyFileSync(origin.path, to));
    if (fs.existsSync(at)) fs.rmdirSync(at);
    fs.renameSync(made, at);
  } catch (error) {
    if (made !== undefined) fs.rmSync(made, { recursive: true, force: true });
    if (!(error instanceof Error && 'code' in error)) throw error;
    refuse(`${quoted(name)} cannot be made: ${reasonOf(error)}`, 'run it in a folder that exists and may be written');
  }
}
