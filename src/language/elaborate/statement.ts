// Statements to definitions, laws and streams. Invariant: a definition or law is added under a name that is new; nothing is
// proved here, so a theorem that is added is a claim. Imports are the caller's: they are elaborated before.
import { type Obj, type Term, define } from '../point/build.js';
import { compile } from '../point/compile.js';
import { conditionExpr, otherwise, termUnder } from './precondition.js';
import { fail, within } from '../point/error.js';
import { knot } from './knot.js';
import type { Elaborated, Given, Law } from './law.js';
import { type Parameters, declare, declareAxes, wiresOf } from './parameter.js';
import type { Binding } from '../point/point.js';
import { type Env, type FunctionEntry, type Local, enter, withWires } from './scope.js';
import { streamLaws } from './stream.js';
import { expectObject, objectOf } from './type.js';
import type { BodyTree, ExprTree, GivenTree, Name, StatementTree } from '../syntax/tree.js';

export interface Added {
  readonly env: Env;
  readonly statements: readonly Elaborated[];
}

export const localOf = (env: Env, wires: readonly Binding[] = []): Local =>
  withWires({ env, wires: new Map(), indices: new Map(), knot }, wires);

/** The environment after a statement, and what it states. */
export function statement(env: Env, tree: StatementTree): Added {
  return within(tree.span, () => stated(env, tree));
}

function stated(env: Env, tree: StatementTree): Added {
  switch (tree._tag) {
    case 'Import':
      return { env, statements: [] };
    case 'Sort':
      if (env.sorts.has(tree.name.name))
        fail({ _tag: 'Duplicate', kind: 'sort', name: tree.name.name }, tree.name.span);
      return { env: { ...env, sorts: new Set(env.sorts).add(tree.name.name) }, statements: [] };
    case 'Def':
      return definition(env, tree);
    case 'Axiom':
    case 'Theorem':
      return law(env, tree);
    case 'Stream': {
      refuseKnownLaw(env, tree.name);
      const { info, laws } = streamLaws(env, tree);
      const known = new Map([...env.laws, ...laws.map((l): [string, Law] => [l.name, l])]);
      return {
        env: { ...env, laws: known, streams: new Map(env.streams).set(info.name, info) },
        statements: [info, ...laws],
      };
    }
  }
}

// ---- definitions ------------------------------------------------------------------------------------------------------

function definition(env: Env, tree: StatementTree & { _tag: 'Def' }): Added {
  const { name, span } = tree.name;
  if (env.functions.has(name)) fail({ _tag: 'Duplicate', kind: 'definition', name }, span);
  const parameters = declare(env, tree.params);
  const inner = enter(env, parameters.names);
  const dom = tree.type?.dom && objectOf(inner, tree.type.dom);
  const body = side(localOf(inner, parameters.wires), parameters.wires, tree.body, dom);
  if (tree.type) expectObject(objectOf(inner, tree.type.cod), body.cod, tree.body.span);
  const made = define(name, morphismsOf(parameters), body);
  const entry: FunctionEntry = { definition: made, braces: parameters.braces, wires: parameters.wires };
  const statements: readonly Elaborated[] = [{ _tag: 'Definition', name, definition: made, span: tree.span }];
  return { env: { ...env, functions: new Map(env.functions).set(name, entry) }, statements };
}

const morphismsOf = ({ axes, braces }: Parameters) => ({
  axes,
  objects: braces.flatMap((b) => (b._tag === 'Object' ? [b.name] : [])),
  morphisms: braces.flatMap((b) => (b._tag === 'Morphism' ? [b.variable] : [])),
});

/** A body, or a side of an equation: an expression over the wires, or a diagram. */
function side(local: Local, wires: readonly Binding[] | undefined, body: BodyTree, dom: Obj | undefined): Term {
  if (body._tag === 'Pointful') return compile(wires ?? [], local.knot.expression(local, body.expr).expr);
  return local.knot.diagram(local, body.diagram, dom);
}

