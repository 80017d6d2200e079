/**
 * What a proof may cite, and under which names: proved theorems and axioms, local facts of the goal, lemmas of the block.
 * Invariant: only theorems made by the core are cited; a name is looked up in the block, the goal, then the library.
 */
import type { AxisVar, Hypothesis, Instantiation, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import type { Binding } from '../../language/point/point.js';
import { instanceFits } from '../../language/point/size.js';
import type { Named } from '../tactic/discharge.js';
import { must } from '../tactic/failure.js';
import type { Goal, Local } from '../tactic/goal.js';
import { wiresOf } from '../tactic/discharge.js';

/** A theorem with the names that its statement gives to things. */
export interface Citable {
  readonly name: string;
  readonly thm: Thm;
  readonly wires: readonly Binding[];
  /** its hypotheses, in the order of the statement */
  readonly hypotheses: readonly { readonly hypothesis: Hypothesis; readonly named: Named }[];
  /** what may be instantiated: all variables of a theorem, the binders of a hypothesis */
  readonly axes: ReadonlySet<AxisVar>;
  readonly objects: ReadonlySet<string>;
  readonly morphisms: ReadonlySet<core.MorphismVar>;
}

/** A proved theorem: everything in it may be instantiated. */
export function theorem(
  name: string,
  thm: Thm,
  wires: readonly Binding[] | undefined,
  hypotheses: Citable['hypotheses'],
): Citable {
  const { lhs, rhs, hypotheses: hyps } = must(core.sequent(thm));
  const vars = must(core.variables(lhs, rhs, ...hyps.flatMap((h) => [h.lhs, h.rhs])));
  const axes = new Set([...vars.axes, ...vars.signatureAxes].filter((v) => v.scope === 'free'));
  return {
    name,
    thm,
    wires: wires ?? wiresOf(lhs),
    hypotheses,
    axes,
    objects: new Set(vars.objects),
    morphisms: new Set(vars.morphisms),
  };
}

/** A hypothesis of the goal: its binders, as variables of its own. */
export function localFact(local: Local, binders: readonly AxisVar[]): Citable {
  const fresh = local.hypothesis.binders.map((v, i) =>
    B.axisVar(`${binders[i]?.name ?? `n${i}`}`.concat('~'), {
      ...(v.sort === undefined ? {} : { sort: v.sort }),
      maybeEmpty: v.maybeEmpty,
    }),
  );
  const thm = must(
    core.assume(
      local.hypothesis,
      fresh.map((v) => B.ofVar(v)),
    ),
  );
  const images: Instantiation = { axes: binders.map((v, i) => [v, B.ofVar(fresh[i]!)]) };
  const wires = local.wires.map((w) => ({ ...w, object: B.substituteObject(images, w.object) }));
  return {
    name: local.name,
    thm,
    wires,
    hypotheses: [],
    axes: new Set(fresh),
    objects: new Set(),
    morphisms: new Set(),
  };
}

/** The same theorem after an instantiation; its hypotheses keep their names. */
export function instantiated(c: Citable, images: Instantiation): Citable {
  const before = must(core.sequent(c.thm));
  const terms = [before.lhs, before.rhs, ...before.hypotheses.flatMap((h) => [h.lhs, h.rhs])];
  instanceFits(terms, new Map(images.axes), new Map(images.objects));
  const thm = must(core.instantiate(c.thm, images));
  const wires = c.wires.map((w) => ({ ...w, object: B.substituteObject(images, w.object) }));
  const hypotheses = c.hypotheses.map(({ hypothesis, named }) => ({
    hypothesis: movedHypothesis(hypothesis, images),
    named: { ...named, wires: named.wires.map((w) => ({ ...w, object: B.substituteObject(images, w.object) })) },
  }));
  const given = new Set((images.axes ?? []).map(([v]) => v));
  const objects = new Set((images.objects ?? []).map(([name]) => name));
  const morphisms = new Set((images.morphisms ?? []).map(([h]) => h));
  return {
    ...c,
    thm,
    wires,
    hypotheses,
    axes: new Set([...c.axes].filter((v) => !given.has(v))),
    objects: new Set([...c.objects].filter((o) => !objects.has(o))),
    morphisms: new Set([...c.morphisms].filter((h) => !morphisms.has(h))),
  };
}

const apartMark = '~';
/** The name that the user knows a variable by. */
export const shown = (name: string): string => name.replace(/~+$/, '');

/** The same theorem with other names for the axes and objects that `terms` mention: theirs and the goal's are not one. */
export function apart(c: Citable, terms: readonly Term[]): Citable {
  const used = must(core.variables(...terms));
  const taken = new Set([...used.axes, ...used.signatureAxes].map((v) => v.name));
  const free = (name: string, among: ReadonlySet<string>): string => {
    let made = name + apartMark;
    while (among.has(made)) made += apartMark;
    return made;
  };
  const axes = [...c.axes]
    .filter((v) => taken.has(v.name))
    .map((v): [AxisVar, core.Axis] => {
      const options = { ...(v.sort === undefined ? {} : { sort: v.sort }), maybeEmpty: v.maybeEmpty };
      return [v, B.ofVar(B.axisVar(free(v.name, taken), options))];
    });
  const objectsTaken = new Set(used.objects);
  const objects = [...c.objects]
    .filter((o) => objectsTaken.has(o))
    .map((o): [string, core.Obj] => [o, B.objVar(free(o, objectsTaken))]);
  if (axes.length + objects.length === 0) return c;
  const moved = instantiated(c, { axes, objects });
  return theorem(c.name, moved.thm, moved.wires, moved.hypotheses);
}

/** What the core makes of a hypothesis when a theorem that has it is instantiated. */
function movedHypothesis(h: Hypothesis, images: Instantiation): Hypothesis {
  const fresh = h.binders.map((v, i) =>
    B.axisVar(`~${i}`, { ...(v.sort === undefined ? {} : { sort: v.sort }), maybeEmpty: v.maybeEmpty }),
  );
  const assumed = must(
    core.assume(
      h,
      fresh.map((v) => B.ofVar(v)),
    ),
  );
  return must(core.sequent(must(core.instantiate(assumed, images)))).hypotheses[0]!;
}

export const hypothesisNames = (c: Citable): ReadonlyMap<Hypothesis, Named> =>
  new Map(c.hypotheses.map((h) => [h.hypothesis, h.named]));

/** Axis, object and morphism variables that a goal mentions, by name. */
export function goalTerms(goal: Goal): readonly Term[] {
  return [goal.lhs, goal.rhs, ...goal.locals.flatMap((l) => [l.hypothesis.lhs, l.hypothesis.rhs])];
}
