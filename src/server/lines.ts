// Offsets of a text as the lines and characters of the protocol, and back. Invariant: total: what is outside the text is at its end. Knows no trees.
import type { Position, Range } from 'vscode-languageserver';
import type { Span } from '../language/syntax/span.js';

export class Lines {
  private readonly starts: readonly number[];

  constructor(readonly text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.starts = starts;
  }

  offset({ line, character }: Position): number {
    const start = this.starts[line];
    if (start === undefined) return this.text.length;
    return Math.min(start + Math.max(0, character), (this.starts[line + 1] ?? this.text.length + 1) - 1);
  }

  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= at) low = middle;
      else high = middle;
    }
    return { line: low, character: at - this.starts[low]! };
  }

  range({ start, end }: Span): Range {
    return { start: this.position(start), end: this.position(Math.max(start, end)) };
  }

  /** Without the white space at its end, and of at least one character. */
  marked({ start, end }: Span): Range {
    const inside = this.text.slice(start, end).trimEnd().length;
    return this.range({ start, end: start + Math.max(1, inside) });
  }
}
