/**
 * Where a span is, and the lines around it. Invariant: lines end at a line feed only, columns count UTF-16 units from 1, and what is
 * shown has the columns of what is there. Knows no facts.
 */
import type { Span } from '../language/syntax/span.js';
import { clean } from '../language/print/clean.js';

export interface Place {
  readonly line: number;
  readonly column: number;
}

const [context, width] = [2, 110];

export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, Math.max(0, Math.min(offset, text.length)));
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: before.length - start + 1 };
}

/** A span without the white space at its end. */
function trimmed(text: string, { start, end }: Span): Span {
  const inside = text.slice(start, end);
  return { start, end: start + Math.max(1, inside.trimEnd().length) };
}

/** The part of a long line that holds the columns of interest. */
function window(line: string, column: number): { readonly shown: string; readonly shift: number } {
  if (line.length <= width) return { shown: line, shift: 0 };
  const shift = Math.max(0, Math.min(column - 30, line.length - width));
  const cut = line.slice(shift, shift + width);
  return { shown: `${shift > 0 ? `…${cut.slice(1)}` : cut}`, shift };
}

/** The lines of a span, the first with its part underlined, and those around it. */
export function codeFrame(text: string, span: Span, mark: (s: string) => string): readonly string[] {
  const lines = text.split('\n').map((l) => l.replace(/\r$/, ''));
  const { start, end } = trimmed(text, span);
  const [from, to] = [placeOf(text, start), placeOf(text, end)];
  const last = Math.min(lines.length, from.line + context);
  const digits = String(last).length;
  const shift = window(lines[from.line - 1] ?? '', from.column).shift;
  return Array.from({ length: last }, (_, i) => i + 1)
    .filter((n) => n >= from.line - context)
    .flatMap((n) => {
      const raw = clean(lines[n - 1] ?? '');
      const body = n === from.line ? window(raw, from.column).shown : raw.slice(0, width);
      const row = `${n === from.line ? '>' : ' '} ${String(n).padStart(digits)} | ${body}`;
      if (n !== from.line) return [row.trimEnd()];
      const until = to.line === from.line ? to.column : (lines[n - 1] ?? '').length + 1;
      const length = Math.max(1, Math.min(until, shift + width + 1) - from.column);
      return [mark(row), mark(`  ${' '.repeat(digits)} | ${' '.repeat(from.column - 1 - shift)}${'^'.repeat(length)}`)];
    });
}
