/**
 * Reads the phrases of a proof in the environment of its goal: the wires, and the axes and objects that the goal mentions.
 * Knows nothing of tactics.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, AxisVar, Family, MorphismVar, Obj, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { diagramIn, expressionIn } from '../../language/elaborate/elaborate.js';
import type { Binding } from '../../language/point/point.js';
import { type Env, enter, withAxis } from '../../language/elaborate/scope.js';
import { axisOf, objectOf } from '../../language/elaborate/type.js';
import { type Parsed, asAxis, asDiagram, asExpr, asObject } from '../../language/syntax/parse.js';
import { attempted } from '../../language/point/error.js';
import type { BinderTree, ExprTree, Name, Phrase } from '../../language/syntax/tree.js';
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

/** An expression at indices that it does not bind itself: an array over them, and they, outermost first. */
export interface UnderBinders {
  readonly term: Term;
  readonly indices: readonly { readonly name: string; readonly axis: AxisVar }[];
}

/** Where some indices are free in a phrase, it as an array over them: the axis of each is the one of its name, else the first that fits. */
export function underBinders(env: Env, wires: readonly Binding[], phrase: Phrase): UnderBinders | undefined {
  const tree = read(asExpr(phrase));
  const names = [...new Set(freeIndices(tree, new Set()))];
  if (names.length === 0) return undefined;
  const axes = [...env.names.axes].flatMap(([name, axis]) => {
    const v = axis.terms[0]?.vars[0];
    return v && B.ofVar(v) === axis ? [{ name, axis: v }] : [];
  });
  return fitting(env, wires, tree, names, axes, []);
}

type Named = { readonly name: string; readonly axis: AxisVar };
function fitting(
  env: Env,
  wires: readonly Binding[],
  tree: ExprTree,
  names: readonly string[],
  axes: readonly Named[],
  chosen: readonly (Named & { readonly over: string })[],
): UnderBinders | undefined {
  const [name, ...rest] = names;
  if (name === undefined) {
    const binders = chosen.map(({ name: index, over }): BinderTree => {
      const axis = { _tag: 'AxisName', name: over, span: tree.span } as const;
      return { index, axis, span: tree.span };
    });
    const term = attempted(() => expressionIn(env, wires, { _tag: 'Map', binders, body: tree, span: tree.span }));
    return E.isRight(term) ? { term: term.right, indices: chosen } : undefined;
  }
  const ordered = [...axes.filter((a) => a.name === name), ...axes.filter((a) => a.name !== name)];
  for (const { name: over, axis } of ordered) {
    const found = fitting(env, wires, tree, rest, axes, [...chosen, { name, axis, over }]);
    if (found) return found;
  }
  return undefined;
}

/** Names of indices that nothing in the tree binds. */
function freeIndices(part: unknown, bound: ReadonlySet<string>): readonly string[] {
  if (Array.isArray(part)) return part.flatMap((p) => freeIndices(p, bound));
  if (typeof part !== 'object' || part === null) return [];
  const fields = part as {
    readonly _tag?: string;
    readonly binders?: readonly BinderTree[];
    readonly binder?: BinderTree;
  };
  const own = [...(fields.binders ?? []), ...(fields.binder ? [fields.binder] : [])].map((b) => b.index);
  const inner = own.length === 0 ? bound : new Set([...bound, ...own]);
  const indices = fields._tag === 'Index' ? (part as { readonly indices: readonly Name[] }).indices : [];
  const free = indices.map((i) => i.name).filter((n) => !bound.has(n));
  return [...free, ...Object.values(part).flatMap((p) => freeIndices(p, inner))];
}
