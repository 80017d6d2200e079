/** Nodes of a goal's side as terms over its wires. Invariant: a node that is read is free of bound indices. Makes no theorem. */
import type { Node, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import { seq } from '../../language/point/wiring.js';
import { explode, slotObject } from './blocks.js';
import { compileReadback } from './compiled.js';
import { must } from './failure.js';
import { type Evaluator, Openings } from './opening.js';
import { Readback } from './readback.js';

export interface SideReading {
  readonly openings: Openings;
  /** the elements of its arrays */
  readonly roots: readonly Node[];
  readonly term: (node: Node) => Term;
}

export function readingOf(evaluator: Evaluator, side: Term): SideReading {
  const form = must(core.normalForm(evaluator, side));
  const openings = new Openings(evaluator, (i) => form.inputs[i]!);
  const names = form.inputs.map((_, i) => `in#${i}`);
  const slots = form.inputs.map((s, i) => ({ name: names[i]!, object: slotObject(s) }));
  const known = new Map<Node, Term>();
  const term = (node: Node): Term => {
    const made =
      known.get(node) ??
      seq(
        explode(side.dom),
        compileReadback(slots, new Readback(openings, names).outputs([evaluator.pool.scalar(node)])),
      );
    known.set(node, made);
    return made;
  };
  return { openings, roots: form.outputs.map((c) => openings.array(c).body), term };
}
