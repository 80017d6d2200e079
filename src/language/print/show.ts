/**
 * Diagrams and equations as lines of text over the names of their wires. Invariant: total: a diagram too large to show is
 * abridged, never an error. Knows no facts and no colours.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Hypothesis, Obj, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import type { Binding } from '../point/point.js';
import { showAxis, showObject, showVariable } from './algebra.js';
import * as B from '../point/build.js';
import { clean } from './clean.js';
import { Writer } from './notation.js';
import { Reader } from './reading.js';
import type { Spent } from './spent.js';
import { type Tree, TooBig } from './tree.js';
import { wrapped } from './wrap.js';

const letters = ['x', 'y', 'z', 'u', 'v', 'w'];

/** Names for the inputs of a diagram that has no wires of its own. */
export const wiresFor = (dom: Obj): readonly Binding[] =>
  dom.leaves.map((_, i) => ({ name: letters[i] ?? `x${i + 1}`, object: dom }));

/** A name for each leaf; a wire of several arrays is taken apart. */
export function inputsOf(reader: Reader, dom: Obj, wires: readonly Binding[]): readonly Tree[] {
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
    if (error instanceof TooBig) return ['… (too large to show)'];
    throw error;
  }
}

/** A diagram as an argument of a definition: a morphism variable by its name, another over wires of its own. */
function showDiagram(term: Term, spent: Spent): string {
  if (term._tag === 'Variable') {
    const axes = term.axes.length === 0 ? '' : `[${term.axes.map(showAxis).join(', ')}]`;
    return `${clean(term.variable.name)}${axes}`;
  }
  const wires = B.leafObjects(term.dom).map((object, i) => ({ name: letters[i] ?? `x${i + 1}`, object }));
  return `fun ${showWires(wires)} => ${plainly(term, wires, { tidy: false, spent }).join(' ')}`;
}

export const readerOptions = { diagram: showDiagram } as const;

/** A diagram as an expression over wires: its lets, then its value. */
export const showTerm = (
  term: Term,
  wires: readonly Binding[],
  tidy = false,
  unfolded?: ReadonlySet<string>,
): readonly string[] => plainly(term, wires, { tidy, unfolded }).flatMap((line) => wrapped(line));

interface How {
  readonly tidy: boolean;
  readonly unfolded?: ReadonlySet<string> | undefined;
  readonly spent?: Spent;
}

function plainly(term: Term, wires: readonly Binding[], { tidy, unfolded, spent }: How): readonly string[] {
  return abridged(() => {
    const reader = new Reader({ ...readerOptions, tidy, ...(spent && { spent }) });
    const outputs = reader.term(term, inputsOf(reader, term.dom, wires));
    return writerOf(
      reader,
      wires.map((w) => w.name),
      unfolded,
    ).lines(outputs);
  });
}

/** `unfolded`: names that are not written for what has their shape. */
export const writerOf = (reader: Reader, taken: readonly string[], unfolded?: ReadonlySet<string>): Writer =>
  new Writer(new Set(taken), (index, axis, body) => reader.firstOf(index, axis, body), unfolded);

/** Lines under a label, the further ones indented to it. */
export const labelled = (label: string, lines: readonly string[]): readonly string[] =>
  lines.map((line, i) => (i === 0 ? `${label}${line}` : `${' '.repeat(label.length)}${line}`));

export const showEquation = (
  lhs: Term,
  rhs: Term,
  wires: readonly Binding[],
  unfolded?: ReadonlySet<string>,
): readonly string[] => [
  ...labelled('  ', showTerm(lhs, wires, false, unfolded)),
  ...labelled('= ', showTerm(rhs, wires, false, unfolded)),
];

const declared = (w: Binding): string => `${clean(w.name)} : ${showObject(w.object)}`;
export const showWires = (wires: readonly Binding[]): string => `(${wires.map(declared).join(', ')})`;

/** `n : Position`, `t?` */
const quantified = (v: AxisVar): string =>
  `${showVariable(v)}${v.maybeEmpty ? '?' : ''}${v.sort === undefined ? '' : ` : ${clean(v.sort)}`}`;

/** `for n, m (x : R) : lhs = rhs`, by the names that its statement gives to its axes and wires */
export function showHypothesis(
  h: Hypothesis,
  wires: readonly Binding[],
  binders: readonly AxisVar[] = [],
): readonly string[] {
  const named = binders.length === h.binders.length ? opened(h, binders) : undefined;
  const { lhs, rhs } = named ?? h;
  const axes = (named ? binders : h.binders).map(quantified);
  const group = wires.length === 0 ? '' : showWires(named ? wires : leafNames(wires, lhs));
  const quantifier = [axes.length === 0 ? '' : `for ${axes.join(', ')}`, group].filter((t) => t !== '').join(' ');
  const equation = [...showTerm(lhs, wires), ...labelled('= ', showTerm(rhs, wires))];
  const lines = equation.length === 2 && equation.join(' ').length <= 90 ? [equation.join(' ')] : equation;
  return quantifier === '' ? lines : [...wrapped(`${quantifier} :`), ...lines.map((l) => `  ${l}`)];
}

/** The wires of a hypothesis that nobody named are one for each array. */
const leafNames = (wires: readonly Binding[], term: Term): readonly Binding[] =>
  B.leafObjects(term.dom).map((object, i) => ({ name: wires[i]?.name ?? `x${i + 1}`, object }));

/** Its sides with its binders under the names that the user gave them. */
function opened(h: Hypothesis, binders: readonly AxisVar[]): Pick<Hypothesis, 'lhs' | 'rhs'> | undefined {
  const thm = core.assume(h, binders.map((v) => B.ofVar(v))); // prettier-ignore
  const sides = E.isRight(thm) ? core.sequent(thm.right) : undefined;
  return sides && E.isRight(sides) ? sides.right : undefined;
}
