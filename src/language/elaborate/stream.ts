// A stream: what it claims, as theorems, and the terms that extraction reads. The laws are stated by elaborating the same text
// at other axes: the head at a + b, the step at b. Invariant: the merge does not mention the streamed axis; a result of `outputs` mentions it once, as
// one whole axis (E-STATE).
import { type Axis, type Obj, type Term, boolean, leafObjects, ofVar, select, sum, tensorObj } from '../point/build.js';
import { compile } from '../point/compile.js';
import { conditionExpr, otherwise, underCondition } from './precondition.js';
import { fail, within } from '../point/error.js';
import { knot } from './knot.js';
import type { Law, StreamInfo } from './law.js';
import { type Parameters, declare } from './parameter.js';
import { op } from './operator.js';
import { type Binding, type Expr, apply, tuple } from '../point/point.js';
import { type Env, type Local, enter, withAxis, withWires } from './scope.js';
import { type Pieces, appended, bind, onBoth, onRight, pieces } from './stream-pieces.js';
import { type Claim, type StreamTree, claimOf, objectAt, placeIn, stateObject, wiresAt } from './stream-wires.js';
import { expectObject } from './type.js';
import type { Span } from '../syntax/span.js';
import type { ExprTree } from '../syntax/tree.js';

export function streamLaws(env: Env, tree: StreamTree): { readonly info: StreamInfo; readonly laws: readonly Law[] } {
  const parameters = declare(env, tree.params);
  const claim = claimOf(enter(env, parameters.names), tree, parameters);
  requireParts(tree);
  const made = [main(claim), ...inherits(claim), ...foldable(claim), ...mergeable(claim), ...outputsLaw(claim)];
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

interface Sides {
  readonly lhs: Expr;
  readonly rhs: Expr;
  readonly object: Obj;
}
/** The sides under conditions, if there are any: the last one is the innermost. */
function equation(
  claim: Claim,
  suffix: string,
  { env, wires }: { readonly env: Env; readonly wires: readonly Binding[] },
  { lhs, rhs, object }: Sides,
  conditions: readonly Expr[],
): Equation {
  const others = conditions.length > 0 ? otherwise(object, wires) : [];
  const all = [...wires, ...others];
  const side = (e: Expr): Term =>
    compile(
      all,
      conditions.reduceRight((value, c) => underCondition(c, value, object, others), e),
    );
  return { name: claim.tree.name.name + suffix, names: env.names, wires: all, lhs: side(lhs), rhs: side(rhs) };
}

/** The condition of all laws at an axis, if there is one; it may read what the head reads. */
function condition(claim: Claim, text: ExprTree | undefined, e: Axis): readonly Expr[] {
  if (!text) return [];
  const env = withAxis(claim.env, claim.axis.name, e);
  const local: Local = { env, wires: new Map(), indices: new Map(), knot };
  return [conditionExpr(withWires(local, wiresAt(claim, claim.wires, e)), text)];
}
const ofWhole = (claim: Claim, p: Pieces): readonly Expr[] =>
  condition(claim, claim.tree.parts.where, sum(p.a, p.b)).map((c) => onBoth(claim, p, c));

function main(claim: Claim): Equation {
  const { parts } = claim.tree;
  const spec = part(claim, parts.spec, claim.wires, whole(claim));
  const [once, each] = [final(claim), outputs(claim, whole(claim))];
  expectObject(spec.object, tensorObj(once.object, each.object), (parts.outputs ?? parts.pass ?? parts.final)!.span);
  const done = bind(claim.state, head(claim, whole(claim)), once.expr);
  const rhs = parts.outputs ? tuple(done, each.expr) : done;
  const conditions = [parts.where, parts.resultsWhere].flatMap((text) => condition(claim, text, whole(claim)));
  return equation(claim, '', claim, { lhs: spec.expr, rhs, object: spec.object }, conditions);
}

/** if c(x ++ x') then c(x) else true = true */
function inherits(claim: Claim): readonly Equation[] {
  const { where } = claim.tree.parts;
  if (!where) return [];
  const p = pieces(claim);
  const [both, first] = [ofWhole(claim, p)[0]!, condition(claim, where, p.a)[0]!];
  const lhs = apply(select(boolean()), both, first, op('true'));
  return [equation(claim, '.inherits', p, { lhs, rhs: op('true'), object: boolean() }, [])];
}

const headOfBoth = (claim: Claim, p: Pieces): Expr => onBoth(claim, p, head(claim, sum(p.a, p.b)));
function foldable(claim: Claim): readonly Equation[] {
  const text = claim.tree.parts.step;
  if (!text) return [];
  return within(text.span, () => {
    const p = pieces(claim);
    const rhs = bind(claim.state, head(claim, p.a), onRight(claim, p, step(claim, text, p.b)));
    const sides = { lhs: headOfBoth(claim, p), rhs, object: stateObject(claim) };
    return [equation(claim, '.foldable', p, sides, ofWhole(claim, p))];
  });
}

function mergeable(claim: Claim): readonly Equation[] {
  const text = claim.tree.parts.merge;
  if (!text) return [];
  return within(text.span, () => {
    const p = pieces(claim);
    const [left, right] = [head(claim, p.a), onRight(claim, p, head(claim, p.b))];
    const merged = (s: Expr, t: Expr): Expr => bind([...claim.state, ...claim.primed], tuple(s, t), merge(claim, text));
    const [object, conditions] = [stateObject(claim), ofWhole(claim, p)];
    const sides = { lhs: headOfBoth(claim, p), rhs: merged(left, right), object };
    const law = equation(claim, '.mergeable', p, sides, conditions);
    if (claim.tree.parts.strength !== 'commutative') return [law];
    const exchanged = { lhs: merged(left, right), rhs: merged(right, left), object };
    return [law, equation(claim, '.commutative', p, exchanged, conditions)];
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
    const joint = arrays.map((o, i) => appended(claim, p, o, places[i]!, `first#${i}`, `later#${i}`));
    const rhs = bind(
      named('first', p.a),
      outputs(claim, p.a).expr,
      bind(named('later', p.b), bind(claim.state, head(claim, p.a), onRight(claim, p, later)), tuple(...joint)),
    );
    const both = outputs(claim, sum(p.a, p.b));
    const sides = { lhs: onBoth(claim, p, both.expr), rhs, object: both.object };
    return [equation(claim, '.outputs', p, sides, ofWhole(claim, p))];
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
    precondition: term(wires, condition(claim, parts.where, e)[0]),
    resultsPrecondition: term(wires, condition(claim, parts.resultsWhere, e)[0]),
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
