/**
 * One step of a proof: the surface tactic to a tactic of the goal. Invariant: makes no theorem of its own. Knows nothing of
 * blocks and files (block.ts, check.ts).
 */
import type { Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { type Env, near } from '../../language/elaborate/scope.js';
import type { InstTree, Name, Phrase, RuleName, StepTree } from '../../language/syntax/tree.js';
import { applyTheorem, argumentsFor, symm } from '../tactic/apply.js';
import { casesOnTerm, casesOnWire } from '../tactic/cases.js';
import { discharge } from '../tactic/discharge.js';
import { fail, must } from '../tactic/failure.js';
import { type Goal, type Progress, type Tactic, andThen, chain, keep, refl, withSides } from '../tactic/goal.js';
import { induction } from '../tactic/induction.js';
import { Rewriter, type Rewritten } from '../tactic/rewrite.js';
import { unfolding } from '../tactic/unfold.js';
import { automatic, ring } from './automatic.js';
import { type Cited, cite } from './cite.js';
import type { Context } from './context.js';
import { failedWith, stop, unlessStopped } from './failure.js';
import { laws } from './laws.js';
import * as phrase from './phrase.js';
import { type Citable, hypothesisNames, instantiated, localFact, shown } from './scope.js';

/** rewrites of one `simp`, conditions of one `cases` */
export const [simpLimit, casesLimit] = [400, 10] as const;

function find(context: Context, goal: Goal, name: Name): Citable {
  const local = goal.locals.find((l) => l.name === name.name);
  return local ? localFact(local, local.binders) : context.cite(name);
}

/** `goesOn`: steps follow it in its block. */
export function tactic(context: Context, step: StepTree, goesOn = false): Tactic {
  const tree = step.tactic;
  switch (tree._tag) {
    case 'Refl':
      return refl;
    case 'Symm':
      return symm;
    case 'Ring':
    case 'Tauto':
    case 'Normalise':
    case 'Positivity':
    case 'Field':
    case 'Linear':
      return automatic(context, step, tree._tag, goesOn);
    case 'Stream':
      return laws({
        evaluator: context.evaluator,
        known: (name) => unlessStopped(() => context.cite({ name, span: step.span })),
        ring: ring(context, step, 'stream'),
      });
    case 'Unfold':
      return unfold(context, tree.name);
    case 'Rewrite':
      return rewriting(context, tree.rule, tree.insts, tree.at, tree.side);
    case 'Simp':
      return simp(context, tree.rules);
    case 'Apply':
      return (goal) => applied(context, goal, context.cite(tree.name), tree.insts);
    case 'Assumption':
      return assumption(context, tree.name, tree.insts);
    case 'Induction':
      return (goal) => induction(axisVariable(context, goal, tree.axis), tree.side ?? 'right')(goal);
    case 'Cases':
      return cases(context, tree.on, step);
    default:
      return () => fail({ _tag: 'Stuck', tactic: tree._tag, why: 'not a step of one goal' });
  }
}

function unfold(context: Context, name: Name): Tactic {
  if (!context.env.functions.has(name.name)) {
    const candidates = near(name.name, [...context.env.functions.keys()]);
    stop({ _tag: 'UnknownName', name: name.name, candidates, kind: 'definition' }, name.span, 'E-SCOPE');
  }
  return unfolding(context.env.functions.get(name.name)!.definition, name.name);
}

function axisVariable(context: Context, goal: Goal, name: Name): core.AxisVar {
  const { axes } = phrase.environment(context.env, goal).names;
  const axis = axes.get(name.name);
  const v = axis?.terms[0]?.vars[0];
  if (!axis || !v || axis !== B.ofVar(v))
    return stop(
      { _tag: 'UnknownName', name: name.name, candidates: [...axes.keys()], kind: 'axis' },
      name.span,
      'E-SCOPE',
    );
  return v;
}

// ---- rewriting --------------------------------------------------------------------------------------------------------

const backwards = (c: Citable): Citable => ({ ...c, thm: must(core.symmetry(c.thm)) });

function rewriting(
  context: Context,
  rule: RuleName,
  insts: readonly InstTree[],
  at: number | Phrase | undefined,
  side: 'lhs' | 'rhs' | undefined,
): Tactic {
  return (goal) => {
    const env = phrase.environment(context.env, goal);
    const cited = cite(env, goal, oriented(find(context, goal, rule.name), rule), insts, false);
    const sides = side ? [side] : (['lhs', 'rhs'] as const);
    for (const s of sides) {
      const progress = rewriteSide(context, env, goal, cited, at, s);
      if (progress) return progress;
    }
    return noMatch(context, goal, cited, at, sides[0]!);
  };
}
const oriented = (c: Citable, rule: RuleName): Citable => (rule.backward ? backwards(c) : c);

function rewriteSide(
  context: Context,
  env: Env,
  goal: Goal,
  cited: Cited,
  at: number | Phrase | undefined,
  side: 'lhs' | 'rhs',
): Progress | undefined {
  const rewriter = new Rewriter(context.evaluator, goal[side]);
  const wanted = typeof at === 'object' ? nodeOf(context, phrase.term(env, goal.wires, at)) : undefined;
  const done = rewriter.apply(
    cited.citable,
    typeof at === 'number' ? at : 1,
    cited.given,
    (node) => wanted === undefined || node === wanted,
    cited.under,
  );
  return done && rewritten(goal, cited, done, side);
}

/** Its name, where it has several outputs. */
const tupleOf = ({ name, thm }: Citable): readonly string[] =>
  must(core.sequent(thm)).lhs.cod.leaves.length > 1 ? [name] : [];

/** The goal with one side rewritten, then the hypotheses of the equation. */
function rewritten(goal: Goal, cited: Cited, done: Rewritten, side: 'lhs' | 'rhs'): Progress {
  const next = {
    ...(side === 'lhs' ? withSides(goal, done.result, goal.rhs) : withSides(goal, goal.lhs, done.result)),
    before: [...(goal.before ?? []), goal[side]],
    tuples: new Set([...(goal.tuples ?? []), ...tupleOf(cited.citable)]),
  };
  const parts = discharge(goal, done.thm, hypothesisNames(instantiated(cited.citable, done.images)));
  return {
    goals: [next, ...parts.goals],
    inferred: done.images,
    prove: ([main, ...proofs]) => {
      const thm = parts.prove(proofs);
      return side === 'lhs' ? chain(thm, main!) : chain(main!, must(core.symmetry(thm)));
    },
  };
}

/** The first output of a term over the goal's wires, as a node of the pool. */
function nodeOf(context: Context, term: Term): core.Node {
  return must(core.normalForm(context.evaluator, term)).outputs[0]!.body;
}

function noMatch(
  context: Context,
  goal: Goal,
  cited: Cited,
  at: number | Phrase | undefined,
  side: 'lhs' | 'rhs',
): never {
  const rewriter = new Rewriter(context.evaluator, goal[side]);
  const wanted = typeof at === 'number' ? at : 1;
  const found = rewriter.count(cited.citable, cited.given, wanted);
  const missing = rewriter.lastUndetermined;
  const { name, thm, wires } = cited.citable;
  const given = [...cited.given.keys(), ...cited.under.keys()];
  if (found === 0 && missing.length > 0) return fail({ _tag: 'NotDetermined', name, variables: missing.map(shown) });
  return fail({
    _tag: 'NoMatch',
    name,
    wires,
    given,
    pattern: must(core.sequent(thm)).lhs,
    goal: goal[side],
    found,
    wanted,
  });
}

function simp(context: Context, rules: readonly RuleName[]): Tactic {
  return (goal) => {
    const cited = rules.map((r): Cited => ({
      citable: oriented(find(context, goal, r.name), r),
      given: new Map(),
      under: new Map(),
    }));
    const sides = (['lhs', 'rhs'] as const).map((side) => exhausted(context, goal[side], cited));
    const [l, r] = sides as [core.Thm, core.Thm];
    const next = withSides(goal, must(core.sequent(l)).rhs, must(core.sequent(r)).rhs);
    return {
      goals: [{ ...next, before: [...(goal.before ?? []), goal.lhs, goal.rhs] }],
      prove: ([p]) => chain(l, p!, must(core.symmetry(r))),
    };
  };
}

function exhausted(context: Context, side: Term, cited: readonly Cited[]): core.Thm {
  let thm = must(core.structural(side, side));
  for (let count = 0; count < simpLimit; count++) {
    const now = must(core.sequent(thm)).rhs;
    const rewriter = new Rewriter(context.evaluator, now);
    let done: Rewritten | undefined;
    for (const c of cited) if ((done ??= rewriter.apply(c.citable, 1, c.given))) break;
    if (!done) return thm;
    thm = chain(thm, done.thm);
  }
  return fail({ _tag: 'Budget', tactic: 'simp', limit: simpLimit });
}

// ---- closing ----------------------------------------------------------------------------------------------------------

function applied(context: Context, goal: Goal, citable: Citable, insts: readonly InstTree[]): Progress {
  const env = phrase.environment(context.env, goal);
  const cited = cite(env, goal, citable, insts, true);
  const args = needsArguments(goal, cited)
    ? argumentsFor(goal.wires, cited.citable.wires, cited.given, citable.name)
    : undefined;
  return applyTheorem(citable.name, cited.citable.thm, hypothesisNames(cited.citable), args)(goal);
}
const needsArguments = (goal: Goal, cited: Cited): boolean =>
  cited.given.size > 0 || must(core.sequent(cited.citable.thm)).lhs.dom !== goal.lhs.dom;

/** Hypotheses that are tried at most: each try looks at all of them. */
const assumptionLimit = 300;
function assumption(context: Context, name: Name | undefined, insts: readonly InstTree[]): Tactic {
  return (goal) => {
    const candidates = goal.locals.filter((l) => name === undefined || l.name === name.name);
    if (candidates.length === 0) return fail({ _tag: 'Missing', name: name?.name ?? 'assumption', role: 'hypothesis' });
    let failure: unknown;
    for (const [i, l] of candidates.entries()) {
      if (i >= assumptionLimit) return fail({ _tag: 'Budget', tactic: 'assumption', limit: assumptionLimit });
      try {
        return applied(context, goal, localFact(l, l.binders), insts);
      } catch (error) {
        const code = failedWith(error);
        if (code === undefined || code === 'E-BUDGET') throw error;
        failure ??= error;
      }
    }
    throw failure;
  };
}

/** Several conditions: every combination that structural equality does not close. */
function cases(context: Context, on: readonly Phrase[], step: StepTree): Tactic {
  if (on.length > casesLimit) return () => fail({ _tag: 'Budget', tactic: 'cases', limit: casesLimit });
  const [first, ...rest] = on.map((phrase) => casesOn(context, phrase, step));
  if (rest.length === 0) return first!;
  const next = rest.reduceRight(
    (later: Tactic, split): Tactic => unlessClosed((g) => andThen(split(g), later)),
    unlessClosed(keep),
  );
  return (goal) => andThen(first!(goal), next);
}
const unlessClosed =
  (tactic: Tactic): Tactic =>
  (goal) =>
    must(core.equal(goal.lhs, goal.rhs)) ? refl(goal) : tactic(goal);

function casesOn(context: Context, on: Phrase, step: StepTree): Tactic {
  return (goal) => {
    const axiom = { thm: context.need('boolean-cases', step.span, 'cases').thm };
    const wire = goal.wires.find((w) => w.name === on.text.trim());
    if (wire && wire.object === B.boolean()) return casesOnWire(axiom, wire.name)(goal);
    const env = phrase.environment(context.env, goal);
    return casesOnTerm(axiom, context.evaluator, phrase.term(env, goal.wires, on, B.boolean()))(goal);
  };
}
