// The surface tree: what a person wrote, with spans. Invariant: closed unions, plain data, spans are offsets into the file.
// Knows nothing of scopes, types or the core; a name is a string whatever it stands for.
import type { Span } from './span.js';

export interface Name {
  readonly name: string;
  readonly span: Span;
}

// ---- axes and objects -------------------------------------------------------------------------------------------------

export type AxisTree =
  | { readonly _tag: 'AxisName'; readonly name: string; readonly span: Span }
  | { readonly _tag: 'AxisNumber'; readonly value: 0 | 1; readonly span: Span }
  | {
      readonly _tag: 'AxisSum' | 'AxisProduct';
      readonly left: AxisTree;
      readonly right: AxisTree;
      readonly span: Span;
    };

export type ObjectTree =
  | { readonly _tag: 'ObjectName'; readonly name: string; readonly span: Span }
  | { readonly _tag: 'ObjectUnit'; readonly span: Span }
  | { readonly _tag: 'ObjectArray'; readonly base: ObjectTree; readonly axes: readonly AxisTree[]; readonly span: Span }
  | { readonly _tag: 'ObjectProduct'; readonly left: ObjectTree; readonly right: ObjectTree; readonly span: Span };

// ---- expressions ------------------------------------------------------------------------------------------------------

/** An exact literal: digits × 10^exponent. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** `i:q`, or `q` alone: index q over axis q */
export interface BinderTree {
  readonly index: string;
  readonly axis: AxisTree;
  readonly span: Span;
}
export interface InitTree {
  readonly name: string;
  readonly value: ExprTree;
  readonly span: Span;
}

/** `[axes]` and `{objects and diagrams}`; undefined where not written */
export interface Explicit {
  readonly axes: readonly AxisTree[] | undefined;
  readonly braces: readonly BraceTree[] | undefined;
}
/** An object, or a diagram; what reads as an object may be meant as a diagram. */
export type BraceTree =
  | { readonly _tag: 'BraceObject'; readonly object: ObjectTree; readonly span: Span }
  | { readonly _tag: 'BraceDiagram'; readonly diagram: DiagramTree; readonly span: Span };

export type BinaryWord = '+' | '-' | '*' | '/' | '<' | '>' | '<=' | '>=' | '==' | 'and' | 'or' | '++';
export type UnaryWord = '-' | 'not' | 'neg' | 'exp' | 'log' | 'sqrt' | 'recip';

// prettier-ignore
export type ExprTree =
  | { readonly _tag: 'Wire'; readonly name: string; readonly span: Span }
  | { readonly _tag: 'Index'; readonly array: ExprTree; readonly indices: readonly Name[]; readonly span: Span }
  | { readonly _tag: 'Number'; readonly value: Decimal; readonly span: Span }
  | { readonly _tag: 'Truth'; readonly value: boolean; readonly span: Span }
  | { readonly _tag: 'Binary'; readonly word: BinaryWord; readonly left: ExprTree; readonly right: ExprTree; readonly span: Span }
  | { readonly _tag: 'Unary'; readonly word: UnaryWord; readonly value: ExprTree; readonly span: Span }
  | { readonly _tag: 'If'; readonly condition: ExprTree; readonly then: ExprTree; readonly otherwise: ExprTree; readonly span: Span }
  /** `name` is where the callee stands; `f x` and `f[n]{A}(x, y)` */
  | { readonly _tag: 'Call'; readonly callee: Name; readonly explicit: Explicit; readonly args: readonly ExprTree[]; readonly span: Span }
  /** `NAME i, j (e)`; with one binder that is a bare name it may turn out to be `NAME (i(e))` */
  | { readonly _tag: 'Reduce'; readonly callee: Name; readonly binders: readonly BinderTree[]; readonly body: ExprTree; readonly span: Span }
  | { readonly _tag: 'Map'; readonly binders: readonly BinderTree[]; readonly body: ExprTree; readonly span: Span }
  | { readonly _tag: 'Loop'; readonly word: 'fold' | 'scan'; readonly binder: BinderTree; readonly state: readonly InitTree[]; readonly body: ExprTree; readonly span: Span }
  | { readonly _tag: 'Let'; readonly names: readonly Name[]; readonly value: ExprTree; readonly body: ExprTree; readonly span: Span }
  | { readonly _tag: 'Tuple'; readonly parts: readonly ExprTree[]; readonly span: Span }
  | { readonly _tag: 'First'; readonly value: ExprTree; readonly span: Span }
  | { readonly _tag: 'Repeat'; readonly axis: AxisTree; readonly value: ExprTree; readonly span: Span }
  | { readonly _tag: 'Position' | 'Size'; readonly axis: AxisTree; readonly span: Span }
  | { readonly _tag: 'Reshape'; readonly word: ReshapeWord; readonly axes: readonly [AxisTree, AxisTree] | undefined; readonly args: readonly ExprTree[]; readonly span: Span }
  | { readonly _tag: 'Applied'; readonly diagram: DiagramTree; readonly args: readonly ExprTree[]; readonly span: Span }
  | { readonly _tag: 'Einsum'; readonly text: Name; readonly args: readonly ExprTree[]; readonly span: Span };

