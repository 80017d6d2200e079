/** What the core refuses, in words: the side condition that failed and the values it was asked of. Knows no places. */
import type { CoreError, Hypothesis, MorphismVar, Obj, Term } from '../core/index.js';
import * as core from '../core/index.js';
import type { Binding } from '../elaborate/point.js';
import { showAxis, showObject, showVariable } from './algebra.js';
import { clean, shortened } from './clean.js';
import { difference, showDifference } from './difference.js';
import { type Message, message } from './message.js';
import { labelled, showHypothesis, showTerm, wiresFor } from './show.js';

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

export function coreMessage(error: CoreError, wires: readonly Binding[] = []): Message {
  const headline = `${clean(error.rule)}: ${clean(error.condition)}`;
  const [lhs, rhs] = error.found;
  const both =
    error.code === 'E-EQ' && core.isTerm(lhs) && core.isTerm(rhs) && lhs.dom === rhs.dom && lhs.cod === rhs.cod;
  if (both) return message(headline, hintOf(error), sidesDetails(lhs, rhs, wires));
  const details = error.found.slice(0, 6).flatMap((v) => labelled('found     ', showValue(v)));
  return message(headline, hintOf(error), details);
}

/** Two sides, what they compute, and where that differs. */
export const sidesDetails = (lhs: Term, rhs: Term, wires: readonly Binding[]): readonly string[] => [
  ...labelled('left      ', showTerm(lhs, wires)),
  ...labelled('right     ', showTerm(rhs, wires)),
  ...computed(lhs, rhs, wires),
];

/** What two sides compute, where it differs. */
export function computed(lhs: Term, rhs: Term, wires: readonly Binding[]): readonly string[] {
  const found = difference(lhs, rhs, wires);
  if (!found) return [];
  const where = found.outputs > 1 ? ` in output ${found.output + 1} of ${found.outputs}` : '';
  const what = found.part ? `they first differ${where} here:` : `they compute${where}:`;
  return [what, ...showDifference(found).map((l) => `  ${l}`)];
}
