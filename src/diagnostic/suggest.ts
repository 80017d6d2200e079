// Steps for a goal, as lines and as records. Invariant: what is listed under `finishes` was run, and can be pasted as it stands.
import type { Suggestion, Suggestions } from '../proof/script/suggest.js';
import { clean, plural } from '../language/print/clean.js';

/** How many are shown of each kind. */
export interface Shown {
  readonly finishing: number;
  readonly matching: number;
}

export interface SuggestionRecord {
  readonly steps: readonly string[];
  readonly finishes: boolean;
  /** hypotheses of the lemma that are left as goals */
  readonly conditions: number;
}

export const suggestionRecords = ({ list }: Suggestions, shown: Shown): readonly SuggestionRecord[] =>
  chosen(list, shown).map(({ step, finishes, conditions }) => ({ steps: step.split('\n'), finishes, conditions }));

function chosen(list: readonly Suggestion[], { finishing, matching }: Shown): readonly Suggestion[] {
  const [done, rest] = [list.filter((s) => s.finishes), list.filter((s) => !s.finishes)];
  return [...done.slice(0, finishing), ...rest.slice(0, matching)];
}

const linesOf = ({ step, conditions }: Suggestion): readonly string[] =>
  step
    .split('\n')
    .map(
      (l, i) => `    ${clean(l)}${i === 0 && conditions > 0 ? `  -- leaves ${plural(conditions, 'condition')}` : ''}`,
    );

/** Both kinds under their headings, each step on a line of its own. */
export function suggestionLines({ list, cut }: Suggestions, shown: Shown): readonly string[] {
  const kept = chosen(list, shown);
  const [done, rest] = [kept.filter((s) => s.finishes), kept.filter((s) => !s.finishes)];
  const all = list.filter((s) => !s.finishes).length;
  return [
    ...(done.length > 0 ? ['finishes'] : []),
    ...done.flatMap((s, i) => [...(i > 0 && s.step.includes('\n') ? ['  or'] : []), ...linesOf(s)]),
    ...(rest.length > 0 ? [rest.length < all ? `matches   the best ${rest.length} of ${all}` : 'matches'] : []),
    ...rest.flatMap(linesOf),
    ...(list.length === 0 ? ['matches   nothing that is in scope here'] : []),
    ...(cut ? ['not all was tried: the budget of suggestions ran out'] : []),
  ];
}
