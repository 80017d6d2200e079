// The part of the library that random streams rest on, with programs added: their statements in one file, their proofs in another, all checked as a
// library is. Invariant: what a program states is proved here or nowhere. It does not know kernels.
import { readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { fileURLToPath } from 'node:url';
import { citableOf } from '../../../src/proof/script/block.js';
import { type Library, checkLibrary, checkOne } from '../../../src/proof/script/check.js';
import type { SourceFile } from '../../../src/proof/script/result.js';
import { readStatements } from '../../../src/proof/script/statements.js';
import { parseProofs } from '../../../src/language/syntax/parse.js';
import type { Identities } from '../../../src/proof/tactic/ring.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const LIBRARY = ['axioms', 'ring', 'order', 'reductions', 'gauge', 'streaming', 'outputs'];
const BASE = 'test/adversary/compiler/base';

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
    path: 'test/adversary/compiler/random.weft',
    text: ['import "base/theorems/loops.weft"\n', ...all.map((s) => s.statement)].join('\n'),
  };
  const statements = readStatements([...files('theorems'), own]);
  const proved = new Map(library.proved);
  const theorems = [...library.theorems];
  const diagnostics = [...statements.diagnostics];
  const known = library.proofs;
  const of = new Map(known.of);
  const proofs = { of, sight: new Map(known.sight).set(own.path, new Set([...known.sight.keys(), own.path])) };
  for (const text of all.flatMap((s) => s.proof.split(/^(?=proof )/m))) {
    const name = /^proof (\S+)/.exec(text)?.[1] ?? '';
    const found = checkOne(
      statements,
      proofs,
      { proved, failed: new Map(), identities },
      { path: own.path, text },
      name,
    );
    theorems.push(...found.theorems);
    diagnostics.push(...found.diagnostics);
    const [thm, law] = [found.theorems[0]?.thm, statements.stated.get(name)?.law];
    if (!thm || !law) continue;
    proved.set(name, citableOf(law, thm, []));
    const parsed = parseProofs(text);
    if (E.isRight(parsed) && parsed.right[0]?._tag === 'Proof')
      of.set(name, { file: own.path, turn: of.size, tree: parsed.right[0], text });
  }
  return { statements, proofs, proved, theorems, diagnostics, holes: [], streams: statements.streams };
}

/** Every law that the stream states is proved. */
export const isProved = (library: Library, name: string): boolean => {
  const laws = library.theorems.filter((t) => t.name === name || t.name.startsWith(`${name}.`));
  return laws.length > 1 && laws.every((t) => t.status === 'proved');
};
