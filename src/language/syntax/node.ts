// What an action may ask of a parse node.
import type * as ohm from 'ohm-js';
import type { Span } from './span.js';

export type Node = ohm.Node;

/** Where the text that is being read begins in its file. */
let origin = 0;

/** Spans that `reading` makes are those of a text that begins at `start`. */
export function from<A>(start: number, reading: () => A): A {
  const outer = origin;
  origin = start;
  try {
    return reading();
  } finally {
    origin = outer;
  }
}

export const spanOf = (node: Node): Span => {
  const { startIdx, endIdx } = node.source.trimmed();
  return { start: origin + startIdx, end: origin + endIdx };
};

/** The tree of a child. */
export const read = <T>(node: Node): T => node['tree']() as T;
