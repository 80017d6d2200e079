// The certificate of a theorem that stands in no library: of a mutant that was accepted. Invariant: it cites what was proved before the theorem
// whose place it takes, by the certificates of the library; for an unchanged theorem it is the library's own (a test compares).
import * as E from 'fp-ts/lib/Either.js';
import { certificates } from '../../src/certificate/certificate.js';
import { Records, text } from '../../src/certificate/records.js';
import { Steps } from '../../src/certificate/step.js';
import { Things } from '../../src/certificate/term.js';
import type { Thm } from '../../src/core/index.js';
import type { Library } from '../../src/script/check.js';
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

/** The certificate of a theorem as `name`. */
export function certificateOf(library: Library, { all }: Archive, name: string, thm: Thm): string {
  const hashes = new Map(all.map((c) => [c.name, c.hash]));
  const named = new Map<Thm, string>();
  for (const [known, { thm: earlier }] of library.proved) {
    if (known === name) break;
    if (!named.has(earlier)) named.set(earlier, known);
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
