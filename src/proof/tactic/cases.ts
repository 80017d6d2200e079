/**
 * Argument by cases on a boolean: the goal with it true, then false. The axiom of cases is handed in; the condition is a
 * wire of the goal, or an expression, all of whose occurrences become one wire first.
 */
import type { Cell, Node, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { compile } from '../../language/point/compile.js';
import { compileReadback } from './compiled.js';
import { type Binding, apply as call, tuple, wire } from '../../language/point/point.js';
import { seq } from '../../language/point/wiring.js';
import { explode, implode, slotObject } from './blocks.js';
import { fail, must } from './failure.js';
import { type Goal, type Tactic, chain, reflexive, structural, withSides } from './goal.js';
import { type Evaluator, Openings } from './opening.js';
import { Readback } from './readback.js';

/** f(true, x) = g(true, x), f(false, x) = g(false, x) |- f = g, for f, g : B * A -> C */
export interface CasesAxiom {
  readonly thm: Thm;
}

const truth = (value: boolean): Term => B.operator(value ? 'true' : 'false');

/** Both branches prove f = g for f, g : B * A -> C. */
function byCases(
  axiom: CasesAxiom,
  f: Term,
  g: Term,
): { readonly goals: readonly [Term, Term][]; readonly prove: (parts: readonly Thm[]) => Thm } {
  const rest = must(core.variables(axiomSides(axiom).lhs));
  const morphisms = [...rest.morphisms, ...must(core.variables(axiomSides(axiom).rhs)).morphisms];
  const object = core.withoutPrefix(B.boolean(), f.dom);
  if (morphisms.length !== 2 || !object)
    return fail({ _tag: 'Stuck', tactic: 'cases', why: 'the axiom of cases has another form' });
  const [h, k] = morphisms as [core.MorphismVar, core.MorphismVar];
  const [domVar] = h.dom.leaves.flatMap((l) => (l.base._tag === 'ObjVar' ? [l.base.name] : []));
  const [codVar] = h.cod.leaves.flatMap((l) => (l.base._tag === 'ObjVar' ? [l.base.name] : []));
  const thm = must(
    core.instantiate(axiom.thm, {
      objects: [
        [domVar!, object],
        [codVar!, f.cod],
      ],
      morphisms: [
        [h, B.family([], f)],
        [k, B.family([], g)],
      ],
    }),
  );
  const hypotheses = must(core.sequent(thm)).hypotheses;
  const branch = (t: Term, value: boolean): Term => seq(B.tensor(truth(value), B.id(object)), t);
  const goals = [true, false].map((v): [Term, Term] => [branch(f, v), branch(g, v)]);
  const prove = (parts: readonly Thm[]): Thm =>
    hypotheses.reduce((acc, hyp) => {
      // both sides: one of them may be the same in both branches
      const which = goals.findIndex(([l, r]) => must(core.equal(l, hyp.lhs)) && must(core.equal(r, hyp.rhs)));
      const [l, r] = goals[which]!;
      const exact = chain(structural(hyp.lhs, l), parts[which]!, structural(r, hyp.rhs));
      return must(core.cut(exact, [], acc));
    }, thm);
  return { goals, prove };
}
const axiomSides = (axiom: CasesAxiom): core.Sequent => must(core.sequent(axiom.thm));

/** Cases on a boolean wire: it is gone from the goals. */
export const casesOnWire =
  (axiom: CasesAxiom, name: string): Tactic =>
  (goal) => {
    const on = goal.wires.find((w) => w.name === name);
    if (!on || on.object !== B.boolean())
      return fail({ _tag: 'NoSuchWire', name, wires: goal.wires.map((w) => w.name) });
    const others = goal.wires.filter((w) => w !== on);
    const toFront = compile(goal.wires, tuple(wire(name), ...others.map((w) => wire(w.name))));
    const back = compile([on, ...others], tuple(...goal.wires.map((w) => wire(w.name))));
    const split = byCases(axiom, seq(back, goal.lhs), seq(back, goal.rhs));
    return {
      goals: split.goals.map(([lhs, rhs]) => ({ ...goal, wires: others, lhs, rhs })),
      prove: (parts) => {
        const moved = must(core.composeCong(reflexive(toFront), split.prove(parts)));
        const { lhs, rhs } = must(core.sequent(moved));
        return chain(structural(goal.lhs, lhs), moved, structural(rhs, goal.rhs));
      },
    };
  };

/** A term over the condition and the goal's wires, in which the condition's node is the new first wire. */
function abstracted(evaluator: Evaluator, goal: Goal, side: Term, condition: Term): Term {
  const form = must(core.normalForm(evaluator, side));
  const inputs = must(core.normalForm(evaluator, B.id(side.dom))).outputs;
  const [cell] = evaluator.value(condition, inputs) as [Cell];
  const names = form.inputs.map((_, i) => `in#${i}`);
  const readback = new Readback(new Openings(evaluator, (i) => form.inputs[i]!), names, (node: Node) =>
    node === cell.body ? wire('case#') : undefined,
  );
  const slots: readonly Binding[] = form.inputs.map((s, i) => ({ name: names[i]!, object: slotObject(s) }));
  const body = compileReadback([{ name: 'case#', object: B.boolean() }, ...slots], readback.outputs(form.outputs));
  return seq(B.tensor(B.id(B.boolean()), explode(side.dom)), body, implode(goal.lhs.cod));
}

/** Cases on a boolean term over the goal's wires; every occurrence of it becomes true, then false. */
export const casesOnTerm =
  (axiom: CasesAxiom, evaluator: Evaluator, condition: Term): Tactic =>
  (goal) => {
    const [f, g] = [goal.lhs, goal.rhs].map((side) => abstracted(evaluator, goal, side, condition)) as [Term, Term];
    const split = byCases(axiom, f, g);
    const wires = goal.wires.map((w) => wire(w.name));
    const feed = compile(goal.wires, tuple(call(condition, ...wires), ...wires));
    return {
      goals: split.goals.map(([lhs, rhs]) => withSides(goal, lhs, rhs)),
      prove: (parts) => {
        const fed = must(core.composeCong(reflexive(feed), split.prove(parts)));
        const { lhs, rhs } = must(core.sequent(fed));
        return chain(structural(goal.lhs, lhs), fed, structural(rhs, goal.rhs));
      },
    };
  };
