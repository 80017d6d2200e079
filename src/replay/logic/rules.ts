/**
 * The steps. Invariant: a sequent comes from these functions alone, each of which has the law of its rule and refuses unless the page's
 * conditions hold. Whether an axiom or a cited theorem is what it says is decided elsewhere (law.ts, replay.ts). It does not know records.
 */
import { type Axis, type AxisVar, from, ofVar, one, requireFit, sum, zero } from './axis.js';
import { sameTerm } from './equal.js';
import { type Obj, substObject } from './object.js';
import { require } from './refusal.js';
import {
  type Family, type Hypothesis, hypothesis, substHypothesis, type Substitution, substitute, unfold, variablesOf,
} from './substitute.js'; // prettier-ignore
import * as t from './term.js';
import { type Definition, type MorphismVar, type Term } from './term.js';

/** Γ |- lhs = rhs */
export interface Sequent {
  readonly given: ReadonlySet<Hypothesis>;
  readonly lhs: Term;
  readonly rhs: Term;
}

const none: ReadonlySet<Hypothesis> = new Set();

const union = (a: ReadonlySet<Hypothesis>, b: ReadonlySet<Hypothesis>): ReadonlySet<Hypothesis> =>
  b.size === 0 || a === b ? a : a.size === 0 ? b : new Set([...a, ...b]);

const without = (a: ReadonlySet<Hypothesis>, h: Hypothesis): ReadonlySet<Hypothesis> =>
  a.has(h) ? new Set([...a].filter((other) => other !== h)) : a;

/** |- f = g, structurally. */
export const eq = (f: Term, g: Term): Sequent => {
  require(f.dom === g.dom && f.cod === g.cod, 'the terms have two types');
  require(sameTerm(f, g), 'the terms are not structurally equal');
  return { given: none, lhs: f, rhs: g };
};

/** Γ |- g = f from Γ |- f = g */
export const sym = ({ given, lhs, rhs }: Sequent): Sequent => ({ given, lhs: rhs, rhs: lhs });

/** Γ ∪ Δ |- f = h from Γ |- f = g, Δ |- g = h */
export const trans = (p: Sequent, q: Sequent): Sequent => {
  require(p.rhs === q.lhs, 'the middle terms are not the same');
  return { given: union(p.given, q.given), lhs: p.lhs, rhs: q.rhs };
};

/** Γ ∪ Δ |- f ; g = f' ; g' */
export const compose = (p: Sequent, q: Sequent): Sequent => ({
  given: union(p.given, q.given),
  lhs: t.compose(p.lhs, q.lhs),
  rhs: t.compose(p.rhs, q.rhs),
});

/** Γ ∪ Δ |- f * g = f' * g' */
export const tensor = (p: Sequent, q: Sequent): Sequent => ({
  given: union(p.given, q.given),
  lhs: t.tensor(p.lhs, q.lhs),
  rhs: t.tensor(p.rhs, q.rhs),
});

/** Γ |- map a f = map a g */
export const map = (a: Axis, { given, lhs, rhs }: Sequent): Sequent => ({
  given,
  lhs: t.map(a, lhs),
  rhs: t.map(a, rhs),
});

/** Γ |- scan a f = scan a g */
export const scan = (a: Axis, state: Obj, { given, lhs, rhs }: Sequent): Sequent => ({
  given,
  lhs: t.scan(a, state, lhs),
  rhs: t.scan(a, state, rhs),
});

/** With M's binders for its own, the family has the type of M's signature after the substitution of axes and objects. */
const requireImage = (m: MorphismVar, { binders, body }: Family, s: Substitution): void => {
  const alike = binders.every((v, n) => v.sort === m.binders[n]?.sort && v.maybeEmpty === m.binders[n]?.maybeEmpty);
  require(binders.length === m.binders.length && alike, `the family for ${m.name} has other binders`);
  const renamed = new Map(binders.map((v, n) => [v, ofVar(m.binders[n] ?? v)]));
  const typed = (o: Obj, signature: Obj): boolean =>
    substObject(o, from(renamed)) === substObject(signature, from(s.axes), from(s.objects));
  require(typed(body.dom, m.dom) && typed(body.cod, m.cod), `the family for ${m.name} has another type`);
};

