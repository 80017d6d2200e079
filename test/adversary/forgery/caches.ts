// Projects, and copies of the built package, whose caches a test may write. Each is removed after the tests of the file. Knows no attack.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { Keys } from '../../../src/proof/script/key.js';
import { root } from '../../support/corpus.js';

/** What the build calls its code, which stands in every key. */
export const weftOf = (JSON.parse(readFileSync(join(root, 'dist/build.json'), 'utf8')) as { readonly hash: string })
  .hash;
const digest = (text: string): string => createHash('sha256').update(`${weftOf}\n${text}`, 'utf8').digest('hex');

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

export type Files = Readonly<Record<string, string>>;
export function project(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'weft-cache-'));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The built package with another library: what it ships may be written. */
export function packaged(library: Files): string {
  const folder = project(library);
  for (const path of ['dist', 'package.json', 'scripts/verdicts.mjs'])
    cpSync(join(root, path), join(folder, path), { recursive: true });
  rmSync(join(folder, 'dist/verdicts.json'), { force: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

export type Ran = Pick<SpawnSyncReturns<string>, 'status' | 'stdout' | 'stderr'>;
type Env = Readonly<Record<string, string>>;

export function node(folder: string, args: readonly string[], env: Env = {}): Ran {
  const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, WEFT_CACHE: '', ...env } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  return { status, stdout, stderr };
}
/** The command of a package, in a project. */
export const weft = (folder: string, args: readonly string[], env: Env = {}, of: string = root): Ran =>
  node(folder, [join(of, 'dist/cli/main.js'), ...args], env);

export const linesOf = (stdout: string): readonly string[] => stdout.trimEnd().split('\n');
export const ownCache = (folder: string): string => join(folder, '.weft-cache/verdicts.json');
export const shippedCache = (of: string): string => join(of, 'dist/verdicts.json');
export const verdictsIn = (path: string): readonly string[] =>
  Object.keys((JSON.parse(readFileSync(path, 'utf8')) as { readonly verdicts: object }).verdicts);

/** A cache that says of the theorems of a file that they are proved by these proofs, from nothing. */
export function forge(
  path: string,
  text: string,
  proofs: Files,
  change: (cache: object) => unknown = (cache) => cache,
): void {
  const keys = new Keys([{ path: 'theorems/a.weft', text }], digest);
  const forged = Object.entries(proofs).map(([name, proof]) => [
    keys.key('theorems/a.weft', name, proof)!,
    { uses: [], axioms: [] },
  ]);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(change({ format: 1, weft: weftOf, verdicts: Object.fromEntries(forged) })));
}
