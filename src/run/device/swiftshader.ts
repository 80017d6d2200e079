// The software Vulkan driver inside npm `@sparticuz/chromium`: unpacked to a cache of the user's own and put in Dawn's way.
// Invariant: the driver's files are only ever loaded from a folder that this user owns and others cannot write. To be called on the main
// thread (a worker's process.env does not reach the driver). It does not know WebGPU.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import * as E from 'fp-ts/lib/Either.js';
import type { RunError } from './run-error.js';

const PACKAGE = '@sparticuz/chromium';
const ARCHIVE = join('bin', 'swiftshader.tar.br');
const BLOCK = 512;
const RTLD_LAZY = 0x1;
const RTLD_GLOBAL = 0x100;
const RTLD_NODELETE = 0x1000;

type Entry = { readonly name: string; readonly bytes: Uint8Array };

const field = (block: Uint8Array, from: number, length: number): string =>
  Buffer.from(block.subarray(from, from + length))
    .toString('latin1')
    .split('\0')[0]!;

/** The regular files of a tar archive (ustar: a header block, then the data rounded up to whole blocks). */
export const untar = (archive: Uint8Array): Entry[] => {
  const entries: Entry[] = [];
  let at = 0;
  while (at + BLOCK <= archive.length && archive[at] !== 0) {
    const header = archive.subarray(at, at + BLOCK);
    const size = Number.parseInt(field(header, 124, 12).trim(), 8) || 0;
    const type = field(header, 156, 1);
    const bytes = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (type === '0' || type === '') entries.push({ name: basename(field(header, 0, 100)), bytes });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
};

const archivePath = (): string | undefined => {
  try {
    let folder = dirname(createRequire(import.meta.url).resolve(PACKAGE));
    while (!existsSync(join(folder, ARCHIVE))) {
      if (folder === dirname(folder)) return undefined;
      folder = dirname(folder);
    }
    return join(folder, ARCHIVE);
  } catch {
    return undefined;
  }
};

const isOurs = (folder: string): boolean => {
  const { uid, mode } = statSync(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
};

const cacheRoot = (): string => {
  const root = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'weft');
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    if (isOurs(root)) return root;
  } catch {
    // a read-only home: unpack for this process alone
  }
  const own = mkdtempSync(join(tmpdir(), 'weft-'));
  process.once('exit', () => rmSync(own, { recursive: true, force: true }));
  return own;
};

/** Unpacks once; a rename makes it whole or absent for whoever looks. */
const unpack = (archive: string): string => {
  const packed = readFileSync(archive);
  const root = cacheRoot();
  const folder = join(root, `swiftshader-${createHash('sha256').update(packed).digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const fresh = mkdtempSync(join(root, 'unpack-'));
  for (const { name, bytes } of untar(brotliDecompressSync(packed)))
    writeFileSync(join(fresh, name), bytes, { mode: 0o700 });
  try {
    renameSync(fresh, folder);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
};

// A plain library is no Node addon: dlopen maps it and then reports that it did not register itself. Only that failure is expected.
const mapLibrary = (library: string, flags: number): void => {
  try {
    process.dlopen({ exports: {} }, library, flags);
  } catch (error) {
    if (!/self-register/i.test(String(error))) throw error;
  }
};

/** Whether this machine can have an adapter of its own. Asking Dawn where it cannot prints a warning on stderr. */
export const hasOwnDriver = (): boolean => {
  if (process.platform !== 'linux') return true;
  try {
    mapLibrary('libvulkan.so.1', RTLD_LAZY);
    return true;
  } catch {
    return false;
  }
};

/** After this, Dawn's next instance finds SwiftShader. */
export const prepareSwiftShader = (): E.Either<RunError, void> => {
  const archive = archivePath();
  if (archive === undefined)
    return E.left({ _tag: 'NoAdapter', detail: `no adapter on this machine, and ${PACKAGE} is not installed` });
  try {
    const folder = unpack(archive);
    const icd = join(folder, 'vk_swiftshader_icd.json');
    process.env['VK_ICD_FILENAMES'] = icd;
    process.env['VK_DRIVER_FILES'] = icd;
    // kept mapped, it is what Dawn's own dlopen of that name finds
    mapLibrary(join(folder, 'libvulkan.so.1'), RTLD_LAZY | RTLD_GLOBAL | RTLD_NODELETE);
    return E.right(undefined);
  } catch (error) {
    return E.left({ _tag: 'NoAdapter', detail: String(error) });
  }
};
