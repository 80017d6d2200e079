// A stream: what it claims, as theorems, and the terms that extraction reads. The laws are stated by elaborating the same text
// at other axes: the head at a + b, the step at b. Invariant: the merge does not mention the streamed axis; a result of `outputs` mentions it once, as
// one whole axis (E-STATE).
import {
  type Axis,
  type AxisVar,
  type Obj,
  type Term,
  axisVar,
  concat,
  leafObjects,
  ofVar,
  sum,
  tensorObj,
  weave,
} from '../point/build.js';
import { compile } from '../point/compile.js';
import { fail, within } from '../point/error.js';
import { knot } from './knot.js';
import type { Law, StreamInfo, StreamedWire } from './law.js';
import { type Parameters, declare } from './parameter.js';
import { type Binding, type Expr, apply, letIn, tuple, wire } from '../point/point.js';
import { type Env, type Local, enter, withAxis, withWires } from './scope.js';
import { type Claim, type StreamTree, claimOf, objectAt, placeIn, stateObject, wiresAt } from './stream-wires.js';
import { expectObject } from './type.js';
import { fromFront, seq, toFront, under } from '../point/wiring.js';
import type { Span } from '../syntax/span.js';
import type { ExprTree } from '../syntax/tree.js';

export function streamLaws(env: Env, tree: StreamTree): { readonly info: StreamInfo; readonly laws: readonly Law[] } {
  const parameters = declare(env, tree.params);
  const claim = claimOf(enter(env, parameters.names), tree, parameters);
  requireParts(tree);
  const made = [main(claim), ...foldable(claim), ...mergeable(claim), ...outputsLaw(claim)];
  const laws = made.map((l): Law => ({
    ...l,
    _tag: 'Theorem',
    hypotheses: [],
    span: tree.span,
    stream: tree.name.name,
  }));
  return {
    info: infoOf(
      claim,
      parameters,
      laws.map((l) => l.name),
    ),
    laws,
  };
}

function requireParts({ parts, span }: StreamTree): void {
  const { strength } = parts;
  if (strength === 'foldable' && !parts.step) fail({ _tag: 'StrengthNeeds', strength, part: 'step' }, span);
  if (strength !== 'foldable' && !parts.merge) fail({ _tag: 'StrengthNeeds', strength, part: 'merge' }, span);
  if (parts.output && !parts.outputs) fail({ _tag: 'PartNeeds', part: 'output', needs: 'outputs' }, span);
  if (parts.outputs && !parts.output) fail({ _tag: 'PartNeeds', part: 'outputs', needs: 'output' }, span);
}

// ---- the parts, at an axis ----------------------------------------------------------------------------------------------

interface Part {
  readonly expr: Expr;
  readonly object: Obj;
}
function part(claim: Claim, text: ExprTree, wires: readonly Binding[], e: Axis): Part {
  const env = withAxis(claim.env, claim.axis.name, e);
  const local: Local = withWires({ env, wires: new Map(), indices: new Map(), knot }, wires);
  return knot.expression(local, text);
}
function read(claim: Claim, text: ExprTree, wires: readonly Binding[], e: Axis, expected: Obj): Expr {
  const { expr, object } = part(claim, text, wires, e);
  expectObject(expected, object, text.span);
  return expr;
}

const whole = (claim: Claim): Axis => ofVar(claim.axis);

const head = (claim: Claim, e: Axis): Expr =>
  read(claim, claim.tree.parts.head, wiresAt(claim, claim.wires, e), e, stateObject(claim));
const stepWires = (claim: Claim, e: Axis): readonly Binding[] => [
  ...claim.context,
  ...claim.state,
  ...wiresAt(claim, claim.streamed, e),
];
const step = (claim: Claim, text: ExprTree, e: Axis): Expr =>
  read(claim, text, stepWires(claim, e), e, stateObject(claim));

/** What runs once, after the loop: over the context, or in a second pass over all wires; nothing, where the results are outputs alone. */
function final(claim: Claim): Part {
  const { pass, final: once } = claim.tree.parts;
  const text = pass ?? once;
  return text ? part(claim, text, finalWires(claim), whole(claim)) : { expr: tuple(), object: tensorObj() };
}
const finalWires = ({ tree, wires, context, state }: Claim): readonly Binding[] => [
  ...(tree.parts.pass ? wires : context),
  ...state,
];

