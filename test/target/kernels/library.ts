// The library together with the algorithms that only the tests state, checked once in a process: what the kernels that are asked for rest on, and no more, since every
// process that runs kernels does it again. Invariant: what is handed out has no diagnostic. It does not know what a kernel is.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { neededBy } from '../../../src/kernel/extract/needs.js';
import { type Library, checkLibrary } from '../../../src/proof/script/check.js';
import { type Sources, sourcesFrom } from '../../../src/proof/script/sources.js';
import type { SourceFile } from '../../../src/proof/script/result.js';
import { LISTED, isAsked } from './asked.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
export const ALGORITHMS = 'test/target/kernels/algorithms';

export function sources(folder: string): readonly SourceFile[] {
  return readdirSync(root + folder)
    .filter((f) => f.endsWith('.weft'))
    .sort()
    .map((f) => ({ path: `${folder}/${f}`, text: readFileSync(`${root}${folder}/${f}`, 'utf8') }));
}

/** The files that state some streams, with what they import and the files of proofs that belong to them. */
export function filesOf(states: (stream: string) => boolean): Pick<Sources, 'statements' | 'proofs'> {
  const all = ['theorems', 'proofs', `${ALGORITHMS}/theorems`, `${ALGORITHMS}/proofs`].flatMap(sources);
  const texts = new Map(all.map((f) => [f.path, f.text]));
  const roots = all.filter((f) => [...f.text.matchAll(/^stream ([\w'-]+)/gm)].some((m) => states(m[1]!)));
  return sourcesFrom(
    roots.map((f) => f.path),
    [],
    (path) => texts.get(path),
  );
}

let checked: Library | undefined;
/** What is asked for, and what schedules of kernels/ are of. */
const isNeeded = (stream: string): boolean => isAsked(stream) || LISTED.includes(stream);

function checkNeeded(): Library {
  const { statements: stated, proofs } = filesOf(isNeeded);
  return checkLibrary(stated, proofs, {
    only: (statements) => [...statements.streams.keys()].filter(isNeeded).flatMap((n) => neededBy(statements, n)),
  });
}
export const library = (): Library => (checked ??= checkNeeded());

/** The streams that the tests' own files state. */
export const ownStreams = (): ReadonlySet<string> =>
  new Set([...library().streams.keys()].filter((n) => library().statements.stated.get(n)?.file.startsWith(ALGORITHMS)));