// ---- laws -------------------------------------------------------------------------------------------------------------

function refuseKnownLaw(env: Env, { name, span }: Name): void {
  if (env.laws.has(name) || env.streams.has(name)) fail({ _tag: 'Duplicate', kind: 'theorem', name }, span);
}

function law(env: Env, tree: StatementTree & { _tag: 'Axiom' | 'Theorem' }): Added {
  refuseKnownLaw(env, tree.name);
  const parameters = declare(env, tree.params);
  const inner = enter(env, parameters.names);
  const hypotheses = tree.givens.map((g) => given(inner, g, tree.givens));
  const local = localOf(inner, parameters.wires);
  const equation = sides(local, parameters.wires, tree.lhs, tree.rhs);
  const { name } = tree.name;
  const made: Law = {
    _tag: tree._tag,
    name,
    names: parameters.names,
    hypotheses,
    ...(tree.where ? where(local, parameters.wires ?? [], tree.where, equation) : plain(parameters.wires, equation)),
    span: tree.span,
    stream: undefined,
  };
  return { env: { ...env, laws: new Map(env.laws).set(name, made) }, statements: [made] };
}

type Equation = Pick<Law, 'wires' | 'lhs' | 'rhs'>;
type Sides = readonly [Term, Term];
const plain = (wires: readonly Binding[] | undefined, [lhs, rhs]: Sides): Equation => ({ wires, lhs, rhs });

/** if condition then lhs else otherwise = if condition then rhs else otherwise */
function where(local: Local, wires: readonly Binding[], tree: ExprTree, [lhs, rhs]: Sides): Equation {
  const condition = compile(wires, conditionExpr(local, tree));
  const others = otherwise(lhs.cod, wires);
  const side = (f: Term): Term => termUnder([condition], f, wires, others);
  return { wires: [...wires, ...others], lhs: side(lhs), rhs: side(rhs) };
}

export function given(env: Env, tree: GivenTree, all: readonly GivenTree[]): Given {
  return within(tree.span, () => {
    const { name, span } = tree.name;
    if (all.find((g) => g.name.name === name) !== tree) fail({ _tag: 'Duplicate', kind: 'hypothesis', name }, span);
    const { names, added } = declareAxes(env, tree.axes);
    const inner = enter(env, names);
    const wires = tree.wires && wiresOf(inner, tree.wires);
    const [lhs, rhs] = sides(localOf(inner, wires), wires, tree.lhs, tree.rhs);
    return { name, binders: added, wires, lhs, rhs };
  });
}

/** Both sides, of one type; a point-free side whose domain is not written takes it from the other. */
export function sides(
  local: Local,
  wires: readonly Binding[] | undefined,
  left: BodyTree,
  right: BodyTree,
): readonly [Term, Term] {
  const [lhs, rhs] = bothSides(local, wires, left, right);
  if (lhs.dom !== rhs.dom || lhs.cod !== rhs.cod)
    fail({ _tag: 'SidesDiffer', lhs: [lhs.dom, lhs.cod], rhs: [rhs.dom, rhs.cod] }, right.span);
  return [lhs, rhs];
}

function bothSides(
  local: Local,
  wires: readonly Binding[] | undefined,
  left: BodyTree,
  right: BodyTree,
): readonly [Term, Term] {
  if (
    left._tag === 'PointFree' &&
    right._tag === 'PointFree' &&
    local.knot.waits(local, left.diagram) &&
    !local.knot.waits(local, right.diagram)
  ) {
    const rhs = side(local, wires, right, undefined);
    return [side(local, wires, left, rhs.dom), rhs];
  }
  const lhs = side(local, wires, left, undefined);
  return [
    lhs,
    right._tag === 'PointFree' && local.knot.waits(local, right.diagram)
      ? side(local, wires, right, lhs.dom)
      : side(local, wires, right, undefined),
  ];
}
