/**
 * What a proof looks like from inside: the goal that each step had before it, and the goals that it left. Invariant: told while a proof runs, in that
 * order, and of no step that was not reached; nothing is proved or changed by who listens. Knows no places but spans of steps.
 */
import type { Instantiation, Term } from '../../core/index.js';
import { moved, originOf } from '../../language/syntax/items.js';
import type { Span } from '../../language/syntax/span.js';
import type { Goal } from '../tactic/goal.js';
import type { Placed, ProofTree } from './placed.js';

export interface Visit {
  /** of the step, its blocks among it */
  readonly span: Span;
  readonly before: Goal;
  /** undefined: the step failed, or is a hole */
  readonly after: readonly Goal[] | undefined;
  /** what the step found for variables that it does not name */
  readonly inferred?: Instantiation;
}

export interface Trace {
  readonly begin: (goal: Goal, placed: Placed) => void;
  readonly step: (visit: Visit, placed: Placed) => void;
}

/** A proof that ran. */
export interface Run {
  readonly goal: Goal;
  readonly tree: ProofTree;
  readonly visits: readonly Visit[];
}

/** What was told of the proofs that ran; of one that runs again, the last time. */
export class Visits implements Trace {
  private readonly known = new Map<string, Run & { readonly visits: Visit[] }>();
  begin(goal: Goal, { tree }: Placed): void {
    this.known.set(tree.name.name, { goal, tree, visits: [] });
  }
  step(visit: Visit, { tree }: Placed): void {
    this.known.get(tree.name.name)?.visits.push(visit);
  }

  /** Of the proof that stands there now, and of what is stated now; undefined where that did not run. */
  of({ tree }: Placed, lhs: Term, rhs: Term): Run | undefined {
    const known = this.known.get(tree.name.name);
    if (!known || known.goal.lhs !== lhs || known.goal.rhs !== rhs) return undefined;
    const [was, is] = [known.tree, tree].map((t) => originOf(t) ?? { tree: t, by: 0 });
    if (was!.tree !== is!.tree) return undefined;
    const by = is!.by - was!.by;
    return { goal: known.goal, tree, visits: known.visits.map((v) => ({ ...v, span: moved(v.span, by) })) };
  }
}
