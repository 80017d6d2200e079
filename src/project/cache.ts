// Verdicts on disk, in .weft-cache: what an earlier check of the same Weft proved. Invariant: what a file says is untrusted: it is decoded, what does not decode is
// no cache, and a verdict that comes from it is said to be remembered wherever it is reported. Every key holds the version of Weft, which is the hash of
// its code, and that of Node. Knows no commands and no proofs.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { type Remembered, Verdicts } from '../proof/script/memory.js';

export const cacheFolder = '.weft-cache';
const file = 'verdicts.json';
/** What a file may have, in bytes and in verdicts. */
const [mostBytes, mostVerdicts] = [64_000_000, 20_000];

const verdict = t.type({
  uses: t.readonlyArray(t.type({ name: t.string, key: t.string })),
  axioms: t.readonlyArray(t.string),
});
const codec = t.type({ format: t.literal(1), weft: t.string, verdicts: t.record(t.string, verdict) });

/** The code that runs, by the hash that its build wrote; none where it is not a build: then there is no cache. */
function build(): string | undefined {
  const at = join(dirname(dirname(fileURLToPath(import.meta.url))), 'build.json');
  try {
    const found = t.type({ hash: t.string }).decode(JSON.parse(readFileSync(at, 'utf8')));
    return E.isRight(found) ? found.right.hash : undefined;
  } catch {
    return undefined;
  }
}

/** The verdicts in a file that this build wrote; none where it is anything else. */
function read(path: string, weft: string): ReadonlyMap<string, Remembered> {
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
  /** Writes what was asked for or proved; a folder that cannot be written has no cache, which is no error. */
  readonly save: () => void;
}

/** The cache of a project's folder; undefined where there is none: WEFT_CACHE=off, or code that was not built. */
export function openCache(folder: string): Cache | undefined {
  const hash = process.env['WEFT_CACHE'] === 'off' ? undefined : build();
  if (hash === undefined) return undefined;
  const weft = `${hash} ${process.version}`;
  const digest = (text: string): string => createHash('sha256').update(`${weft}\n${text}`, 'utf8').digest('hex');
  const path = join(folder, cacheFolder, file);
  const known = read(path, weft);
  const memory = new Verdicts(digest, known);
  return { memory, save: () => save(path, weft, known, memory.kept) };
}

/** The newest verdicts, up to a limit; nothing is written where nothing is new. */
function save(
  path: string,
  weft: string,
  known: ReadonlyMap<string, Remembered>,
  kept: ReadonlyMap<string, Remembered>,
): void {
  if ([...kept].every(([key, v]) => known.get(key) === v)) return;
  const older = [...known].filter(([key]) => !kept.has(key));
  const all = [...older, ...kept].slice(-mostVerdicts);
  const verdicts = Object.fromEntries(all.map(([key, { uses, axioms }]) => [key, { uses, axioms }]));
  const temporary = `${path}.${process.pid.toString(36)}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, JSON.stringify({ format: 1, weft, verdicts }), { flag: 'wx' });
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}
