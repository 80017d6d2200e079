// Preconditions (docs/explanation/conditions.md): `where c : l = r` as an equation. Invariant: both sides are one term about l or r, so that an equation of
// this form is recognised by making it again; the wires that stand where c is false have names of their own. It proves nothing.
import { type Obj, type Term, boolean, leafObjects, select } from '../point/build.js';
import { compile } from '../point/compile.js';
import { type Binding, type Expr, apply, tuple, wire } from '../point/point.js';
import type { StreamInfo } from './law.js';
import type { Local } from './scope.js';
import { expectObject } from './type.js';
import type { ExprTree } from '../syntax/tree.js';

/** A wire for each array of an object, of names that none of the others has. */
export function otherwise(object: Obj, others: readonly Binding[]): readonly Binding[] {
  const taken = new Set(others.map((w) => w.name));
  return leafObjects(object).map((leaf): Binding => {
    let name = 'otherwise';
    while (taken.has(name)) name += "'";
    taken.add(name);
    return { name, object: leaf };
  });
}

/** if condition then value else the wires that stand otherwise */
export const underCondition = (condition: Expr, value: Expr, object: Obj, others: readonly Binding[]): Expr =>
  apply(select(object), condition, value, tuple(...others.map((w) => wire(w.name))));

/** The condition, read over the wires in scope: a boolean. */
export function conditionExpr(local: Local, tree: ExprTree): Expr {
  const { expr, object } = local.knot.expression(local, tree);
  expectObject(boolean(), object, tree.span);
  return expr;
}

/** `if conditions then f(wires) else otherwise`, over the wires and those that stand otherwise. */
export function termUnder(
  conditions: readonly Term[],
  f: Term,
  wires: readonly Binding[],
  others: readonly Binding[],
): Term {
  const inputs = wires.map((w) => wire(w.name));
  const value = conditions.reduceRight(
    (e: Expr, c) => underCondition(apply(c, ...inputs), e, f.cod, others),
    apply(f, ...inputs),
  );
  return compile([...wires, ...others], value);
}

/** The conditions of a stream's main law, the outermost first. */
export const preconditionsOf = ({ precondition, resultsPrecondition }: StreamInfo): readonly Term[] =>
  [precondition, resultsPrecondition].filter((c) => c !== undefined);
