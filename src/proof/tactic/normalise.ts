/**
 * `normalise`: what is computed of numbers alone: reciprocals, comparisons, exp 0, log 1. Invariant: a number is replaced by one that a
 * lemma of the library says it is; what has no exact value among fractions stays. Knows nothing of scripts.
 */
import type { Node, Rational, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { Facts } from './fact.js';
import { fail, must } from './failure.js';
import { type Goal, type Tactic, chain, reflexive, structural, withSides } from './goal.js';
import { Openings, openedChildren } from './opening.js';
import type { SignTools } from './positivity.js';
import { type Work, replaced } from './regions.js';
import { rat } from './scalar.js';
import { Signs } from './signs.js';
import { marked } from './congruence.js';

/** Lemmas that it cites beside those of signs. */
export const numberLemmas = [
  'recip-zero',
  'recip-known',
  'exp-zero',
  'log-one',
  'lt-irrefl',
  'add-lt',
  'ring-mul-one',
] as const;

/** passes over a side: numbers inside of numbers */
export const numberPasses = 60;

/** The number that a node is, where the core has computed it. */
function numberOf(node: Node): Rational | undefined {
  if (node.data._tag !== 'Poly') return undefined;
  const [term, ...more] = node.data.terms;
  if (!term) return rat(0n);
  return more.length === 0 && term.atoms.length === 0 ? term.coefficient : undefined;
}

class Numbers {
  private readonly facts: Facts;
  private readonly signs: Signs;
  private readonly known = new Map<string, Thm | undefined>();

  constructor(private readonly tools: SignTools) {
    this.facts = new Facts(core.unit, B.operator('true'), tools.lemma);
    const none = (): Term => fail({ _tag: 'Stuck', tactic: 'normalise', why: 'a number has no wires' });
    this.signs = new Signs(this.facts, none, []);
  }

  /** op(numbers) = its value, over no wires */
  theorem(operator: core.Operator, args: readonly Rational[]): Thm | undefined {
    const key = `${operator} ${args.map((a) => `${a.num}/${a.den}`).join(' ')}`;
    if (!this.known.has(key)) {
      const made = this.value(operator, args);
      this.known.set(key, made && marked(made));
    }
    return this.known.get(key);
  }

  private value(operator: core.Operator, [x, y]: readonly Rational[]): Thm | undefined {
    switch (operator) {
      case 'recip':
        return this.recip(x!);
      case 'lt':
        return this.less(x!, y!);
      case 'exp':
        return x!.num === 0n ? this.exactly('exp', x!, 'exp-zero', [], rat(1n)) : undefined;
      case 'log':
        return x!.num === 1n && x!.den === 1n ? this.exactly('log', x!, 'log-one', [], rat(0n)) : undefined;
      default:
        return undefined;
    }
  }

  private term(operator: core.Operator, ...args: readonly Rational[]): Term {
    return this.facts.op(operator, ...args.map((a) => this.facts.number(a)));
  }
  private exactly(operator: core.Operator, x: Rational, name: string, args: readonly Rational[], value: Rational): Thm {
    return this.between(
      this.term(operator, x),
      this.facts.at(
        name,
        args.map((a) => this.facts.number(a)),
      ),
      this.facts.number(value),
    );
  }
  /** from = to, where a theorem says so up to what the core computes */
  private between(from: Term, thm: Thm, to: Term): Thm {
    const { lhs, rhs } = must(core.sequent(thm));
    return chain(structural(from, lhs), thm, structural(rhs, to));
  }

  /** recip c = recip c * (c * 1/c) = if not (c == 0) then recip c * (c * 1/c) else 1/c = 1/c */
  private recip(c: Rational): Thm {
    if (c.num === 0n) return this.exactly('recip', c, 'recip-zero', [], rat(0n));
    const { facts } = this;
    const [e, d] = [facts.number(c), facts.number(must(core.rational(c.den, c.num)))];
    const times = facts.op('mul', facts.op('recip', e), facts.number(rat(1n)));
    const claim = this.signs.claim('not-zero', e);
    const notZero = this.plain(this.signs.of('not-zero', { _tag: 'Number', value: c })!.thm, claim);
    const rest = [reflexive(times), reflexive(d)];
    const picked = must(core.composeCong(facts.congruent([notZero, ...rest]), reflexive(B.select(B.real()))));
    const sides = must(core.sequent(picked));
    return chain(
      this.between(facts.op('recip', e), must(core.symmetry(facts.at('ring-mul-one', [facts.op('recip', e)]))), times),
      structural(times, sides.rhs),
      must(core.symmetry(picked)),
      this.between(sides.lhs, facts.at('recip-known', [e, d]), d),
    );
  }
  /** claim = true from (if true then claim else true) = true */
  private plain(thm: Thm, claim: Term): Thm {
    return this.between(claim, thm, this.facts.truth(true));
  }

  /** c < d is 0 < d - c; where that is not positive, the other is not back, or nothing is less than itself. */
  private less(c: Rational, d: Rational): Thm | undefined {
    const difference = must(core.rational(d.num * c.den - c.num * d.den, c.den * d.den));
    const claim = this.term('lt', c, d);
    if (difference.num === 0n)
      return this.between(claim, this.facts.at('lt-irrefl', [this.facts.number(c)]), this.facts.truth(false));
    if (difference.num > 0n) {
      const positive = this.signs.of('positive', { _tag: 'Number', value: difference })!;
      const moved = this.facts.at(
        'add-lt',
        [rat(0n), difference, c].map((v) => this.facts.number(v)),
      );
      return chain(
        this.between(claim, moved, this.signs.claim('positive', this.facts.number(difference))),
        this.plain(positive.thm, this.signs.claim('positive', this.facts.number(difference))),
      );
    }
    const greater = this.less(d, c)!;
    const fact = this.facts.holds(this.term('lt', d, c), greater);
    const not = this.facts.op('not', claim);
    const found = this.facts.step(
      'lt-not-back',
      [c, d].map((v) => this.facts.number(v)),
      [fact],
      not,
    );
    return this.facts.denied(claim, this.plain(found.thm, not));
  }
}

/** The operators of numbers in a side, each once. */
function computable(numbers: Numbers, openings: Openings, roots: readonly Node[]): ReadonlyMap<Node, Work> {
  const ready = new Map<Node, Work>();
  const seen = new Set<Node>();
  const pending = [...roots];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const args = node.cells.map((c) => (c.vars.length === 0 ? numberOf(c.body) : undefined));
    const isNumeral = node.data._tag === 'Op' && args.length > 0 && args.every((a) => a !== undefined);
    const thm =
      isNumeral && numbers.theorem((node.data as { readonly operator: core.Operator }).operator, args as Rational[]);
    if (thm) ready.set(node, { cells: [], thm });
    else pending.push(...openedChildren(openings, node));
  }
  return ready;
}

