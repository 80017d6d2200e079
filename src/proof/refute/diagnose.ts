/**
 * Which equation a diagnostic is about, and whether numbers refute it: the goal that a step left, else the statement. Invariant: a verdict
 * is never changed, only illustrated; all diagnostics of a run share one amount of work, in elements computed, and the seed is fixed, so that a
 * check says the same each time and ends however many theorems fail.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Library } from '../script/check.js';
import type { Code, Diagnostic } from '../script/result.js';
import { parseProofs } from '../../language/syntax/parse.js';
import type { ProofItemTree } from '../../language/syntax/tree.js';
import type { Goal } from '../tactic/goal.js';
import { type Counterexample, type Limits, refute } from './search.js';
import { type Statement, ofGoal, ofLaw } from './statement.js';

export interface Illustration {
  readonly of: 'goal' | 'statement';
  readonly counterexample: Counterexample;
}

const limits: Limits = { tries: 100, seed: 1, work: 1_000_000, each: 200_000, certain: 400 };
/** For all diagnostics of a run; what is left of it is what the last ones may take. */
export const RUN = 20_000_000;

/** The equation does not hold as it stands, or nobody knows; a name out of scope or a type is another matter. */
const codes: ReadonlySet<Code> = new Set<Code>(['E-EQ', 'E-STATE', 'E-SIDE', 'E-MATCH', 'E-NOAX']);
const isOpen = (d: Diagnostic): boolean => d.severity === 'open';
export const concerns = (d: Diagnostic): boolean =>
  isOpen(d) || (d.severity === 'error' && d.code !== undefined && codes.has(d.code));

function goalOf({ fact }: Diagnostic): Goal | undefined {
  return fact._tag === 'Step' || fact._tag === 'Hole' || fact._tag === 'Unfinished' ? fact.goal : undefined;
}

/** Looks for numbers for one diagnostic after the other of a run. */
export class Illustrator {
  private readonly parsed = new Map<string, readonly ProofItemTree[]>();
  /** one diagnostic is printed and recorded, and asked about once */
  private readonly known = new Map<Diagnostic, Illustration | undefined>();

  constructor(
    private readonly library: Library,
    private readonly texts: ReadonlyMap<string, string>,
    private left = RUN,
  ) {}

  /** work that may still be done */
  get rest(): number {
    return this.left;
  }

  of(d: Diagnostic): Illustration | undefined {
    if (!concerns(d)) return undefined;
    if (!this.known.has(d)) this.known.set(d, this.looked(d));
    return this.known.get(d);
  }

  private looked(d: Diagnostic): Illustration | undefined {
    const goal = goalOf(d);
    const near = goal && this.refuted(ofGoal(goal));
    if (near) return { of: 'goal', counterexample: near };
    const law = this.lawOf(d);
    const far = law && this.refuted(law);
    return far && { of: 'statement', counterexample: far };
  }

  private refuted(s: Statement): Counterexample | undefined {
    if (this.left <= 0) return undefined;
    const { counterexample, spent } = refute(s, { ...limits, work: Math.min(limits.work, this.left) });
    this.left -= spent;
    return counterexample;
  }

  private items(file: string): readonly ProofItemTree[] {
    const known = this.parsed.get(file);
    if (known) return known;
    const read = parseProofs(this.texts.get(file) ?? '');
    const made = E.isLeft(read) ? [] : read.right;
    this.parsed.set(file, made);
    return made;
  }

  /** The theorem whose proof, or whose statement, the diagnostic stands in. */
  private nameAt(d: Diagnostic): string | undefined {
    if (d.fact._tag === 'NoProof') return d.fact.name;
    const proof = this.items(d.file).find(
      (t) => t._tag === 'Proof' && t.span.start <= d.span.start && d.span.start < t.span.end,
    );
    return proof?._tag === 'Proof' ? proof.name.name : undefined;
  }

  private lawOf(d: Diagnostic): Statement | undefined {
    const name = this.nameAt(d);
    const law = name === undefined ? undefined : this.library.statements.stated.get(name)?.law;
    return law && ofLaw(law);
  }
}
