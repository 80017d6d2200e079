/**
 * Facts under a guard: theorems `(if g then FACT else true) = true`, where g is a condition of the goal, or true. One step takes two facts and
 * a lemma `(if FACT and FACT then FACT else true) = true`. Invariant: every fact is a theorem that the core made. Knows no signs.
 */
import type { Obj, Rational, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { compile } from '../../language/point/compile.js';
import { apply as call, wire } from '../../language/point/point.js';
import { before } from './apply.js';
import { must } from './failure.js';
import { chain, reflexive, structural } from './goal.js';

export interface Fact {
  readonly term: Term;
  /** (if guard then term else true) = true */
  readonly thm: Thm;
}

/** (g, a) -> if g then a else true */
const guarding = (): Term =>
  compile(
    ['g', 'a'].map((name) => ({ name, object: B.boolean() })),
    call(B.select(B.boolean()), wire('g'), wire('a'), call(B.operator('true'))),
  );

export class Facts {
  constructor(
    readonly dom: Obj,
    readonly guard: Term,
    private readonly lemma: (name: string) => Thm,
  ) {}

  number(value: Rational): Term {
    return B.compose(B.discard(this.dom), B.constant(value));
  }
  truth(value: boolean): Term {
    return B.compose(B.discard(this.dom), B.operator(value ? 'true' : 'false'));
  }
  /** a word or an operator of terms */
  op(name: core.Operator, ...args: readonly Term[]): Term {
    return B.compose(this.tuple(args), B.operator(name));
  }
  tuple(args: readonly Term[]): Term {
    return args.reduce((f, g) => B.compose(B.copy(this.dom), B.tensor(f, g)));
  }
  guarded(fact: Term): Term {
    return B.compose(this.tuple([this.guard, fact]), guarding());
  }

  /** A fact that holds without the guard. */
  lifted(thm: Thm): Thm {
    const { lhs } = must(core.sequent(thm));
    const pair = must(core.tensorCong(reflexive(this.guard), thm));
    const both = must(core.composeCong(reflexive(B.copy(this.dom)), pair));
    const inside = must(core.composeCong(both, reflexive(guarding())));
    const { rhs } = must(core.sequent(inside));
    const { lhs: whole } = must(core.sequent(inside));
    const always = this.at('guarded-true', [this.guard]);
    const [from, to] = [must(core.sequent(always)).lhs, must(core.sequent(always)).rhs];
    const end = structural(to, this.truth(true));
    return chain(structural(this.guarded(lhs), whole), inside, structural(rhs, from), always, end);
  }
  /** From claim = true; or from l = false, where the claim is not l. */
  holds(claim: Term, thm: Thm): Fact {
    const { lhs, rhs } = must(core.sequent(thm));
    if (must(core.equal(rhs, this.truth(true))))
      return { term: claim, thm: this.lifted(chain(structural(claim, lhs), thm, structural(rhs, this.truth(true)))) };
    const negated = must(core.composeCong(thm, reflexive(B.operator('not'))));
    const sides = must(core.sequent(negated));
    const whole = chain(structural(claim, sides.lhs), negated, structural(sides.rhs, this.truth(true)));
    return { term: claim, thm: this.lifted(whole) };
  }
  /** From claim = other, and the other. */
  same(claim: Term, equation: Thm, other: Fact): Fact {
    const { lhs, rhs } = must(core.sequent(equation));
    const inside = (t: Term): Term => B.compose(this.tuple([this.guard, t]), guarding());
    const pair = this.congruent([reflexive(this.guard), equation]);
    const moved = must(core.composeCong(pair, reflexive(guarding())));
    const thm = chain(
      structural(this.guarded(claim), inside(lhs)),
      moved,
      structural(inside(rhs), must(core.sequent(other.thm)).lhs),
      other.thm,
    );
    return { term: claim, thm };
  }
  /** claim = false from not claim = true */
  denied(claim: Term, thm: Thm): Thm {
    const twice = this.at('not-not', [claim]);
    const negated = must(core.composeCong(thm, reflexive(B.operator('not'))));
    const [of, sides] = [must(core.sequent(twice)), must(core.sequent(negated))];
    return chain(
      structural(claim, of.rhs),
      must(core.symmetry(twice)),
      structural(of.lhs, sides.lhs),
      negated,
      structural(sides.rhs, this.truth(false)),
    );
  }
  /** A lemma about an axis. */
  ofAxis(name: string, axis: core.AxisVar): Thm {
    const lemma = this.lemma(name);
    const [v] = must(core.variables(must(core.sequent(lemma)).lhs)).axes;
    const made = must(core.instantiate(lemma, { axes: [[v!, B.ofVar(axis)]] }));
    return before(B.discard(this.dom), made);
  }
  /** A lemma at terms. */
  at(name: string, args: readonly Term[]): Thm {
    const lemma = this.lemma(name);
    const { dom } = must(core.sequent(lemma)).lhs;
    return before(
      args.length === 0 ? (dom === core.unit ? B.discard(this.dom) : B.id(this.dom)) : this.tuple(args),
      lemma,
    );
  }

  /** What the lemma at these terms says of one fact or two: `(if a and b then c else true) = true`. */
  step(name: string, args: readonly Term[], facts: readonly Fact[], c: Term): Fact {
    return this.concluded(this.at(name, args), facts, c);
  }
  /** The same from `(if a and b then c else true) = true`. */
  concluded(implied: Thm, facts: readonly Fact[], c: Term): Fact {
    const rule = this.at(facts.length === 1 ? 'guarded-step-one' : 'guarded-step', [
      this.guard,
      ...facts.map((f) => f.term),
      c,
    ]);
    const conditions = [...facts.map((f) => f.thm), implied];
    const then = this.guarded(c);
    const step = modus(conditions.length);
    const of = (side: 'lhs' | 'rhs'): Term =>
      B.compose(this.tuple([...conditions.map((t) => must(core.sequent(t))[side]), then]), step);
    const replaced = must(core.composeCong(this.congruent([...conditions, reflexive(then)]), reflexive(step)));
    const sides = must(core.sequent(rule));
    const thm = chain(
      structural(then, of('rhs')),
      must(core.symmetry(replaced)),
      structural(of('lhs'), sides.lhs),
      rule,
      structural(sides.rhs, this.truth(true)),
    );
    return { term: c, thm };
  }

  /** t = t', u = u' … give (t, u, …) = (t', u', …) */
  congruent(thms: readonly Thm[]): Thm {
    return thms.reduce((p, q) => must(core.composeCong(reflexive(B.copy(this.dom)), must(core.tensorCong(p, q)))));
  }
}

/** (a, b, …, d) -> if a and b and … then d else true */
function modus(conditions: number): Term {
  const names = Array.from({ length: conditions }, (_, i) => `c${i}`);
  const all = names.map(wire).reduce((x, y) => call(B.operator('and'), x, y));
  return compile(
    [...names, 'd'].map((name) => ({ name, object: B.boolean() })),
    call(B.select(B.boolean()), all, wire('d'), call(B.operator('true'))),
  );
}
