/**
 * What checking a library yields: a report for each theorem, and diagnostics as facts with places. Invariant: one failed theorem
 * does not hide the others, and its name is not in scope. Knows no prose (diagnostic/ renders) and no exit codes (cli/).
 */
import type { Hypothesis, Term, Thm } from '../../core/index.js';
import type { ElaborateError } from '../../language/point/error.js';
import type { SyntaxFailure } from '../../language/syntax/parse.js';
import type { Span } from '../../language/syntax/span.js';
import type { TacticFact } from '../tactic/failure.js';
import type { Goal } from '../tactic/goal.js';

/** The reasons of a rejection (and E-BUDGET and E-HOLE, which are none; E-VACUOUS is a warning). */
export type Code =
  | 'E-TYPE'
  | 'E-MATCH'
  | 'E-SIDE'
  | 'E-NOAX'
  | 'E-EQ'
  | 'E-LEVEL'
  | 'E-STATE'
  | 'E-SCOPE'
  | 'E-STATUS'
  | 'E-CERT'
  | 'E-VACUOUS'
  | 'E-BUDGET'
  | 'E-HOLE'
  | 'E-SYNTAX';

/** proved; rejected: a step is wrong; declined: a budget ran out; open: a hole, or no proof at all */
export type Status = 'proved' | 'rejected' | 'declined' | 'open';

export interface TheoremReport {
  readonly name: string;
  readonly file: string;
  /** of the statement */
  readonly span: Span;
  readonly status: Status;
  readonly code: Code | undefined;
  readonly hypotheses: readonly string[];
  /** names of the axioms that the theorem rests on, sorted; empty unless proved */
  readonly axioms: readonly string[];
  /** names of the theorems that its proof cites, sorted */
  readonly uses: readonly string[];
  /** present when proved */
  readonly thm: Thm | undefined;
  /** how many of the theorems that it rests on, itself among them, an earlier check proved and not this one */
  readonly remembered: number;
}

export type ScriptFact =
  | { readonly _tag: 'Syntax'; readonly failure: SyntaxFailure }
  | { readonly _tag: 'Elaborate'; readonly error: ElaborateError }
  /** a step failed on a goal */
  | { readonly _tag: 'Step'; readonly fact: TacticFact; readonly goal: Goal }
  /** a hole: its goal */
  | { readonly _tag: 'Hole'; readonly goal: Goal }
  /** the block ends and structural equality does not close the goal */
  | { readonly _tag: 'Unfinished'; readonly goal: Goal }
  | { readonly _tag: 'GoalCount'; readonly step: string; readonly expected: number; readonly found: number }
  /** steps that follow where nothing is left to prove, how many */
  | { readonly _tag: 'Closed'; readonly steps: number }
  /** `by`: the step that needs it, where the user did not write the name */
  | {
      readonly _tag: 'UnknownName';
      readonly name: string;
      readonly candidates: readonly string[];
      readonly by?: string;
      /** what is looked for, where it is not something to cite */
      readonly kind?: 'definition' | 'axis';
      /** the cited theorem whose variables are meant */
      readonly of?: string;
    }
  /** cited before it is proved, in its own proof, or after its proof failed */
  | {
      readonly _tag: 'NotProved';
      readonly name: string;
      readonly status: Status | 'later' | 'itself' | 'circular';
      readonly by?: string;
    }
  /** stated or believed in a file that the statement's file does not import, and the proof's file does not import its proof */
  | {
      readonly _tag: 'NotInSight';
      readonly name: string;
      readonly kind: 'axiom' | 'theorem';
      /** the file that states it */
      readonly file: string;
      /** the file of the statement that is proved */
      readonly from: string;
      /** the step that needs it, where the user did not write the name */
      readonly by?: string;
    }
  /** the theorem would rest on an axiom that its statement's file does not import */
  | {
      readonly _tag: 'AxiomNotImported';
      readonly axiom: string;
      readonly file: string;
      readonly from: string;
      /** the theorem that brings it in, where one is cited */
      readonly through: string | undefined;
    }
  /** an axiom, or what rests on one, in a project that allows the library's alone */
  | { readonly _tag: 'ForeignAxiom'; readonly axiom: string; readonly hash: string }
  | { readonly _tag: 'RestsOnForeign'; readonly name: string; readonly axioms: readonly string[] }
  | { readonly _tag: 'NoProof'; readonly name: string }
  | { readonly _tag: 'ProvedTwice'; readonly name: string }
  | {
      readonly _tag: 'NoStatement';
      readonly name: string;
      readonly candidates: readonly string[];
      readonly axiom?: boolean;
    }
  | { readonly _tag: 'ExtraHypotheses'; readonly hypotheses: readonly Hypothesis[] }
  | { readonly _tag: 'Vacuous'; readonly term: Term }
  | { readonly _tag: 'NoFile'; readonly path: string }
  | { readonly _tag: 'ImportCycle'; readonly path: string }
  | { readonly _tag: 'ImportOutside'; readonly path: string }
  | { readonly _tag: 'WrongKind'; readonly path: string; readonly expected: 'statements' | 'proofs' };

export interface Diagnostic {
  readonly severity: 'error' | 'warning' | 'open';
  readonly code: Code | undefined;
  readonly file: string;
  readonly span: Span;
  readonly fact: ScriptFact;
  /** the stream whose law is not proved for it, and that law */
  readonly law?: { readonly stream: string; readonly name: string };
}

export interface CheckResult {
  readonly theorems: readonly TheoremReport[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A file to check; its path is relative to the project, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}
