/**
 * Simultaneous substitution of axes, objects and morphisms in terms, families, and definitions. Invariant: terms are rebuilt
 * by the typed constructors, so every side condition is checked again; bound names (scope `signature`, `hypothesis`) are
 * never captured, because no image may contain one. Knows nothing of theorems.
 */
import { type Axis, type AxisVar, genuineAxes, isAxisVar, substituteAxis } from './axis.js';
import { refuse } from './error.js';
import { spend } from './fuel.js';
import { type Obj, genuineObjs, substituteObj } from './object.js';
import { children, refuseBound, variables } from './occurrence.js';
import * as T from './term.js';
import * as V from './variable.js';
import type { Arguments, Definition, Family, MorphismVar, Parameters, Term } from './term.js';

/** What each variable stands for; `undefined` leaves it alone. */
export interface Images {
  readonly axis: (v: AxisVar) => Axis | undefined;
  readonly object: (name: string) => Obj | undefined;
  readonly morphism: (h: MorphismVar) => Family | undefined;
}
const nothing = (): undefined => undefined;
/** What the i-th variable stands for is the i-th of the list; never an index of -1, which a polluted prototype would answer. */
export function paired<V, A>(vars: readonly V[], list: readonly A[]): (v: V) => A | undefined {
  const table = new Map(vars.map((v, i) => [v, list[i]!]));
  return (v) => table.get(v);
}
export const axisImages = (axis: (v: AxisVar) => Axis | undefined): Images => ({
  axis,
  object: nothing,
  morphism: nothing,
});

// ---- substitution -----------------------------------------------------------------------------------------------------

/** Bottom-up with an explicit stack and one result per shared subterm. */
export function substitute(images: Images, root: Term): Term {
  const done = new Map<Term, Term>();
  const pending = [root];
  while (pending.length > 0) {
    const t = pending.at(-1)!;
    spend(8);
    const missing = done.has(t) ? [] : children(t).filter((c) => !done.has(c));
    pending.push(...missing);
    if (missing.length > 0) continue;
    pending.pop();
    const parts = children(t).map((c) => done.get(c)!);
    if (!done.has(t)) done.set(t, rebuilt(images, t, parts));
  }
  return done.get(root)!;
}

function rebuilt(images: Images, t: Term, parts: readonly Term[]): Term {
  const axis = (a: Axis): Axis => substituteAxis(images.axis, a);
  const object = (o: Obj): Obj => substituteObj(images.axis, images.object, o);
  // prettier-ignore
  switch (t._tag) {
    case 'Id': return T.id(object(t.object));
    case 'Copy': return T.copy(object(t.object));
    case 'Discard': return T.discard(object(t.object));
    case 'Select': return T.select(object(t.object));
    case 'Swap': return T.swap(object(t.left), object(t.right));
    case 'Compose': return T.compose(parts[0]!, parts[1]!);
    case 'Tensor': return T.tensor(parts[0]!, parts[1]!);
    case 'Map': return T.map(axis(t.axis), parts[0]!);
    case 'Repeat': return T.repeat(axis(t.axis), object(t.object));
    case 'Diag': return T.diag(axis(t.axis), object(t.object));
    case 'First': return T.first(axis(t.axis), object(t.object));
    case 'Exchange': return T.exchange(axis(t.axis), axis(t.other), object(t.object));
    case 'Split': return T.split(axis(t.axis), axis(t.other), object(t.object));
    case 'Concat': return T.concat(axis(t.axis), axis(t.other), object(t.object));
    case 'Tile': return T.tile(axis(t.axis), axis(t.other), object(t.object));
    case 'Flatten': return T.flatten(axis(t.axis), axis(t.other), object(t.object));
    case 'Constant': case 'Operator': return t;
    case 'Position': return T.position(axis(t.axis));
    case 'Size': return T.size(axis(t.axis));
    case 'Scan': return T.scan(axis(t.axis), object(t.state), parts[0]!);
    case 'Variable': return substitutedVariable(images, t.variable, t.axes.map(axis));
    case 'Call': return call(t.definition, { axes: t.args.axes.map(axis), objects: t.args.objects.map(object), morphisms: parts });
  }
}

/** The signature after substitution: its own binders stay, whatever `images` says of their names. */
export function substitutedSignature(images: Images, h: MorphismVar): MorphismVar {
  const axis = (v: AxisVar): Axis | undefined => (v.scope === 'signature' ? undefined : images.axis(v));
  const [dom, cod] = [h.dom, h.cod].map((o) => substituteObj(axis, images.object, o)) as [Obj, Obj];
  return V.internMorphismVar(h.name, h.binders, dom, cod);
}

function substitutedVariable(images: Images, h: MorphismVar, axes: readonly Axis[]): Term {
  const family = images.morphism(h);
  return family ? opened(family, axes) : V.variable(substitutedSignature(images, h), axes);
}

/** The body of a family at given axes. */
function opened(family: Family, axes: readonly Axis[]): Term {
  const images = axisImages(paired(family.binders, axes));
  return family.binders.length === 0 ? family.body : substitute(images, family.body);
}

/**
 * The image [n…] body of a morphism variable. E-SCOPE when the binders are not distinct free variables, when the body
 * mentions a bound name, or when a binder occurs in the signature of a morphism variable of the body.
 */
