/**
 * The domain of a kernel (docs/explanation/trust.md, The axioms are true): where neither side of its theorem uses a convention. Each condition is read off a normal
 * form (a reciprocal's argument is not 0, a logarithm's is positive, a root's is not negative); it is proved by its form, as `positivity` does, or by
 * rewriting with facts about `<` that its file sees, or it is a precondition. Proves through the core only.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Node, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { seq } from '../../language/point/wiring.js';
import type { Binding } from '../../language/point/point.js';
import type { Citable } from '../../proof/script/scope.js';
import { must } from '../../proof/tactic/failure.js';
import { type Evaluator, Openings, openedChildren } from '../../proof/tactic/opening.js';
import { arrayOf } from '../../proof/tactic/reading.js';
import { Rewriter } from '../../proof/tactic/rewrite.js';
import { type Lemmas, type NotNegative, type Typed, arraysOf, signOf, squared } from './sign.js';

export interface Condition {
  /** what the argument must be */
  readonly requires: 'positive' | 'not negative' | 'not zero';
  /** the argument, as an array over the indices that it is under, from the wires */
  readonly argument: Term;
  readonly wires: readonly Binding[];
  readonly proved: boolean;
  /** the theorems that prove it */
  readonly by: readonly Thm[];
}

const requirement: Readonly<Record<string, Condition['requires']>> = {
  recip: 'not zero',
  log: 'positive',
  sqrt: 'not negative',
};

/** What says when something is less than something, without hypotheses: it rewrites `0 < x` towards `true`. */
export function isOrderFact({ lhs, rhs, hypotheses }: Said, evaluator: Evaluator): boolean {
  if (hypotheses.length > 0 || lhs.cod !== B.boolean()) return false;
  const [variables, form] = [core.variables(lhs, rhs), core.normalForm(evaluator, lhs)];
  if (E.isLeft(variables) || E.isLeft(form) || variables.right.morphisms.size > 0) return false;
  const head = form.right.outputs[0]!.body.data;
  return head._tag === 'Op' && head.operator === 'lt';
}

/** A statement: its sides, and what it is said under. */
interface Said {
  readonly lhs: Term;
  readonly rhs: Term;
  readonly hypotheses: readonly unknown[];
}

export const orderFacts = (all: Iterable<Citable>, evaluator: Evaluator): readonly Citable[] =>
  [...all].filter((c) => isOrderFact(must(core.sequent(c.thm)), evaluator));

/** What conditions are proved by. */
export interface Known {
  readonly facts: readonly Citable[];
  readonly lemmas: Lemmas;
  /** which of the state of the stream's loop is never negative */
  readonly kept: () => NotNegative;
}

/** The conditions of the sides of a theorem, each once. */
export function conditions(sides: readonly Typed[], known: Known, evaluator: Evaluator): readonly Condition[] {
  const found = new Map<string, Condition>();
  for (const side of sides)
    for (const c of ofSide(side, evaluator)) {
      const key = `${c.requires} ${c.argument.id} ${side.holds !== undefined}`;
      if (found.has(key)) continue;
      const by = byForm(c, known, side, evaluator) ?? byFacts(c, known.facts, evaluator);
      found.set(key, { ...c, proved: by !== undefined, by: by ?? [] });
    }
  return [...found.values()];
}

function ofSide({ term, wires }: Typed, evaluator: Evaluator): readonly Condition[] {
  const form = must(core.normalForm(evaluator, term));
  const openings = new Openings(evaluator, (i) => form.inputs[i]!);
  const seen = new Set<Node>();
  const out: Condition[] = [];
  const pending = form.outputs.map((c) => openings.array(c).body).reverse();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const requires = node.data._tag === 'Op' ? requirement[node.data.operator] : undefined;
    const argument = requires && arrayOf(openings, node.cells[0]!.body, term.dom);
    if (requires && argument) out.push({ requires, argument, wires, proved: false, by: [] });
    pending.push(...[...openedChildren(openings, node)].reverse());
  }
  return out;
}

const asked = { positive: 'positive', 'not negative': 'not-negative', 'not zero': 'not-zero' } as const;

/** By the form of the argument; else by that, where state that is not negative is written as a square. */
function byForm(
  { argument, requires }: Condition,
  { lemmas, kept }: Known,
  side: Typed,
  evaluator: Evaluator,
): readonly Thm[] | undefined {
  const [plain] = arraysOf(argument, evaluator);
  const known = plain && signOf(plain, asked[requires], lemmas, evaluator);
  if (known) return [known];
  if (!side.holds) return undefined;
  const { components, by } = kept();
  const [array] = components.size > 0 ? arraysOf(seq(squared(side, components), argument), evaluator) : [];
  const found = array && signOf(array, asked[requires], lemmas, evaluator);
  return found && [...by, found];
}

const limit = 60;

/** The facts by which `0 < argument` (or not argument < 0) is rewritten to true at every index. */
function byFacts(
  { argument, requires }: Condition,
  facts: readonly Citable[],
  evaluator: Evaluator,
): readonly Thm[] | undefined {
  const axes = argument.cod.leaves[0]!.axes;
  const truth = axes.reduceRight((t: Term, a) => seq(t, B.repeat(a, t.cod)), B.operator('true'));
  const wanted = seq(B.discard(argument.dom), truth);
  const goals = requires === 'not negative' ? [positive(), nonNegative()] : [positive()];
  for (const scalar of goals) {
    const all = axes.reduceRight((t: Term, a) => B.map(a, t), scalar);
    const used = rewritten(seq(argument, all), wanted, facts, evaluator);
    if (used) return used.map((u) => u.thm);
  }
  return undefined;
}

/** The facts that rewrite a term to another, the first that fits at every step. */
function rewritten(
  from: Term,
  wanted: Term,
  facts: readonly Citable[],
  evaluator: Evaluator,
): readonly Citable[] | undefined {
  const used: Citable[] = [];
  let now = from;
  while (used.length < limit) {
    if (must(core.equal(now, wanted))) return used;
    const rewriter = new Rewriter(evaluator, now);
    const next = firstOf(facts, (f) => rewriter.apply(f, 1)?.result);
    if (!next) return undefined;
    used.push(next.fact);
    now = next.term;
  }
  return undefined;
}
function firstOf(
  facts: readonly Citable[],
  apply: (fact: Citable) => Term | undefined,
): { readonly fact: Citable; readonly term: Term } | undefined {
  for (const fact of facts) {
    const term = apply(fact);
    if (term) return { fact, term };
  }
  return undefined;
}
const zero = (): Term => B.constant(must(core.rational(0n)));
const positive = (): Term => seq(B.tensor(zero(), B.id(B.real())), B.operator('lt'));
const nonNegative = (): Term => seq(B.tensor(B.id(B.real()), zero()), B.operator('lt'), B.operator('not'));
