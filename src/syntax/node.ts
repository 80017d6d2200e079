// What an action may ask of a parse node.
import type * as ohm from 'ohm-js';
import type { Span } from './span.js';

export type Node = ohm.Node;

export const spanOf = (node: Node): Span => {
  const { startIdx, endIdx } = node.source.trimmed();
  return { start: startIdx, end: endIdx };
};

/** The tree of a child. */
export const read = <T>(node: Node): T => node['tree']() as T;
