// The certificate of a theorem that stands in no library: of a mutant that was accepted. Invariant: it cites what the proof of the theorem
// whose place it takes rests on, by the certificates of the library; for an unchanged theorem it is the library's own (a test compares).
import * as E from 'fp-ts/lib/Either.js';
import { certificates } from '../../../../src/proof/certificate/certificate.js';
import { Records, text } from '../../../../src/proof/certificate/records.js';
import { Steps } from '../../../../src/proof/certificate/step.js';
import { Things } from '../../../../src/proof/certificate/term.js';
import type { Thm } from '../../../../src/core/index.js';
import type { Library } from '../../../../src/proof/script/check.js';
import type { Archive } from './certificates.js';

/** All certificates of a library, in the order in which its theorems were proved. */
export function archived(library: Library): Archive {
  const made = certificates(library);
  const all = [...library.proved.keys()].map((name) => {
    const certificate = made.of(name);
    if (E.isLeft(certificate)) throw new Error(`no certificate of ${name}`);
    return { name, text: certificate.right.text, hash: certificate.right.hash };
  });
  return { all, axioms: [...library.statements.axioms.keys()] };
}

/** The names of all that the proof of a theorem rests on. */
function under(library: Library, name: string): ReadonlySet<string> {
  const uses = new Map(library.theorems.map((t) => [t.name, t.uses]));
  const found = new Set<string>();
  const visit = (n: string): void => {
    if (found.has(n)) return;
    found.add(n);
    uses.get(n)?.forEach(visit);
  };
  uses.get(name)?.forEach(visit);
  return found;
}

/** The certificate of a theorem as `name`. What it needs and the proof of the unchanged theorem does not rest on is derived in it. */
export function certificateOf(library: Library, { all }: Archive, name: string, thm: Thm): string {
  const hashes = new Map(all.map((c) => [c.name, c.hash]));
  const named = new Map<Thm, string>();
  const citable = under(library, name);
  for (const known of library.statements.stated.keys()) {
    const earlier = citable.has(known) ? library.proved.get(known)?.thm : undefined;
    if (earlier && !named.has(earlier)) named.set(earlier, known);
  }
  const records = new Records();
  const steps = new Steps(
    new Things(records),
    (t) => named.get(t),
    (n) => hashes.get(n)!,
  );
  const last = steps.step(thm);
  return ['weft-certificate 1', `theorem ${text(name)}`, ...records.lines, `qed ${last}`, ''].join('\n');
}
