// Proofs that a program tries, step by step, in the manner of Petanque. Invariant: a state is a text with holes, and what is said of it is what the checker says of that text: nothing is kept here that a state
// depends on, and no verdict of the library changes. Knows no positions.
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { type Find } from '../diagnostic/elsewhere.js';
import { diagnosticMessage } from '../diagnostic/script.js';
import { quoted } from '../language/print/clean.js';
import { parseProofs } from '../language/syntax/parse.js';
import { tokensOf } from '../language/syntax/token.js';
import type { Trial } from '../proof/script/check.js';
import { unlessStopped } from '../proof/script/failure.js';
import { partner } from '../proof/script/file.js';
import { citableNames } from '../proof/script/holes.js';
import type { Diagnostic } from '../proof/script/result.js';
import type { OpenHole } from '../proof/script/suggest.js';
import { type GoalRecord, goalRecord } from './goals.js';
import { sourceOf } from './hover.js';
import type { Book } from './library.js';
import type { Runs } from './runs.js';

export interface State {
  /** the document that the proof was started from */
  readonly uri: string;
  readonly theorem: string;
  /** the steps of the proof so far; each `?` is a goal */
  readonly script: string;
}
export interface Reached {
  readonly state: State;
  /** the checker takes the script for a proof */
  readonly finished: boolean;
  readonly hash: string;
}
/** Why a step was not taken: the state is what it was. */
export interface NotTaken {
  readonly state: null;
  readonly error: { readonly code: string; readonly message: string };
}
export interface Premise {
  readonly name: string;
  readonly kind: 'axiom' | 'theorem' | 'hypothesis' | 'lemma';
  readonly file: string | null;
  /** as it is written; of hypotheses and lemmas null */
  readonly statement: string | null;
}

const refuse = (why: string): never => {
  throw new ResponseError(ErrorCodes.InvalidParams, why);
};
const head = (theorem: string): string => `proof ${theorem}\n`;
/** 64 bits of a text (FNV-1a). */
function hashed(text: string): string {
  let h = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) h = ((h ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return h.toString(16).padStart(16, '0');
}

export class Trying {
  constructor(
    private readonly book: Book,
    private readonly runs: Runs,
    private readonly find: (from: string) => Find,
  ) {}

  start(uri: string, theorem: unknown): Reached {
    if (typeof theorem !== 'string' || !this.book.library.statements.stated.has(theorem))
      return refuse(`there is no theorem ${quoted(String(theorem))}`);
    if (!this.book.library.statements.stated.get(theorem)!.law)
      return refuse(`the statement of ${quoted(theorem)} cannot be read`);
    return this.reached({ uri, theorem, script: '?' });
  }

  /** Steps in the place of the first goal. A goal that they leave is a new `?`; a block that they lack is one too. */
  run(state: State, steps: unknown): Reached | NotTaken {
    if (typeof steps !== 'string') return refuse('steps are a text');
    const { script } = state;
    const hole = tokensOf(script).find((t) => t.text === '?');
    if (!hole) return refuse('no goal is left');
    const parsed = parseProofs(`${head(state.theorem)}${steps}\nqed`);
    const isOne = parsed._tag === 'Right' && parsed.right.length === 1 && tokensOf(steps).length > 0;
    if (parsed._tag === 'Left' || !isOne) return notTaken('E-SYNTAX', 'the steps do not parse');
    const indent = ' '.repeat(hole.start - script.lastIndexOf('\n', hole.start - 1) - 1);
    const filled = (rest: string): State => ({
      ...state,
      script: `${script.slice(0, hole.start)}${steps.trim()}${rest}${script.slice(hole.end)}`,
    });
    return this.firstTaken(filled, `\n${indent}?`);
  }

  private firstTaken(filled: (rest: string) => State, more: string): Reached | NotTaken {
    // a block for each case, in order; else the first goal goes on after the blocks of the others
    const blocks = (n: number): readonly string[] =>
      [n + 1, n].flatMap((k) => [' { ? }'.repeat(k), `${' { ? }'.repeat(k)}${more}`]);
    let failure: Diagnostic | undefined;
    const tried = ['', more];
    for (let i = 0; i < tried.length; i += 1) {
      const state = filled(tried[i]!);
      const wrong = this.trial(state).diagnostics.find((d) => d.severity === 'error');
      if (!wrong) return this.reached(state);
      const { fact } = wrong;
      // what the steps themselves lack is said, not what their end leaves
      if (i === 0 || (i === 1 && fact._tag !== 'Closed')) failure = wrong;
      const lacks = fact._tag === 'GoalCount' ? fact.expected : i === 1 && wrong.code === 'E-SIDE' ? 1 : 0;
      if (lacks > 0) tried.push(...blocks(lacks).filter((b) => !tried.includes(b)));
    }
    const { headline, details, hint } = diagnosticMessage(failure!, this.find(failure!.file));
    return notTaken(failure!.code ?? 'error', [headline, ...details, `hint: ${hint}`].join('\n'));
  }

  goals(state: State): readonly GoalRecord[] {
    return this.holes(state).map((h) => goalRecord(h.goal));
  }

  /** What the first goal may be proved from. */
  premises(state: State): readonly Premise[] {
    const [hole] = this.holes(state);
    if (!hole) return [];
    const { context, goal } = hole;
    const local = (kind: 'lemma' | 'hypothesis') => (name: string) => ({ name, kind, file: null, statement: null });
    const span = { start: 0, end: 0 };
    const cited = citableNames(this.book.library).filter((name) => unlessStopped(() => context.cite({ name, span })));
    return [
      ...goal.locals.map((l) => local('hypothesis')(l.name)),
      ...context.lemmas.map(local('lemma')),
      ...cited.map((name) => this.premise(name)),
    ];
  }

  private premise(name: string): Premise {
    const { axioms, stated } = this.book.library.statements;
    const axiom = axioms.get(name);
    const file = axiom?.file ?? stated.get(name)!.file;
    const use = { kind: 'law', name, span: { start: 0, end: 0 }, declares: false } as const;
    const place = this.book.declarationOf({ file, use });
    return { name, kind: axiom ? 'axiom' : 'theorem', file, statement: place ? sourceOf(this.book, place) : null };
  }

  /** Of the goals: states of one theorem or of two that have the same goals have the same. */
  hash(state: State): string {
    return hashed(this.shown(state));
  }
  equal(state: State, other: State): boolean {
    return this.shown(state) === this.shown(other);
  }
  private shown(state: State): string {
    return JSON.stringify(this.goals(state));
  }

  private reached(state: State): Reached {
    return { state, finished: this.trial(state).status === 'proved', hash: this.hash(state) };
  }
  private holes(state: State): readonly OpenHole[] {
    return [...this.trial(state).holes].sort((a, b) => a.diagnostic.span.start - b.diagnostic.span.start);
  }

  /** What the checker says of a state, where its proof stands or would stand. */
  private trial({ theorem, script }: State): Trial {
    const { statements, proofs } = this.book.library;
    const stated = statements.stated.get(theorem);
    const placed = proofs.of.get(theorem);
    const file = placed?.file ?? (stated && partner(stated.file)) ?? '';
    const text = `${head(theorem)}${script}\nqed`;
    return (
      this.runs.trial(this.book, theorem, file, placed?.turn ?? Infinity, text) ??
      refuse('this is no state of a proof of this project')
    );
  }
}

const notTaken = (code: string, message: string): NotTaken => ({ state: null, error: { code, message } });
