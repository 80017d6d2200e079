/** What the core refuses, in words: the side condition that failed and the values it was asked of. Knows no places. */
import type { CoreError, Hypothesis, MorphismVar, Obj, Term } from '../core/index.js';
import * as core from '../core/index.js';
import type { Binding } from '../language/point/point.js';
import { showAxis, showObject, showVariable } from '../language/print/algebra.js';
import { clean, shortened } from '../language/print/clean.js';
import { difference, showDifference } from './difference.js';
import { type Message, expectedFound, message } from './message.js';
import { labelled, showHypothesis, showTerm, wiresFor } from '../language/print/show.js';

const tagged = (value: unknown, tag: string): boolean =>
  typeof value === 'object' && value !== null && (value as { readonly _tag?: unknown })._tag === tag;

export const showArrow = (dom: Obj, cod: Obj): string => `${showObject(dom)} -> ${showObject(cod)}`;
const showMorphism = (h: MorphismVar): string => `${clean(h.name)} : ${showArrow(h.dom, h.cod)}`;

/** Any value that a refusal can carry. */
function showValue(value: unknown): readonly string[] {
  if (core.isAxis(value)) return [`axis ${showAxis(value)}`];
  if (core.isAxisVar(value)) return [`axis ${showVariable(value)}${value.maybeEmpty ? '?' : ''}`];
  if (core.isTerm(value)) return showTerm(value, wiresFor(value.dom));
  if (core.isObj(value)) return [showObject(value)];
  if (core.isMorphismVar(value)) return [showMorphism(value)];
  if (core.isDefinition(value)) return [`definition ${clean(value.name)}`];
  if (tagged(value, 'Hypothesis')) return showHypothesis(value as Hypothesis, wiresFor((value as Hypothesis).lhs.dom));
  if (typeof value === 'string' || typeof value === 'number') return [shortened(String(value), 80)];
  return [];
}

function hintOf({ code, rule, condition }: CoreError): string {
  switch (code) {
    case 'E-SIDE':
      return 'an axis reads as non-empty from the left: write `1+t` rather than `t+1`, or declare the variable without `?`';
    case 'E-EQ':
      return 'structural equality uses no axiom: rewrite by one, or unfold with `calc` to find the step that is missing';
    case 'E-SCOPE':
      return condition.includes('signature')
        ? 'index the morphism variable by the axis: h[n]'
        : 'use a variable of its own name for the bound axis';
    case 'E-STATUS':
      return 'prove what is cited first';
    case 'E-BUDGET':
      return 'divide the statement with a definition or a lemma: a refusal for size says nothing about truth';
    case 'E-TYPE':
      return rule === '+'
        ? 'give both axes one sort, or none'
        : 'compare the objects above: they must be equal, axis by axis';
  }
}

/** A side condition in the words of a user; one that no input reaches is shown as the core states it. */
const conditions: Readonly<Record<string, string>> = {
  'f ; g needs cod f = dom g': 'what the first diagram gives is not what the second takes',
  'e + f joins axes of one sort': 'the two axes have different sorts',
  'both sides have one type': 'the two sides have different types',
  'both sides have one normal form': 'the two sides are not structurally equal',
  'the axis is free in no hypothesis': 'the axis occurs in a hypothesis',
  'no binder occurs in the signature of a morphism variable': 'a bound axis occurs in the type of a morphism variable',
  'no binder occurs in the signature of a morphism variable of the body':
    'a bound axis occurs in the type of a morphism variable',
  'the axis is not in the signature of a morphism variable': 'the axis occurs in the type of a morphism variable',
  'the axis reads as non-empty from the left': 'the axis may be empty: there may be no first element',
  'a non-empty variable stands for an expression that reads as non-empty':
    'the axis may be empty, and is given for one that has an element',
  'a sorted variable stands for no axis of another sort': 'the axis has another sort than the one it is given for',
  'the step has type S * A -> S * B': 'the body of the loop does not give its state back',
  'the image has the type of the variable': 'the diagram has another type than the variable that it is given for',
  'the family has the binders of the variable': 'the diagram has another number of binders than its variable',
  'one axis for each binder': 'this is given another number of axes than it has binders',
  'one argument for each parameter': 'this is given another number of arguments than it has parameters',
  'bound names are out of reach': 'a bound axis is not in scope here',
  'each variable is instantiated once': 'a variable is given twice',
  'binders are distinct free axis variables': 'an axis is bound twice',
  'every variable of the body is a parameter': 'the body mentions a variable that is no parameter',
};
const headlineOf = ({ rule, condition }: CoreError): string =>
  conditions[condition] ?? `${clean(rule)}: ${clean(condition)}`;

/** Of `f ; g`, what meets; of others, what was found. */
function foundOf({ rule, found }: CoreError): readonly string[] {
  const [f, g] = found;
  if (rule === ';' && core.isObj(f) && core.isObj(g)) return expectedFound(showObject(g), showObject(f));
  return found.slice(0, 6).flatMap((v) => labelled('found     ', showValue(v)));
}

export function coreMessage(error: CoreError, wires: readonly Binding[] = []): Message {
  const headline = headlineOf(error);
  const [lhs, rhs] = error.found;
  const both =
    error.code === 'E-EQ' && core.isTerm(lhs) && core.isTerm(rhs) && lhs.dom === rhs.dom && lhs.cod === rhs.cod;
  if (both) return message(headline, hintOf(error), sidesDetails(lhs, rhs, wires));
  return message(headline, hintOf(error), foundOf(error));
}

/** Two sides, what they compute, and where that differs. */
export const sidesDetails = (lhs: Term, rhs: Term, wires: readonly Binding[], tidy = false): readonly string[] => [
  ...labelled('left      ', showTerm(lhs, wires, tidy)),
  ...labelled('right     ', showTerm(rhs, wires, tidy)),
  ...computed(lhs, rhs, wires, tidy),
];

/** What two sides compute, where it differs. */
export function computed(lhs: Term, rhs: Term, wires: readonly Binding[], tidy = false): readonly string[] {
  const found = difference(lhs, rhs, wires, tidy);
  if (!found) return [];
  const where = found.outputs > 1 ? ` in output ${found.output + 1} of ${found.outputs}` : '';
  const what = found.part ? `they first differ${where} here:` : `they compute${where}:`;
  return [what, ...showDifference(found).map((l) => `  ${l}`)];
}
