// What becomes of a mutant: its theorem is checked again, and what is accepted is doubted. Invariant: an accepted proof proves the statement that
// was there; an accepted statement is evaluated at numbers; both are replayed by the second checker. Knows no family.
import type { Thm } from '../../../../src/core/index.js';
import * as core from '../../../../src/core/index.js';
import type { Law } from '../../../../src/language/elaborate/law.js';
import type { Rechecked, Rechecker } from '../../../support/recheck.js';
import { DEFAULTS, refute } from '../../../../src/proof/refute/search.js';
import { ofTheorem } from '../../../../src/proof/refute/statement.js';
import { must } from '../../../../src/proof/tactic/failure.js';
import { holds, regimes, stream } from '../../attack/model.js';
import type { Second } from './second.js';
import type { Kind } from './text.js';

export interface Mutant {
  readonly family: string;
  readonly kind: Kind;
  readonly name: string;
  readonly text: string;
  /** a proof that was changed with the statement */
  readonly proof?: string;
}
export type Verdict =
  /** not a text of the language */
  | { readonly _tag: 'Unread' }
  /** another text of the same statement */
  | { readonly _tag: 'Same' }
  | { readonly _tag: 'Rejected'; readonly code: string }
  | { readonly _tag: 'Declined' }
  | { readonly _tag: 'Open' }
  /** `doubt`: why it should not have been */
  | {
      readonly _tag: 'Accepted';
      readonly name: string;
      readonly thm: Thm;
      readonly law: Law;
      readonly doubt: string | undefined;
      /** its hypotheses are false at all sizes that were tried */
      readonly vacuous: boolean;
    };

/** What a law claims, as text that is equal where the claim is. */
export const claim = (law: Law): string =>
  [law.lhs.id, law.rhs.id, ...law.hypotheses.map((h) => must(core.hypothesis(h.binders, h.lhs, h.rhs)).id)].join();

export interface Judges {
  readonly again: Rechecker;
  readonly originals: ReadonlyMap<string, Law>;
  readonly second: Second;
}

export function judge({ again, originals, second }: Judges, mutant: Mutant, seed: number): Verdict {
  if (mutant.kind === 'proof') {
    const original = originals.get(mutant.name)!;
    return verdict(mutant.name, again.recheck(mutant.name, { proof: mutant.text }), (thm, law) => {
      const changed = claim(law) === claim(original) ? undefined : 'the statement has changed';
      return { doubt: changed ?? mismatch(thm, original) ?? second.doubts(mutant.name, thm), vacuous: false };
    });
  }
  const laws = again.lawsOf(mutant.name, mutant.text);
  const changed = laws.filter((l) => originals.has(l.name) && claim(l) !== claim(originals.get(l.name)!));
  if (laws.length > 0 && changed.length === 0) return { _tag: 'Same' };
  const name = changed.length > 0 ? changed[seed % changed.length]!.name : mutant.name;
  return verdict(
    name,
    again.recheck(name, { statement: mutant.text, ...(mutant.proof === undefined ? {} : { proof: mutant.proof }) }),
    (thm, law) => {
      const numbers = atNumbers(thm, seed);
      return { ...numbers, doubt: mismatch(thm, law) ?? numbers.doubt ?? second.doubts(name, thm, mutant.text) };
    },
  );
}

function verdict(
  name: string,
  { report, diagnostics, law }: Rechecked,
  doubts: (thm: Thm, law: Law) => Numbers,
): Verdict {
  if (diagnostics.some((d) => d.code === 'E-SYNTAX')) return { _tag: 'Unread' };
  switch (report.status) {
    case 'proved':
      return { _tag: 'Accepted', name, thm: report.thm!, law: law!, ...doubts(report.thm!, law!) };
    case 'declined':
      return { _tag: 'Declined' };
    case 'open':
      return { _tag: 'Open' };
    case 'rejected':
      return { _tag: 'Rejected', code: report.code ?? 'none' };
  }
}

/** The theorem is not what the law claims, or rests on what the law does not assume. */
function mismatch(thm: Thm, law: Law): string | undefined {
  const { lhs, rhs, hypotheses } = must(core.sequent(thm));
  if (lhs !== law.lhs || rhs !== law.rhs) return 'the theorem has other sides than the statement';
  const own = new Set(law.hypotheses.map((h) => must(core.hypothesis(h.binders, h.lhs, h.rhs))));
  return hypotheses.every((h) => own.has(h)) ? undefined : 'the theorem has other hypotheses than the statement';
}

/** What a search in fractions may cost for one statement. */
const limits = { ...DEFAULTS, tries: 16, work: 300_000, each: 100_000 };

/** What numbers say: a counterexample; `vacuous` where a hypothesis that speaks of no function is false in every regime. */
export interface Numbers {
  readonly doubt: string | undefined;
  readonly vacuous: boolean;
}

/** Looks for a counterexample in float64, in every regime of sizes, then in fractions. */
export function atNumbers(thm: Thm, seed: number): Numbers {
  let vacuous = true;
  for (const [regime, sizes] of Object.entries(regimes)) {
    const outcome = holds(thm, sizes(stream(seed)), seed);
    if (outcome.failure !== undefined) return { doubt: `${regime} sizes: ${outcome.failure}`, vacuous: false };
    vacuous &&= outcome.vacuous;
  }
  const { counterexample } = refute(ofTheorem({ thm, wires: [] }), { ...limits, seed });
  return counterexample ? { doubt: 'a counterexample in fractions', vacuous: false } : { doubt: undefined, vacuous };
}
