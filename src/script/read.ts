/** What the script layer asks of elaboration, in one place. Adds no meaning. */
import type * as E from 'fp-ts/lib/Either.js';
import * as Ei from 'fp-ts/lib/Either.js';
import type { Obj, Term } from '../core/index.js';
import { compile } from '../elaborate/compile.js';
import { affordable } from '../elaborate/cost.js';
import { type ElaborateError, attempted, within } from '../elaborate/error.js';
import type { Law } from '../elaborate/law.js';
import { declare } from '../elaborate/parameter.js';
import type { Binding } from '../elaborate/point.js';
import { type Env, enter } from '../elaborate/scope.js';
import { type Added, given, localOf, statement } from '../elaborate/statement.js';
import { expectObject } from '../elaborate/type.js';
import { type Parsed, asExpr } from '../syntax/parse.js';
import type { DiagramTree, ExprTree, Phrase, StatementTree, TacticTree } from '../syntax/tree.js';
import { stop } from './failure.js';

export const elaborateStatement = (env: Env, tree: StatementTree): E.Either<ElaborateError, Added> =>
  attempted(() => statement(env, tree));

/** The tree of a phrase, or E-SYNTAX at its place. */
export function read<A>(parsed: Parsed<A>): A {
  if (Ei.isRight(parsed)) return parsed.right;
  return stop({ _tag: 'Syntax', failure: parsed.left }, parsed.left.span, parsed.left.code);
}

/** An expression over wires, as a term from their product. */
export function expressionIn(env: Env, wires: readonly Binding[], tree: ExprTree, expected?: Obj): Term {
  return within(tree.span, () => {
    const local = localOf(env, wires);
    const { expr } = local.knot.expression(local, tree);
    const term = compile(wires, expr);
    if (expected) expectObject(expected, term.cod, tree.span);
    affordable(term);
    return term;
  });
}

export function diagramIn(env: Env, tree: DiagramTree, dom?: Obj): Term {
  const local = localOf(env);
  return within(tree.span, () => {
    const term = local.knot.diagram(local, tree, dom);
    affordable(term);
    return term;
  });
}

/** A lemma stated inside a proof; without wires of its own it is over the goal's. */
export function lemmaIn(env: Env, wires: readonly Binding[], tree: TacticTree & { readonly _tag: 'Have' }): Law {
  const parameters = declare(env, tree.params);
  const inner = enter(env, parameters.names);
  const own = parameters.wires ?? wires;
  const hypotheses = tree.givens.map((g) => given(inner, g, tree.givens));
  const side = (p: Phrase): Term => expressionIn(inner, own, read(asExpr(p)));
  const lhs = side(tree.lhs);
  const { name, span } = tree.name;
  const rhs = expressionIn(inner, own, read(asExpr(tree.rhs)), lhs.cod);
  return { _tag: 'Theorem', name, names: parameters.names, wires: own, hypotheses, lhs, rhs, span, stream: undefined };
}
