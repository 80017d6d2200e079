// Verdicts on disk: what an earlier check of the same Weft proved, in .weft-cache, and what the package ships of its own library, beside the build. Invariant: what
// a file says is untrusted: it is decoded, what does not decode is no cache, and a verdict that comes from it is said to be remembered wherever it is
// reported. Every key holds the version of Weft, which is the hash of its code. Knows no commands and no proofs.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { type Digest, type Remembered, Verdicts } from '../proof/script/memory.js';

export const cacheFolder = '.weft-cache';
const file = 'verdicts.json';
/** What a file may have, in bytes and in verdicts. */
const [mostBytes, mostVerdicts] = [64_000_000, 20_000];

const verdict = t.type({
  uses: t.readonlyArray(t.type({ name: t.string, key: t.string })),
  axioms: t.readonlyArray(t.string),
});
const codec = t.type({ format: t.literal(1), weft: t.string, verdicts: t.record(t.string, verdict) });

/** Where the build has a file that is not made of one module. */
const built = (name: string): string => join(dirname(dirname(fileURLToPath(import.meta.url))), name);

/** The code that runs, by the hash that its build wrote; none where it is not a build: then there is no cache. */
function build(): string | undefined {
  try {
    const found = t.type({ hash: t.string }).decode(JSON.parse(readFileSync(built('build.json'), 'utf8')));
    return E.isRight(found) ? found.right.hash : undefined;
  } catch {
    return undefined;
  }
}

type Known = ReadonlyMap<string, Remembered>;

/** The verdicts in a file that this build wrote; none where it is anything else. */
function read(path: string, weft: string): Known {
  try {
    if (!existsSync(path) || statSync(path).size > mostBytes) return new Map();
    const found = codec.decode(JSON.parse(readFileSync(path, 'utf8')));
    if (E.isLeft(found) || found.right.weft !== weft) return new Map();
    return new Map(Object.entries(found.right.verdicts).map(([key, v]) => [key, { ...v, thm: undefined }]));
  } catch {
    return new Map();
  }
}

export interface Cache {
  readonly memory: Verdicts;
  /** Writes what was asked for or proved. */
  readonly save: () => void;
}

const digestOf =
  (weft: string): Digest =>
  (text) =>
    createHash('sha256').update(`${weft}\n${text}`, 'utf8').digest('hex');

/**
 * The cache of a project's folder, over what the package ships; undefined where there is none: WEFT_CACHE=off, or code that was not built. What is shipped
 * is not written again. A folder that cannot be written has no cache, which is no error.
 */
export function openCache(folder: string): Cache | undefined {
  const weft = process.env['WEFT_CACHE'] === 'off' ? undefined : build();
  if (weft === undefined) return undefined;
  const path = join(folder, cacheFolder, file);
  const [shipped, own] = [read(built(file), weft), read(path, weft)];
  const memory = new Verdicts(digestOf(weft), new Map([...shipped, ...own]));
  const kept = (): Known => new Map([...memory.kept].filter(([key, v]) => shipped.get(key) !== v));
  return { memory, save: () => save(path, weft, own, kept()) };
}

/** What the package ships: it begins empty, so that all of it is proved, and is written beside the build. Undefined where the code was not built. */
export function shippedCache(): Cache | undefined {
  const weft = build();
  if (weft === undefined) return undefined;
  const memory = new Verdicts(digestOf(weft));
  return { memory, save: () => write(built(file), weft, [...memory.kept]) };
}

/** The newest verdicts, up to a limit; nothing is written where nothing is new. */
function save(path: string, weft: string, known: Known, kept: Known): void {
  if ([...kept].every(([key, v]) => known.get(key) === v)) return;
  const older = [...known].filter(([key]) => !kept.has(key));
  try {
    write(path, weft, [...older, ...kept].slice(-mostVerdicts));
  } catch {
    // the verdicts are proved again next time
  }
}

/** A file is there whole, or as it was. */
function write(path: string, weft: string, all: readonly (readonly [string, Remembered])[]): void {
  const verdicts = Object.fromEntries(all.map(([key, { uses, axioms }]) => [key, { uses, axioms }]));
  const temporary = `${path}.${process.pid.toString(36)}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, JSON.stringify({ format: 1, weft, verdicts }), { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
