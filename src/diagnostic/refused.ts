// A refusal: what to say, and how to exit. Invariant: one headline, one hint and an exit code. Knows no commands.
import { type Message, message } from './message.js';

/** A command's refusal: what to say, and how to exit. */
export class Refused extends Error {
  constructor(
    readonly said: Message,
    readonly exit: 1 | 2 | 3,
  ) {
    super(said.headline);
  }
}
export function refuse(headline: string, hint: string, details: readonly string[] = [], exit: 1 | 2 | 3 = 3): never {
  throw new Refused(message(headline, hint, details), exit);
}

/** The place of the file system in a message, without its stack. */
export const reasonOf = (error: unknown): string => {
  const code = (error as { readonly code?: unknown }).code;
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'it does not exist',
    EACCES: 'permission is denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    ENOSPC: 'the disk is full',
    EROFS: 'the file system is read-only',
    EPERM: 'permission is denied',
    EBADF: 'nothing is open there',
    EBUSY: 'it is in use',
    EPIPE: 'its reader has gone',
    EFBIG: 'it is too large for the file system',
    EDQUOT: 'the quota of the disk is used up',
    ELOOP: 'its links lead round',
    ENAMETOOLONG: 'its name is too long for the file system',
    EMFILE: 'too many files are open',
    ENOWRITER: 'it is a pipe that nobody writes to',
    ENXIO: 'there is no such device',
    EIO: 'the device reports an error',
  };
  return typeof code === 'string' ? (words[code] ?? code) : 'it cannot be used';
};