export type ReshapeWord = 'split' | 'concat' | 'tile' | 'flatten';

// ---- diagrams ---------------------------------------------------------------------------------------------------------

export type ObjectWord = 'id' | 'copy' | 'del' | 'select';
export type AxisWord = 'repeat' | 'diag' | 'first';
export type AxesWord = 'exchange' | 'split' | 'concat' | 'tile' | 'flatten';
export type OperatorWord =
  'add' | 'mul' | 'neg' | 'recip' | 'exp' | 'log' | 'sqrt' | 'lt' | 'not' | 'and' | 'or' | 'true' | 'false';

// prettier-ignore
export type DiagramTree =
  | { readonly _tag: 'Compose' | 'Tensor'; readonly first: DiagramTree; readonly second: DiagramTree; readonly span: Span }
  | { readonly _tag: 'MapDiagram'; readonly axis: AxisTree; readonly body: DiagramTree; readonly span: Span }
  | { readonly _tag: 'LoopDiagram'; readonly word: 'fold' | 'scan'; readonly axis: AxisTree; readonly state: ObjectTree; readonly body: DiagramTree; readonly span: Span }
  | { readonly _tag: 'OnObject'; readonly word: ObjectWord; readonly object: ObjectTree | undefined; readonly span: Span }
  | { readonly _tag: 'SwapDiagram'; readonly left: ObjectTree; readonly right: ObjectTree; readonly span: Span }
  | { readonly _tag: 'OnAxis'; readonly word: AxisWord; readonly axis: AxisTree; readonly object: ObjectTree | undefined; readonly span: Span }
  | { readonly _tag: 'OnAxes'; readonly word: AxesWord; readonly axes: readonly [AxisTree, AxisTree]; readonly object: ObjectTree | undefined; readonly span: Span }
  | { readonly _tag: 'Const'; readonly negative: boolean; readonly numerator: Decimal; readonly denominator: Decimal | undefined; readonly span: Span }
  | { readonly _tag: 'OperatorDiagram'; readonly word: OperatorWord; readonly span: Span }
  | { readonly _tag: 'PositionDiagram' | 'SizeDiagram'; readonly axis: AxisTree; readonly span: Span }
  | { readonly _tag: 'EinsumDiagram'; readonly text: Name; readonly span: Span }
  | { readonly _tag: 'Fun'; readonly wires: readonly WireDecl[]; readonly body: ExprTree; readonly span: Span }
  | { readonly _tag: 'Named'; readonly callee: Name; readonly explicit: Explicit; readonly span: Span };

// ---- statements -------------------------------------------------------------------------------------------------------

export interface AxisDecl {
  readonly name: string;
  readonly maybeEmpty: boolean;
  readonly sort: Name | undefined;
  readonly span: Span;
}
export interface WireDecl {
  readonly name: string;
  readonly object: ObjectTree;
  readonly span: Span;
}
export type VariableDecl =
  | { readonly _tag: 'ObjectVariable'; readonly name: string; readonly span: Span }
  | {
      readonly _tag: 'MorphismVariable';
      readonly name: string;
      readonly binders: readonly AxisDecl[];
      readonly dom: ObjectTree;
      readonly cod: ObjectTree;
      readonly span: Span;
    };
export type GroupTree =
  | { readonly _tag: 'AxisGroup'; readonly axes: readonly AxisDecl[]; readonly span: Span }
  | { readonly _tag: 'VariableGroup'; readonly variables: readonly VariableDecl[]; readonly span: Span }
  | { readonly _tag: 'WireGroup'; readonly wires: readonly WireDecl[]; readonly span: Span };

/** What a definition says, or a side of an equation: pointful where wires are declared. */
export type BodyTree =
  | { readonly _tag: 'Pointful'; readonly expr: ExprTree; readonly span: Span }
  | { readonly _tag: 'PointFree'; readonly diagram: DiagramTree; readonly span: Span };

