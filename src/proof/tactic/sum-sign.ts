/**
 * The sign of a sum: what every element is, the sum is. Elements are an expression of their own, over what they read at one place; its sign, proved
 * there, is the hypothesis of a lemma about sums. Invariant: a loop that adds nothing up, or whose element reads its state, is no sum.
 */
import type { Node, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { before } from './apply.js';
import { Facts } from './fact.js';
import { must } from './failure.js';
import { chain, structural } from './goal.js';
import { type Evaluator, type Openings, freeNames, loopCells } from './opening.js';
import { type Elementwise, type SideReading, arrayOf, elementwise, readingOf } from './reading.js';
import { type Sign, Signs, type Sum } from './signs.js';

export interface SumTools {
  readonly evaluator: Evaluator;
  readonly lemma: (name: string) => Thm;
}

/** `claim = true`, of the sign of what a term yields. */
export interface Signed {
  readonly claim: Term;
  readonly thm: Thm;
}

/** What a loop of one number adds to it at its turn. */
function addend(openings: Openings, node: Node): Node | undefined {
  if (node.data._tag !== 'Fold') return undefined;
  const { inits, steps } = loopCells(node);
  if (inits.length !== 1 || inits[0]!.vars.length > 0) return undefined;
  const { body } = openings.array(openings.step(node, steps[0]!, node.data.axis));
  if (body.data._tag !== 'Op' || body.data.operator !== 'add') return undefined;
  const [a, b] = body.cells.map((c) => c.body);
  const { loop } = openings.turn(node, node.data.axis);
  const isState = (n: Node): boolean =>
    n.data._tag === 'State' && n.refs[0]?._tag === 'Free' && n.refs[0].name === loop;
  return isState(a!) ? b : isState(b!) ? a : undefined;
}

/** The sums of a side. */
export const sumsOf =
  (tools: SumTools, { openings, term }: SideReading, side: Term) =>
  (node: Node): Sum | undefined => {
    const each = addend(openings, node);
    if (!each || node.data._tag !== 'Fold') return undefined;
    const { axis } = node.data;
    const parts = element(openings, each, axis, side);
    if (!parts) return undefined;
    const [start] = loopCells(node).inits.map((c) => c.body);
    const by = (lemma: string, element: Sign): Thm | undefined => {
      const every = signed(tools, parts.body, element);
      return every && sumLemma(tools.lemma(lemma), axis, parts, term(start!), every);
    };
    return { start: start!, axis, by };
  };

/** What is added, as a body over what it reads at a turn; where it is the same at every turn, over all wires, repeated. */
function element(openings: Openings, each: Node, axis: core.AxisVar, side: Term): Elementwise | undefined {
  const array = arrayOf(openings, each, side.dom, 'within');
  if (array && freeNames(each).length > 0) return elementwise(array);
  return array && { axis: B.ofVar(axis), prepare: B.repeat(B.ofVar(axis), side.dom), body: array };
}

/** The sign of a number that a term yields, whatever its wires hold. */
export function signed(tools: SumTools, term: Term, sign: Sign): Signed | undefined {
  const reading = readingOf(tools.evaluator, term);
  const [root] = reading.roots;
  if (!root) return undefined;
  const always = B.compose(B.discard(term.dom), B.operator('true'));
  const facts = new Facts(term.dom, always, tools.lemma);
  const signs = new Signs(facts, reading.term, [], sumsOf(tools, reading, term));
  const found = signs.of(sign, { _tag: 'Node', node: root });
  if (!found) return undefined;
  const sides = must(core.sequent(found.thm));
  const claim = signs.claim(sign, term);
  return { claim, thm: chain(structural(claim, sides.lhs), found.thm, structural(sides.rhs, facts.truth(true))) };
}

/** `given (y : A) : CLAIM of f(y) = true : (if START of c then CLAIM of the sum else true) = true`, at a start and at elements. */
function sumLemma(lemma: Thm, axis: core.AxisVar, parts: Elementwise, start: Term, every: Signed): Thm {
  const sides = must(core.sequent(lemma));
  const { axes, morphisms } = must(core.variables(sides.lhs, sides.rhs));
  const [n] = axes;
  const [f] = morphisms;
  const [object] = f!.dom.leaves.flatMap((l) => (l.base._tag === 'ObjVar' ? [l.base.name] : []));
  const made = must(
    core.instantiate(lemma, {
      axes: [[n!, B.ofVar(axis)]],
      objects: [[object!, parts.body.dom]],
      morphisms: [[f!, B.family([], parts.body)]],
    }),
  );
  const [hypothesis] = must(core.sequent(made)).hypotheses;
  const { lhs, rhs } = must(core.sequent(every.thm));
  const exact = chain(structural(hypothesis!.lhs, lhs), every.thm, structural(rhs, hypothesis!.rhs));
  const { dom } = start;
  return before(B.compose(B.copy(dom), B.tensor(start, parts.prepare)), must(core.cut(exact, [], made)));
}
