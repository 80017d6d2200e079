// Bytes to read: a file, standard input, a pipe or a device, in pieces. Invariant: a pipe that nobody writes to is refused, not waited
// for; no size of a file is too large to be read piece by piece. Knows no formats.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Source } from '../run/npy/npy.js';
import { descriptorOf } from './place.js';

const STANDARD: Readonly<Record<string, number>> = { '-': 0, '/dev/stdin': 0 };

export const isStandardInput = (path: string): boolean => descriptorOf(path, STANDARD) === 0;

const pause = (milliseconds: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

const PIECE = 1 << 26;

/** Fills what it is given as far as there is something to read. */
function fill(fd: number, into: Uint8Array): number {
  let got = 0;
  while (got < into.length)
    try {
      const n = readSync(fd, into, got, Math.min(PIECE, into.length - got), null);
      if (n === 0) return got;
      got += n;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return got;
      if (code !== 'EAGAIN') throw error;
      pause(5);
    }
  return got;
}

/** Opens a path, hands its bytes over, and closes it. Throws what the file system says. */
export function reading<A>(path: string, use: (source: Source) => A): A {
  const standard = descriptorOf(path, STANDARD);
  const fd = standard ?? openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const stats = fstatSync(fd);
    if (stats.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    let isEmpty = stats.isFIFO() && standard === undefined;
    const read = (into: Uint8Array): number => {
      const got = fill(fd, into);
      if (isEmpty && got === 0) throw Object.assign(new Error('no writer'), { code: 'ENOWRITER' });
      isEmpty = false;
      return got;
    };
    return use({ size: stats.isFile() && standard === undefined ? stats.size : undefined, read });
  } finally {
    if (standard === undefined) closeSync(fd);
  }
}
