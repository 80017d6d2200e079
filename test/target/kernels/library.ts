// The library together with the algorithms that only the tests state, checked once in a process. Invariant: what is handed out has no diagnostic.
// It does not know what a kernel is.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Library, checkLibrary } from '../../../src/proof/script/check.js';
import type { SourceFile } from '../../../src/proof/script/result.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
export const ALGORITHMS = 'test/target/kernels/algorithms';

export function sources(folder: string): readonly SourceFile[] {
  return readdirSync(root + folder)
    .filter((f) => f.endsWith('.weft'))
    .sort()
    .map((f) => ({ path: `${folder}/${f}`, text: readFileSync(`${root}${folder}/${f}`, 'utf8') }));
}

let checked: Library | undefined;

export function library(): Library {
  checked ??= checkLibrary(
    [...sources('theorems'), ...sources(`${ALGORITHMS}/theorems`)],
    [...sources('proofs'), ...sources(`${ALGORITHMS}/proofs`)],
  );
  return checked;
}

/** The streams that the tests' own files state. */
export const ownStreams = (): ReadonlySet<string> =>
  new Set(
    library()
      .theorems.filter((t) => t.file.startsWith(ALGORITHMS) && library().streams.has(t.name))
      .map((t) => t.name),
  );
