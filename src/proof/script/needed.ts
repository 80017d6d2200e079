/**
 * What theorems rest on, read off the proofs before any is run: what each cites, and what those cite. Invariant: names too many cost time and change
 * no verdict; of names too few the checker runs the proof when it is cited. Knows no verdicts.
 */
import type { Proofs } from './placed.js';
import { citedIn, neededIn } from './cited.js';
import type { Statements } from './statements.js';

/** The theorems of some names with all that they rest on; of a stream, its laws too. */
export function restingOn(
  { stated, streams }: Statements,
  proofs: Proofs,
  names: Iterable<string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...names].flatMap((name) => [name, ...(streams.get(name)?.laws ?? [])]);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const law = stated.get(name);
    if (found.has(name) || !law) continue;
    found.add(name);
    const steps = proofs.of.get(name)?.tree.steps ?? [];
    pending.push(...citedIn(steps, law.law?.hypotheses.map((h) => h.name) ?? []), ...neededIn(steps));
  }
  return found;
}
