// The wires of a stream: what is streamed, what is context, what is state. Invariant: a streamed wire mentions the streamed axis once, as one whole
// axis at one place; the state does not mention it (E-STATE). It knows no laws.
import { type Axis, type AxisVar, type Obj, ofVar, substituteObject, tensorObj } from '../point/build.js';
import { addVariables } from './call.js';
import { fail } from '../point/error.js';
import type { StreamedWire } from './law.js';
import { type Parameters, wiresOf } from './parameter.js';
import type { Binding } from '../point/point.js';
import { type Env, lookUp } from './scope.js';
import type { Span } from '../syntax/span.js';
import type { StatementTree, WireDecl } from '../syntax/tree.js';

export type StreamTree = StatementTree & { _tag: 'Stream' };

/** Everything that the laws are made of; `at` re-reads text with another axis for the streamed one. */
export interface Claim {
  readonly tree: StreamTree;
  readonly env: Env;
  readonly axis: AxisVar;
  readonly wires: readonly Binding[];
  readonly context: readonly Binding[];
  readonly streamed: readonly StreamedWire[];
  readonly state: readonly Binding[];
  readonly primed: readonly Binding[];
}

export function claimOf(env: Env, tree: StreamTree, parameters: Parameters): Claim {
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

/** The one place at which every leaf has an axis, as a whole axis. */
export function placeIn(object: Obj, v: AxisVar): number | undefined {
  const places = object.leaves.map((l) => l.axes.flatMap((a, i) => (mentionsAxis(a, v) ? [i] : [])));
  const position = places[0]?.[0] ?? -1;
  const one =
    places.every((p) => p.length === 1 && p[0] === position) &&
    object.leaves.every((l) => l.axes[position] === ofVar(v));
  return one ? position : undefined;
}

function streamedWire(w: Binding, v: AxisVar, span: Span): StreamedWire {
  const position = placeIn(w.object, v) ?? fail({ _tag: 'StreamedAxis', axis: ofVar(v), where: w.name }, span);
  return { ...w, position };
}

export const objectAt = ({ axis }: Claim, object: Obj, e: Axis): Obj => substituteObject({ axes: [[axis, e]] }, object);
export const wiresAt = (claim: Claim, wires: readonly Binding[], e: Axis): readonly Binding[] =>
  wires.map((w) => ({ name: w.name, object: objectAt(claim, w.object, e) }));
export const stateObject = (claim: Claim): Obj => tensorObj(...claim.state.map((s) => s.object));
