// A text cut into its items, each read by itself: what does not parse hides itself alone, and what an edit leaves alone need not be read again. Invariant: a text
// that parses as a whole is cut into pieces that parse, to the same trees; a piece that does not is reported at its place. The words that begin an item are
// reserved, but for the step `stream`, so that one inside an item is the beginning of the next. Knows no files.
import * as E from 'fp-ts/lib/Either.js';
import { stray } from './character.js';
import { type Mended, mendedProof } from './mend.js';
import { type Parsed, type SyntaxFailure, maximumLength, proofsAt, statementsAt } from './parse.js';
import type { Span } from './span.js';
import type { ProofItemTree, StatementTree } from './tree.js';
import { itemHeads } from './word.js';

/** What is read of a text. `unread` are the pieces that do not parse, one for each failure, in order. */
export interface Read<T> {
  readonly trees: readonly T[];
  readonly failures: readonly SyntaxFailure[];
  readonly unread: readonly string[];
  /** where steps that do not parse were left out of a proof: a hole stands in their place */
  readonly mended: readonly Span[];
}

const nothing = { trees: [], failures: [], unread: [], mended: [] } as const;

/** A text that is read whole or not at all. */
export function whole<T>(text: string, parsed: Parsed<readonly T[]>): Read<T> {
  return E.isRight(parsed)
    ? { trees: parsed.right, failures: [], unread: [], mended: [] }
    : { trees: [], failures: [parsed.left], unread: [text], mended: [] };
}

/** The same as a verdict on the text. */
export const parsedOf = <T>({ trees, failures }: Read<T>): Parsed<readonly T[]> =>
  failures.length > 0 ? E.left(failures[0]!) : E.right(trees);

/** A text piece by piece, so that what the grammar remembers of one is forgotten before the next; as a whole where one does not parse, for what is said of it. */
export function pieceByPiece<T extends object>(
  text: string,
  parsedAt: (text: string, start: number) => Parsed<readonly T[]>,
): Read<T> {
  const pieces = text.length > maximumLength || stray(text) ? [] : piecesOf(text);
  const trees: T[] = [];
  for (const piece of pieces) {
    const parsed = parsedAt(piece.text, piece.start);
    if (E.isLeft(parsed)) return whole(text, parsedAt(text, 0));
    trees.push(...parsed.right);
  }
  return pieces.length > 0 ? { ...nothing, trees } : whole(text, parsedAt(text, 0));
}

export interface Piece {
  readonly text: string;
  readonly start: number;
}

const token = /--[^\n]*|"[^"\n]*"|[A-Za-z](?:[A-Za-z0-9_']|-(?=[A-Za-z0-9]))*|[^ \t\r\n]/g;

/** From each word that begins an item to its last token; what stands before the first is a piece of its own. Between pieces there are comments, and white space. */
export function piecesOf(text: string): readonly Piece[] {
  const starts: number[] = [];
  const ends: number[] = [];
  const begins = itemHeads();
  for (const { 0: found, index } of text.matchAll(token)) {
    if (found.startsWith('--')) continue;
    if (begins(found) || starts.length === 0) starts.push(index);
    ends[starts.length - 1] = index + found.length;
  }
  return starts.map((start, i) => ({ start, text: text.slice(start, ends[i]) }));
}

/** Any tree as it would be, had its text begun so many characters later. */
export function moved<T>(tree: T, by: number): T {
  if (by === 0 || typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((t: unknown) => moved(t, by)) as T;
  const entries = Object.entries(tree).map(([key, value]): [string, unknown] =>
    (key === 'start' || key === 'end') && typeof value === 'number' ? [key, value + by] : [key, moved(value, by)],
  );
  return Object.fromEntries(entries) as T;
}

type Tree = StatementTree | ProofItemTree;

/** The tree that one was moved from, which an earlier text has, and by how much. */
export interface Origin {
  readonly tree: object;
  readonly by: number;
}
const origins = new WeakMap<object, Origin>();
export const originOf = (tree: object): Origin | undefined => origins.get(tree);

function movedRead<T extends object>(read: Read<T>, by: number): Read<T> {
  if (by === 0) return read;
  const made = moved(read, by);
  made.trees.forEach((tree, i) => {
    const before = origins.get(read.trees[i]!) ?? { tree: read.trees[i]!, by: 0 };
    origins.set(tree, { tree: before.tree, by: before.by + by });
  });
  return made;
}

/** What a piece gave, and where it stood. */
interface Made<T> {
  readonly read: Read<T>;
  readonly start: number;
}

const added = <T>(a: Read<T>, b: Read<T>): Read<T> => ({
  trees: [...a.trees, ...b.trees],
  failures: [...a.failures, ...b.failures],
  unread: [...a.unread, ...b.unread],
  mended: [...a.mended, ...b.mended],
});
/** Reads the texts of one file, one after the other: a piece that was there before is not parsed again, and where it stands where it stood its trees are the same objects. */
export class ItemReader<T extends Tree> {
  private known = new Map<string, Made<T>>();

  constructor(private readonly readPiece: (piece: Piece) => Read<T>) {}

  read(text: string): Read<T> {
    // a character that may stand nowhere may stand in a comment
    if (text.length > maximumLength || stray(text)) return this.readPiece({ text, start: 0 });
    const next = new Map<string, Made<T>>();
    const reads = piecesOf(text).map(({ text: piece, start }) => {
      const before = this.known.get(piece) ?? next.get(piece);
      const read = before ? movedRead(before.read, start - before.start) : this.readPiece({ text: piece, start });
      next.set(piece, { read, start });
      return read;
    });
    this.known = next;
    // not one after the other: a file has many
    return {
      trees: reads.flatMap((r) => r.trees),
      failures: reads.flatMap((r) => r.failures),
      unread: reads.flatMap((r) => r.unread),
      mended: reads.flatMap((r) => r.mended),
    };
  }
}

export const statementPiece = ({ text, start }: Piece): Read<StatementTree> => whole(text, statementsAt(text, start));

/** A proof that does not parse is read without the steps that do not. */
export function proofPiece({ text, start }: Piece): Read<ProofItemTree> {
  const parsed = proofsAt(text, start);
  if (E.isRight(parsed)) return whole(text, parsed);
  const found: Mended | undefined = mendedProof(text, start, parsed.left);
  if (!found) return whole(text, parsed);
  return added<ProofItemTree>(
    { ...nothing, failures: [parsed.left] },
    { ...nothing, trees: found.trees, mended: found.places },
  );
}
