// What elaborated statements are. Invariant: both sides of an equation have one type; all terms are closed over the listed
// names. Knows nothing of how they were written or proved.
import type { Axis, AxisVar, Definition, MorphismVar, Obj, Term } from '../point/build.js';
import type { Binding } from '../point/point.js';
import type { Span } from '../syntax/span.js';

/** The parameters of a statement. */
export interface Names {
  readonly axes: ReadonlyMap<string, Axis>;
  readonly objects: ReadonlyMap<string, Obj>;
  readonly morphisms: ReadonlyMap<string, MorphismVar>;
}

/** for all binders, over all inputs: lhs = rhs. Pointful where it has wires (even none): the sides are terms over them. */
export interface Given {
  readonly name: string;
  readonly binders: readonly AxisVar[];
  readonly wires: readonly Binding[] | undefined;
  readonly lhs: Term;
  readonly rhs: Term;
}

export interface Law {
  readonly _tag: 'Axiom' | 'Theorem';
  readonly name: string;
  readonly names: Names;
  /** undefined: point-free */
  readonly wires: readonly Binding[] | undefined;
  readonly hypotheses: readonly Given[];
  readonly lhs: Term;
  readonly rhs: Term;
  readonly span: Span;
  /** the stream that states it */
  readonly stream: string | undefined;
}

/** What a kernel computes: a diagram over wires, under a name. */
export interface Specified {
  readonly name: string;
  readonly names: Names;
  readonly wires: readonly Binding[];
  readonly spec: Term;
}

export interface StreamedWire extends Binding {
  /** the place of the streamed axis among the axes of each leaf */
  readonly position: number;
}

/**
 * A streaming claim. The terms are over wires in declared order: spec : wires -> C, head : wires -> S,
 * final : context * S -> C (in a second pass wires * S -> C), outputs : wires -> C[k], output : context * S * streamed -> C[k], step : context * S * streamed -> S (a tile in place of the whole), merge : S * S -> S.
 */
export interface StreamInfo extends Specified {
  readonly _tag: 'Stream';
  readonly name: string;
  readonly names: Names;
  readonly axis: AxisVar;
  readonly wires: readonly Binding[];
  readonly context: readonly Binding[];
  readonly streamed: readonly StreamedWire[];
  readonly state: readonly Binding[];
  readonly stateObject: Obj;
  readonly strength: 'foldable' | 'mergeable' | 'commutative';
  readonly spec: Term;
  /** wires -> B, what all laws hold under: inherited by first parts */
  readonly precondition: Term | undefined;
  /** wires -> B, what the main law holds under besides */
  readonly resultsPrecondition: Term | undefined;
  readonly head: Term;
  readonly final: Term;
  /** how often the streamed wires are read: twice where final reads them */
  readonly passes: 1 | 2;
  /** with the streamed axis in each result, at its place; the results of the spec are those of final, then these */
  readonly outputs: Term | undefined;
  readonly output: Term | undefined;
  readonly outputPlaces: readonly number[];
  readonly step: Term | undefined;
  readonly merge: Term | undefined;
  /** the names of the laws it states, in order */
  readonly laws: readonly string[];
  readonly span: Span;
}

export interface Defined {
  readonly _tag: 'Definition';
  readonly name: string;
  readonly definition: Definition;
  readonly span: Span;
}

export type Elaborated = Defined | Law | StreamInfo;
