/**
 * `positivity`: that an expression is positive, not negative, or not 0, by its form; under the conditions of an `if`, by what they say. Invariant: a
 * sign that the form does not decide is a failure, never a guess. Knows nothing of scripts.
 */
import type { Node, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import type { CasesAxiom } from './cases.js';
import { type Fact, Facts } from './fact.js';
import { fail, must } from './failure.js';
import { type Goal, type Tactic, chain, structural, withSides } from './goal.js';
import type { Evaluator } from './opening.js';
import type { Equation } from './rewrite.js';
import { type SideReading, readingOf } from './reading.js';
import { type Sign, Signs } from './signs.js';
import { sumsOf } from './sum-sign.js';
import { tauto } from './tauto.js';

export interface SignTools {
  readonly evaluator: Evaluator;
  readonly lemma: (name: string) => Thm;
  /** a lemma to rewrite by */
  readonly equation: (name: string) => Equation;
  readonly cases: () => CasesAxiom;
}

/** What a goal says: a sign of a node, or of the difference of two. */
interface Claim {
  readonly sign: Sign;
  readonly of: Node;
}

const isZero = (n: Node): boolean => n.data._tag === 'Poly' && n.data.terms.length === 0;
const operator = (n: Node): string | undefined => (n.data._tag === 'Op' ? n.data.operator : undefined);
const bodies = (n: Node): readonly Node[] => n.cells.map((c) => c.body);

/** 0 < e; e < 0, which is denied; not e == 0, as `==` is computed. */
function claimOf(node: Node, isTrue: boolean): Claim | undefined {
  const [a, b] = bodies(node);
  const op = operator(node);
  if (op === 'not') return claimOf(a!, !isTrue);
  if (op === 'lt' && isTrue && isZero(a!)) return { sign: 'positive', of: b! };
  if (op === 'lt' && !isTrue && isZero(b!)) return { sign: 'not-negative', of: a! };
  if (op !== 'and' || isTrue) return undefined;
  // not (e < 0) and not (0 < e)
  const [p, q] = [claimOf(a!, true), claimOf(b!, true)];
  const below = p?.sign === 'not-negative' ? p : q;
  const other = bodies(p?.sign === 'not-negative' ? b! : a!)[0];
  const isPair = below?.sign === 'not-negative' && other !== undefined && operator(other) === 'lt';
  return isPair && isZero(bodies(other)[0]!) && bodies(other)[1] === below.of
    ? { sign: 'not-zero', of: below.of }
    : undefined;
}

/** The conditions that hold where all of one does. */
function conjuncts(node: Node): readonly Node[] {
  return operator(node) === 'and' ? bodies(node).flatMap(conjuncts) : [node];
}

/** The facts of a guard, each by cases. */
function givenBy(tools: SignTools, facts: Facts, goal: Goal, reading: SideReading, guard: Node): readonly Fact[] {
  const close = tauto(tools.cases(), tools.evaluator);
  return conjuncts(guard).map((node) => {
    const term = reading.term(node);
    const said = withSides(goal, facts.guarded(term), facts.truth(true));
    return { term, thm: close(said).prove([]) };
  });
}

/** Signs of the nodes of a side, under a condition of it. */
export function signsOf(tools: SignTools, goal: Goal, reading: SideReading, guard: Node | undefined) {
  const side = goal.lhs;
  const g = guard ? reading.term(guard) : B.compose(B.discard(side.dom), B.operator('true'));
  const facts = new Facts(side.dom, g, tools.lemma);
  const given = guard ? givenBy(tools, facts, goal, reading, guard) : [];
  return { facts, signs: new Signs(facts, reading.term, given, sumsOf(tools, reading, side)) };
}

export const positivity =
  (tools: SignTools): Tactic =>
  (goal) => {
    const reading = readingOf(tools.evaluator, goal.lhs);
    const [root, ...more] = reading.roots;
    const right = readingOf(tools.evaluator, goal.rhs).roots[0]?.data;
    if (!root || more.length > 0 || root.free > 0 || right?._tag !== 'Literal') return fail({ _tag: 'NoClaim' });
    const [condition, body, otherwise] = root.data._tag === 'Select' ? bodies(root) : [undefined, root, undefined];
    const isGuarded =
      condition !== undefined && right.value && otherwise?.data._tag === 'Literal' && otherwise.data.value;
    const claim = claimOf(isGuarded || !condition ? body! : root, right.value);
    if (!claim) return fail({ _tag: 'NoClaim' });
    const { facts, signs } = signsOf(tools, goal, reading, isGuarded ? condition : undefined);
    const found = signs.of(claim.sign, { _tag: 'Node', node: claim.of });
    if (!found) return fail({ _tag: 'NoSign', sign: claim.sign, of: reading.term(claim.of) });
    return { goals: [], prove: () => closing(goal.lhs, goal.rhs, found, facts, right.value) };
  };

/** lhs = true from (if guard then claim else true) = true; lhs = false where the claim is not lhs, without a guard. */
function closing(lhs: Term, rhs: Term, { term, thm }: Fact, facts: Facts, isTrue: boolean): Thm {
  const sides = must(core.sequent(thm));
  if (isTrue) return chain(structural(lhs, sides.lhs), thm, structural(sides.rhs, rhs));
  const plain = chain(structural(term, sides.lhs), thm);
  const denied = facts.denied(lhs, plain);
  return chain(denied, structural(must(core.sequent(denied)).rhs, rhs));
}
