// All families of changes of texts, by name. Invariant: a family is used for each kind of text that it is listed for, and gives mutants there
// (the tests see it). Knows no checker.
import * as X from './expressions.js';
import * as P from './steps.js';
import * as D from './statements.js';
import type { StepFamily } from './steps.js';

const expressions: Readonly<Record<string, X.Family>> = {
  'swap two axes': X.swapAxes,
  'bind another axis': X.anotherBoundAxis,
  'name another axis': X.anotherAxis,
  'an axis by one': X.axisByOne,
  'exchange the parts of an axis': X.exchangeAxisSum,
  'remove the tail': X.removeTail,
  'exchange the parts of an array': X.exchangeParts,
  'a wrong sign': X.wrongSign,
  'drop a rescale': X.dropRescale,
  'drop a summand': X.dropSummand,
  'change a power': X.changePower,
  'another operator': X.otherOperators,
  'exchange two operands': X.exchangeOperands,
  'a number by one': X.numberByOne,
  'another constant': X.anotherConstant,
  'start or pad with 0': X.startByZero,
  'drop a condition': X.dropCondition,
  'swap the branches': X.swapBranches,
  'swap two arguments': X.swapArguments,
  'rename onto another variable': X.capture,
};

export const onStatements: Readonly<Record<string, StepFamily>> = {
  ...expressions,
  'swap two axes made equal': X.swapEqualAxes,
  'swap the arguments of a merge': X.swapMerge,
  'change a diagram': X.changeDiagram,
  'drop a hypothesis': D.dropHypothesis,
  'permute the hypotheses': D.permuteHypotheses,
  'weaken a hypothesis': D.weakenHypothesis,
  'exchange the sides': D.exchangeSides,
  'allow an empty axis': D.allowEmpty,
  'forget a sort': D.forgetSort,
  'exchange declarations': D.exchangeDeclarations,
  'another statement under the name': D.anotherStatement,
  'change the strength': D.changeStrength,
};

export const onProofs: Readonly<Record<string, StepFamily>> = {
  ...expressions,
  'exchange two steps': P.exchangeSteps,
  'delete a step': P.deleteStep,
  'repeat a step': P.repeatStep,
  'drop an argument': P.dropArgument,
  'swap an instantiation': P.swapInstantiation,
  'a match by one': P.matchByOne,
  'the neighbouring match': P.neighbouringMatch,
  'induction from the other side': P.otherInduction,
  'reverse a rewrite': P.reverseRewrite,
  'cite the neighbouring theorem': P.neighbouringTheorem,
  'another tactic': P.otherTactic,
  'change the cases': P.changeCases,
};