function computed(tools: SignTools, numbers: Numbers, side: Term): Thm {
  let thm = reflexive(side);
  for (let pass = 0; pass < numberPasses; pass += 1) {
    const now = must(core.sequent(thm)).rhs;
    const form = must(core.normalForm(tools.evaluator, now));
    const openings = new Openings(tools.evaluator, (i) => form.inputs[i]!);
    const ready = computable(
      numbers,
      openings,
      form.outputs.map((c) => openings.array(c).body),
    );
    if (ready.size === 0) return thm;
    thm = chain(thm, replaced(now, form, openings, ready, 'normalise'));
  }
  return fail({ _tag: 'Budget', tactic: 'normalise', limit: numberPasses });
}

/** The goal with its numbers computed; closed where that makes its sides one. */
export const normalise =
  (tools: SignTools): Tactic =>
  (goal: Goal) => {
    const numbers = new Numbers(tools);
    const [l, r] = [computed(tools, numbers, goal.lhs), computed(tools, numbers, goal.rhs)];
    const [lhs, rhs] = [must(core.sequent(l)).rhs, must(core.sequent(r)).rhs];
    if (must(core.equal(lhs, rhs)))
      return { goals: [], prove: () => chain(l, structural(lhs, rhs), must(core.symmetry(r))) };
    if (lhs === goal.lhs && rhs === goal.rhs) return fail({ _tag: 'NothingToDo', tactic: 'normalise' });
    return {
      goals: [{ ...withSides(goal, lhs, rhs), before: [...(goal.before ?? []), goal.lhs, goal.rhs] }],
      prove: ([p]) => chain(l, p!, must(core.symmetry(r))),
    };
  };
