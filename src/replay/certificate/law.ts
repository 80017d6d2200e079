/**
 * Whether what was proved is what the statement files say. Invariant: free variables are the same values in both, so names, sorts, emptiness
 * and signatures count; sides are compared as functions. It does not know how the statement files are read.
 */
import { type Axis, type AxisVar, ofVar, paths, requireFit } from '../logic/axis.js';
import { gather, scatter, type Value, wires } from '../logic/blocks.js';
import { formOf, sameFunction, start } from '../logic/equal.js';
import { type Side, type Wire } from '../logic/expression.js';
import { type Obj, shape, object, substObject, tensor, weave } from '../logic/object.js';
import { bindWires, express, type Scope, type Typed } from '../logic/pointful.js';
import { refuse, require } from '../logic/refusal.js';
import { type Sequent } from '../logic/rules.js';
import { type Law, type StreamLaw } from '../language/statement.js';
import { type Hypothesis, substitute, variablesOf } from '../logic/substitute.js';
import { type Term } from '../logic/term.js';
import { each, run, type Then } from '../logic/trampoline.js';

const diagram = (term: Term): Side => ({ _tag: 'Diagram', term });

/** Binder by binder of one sort and emptiness, and both sides equal. */
const isGiven = (h: Hypothesis, given: Law['hypotheses'][number]): boolean => {
  const { binders } = given;
  const alike = (v: AxisVar, n: number): boolean =>
    v.sort === h.binders[n]?.sort && v.maybeEmpty === h.binders[n]?.maybeEmpty;
  if (binders.length !== h.binders.length || !binders.every(alike)) return false;
  const free = [h.lhs, h.rhs].map(variablesOf);
  if (binders.some((v) => free.some((vars) => vars.axes.has(v) || vars.signature.has(v)))) return false;
  const axes = new Map(h.binders.map((v, n) => [v, ofVar(binders[n] ?? v)]));
  return (
    sameFunction(diagram(substitute(h.lhs, { axes })), given.lhs) &&
    sameFunction(diagram(substitute(h.rhs, { axes })), given.rhs)
  );
};

/** f and g are the sides, and every hypothesis is one of the givens. */
export const requireLaw = (law: Law, { given, lhs, rhs }: Sequent): void => {
  require(sameFunction(diagram(lhs), law.lhs), 'the left side is not that of the statement');
  require(sameFunction(diagram(rhs), law.rhs), 'the right side is not that of the statement');
  for (const h of given)
    require(law.hypotheses.some((g) => isGiven(h, g)), 'a hypothesis is none of those of the statement');
};

/** What is printed of a sequent says which variable is meant by its name alone. */
export const requireNames = ({ given, lhs, rhs }: Sequent): void => {
  const all = [lhs, rhs, ...[...given].flatMap((h) => [h.lhs, h.rhs])].map(variablesOf);
  const axes = new Set(all.flatMap((vars) => [...vars.axes, ...vars.signature]).filter((v) => !v.bound));
  require(new Set([...axes].map((v) => v.name)).size === axes.size, 'two axis variables have one name');
};

/** All of the givens, and no more. */
export const requireAxiom = (law: Law, sequent: Sequent): void => {
  requireLaw(law, sequent);
  for (const g of law.hypotheses)
    require([...sequent.given].some((h) => isGiven(h, g)), `the hypothesis ${g.name} of the axiom is missing`);
};

/** The body over the wires of the scope: a diagram is applied to all of them. */
const bodyOf = ({ spec }: { readonly spec: Side }, own: readonly Wire[]): Batched['body'] =>
  spec._tag === 'Pointful'
    ? spec.body
    : {
        _tag: 'Apply',
        term: spec.term,
        argument: { _tag: 'Tuple', parts: own.map(({ name }) => ({ _tag: 'Wire', name })) },
      };

export interface Schedule {
  readonly axes: ReadonlyMap<AxisVar, Axis>;
  readonly batch: Axis;
  /** of a stream under conditions: the right side where they are met */
  readonly branch?: Term;
}

