// Where a piece of text stands: offsets into its file, end excluded. Knows nothing of lines, files or text.
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const spanning = (first: Span, last: Span): Span => ({ start: first.start, end: last.end });
