// A stream: what it claims, as theorems, and the terms that extraction reads. The laws are stated by elaborating the same text
// at other axes: the head at a + b, the step at b. Invariant: neither the state nor the merge mentions the streamed axis, and a
// streamed wire mentions it once, as one whole axis (E-STATE).
import {
  type Axis,
  type AxisVar,
  type Obj,
  type Term,
  axisVar,
  concat,
  ofVar,
  substituteObject,
  sum,
  tensorObj,
  weave,
} from './build.js';
import { addVariables } from './call.js';
import { compile } from './compile.js';
import { fail, within } from './error.js';
import { knot } from './knot.js';
import type { Law, StreamInfo, StreamedWire } from './law.js';
import { type Parameters, declare, wiresOf } from './parameter.js';
import { type Binding, type Expr, apply, letIn, tuple, wire } from './point.js';
import { type Env, type Local, enter, lookUp, withAxis, withWires } from './scope.js';
import { expectObject } from './type.js';
import { fromFront, seq, toFront, under } from './wiring.js';
import type { Span } from '../syntax/span.js';
import type { ExprTree, StatementTree, WireDecl } from '../syntax/tree.js';

type StreamTree = StatementTree & { _tag: 'Stream' };

/** Everything that the laws are made of; `at` re-reads text with another axis for the streamed one. */
interface Claim {
  readonly tree: StreamTree;
  readonly env: Env;
  readonly axis: AxisVar;
  readonly wires: readonly Binding[];
  readonly context: readonly Binding[];
  readonly streamed: readonly StreamedWire[];
  readonly state: readonly Binding[];
  readonly primed: readonly Binding[];
}

export function streamLaws(env: Env, tree: StreamTree): { readonly info: StreamInfo; readonly laws: readonly Law[] } {
  const parameters = declare(env, tree.params);
  const claim = claimOf(enter(env, parameters.names), tree, parameters);
  requireParts(tree);
  const made = [main(claim), ...foldable(claim), ...mergeable(claim)];
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
}

// ---- wires ------------------------------------------------------------------------------------------------------------

function claimOf(env: Env, tree: StreamTree, parameters: Parameters): Claim {
  const wires = parameters.wires ?? [];
  const axis = parameters.axes.find((v) => v.name === tree.over.name) ?? missing(env, tree);
  const streamed = wires.filter((w) => mentions(w.object, axis)).map((w) => streamedWire(w, axis, tree.over.span));
  if (streamed.length === 0) fail({ _tag: 'NothingStreamed', axis: ofVar(axis) }, tree.over.span);
  const context = wires.filter((w) => !mentions(w.object, axis));
  const state = wiresOf(env, tree.parts.state, wires);
  state.forEach((s, i) => {
    if (mentions(s.object, axis))
      fail({ _tag: 'StreamedAxis', axis: ofVar(axis), where: s.name }, tree.parts.state[i]!.span);
  });
  const primed = wiresOf(env, tree.parts.state.map(prime), [...wires, ...state]);
  return { tree, env, axis, wires, context, streamed, state, primed };
}

const missing = (env: Env, { over }: StreamTree): never => {
  lookUp('axis', env.names.axes, over.name, over.span);
  return fail({ _tag: 'Unknown', kind: 'axis', name: over.name, candidates: [] }, over.span);
};

const prime = (decl: WireDecl): WireDecl => ({ ...decl, name: `${decl.name}'` });

const mentionsAxis = (axis: Axis, v: AxisVar): boolean => {
  const found = new Set<AxisVar>();
  addVariables(axis, found);
  return found.has(v);
};
const mentions = (object: Obj, v: AxisVar): boolean =>
  object.leaves.some((l) => l.axes.some((a) => mentionsAxis(a, v)));

/** The one place at which every leaf has the streamed axis. */
function streamedWire(w: Binding, v: AxisVar, span: Span): StreamedWire {
  const places = w.object.leaves.map((l) => l.axes.flatMap((a, i) => (mentionsAxis(a, v) ? [i] : [])));
  const position = places[0]![0] ?? -1;
  const one =
    places.every((p) => p.length === 1 && p[0] === position) &&
    w.object.leaves.every((l) => l.axes[position] === ofVar(v));
  if (!one) fail({ _tag: 'StreamedAxis', axis: ofVar(v), where: w.name }, span);
  return { ...w, position };
}

const objectAt = ({ axis }: Claim, object: Obj, e: Axis): Obj => substituteObject({ axes: [[axis, e]] }, object);
const wiresAt = (claim: Claim, wires: readonly Binding[], e: Axis): readonly Binding[] =>
  wires.map((w) => ({ name: w.name, object: objectAt(claim, w.object, e) }));
const stateObject = (claim: Claim): Obj => tensorObj(...claim.state.map((s) => s.object));

// ---- the parts, at an axis ----------------------------------------------------------------------------------------------

function read(claim: Claim, text: ExprTree, wires: readonly Binding[], e: Axis, expected: Obj | undefined): Expr {
  const env = withAxis(claim.env, claim.axis.name, e);
  const local: Local = withWires({ env, wires: new Map(), indices: new Map(), knot }, wires);
  const { expr, object } = knot.expression(local, text);
  if (expected) expectObject(expected, object, text.span);
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
  const spec = knot.expression(
    withWires({ env: claim.env, wires: new Map(), indices: new Map(), knot }, claim.wires),
    parts.spec,
  );
  const final = read(claim, parts.final, [...claim.context, ...claim.state], whole(claim), spec.object);
  return equation(claim, '', claim.env, claim.wires, spec.expr, bind(claim.state, head(claim, whole(claim)), final));
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
function joined(w: StreamedWire, claim: Claim, { a, b, right }: Pieces): Expr {
  const [left, other] = [objectAt(claim, w.object, a), right[claim.streamed.indexOf(w)]!];
  const rest = under(toFront(left, w.position).cod, 1).rest;
  const front = apply(toFront(left, w.position), wire(w.name));
  const back = apply(toFront(other.object, w.position), wire(other.name));
  return apply(seq(concat(a, b, rest), fromFront(weave(sum(a, b), rest), w.position)), front, back);
}

const headOfBoth = (claim: Claim, p: Pieces): Expr =>
  bind(
    wiresAt(claim, claim.streamed, sum(p.a, p.b)),
    tuple(...claim.streamed.map((w) => joined(w, claim, p))),
    head(claim, sum(p.a, p.b)),
  );
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

// ---- what extraction reads ----------------------------------------------------------------------------------------------

function infoOf(claim: Claim, { names }: Parameters, laws: readonly string[]): StreamInfo {
  const { parts, name, span } = claim.tree;
  const e = whole(claim);
  const { context, streamed, state, wires, axis } = claim;
  const spec = compile(wires, read(claim, parts.spec, wires, e, undefined));
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
    final: compile([...context, ...state], read(claim, parts.final, [...context, ...state], e, spec.cod)),
    step: term(stepWires(claim, e), parts.step && step(claim, parts.step, e)),
    merge: term([...state, ...claim.primed], parts.merge && merge(claim, parts.merge)),
    laws,
    span,
  };
}
