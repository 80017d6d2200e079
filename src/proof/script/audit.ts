/**
 * What a statement says, for one who believes nothing: the definitions that it unfolds to, and whether it says anything. Invariant: reads what was
 * elaborated, which is what was proved, not what a file claims of itself. Knows no axioms and no prose.
 */
import type { Definition, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import { compile } from '../../language/point/compile.js';
import type { Law, StreamInfo } from '../../language/elaborate/law.js';
import { apply, tuple, wire } from '../../language/point/point.js';
import { must } from '../tactic/failure.js';
import { subterms } from '../tactic/subterm.js';

/** The definitions that terms call themselves, in the order in which they are met. */
function called(terms: readonly Term[]): readonly Definition[] {
  const found = new Set<Definition>();
  const seen = new Set<Term>();
  const pending = [...terms].reverse();
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    if (t._tag === 'Call') found.add(t.definition);
    pending.push(...[...subterms(t)].reverse());
  }
  return [...found];
}

/** Every definition that terms unfold to, each after those that it is made of. */
export function definitionsUnder(terms: readonly Term[]): readonly Definition[] {
  const done = new Set<Definition>();
  const pending = [...called(terms)].reverse();
  for (let d = pending.at(-1); d; d = pending.at(-1)) {
    const missing = done.has(d) ? [] : called([d.body]).filter((c) => !done.has(c));
    if (missing.length > 0) pending.push(...[...missing].reverse());
    else {
      pending.pop();
      done.add(d);
    }
  }
  return [...done];
}

export const sidesOf = ({ lhs, rhs, hypotheses }: Law): readonly Term[] => [
  lhs,
  rhs,
  ...hypotheses.flatMap((h) => [h.lhs, h.rhs]),
];

/** Of a stream also what its laws are made of. */
export const partsOf = ({ spec, head, final, outputs, step, output, merge }: StreamInfo): readonly Term[] =>
  [spec, head, final, outputs, step, output, merge].filter((t) => t !== undefined);

/** t = t, letter by letter. */
export const saysNothing = ({ lhs, rhs, stream }: Law): boolean => lhs === rhs && stream === undefined;

/**
 * The spec of a stream is its head, and its final gives the state back: `spec = let state = head in final` says nothing then; nor where the spec is the
 * outputs, or a second pass computes it without the state.
 */
export function onlyItsLawsSay(info: StreamInfo): boolean {
  const { spec, head, final, context, wires, state, outputs } = info;
  const back = compile([...context, ...state], tuple(...state.map((s) => wire(s.name))));
  const same = (a: Term, b: Term): boolean => a.dom === b.dom && a.cod === b.cod && must(core.equal(a, b));
  const without = (): Term => compile([...wires, ...state], apply(spec, ...wires.map((w) => wire(w.name))));
  if (info.passes === 2 && !outputs) return same(final, without());
  if (outputs) return final.cod.leaves.length === 0 && same(spec, outputs);
  return same(spec, head) && same(final, back);
}