/** The sequent under the substitution, hypotheses too. */
export const instantiate = (p: Sequent, s: Substitution): Sequent => {
  s.axes.forEach((axis, v) => requireFit(v, axis));
  s.morphisms?.forEach((image, m) => requireImage(m, image, s));
  return {
    given: p.given.size === 0 ? p.given : new Set([...p.given].map((h) => substHypothesis(h, s))),
    lhs: substitute(p.lhs, s),
    rhs: substitute(p.rhs, s),
  };
};

/** H |- lhs[A…] = rhs[A…] */
export const assume = (h: Hypothesis, axes: readonly Axis[]): Sequent => {
  const s = { axes: t.bind(h.binders, axes) };
  return { given: new Set([h]), lhs: substitute(h.lhs, s), rhs: substitute(h.rhs, s) };
};

/** Whether v occurs in a hypothesis, in its terms or in its signatures. */
const occurs = (v: AxisVar, { lhs, rhs }: Hypothesis): boolean =>
  [lhs, rhs].some((f) => variablesOf(f).axes.has(v) || variablesOf(f).signature.has(v));

/** Γ ∪ Δ |- f = g from Γ |- l = r and Δ, (for all V…. l = r) |- f = g */
export const cut = (p: Sequent, q: Sequent, vars: readonly AxisVar[]): Sequent => {
  const h = hypothesis(vars, p.lhs, p.rhs);
  require(q.given.has(h), 'what is cut is no hypothesis of the second step');
  for (const v of vars) for (const other of p.given) require(!occurs(v, other), `${v.name} occurs in a hypothesis`);
  return { given: union(p.given, without(q.given, h)), lhs: q.lhs, rhs: q.rhs };
};

/** H… |- f = g; that the axiom says so is checked against the statement files. */
export const axiom = (given: readonly Hypothesis[], lhs: Term, rhs: Term): Sequent => {
  require(lhs.dom === rhs.dom && lhs.cod === rhs.cod, 'the sides of the axiom have two types');
  return { given: new Set(given), lhs, rhs };
};

/** |- the call = its unfolding */
export const define = (
  d: Definition,
  axes: readonly Axis[],
  objects: readonly Obj[],
  args: readonly Term[],
): Sequent => {
  const lhs = t.call(d, axes, objects, args);
  return { given: none, lhs, rhs: unfold(lhs) };
};

export type Turn = 'left' | 'right';

/** P(1), or P(0) where a may be empty; and P(a) |- P(a+1) or P(1+a): then P(a). */
export const induct = (a: AxisVar, lhs: Term, rhs: Term, base: Sequent, step: Sequent, side: Turn): Sequent => {
  require(lhs.dom === rhs.dom && lhs.cod === rhs.cod, 'the sides have two types');
  const at = (e: Axis) => ({
    lhs: substitute(lhs, { axes: new Map([[a, e]]) }),
    rhs: substitute(rhs, { axes: new Map([[a, e]]) }),
  });
  const start = at(a.maybeEmpty ? zero : one);
  require(base.lhs === start.lhs &&
    base.rhs === start.rhs, `the first step does not prove the case ${a.maybeEmpty ? 0 : 1}`);
  const next = at(side === 'right' ? sum(ofVar(a), one) : sum(one, ofVar(a)));
  require(step.lhs === next.lhs && step.rhs === next.rhs, 'the second step does not prove the next case');
  const rest = without(step.given, hypothesis([], lhs, rhs));
  for (const h of [...base.given, ...rest]) require(!occurs(a, h), `${a.name} occurs in a hypothesis`);
  for (const f of [lhs, rhs]) require(!variablesOf(f).signature.has(a), `${a.name} is a signature axis`);
  return { given: union(base.given, rest), lhs, rhs };
};
