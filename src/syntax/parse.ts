// Text to trees. Invariant: never throws: what is not read is a fact with an offset, E-SYNTAX where the grammar refuses and
// E-BUDGET where the text is too long or too deeply nested to try. Knows nothing of files and of the core.
import * as E from 'fp-ts/lib/Either.js';
import type * as ohm from 'ohm-js';
import { proofActions, tacticActions } from './build-proof.js';
import { diagramActions, parameterActions, statementActions } from './build-statement.js';
import { type Actions, applicationActions, axisActions, binderActions, operatorActions } from './build-term.js';
import { type StartRule, grammar } from './grammar.js';
import { Chained } from './precedence.js';
import type { Span } from './span.js';
import type { AxisTree, DiagramTree, ExprTree, ObjectTree, Phrase, ProofItemTree, StatementTree } from './tree.js';

export const maximumLength = 200_000;
export const maximumNesting = 100;

export type SyntaxFact =
  | { readonly _tag: 'Unexpected'; readonly found: string; readonly expected: readonly string[] }
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
const semantics = grammar.createSemantics().addOperation<unknown>('tree', actions);
/** The tree of a match. */
export const treeOf = (match: ohm.MatchResult): unknown => semantics(match)['tree']();

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

function refused(text: string, match: Failed): Parsed<never> {
  const start = match.getRightmostFailurePosition();
  const expected = [...new Set(match.getRightmostFailures().map((f) => f.toString()))].sort();
  const found = /^(?:[A-Za-z0-9_'-]+|\S)?/.exec(text.slice(start, start + 40))![0];
  const span = { start, end: start + Math.max(found.length, 1) };
  return E.left({ _tag: 'SyntaxError', code: 'E-SYNTAX', span, fact: { _tag: 'Unexpected', found, expected } });
}

function parse<A>(text: string, rule: StartRule): Parsed<A> {
  if (text.length > maximumLength)
    return budget(maximumLength, { _tag: 'TooLong', length: text.length, limit: maximumLength });
  const deep = tooDeepAt(text);
  if (deep !== undefined) return budget(deep, { _tag: 'TooDeep', limit: maximumNesting });
  try {
    const match = grammar.match(text, rule);
    return match.succeeded() ? E.right(treeOf(match) as A) : refused(text, match as ohm.MatchResult & Failed);
  } catch (error) {
    if (error instanceof Chained)
      return E.left({ _tag: 'SyntaxError', code: 'E-SYNTAX', span: error.span, fact: { _tag: 'Chained' } });
    if (error instanceof RangeError) return budget(0, { _tag: 'TooDeep', limit: maximumNesting });
    throw error;
  }
}

export const parseStatements = (text: string): Parsed<readonly StatementTree[]> => parse(text, 'StatementFile');
export const parseProofs = (text: string): Parsed<readonly ProofItemTree[]> => parse(text, 'ProofFile');
export const parseExpr = (text: string): Parsed<ExprTree> => parse(text, 'Exp');
export const parseDiagram = (text: string): Parsed<DiagramTree> => parse(text, 'Diagram');
export const parseAxis = (text: string): Parsed<AxisTree> => parse(text, 'Axis');
export const parseObject = (text: string): Parsed<ObjectTree> => parse(text, 'Object');

// ---- phrases: the same, with spans in the file that the phrase stands in ------------------------------------------------

function phrase<A>(reading: (text: string) => Parsed<A>, { text, span }: Phrase): Parsed<A> {
  const parsed = reading(text);
  const by = span.start;
  if (E.isRight(parsed)) return E.right(shifted(parsed.right, by) as A);
  const { start, end } = parsed.left.span;
  return E.left({ ...parsed.left, span: { start: start + by, end: end + by } });
}
export const asExpr = (p: Phrase): Parsed<ExprTree> => phrase(parseExpr, p);
export const asDiagram = (p: Phrase): Parsed<DiagramTree> => phrase(parseDiagram, p);
export const asAxis = (p: Phrase): Parsed<AxisTree> => phrase(parseAxis, p);
export const asObject = (p: Phrase): Parsed<ObjectTree> => phrase(parseObject, p);

function shifted(tree: unknown, by: number): unknown {
  if (Array.isArray(tree)) return tree.map((t) => shifted(t, by));
  if (typeof tree !== 'object' || tree === null) return tree;
  const { start, end } = tree as Partial<Span>;
  if (typeof start === 'number' && typeof end === 'number') return { start: start + by, end: end + by };
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, shifted(value, by)]));
}
