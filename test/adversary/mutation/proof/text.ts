// A proof or a statement as text with the trees that stand in it, so that a change of a tree is a change of the text. Invariant: a
// mutant is a real text: everything but the places that were changed is kept, comments too. Knows no checker.
import * as E from 'fp-ts/lib/Either.js';
import {
  asAxis,
  asDiagram,
  asExpr,
  asObject,
  parseProofs,
  parseStatements,
  type Parsed,
} from '../../../../src/language/syntax/parse.js';
import type { Span } from '../../../../src/language/syntax/span.js';
import type {
  AxisTree,
  BodyTree,
  BraceTree,
  DiagramTree,
  ExprTree,
  GivenTree,
  GroupTree,
  InstTree,
  ObjectTree,
  Phrase,
  ProofItemTree,
  StatementTree,
  VariableDecl,
} from '../../../../src/language/syntax/tree.js';

/** The trees among U whose tag may be T. */
type With<U, T> = U extends { readonly _tag: infer G } ? ([T & G] extends [never] ? never : U) : never;
export type Tree =
  BraceTree | AxisTree | ObjectTree | ExprTree | DiagramTree | BodyTree | GroupTree | VariableDecl | StatementTree;
export type Kind = 'statement' | 'proof';

/** A text to change. */
export interface Subject {
  readonly kind: Kind;
  /** of the theorem */
  readonly name: string;
  readonly text: string;
  /** every tree in it, those in the phrases of a proof too */
  readonly trees: readonly Tree[];
  readonly statement: With<StatementTree, 'Theorem' | 'Stream'> | undefined;
  readonly proof: (ProofItemTree & { readonly _tag: 'Proof' }) | undefined;
}

interface Edit {
  readonly span: Span;
  readonly by: string;
}

// ---- trees in a text --------------------------------------------------------------------------------------------------

type Bag = Readonly<Record<string, unknown>>;
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null;
const isPhrase = (bag: Bag): boolean => typeof bag['text'] === 'string' && isBag(bag['span']);

/** A phrase as what it reads as first; a bare name, which reads as anything, has nothing in it. */
function treeOf(phrase: Phrase): unknown {
  const readings: readonly ((p: Phrase) => Parsed<unknown>)[] = [asExpr, asDiagram, asObject, asAxis];
  for (const reading of readings) {
    const parsed = reading(phrase);
    if (E.isRight(parsed)) return parsed.right;
  }
  return undefined;
}

function treesIn(value: unknown): readonly Tree[] {
  if (Array.isArray(value)) return value.flatMap(treesIn);
  if (!isBag(value)) return [];
  if (isPhrase(value)) return treesIn(treeOf(value as unknown as Phrase));
  const inner = Object.values(value).flatMap(treesIn);
  return typeof value['_tag'] === 'string' && isBag(value['span']) ? [value as unknown as Tree, ...inner] : inner;
}

/** The trees of one kind. */
export const trees = <T extends Tree['_tag']>(s: Subject, ...tags: readonly T[]): readonly With<Tree, T>[] =>
  s.trees.filter((t): t is Tree & With<Tree, T> => (tags as readonly string[]).includes(t._tag));

export function statementSubject(name: string, text: string): Subject {
  const parsed = parseStatements(text);
  const tree = E.isRight(parsed) ? parsed.right[0] : undefined;
  if (tree?._tag !== 'Theorem' && tree?._tag !== 'Stream') throw new Error(`not a statement: ${name}`);
  return { kind: 'statement', name, text, trees: treesIn(tree), statement: tree, proof: undefined };
}
export function proofSubject(name: string, text: string): Subject {
  const parsed = parseProofs(text);
  const tree = E.isRight(parsed) ? parsed.right[0] : undefined;
  if (tree?._tag !== 'Proof') throw new Error(`not a proof: ${name}`);
  return { kind: 'proof', name, text, trees: treesIn(tree), statement: undefined, proof: tree };
}

// ---- spans ------------------------------------------------------------------------------------------------------------

/** The span with the brackets that its ends are inside of: the tree of `(x) + y` begins at x. */
export function balanced({ text }: Subject, { start, end }: Span): Span {
  let [open, missing] = [0, 0];
  for (const c of text.slice(start, end)) {
    if ('([{'.includes(c)) open += 1;
    else if (')]}'.includes(c) && open > 0) open -= 1;
    else if (')]}'.includes(c)) missing += 1;
  }
  let [from, to] = [start, end];
  for (; missing > 0 && from > 0; missing -= '([{'.includes(text[from]!) ? 1 : 0) from -= 1;
  for (; open > 0 && to < text.length; to += 1) open -= ')]}'.includes(text[to]!) ? 1 : 0;
  return { start: from, end: to };
}
export const textAt = (s: Subject, { span }: { readonly span: Span }): string => {
  const { start, end } = balanced(s, span);
  return s.text.slice(start, end);
};

// ---- changes ----------------------------------------------------------------------------------------------------------

export function edited(s: Subject, edits: readonly Edit[]): string {
  const inOrder = [...edits].sort((a, b) => b.span.start - a.span.start);
  return inOrder.reduce((text, { span, by }) => text.slice(0, span.start) + by + text.slice(span.end), s.text);
}
type Part = { readonly span: Span };
const spanOf = (s: Subject, part: Part): Span => balanced(s, part.span);

export const replaced = (s: Subject, part: Part, by: string): string => edited(s, [{ span: spanOf(s, part), by }]);
export const dropped = (s: Subject, part: Part): string => replaced(s, part, '');
export const exchanged = (s: Subject, a: Part, b: Part): string =>
  edited(s, [
    { span: spanOf(s, a), by: textAt(s, b) },
    { span: spanOf(s, b), by: textAt(s, a) },
  ]);

/** A member of a comma list is dropped with the comma. */
export function droppedOfList(s: Subject, list: readonly Part[], i: number): string {
  const [before, own, after] = [list[i - 1], list[i]!, list[i + 1]];
  const span = spanOf(s, own);
  if (after) return edited(s, [{ span: { start: span.start, end: spanOf(s, after).start }, by: '' }]);
  if (before) return edited(s, [{ span: { start: spanOf(s, before).end, end: span.end }, by: '' }]);
  return dropped(s, own);
}

/** What stands between two parts, with one text in it replaced. */
export function between(s: Subject, left: Part, right: Part, from: string, by: string): readonly string[] {
  const [start, end] = [spanOf(s, left).end, spanOf(s, right).start];
  const at = s.text.slice(start, end).indexOf(from);
  return at < 0 ? [] : [edited(s, [{ span: { start: start + at, end: start + at + from.length }, by }])];
}

export const pairs = <A>(list: readonly A[]): readonly (readonly [A, A])[] =>
  list.slice(1).map((b, i): readonly [A, A] => [list[i]!, b]);

export type Given = GivenTree;
export type Inst = InstTree;
