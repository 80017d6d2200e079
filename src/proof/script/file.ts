/**
 * What kind a file is, which file belongs to it, and what it imports. Invariant: what a file imports is read off its tree, and from nothing
 * else; a file that is not of the language imports nothing. Knows no disk.
 */
import { uncommented } from '../../language/syntax/character.js';
import { type Parsed, opensWithProof, proofsAt, statementsAt } from '../../language/syntax/parse.js';
import {
  ItemReader,
  type Read,
  parsedOf,
  pieceByPiece,
  proofPiece,
  statementPiece,
} from '../../language/syntax/items.js';
import type { ProofItemTree, StatementTree } from '../../language/syntax/tree.js';
import type { Import } from './imports.js';
import type { SourceFile } from './result.js';

export type Kind = 'statements' | 'proofs';

/** The place of the first folder on a path that is called theorems or proofs. */
const folderAt = (parts: readonly string[]): number =>
  parts.findIndex((f, i) => i < parts.length - 1 && (f === 'theorems' || f === 'proofs'));

/**
 * The rule (docs/reference/language.md, Files): the first folder on the path that is called `theorems` or `proofs` says it; where there is
 * none, a file whose first item but imports is a proof is one of proofs, and every other file is one of statements.
 */
export function kindOf({ path, text }: SourceFile): Kind {
  const parts = path.split('/');
  const folder = parts[folderAt(parts)];
  if (folder !== undefined) return folder === 'proofs' ? 'proofs' : 'statements';
  return opensWithProof(text) ? 'proofs' : 'statements';
}

/** `theorems/x.weft` for `proofs/x.weft`, and back. */
export function partner(path: string): string | undefined {
  const parts = path.split('/');
  const at = folderAt(parts);
  return at < 0 ? undefined : parts.with(at, parts[at] === 'theorems' ? 'proofs' : 'theorems').join('/');
}

// ---- trees, each file read once ---------------------------------------------------------------------------------------

function once<T>(read: (text: string) => Read<T>) {
  const known = new WeakMap<SourceFile, Read<T>>();
  const set = (file: SourceFile, made: Read<T>): Read<T> => {
    known.set(file, made);
    return made;
  };
  return { set, of: (file: SourceFile): Read<T> => known.get(file) ?? set(file, read(file.text)) };
}
const statements = once<StatementTree>((text) => pieceByPiece(text, statementsAt));
const proofs = once<ProofItemTree>((text) => pieceByPiece(text, proofsAt));

export const statementsOf: (file: SourceFile) => Read<StatementTree> = statements.of;
export const proofsOf: (file: SourceFile) => Read<ProofItemTree> = proofs.of;
export const statementsIn = (file: SourceFile): Parsed<readonly StatementTree[]> => parsedOf(statements.of(file));
export const proofsIn = (file: SourceFile): Parsed<readonly ProofItemTree[]> => parsedOf(proofs.of(file));

/** Reads the texts of one path, one after the other (items.ts). */
export class FileReader {
  private readonly statements = new ItemReader(statementPiece);
  private readonly proofs = new ItemReader(proofPiece);

  /** `recovers`: what does not parse hides itself alone; without, a file that does not parse is not read. */
  constructor(private readonly recovers: boolean) {}

  /** Gives a file its trees: those that are what they were are the same objects. */
  read(file: SourceFile): void {
    if (kindOf(file) === 'statements') this.keep(this.statements, statements, file);
    else this.keep(this.proofs, proofs, file);
  }

  private keep<T extends StatementTree | ProofItemTree>(
    reader: ItemReader<T>,
    held: ReturnType<typeof once<T>>,
    file: SourceFile,
  ): void {
    const read = reader.read(file.text);
    if (this.recovers || read.failures.length === 0) held.set(file, read);
  }
}

export const importsIn = (trees: readonly (StatementTree | ProofItemTree)[]): readonly Import[] =>
  trees.flatMap((t) => (t._tag === 'Import' ? [{ path: t.path, span: t.span }] : []));

/** The paths that a file imports, as they are written. */
export function importsOf(file: SourceFile): readonly string[] {
  const { trees } = kindOf(file) === 'proofs' ? proofsOf(file) : statementsOf(file);
  return importsIn(trees).map((i) => i.path);
}

/** What texts declare or prove: the word after the one that says so. Comments and strings may add to it, and no declaration is missed. */
const declared = /(?<![\w'-])(theorem|axiom|stream|proof|def|sort)\s+([A-Za-z][\w'-]*)/g;
/** Names that are one for all files, and those that a file knows by its imports. */
export function namesIn(text: string): Readonly<Record<'common' | 'own', readonly string[]>> {
  const all = [...uncommented(text).matchAll(declared)].map(([, word, name]) => [word!, name!] as const);
  const isOwn = (word: string): boolean => word === 'def' || word === 'sort';
  return {
    common: all.flatMap(([word, name]) => (isOwn(word) ? [] : [name])),
    own: all.flatMap(([word, name]) => (isOwn(word) ? [name] : [])),
  };
}
