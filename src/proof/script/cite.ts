/**
 * What `with …` makes of a cited theorem: each part by the kind of the variable that it names; the rest is inferred from types
 * where the types fix it. Proposes only: the core checks the instantiation.
 */
import type { Axis, AxisVar, Family, Instantiation, MorphismVar, Obj, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { Matching } from '../../language/elaborate/match.js';
import type { Env } from '../../language/elaborate/scope.js';
import type { InstTree } from '../../language/syntax/tree.js';
import { fail, must } from '../tactic/failure.js';
import type { Under } from '../tactic/rewrite.js';
import type { Goal } from '../tactic/goal.js';
import { stop } from './failure.js';
import * as phrase from './phrase.js';
import { type Citable, apart, goalTerms, instantiated, shown } from './scope.js';

export interface Cited {
  readonly citable: Citable;
  /** the wires that were given, as terms over the goal's */
  readonly given: ReadonlyMap<string, Term>;
  /** those that were given at bound indices of the goal */
  readonly under: Under;
}

const signatureAxis = (v: AxisVar): boolean => v.scope === 'signature';

/** Applies the instantiation that the user wrote; `inferFrom` adds what the goal's type says. */
export function cite(env: Env, goal: Goal, cited: Citable, insts: readonly InstTree[], inferFrom: boolean): Cited {
  const citable =
    insts.length === 0 || cited.axes.size + cited.objects.size === 0 ? cited : apart(cited, goalTerms(goal));
  const axes = new Map<AxisVar, Axis>();
  const objects = new Map<string, Obj>();
  const families: { readonly h: MorphismVar; readonly inst: InstTree }[] = [];
  const given = new Map<string, Term>();
  const under = new Map<string, phrase.UnderBinders>();
  for (const inst of insts) {
    const { name } = inst.name;
    const wire = citable.wires.find((w) => w.name === name);
    const v = [...citable.axes].find((a) => shown(a.name) === name);
    const o = [...citable.objects].find((a) => shown(a) === name);
    const h = [...citable.morphisms].find((m) => m.name === name);
    const bound = wire && !inferFrom ? phrase.underBinders(env, goal.wires, inst.value) : undefined;
    if (bound) under.set(name, bound);
    else if (wire) given.set(name, phrase.term(env, goal.wires, inst.value));
    else if (h) families.push({ h, inst });
    else if (v) axes.set(v, phrase.axis(env, inst.value));
    else if (o !== undefined) objects.set(o, phrase.object(env, inst.value));
    else stop({ _tag: 'UnknownName', name, candidates: namesOf(citable), of: citable.name }, inst.name.span, 'E-SCOPE');
  }
  const objectsOf = new Map([...given].map(([name, t]): [string, Obj] => [name, t.cod]));
  under.forEach(({ term, indices }, name) => objectsOf.set(name, element(term.cod, indices.length)));
  const made = withFamilies(env, goal, citable, { axes, objects, families }, objectsOf, inferFrom);
  return { citable: made, given, under };
}

/** What is under so many leading axes. */
const element = (object: Obj, count: number): Obj => (count === 0 ? object : element(B.peel(object)!.rest, count - 1));

interface Parts {
  readonly axes: Map<AxisVar, Axis>;
  readonly objects: Map<string, Obj>;
  readonly families: readonly { readonly h: MorphismVar; readonly inst: InstTree }[];
}

function withFamilies(
  env: Env,
  goal: Goal,
  citable: Citable,
  parts: Parts,
  given: ReadonlyMap<string, Obj>,
  inferFrom: boolean,
): Citable {
  const matching = new Matching(citable.axes, citable.objects);
  parts.axes.forEach((a, v) => matching.axes.set(v, a));
  parts.objects.forEach((o, name) => matching.objects.set(name, o));
  for (const w of citable.wires) {
    const found = given.get(w.name);
    if (found && !matching.match(w.object, found))
      fail({ _tag: 'WrongArgument', name: citable.name, wire: w.name, expected: w.object, found, own: false });
  }
  const morphisms = parts.families.map(({ h, inst }): [MorphismVar, Family] => {
    const f = phrase.family(
      env,
      h,
      (inst.binders ?? []).map((b) => b.name),
      inst.value,
      knownDom(h, matching),
    );
    matching.match(h.dom, f.body.dom);
    matching.match(h.cod, f.body.cod);
    return [h, f];
  });
  if (inferFrom) {
    const { lhs } = must(core.sequent(citable.thm));
    if (given.size === 0) matching.match(lhs.dom, goal.lhs.dom);
    matching.match(lhs.cod, goal.lhs.cod);
  }
  const images: Instantiation = { axes: [...matching.axes], objects: [...matching.objects], morphisms };
  const empty = matching.axes.size + matching.objects.size + morphisms.length === 0;
  return empty ? citable : instantiated(citable, images);
}

/** The domain of a family, where what is known so far fixes it. */
function knownDom(h: MorphismVar, matching: Matching): Obj | undefined {
  const images: Instantiation = { axes: [...matching.axes], objects: [...matching.objects] };
  const dom = B.substituteObject(images, h.dom);
  const open = dom.leaves.some(
    (l) => l.base._tag === 'ObjVar' || l.axes.some((a) => a.terms.some((m) => m.vars.some(signatureAxis))),
  );
  return open ? undefined : dom;
}

const namesOf = (c: Citable): readonly string[] => [
  ...c.wires.map((w) => w.name),
  ...[...c.axes].map((v) => shown(v.name)),
  ...[...c.objects].map(shown),
  ...[...c.morphisms].map((h) => h.name),
];
