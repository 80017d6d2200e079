// Calls of definitions and morphism variables: explicit axes, objects and diagrams as written, the others inferred from the
// objects of the arguments. Invariant: the term is made by the core, which checks every choice again.
import {
  type Axis,
  type AxisVar,
  type MorphismVar,
  type Obj,
  type Term,
  call,
  peel,
  substituteObject,
  tensorObj,
  variable,
} from '../point/build.js';
import { fail } from '../point/error.js';
import { Matching } from './match.js';
import { type BraceParameter, type FunctionEntry, type Local, calleeOf } from './scope.js';
import { axisOf, objectOf } from './type.js';
import type { Span } from '../syntax/span.js';
import type { BraceTree, DiagramTree, Explicit, Name, ObjectTree } from '../syntax/tree.js';

/** What a callee is applied to: the objects one by one where they are known so, their parts, or only the whole. */
export interface Given {
  readonly objects: readonly Obj[];
  readonly parts: readonly Obj[];
}
export const onWhole = (dom: Obj): Given => ({ objects: [dom], parts: [dom] });

/** The term of `NAME[axes]{…}` where it is applied to what is given, or as its brackets alone fix it. */
export function called(local: Local, name: Name, explicit: Explicit, given: Given | undefined): Term {
  const callee = calleeOf(local.env, name);
  if (callee._tag === 'Variable') return ofVariable(local, name, callee.variable, explicit, given);
  return ofDefinition(local, name, callee.entry, explicit, given);
}

/** Does the call need to know what it is applied to? */
export function needsGiven(local: Local, name: Name, explicit: Explicit): boolean {
  const callee = calleeOf(local.env, name);
  if (callee._tag === 'Variable') return callee.variable.binders.length > 0 && explicit.axes === undefined;
  const { axes } = callee.entry.definition.parameters;
  const wanted = callee.entry.braces.length;
  return (axes.length > 0 && explicit.axes === undefined) || (explicit.braces?.length ?? 0) < wanted;
}

function explicitAxes(local: Local, name: Name, explicit: Explicit, count: number): readonly Axis[] | undefined {
  if (!explicit.axes) return undefined;
  if (explicit.axes.length !== count)
    fail({ _tag: 'Arity', what: `${name.name}[…]`, expected: count, found: explicit.axes.length }, name.span);
  return explicit.axes.map((a) => axisOf(local.env, a));
}

function inferred<K, V>(known: ReadonlyMap<K, V>, key: K, what: 'axis' | 'object', name: string, span: Span): V {
  return known.get(key) ?? fail({ _tag: 'NotInferred', what, name }, span);
}

function ofVariable(local: Local, name: Name, h: MorphismVar, explicit: Explicit, given: Given | undefined): Term {
  if (explicit.braces)
    fail({ _tag: 'Arity', what: `${name.name}{…}`, expected: 0, found: explicit.braces.length }, name.span);
  const written = h.binders.length === 0 ? [] : explicitAxes(local, name, explicit, h.binders.length);
  if (written) return variable(h, written);
  const matching = new Matching(new Set(h.binders), new Set());
  if (given) matchWhole(matching, name, h.dom, tensorObj(...given.objects));
  return variable(
    h,
    h.binders.map((b, i) => inferred(matching.axes, b, 'axis', `${name.name}[${i + 1}]`, name.span)),
  );
}

function matchWhole(matching: Matching, name: Name, pattern: Obj, found: Obj): void {
  if (!matching.match(pattern, found)) fail({ _tag: 'NoInstance', of: name.name, pattern, found }, name.span);
}

function ofDefinition(
  local: Local,
  name: Name,
  entry: FunctionEntry,
  explicit: Explicit,
  given: Given | undefined,
): Term {
  const { parameters } = entry.definition;
  const matching = new Matching(new Set(parameters.axes), new Set(parameters.objects));
  explicitAxes(local, name, explicit, parameters.axes.length)?.forEach((a, i) =>
    matching.axes.set(parameters.axes[i]!, a),
  );
  const braces = dealt(name, entry.braces, explicit.braces);
  for (const [parameter, brace] of braces)
    if (parameter._tag === 'Object') matching.objects.set(parameter.name, objectOf(local.env, objectIn(brace)));
  if (given) matchArguments(matching, name, entry, given);
  const morphisms = parameters.morphisms.map((h) => morphismArgument(local, matching, name, h, braces));
  return call(entry.definition, {
    axes: parameters.axes.map((v) => inferred(matching.axes, v, 'axis', v.name, name.span)),
    objects: parameters.objects.map((o) => inferred(matching.objects, o, 'object', o, name.span)),
    morphisms,
  });
}

