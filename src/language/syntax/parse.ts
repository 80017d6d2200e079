// Text to trees. Invariant: never throws: what is not read is a fact with an offset, E-SYNTAX where the grammar refuses and
// E-BUDGET where the text is too long or too deeply nested to try. Knows nothing of files and of the core.
import * as E from 'fp-ts/lib/Either.js';
import type * as ohm from 'ohm-js';
import { proofActions, tacticActions } from './build-proof.js';
import { diagramActions, parameterActions, statementActions } from './build-statement.js';
import { type Actions, applicationActions, axisActions, binderActions, operatorActions } from './build-term.js';
import { type StartRule, grammar } from './grammar.js';
import { mistakeAt } from './mistake.js';
import type { Mistake } from './mistake-kind.js';
import { Deep } from './depth.js';
import { Chained } from './precedence.js';
import { from } from './node.js';
import { type Instead, type Stray, spaced, stray, uncommented, unseen } from './character.js';
import type { Span } from './span.js';
import type { AxisTree, DiagramTree, ExprTree, ObjectTree, Phrase, ProofItemTree, StatementTree } from './tree.js';

export const maximumLength = 200_000;
export const maximumNesting = 100;

export type SyntaxFact =
  | { readonly _tag: 'Unexpected'; readonly found: string; readonly expected: readonly string[] }
  /** what does not fit, where it is known what was probably meant */
  | { readonly _tag: 'Mistake'; readonly mistake: Mistake }
  /** a character that may not stand in a source, or is not seen where it stands */
  | { readonly _tag: 'Character'; readonly code: number; readonly instead: Instead }
  /** a < b < c */
  | { readonly _tag: 'Chained' }
  | { readonly _tag: 'TooLong'; readonly length: number; readonly limit: number }
  | { readonly _tag: 'TooDeep'; readonly limit: number };
export interface SyntaxFailure {
  readonly _tag: 'SyntaxError';
  readonly code: 'E-SYNTAX' | 'E-BUDGET';
  readonly span: Span;
  readonly fact: SyntaxFact;
}
export type Parsed<A> = E.Either<SyntaxFailure, A>;

export const actions: Actions = {
  ...axisActions,
  ...operatorActions,
  ...binderActions,
  ...applicationActions,
  ...diagramActions,
  ...parameterActions,
  ...statementActions,
  ...tacticActions,
  ...proofActions,
};
let compiled: ohm.Semantics | undefined;
const semantics = (): ohm.Semantics =>
  (compiled ??= grammar().createSemantics().addOperation<unknown>('tree', actions));
/** The tree of a match. */
export const treeOf = (match: ohm.MatchResult): unknown => semantics()(match)['tree']();

const budget = (at: number, fact: SyntaxFact): Parsed<never> =>
  E.left({ _tag: 'SyntaxError', code: 'E-BUDGET', span: { start: at, end: at }, fact });

/** Where brackets outside comments are nested over the limit. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]!;
    if (c === '-' && text[i + 1] === '-') i = (text.indexOf('\n', i) + text.length) % text.length;
    if (c === '(' || c === '[' || c === '{') depth += 1;
    else if (c === ')' || c === ']' || c === '}') depth -= 1;
    if (depth > maximumNesting) return i;
  }
  return undefined;
}

/** What Ohm's failed matches have, beyond its published type. */
interface Failed {
  getRightmostFailurePosition(): number;
  getRightmostFailures(): readonly { toString(): string }[];
}

const character = ({ at, length, code, instead }: Stray): Parsed<never> =>
  E.left({
    _tag: 'SyntaxError',
    code: 'E-SYNTAX',
    span: { start: at, end: at + length },
    fact: { _tag: 'Character', code, instead },
  });

/** `a < b < c`, at a place of the file; a phrase counts from its own start. */
const chained = ({ start, end }: Span, from: number): Parsed<never> =>
  E.left({
    _tag: 'SyntaxError',
    code: 'E-SYNTAX',
    span: { start: start - from, end: end - from },
    fact: { _tag: 'Chained' },
  });

