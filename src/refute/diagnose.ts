/**
 * Which equation a diagnostic is about, and whether numbers refute it: the goal that a step left, else the statement. Invariant: a verdict
 * is never changed, only illustrated; the work is small and the seed fixed, so that a check says the same each time.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Library } from '../script/check.js';
import type { Code, Diagnostic } from '../script/result.js';
import { parseProofs } from '../syntax/parse.js';
import type { Goal } from '../tactic/goal.js';
import { type Counterexample, type Limits, refute } from './search.js';
import { type Statement, ofGoal, ofLaw } from './statement.js';

export interface Illustration {
  readonly of: 'goal' | 'statement';
  readonly counterexample: Counterexample;
}

const limits: Limits = { tries: 100, seed: 1, work: 1_000_000, each: 200_000, certain: 400 };

/** The equation does not hold as it stands, or nobody knows; a name out of scope or a type is another matter. */
const codes: ReadonlySet<Code> = new Set<Code>(['E-EQ', 'E-STATE', 'E-SIDE', 'E-MATCH', 'E-NOAX']);
const isOpen = (d: Diagnostic): boolean => d.severity === 'open';
export const concerns = (d: Diagnostic): boolean =>
  isOpen(d) || (d.severity === 'error' && d.code !== undefined && codes.has(d.code));

function goalOf({ fact }: Diagnostic): Goal | undefined {
  return fact._tag === 'Step' || fact._tag === 'Hole' || fact._tag === 'Unfinished' ? fact.goal : undefined;
}

/** The theorem whose proof, or whose statement, the diagnostic stands in. */
function nameAt(d: Diagnostic, library: Library, texts: ReadonlyMap<string, string>): string | undefined {
  if (d.fact._tag === 'NoProof') return d.fact.name;
  const parsed = parseProofs(texts.get(d.file) ?? '');
  if (E.isLeft(parsed)) return undefined;
  const proof = parsed.right.find(
    (t) => t._tag === 'Proof' && t.span.start <= d.span.start && d.span.start < t.span.end,
  );
  return proof?._tag === 'Proof' ? proof.name.name : undefined;
}

function lawOf(d: Diagnostic, library: Library, texts: ReadonlyMap<string, string>): Statement | undefined {
  const name = nameAt(d, library, texts);
  const law = name === undefined ? undefined : library.statements.stated.get(name)?.law;
  return law && ofLaw(law);
}

export function illustrate(
  d: Diagnostic,
  library: Library,
  texts: ReadonlyMap<string, string>,
): Illustration | undefined {
  if (!concerns(d)) return undefined;
  const goal = goalOf(d);
  const near = goal && refute(ofGoal(goal), limits).counterexample;
  if (near) return { of: 'goal', counterexample: near };
  const law = lawOf(d, library, texts);
  const far = law && refute(law, limits).counterexample;
  return far && { of: 'statement', counterexample: far };
}