export function family(given: readonly AxisVar[], body: Term): Family {
  const binders = [...given];
  refuseBound('family', body);
  const close = V.closing('family', binders, 'signature');
  const { signatureAxes } = variables(body);
  for (const v of binders)
    if (signatureAxes.has(v))
      refuse('E-SCOPE', 'family', 'no binder occurs in the signature of a morphism variable of the body', v);
  const closed = binders.map((v) => close(v)!.terms[0]!.vars[0]!);
  return V.internFamily(closed, substitute(axisImages(close), body));
}

// ---- definitions ------------------------------------------------------------------------------------------------------

/** Rule 7's constant c(V) := body. E-SCOPE unless every variable of the body is a parameter. Acyclic, since the body exists before. */
export function define(name: string, given: Parameters, body: Term): Definition {
  const parameters: Parameters = ownLists(given);
  if (typeof name !== 'string' || name === '') refuse('E-TYPE', 'define', 'a definition has a name');
  if (
    !parameters.axes.every((v) => isAxisVar(v) && v.scope === 'free') ||
    !parameters.objects.every((o) => typeof o === 'string')
  )
    refuse(
      'E-TYPE',
      'define',
      'parameters are free axis variables, names of objects and morphism variables',
      parameters,
    );
  refuseBound('define', body);
  const { axes, signatureAxes, objects, morphisms } = variables(body);
  const known = {
    axes: new Set(parameters.axes),
    objects: new Set(parameters.objects),
    morphisms: new Set(parameters.morphisms),
  };
  const declared = (v: unknown, is: boolean): void => {
    if (!is) refuse('E-SCOPE', 'define', 'every variable of the body is a parameter', v);
  };
  [...axes, ...signatureAxes].forEach((v) => declared(v, known.axes.has(v)));
  objects.forEach((o) => declared(o, known.objects.has(o)));
  morphisms.forEach((h) => declared(h, known.morphisms.has(h)));
  for (const h of known.morphisms)
    if (!V.isMorphismVar(h) || h.binders.length > 0)
      refuse('E-TYPE', 'define', 'a definition abstracts over single morphisms', h);
  return V.internDefinition(name, parameters, body);
}

/** c(e…), typed by its unfolding. */
export function call(definition: Definition, given: Arguments): Term {
  const args = ownLists(given);
  return V.internCall(definition, args, unfolding(definition, args));
}

/** What a caller handed in, read once and copied. */
export function ownLists<A, O, M>(given: { axes: readonly A[]; objects: readonly O[]; morphisms: readonly M[] }) {
  const { axes, objects, morphisms } = given;
  return Object.freeze({
    axes: Object.freeze([...axes]),
    objects: Object.freeze([...objects]),
    morphisms: Object.freeze([...morphisms]),
  });
}

const unfoldings = new Map<string, Term>();

/** The body with parameters replaced, all at once. */
export function unfolding(definition: Definition, given: Arguments): Term {
  const args = ownLists(given);
  if (!V.isDefinition(definition)) refuse('E-TYPE', 'call', 'a definition made by the core', definition);
  genuineAxes('call', ...args.axes);
  genuineObjs('call', ...args.objects);
  T.genuineTerms('call', ...args.morphisms);
  spend(16 + args.axes.length + args.objects.length + args.morphisms.length);
  const key = `${definition.id}:${V.argumentsKey(args)}`;
  const made = unfoldings.get(key) ?? deeper(() => unfold(definition, args));
  unfoldings.set(key, made);
  return made;
}

/** Definitions inside one another, at most, where none is unfolded at these arguments yet: unfolding one unfolds those inside. */
export const UNFOLDING_DEPTH = 200;
let unfoldingDepth = 0;
function deeper(unfolded: () => Term): Term {
  if (unfoldingDepth >= UNFOLDING_DEPTH)
    refuse('E-BUDGET', 'call', `at most ${UNFOLDING_DEPTH} definitions inside one another`);
  unfoldingDepth += 1;
  try {
    return unfolded();
  } finally {
    unfoldingDepth -= 1;
  }
}

function unfold(definition: Definition, args: Arguments): Term {
  const { axes, objects, morphisms } = definition.parameters;
  if (
    axes.length !== args.axes.length ||
    objects.length !== args.objects.length ||
    morphisms.length !== args.morphisms.length
  )
    refuse('E-TYPE', 'call', 'one argument for each parameter', definition);
  axes.forEach((v, i) => V.fits('call', v, args.axes[i]!));
  const bodies = paired(morphisms, args.morphisms);
  const images: Images = {
    axis: paired(axes, args.axes),
    object: paired(objects, args.objects),
    morphism: (h) => {
      const body = bodies(h);
      return body && V.internFamily([], body);
    },
  };
  morphisms.forEach((h, i) => sameType('call', substitutedSignature(images, h), args.morphisms[i]!));
  return substitute(images, definition.body);
}

export function sameType(rule: string, signature: MorphismVar, body: Term): void {
  if (signature.dom !== body.dom || signature.cod !== body.cod)
    refuse('E-TYPE', rule, 'the image has the type of the variable', signature.dom, signature.cod, body.dom, body.cod);
}
