/**
 * Morphism variables, their images, definitions and calls. Invariant: interned and frozen; binders of signatures are numbered,
 * so that no user name can meet them. Knows nothing of substitution in terms, which types calls and families (substitution.ts).
 */
import { type Axis, type AxisVar, genuineAxes, internVar, isAxisVar, nonEmpty, ofVar, sortOf } from './axis.js';
import { refuse } from './error.js';
import { type Obj, addObjVars, genuineObjs, substituteObj } from './object.js';
import { type Arguments, type Definition, type Family, type MorphismVar, type Parameters, type Shape, type Term, intern } from './term.js';

const morphismVars = new Map<string, MorphismVar>();
const definitions = new WeakSet<object>();
const families = new Map<string, Family>();
const genuine = new WeakSet<object>();

/** h[n…] : dom -> cod; the binders are a person's axis variables, which stand for themselves only inside dom and cod. */
export function morphismVar(name: string, given: readonly AxisVar[], dom: Obj, cod: Obj): MorphismVar {
  const binders = [...given];
  if (typeof name !== 'string' || name === '') refuse('E-TYPE', 'morphismVar', 'a morphism variable has a name');
  genuineObjs('morphismVar', dom, cod);
  for (const v of objectAxes(dom, cod)) if (v.scope !== 'free') refuse('E-SCOPE', 'morphismVar', 'bound names are out of reach', v);
  const close = closing('morphismVar', binders, 'signature');
  const closed = binders.map((v, i) => internVar(`${i}`, v.sort, v.maybeEmpty, 'signature'));
  return internMorphismVar(
    name,
    closed,
    substituteObj(close, () => undefined, dom),
    substituteObj(close, () => undefined, cod),
  );
}

function objectAxes(...objects: readonly Obj[]): Set<AxisVar> {
  const axes = new Set<AxisVar>();
  objects.forEach((o) => addObjVars(o, axes, new Set()));
  return axes;
}

export function internMorphismVar(name: string, binders: readonly AxisVar[], dom: Obj, cod: Obj): MorphismVar {
  const key = JSON.stringify([name, binders.map((b) => b.id), dom.id, cod.id]);
  const known = morphismVars.get(key);
  if (known) return known;
  const made: MorphismVar = Object.freeze({
    _tag: 'MorphismVar',
    id: morphismVars.size,
    name,
    binders: Object.freeze([...binders]),
    dom,
    cod,
  });
  genuine.add(made);
  morphismVars.set(key, made);
  return made;
}
export const isMorphismVar = (value: unknown): value is MorphismVar =>
  typeof value === 'object' && value !== null && genuine.has(value) && (value as MorphismVar)._tag === 'MorphismVar';

/** The image that replaces distinct free binders by numbered ones. */
export function closing(rule: string, binders: readonly AxisVar[], scope: 'signature' | 'hypothesis'): (v: AxisVar) => Axis | undefined {
  if (!binders.every((v) => isAxisVar(v) && v.scope === 'free') || new Set(binders).size !== binders.length)
    refuse('E-SCOPE', rule, 'binders are distinct free axis variables', ...binders);
  return (v) => {
    const i = binders.indexOf(v);
    return i < 0 ? undefined : ofVar(internVar(`${i}`, v.sort, v.maybeEmpty, scope));
  };
}

/** An axis may stand for a variable: non-empty where the variable is, and of no other sort where both have one (general theorems have none). */
export function fits(rule: string, v: AxisVar, e: Axis): void {
  if (!v.maybeEmpty && !nonEmpty(e)) refuse('E-SIDE', rule, 'a non-empty variable stands for an expression that reads as non-empty', v, e);
  const sort = sortOf(e);
  if (v.sort !== undefined && !sort.any && sort.name !== undefined && sort.name !== v.sort)
    refuse('E-TYPE', rule, 'a sorted variable stands for no axis of another sort', v, e);
}

/** h[e…] */
export function variable(h: MorphismVar, given: readonly Axis[]): Term {
  const axes = Object.freeze([...given]);
  if (!isMorphismVar(h)) refuse('E-TYPE', 'variable', 'a morphism variable made by the core', h);
  genuineAxes('variable', ...axes);
  if (axes.length !== h.binders.length) refuse('E-TYPE', 'variable', 'one axis for each binder', h, axes.length);
  h.binders.forEach((v, i) => fits('variable', v, axes[i]!));
  const open = (v: AxisVar): Axis | undefined => (h.binders.includes(v) ? axes[h.binders.indexOf(v)] : undefined);
  const [dom, cod] = [h.dom, h.cod].map((o) => substituteObj(open, () => undefined, o)) as [Obj, Obj];
  const shape: Shape = { _tag: 'Variable', variable: h, axes };
  return intern(`var:${h.id}[${axes.map((a) => a.id).join()}]`, shape, dom, cod);
}

/** Used by `family` and `define`, which check binders and scope (substitution.ts). */
export function internFamily(binders: readonly AxisVar[], body: Term): Family {
  const key = `${binders.map((b) => b.id).join()}:${body.id}`;
  const known = families.get(key);
  if (known) return known;
  const made: Family = Object.freeze({ _tag: 'Family', id: families.size, binders: Object.freeze([...binders]), body });
  genuine.add(made);
  families.set(key, made);
  return made;
}
export const isFamily = (value: unknown): value is Family =>
  typeof value === 'object' && value !== null && genuine.has(value) && (value as Family)._tag === 'Family';

let definitionCount = 0;
export function internDefinition(name: string, parameters: Parameters, body: Term): Definition {
  const frozen = Object.freeze({
    axes: Object.freeze([...parameters.axes]),
    objects: Object.freeze([...parameters.objects]),
    morphisms: Object.freeze([...parameters.morphisms]),
  });
  const made: Definition = Object.freeze({ _tag: 'Definition', id: definitionCount++, name, parameters: frozen, body });
  definitions.add(made);
  return made;
}
export const isDefinition = (value: unknown): value is Definition => typeof value === 'object' && value !== null && definitions.has(value);

/** Interns a call whose unfolding has been typed by `call` (substitution.ts). */
export function internCall(definition: Definition, args: Arguments, unfolded: Term): Term {
  const key = `call:${definition.id}(${args.axes.map((a) => a.id).join()};${args.objects.map((o) => o.id).join()};${args.morphisms.map((m) => m.id).join()})`;
  return intern(key, { _tag: 'Call', definition, args }, unfolded.dom, unfolded.cod);
}
