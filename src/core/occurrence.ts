/**
 * The variables that occur in a term, and the refusal of bound ones where a caller may only use free ones. Invariant: every part is read once,
 * with an explicit stack. Knows nothing of substitution.
 */
import { type Axis, type AxisVar, addAxisVars, genuineAxes } from './axis.js';
import { refuse } from './error.js';
import { spend } from './fuel.js';
import { type Obj, addObjVars, genuineObjs } from './object.js';
import * as T from './term.js';
import type { MorphismVar, Term } from './term.js';

export interface Variables {
  /** outside the signatures of morphism variables */
  readonly axes: ReadonlySet<AxisVar>;
  /** free in the signature of some morphism variable */
  readonly signatureAxes: ReadonlySet<AxisVar>;
  readonly objects: ReadonlySet<string>;
  readonly morphisms: ReadonlySet<MorphismVar>;
}

export function children(t: Term): readonly Term[] {
  if (t._tag === 'Compose' || t._tag === 'Tensor') return [t.first, t.second];
  if (t._tag === 'Map') return [t.body];
  if (t._tag === 'Scan') return [t.step];
  return t._tag === 'Call' ? t.args.morphisms : [];
}

function addOwn(t: Term, axes: Set<AxisVar>, objects: Set<string>): void {
  addObjVars(t.dom, axes, objects);
  addObjVars(t.cod, axes, objects);
  if ('axis' in t) addAxisVars(t.axis, axes);
  if ('other' in t) addAxisVars(t.other, axes);
  if (t._tag === 'Scan') addObjVars(t.state, axes, objects);
  if (t._tag === 'Variable') t.axes.forEach((a) => addAxisVars(a, axes));
  if (t._tag === 'Call') {
    t.args.axes.forEach((a) => addAxisVars(a, axes));
    t.args.objects.forEach((o) => addObjVars(o, axes, objects));
  }
}

/** Every variable that a term mentions, with the free ones of signatures apart. */
export const variables = (...roots: readonly Term[]): Variables => variablesOf(roots);

function variablesOf(roots: readonly Term[]): Variables {
  const axes = new Set<AxisVar>();
  const signatureAxes = new Set<AxisVar>();
  const objects = new Set<string>();
  const morphisms = new Set<MorphismVar>();
  const seen = new Set<Term>();
  const pending = [...roots];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    spend(8);
    addOwn(t, axes, objects);
    if (t._tag === 'Variable') morphisms.add(t.variable);
    pending.push(...children(t));
  }
  for (const h of morphisms) {
    addObjVars(h.dom, signatureAxes, objects);
    addObjVars(h.cod, signatureAxes, objects);
  }
  for (const v of signatureAxes) if (v.scope === 'signature') signatureAxes.delete(v);
  return { axes, signatureAxes, objects, morphisms };
}

const clean = new Set<Term>();
/** Refuses terms that mention a bound name outside a signature: only closing may introduce one. Terms found clean are not read again. */
export function refuseBound(rule: string, ...terms: readonly Term[]): void {
  T.genuineTerms(rule, ...terms);
  const pending = terms.filter((t) => !clean.has(t));
  if (pending.length === 0) return;
  const read = new Set<Term>();
  for (let t = pending.pop(); t; t = pending.pop()) {
    const node = t;
    if (read.has(node)) continue;
    read.add(node);
    spend(8);
    pending.push(...children(node).filter((c) => !clean.has(c)));
    allFree(rule, (axes) => addOwn(node, axes, new Set()));
  }
  const { signatureAxes } = variablesOf([...read].filter((t) => t._tag === 'Variable'));
  for (const v of signatureAxes) if (v.scope !== 'free') refuse('E-SCOPE', rule, 'bound names are out of reach', v);
  read.forEach((t) => clean.add(t));
}
function allFree(rule: string, collect: (axes: Set<AxisVar>) => void): void {
  const axes = new Set<AxisVar>();
  collect(axes);
  for (const v of axes) if (v.scope !== 'free') refuse('E-SCOPE', rule, 'bound names are out of reach', v);
}
export function refuseBoundObj(rule: string, ...objects: readonly Obj[]): void {
  genuineObjs(rule, ...objects);
  allFree(rule, (axes) => objects.forEach((o) => addObjVars(o, axes, new Set())));
}
export function refuseBoundAxis(rule: string, ...axes: readonly Axis[]): void {
  genuineAxes(rule, ...axes);
  allFree(rule, (vars) => axes.forEach((a) => addAxisVars(a, vars)));
}
