/**
 * The only place of the second checker that opens files. Invariant: it opens what it is told, certificates beside those under the plain names
 * that they cite, and the library that is installed beside itself; it writes nothing. It does not know what a certificate says.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { citedBy, restored } from './certificate/record.js';
import { type File, hashOf } from './replay.js';

/** The user's mistake, or the machine's: told, never traced. */
export class Unreadable extends Error {}

/** Bytes that are not UTF-8 become a text that no checker accepts. */
const decode = (path: string | URL): string => {
  if (!statSync(path).isFile()) throw new Error('it is no regular file');
  const bytes = readFileSync(path);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return 'the file is not UTF-8';
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

export const readFile = (path: string): File => {
  try {
    return { path, text: restored(decode(path)) };
  } catch (error) {
    throw new Unreadable(`${path} cannot be read: ${reasonOf(error)}`);
  }
};

/** In a folder that a tool keeps for itself: nobody's statements, here and in the first checker. */
const aside = (name: string): boolean =>
  name
    .split(/[\\/]/)
    .slice(0, -1)
    .some((folder) => folder === 'node_modules' || folder.startsWith('.'));

/** The file, or the files under a directory whose names end so. */
export const expand = (path: string, ending: string): readonly string[] => {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { encoding: 'utf8', recursive: true }).filter(
      (name) => name.endsWith(ending) && !aside(name),
    );
    return names.sort().map((name) => join(path, name));
  } catch (error) {
    throw new Unreadable(`${path} cannot be read: ${reasonOf(error)}`);
  }
};

/** The statement files of the library, as every project sees them: in the folder weft. None where it is not installed. */
export const installed = (): readonly File[] => {
  const folder = new URL('../../theorems/', import.meta.url);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const names = readdirSync(folder, { encoding: 'utf8' }).filter((name) => name.endsWith('.weft'));
  return names.sort().map((name) => ({ path: `weft/theorems/${name}`, text: decode(new URL(name, folder)) }));
};

/** What is cited and was not given, from files beside, when they have the hash that is cited. */
export const withCited = (given: readonly File[]): readonly File[] => {
  const all = [...given];
  const known = new Set(given.map((f) => hashOf(f.text)));
  for (const file of all)
    for (const { name, hash } of citedBy(file.text)) {
      if (known.has(hash) || !/^[A-Za-z][A-Za-z0-9_'.-]*$/.test(name)) continue;
      const path = join(dirname(file.path), `${name}.cert`);
      if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) continue;
      const found = readFile(path);
      if (hashOf(found.text) !== hash) continue;
      known.add(hash);
      all.push(found);
    }
  return all;
};
