// Where an output goes: a file, followed through links, or what is open already (standard output, a pipe, a device). Invariant: a place is
// judged, and a stream opened, before anything is computed; nothing here waits for a reader that may never come. Knows no contents.
import {
  type Stats,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { quoted } from '../language/print/clean.js';
import { reasonOf, refuse } from '../diagnostic/refused.js';

export type Place =
  | {
      readonly _tag: 'File';
      /** as the user wrote it */
      readonly path: string;
      /** where its links lead */
      readonly real: string;
      readonly stats: Stats | undefined;
    }
  | { readonly _tag: 'Stream'; readonly path: string; readonly fd: number; readonly stats: Stats };

const STANDARD: Readonly<Record<string, number>> = { '-': 1, '/dev/stdout': 1, '/dev/stderr': 2 };
const MOST_LINKS = 40;

/** Of `-`, `/dev/stdout`, `/dev/fd/7`: the number of what is open. Written to a file by its name, it would be replaced behind the shell's back. */
export function descriptorOf(path: string, standard: Readonly<Record<string, number>>): number | undefined {
  if (Object.hasOwn(standard, path)) return standard[path];
  const found = /^\/(?:dev|proc\/(?:self|thread-self|\d+))\/fd\/(\d{1,6})$/.exec(path);
  const other = found && /^\/proc\/(\d+)\//.exec(path);
  return found && (!other || Number(other[1]) === process.pid) ? Number(found[1]) : undefined;
}

/** The path without links, or the number of an open file that they lead to. */
function followed(path: string): string | number {
  let at = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    const open = descriptorOf(at, STANDARD);
    if (open !== undefined) return open;
    const folder = realpathSync(dirname(at));
    const here = join(folder, basename(at));
    const own = descriptorOf(here, STANDARD);
    if (own !== undefined) return own;
    if (lstatSync(here, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return here;
    at = resolve(folder, readlinkSync(here));
  }
  throw Object.assign(new Error('links'), { code: 'ELOOP' });
}

const kindOf = (stats: Stats): string => {
  if (stats.isDirectory()) return 'a folder';
  return stats.isSocket() ? 'a socket' : 'a device of blocks';
};

/** What the path names, opened where it is no regular file. `option` names another one. */
export function placeOf(path: string, option: string): Place {
  const hint = `name a file in a folder that exists and may be written with ${option}`;
  try {
    if (path === '' || (path.endsWith('/') && statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true))
      refuse(`${quoted(path)} is no name of a file`, hint);
    const real = followed(path);
    if (typeof real === 'number') return { _tag: 'Stream', path, fd: writable(real), stats: fstatSync(real) };
    const stats = statSync(real, { throwIfNoEntry: false });
    if (stats === undefined || stats.isFile()) return { _tag: 'File', path, real, stats };
    if (!stats.isFIFO() && !stats.isCharacterDevice()) refuse(`${quoted(path)} is ${kindOf(stats)}`, hint);
    return { _tag: 'Stream', path, fd: opened(real, path, option), stats };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return refuse(`${quoted(path)} cannot be written: ${reasonOf(error)}`, hint);
  }
}

/** What is open for reading alone is refused before anything is computed: writing nothing to it fails too. */
function writable(fd: number): number {
  try {
    writeSync(fd, Buffer.alloc(0));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
  return fd;
}

/** A pipe without a reader is refused, not waited for. */
function opened(real: string, path: string, option: string): number {
  try {
    return openSync(real, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    return refuse(
      `${quoted(path)} is a pipe that nobody reads`,
      `start what reads it first, or name a file with ${option}`,
    );
  }
}

/** Refuses two outputs that would replace each other. What is written to a device is gone anyway. */
export function demandApart(places: readonly Place[], option: string): void {
  const seen = new Map<string, Place>();
  for (const p of places) {
    if (p._tag === 'Stream' && p.stats.isCharacterDevice() && !isStandard(p)) continue;
    for (const key of keysOf(p)) {
      const first = seen.get(key);
      if (first && first !== p)
        refuse(
          `${quoted(first.path)} and ${quoted(p.path)} are one place`,
          `an output would replace the other: name another file with ${option}`,
        );
      seen.set(key, p);
    }
  }
}

const isStandard = (p: Place): boolean => p._tag === 'Stream' && (p.fd === 1 || p.fd === 2);
/** A file by its path: two links to one file that are replaced are two files. A stream by what is open. */
const keysOf = (p: Place): readonly string[] => [
  ...(p._tag === 'File' ? [`path ${p.real}`] : [`fd ${p.fd}`]),
  ...(p.stats && (p._tag === 'Stream' || p.stats.nlink === 1) ? [`file ${p.stats.dev} ${p.stats.ino}`] : []),
];

/** Whether a place is what is read at a path. */
export function isAt(place: Place, path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.dev === place.stats?.dev && stats.ino === place.stats.ino;
}

export const isStandardOutput = (p: Place): boolean => p._tag === 'Stream' && p.fd === 1;

// ---- writing ------------------------------------------------------------------------------------------------------------

const PIECE = 1 << 26;
const pause = (milliseconds: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** All of it, in pieces that a system call takes; a pipe whose reader is slow is waited for. */
export function writeAll(fd: number, pieces: Iterable<Uint8Array>): void {
  for (const bytes of pieces)
    for (let from = 0; from < bytes.length;)
      try {
        from += writeSync(fd, bytes, from, Math.min(PIECE, bytes.length - from));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
        pause(5);
      }
}
