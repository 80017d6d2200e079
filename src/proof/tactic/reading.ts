/**
 * Nodes of a goal's side as terms over its wires: one that is free of bound indices as a number, one under indices as an array over them. Invariant: a
 * node that reads a loop's state has no such term. Makes no theorem.
 */
import type { Axis, Node, Obj, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { compile } from '../../language/point/compile.js';
import { mentions } from '../../language/point/hoist.js';
import { type Binding, type Expr, letIn, mapOver } from '../../language/point/point.js';
import { seq } from '../../language/point/wiring.js';
import { explode, slotObject } from './blocks.js';
import { compileReadback } from './compiled.js';
import { must } from './failure.js';
import { type Evaluator, Openings, type Scope, freeNames } from './opening.js';
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

/**
 * A node as an array over indices, all that are free in it where none are named, from the wires; none where it reads a loop's state. What is shared is computed where it is
 * bound, or, `within`, anew at every index, so that the body says all that the element is made of.
 */
export function arrayOf(
  openings: Openings,
  node: Node,
  dom: Obj,
  sharing: 'outside' | 'within' = 'outside',
  names = freeNames(node),
): Term | undefined {
  if (names.some((n) => openings.loops.has(n))) return undefined;
  const inputs = must(core.slots(dom)).map((s, i): Binding => ({ name: `in#${i}`, object: slotObject(s) }));
  const readback = new Readback(
    openings,
    inputs.map((i) => i.name),
  );
  const inner = readback.scalar(node);
  const scopes: Scope[] = [openings.top, ...new Set(names.map((n) => openings.indices.get(n)!.scope))];
  const element = sharing === 'within' ? scopes.reduceRight((e: Expr, scope) => wrapped(scope, e), inner) : inner;
  const body = names.reduceRight((e: Expr, name, i) => {
    const index = openings.indices.get(name)!;
    const last = names[i + 1] === undefined || openings.indices.get(names[i + 1]!)!.scope !== index.scope;
    return mapOver(index.text, B.ofVar(index.axis), last && sharing === 'outside' ? wrapped(index.scope, e) : e);
  }, element);
  return seq(explode(dom), compile(inputs, sharing === 'outside' ? wrapped(scopes[0]!, body) : body));
}
/** Under the lets of the scope that it mentions: the others were made for other arguments, at indices that are not bound here. */
const wrapped = (scope: Scope, e: Expr): Expr =>
  scope.lets.reduceRight(
    (body: Expr, l) => (mentions(new Set(l.names.map((n) => n.name)), body) ? letIn(l.names, l.value, body) : body),
    e,
  );

/** `prepare ; map axis body`: an array whose element at an index is the body at that index of what is prepared. */
export interface Elementwise {
  readonly axis: Axis;
  readonly prepare: Term;
  readonly body: Term;
}

/** How a term ends, where it ends in a map. */
export function elementwise(term: Term): Elementwise | undefined {
  if (term._tag === 'Map') return { axis: term.axis, prepare: B.id(term.dom), body: term.body };
  if (term._tag !== 'Compose') return undefined;
  const last = elementwise(term.second);
  return last && { ...last, prepare: seq(term.first, last.prepare) };
}