/** What a side of the theorem is, for each index of the batch: a body over wires, and what further wires have there. */
interface Batched {
  readonly body: Extract<Side, { _tag: 'Pointful' }>['body'];
  readonly wires: readonly Wire[];
  readonly extra: readonly Wire[];
  /** arrays with the batch in front, for the extra wires */
  readonly given: Value;
}

/** The object of a value of the batch, and the value of the body at every index, as one. */
const overBatch = (
  { axes, batch }: Schedule,
  dom: Obj,
  { body, wires: own, extra, given }: Batched,
): { readonly o: Obj; readonly x: Value } => {
  const image = (w: Wire): Obj => substObject(w.object, (v) => axes.get(v));
  const objects = own.map(image);
  const batched = own.map((w) => w.object.leaves.some((leaf) => leaf.axes.length > 0));
  const whole = objects.map((o, n) => (batched[n] ? weave(batch, o) : o));
  require(tensor(...whole) === dom, 'the left side takes other wires than the stream');
  const inputs = wires(dom);
  const added = tensor(...extra.map(image));
  const at = (path: readonly AxisVar[], n: number, then: Then<Typed>): void => {
    let from = 0;
    const here = whole.flatMap((o, wire) => {
      const x = inputs.slice(from, (from += shape(o).length));
      return batched[wire] ? (scatter(x, batch, objects[wire] ?? object([]))[n] ?? []) : x;
    });
    const more = extra.length > 0 ? (scatter(given, batch, added)[n] ?? []) : [];
    const scope: Scope = { axes, depth: path.length };
    const all = { o: tensor(...objects, added), x: [...here, ...more] };
    express(body, bindWires(scope, [...own, ...extra], all), false, then);
  };
  const parts = run<readonly Typed[]>((then) => each(paths(batch), at, then));
  const o = parts[0]?.o ?? refuse('the batch has no element');
  const x = gather(
    parts.map((p) => p.x ?? []),
    o,
  );
  return { o, x };
};

const requireSide = (term: Term, batch: Axis, { o, x }: ReturnType<typeof overBatch>, why: string): void => {
  const found = formOf(diagram(term));
  const equal = found.x.length === x.length && found.x.every((e, n) => e === x[n]);
  require(found.cod === weave(batch, o) && equal, why);
};

/**
 * No hypothesis is left, and f takes each wire that has an axis with the batch in front, each scalar wire as it is, and has at every
 * index of the batch the value of the spec on the elements there. Under conditions both sides have that form, g about the branch that is named.
 */
export const requireSchedule = (stream: StreamLaw, { given, lhs, rhs }: Sequent, schedule: Schedule): void => {
  const { axes, batch, branch } = schedule;
  const { under } = stream;
  require(given.size === 0, 'a hypothesis is left');
  axes.forEach((axis, v) => {
    require(stream.axes.includes(v), `${v.name} is no axis of the stream`);
    requireFit(v, axis);
  });
  require((under === undefined) ===
    (branch === undefined), 'a branch is named exactly where the stream has conditions');
  start();
  const own = [...stream.wires, ...(under?.others ?? [])];
  const spec = { body: bodyOf(under ?? stream, own), wires: own, extra: [], given: [] };
  requireSide(lhs, batch, overBatch(schedule, lhs.dom, spec), 'the left side is not the spec of the stream');
  if (!under || !branch) return;
  const computed = formOf(diagram(branch));
  const parts = own.slice(0, stream.wires.length).map((w) => w.object);
  require(branch.dom === domOf(schedule, parts), 'the branch takes other wires than the stream');
  const results = substObject(tensor(...under.branches.map((w) => w.object)), (v) => axes.get(v));
  require(computed.cod === weave(batch, results), 'the branch has other results than the stream');
  const body = bodyOf({ spec: under.branch }, own);
  const side = overBatch(schedule, rhs.dom, { body, wires: own, extra: under.branches, given: computed.x });
  requireSide(rhs, batch, side, 'the right side is not the branch under the conditions');
};
/** Each wire that has an axis with the batch in front. */
const domOf = ({ axes, batch }: Schedule, objects: readonly Obj[]): Obj =>
  tensor(
    ...objects.map((o) => {
      const image = substObject(o, (v) => axes.get(v));
      return o.leaves.some((leaf) => leaf.axes.length > 0) ? weave(batch, image) : image;
    }),
  );
