/**
 * A diagram of the calculus as cables and operations. Invariant: every array of the domain is an input and every array of the codomain an output, with
 * its axes in the declared order; no law is used but those of plumbing, as where the diagram is printed. What is too large is one box. Knows no geometry.
 */
import type { Obj, Term } from '../core/index.js';
import { readerOptions } from '../language/print/show.js';
import { Reader } from '../language/print/reading.js';
import { TooBig } from '../language/print/tree.js';
import { shortened } from '../language/print/clean.js';
import { showObject } from '../language/print/algebra.js';
import { Builder } from './build.js';
import { type Cable, type Diagram, endsOf } from './diagram.js';
import { MOST } from './limit.js';
import { Homes, ordered } from './home.js';
import { cableOf, strandsOf } from './room.js';
import { Trees } from './tree.js';

const cablesOf = (object: Obj): readonly Cable[] => object.leaves.map((l) => cableOf(strandsOf(l.axes, l.base)));

/** The picture of a term; `names` are those of its inputs. */
export function diagramOf(term: Term, names: readonly string[]): Diagram {
  try {
    const reader = new Reader(readerOptions);
    const inputs = term.dom.leaves.map((_, i) => reader.name(String(i)));
    const trees = new Trees(reader, term.dom.leaves);
    const roots = reader.term(term, inputs).map((t) => trees.ready(t));
    const all = ordered(roots);
    if (all.length > 8 * MOST) throw new TooBig();
    const builder = new Builder(trees, new Homes(roots, trees.turns), all);
    const scope = builder.diagram(roots, term.dom.leaves);
    return { ...scope, names };
  } catch (error) {
    if (error instanceof TooBig) return unreadable(term, names);
    throw error;
  }
}

/** One box for a diagram that is too large to be read. */
function unreadable(term: Term, names: readonly string[]): Diagram {
  const [inputs, outputs] = [cablesOf(term.dom), cablesOf(term.cod)];
  const title = `${shortened(showObject(term.dom), 60)} -> ${shortened(showObject(term.cod), 60)}, too large to be drawn`;
  const box = {
    glyph: { _tag: 'Box', label: '…' } as const,
    title,
    inputs,
    outputs,
    links: [],
    reads: endsOf(inputs),
    makes: endsOf(outputs),
  };
  return { inputs, outputs, operations: [box], names };
}
