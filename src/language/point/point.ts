// The point language: the middle form between surface expressions and terms. Expressions are read here by elaboration and by
// the rewrite tactic, printed by show.ts and compiled by compile.ts. Invariant: axes, objects and terms in it are core values;
// names and indices are plain strings, bound names may shadow. Knows nothing of text; carries no types but those of bound names.
import type { Axis, Obj, Term } from './build.js';

export interface Binding {
  readonly name: string;
  readonly object: Obj;
}
export interface State extends Binding {
  readonly init: Expr;
}

export type Expr =
  | { readonly _tag: 'Wire'; readonly name: string }
  /** the element at an index, along the leading axis */
  | { readonly _tag: 'At'; readonly array: Expr; readonly index: string }
  /** the first element along the leading axis */
  | { readonly _tag: 'First'; readonly axis: Axis; readonly array: Expr }
  /** an array: the body for every index */
  | { readonly _tag: 'Map'; readonly index: string; readonly axis: Axis; readonly body: Expr }
  /** a loop; the body gives the new state, then the outputs; the value is the final state, then the outputs as arrays */
  | {
      readonly _tag: 'Scan';
      readonly index: string;
      readonly axis: Axis;
      readonly state: readonly State[];
      readonly body: Expr;
    }
  /** the value's leaves are dealt to the names in order */
  | { readonly _tag: 'Let'; readonly names: readonly Binding[]; readonly value: Expr; readonly body: Expr }
  /** a core term applied to the tuple of its arguments */
  | { readonly _tag: 'Call'; readonly term: Term; readonly args: readonly Expr[] }
  /** tuples are flat */
  | { readonly _tag: 'Tuple'; readonly parts: readonly Expr[] };

export type Of<Tag extends Expr['_tag']> = Extract<Expr, { readonly _tag: Tag }>;

export const wire = (name: string): Expr => ({ _tag: 'Wire', name });
export const at = (array: Expr, index: string): Expr => ({ _tag: 'At', array, index });
export const firstOf = (axis: Axis, array: Expr): Expr => ({ _tag: 'First', axis, array });
export const mapOver = (index: string, axis: Axis, body: Expr): Expr => ({ _tag: 'Map', index, axis, body });
export const scanOver = (index: string, axis: Axis, state: readonly State[], body: Expr): Expr => ({
  _tag: 'Scan',
  index,
  axis,
  state,
  body,
});
export const letIn = (names: readonly Binding[], value: Expr, body: Expr): Expr => ({
  _tag: 'Let',
  names,
  value,
  body,
});
export const apply = (term: Term, ...args: readonly Expr[]): Expr => ({ _tag: 'Call', term, args });
export const tuple = (...parts: readonly Expr[]): Expr => (parts.length === 1 ? parts[0]! : { _tag: 'Tuple', parts });

export const children = (e: Expr): readonly Expr[] => {
  switch (e._tag) {
    case 'Wire':
      return [];
    case 'At':
    case 'First':
      return [e.array];
    case 'Map':
      return [e.body];
    case 'Scan':
      return [...e.state.map((s) => s.init), e.body];
    case 'Let':
      return [e.value, e.body];
    case 'Call':
      return e.args;
    case 'Tuple':
      return e.parts;
  }
};

/** The same node over other children, in the order of `children`. */
export function withChildren(e: Expr, parts: readonly Expr[]): Expr {
  switch (e._tag) {
    case 'Wire':
      return e;
    case 'At':
    case 'First':
      return { ...e, array: parts[0]! };
    case 'Map':
      return { ...e, body: parts[0]! };
    case 'Scan':
      return { ...e, state: e.state.map((s, i) => ({ ...s, init: parts[i]! })), body: parts.at(-1)! };
    case 'Let':
      return { ...e, value: parts[0]!, body: parts[1]! };
    case 'Call':
      return { ...e, args: parts };
    case 'Tuple':
      return { ...e, parts };
  }
}
