/**
 * Chosen nodes of a side replaced by what theorems say they are, each with what is under its binders. Invariant: what is returned is a theorem that the
 * core made; a theorem whose left side is not the node makes it fail. Knows no tactic in particular.
 */
import type { Cell, Node, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import { seq } from '../../language/point/wiring.js';
import { explode, implode, slotObject } from './blocks.js';
import { compileReadback } from './compiled.js';
import { congruence } from './congruence.js';
import { fail, must } from './failure.js';
import { chain, structural } from './goal.js';
import type { Openings } from './opening.js';
import { Readback } from './readback.js';

/** A theorem over some numbers, and what they are at the node. */
export interface Work {
  readonly cells: readonly Cell[];
  readonly thm: Thm;
}

/** side = the side with each node as the right side of its theorem */
export function replaced(
  side: Term,
  { inputs, outputs }: core.NormalForm,
  openings: Openings,
  ready: ReadonlyMap<Node, Work>,
  tactic: string,
): Thm {
  const names = inputs.map((_, i) => `in#${i}`);
  const readback: Readback = new Readback(openings, names, (node) => {
    const work = ready.get(node);
    return work && { _tag: 'Wire', name: readback.letCall(work.cells, must(core.sequent(work.thm)).lhs)[0]!.name };
  });
  const slots = inputs.map((s, i) => ({ name: names[i]!, object: slotObject(s) }));
  const term = seq(explode(side.dom), compileReadback(slots, readback.outputs(outputs)), implode(side.cod));
  const equations = new Map([...ready.values()].map((w) => [must(core.sequent(w.thm)).lhs, w.thm]));
  const made = congruence(equations, term);
  if (!made) return fail({ _tag: 'Stuck', tactic, why: 'a region is not a sub-diagram' });
  return chain(structural(side, term), made);
}
