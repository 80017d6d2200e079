// Parameter groups to the names of a statement. Invariant: a name is declared once in its name space, and sorts are declared.
import {
  type Axis,
  type AxisVar,
  type MorphismVar,
  type Obj,
  axisVar,
  morphismVar,
  objVar,
  ofVar,
} from '../point/build.js';
import { fail, within } from '../point/error.js';
import type { Names } from './law.js';
import type { Binding } from '../point/point.js';
import { type BraceParameter, type Env, enter, unknown } from './scope.js';
import { baseObjects, objectOf } from './type.js';
import type { AxisDecl, GroupTree, VariableDecl, WireDecl } from '../syntax/tree.js';

export interface Parameters {
  readonly names: Names;
  /** in order of declaration */
  readonly axes: readonly AxisVar[];
  readonly braces: readonly BraceParameter[];
  /** undefined: no group of wires, not even an empty one */
  readonly wires: readonly Binding[] | undefined;
}

export function axisVariable(env: Env, { name, maybeEmpty, sort }: AxisDecl): AxisVar {
  if (!sort) return axisVar(name, { maybeEmpty });
  if (!env.sorts.has(sort.name)) unknown('sort', [...env.sorts], sort.name, sort.span);
  return axisVar(name, { maybeEmpty, sort: sort.name });
}

/** Axis variables added to those in scope; the new ones may not repeat one another, nor the old. */
export function declareAxes(
  env: Env,
  decls: readonly AxisDecl[],
): { readonly names: Names; readonly added: readonly AxisVar[] } {
  const axes = new Map<string, Axis>(env.names.axes);
  const added = decls.map((decl) => {
    if (axes.has(decl.name)) fail({ _tag: 'Duplicate', kind: 'axis', name: decl.name }, decl.span);
    const v = axisVariable(env, decl);
    axes.set(decl.name, ofVar(v));
    return v;
  });
  return { names: { ...env.names, axes }, added };
}

function declareVariable(env: Env, decl: VariableDecl): { readonly names: Names; readonly brace: BraceParameter } {
  const { axes, objects, morphisms } = env.names;
  if (decl._tag === 'ObjectVariable') {
    const known = objects.has(decl.name) || baseObjects.has(decl.name);
    if (known) fail({ _tag: 'Duplicate', kind: 'object', name: decl.name }, decl.span);
    const added = new Map<string, Obj>(objects).set(decl.name, objVar(decl.name));
    return { names: { axes, objects: added, morphisms }, brace: { _tag: 'Object', name: decl.name } };
  }
  if (morphisms.has(decl.name)) fail({ _tag: 'Duplicate', kind: 'morphism', name: decl.name }, decl.span);
  const variable = within(decl.span, () => signature(env, decl));
  const added = new Map<string, MorphismVar>(morphisms).set(decl.name, variable);
  return { names: { axes, objects, morphisms: added }, brace: { _tag: 'Morphism', variable } };
}

/** The binders of h[n] hide axes of the same name in its type. */
function signature(env: Env, decl: VariableDecl & { _tag: 'MorphismVariable' }): MorphismVar {
  const outer = new Map(env.names.axes);
  decl.binders.forEach((b) => outer.delete(b.name));
  const { names, added } = declareAxes(enter(env, { ...env.names, axes: outer }), decl.binders);
  const inner = enter(env, names);
  return morphismVar(decl.name, added, objectOf(inner, decl.dom), objectOf(inner, decl.cod));
}

export function wiresOf(env: Env, decls: readonly WireDecl[], known: readonly Binding[] = []): readonly Binding[] {
  const taken = new Set(known.map((w) => w.name));
  return decls.map(({ name, object, span }) => {
    if (taken.has(name)) fail({ _tag: 'Duplicate', kind: 'wire', name }, span);
    taken.add(name);
    return { name, object: objectOf(env, object) };
  });
}

/** All groups, each in the scope of those before it. */
export function declare(outer: Env, groups: readonly GroupTree[]): Parameters {
  let env = outer;
  const axes: AxisVar[] = [];
  const braces: BraceParameter[] = [];
  let wires: readonly Binding[] | undefined;
  for (const group of groups) {
    if (group._tag === 'AxisGroup') {
      const { names, added } = declareAxes(env, group.axes);
      env = enter(env, names);
      axes.push(...added);
    } else if (group._tag === 'VariableGroup') {
      for (const decl of group.variables) {
        const { names, brace } = declareVariable(env, decl);
        env = enter(env, names);
        braces.push(brace);
      }
    } else wires = [...(wires ?? []), ...wiresOf(env, group.wires, wires)];
  }
  return { names: env.names, axes, braces, wires };
}
