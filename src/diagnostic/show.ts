/**
 * Diagrams, equations and goals as lines of text over the names of their wires. Invariant: total: a diagram too large to show is
 * abridged, never an error. Knows no facts and no colours.
 */
import type { Hypothesis, Obj, Term } from '../core/index.js';
import type { Binding } from '../elaborate/point.js';
import type { Goal, Local } from '../tactic/goal.js';
import { showObject, showVariable } from './algebra.js';
import { clean } from './clean.js';
import { Writer } from './notation.js';
import { Reader } from './reading.js';
import { type Tree, TooBig } from './tree.js';

const letters = ['x', 'y', 'z', 'u', 'v', 'w'];

/** Names for the inputs of a diagram that has no wires of its own. */
export const wiresFor = (dom: Obj): readonly Binding[] =>
  dom.leaves.map((_, i) => ({ name: letters[i] ?? `x${i + 1}`, object: dom }));

/** A name for each leaf; a wire of several arrays is taken apart. */
function inputsOf(reader: Reader, dom: Obj, wires: readonly Binding[]): readonly Tree[] {
  const count = wires.reduce((n, w) => n + w.object.leaves.length, 0);
  if (count !== dom.leaves.length) return wiresFor(dom).map((w) => reader.name(w.name));
  return wires.flatMap((w) => {
    const of = reader.name(w.name);
    if (w.object.leaves.length === 1) return [of];
    return w.object.leaves.map((_, at) => reader.forest.make({ _tag: 'Component', of, at }));
  });
}

/** What `operation` shows, or a few words where it is too much to show. */
export function abridged(operation: () => readonly string[]): readonly string[] {
  try {
    return operation();
  } catch (error) {
    if (error instanceof TooBig || error instanceof RangeError) return ['… (too large to show)'];
    throw error;
  }
}

/** A diagram as an expression over wires: its lets, then its value. */
export function showTerm(term: Term, wires: readonly Binding[]): readonly string[] {
  return abridged(() => {
    const reader = new Reader();
    const outputs = reader.term(term, inputsOf(reader, term.dom, wires));
    return writerOf(
      reader,
      wires.map((w) => w.name),
    ).lines(outputs);
  });
}

export const writerOf = (reader: Reader, taken: readonly string[]): Writer =>
  new Writer(new Set(taken), (index, axis, body) => reader.firstOf(index, axis, body));

/** Lines under a label, the further ones indented to it. */
export const labelled = (label: string, lines: readonly string[]): readonly string[] =>
  lines.map((line, i) => (i === 0 ? `${label}${line}` : `${' '.repeat(label.length)}${line}`));

export const showEquation = (lhs: Term, rhs: Term, wires: readonly Binding[]): readonly string[] => [
  ...labelled('  ', showTerm(lhs, wires)),
  ...labelled('= ', showTerm(rhs, wires)),
];

const declared = (w: Binding): string => `${clean(w.name)} : ${showObject(w.object)}`;
export const showWires = (wires: readonly Binding[]): string => `(${wires.map(declared).join(', ')})`;

/** `for n, m (x : R) : lhs = rhs` */
export function showHypothesis(h: Hypothesis, wires: readonly Binding[]): readonly string[] {
  const axes = h.binders.length === 0 ? '' : `for ${h.binders.map((v) => showVariable(v)).join(', ')} `;
  const objects = wires.length === h.lhs.dom.leaves.length ? '' : '';
  const equation = [...showTerm(h.lhs, wires), ...labelled('= ', showTerm(h.rhs, wires))];
  return labelled(`${axes}${objects}`, equation.length === 2 ? [equation.join(' ')] : equation);
}

const showLocal = (l: Local): readonly string[] =>
  labelled(`${clean(l.name)} : `, showHypothesis(l.hypothesis, l.wires));

/** Wires, hypotheses, and the equation. */
export const showGoal = (goal: Goal): readonly string[] => [
  ...(goal.wires.length === 0 ? [] : [showWires(goal.wires)]),
  ...goal.locals.flatMap((l) => labelled('given ', showLocal(l))),
  ...showEquation(goal.lhs, goal.rhs, goal.wires),
];
