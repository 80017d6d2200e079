// Lists and reads files below a folder. Invariant: a missing folder is an error, never an empty list.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../architecture/fixtures/${name}`, import.meta.url));

export const listFiles = (base: string, folder: string): string[] =>
  readdirSync(join(base, folder), { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile())
    .map((e) => relative(base, join(e.parentPath, e.name)).split(sep).join('/'))
    .sort();

export interface Source {
  readonly path: string;
  readonly text: string;
}

export const readSources = (base: string, folder: string): Source[] =>
  listFiles(base, folder).map((path) => ({ path, text: readFileSync(join(base, path), 'utf8') }));