/** All the braces in order; or, where the objects are left out, those of the diagrams. */
function dealt(name: Name, wanted: readonly BraceParameter[], written: readonly BraceTree[] | undefined) {
  if (!written) return [];
  const morphisms = wanted.filter((p) => p._tag === 'Morphism');
  const list = written.length === wanted.length ? wanted : morphisms;
  if (list.length !== written.length)
    fail({ _tag: 'Arity', what: `${name.name}{…}`, expected: wanted.length, found: written.length }, name.span);
  return list.map((p, i): readonly [BraceParameter, BraceTree] => [p, written[i]!]);
}

function matchArguments(matching: Matching, name: Name, entry: FunctionEntry, given: Given): void {
  const { axes, objects } = entry.definition.parameters;
  if (axes.length + objects.length === 0) return;
  const whole = entry.definition.body.dom;
  const each = entry.wires && [given.objects, given.parts].find((list) => list.length === entry.wires!.length);
  if (!each || !entry.wires) return matchWhole(matching, name, whole, tensorObj(...given.objects));
  entry.wires.forEach((w, i) => matchWhole(matching, name, w.object, each[i]!));
}

function morphismArgument(
  local: Local,
  matching: Matching,
  name: Name,
  h: MorphismVar,
  braces: readonly (readonly [BraceParameter, BraceTree])[],
): Term {
  const found = braces.find(([p]) => p._tag === 'Morphism' && p.variable === h);
  if (!found) return fail({ _tag: 'NotInferred', what: 'morphism', name: h.name }, name.span);
  const images = { axes: [...matching.axes], objects: [...matching.objects] };
  const known = fixed(matching, h.dom) ? substituteObject(images, h.dom) : undefined;
  const term = local.knot.diagram(local, diagramIn(found[1]), known);
  matchWhole(matching, name, h.dom, term.dom);
  matchWhole(matching, name, h.cod, term.cod);
  return term;
}

/** Are all parameters in the object known? */
const fixed = (matching: Matching, object: Obj): boolean => {
  const axes = new Set<AxisVar>();
  object.leaves.forEach((l) => l.axes.forEach((a) => addVariables(a, axes)));
  const names = object.leaves.flatMap((l) => (l.base._tag === 'ObjVar' ? [l.base.name] : []));
  return [...axes].every((v) => matching.axes.has(v)) && names.every((n) => matching.objects.has(n));
};

export function addVariables(axis: Axis, into: Set<AxisVar>): void {
  for (const m of axis.terms) {
    m.vars.forEach((v) => into.add(v));
    if (m.tail) addVariables(m.tail, into);
  }
}

/** sum, max …: the last wire is an array over the last axis parameter. */
export function isReducer(entry: FunctionEntry): boolean {
  const last = entry.definition.parameters.axes.at(-1);
  const wire = entry.wires ? entry.wires.at(-1)?.object : entry.definition.body.dom;
  const leading = wire && peel(wire)?.axis.terms;
  return (
    last !== undefined &&
    leading?.length === 1 &&
    !leading[0]!.tail &&
    leading[0]!.vars.length === 1 &&
    leading[0]!.vars[0] === last
  );
}

// ---- braces: what reads as an object may be a diagram -------------------------------------------------------------------

function objectIn(brace: BraceTree): ObjectTree {
  if (brace._tag === 'BraceObject') return brace.object;
  return fail({ _tag: 'NotInferred', what: 'object', name: '{…}' }, brace.span);
}

const diagramIn = (brace: BraceTree): DiagramTree =>
  brace._tag === 'BraceDiagram' ? brace.diagram : asDiagram(brace.object);

function asDiagram(tree: ObjectTree): DiagramTree {
  const { span } = tree;
  const named = (name: string, axes: Explicit['axes']): DiagramTree => ({
    _tag: 'Named',
    callee: { name, span },
    explicit: { axes, braces: undefined },
    span,
  });
  switch (tree._tag) {
    case 'ObjectName':
      return named(tree.name, undefined);
    case 'ObjectProduct':
      return { _tag: 'Tensor', first: asDiagram(tree.left), second: asDiagram(tree.right), span };
    case 'ObjectArray':
      if (tree.base._tag === 'ObjectName') return named(tree.base.name, tree.axes);
      return fail({ _tag: 'NotInferred', what: 'morphism', name: '{…}' }, span);
    case 'ObjectUnit':
      return fail({ _tag: 'NotInferred', what: 'morphism', name: '1' }, span);
  }
}
