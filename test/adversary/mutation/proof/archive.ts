// Mutants of certificates, and what the second checker says of them. Invariant: an accepted one proves what the original says, in the printed
// words, or it is a failure. Knows no family by name.
import { stream } from '../../attack/model.js';
import { type Archive, type CertificateFamily, type Certified, onCertificates } from './certificates.js';
import type { Second } from './second.js';

export interface CertificateMutant {
  readonly family: string;
  readonly name: string;
  readonly text: string;
}
export type CertificateVerdict =
  | { readonly _tag: 'Rejected' | 'Declined'; readonly reason: string }
  | { readonly _tag: 'Accepted'; readonly doubt: string | undefined };

/** Of one certificate at most so many by one family. */
const each = 6;

/** The share of one family: short certificates more often, a few mutants of each. */
function share(
  archive: Archive,
  make: CertificateFamily,
  count: number,
  seed: number,
): readonly (Certified & { text: string })[] {
  const random = stream(seed);
  const keyed = archive.all.map((c) => ({ c, key: Math.log(random()) * (600 + c.text.length) }));
  keyed.sort((a, b) => b.key - a.key);
  const chosen: Certified[] = [];
  for (const { c } of keyed) {
    if (chosen.length >= count) break;
    const texts = [...new Set(make(c, archive, Math.floor(random() * 2 ** 31)))].filter((text) => text !== c.text);
    const few = texts.map((text) => ({ text, key: random() })).sort((a, b) => a.key - b.key);
    chosen.push(...few.slice(0, each).map(({ text }) => ({ name: c.name, text })));
  }
  return chosen.slice(0, count);
}

/** `count` mutants, each family its share; what a small family leaves goes to the others. */
export function certificateMutants(archive: Archive, count: number, seed: number): readonly CertificateMutant[] {
  const families = Object.entries(onCertificates);
  const wanted = Math.ceil(count / families.length);
  const lists = families.map(([family, make], i) =>
    share(archive, make, 3 * wanted, seed + 101 * i).map((m) => ({ ...m, family: `certificate: ${family}` })),
  );
  lists.sort((a, b) => a.length - b.length);
  const chosen: CertificateMutant[] = [];
  lists.forEach((list, i) => {
    chosen.push(...list.slice(0, Math.ceil((count - chosen.length) / (lists.length - i))));
  });
  return chosen;
}

export function judgeCertificate(second: Second, { name, text }: CertificateMutant): CertificateVerdict {
  const said = second.opinion(text);
  if (said._tag !== 'Proved') return { _tag: said._tag === 'Refused' ? 'Rejected' : 'Declined', reason: said.reason };
  const own = second.archive.all.find((c) => c.name === said.proved.name);
  const original = own && second.opinion(own.text);
  if (said.proved.kind !== 'theorem' || original?._tag !== 'Proved')
    return { _tag: 'Accepted', doubt: `it proves a ${said.proved.kind} ${said.proved.name}, in the place of ${name}` };
  const same = canonical(original.statement) === canonical(said.statement);
  return { _tag: 'Accepted', doubt: same ? undefined : `it proves another statement: ${said.statement}` };
}

/**
 * A printed statement whatever the order in which its certificate comes upon things: what is declared is sorted, and shared parts are numbered as
 * the sides come upon them.
 */
export function canonical(statement: string): string {
  const lines = statement.split('\n');
  const at = lines.findIndex((l) => l === '  lhs');
  const shared = new Map<string, string>();
  for (const l of lines) {
    const name = /^ {4}(t\d+)\b.* = /.exec(l)?.[1];
    if (name !== undefined) shared.set(name, l);
  }
  const numbers = new Map<string, string>();
  const pending = lines.slice(at);
  const out: string[] = [];
  for (let l = pending.shift(); l !== undefined; l = pending.shift())
    out.push(
      l.replace(/\bt\d+\b/g, (t) => {
        const definition = shared.get(t);
        if (definition === undefined) return t;
        if (!numbers.has(t)) {
          numbers.set(t, `u${numbers.size}`);
          pending.push(definition);
        }
        return numbers.get(t)!;
      }),
    );
  const declared = lines.slice(0, at).filter((l) => !/^ {4}t\d+\b/.test(l) && l !== '  where');
  return [...declared.sort(), ...out].join('\n');
}
