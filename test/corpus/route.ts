/**
 * By which routes a false line is tried: a step that cites a law directly, a tactic that searches. Invariant: read from the proof that
 * a mark stands in; a mark in a file of statements is a refusal of the statement itself, which no proof can reach.
 */
import { type Case, isProofs, lineAt, marksOf } from '../support/corpus.js';

export type Route = 'statement' | 'direct' | 'tactic';

const searching =
  /(?<![\w-])(?:ring|cases|simp|induction|tauto|normalise|positivity|field|linear)(?![\w-])/;

/** The routes of a case's marks. */
export function routes(c: Case): ReadonlySet<Route> {
  const found = new Set<Route>();
  for (const file of [...c.statements, ...c.proofs])
    for (const mark of marksOf(file)) {
      if (!isProofs(file)) {
        found.add('statement');
        continue;
      }
      const line = Number(/:(\d+) /.exec(mark)![1]);
      const text = proofAt(file.text, line);
      found.add(searching.test(text) ? 'tactic' : 'direct');
    }
  return found;
}

/** The text of the proof that a line belongs to, without comments. */
function proofAt(text: string, line: number): string {
  const starts = [...text.matchAll(/^proof /gm)].map((m) => m.index).filter((at) => lineAt(text, at) <= line);
  const from = starts.at(-1) ?? 0;
  const end = text.indexOf('\nqed', from);
  return text.slice(from, end < 0 ? undefined : end).replace(/--.*$/gm, '').replace(/^proof \S+/, '');
}

/** Lines about the checker itself, where the route is the attack. */
export const aboutTheChecker = /^F(?:7[789]|8[0-35]|9\d)/;
