// Tells of the type of every phrase that is elaborated, to who listens. Invariant: elaboration is the same whether anybody listens or not. Knows no texts.
import type { Obj } from '../point/build.js';
import type { Span } from '../syntax/span.js';

/** A phrase, and what it denotes: from `dom` where it is a diagram. */
export interface Heard {
  readonly span: Span;
  readonly dom: Obj | undefined;
  readonly cod: Obj;
}

let told: ((heard: Heard) => void) | undefined;

/** Every phrase that `operation` elaborates. */
export function listening<A>(tell: (heard: Heard) => void, operation: () => A): A {
  const outer = told;
  told = tell;
  try {
    return operation();
  } finally {
    told = outer;
  }
}

export function heard<A>(span: Span, value: A, codOf: (value: A) => Obj, domOf?: (value: A) => Obj): A {
  told?.({ span, dom: domOf?.(value), cod: codOf(value) });
  return value;
}
