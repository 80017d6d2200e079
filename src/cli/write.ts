// Files, whole or not at all. Invariant: a file that Weft did not write is never replaced (its first line says who wrote it), and no
// half-written file is left; what is no regular file is written to as it is. Knows no commands.
import { closeSync, fchmodSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quoted } from '../language/print/clean.js';
import { marker } from './output.js';
import { reasonOf, refuse } from '../diagnostic/refused.js';
import { type Place, isStandardOutput, writeAll } from './place.js';

/** The first bytes of a file, as text. */
export function firstBytes(path: string, length: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
  } finally {
    closeSync(file);
  }
}

let count = 0;
/** A short name of its own beside the target, which may be as long as the file system allows. */
const temporaryBeside = (path: string): string =>
  join(dirname(path), `.weft-${process.pid.toString(36)}-${(count++).toString(36)}.tmp`);

/** Writes beside the target, then renames; what is open already is written to. */
export function writeWhole(place: Place, data: string | Iterable<Uint8Array>): void {
  const pieces = typeof data === 'string' ? [Buffer.from(data, 'utf8')] : data;
  try {
    if (place._tag === 'File') replaced(place, pieces);
    else writeAll(place.fd, pieces);
  } catch (error) {
    if (isStandardOutput(place) && (error as NodeJS.ErrnoException).code === 'EPIPE') return; // it has seen enough
    refuse(
      `${quoted(place.path)} cannot be written: ${reasonOf(error)}`,
      'name a file in a folder that exists and may be written',
    );
  }
}

function replaced({ real, stats }: Place & { readonly _tag: 'File' }, pieces: Iterable<Uint8Array>): void {
  const temporary = temporaryBeside(real);
  const file = openSync(temporary, 'wx');
  try {
    try {
      writeAll(file, pieces);
      if (stats) fchmodSync(file, stats.mode & 0o777);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, real);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Refuses to replace a file of someone else. */
export function demandGenerated(place: Place): void {
  if (place._tag === 'Stream' || place.stats === undefined) return;
  let first = '';
  try {
    first = firstBytes(place.real, 256).toString('utf8').split('\n')[0]!;
  } catch (error) {
    refuse(`${quoted(place.path)} cannot be read: ${reasonOf(error)}`, 'name another file with -o');
  }
  if (!first.includes(marker))
    refuse(
      `${quoted(place.path)} exists, and Weft did not write it`,
      'name another file with -o, or move that one away',
      [`expected  a first line with "${marker}"`],
    );
}