export interface GivenTree {
  readonly name: Name;
  readonly axes: readonly AxisDecl[];
  /** undefined: point-free */
  readonly wires: readonly WireDecl[] | undefined;
  readonly lhs: BodyTree;
  readonly rhs: BodyTree;
  readonly span: Span;
}

export interface StreamParts {
  /** on all inputs of all laws */
  readonly where: ExprTree | undefined;
  /** on all inputs of the main law alone */
  readonly resultsWhere: ExprTree | undefined;
  readonly spec: ExprTree;
  readonly state: readonly WireDecl[];
  readonly head: ExprTree;
  /** left out where the results are outputs alone */
  readonly final: ExprTree | undefined;
  /** in place of final: a second pass, over all wires */
  readonly pass: ExprTree | undefined;
  readonly outputs: ExprTree | undefined;
  readonly step: ExprTree | undefined;
  readonly output: ExprTree | undefined;
  readonly merge: ExprTree | undefined;
  readonly strength: 'foldable' | 'mergeable' | 'commutative';
}

// prettier-ignore
export type StatementTree =
  | { readonly _tag: 'Import'; readonly path: string; readonly span: Span }
  | { readonly _tag: 'Sort'; readonly name: Name; readonly span: Span }
  | { readonly _tag: 'Def'; readonly name: Name; readonly params: readonly GroupTree[]; readonly type: DefType | undefined; readonly body: BodyTree; readonly span: Span }
  | { readonly _tag: 'Axiom' | 'Theorem'; readonly name: Name; readonly params: readonly GroupTree[]; readonly where: ExprTree | undefined; readonly givens: readonly GivenTree[]; readonly lhs: BodyTree; readonly rhs: BodyTree; readonly span: Span }
  | { readonly _tag: 'Stream'; readonly name: Name; readonly params: readonly GroupTree[]; readonly over: Name; readonly parts: StreamParts; readonly span: Span };

/** `: COD`, or `: DOM -> COD` of a point-free definition */
export interface DefType {
  readonly dom: ObjectTree | undefined;
  readonly cod: ObjectTree;
}

// ---- proofs -----------------------------------------------------------------------------------------------------------

/** Text whose kind the goal decides: an expression, a diagram, an axis or an object (parse.ts reads it as one of them). */
export interface Phrase {
  readonly text: string;
  readonly span: Span;
}
export interface InstTree {
  readonly name: Name;
  /** `[n] …`: the binders of a family */
  readonly binders: readonly Name[] | undefined;
  readonly value: Phrase;
  readonly span: Span;
}
export interface RuleName {
  readonly name: Name;
  readonly backward: boolean;
}
export interface LinkTree {
  readonly side: Phrase;
  /** undefined: refl */
  readonly by: readonly StepTree[] | undefined;
  readonly span: Span;
}

export type TacticTree =
  | {
      readonly _tag:
        'Refl' | 'Symm' | 'Ring' | 'Tauto' | 'Stream' | 'Normalise' | 'Positivity' | 'Field' | 'Linear' | 'Hole';
    }
  | { readonly _tag: 'Unfold'; readonly name: Name }
  | {
      readonly _tag: 'Rewrite';
      readonly rule: RuleName;
      readonly insts: readonly InstTree[];
      readonly at: number | Phrase | undefined;
      readonly side: 'lhs' | 'rhs' | undefined;
    }
  | { readonly _tag: 'Simp'; readonly rules: readonly RuleName[] }
  | { readonly _tag: 'Calc'; readonly from: Phrase; readonly links: readonly LinkTree[] }
  | { readonly _tag: 'Apply'; readonly name: Name; readonly insts: readonly InstTree[] }
  | { readonly _tag: 'Induction'; readonly axis: Name; readonly side: 'left' | 'right' | undefined }
  | { readonly _tag: 'Assumption'; readonly name: Name | undefined; readonly insts: readonly InstTree[] }
  | { readonly _tag: 'Cases'; readonly on: readonly Phrase[] }
  | {
      readonly _tag: 'Have';
      readonly name: Name;
      readonly params: readonly GroupTree[];
      readonly givens: readonly GivenTree[];
      readonly lhs: Phrase;
      readonly rhs: Phrase;
      readonly by: readonly StepTree[];
    };

/** A tactic, with a block for each of several goals that it leaves. */
export interface StepTree {
  readonly tactic: TacticTree;
  readonly blocks: readonly (readonly StepTree[])[];
  readonly span: Span;
}

export type ProofItemTree =
  | { readonly _tag: 'Import'; readonly path: string; readonly span: Span }
  | { readonly _tag: 'Proof'; readonly name: Name; readonly steps: readonly StepTree[]; readonly span: Span };
