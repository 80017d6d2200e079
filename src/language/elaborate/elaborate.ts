// The door of elaboration. The `…In` functions throw a Failure (error.ts) and are for code with a boundary of its own; the
// `elaborate…` functions are the same, with refusals as Left. Invariant: a file's statements are elaborated one after another;
// one that is refused is not in scope for the others and does not hide them.
import * as E from 'fp-ts/lib/Either.js';
import {
  type AxisVar,
  type Axis,
  type Family,
  type MorphismVar,
  type Obj,
  type Term,
  axisVar,
  family,
  ofVar,
} from '../point/build.js';
import { compile } from '../point/compile.js';
import { type ElaborateError, attempted, codeOf, fail, within } from '../point/error.js';
import { knot } from './knot.js';
import type { Elaborated, Law } from './law.js';
import { declare } from './parameter.js';
import type { Binding, Expr } from '../point/point.js';
import { namesFirst, unresolved } from './resolve.js';
import { type Env, enter, withAxis } from './scope.js';
import { type Added, given, localOf, sides, statement } from './statement.js';
import { axisOf, expectObject, objectOf } from './type.js';
import { type Parsed, asDiagram, asExpr } from '../syntax/parse.js';
import type {
  AxisTree,
  BodyTree,
  DiagramTree,
  ExprTree,
  Name,
  ObjectTree,
  Phrase,
  StatementTree,
  TacticTree,
} from '../syntax/tree.js';

export interface ElaboratedExpr {
  readonly expr: Expr;
  readonly object: Obj;
  /** over the product of the wires */
  readonly term: Term;
}

export function pointIn(env: Env, wires: readonly Binding[], tree: ExprTree, expected?: Obj): ElaboratedExpr {
  const names = wires.map((w) => w.name);
  const elaborated = (): ElaboratedExpr => {
    const { expr, object } = knot.expression(localOf(env, wires), tree);
    if (expected) expectObject(expected, object, tree.span);
    return { expr, object, term: compile(wires, expr) };
  };
  return within(tree.span, () => namesFirst(env, names, tree, elaborated));
}
export const expressionIn = (env: Env, wires: readonly Binding[], tree: ExprTree, expected?: Obj): Term =>
  pointIn(env, wires, tree, expected).term;

export function diagramIn(env: Env, tree: DiagramTree, dom?: Obj): Term {
  return within(tree.span, () => knot.diagram(localOf(env), tree, dom));
}

/** `[n] diagram` for h[n]: the binders take the sorts and the emptiness of h's. */
export function familyIn(env: Env, h: MorphismVar, binders: readonly Name[], tree: DiagramTree, dom?: Obj): Family {
  if (binders.length !== h.binders.length)
    fail({ _tag: 'Arity', what: `${h.name}[…]`, expected: h.binders.length, found: binders.length }, tree.span);
  const vars = h.binders.map(({ sort, maybeEmpty }, i): AxisVar =>
    axisVar(binders[i]!.name, { maybeEmpty, ...(sort === undefined ? {} : { sort }) }),
  );
  const inner = vars.reduce((e, v) => withAxis(e, v.name, ofVar(v)), env);
  return family(vars, diagramIn(inner, tree, dom));
}

type Have = TacticTree & { readonly _tag: 'Have' };

/**
 * A lemma inside a proof: over its own wires, or where it declares none over those of the goal. Sides that do not both read as
 * expressions are diagrams.
 */
export function statementIn(env: Env, goalWires: readonly Binding[], tree: Have): Law {
  const parameters = declare(env, tree.params);
  const inner = enter(env, parameters.names);
  const hypotheses = tree.givens.map((g) => given(inner, g, tree.givens));
  const bodies = sideBodies(tree);
  const pointFree = bodies[0]._tag === 'PointFree';
  const wires = pointFree ? undefined : (parameters.wires ?? goalWires);
  const [lhs, rhs] = sides(localOf(inner, wires), wires, ...bodies);
  const span = { start: tree.name.span.start, end: tree.rhs.span.end };
  return {
    _tag: 'Theorem',
    name: tree.name.name,
    names: parameters.names,
    wires,
    hypotheses,
    lhs,
    rhs,
    span,
    stream: undefined,
  };
}

function sideBodies({ lhs, rhs }: Have): readonly [BodyTree, BodyTree] {
  const pointful = [asExpr(lhs), asExpr(rhs)] as const;
  const body = <T>(parsed: Parsed<T>, phrase: Phrase, make: (tree: T) => BodyTree): BodyTree =>
    E.isRight(parsed) ? make(parsed.right) : fail({ _tag: 'Unread', failure: parsed.left }, phrase.span);
  const diagram = (p: Phrase): BodyTree =>
    body(asDiagram(p), p, (tree) => ({ _tag: 'PointFree', diagram: tree, span: p.span }));
  if (!pointful.every((p) => E.isRight(p)) && E.isRight(asDiagram(lhs)) && E.isRight(asDiagram(rhs)))
    return [diagram(lhs), diagram(rhs)];
  const expr = (p: Phrase, i: 0 | 1): BodyTree =>
    body(pointful[i], p, (tree) => ({ _tag: 'Pointful', expr: tree, span: p.span }));
  return [expr(lhs, 0), expr(rhs, 1)];
}

// ---- the same, with refusals as Left ------------------------------------------------------------------------------------

export type Result<A> = E.Either<ElaborateError, A>;

export const elaborateExpr = (
  env: Env,
  wires: readonly Binding[],
  tree: ExprTree,
  expected?: Obj,
): Result<ElaboratedExpr> => attempted(() => pointIn(env, wires, tree, expected));
export const elaborateDiagram = (env: Env, tree: DiagramTree, dom?: Obj): Result<Term> =>
  attempted(() => diagramIn(env, tree, dom));
export const elaborateAxis = (env: Env, tree: AxisTree): Result<Axis> => attempted(() => axisOf(env, tree));
export const elaborateObject = (env: Env, tree: ObjectTree): Result<Obj> => attempted(() => objectOf(env, tree));
export const elaborateFamily = (
  env: Env,
  h: MorphismVar,
  binders: readonly Name[],
  tree: DiagramTree,
  dom?: Obj,
): Result<Family> => attempted(() => familyIn(env, h, binders, tree, dom));
export function elaborateStatement(env: Env, tree: StatementTree): Result<Added> {
  const done = attempted(() => statement(env, tree));
  const missing = E.isLeft(done) && done.left.code === 'E-BUDGET' ? unresolved(env, tree) : undefined;
  if (!missing) return done;
  const { fact, span } = missing;
  return E.left({ _tag: 'ElaborateError', code: codeOf(fact), span, fact });
}

export interface ElaboratedFile {
  readonly env: Env;
  readonly statements: readonly Elaborated[];
  readonly errors: readonly ElaborateError[];
}

/** A file of statements after its imports, which are in `env`. */
export function elaborateFile(env: Env, trees: readonly StatementTree[]): ElaboratedFile {
  return trees.reduce<ElaboratedFile>(
    (file, tree) => {
      const result = elaborateStatement(file.env, tree);
      if (E.isLeft(result)) return { ...file, errors: [...file.errors, result.left] };
      return { ...file, env: result.right.env, statements: [...file.statements, ...result.right.statements] };
    },
    { env, statements: [], errors: [] },
  );
}
