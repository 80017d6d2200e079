/**
 * Expressions over wires, resolved: what a statement says, before anything is computed. Invariant: axes, objects and terms are those
 * of a certificate (term.ts); a definition is already unfolded. It does not know the text that it was read from.
 */
import type { Axis } from './axis.js';
import type { Obj } from './object.js';
import type { Term } from './term.js';

export interface Wire {
  readonly name: string;
  readonly object: Obj;
}

/** Inner names hide outer ones. Every expression has an object, a list of leaves; a tuple is flat. */
export type Expression =
  | { readonly _tag: 'Wire'; readonly name: string }
  | { readonly _tag: 'Tuple'; readonly parts: readonly Expression[] }
  /** the leaves of the value, shared out among the names in order */
  | { readonly _tag: 'Let'; readonly names: readonly Wire[]; readonly value: Expression; readonly body: Expression }
  /** a▹A, where the body is A at every index */
  | { readonly _tag: 'Map'; readonly index: string; readonly axis: Axis; readonly body: Expression }
  /** a▹A -> A: the element at an index that a map or a scan around it binds over a */
  | { readonly _tag: 'At'; readonly array: Expression; readonly index: string }
  /** left to right from `start` : S; the body, S * B, sees the state and the index; the value is S * a▹B */
  | {
      readonly _tag: 'Scan';
      readonly index: string;
      readonly axis: Axis;
      readonly state: readonly Wire[];
      readonly start: Expression;
      readonly body: Expression;
    }
  /** a diagram applied to an expression whose object is its domain */
  | { readonly _tag: 'Apply'; readonly term: Term; readonly argument: Expression };

/** One side of an equation over the given wires, or a diagram. */
export type Side =
  | { readonly _tag: 'Pointful'; readonly wires: readonly Wire[]; readonly body: Expression }
  | { readonly _tag: 'Diagram'; readonly term: Term };
