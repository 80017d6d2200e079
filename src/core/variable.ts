/**
 * Morphism variables, their images, definitions and calls. Invariant: interned and frozen; binders of signatures are numbered,
 * so that no user name can meet them. Knows nothing of substitution in terms, which types calls and families (substitution.ts).
 */
import { type Axis, type AxisVar, genuineAxes, internVar, isAxisVar, nonEmpty, ofVar, sortOf } from './axis.js';
import { refuse } from './error.js';
import { Table } from './table.js';
import { type Obj, addObjVars, genuineObjs, substituteObj } from './object.js';
import {
  type Arguments,
  type Definition,
  type Family,
  type MorphismVar,
  type Parameters,
  type Shape,
  type Term,
  intern,
} from './term.js';

const morphismVars = new Table<MorphismVar>();
const families = new Table<Family>();
const definitions = new Table<Definition>();
export const isMorphismVar = (value: unknown): value is MorphismVar => morphismVars.has(value);
export const isFamily = (value: unknown): value is Family => families.has(value);
export const isDefinition = (value: unknown): value is Definition => definitions.has(value);

/** h[n…] : dom -> cod; the binders are a person's axis variables, which stand for themselves only inside dom and cod. */
export function morphismVar(name: string, given: readonly AxisVar[], dom: Obj, cod: Obj): MorphismVar {
  const binders = [...given];
  if (typeof name !== 'string' || name === '') refuse('E-TYPE', 'morphismVar', 'a morphism variable has a name');
  genuineObjs('morphismVar', dom, cod);
  const axes = new Set<AxisVar>();
  [dom, cod].forEach((o) => addObjVars(o, axes, new Set()));
  for (const v of axes) if (v.scope !== 'free') refuse('E-SCOPE', 'morphismVar', 'bound names are out of reach', v);
  const close = closing('morphismVar', binders, 'signature');
  const closed = binders.map((v, i) => internVar(`${i}`, v.sort, v.maybeEmpty, 'signature'));
  const at = (object: Obj): Obj => substituteObj(close, () => undefined, object);
  return internMorphismVar(name, closed, at(dom), at(cod));
}

export function internMorphismVar(name: string, binders: readonly AxisVar[], dom: Obj, cod: Obj): MorphismVar {
  const key = JSON.stringify([name, binders.map((b) => b.id), dom.id, cod.id]);
  return morphismVars.intern(key, (id) => ({
    _tag: 'MorphismVar',
    id,
    name,
    binders: Object.freeze([...binders]),
    dom,
    cod,
  }));
}

/** The image that replaces distinct free binders by numbered ones. */
export function closing(
  rule: string,
  binders: readonly AxisVar[],
  scope: 'signature' | 'hypothesis',
): (v: AxisVar) => Axis | undefined {
  if (!binders.every((v) => isAxisVar(v) && v.scope === 'free') || new Set(binders).size !== binders.length)
    refuse('E-SCOPE', rule, 'binders are distinct free axis variables', ...binders);
  const places = new Map(binders.map((v, i) => [v, i]));
  return (v) => {
    const i = places.get(v);
    return i === undefined ? undefined : ofVar(internVar(`${i}`, v.sort, v.maybeEmpty, scope));
  };
}

/** An axis may stand for a variable: non-empty where the variable is, and of no other sort where both have one (general theorems have none). */
export function fits(rule: string, v: AxisVar, e: Axis): void {
  if (!v.maybeEmpty && !nonEmpty(e))
    refuse('E-SIDE', rule, 'a non-empty variable stands for an expression that reads as non-empty', v, e);
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
  const images = new Map(h.binders.map((v, i) => [v, axes[i]!]));
  const open = (v: AxisVar): Axis | undefined => images.get(v);
  const [dom, cod] = [h.dom, h.cod].map((o) => substituteObj(open, () => undefined, o)) as [Obj, Obj];
  const shape: Shape = { _tag: 'Variable', variable: h, axes };
  return intern(`var:${h.id}[${axes.map((a) => a.id).join()}]`, shape, dom, cod);
}

/** Used by `family` and `define`, which check binders and scope (substitution.ts). */
export function internFamily(binders: readonly AxisVar[], body: Term): Family {
  const key = `${binders.map((b) => b.id).join()}:${body.id}`;
  return families.intern(key, (id) => ({ _tag: 'Family', id, binders: Object.freeze([...binders]), body }));
}

let definitionCount = 0;
/** A definition is itself, whatever its name: two of one name are two. */
export function internDefinition(name: string, parameters: Parameters, body: Term): Definition {
  definitionCount += 1;
  return definitions.intern(`${definitionCount}`, (id) => ({ _tag: 'Definition', id, name, parameters, body }));
}

/** Interns a call whose unfolding has been typed by `call` (substitution.ts). */
export function internCall(definition: Definition, args: Arguments, unfolded: Term): Term {
  return intern(
    `call:${definition.id}(${argumentsKey(args)})`,
    { _tag: 'Call', definition, args },
    unfolded.dom,
    unfolded.cod,
  );
}
export const argumentsKey = ({ axes, objects, morphisms }: Arguments): string =>
  [axes, objects, morphisms].map((list) => list.map((x) => x.id).join()).join(';');
