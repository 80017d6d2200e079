/**
 * The domain of a kernel (docs/explanation/trust.md, The axioms are true): where neither side of its theorem uses a convention. Each condition is read off a normal
 * form (a reciprocal's argument is not 0, a logarithm's is positive, a root's is not negative); it is proved by rewriting with
 * the library's own facts about `<`, or it is a precondition. Proves through the core only.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Node, Obj, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { compile } from '../../language/point/compile.js';
import { mentions } from '../../language/point/hoist.js';
import { type Expr, letIn, mapOver } from '../../language/point/point.js';
import { seq } from '../../language/point/wiring.js';
import type { Binding } from '../../language/point/point.js';
import type { Citable } from '../../proof/script/scope.js';
import { explode, slotObject } from '../../proof/tactic/blocks.js';
import { must } from '../../proof/tactic/failure.js';
import { type Evaluator, Openings, type Scope, openedChildren } from '../../proof/tactic/opening.js';
import { Readback } from '../../proof/tactic/readback.js';
import { Rewriter } from '../../proof/tactic/rewrite.js';

export interface Condition {
  /** what the argument must be */
  readonly requires: 'positive' | 'not negative' | 'not zero';
  /** the argument, as an array over the indices that it is under, from the wires */
  readonly argument: Term;
  readonly wires: readonly Binding[];
  readonly proved: boolean;
  /** the facts that prove it */
  readonly by: readonly Citable[];
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

/** The conditions of the sides of a theorem, each once. */
export function conditions(
  sides: readonly Typed[],
  facts: readonly Citable[],
  evaluator: Evaluator,
): readonly Condition[] {
  const found = new Map<string, Condition>();
  for (const side of sides)
    for (const c of ofSide(side, evaluator)) {
      const key = `${c.requires} ${c.argument.id}`;
      if (found.has(key)) continue;
      const by = proofOf(c, facts, evaluator);
      found.set(key, { ...c, proved: by !== undefined, by: by ?? [] });
    }
  return [...found.values()];
}

export interface Typed {
  readonly term: Term;
  readonly wires: readonly Binding[];
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
    const argument = requires && argumentOf(openings, node.cells[0]!.body, term.dom);
    if (requires && argument) out.push({ requires, argument, wires, proved: false, by: [] });
    pending.push(...[...openedChildren(openings, node)].reverse());
  }
  return out;
}

/** The argument over all indices that are free in it; none where it depends on a loop's state. */
function argumentOf(openings: Openings, node: Node, dom: Obj): Term | undefined {
  const names = namesIn(node);
  if (names.some((n) => openings.loops.has(n))) return undefined;
  const inputs = must(core.slots(dom)).map((s, i): Binding => ({ name: `in#${i}`, object: slotObject(s) }));
  const readback = new Readback(
    openings,
    inputs.map((i) => i.name),
  );
  const inner = readback.scalar(node);
  const scopes: Scope[] = [openings.top, ...new Set(names.map((n) => openings.indices.get(n)!.scope))];
  const body = names.reduceRight((e: Expr, name, i) => {
    const index = openings.indices.get(name)!;
    const last = names[i + 1] === undefined || openings.indices.get(names[i + 1]!)!.scope !== index.scope;
    return mapOver(index.text, B.ofVar(index.axis), last ? wrapped(index.scope, e) : e);
  }, inner);
  return seq(explode(dom), compile(inputs, wrapped(scopes[0]!, body)));
}
/** Under the lets of the scope that it mentions: the others were made for other arguments, at indices that are not bound here. */
const wrapped = (scope: Scope, e: Expr): Expr =>
  scope.lets.reduceRight(
    (body: Expr, l) => (mentions(new Set(l.names.map((n) => n.name)), body) ? letIn(l.names, l.value, body) : body),
    e,
  );

function namesIn(node: Node, into = new Set<number>()): readonly number[] {
  const seen = new Set<Node>();
  const pending = [node];
  for (let n = pending.pop(); n; n = pending.pop()) {
    if (seen.has(n) || n.free === 0) continue;
    seen.add(n);
    for (const r of n.refs) if (r._tag === 'Free') into.add(r.name);
    pending.push(...n.cells.map((c) => c.body));
  }
  return [...into].sort((a, b) => a - b);
}

const limit = 60;

/** The facts by which `0 < argument` (or not argument < 0) is rewritten to true at every index. */
function proofOf(
  { argument, requires }: Condition,
  facts: readonly Citable[],
  evaluator: Evaluator,
): readonly Citable[] | undefined {
  const axes = argument.cod.leaves[0]!.axes;
  const truth = axes.reduceRight((t: Term, a) => seq(t, B.repeat(a, t.cod)), B.operator('true'));
  const wanted = seq(B.discard(argument.dom), truth);
  const goals = requires === 'not negative' ? [positive(), nonNegative()] : [positive()];
  for (const scalar of goals) {
    const all = axes.reduceRight((t: Term, a) => B.map(a, t), scalar);
    const used = rewritten(seq(argument, all), wanted, facts, evaluator);
    if (used) return used;
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
