/**
 * Reads the phrases of a proof in the environment of its goal: the wires, and the axes and objects that the goal mentions.
 * Knows nothing of tactics.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, AxisVar, Family, MorphismVar, Obj, Term } from '../core/index.js';
import * as core from '../core/index.js';
import * as B from '../elaborate/build.js';
import { diagramIn, expressionIn } from '../elaborate/elaborate.js';
import type { Binding } from '../elaborate/point.js';
import { type Env, enter, withAxis } from '../elaborate/scope.js';
import { axisOf, objectOf } from '../elaborate/type.js';
import { type Parsed, asAxis, asDiagram, asExpr, asObject } from '../syntax/parse.js';
import type { Phrase } from '../syntax/tree.js';
import type { Goal } from '../tactic/goal.js';
import { must } from '../tactic/failure.js';
import { stop } from './failure.js';
import { goalTerms } from './scope.js';

/** The tree of a phrase, or E-SYNTAX at its place. */
function read<A>(parsed: Parsed<A>): A {
  if (E.isRight(parsed)) return parsed.right;
  return stop({ _tag: 'Syntax', failure: parsed.left }, parsed.left.span, parsed.left.code);
}

/** The environment of a goal: what the statement declares, and every variable that the goal mentions. */
export function environment(env: Env, goal: Goal): Env {
  const vars = must(core.variables(...goalTerms(goal)));
  const axes = new Map(env.names.axes);
  for (const v of [...vars.axes, ...vars.signatureAxes]) if (v.scope === 'free') axes.set(v.name, B.ofVar(v));
  const objects = new Map(env.names.objects);
  for (const name of vars.objects) objects.set(name, B.objVar(name));
  const morphisms = new Map(env.names.morphisms);
  for (const h of vars.morphisms) morphisms.set(h.name, h);
  return enter(env, { axes, objects, morphisms });
}

/** An expression over wires, as a term from their product. */
export function term(env: Env, wires: readonly Binding[], phrase: Phrase, expected?: Obj): Term {
  return expressionIn(env, wires, read(asExpr(phrase)), expected);
}
export const axis = (env: Env, phrase: Phrase): Axis => axisOf(env, read(asAxis(phrase)));
export const object = (env: Env, phrase: Phrase): Obj => objectOf(env, read(asObject(phrase)));

/** `[n] diagram` for a morphism variable h[n]. */
export function family(env: Env, h: MorphismVar, binders: readonly string[], phrase: Phrase, dom?: Obj): Family {
  const vars = h.binders.map((v, i) => {
    const name = binders[i] ?? `n${i}`;
    return B.axisVar(name, { ...(v.sort === undefined ? {} : { sort: v.sort }), maybeEmpty: v.maybeEmpty });
  });
  const inner = vars.reduce((e: Env, v: AxisVar) => withAxis(e, v.name, B.ofVar(v)), env);
  return B.family(vars, diagramIn(inner, read(asDiagram(phrase)), dom));
}
