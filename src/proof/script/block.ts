/**
 * Runs the steps of a proof on a goal, down to a theorem. Every goal of a step is proved: by a block of its own, or the first by
 * the steps that follow; what is left at the end of a block is tried by structural equality. Knows nothing of files.
 */
import type { Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import type { Law } from '../../language/elaborate/law.js';
import type { Span } from '../../language/syntax/span.js';
import type { LinkTree, Name, Phrase, StepTree, TacticTree } from '../../language/syntax/tree.js';
import { TacticFailure, must } from '../tactic/failure.js';
import { type Goal, type Progress, chain, structural, withSides } from '../tactic/goal.js';
import { statementIn } from '../../language/elaborate/elaborate.js';
import { Failure as ElaborateFailure, codeOf, descend } from '../../language/point/error.js';
import { Stop, stepCode, stop } from './failure.js';
import * as phrase from './phrase.js';
import { type Citable, theorem } from './scope.js';
import type { Context } from './context.js';
import { tactic } from './step.js';
import type { Visit } from './trace.js';

/** A goal with what the code of its failure would be, where its role decides it. */
interface Task {
  readonly goal: Goal;
  readonly role: 'main' | 'side';
}

/** Where holes are reported; the block goes on, and stops at the end. */
export interface Holes {
  /** of each step that is reached, after it was taken */
  readonly visit?: (visit: Visit) => void;
  /** `context`: what may be cited there */
  readonly report: (goal: Goal, span: Span, context: Context) => void;
}

export const prove = (context: Context, holes: Holes, task: Task, steps: readonly StepTree[], end: Span): Thm =>
  guarded(task, steps[0]?.span ?? end, () => descend(() => proved(context, holes, task, steps, end)));

function proved(context: Context, holes: Holes, task: Task, steps: readonly StepTree[], end: Span): Thm {
  const [step, ...rest] = steps;
  const { goal } = task;
  if (!step) return finish(task, end);
  const tree = step.tactic;
  const visit = (after: Visit['after'], inferred?: Visit['inferred']): void =>
    holes.visit?.({ span: step.span, before: goal, after, ...(inferred ? { inferred } : {}) });
  if (tree._tag === 'Hole') {
    visit(undefined);
    holes.report(goal, step.span, context);
    return stop({ _tag: 'Hole', goal }, step.span);
  }
  if (tree._tag === 'Have') {
    visit([goal]);
    return have(context, holes, task, step, tree, rest, end);
  }
  const progress = guarded(task, step.span, () => {
    try {
      return tree._tag === 'Calc'
        ? calc(context, holes, task, tree, step.span)
        : tactic(context, step, rest.length > 0)(goal);
    } catch (error) {
      visit(undefined);
      throw error;
    }
  });
  visit(progress.goals, progress.inferred);
  const proofs = parts(context, holes, task, progress, step, rest, end);
  return guarded(task, step.span, () => progress.prove(proofs));
}

function finish({ goal, role }: Task, end: Span): Thm {
  if (!must(core.equal(goal.lhs, goal.rhs)))
    stop({ _tag: 'Unfinished', goal }, end, role === 'side' ? 'E-SIDE' : 'E-EQ');
  return structural(goal.lhs, goal.rhs);
}

/** Proves the goals that a step leaves. */
function parts(
  context: Context,
  holes: Holes,
  task: Task,
  progress: Progress,
  step: StepTree,
  rest: readonly StepTree[],
  end: Span,
): readonly Thm[] {
  const { goals } = progress;
  const { blocks } = step;
  const mainFirst = goals.length > 0 && (rest.length > 0 || (blocks.length < goals.length && !isClosing(step.tactic)));
  const own = mainFirst ? goals.slice(1) : goals;
  if (blocks.length > 0 ? blocks.length !== own.length : !isSide(step.tactic) && !own.every(closesAlone))
    stop(
      { _tag: 'GoalCount', step: step.tactic._tag.toLowerCase(), expected: own.length, found: blocks.length },
      step.span,
      'E-EQ',
    );
  if (goals.length === 0 && rest.length > 0) stop({ _tag: 'Closed', steps: rest.length }, rest[0]!.span, 'E-EQ');
  // a closing step leaves hypotheses only; a rewrite leaves the goal, then hypotheses
  const role = (goal: Goal): Task['role'] =>
    isClosing(step.tactic) || (isSide(step.tactic) && goal !== goals[0]) ? 'side' : task.role;
  const first = mainFirst
    ? [attemptAll(() => prove(context, holes, { goal: goals[0]!, role: role(goals[0]!) }, rest, end))]
    : [];
  const others = own.map((goal, i) =>
    attemptAll(() => prove(context, holes, { goal, role: role(goal) }, blocks[i] ?? [], step.span)),
  );
  return settled([...first, ...others]);
}

type Outcome = { readonly thm: Thm } | { readonly stop: Stop };
function attemptAll(run: () => Thm): Outcome {
  try {
    return { thm: run() };
  } catch (error) {
    if (error instanceof Stop) return { stop: error };
    throw error;
  }
}
/** All theorems, or the first stop; a rejection comes before a hole. */
function settled(outcomes: readonly Outcome[]): readonly Thm[] {
  const stops = outcomes.flatMap((o) => ('stop' in o ? [o.stop] : []));
  const worst = stops.find((s) => s.fact._tag !== 'Hole') ?? stops[0];
  if (worst) throw worst;
  return outcomes.map((o) => (o as { readonly thm: Thm }).thm);
}

const closesAlone = (goal: Goal): boolean => must(core.equal(goal.lhs, goal.rhs));
const isClosing = (t: TacticTree): boolean => t._tag === 'Apply' || t._tag === 'Assumption' || t._tag === 'Field';
const isSide = (t: TacticTree): boolean => isClosing(t) || t._tag === 'Rewrite';

/** A chain of equations from the goal's left side to its right. */
function calc(
  context: Context,
  holes: Holes,
  task: Task,
  tree: TacticTree & { readonly _tag: 'Calc' },
  span: Span,
): Progress {
  const { goal } = task;
  const env = phrase.environment(context.env, goal);
  const side = (p: Phrase) => phrase.term(env, goal.wires, p, goal.lhs.cod);
  const terms = [tree.from, ...tree.links.map((l) => l.side)].map(side);
  const link = (l: LinkTree, i: number): Outcome =>
    attemptAll(() => {
      const sub = withSides(goal, terms[i]!, terms[i + 1]!);
      return prove(context, holes, { goal: sub, role: task.role }, l.by ?? [], l.span);
    });
  const start = guarded(task, tree.from.span, () => structural(goal.lhs, terms[0]!));
  const thms = settled(tree.links.map(link));
  const last = guarded(task, tree.links.at(-1)?.span ?? span, () => structural(terms.at(-1)!, goal.rhs));
  return { goals: [], prove: () => chain(start, ...thms, last) };
}

/** A lemma for the rest of the block. */
function have(
  context: Context,
  holes: Holes,
  task: Task,
  step: StepTree,
  tree: TacticTree & { readonly _tag: 'Have' },
  rest: readonly StepTree[],
  end: Span,
): Thm {
  const { goal } = task;
  const law = guarded(task, step.span, () => statementIn(phrase.environment(context.env, goal), goal.wires, tree));
  const start = lawGoal(law, goal.locals);
  const lemma = attemptAll(() => prove(context, holes, { goal: start.goal, role: 'main' }, tree.by, step.span));
  const cited = 'thm' in lemma ? citableOf(law, lemma.thm, start.hypotheses) : undefined;
  const inner: Context = {
    ...context,
    lemmas: [...context.lemmas, law.name],
    cite: (name) => (name.name === law.name ? (cited ?? unproved(lemma, name)) : context.cite(name)),
  };
  const main = attemptAll(() => prove(inner, holes, task, rest, end));
  return settled([lemma, main]).at(-1)!;
}

/** A lemma with a hole leaves what cites it open as well. */
function unproved(lemma: Outcome, { name, span }: Name): never {
  if ('stop' in lemma && lemma.stop.fact._tag === 'Hole') throw lemma.stop;
  return stop({ _tag: 'NotProved', name, status: 'rejected' }, span, 'E-STATUS');
}

// ---- statements as goals ----------------------------------------------------------------------------------------------

export interface Start {
  readonly goal: Goal;
  readonly hypotheses: Citable['hypotheses'];
}

/** The goal of a statement, under the facts around it. */
export function lawGoal(law: Law, around: Goal['locals']): Start {
  const hypotheses = law.hypotheses.map((h) => ({
    hypothesis: must(core.hypothesis(h.binders, h.lhs, h.rhs)),
    named: { name: h.name, binders: h.binders, wires: h.wires ?? leafWires(h.lhs) },
  }));
  const locals = hypotheses.map(({ hypothesis, named }) => ({ ...named, hypothesis }));
  const wires = law.wires ?? leafWires(law.lhs);
  return { goal: { wires, locals: [...around, ...locals], lhs: law.lhs, rhs: law.rhs }, hypotheses };
}
const leafWires = (t: core.Term): Goal['wires'] => t.dom.leaves.map((_, i) => ({ name: `x${i}`, object: leaf(t, i) }));
function leaf(t: core.Term, i: number): core.Obj {
  const { base, axes } = t.dom.leaves[i]!;
  const scalar = base._tag === 'Real' ? core.real() : base._tag === 'Boolean' ? core.boolean() : core.objVar(base.name);
  return axes.reduceRight((o, a) => must(core.weave(a, o)), must(scalar));
}

export const citableOf = (law: Law, thm: Thm, hypotheses: Citable['hypotheses']): Citable =>
  theorem(law.name, thm, law.wires, hypotheses);

// ---- failures ---------------------------------------------------------------------------------------------------------

/** Gives a tactic's failure its place and its code. */
function guarded<A>({ goal, role }: Task, span: Span, operation: () => A): A {
  try {
    return operation();
  } catch (error) {
    if (error instanceof TacticFailure)
      return stop({ _tag: 'Step', fact: error.fact, goal }, span, stepCode(error.fact, role));
    if (error instanceof ElaborateFailure) {
      const inner = { _tag: 'ElaborateError', code: codeOf(error.fact), span: error.span, fact: error.fact } as const;
      return stop({ _tag: 'Elaborate', error: inner }, error.span ?? span, inner.code);
    }
    throw error;
  }
}