function refused(text: string, match: Failed): Parsed<never> {
  const start = match.getRightmostFailurePosition();
  const hidden = unseen(text, start);
  if (hidden) return character(hidden);
  const expected = [...new Set(match.getRightmostFailures().map((f) => f.toString()))].sort();
  const found = /^(?:[A-Za-z0-9_'-]+|\S)?/.exec(text.slice(start, start + 40))![0];
  const meant = mistakeAt(text, start, expected);
  const span = meant?.span ?? { start, end: start + Math.max(found.length, 1) };
  const fact: SyntaxFact = meant
    ? { _tag: 'Mistake', mistake: meant.mistake }
    : { _tag: 'Unexpected', found, expected };
  return E.left({ _tag: 'SyntaxError', code: 'E-SYNTAX', span, fact });
}

/** A text that stands at `start` of its file. */
function parse<A>(source: string, rule: StartRule, start = 0): Parsed<A> {
  const text = spaced(source);
  if (text.length > maximumLength)
    return budget(maximumLength, { _tag: 'TooLong', length: text.length, limit: maximumLength });
  const deep = tooDeepAt(text);
  if (deep !== undefined) return budget(deep, { _tag: 'TooDeep', limit: maximumNesting });
  const odd = stray(text);
  if (odd) return character(odd);
  try {
    const match = grammar().match(uncommented(text), rule);
    return match.succeeded()
      ? E.right(from(start, () => treeOf(match) as A))
      : refused(text, match as ohm.MatchResult & Failed);
  } catch (error) {
    if (error instanceof Chained) return chained(error.span, start);
    if (error instanceof Deep) return budget(error.at, { _tag: 'TooDeep', limit: error.limit });
    throw error;
  }
}

export const parseStatements = (text: string): Parsed<readonly StatementTree[]> => parse(text, 'StatementFile');
export const parseProofs = (text: string): Parsed<readonly ProofItemTree[]> => parse(text, 'ProofFile');
/** Of a text that begins at `start` of its file. */
const at =
  (rule: StartRule) =>
  <A>(text: string, start: number): Parsed<readonly A[]> =>
    phrase<readonly A[]>({ text, span: { start, end: start + text.length } }, rule);
export const statementsAt: (text: string, start: number) => Parsed<readonly StatementTree[]> = at('StatementFile');
export const proofsAt: (text: string, start: number) => Parsed<readonly ProofItemTree[]> = at('ProofFile');
/** Is the first item that is no import a proof? */
export const opensWithProof = (text: string): boolean =>
  text.length <= maximumLength &&
  grammar()
    .match(uncommented(spaced(text)), 'Opening')
    .succeeded();
export const parseExpr = (text: string): Parsed<ExprTree> => parse(text, 'Exp');
export const parseDiagram = (text: string): Parsed<DiagramTree> => parse(text, 'Diagram');
export const parseAxis = (text: string): Parsed<AxisTree> => parse(text, 'Axis');
export const parseObject = (text: string): Parsed<ObjectTree> => parse(text, 'Object');

// ---- phrases: the same, with spans in the file that the phrase stands in ------------------------------------------------

function phrase<A>({ text, span }: Phrase, rule: StartRule): Parsed<A> {
  const parsed = parse<A>(text, rule, span.start);
  if (E.isRight(parsed)) return parsed;
  const { start, end } = parsed.left.span;
  return E.left({ ...parsed.left, span: { start: start + span.start, end: end + span.start } });
}
export const asExpr = (p: Phrase): Parsed<ExprTree> => phrase(p, 'Exp');
export const asDiagram = (p: Phrase): Parsed<DiagramTree> => phrase(p, 'Diagram');
export const asAxis = (p: Phrase): Parsed<AxisTree> => phrase(p, 'Axis');
export const asObject = (p: Phrase): Parsed<ObjectTree> => phrase(p, 'Object');
