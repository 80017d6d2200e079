// `weft axioms NAME`: the axioms that a theorem rests on, one a line with statement and file, or with --uses the theorems that its proof cites. Of a stream
// NAME, those of NAME and of its laws NAME.*. Invariant: answers for proved theorems only. Knows no files.
import { type AxiomReport, axiomsUnder } from '../proof/certificate/axiom.js';
import { axiomLine } from '../diagnostic/axiom.js';
import { clean, quoted } from '../language/print/clean.js';
import { nearest } from '../diagnostic/message.js';
import { near } from '../language/elaborate/scope.js';
import type { TheoremReport } from '../proof/script/result.js';
import type { Checked } from './check.js';
import { out } from './output.js';
import { refuse } from '../diagnostic/refused.js';

/** The theorem, or the stream's theorems. */
export function theoremsOf({ library }: Checked, name: string): readonly TheoremReport[] {
  const exact = library.theorems.filter((t) => t.name === name);
  const laws = library.streams.has(name) ? library.theorems.filter((t) => t.name.startsWith(`${name}.`)) : [];
  const found = [...exact, ...laws];
  if (found.length > 0) return found;
  if (library.statements.axioms.has(name))
    refuse(`${quoted(name)} is an axiom`, 'axioms rest on nothing: name a theorem');
  const known = [...library.statements.stated.keys()];
  return refuse(
    `there is no theorem ${quoted(name)}`,
    nearest(near(name, known).map(quoted), '`weft check` lists the theorems'),
  );
}

/** Refuses, with what stands in the way, unless every one is proved. */
export function demandProved(theorems: readonly TheoremReport[]): void {
  const failed = theorems.find((t) => t.status !== 'proved');
  if (failed)
    refuse(
      `${quoted(failed.name)} is ${failed.status}, not proved`,
      '`weft check` says why',
      [],
      failed.status === 'rejected' ? 1 : 2,
    );
}

export function axiomsCommand(checked: Checked, name: string, options: { readonly uses?: boolean }): void {
  const theorems = theoremsOf(checked, name);
  demandProved(theorems);
  const own = new Set(theorems.map((t) => t.name));
  const cited = new Set(theorems.flatMap((t) => t.uses.filter((u) => !own.has(u))));
  if (options.uses) [...cited].sort().forEach((n) => out(clean(n)));
  else restsOn(checked, theorems).forEach((a) => out(axiomLine(a, (file) => checked.texts.get(file) ?? '')));
}

/** The axioms under theorems. */
export const restsOn = ({ library }: Checked, theorems: readonly TheoremReport[]): readonly AxiomReport[] =>
  axiomsUnder(
    library,
    theorems.flatMap((t) => t.axioms),
  );
