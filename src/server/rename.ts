// Another name for what a file of the project declares. Invariant: every place that means it is changed, or none; a file of the installed library is not changed. Knows no protocol but its edits.
import { ErrorCodes, ResponseError, type TextEdit } from 'vscode-languageserver';
import { quoted } from '../language/print/clean.js';
import { reservedWords } from '../language/syntax/word.js';
import { type Book, type Place, linesOf } from './library.js';
import { declared } from './names.js';

const refuse = (why: string): never => {
  throw new ResponseError(ErrorCodes.InvalidParams, why);
};

/** The part of a place that is renamed: of a law of a stream, the stream. */
export function spanOf({ use }: Place): { readonly start: number; readonly end: number } {
  return { start: use.span.start, end: use.span.start + declared(use).length };
}

export function renameable(book: Book, path: string, at: number): Place {
  const place =
    book.at(path, at) ??
    refuse('only what a file declares for others can be renamed: a theorem, an axiom, a stream, a definition, a sort');
  const target = book.declarationOf(place) ?? refuse(`${quoted(place.use.name)} is declared in no file`);
  if (target.file.startsWith('weft/')) refuse(`${quoted(declared(place.use))} is declared in the installed library`);
  return place;
}

export function rename(book: Book, path: string, at: number, to: string): ReadonlyMap<string, readonly TextEdit[]> {
  const place = renameable(book, path, at);
  if (!/^[A-Za-z](?:[A-Za-z0-9_']|-(?=[A-Za-z0-9]))*$/.test(to) || reservedWords.includes(to))
    refuse(`${quoted(to)} cannot be a name`);
  const taken = [...book.uses()].some((p) => p.use.declares && p.use.kind === place.use.kind && p.use.name === to);
  if (taken && to !== declared(place.use)) refuse(`${quoted(to)} is declared already`);
  const edits = new Map<string, TextEdit[]>();
  for (const p of book.meaning(place)) {
    const range = linesOf(book.files.get(p.file)!).range(spanOf(p));
    edits.set(p.file, [...(edits.get(p.file) ?? []), { range, newText: to }]);
  }
  return edits;
}
