/**
 * What a theorem rests on: the axioms in its derivation. Invariant: reads the derivations that the core recorded, nothing else; what
 * was found for a theorem is remembered.
 */
import type { Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import { must } from '../tactic/failure.js';

const rests = new WeakMap<Thm, ReadonlyMap<string, Thm>>();

/** The axioms in a theorem's derivation: name and theorem. Two that share a name are both there, the second with a mark. */
export function axiomsOf(thm: Thm): ReadonlyMap<string, Thm> {
  const found = new Map<string, Thm>();
  const seen = new Set<Thm>();
  const pending = [thm];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    const d = must(core.derivation(t));
    const known = rests.get(t);
    if (d.rule === 'axiom') addAxiom(found, d.name, t);
    if (known) known.forEach((a, name) => addAxiom(found, name, a));
    else if ('premises' in d) pending.push(...d.premises);
  }
  rests.set(thm, found);
  return new Map(found);
}

function addAxiom(found: Map<string, Thm>, name: string, thm: Thm): void {
  const before = found.get(name);
  if (before && !sameStatement(before, thm)) addAxiom(found, `${name}'`, thm);
  else found.set(name, thm);
}
/** Two theorems that say the same. */
export const sameStatement = (a: Thm, b: Thm): boolean => a === b || stated(a) === stated(b);
function stated(thm: Thm): string {
  const { hypotheses, lhs, rhs } = must(core.sequent(thm));
  return [lhs.id, rhs.id, ...hypotheses.map((h) => h.id)].join();
}
