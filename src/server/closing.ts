// The first steps that are found to close a goal, as an edit. Invariant: they were run, and nothing was left. Knows no search (proof/script/suggest.ts).
import { LSPErrorCodes, ResponseError, type TextEdit } from 'vscode-languageserver';
import type { Diagnostic } from '../proof/script/result.js';
import { stepsAt } from './goal-answer.js';
import { type Book, linesOf } from './library.js';
import type { Runs } from './runs.js';

/** Where steps for what a diagnostic leaves open would stand: at the hole, or before the `qed`. */
export function closable(text: string, { fact, span }: Diagnostic): number | undefined {
  if (fact._tag === 'Hole') return span.start;
  return fact._tag === 'Unfinished' && text.startsWith('qed', span.start) ? span.start : undefined;
}

export function closing(book: Book, runs: Runs, path: string, offset: number): TextEdit {
  const file = book.files.get(path);
  const found = file && runs.at(book, path, offset);
  const known = found && stepsAt(book, runs, found.placed, file.text, offset);
  const first = known?.find((s) => s.finishes);
  if (!file || !first) throw new ResponseError(LSPErrorCodes.RequestFailed, 'no steps are found that close this goal');
  const lines = linesOf(file);
  const line = file.text.slice(file.text.lastIndexOf('\n', offset - 1) + 1, offset);
  const isHole = file.text[offset] === '?';
  const indent = ' '.repeat(isHole ? line.length : 2);
  const own = line.trim() === '';
  const steps = first.steps.join(`\n${indent}`);
  const newText = isHole ? steps : own ? `${indent}${steps}\n${line}` : `${steps} `;
  const start = isHole || !own ? offset : offset - line.length;
  return { range: lines.range({ start, end: isHole ? offset + 1 : offset }), newText };
}