/** The outputs of a first part, at an axis; of its results each mentions the axis once. */
function outputs(claim: Claim, e: Axis): Part {
  const text = claim.tree.parts.outputs;
  if (!text) return { expr: tuple(), object: tensorObj() };
  return part(claim, text, wiresAt(claim, claim.wires, e), e);
}
function outputPlaces(claim: Claim): readonly number[] {
  const text = claim.tree.parts.outputs;
  return leafObjects(outputs(claim, whole(claim)).object).map(
    (leaf) =>
      placeIn(leaf, claim.axis) ??
      fail({ _tag: 'StreamedAxis', axis: whole(claim), where: 'this place of the outputs' }, text!.span),
  );
}

/** Read without the streamed axis: a merge that mentions it does not read. */
function merge(claim: Claim, text: ExprTree): Expr {
  refuseAxis(claim, text);
  return read(claim, text, [...claim.state, ...claim.primed], whole(claim), stateObject(claim));
}

function refuseAxis(claim: Claim, text: unknown): void {
  if (typeof text !== 'object' || text === null) return;
  const { _tag, name, span } = text as { _tag?: string; name?: string; span?: Span };
  if (_tag === 'AxisName' && name === claim.axis.name)
    fail({ _tag: 'StreamedAxis', axis: whole(claim), where: 'merge' }, span);
  Object.values(text).forEach((part) => refuseAxis(claim, part));
}

// ---- laws -------------------------------------------------------------------------------------------------------------

type Equation = Pick<Law, 'name' | 'names' | 'wires' | 'lhs' | 'rhs'>;

function equation(claim: Claim, suffix: string, env: Env, wires: readonly Binding[], lhs: Expr, rhs: Expr): Equation {
  const name = claim.tree.name.name + suffix;
  return { name, names: env.names, wires, lhs: compile(wires, lhs), rhs: compile(wires, rhs) };
}

const bind = (names: readonly Binding[], value: Expr, body: Expr): Expr => letIn(names, value, body);

function main(claim: Claim): Equation {
  const { parts } = claim.tree;
  const spec = part(claim, parts.spec, claim.wires, whole(claim));
  const [once, each] = [final(claim), outputs(claim, whole(claim))];
  expectObject(spec.object, tensorObj(once.object, each.object), (parts.outputs ?? parts.pass ?? parts.final)!.span);
  const done = bind(claim.state, head(claim, whole(claim)), once.expr);
  const rhs = parts.outputs ? tuple(done, each.expr) : done;
  return equation(claim, '', claim.env, claim.wires, spec.expr, rhs);
}

/** The two pieces of the streamed wires: x over a, and x' over b. */
function pieces(claim: Claim) {
  const taken = new Set([...claim.env.names.axes.keys()]);
  const fresh = (name: string): AxisVar => {
    let unique = name;
    while (taken.has(unique)) unique += "'";
    taken.add(unique);
    return axisVar(unique, claim.axis.sort === undefined ? {} : { sort: claim.axis.sort });
  };
  const [a, b] = [fresh('a'), fresh('b')];
  const env = withAxis(withAxis(claim.env, a.name, ofVar(a)), b.name, ofVar(b));
  const left = wiresAt(claim, claim.wires, ofVar(a));
  const used = new Set([...claim.wires, ...claim.state, ...claim.primed].map((w) => w.name));
  const right = claim.streamed.map((w) => {
    let name = `${w.name}'`;
    while (used.has(name)) name += "'";
    used.add(name);
    return { name, object: objectAt(claim, w.object, ofVar(b)) };
  });
  return { a: ofVar(a), b: ofVar(b), env, wires: [...left, ...right], right };
}
type Pieces = ReturnType<typeof pieces>;

/** x ++ x' along the streamed axis */
const joined = (w: StreamedWire, claim: Claim, p: Pieces): Expr =>
  appended(claim, p, w.object, w.position, w.name, p.right[claim.streamed.indexOf(w)]!.name);

/** Two arrays of one object, one over a and one over b, as one over a + b: the streamed axis stands at a place. */
function appended(claim: Claim, { a, b }: Pieces, object: Obj, place: number, first: string, second: string): Expr {
  const [left, right] = [objectAt(claim, object, a), objectAt(claim, object, b)];
  const rest = under(toFront(left, place).cod, 1).rest;
  const front = apply(toFront(left, place), wire(first));
  const back = apply(toFront(right, place), wire(second));
  return apply(seq(concat(a, b, rest), fromFront(weave(sum(a, b), rest), place)), front, back);
}

