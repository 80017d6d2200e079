/**
 * Variables of terms, substitution of all at once, and what binds axes: definitions, families and hypotheses. Invariant: terms are built
 * anew by their constructors, so every side condition is checked again; bound variables have names that nothing else has, so nothing is
 * captured. Iterative: a term may be deep. It does not know steps.
 */
import { type Axis, type AxisImage, type AxisVar, axisVars, boundVar, from, ofVar, substAxis } from './axis.js';
import { type Obj, objectAxes, objectNames, substObject } from './object.js';
import { refuse, require, spend } from './refusal.js';
import * as t from './term.js';
import { type Definition, type MorphismVar, type Term } from './term.js';

/** A term under bound axes: the image of a morphism variable. */
export interface Family {
  readonly binders: readonly AxisVar[];
  readonly body: Term;
}

export interface Hypothesis {
  readonly id: number;
  readonly binders: readonly AxisVar[];
  readonly lhs: Term;
  readonly rhs: Term;
}

export interface Substitution {
  readonly axes: ReadonlyMap<AxisVar, Axis>;
  readonly objects?: ReadonlyMap<string, Obj>;
  readonly morphisms?: ReadonlyMap<MorphismVar, Family>;
}

/** Every term is visited once, after its parts. */
const visit = (root: Term, done: (f: Term) => boolean, finish: (f: Term) => void): void => {
  const stack = [root];
  for (let f = stack.at(-1); f !== undefined; f = stack.at(-1)) {
    const open = done(f) ? [] : f.terms.filter((g) => !done(g));
    if (open.length > 0) {
      for (const g of open.reverse()) stack.push(g);
      continue;
    }
    stack.pop();
    if (!done(f)) {
      spend(4 + f.terms.length);
      finish(f);
    }
  }
};

export interface Variables {
  /** those of axes and objects in the term; bound ones of families and hypotheses too */
  readonly axes: ReadonlySet<AxisVar>;
  /** those in the signatures of its morphism variables */
  readonly signature: ReadonlySet<AxisVar>;
  readonly objects: ReadonlySet<string>;
  readonly morphisms: ReadonlySet<MorphismVar>;
}

export const signatureAxes = (m: MorphismVar): readonly AxisVar[] => {
  const own = new Set(m.binders);
  return [...objectAxes(m.dom), ...objectAxes(m.cod)].filter((v) => !own.has(v));
};

const collected = new WeakMap<Term, Variables>();

export const variablesOf = (root: Term): Variables => {
  const known = collected.get(root);
  if (known) return known;
  const [axes, signature] = [new Set<AxisVar>(), new Set<AxisVar>()];
  const [names, morphisms] = [new Set<string>(), new Set<MorphismVar>()];
  const seen = new Set<Term>();
  const object = (o: Obj): void => objectNames(o).forEach((x) => names.add(x));
  visit(
    root,
    (f) => seen.has(f),
    (f) => {
      seen.add(f);
      f.axes.forEach((a) => axisVars(a).forEach((v) => axes.add(v)));
      f.objects.forEach((o) => (object(o), objectAxes(o).forEach((v) => axes.add(v))));
      if (f.variable && !morphisms.has(f.variable)) {
        morphisms.add(f.variable);
        signatureAxes(f.variable).forEach((v) => signature.add(v));
        [f.variable.dom, f.variable.cod].forEach(object);
      }
    },
  );
  const found = { axes, signature, objects: names, morphisms };
  collected.set(root, found);
  return found;
};

/** Axes and objects of the signature alone: never its own binders. */
const substSignature = (m: MorphismVar, s: Substitution): MorphismVar => {
  const own = new Set(m.binders);
  const axes: AxisImage = (v) => (own.has(v) ? undefined : s.axes.get(v));
  const at = (o: Obj): Obj => substObject(o, axes, from(s.objects));
  return t.morphismVar(m.name, m.binders, at(m.dom), at(m.cod));
};

/** h[e…] is the image's body at the images of e…, or h with its signature replaced. */
const substVariable = (m: MorphismVar, axes: readonly Axis[], s: Substitution): Term => {
  const family = s.morphisms?.get(m);
  return family
    ? substitute(family.body, { axes: t.bind(family.binders, axes) })
    : t.variable(substSignature(m, s), axes);
};

/** The parts of a term, by number. */
interface Args {
  readonly a: (n: number) => Axis;
  readonly o: (n: number) => Obj;
  readonly g: (n: number) => Term;
}

// prettier-ignore
const builders: Record<Exclude<t.Tag, 'call' | 'const' | 'op' | 'var'>, (p: Args) => Term> = {
  id:       ({ o }) => t.id(o(0)),
  ';':      ({ g }) => t.compose(g(0), g(1)),
  '*':      ({ g }) => t.tensor(g(0), g(1)),
  swap:     ({ o }) => t.swap(o(0), o(1)),
  copy:     ({ o }) => t.copy(o(0)),
  del:      ({ o }) => t.del(o(0)),
  map:      ({ a, g }) => t.map(a(0), g(0)),
  repeat:   ({ a, o }) => t.repeat(a(0), o(0)),
  diag:     ({ a, o }) => t.diag(a(0), o(0)),
  exchange: ({ a, o }) => t.exchange(a(0), a(1), o(0)),
  split:    ({ a, o }) => t.split(a(0), a(1), o(0)),
  concat:   ({ a, o }) => t.concat(a(0), a(1), o(0)),
  tile:     ({ a, o }) => t.tile(a(0), a(1), o(0)),
  flatten:  ({ a, o }) => t.flatten(a(0), a(1), o(0)),
  first:    ({ a, o }) => t.first(a(0), o(0)),
  select:   ({ o }) => t.select(o(0)),
  position: ({ a }) => t.position(a(0)),
  size:     ({ a }) => t.size(a(0)),
  scan:     ({ a, o, g }) => t.scan(a(0), o(0), g(0)),
};

