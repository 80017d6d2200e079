// What may be done about a diagnostic: import the file that has a name, write one that is near, add the missing `qed`. Invariant: an action is offered for what it mends, and changes nothing else. Knows no
// prose but titles.
import type { TextEdit } from 'vscode-languageserver';
import type { Find } from '../diagnostic/elsewhere.js';
import { quoted } from '../language/print/clean.js';
import type { Span } from '../language/syntax/span.js';
import type { Diagnostic } from '../proof/script/result.js';
import { relative } from './completion.js';
import { type Book, linesOf } from './library.js';

export interface Action {
  readonly title: string;
  readonly file: string;
  readonly edit: TextEdit;
}

/** After the last import of a file, or at its top. */
function importing(book: Book, file: string, path: string): Action | undefined {
  const source = book.files.get(file);
  if (!source) return undefined;
  const lines = linesOf(source);
  const last = book
    .items(file)
    .filter((t) => t._tag === 'Import')
    .at(-1);
  if (book.items(file).some((t) => t._tag === 'Import' && t.path === path)) return undefined;
  const statement = `import "${path}"`;
  const at = lines.position(last ? last.span.end : 0);
  return {
    title: `import ${quoted(path)} in ${quoted(file)}`,
    file,
    edit: { range: { start: at, end: at }, newText: last ? `\n${statement}` : `${statement}\n` },
  };
}

interface Missing {
  readonly name: string;
  readonly span: Span;
  readonly candidates: readonly string[];
  /** the file of the statement that may have to see it */
  readonly from: string;
}

function missing({ fact, span, file }: Diagnostic): Missing | undefined {
  if (fact._tag === 'UnknownName') return { name: fact.name, span, candidates: fact.candidates, from: file };
  if (fact._tag === 'NotInSight') return { name: fact.name, span, candidates: [], from: fact.from };
  if (fact._tag === 'AxiomNotImported') return { name: fact.axiom, span, candidates: [], from: fact.from };
  if (fact._tag === 'NotProved' && fact.status === 'later')
    return { name: fact.name, span, candidates: [], from: file };
  if (fact._tag === 'NoStatement') return { name: fact.name, span, candidates: fact.candidates, from: file };
  const inner = fact._tag === 'Elaborate' ? fact.error.fact : undefined;
  if (inner?._tag !== 'Unknown') return undefined;
  const isFile = inner.kind === 'function' || inner.kind === 'sort' || inner.kind === 'definition';
  return { name: inner.name, span, candidates: inner.candidates, from: isFile ? file : '' };
}

/** Imports by which a name would be seen: of proofs where the file is one of proofs and the name has a proof, else of statements. */
function imports(
  book: Book,
  { file }: Diagnostic,
  { name, from }: Missing,
  find: (from: string) => Find,
): readonly Action[] {
  if (from === '') return [];
  const place = find(file)(name);
  if (!place) return [];
  const isStatement = book.isStatements(file);
  if (!isStatement && place.proofs) return [importing(book, file, place.proofs.path)].filter((a) => a !== undefined);
  const stated = isStatement ? file : statedBy(book, file, from);
  if (stated === undefined || stated === place.file) return [];
  return [importing(book, stated, relative(stated, place.file))].filter((a) => a !== undefined);
}

/** The file of statements that a file of proofs is for. */
function statedBy(book: Book, file: string, from: string): string | undefined {
  if (book.isStatements(from)) return from;
  const partner = file.replace(/(^|\/)proofs\//, '$1theorems/');
  return book.files.has(partner) ? partner : undefined;
}

function qed(book: Book, d: Diagnostic): Action | undefined {
  const { fact, file } = d;
  const failure = fact._tag === 'Syntax' ? fact.failure.fact : undefined;
  const source = book.files.get(file);
  if (failure?._tag !== 'Mistake' || failure.mistake._tag !== 'NoQed' || !source) return undefined;
  const rest = source.text.slice(d.span.end);
  const next = /\n[ \t]*(?:proof|import|theorem|axiom|def|stream|sort)\b/.exec(rest);
  const body = source.text
    .slice(0, next ? d.span.end + next.index : source.text.length)
    .replace(/(?:\s|--[^\n]*\n?)+$/, '');
  const at = linesOf(source).position(body.length);
  return { title: 'add `qed`', file, edit: { range: { start: at, end: at }, newText: '\nqed' } };
}

export function actionsFor(book: Book, d: Diagnostic, find: (from: string) => Find): readonly Action[] {
  const name = missing(d);
  const source = book.files.get(d.file);
  const near =
    name && source
      ? name.candidates.map((c): Action => ({
          title: `write ${quoted(c)}`,
          file: d.file,
          edit: { range: linesOf(source).range(name.span), newText: c },
        }))
      : [];
  const end = qed(book, d);
  return [...(end ? [end] : []), ...(name ? imports(book, d, name, find) : []), ...near];
}
