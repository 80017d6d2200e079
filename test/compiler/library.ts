// The part of the library that random streams rest on, with programs added: their statements in one file, their proofs in another, all checked as a
// library is. Invariant: what a program states is proved here or nowhere. It does not know kernels.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { citableOf } from '../../src/script/block.js';
import { type Library, checkLibrary, checkOne } from '../../src/script/check.js';
import type { SourceFile } from '../../src/script/result.js';
import { readStatements } from '../../src/script/statements.js';
import type { Identities } from '../../src/tactic/ring.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LIBRARY = ['axioms', 'ring', 'order', 'reductions', 'gauge', 'streaming'];
const BASE = 'test/compiler/base';

const file = (path: string): SourceFile => ({ path, text: readFileSync(root + path, 'utf8') });
const files = (folder: 'theorems' | 'proofs'): readonly SourceFile[] => [
  ...LIBRARY.filter((n) => folder === 'theorems' || n !== 'axioms').map((n) => file(`${folder}/${n}.weft`)),
  file(`${BASE}/${folder}/loops.weft`),
];

/** Statements and their proofs, as texts. */
export interface Source {
  readonly statement: string;
  readonly proof: string;
}

let checked: { readonly library: Library; readonly identities: Identities } | undefined;

/** What every random stream rests on, checked once in a process. */
function base(): { readonly library: Library; readonly identities: Identities } {
  checked ??= { library: checkLibrary(files('theorems'), files('proofs')), identities: new Map() };
  return checked;
}

/** The library with the programs: each proof is checked against what was proved before it, as checkLibrary does. */
export function libraryWith(all: readonly Source[]): Library {
  const { library, identities } = base();
  const own: SourceFile = {
    path: 'test/compiler/random.weft',
    text: ['import "base/theorems/loops.weft"\n', ...all.map((s) => s.statement)].join('\n'),
  };
  const statements = readStatements([...files('theorems'), own]);
  const proved = new Map(library.proved);
  const theorems = [...library.theorems];
  const diagnostics = [...statements.diagnostics];
  for (const text of all.flatMap((s) => s.proof.split(/^(?=proof )/m))) {
    const name = /^proof (\S+)/.exec(text)?.[1] ?? '';
    const found = checkOne(statements, { proved, failed: new Map(), identities }, { path: own.path, text }, name);
    theorems.push(...found.theorems);
    diagnostics.push(...found.diagnostics);
    const [thm, law] = [found.theorems[0]?.thm, statements.stated.get(name)?.law];
    if (thm && law) proved.set(name, citableOf(law, thm, []));
  }
  return { statements, proved, theorems, diagnostics, streams: statements.streams };
}

/** Every law that the stream states is proved. */
export const isProved = (library: Library, name: string): boolean => {
  const laws = library.theorems.filter((t) => t.name === name || t.name.startsWith(`${name}.`));
  return laws.length > 1 && laws.every((t) => t.status === 'proved');
};