/** f with these parts in place of its own. */
const rebuild = (f: Term, as: readonly Axis[], os: readonly Obj[], ts: readonly Term[]): Term => {
  if (f.tag === 'const' || f.tag === 'op' || f.tag === 'var') return f;
  if (f.tag === 'call') return f.definition ? t.call(f.definition, as, os, ts) : f;
  return builders[f.tag]({
    a: (n) => as[n] ?? refuse('an axis is missing'),
    o: (n) => os[n] ?? refuse('an object is missing'),
    g: (n) => ts[n] ?? refuse('a term is missing'),
  });
};

/** All variables at once. */
export const substitute = (root: Term, s: Substitution): Term => {
  if (s.axes.size + (s.objects?.size ?? 0) + (s.morphisms?.size ?? 0) === 0) return root;
  const done = new Map<Term, Term>();
  const axes = remember((a: Axis) => substAxis(a, from(s.axes)));
  const objects = remember((o: Obj) => substObject(o, from(s.axes), from(s.objects)));
  const image = (f: Term): Term => {
    if (f.variable) return substVariable(f.variable, f.axes.map(axes), s);
    const parts = f.terms.map((g) => done.get(g) ?? g);
    return rebuild(f, f.axes.map(axes), f.objects.map(objects), parts);
  };
  const isDone = (f: Term): boolean => done.has(f);
  visit(root, isDone, (f) => done.set(f, image(f)));
  return done.get(root) ?? root;
};

/** The same function, computed once for each argument. */
const remember = <K, W>(f: (key: K) => W): ((key: K) => W) => {
  const known = new Map<K, W>();
  return (key) => {
    const value = known.get(key) ?? f(key);
    known.set(key, value);
    return value;
  };
};
/** The distinct variables V, none of which is a signature axis of a term, as numbered bound ones. */
const scope = (vars: readonly AxisVar[], terms: readonly Term[]): { binders: AxisVar[]; terms: Term[] } => {
  require(new Set(vars).size === vars.length, 'a binder stands twice');
  for (const f of terms) require(!vars.some((v) => variablesOf(f).signature.has(v)), 'a binder is a signature axis');
  const binders = vars.map((v, n) => boundVar('scope', n, v));
  const axes = new Map(vars.map((v, n) => [v, ofVar(binders[n] ?? v)]));
  return { binders, terms: terms.map((f) => substitute(f, { axes })) };
};

export const family = (vars: readonly AxisVar[], term: Term): Family => {
  const { binders, terms } = scope(vars, [term]);
  return { binders, body: terms[0] ?? term };
};

const hypotheses = new Map<string, Hypothesis>();

/** For binders that are numbered already. */
const internHypothesis = (binders: readonly AxisVar[], lhs: Term, rhs: Term): Hypothesis => {
  const key = `${binders.map((v) => v.id).join(' ')}|${lhs.id} ${rhs.id}`;
  const known = hypotheses.get(key);
  if (known) return known;
  const made = Object.freeze({ id: hypotheses.size, binders, lhs, rhs });
  hypotheses.set(key, made);
  return made;
};

/** For all V…. lhs = rhs, of one type. */
export const hypothesis = (vars: readonly AxisVar[], lhs: Term, rhs: Term): Hypothesis => {
  require(lhs.dom === rhs.dom && lhs.cod === rhs.cod, 'the sides of a hypothesis have two types');
  const { binders, terms } = scope(vars, [lhs, rhs]);
  return internHypothesis(binders, terms[0] ?? lhs, terms[1] ?? rhs);
};

/** Images mention no bound variable, so they go under the binders as they are. */
export const substHypothesis = (h: Hypothesis, s: Substitution): Hypothesis =>
  internHypothesis(h.binders, substitute(h.lhs, s), substitute(h.rhs, s));

/** Parameters are distinct, those of morphisms have no binders, and every variable of the body is one. */
export const definition = (
  name: string,
  axes: readonly AxisVar[],
  objects: readonly string[],
  morphisms: readonly MorphismVar[],
  body: Term,
): Definition => {
  for (const list of [axes, objects, morphisms])
    require(new Set<unknown>(list).size === list.length, `a parameter of ${name} stands twice`);
  require(morphisms.every((m) => m.binders.length === 0), `a parameter of ${name} is a family`);
  const used = variablesOf(body);
  for (const v of [...used.axes, ...used.signature]) require(axes.includes(v), `${v.name} is no parameter of ${name}`);
  for (const x of used.objects) require(objects.includes(x), `${x} is no parameter of ${name}`);
  for (const m of used.morphisms) require(morphisms.includes(m), `${m.name} is no parameter of ${name}`);
  return t.internDefinition({ name, axes, objects, morphisms, body });
};

const unfoldings = new WeakMap<Term, Term>();

/** The body of the definition with all parameters replaced at once. */
export const unfold = (f: Term): Term => {
  const known = unfoldings.get(f);
  if (known) return known;
  const d = f.definition ?? refuse('only a call is unfolded');
  const morphisms = new Map<MorphismVar, Family>();
  d.morphisms.forEach((m, n) => f.terms[n] && morphisms.set(m, { binders: [], body: f.terms[n] }));
  const objects = new Map<string, Obj>();
  d.objects.forEach((x, n) => f.objects[n] && objects.set(x, f.objects[n]));
  const body = substitute(d.body, { axes: t.bind(d.axes, f.axes), objects, morphisms });
  unfoldings.set(f, body);
  return body;
};
