// Folders for compilers' files, removed when the process ends.
// Invariant: a folder is this process's own (made by mkdtemp, mode 0700). It does not know what is put there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();

const removeAll = (): void => made.forEach((folder) => rmSync(folder, { recursive: true, force: true }));

export const scratchFolder = (): string => {
  if (made.size === 0) process.once('exit', removeAll);
  const folder = mkdtempSync(join(tmpdir(), 'weft-'));
  made.add(folder);
  return folder;
};

export const removeScratch = (folder: string): void => {
  if (made.delete(folder)) rmSync(folder, { recursive: true, force: true });
  if (made.size === 0) process.removeListener('exit', removeAll);
};
