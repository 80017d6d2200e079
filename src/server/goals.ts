// The goals at a place of a proof. Invariant: what a run of the proof told (proof/script/trace.ts), with the goals of the blocks around on the stack; nothing is proved here. Field names
// are those of coq-lsp's proof/goals.
import type { Span } from '../language/syntax/span.js';
import { tokensOf } from '../language/syntax/token.js';
import type { StepTree } from '../language/syntax/tree.js';
import { showEquation, showHypothesis } from '../language/print/show.js';
import { showObject } from '../language/print/algebra.js';
import { clean } from '../language/print/clean.js';
import type { Run, Visit } from '../proof/script/trace.js';
import type { Goal } from '../proof/tactic/goal.js';

export type Mode = 'Prev' | 'After';

export interface GoalRecord {
  readonly hyps: readonly { readonly names: readonly string[]; readonly ty: string }[];
  /** the equation, one line or several */
  readonly ty: string;
}
export interface Goals {
  readonly goals: readonly GoalRecord[];
  /** of the blocks around, innermost first: the goals before and after the one that the block is for */
  readonly stack: readonly (readonly [readonly GoalRecord[], readonly GoalRecord[]])[];
  readonly shelf: readonly GoalRecord[];
  readonly given_up: readonly GoalRecord[];
}

export function goalRecord(goal: Goal): GoalRecord {
  const wires = goal.wires.map((w) => ({ names: [clean(w.name)], ty: showObject(w.object) }));
  const locals = goal.locals.map((l) => ({
    names: [clean(l.name)],
    ty: showHypothesis(l.hypothesis, l.wires, l.binders).join('\n'),
  }));
  return {
    hyps: [...wires, ...locals],
    ty: showEquation(goal.lhs, goal.rhs, goal.wires, goal.unfolded).join('\n'),
  };
}

interface Around {
  readonly step: StepTree;
  readonly block: number;
}

/** The steps around a place, outermost first, each with the block that the place is in. */
function around(steps: readonly StepTree[], text: string, at: number): readonly Around[] {
  const step = steps.find((s) => s.span.start < at && at < s.span.end && s.blocks.length > 0);
  const block = step ? blocksOf(step, text).findIndex((b) => b.start < at && at < b.end) : -1;
  return step && block >= 0 ? [{ step, block }, ...around(step.blocks[block]!, text, at)] : [];
}

/** The brackets of the blocks of a step: the last groups in it. */
function blocksOf({ span, blocks }: StepTree, text: string): readonly Span[] {
  const groups: Span[] = [];
  let [depth, start] = [0, 0];
  for (const t of tokensOf(text.slice(span.start, span.end))) {
    if (t.text === '{' && depth++ === 0) start = t.start;
    if (t.text === '}' && --depth === 0) groups.push({ start: span.start + start, end: span.start + t.end });
  }
  return groups.slice(-blocks.length);
}

const visitOf = (run: Run, { span }: StepTree): Visit | undefined =>
  run.visits.find((v) => v.span.start === span.start && v.span.end === span.end);

/** What a step leaves for its own blocks: the rest of its block proves the first goal where there are more goals than blocks. */
function forBlocks(run: Run, step: StepTree): readonly Goal[] {
  const goals = visitOf(run, step)?.after ?? [];
  return goals.slice(Math.max(0, goals.length - step.blocks.length));
}

interface Block {
  readonly outer: readonly Around[];
  readonly steps: readonly StepTree[];
  readonly start: Goal | undefined;
}

/** The innermost block that a place is in. */
function blockAt(run: Run, text: string, at: number): Block {
  const outer = around(run.tree.steps, text, at);
  const inner = outer.at(-1);
  if (!inner) return { outer, steps: run.tree.steps, start: run.goal };
  return { outer, steps: inner.step.blocks[inner.block]!, start: forBlocks(run, inner.step)[inner.block] };
}

/** The goals of the block that an offset of the file is in; undefined where nothing was told of what stands there. */
export function openAt(run: Run, text: string, at: number, mode: Mode): readonly Goal[] | undefined {
  const { steps, start } = blockAt(run, text, at);
  return start ? current(run, steps, start, at, mode) : undefined;
}

/** Where a step for the first of them would stand. */
export function holeAt(run: Run, text: string, at: number, mode: Mode): number {
  const last = blockAt(run, text, at).steps.findLast((s) => s.span.start <= at);
  if (!last) return Math.max(at, run.tree.name.span.end);
  return mode === 'Prev' ? last.span.start : last.span.end;
}

export function goalsAt(run: Run, text: string, at: number, mode: Mode): Goals | undefined {
  const now = openAt(run, text, at, mode);
  if (!now) return undefined;
  const stack = blockAt(run, text, at).outer.map(({ step, block }) => {
    const all = forBlocks(run, step);
    return [all.slice(0, block).map(goalRecord), all.slice(block + 1).map(goalRecord)] as const;
  });
  return { goals: now.map(goalRecord), stack: stack.reverse(), shelf: [], given_up: [] };
}

/** Of one block: the goals before or after the last step that begins at the place or above. */
function current(
  run: Run,
  steps: readonly StepTree[],
  start: Goal,
  at: number,
  mode: Mode,
): readonly Goal[] | undefined {
  const before = steps.filter((s) => s.span.start <= at);
  const last = before.at(-1);
  if (!last) return [start];
  const visit = visitOf(run, last);
  if (!visit) return undefined;
  if (mode === 'Prev') return [visit.before];
  const after = visit.after ?? [visit.before];
  // its own blocks are for the last of them
  return after.slice(0, Math.max(0, after.length - last.blocks.length));
}