const onBoth = (claim: Claim, p: Pieces, body: Expr): Expr =>
  bind(wiresAt(claim, claim.streamed, sum(p.a, p.b)), tuple(...claim.streamed.map((w) => joined(w, claim, p))), body);
const headOfBoth = (claim: Claim, p: Pieces): Expr => onBoth(claim, p, head(claim, sum(p.a, p.b)));
/** with the second pieces under the names of the wires */
const onRight = (claim: Claim, p: Pieces, body: Expr): Expr =>
  bind(wiresAt(claim, claim.streamed, p.b), tuple(...p.right.map((w) => wire(w.name))), body);

function foldable(claim: Claim): readonly Equation[] {
  const text = claim.tree.parts.step;
  if (!text) return [];
  return within(text.span, () => {
    const p = pieces(claim);
    const rhs = bind(claim.state, head(claim, p.a), onRight(claim, p, step(claim, text, p.b)));
    return [equation(claim, '.foldable', p.env, p.wires, headOfBoth(claim, p), rhs)];
  });
}

function mergeable(claim: Claim): readonly Equation[] {
  const text = claim.tree.parts.merge;
  if (!text) return [];
  return within(text.span, () => {
    const p = pieces(claim);
    const [left, right] = [head(claim, p.a), onRight(claim, p, head(claim, p.b))];
    const merged = (s: Expr, t: Expr): Expr => bind([...claim.state, ...claim.primed], tuple(s, t), merge(claim, text));
    const law = equation(claim, '.mergeable', p.env, p.wires, headOfBoth(claim, p), merged(left, right));
    if (claim.tree.parts.strength !== 'commutative') return [law];
    return [law, equation(claim, '.commutative', p.env, p.wires, merged(left, right), merged(right, left))];
  });
}

/** outputs(x ++ x') = outputs(x) ++ output(head(x), x'), array by array */
function outputsLaw(claim: Claim): readonly Equation[] {
  const text = claim.tree.parts.output;
  const places = outputPlaces(claim);
  if (!text) return [];
  return within(text.span, () => {
    const p = pieces(claim);
    const { object } = outputs(claim, whole(claim));
    const arrays = leafObjects(object);
    const named = (mark: string, e: Axis): readonly Binding[] =>
      arrays.map((o, i) => ({ name: `${mark}#${i}`, object: objectAt(claim, o, e) }));
    const later = read(claim, text, stepWires(claim, p.b), p.b, objectAt(claim, object, p.b));
    const both = arrays.map((o, i) => appended(claim, p, o, places[i]!, `first#${i}`, `later#${i}`));
    const rhs = bind(
      named('first', p.a),
      outputs(claim, p.a).expr,
      bind(named('later', p.b), bind(claim.state, head(claim, p.a), onRight(claim, p, later)), tuple(...both)),
    );
    return [equation(claim, '.outputs', p.env, p.wires, onBoth(claim, p, outputs(claim, sum(p.a, p.b)).expr), rhs)];
  });
}

// ---- what extraction reads ----------------------------------------------------------------------------------------------

function infoOf(claim: Claim, { names }: Parameters, laws: readonly string[]): StreamInfo {
  const { parts, name, span } = claim.tree;
  const e = whole(claim);
  const { context, streamed, state, wires, axis } = claim;
  const spec = compile(wires, part(claim, parts.spec, wires, e).expr);
  const each = outputs(claim, e);
  const term = (over: readonly Binding[], expr: Expr | undefined): Term | undefined => expr && compile(over, expr);
  return {
    _tag: 'Stream',
    name: name.name,
    names,
    axis,
    wires,
    context,
    streamed,
    state,
    stateObject: stateObject(claim),
    strength: parts.strength,
    spec,
    head: compile(wires, head(claim, e)),
    final: compile(finalWires(claim), final(claim).expr),
    passes: parts.pass ? 2 : 1,
    outputs: parts.outputs && compile(wires, each.expr),
    output: term(stepWires(claim, e), parts.output && read(claim, parts.output, stepWires(claim, e), e, each.object)),
    outputPlaces: outputPlaces(claim),
    step: term(stepWires(claim, e), parts.step && step(claim, parts.step, e)),
    merge: term([...state, ...claim.primed], parts.merge && merge(claim, parts.merge)),
    laws,
    span,
  };
}
