/**
 * Scalar expressions over numbered atoms, and a proof-producing normaliser: every step is an instance of a proved lemma. The
 * canonical form of a sum is m + (m + (… + 0)), of a monomial c * (x * (x * … 1)), sorted. Knows nothing of goals.
 */
import type { Obj, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { descend } from '../../language/point/error.js';
import { fail, must } from './failure.js';
import { chain, reflexive, structural } from './goal.js';
import {
  type Scalar, add, coefficient, compare, headAndRest, isNumber, loneAtom, mul, number, one, powers, powersOf, rat, zero,
} from './scalar.js'; // prettier-ignore

/** The lemmas that the normaliser uses; a library states and proves them under these names. */
export const ringLemmas = [
  'ring-add-assoc',
  'ring-add-left-comm',
  'ring-add-zero',
  'ring-zero-add',
  'ring-collect',
  'ring-cancel',
  'ring-mul-assoc',
  'ring-mul-left-comm',
  'ring-mul-one',
  'ring-one-mul',
  'ring-distrib',
  'ring-zero-mul',
  'ring-mul-zero',
  'ring-expand',
  'ring-neg',
  'ring-atom',
  'ring-number',
  'ring-scale',
] as const;
export type RingLemma = (typeof ringLemmas)[number];
export type Lemmas = (name: RingLemma) => Thm;

interface Step {
  readonly to: Scalar;
  /** from = to; undefined when they are the same term */
  readonly thm: Thm | undefined;
}

/** instances of lemmas that the canonical form of one region may take */
export const lemmaLimit = 10_000;

export class Normaliser {
  private used = 0;
  private readonly context: Obj;
  private readonly terms = new WeakMap<Scalar, Term>();

  constructor(
    private readonly atoms: number,
    private readonly lemmas: Lemmas,
  ) {
    this.context = B.tensorObj(...Array.from({ length: atoms }, () => B.real()), core.unit);
  }

  /** The expression as a diagram from the atoms. */
  term(e: Scalar): Term {
    const known = this.terms.get(e);
    if (known) return known;
    const made = descend(() => this.build(e));
    this.terms.set(e, made);
    return made;
  }
  private build(e: Scalar): Term {
    switch (e._tag) {
      case 'Atom':
        return this.projection(e.index);
      case 'Number':
        return B.compose(B.discard(this.context), B.constant(e.value));
      case 'Neg':
        return B.compose(this.term(e.value), B.operator('neg'));
      case 'Add':
      case 'Mul':
        return B.compose(
          this.pair(this.term(e.left), this.term(e.right)),
          B.operator(e._tag === 'Add' ? 'add' : 'mul'),
        );
    }
  }
  private projection(index: number): Term {
    const before = B.tensorObj(...Array.from({ length: index }, () => B.real()), core.unit);
    const after = B.tensorObj(...Array.from({ length: this.atoms - index - 1 }, () => B.real()), core.unit);
    return B.tensor(B.tensor(B.discard(before), B.id(B.real())), B.discard(after));
  }
  private pair(f: Term, g: Term): Term {
    return B.compose(B.copy(this.context), B.tensor(f, g));
  }

  /** e = its canonical form, where a lone atom stays as it is: nothing of a ring is around other atoms either */
  canonical(e: Scalar): Step {
    const step = this.normalise(e);
    const atom = loneAtom(step.to);
    if (!atom) return step;
    const { thm } = this.normalise(atom);
    return this.then(e, step, { to: atom, thm: must(core.symmetry(thm!)) });
  }

  /** e = its canonical form */
  normalise(e: Scalar): Step {
    return descend(() => this.normalised(e));
  }
  private normalised(e: Scalar): Step {
    switch (e._tag) {
      case 'Number':
        return e.value.num === 0n
          ? { to: zero, thm: undefined }
          : this.lemma('ring-number', [e], e, add(mul(e, one), zero));
      case 'Atom':
        return this.lemma('ring-atom', [e], e, add(mul(one, mul(e, one)), zero));
      case 'Neg': {
        const inner = this.normalise(e.value);
        const moved = {
          to: { _tag: 'Neg', value: inner.to } as const,
          thm: inner.thm && must(core.composeCong(inner.thm, reflexive(B.operator('neg')))),
        };
        const scaled = this.lemma(
          'ring-neg',
          [inner.to],
          moved.to,
          mul(add(mul(number(rat(-1n)), one), zero), inner.to),
        );
        return this.then(e, moved, scaled, this.multiplied(scaled.to));
      }
      case 'Add':
      case 'Mul': {
        const [left, right] = [this.normalise(e.left), this.normalise(e.right)];
        const both = { to: { ...e, left: left.to, right: right.to }, thm: this.cong(e, left, right) };
        return this.then(e, both, e._tag === 'Add' ? this.added(both.to) : this.multiplied(both.to));
      }
    }
  }

  private then(from: Scalar, ...steps: readonly Step[]): Step {
    const proofs = steps.flatMap((s) => (s.thm ? [s.thm] : []));
    const to = steps.at(-1)!.to;
    if (proofs.length === 0) return { to, thm: undefined };
    const whole = chain(...proofs);
    return {
      to,
      thm:
        must(core.sequent(whole)).lhs === this.term(from)
          ? whole
          : chain(structural(this.term(from), must(core.sequent(whole)).lhs), whole),
    };
  }

  private cong(e: Scalar & { readonly _tag: 'Add' | 'Mul' }, left: Step, right: Step): Thm | undefined {
    if (!left.thm && !right.thm) return undefined;
    const [p, q] = [left.thm ?? reflexive(this.term(e.left)), right.thm ?? reflexive(this.term(e.right))];
    const paired = must(core.composeCong(reflexive(B.copy(this.context)), must(core.tensorCong(p, q))));
    return must(core.composeCong(paired, reflexive(B.operator(e._tag === 'Add' ? 'add' : 'mul'))));
  }
  private within(e: Scalar & { readonly _tag: 'Add' | 'Mul' }, left: Step | undefined, right: Step | undefined): Step {
    const l = left ?? { to: e.left, thm: undefined };
    const r = right ?? { to: e.right, thm: undefined };
    return { to: { ...e, left: l.to, right: r.to }, thm: this.cong(e, l, r) };
  }

  /** An instance of a lemma whose sides are these expressions. */
  private lemma(name: RingLemma, args: readonly Scalar[], from: Scalar, to: Scalar): Step {
    this.used += 1;
    if (this.used > lemmaLimit) fail({ _tag: 'Budget', tactic: 'ring', limit: lemmaLimit });
    const lemma = this.lemmas(name);
    const tupled = args.map((a) => this.term(a)).reduce((f, g) => this.pair(f, g));
    const instance = must(core.composeCong(reflexive(tupled), lemma));
    const { lhs, rhs } = must(core.sequent(instance));
    return { to, thm: chain(structural(this.term(from), lhs), instance, structural(rhs, this.term(to))) };
  }

  /** p + q for canonical p and q */
  private added(e: Scalar): Step {
    const { left: p, right: q } = e as Scalar & { readonly _tag: 'Add' };
    if (isNumber(p, 0n)) return this.lemma('ring-zero-add', [q], e, q);
    if (isNumber(q, 0n)) return this.lemma('ring-add-zero', [p], e, p);
    const [m, rest] = headAndRest(p);
    const [n, others] = headAndRest(q);
    const order = compare(powers(m), powers(n));
    if (order < 0) {
      const moved = this.lemma('ring-add-assoc', [m, rest, q], e, add(m, add(rest, q)));
      return this.then(e, moved, this.inTail(moved.to));
    }
    if (order > 0) {
      const moved = this.lemma('ring-add-left-comm', [p, n, others], e, add(n, add(p, others)));
      return this.then(e, moved, this.inTail(moved.to));
    }
    return this.collected(e, m, rest, n, others);
  }
  private inTail(e: Scalar): Step {
    const sum = e as Scalar & { readonly _tag: 'Add' };
    return descend(() => this.within(sum, undefined, this.added(sum.right)));
  }
  private collected(e: Scalar, m: Scalar, rest: Scalar, n: Scalar, others: Scalar): Step {
    const [c, d] = [coefficient(m), coefficient(n)];
    const x = powersOf(m);
    const total = number(must(core.rational(c.num * d.den + d.num * c.den, c.den * d.den)));
    const sum = add(mul(total, x), add(rest, others));
    const gathered = this.lemma('ring-collect', [number(c), number(d), x, rest, others], e, sum);
    const done = this.inTail(sum);
    if (total.value.num !== 0n) return this.then(e, gathered, done);
    const tail = (done.to as Scalar & { readonly _tag: 'Add' }).right;
    return this.then(e, gathered, done, this.lemma('ring-cancel', [x, tail], done.to, tail));
  }

  /** p * q for canonical p and q */
  private multiplied(e: Scalar): Step {
    const { left: p, right: q } = e as Scalar & { readonly _tag: 'Mul' };
    if (isNumber(p, 0n)) return this.lemma('ring-zero-mul', [q], e, zero);
    const [m, rest] = headAndRest(p);
    const spread = this.lemma('ring-distrib', [m, rest, q], e, add(mul(m, q), mul(rest, q)));
    const sum = spread.to as Scalar & { readonly _tag: 'Add' };
    const parts = this.within(
      sum,
      this.scaled(sum.left),
      descend(() => this.multiplied(sum.right)),
    );
    return this.then(e, spread, parts, this.added(parts.to));
  }
  /** m * q for a monomial m and a canonical q */
  private scaled(e: Scalar): Step {
    const { left: m, right: q } = e as Scalar & { readonly _tag: 'Mul' };
    if (isNumber(q, 0n)) return this.lemma('ring-mul-zero', [m], e, zero);
    const [n, others] = headAndRest(q);
    const [c, x, d, y] = [number(coefficient(m)), powersOf(m), number(coefficient(n)), powersOf(n)];
    const both = number(must(core.rational(c.value.num * d.value.num, c.value.den * d.value.den)));
    const spread = this.lemma('ring-expand', [c, x, d, y, others], e, add(mul(both, mul(x, y)), mul(m, others)));
    const sum = spread.to as Scalar & { readonly _tag: 'Add' };
    const head = sum.left as Scalar & { readonly _tag: 'Mul' };
    const left = this.within(head, undefined, this.joined(head.right));
    return this.placed(
      e,
      spread,
      this.within(
        sum,
        left,
        descend(() => this.scaled(sum.right)),
      ),
    );
  }
  /** a monomial in front of a canonical sum: m = (m + 0), then added in order */
  private placed(e: Scalar, spread: Step, parts: Step): Step {
    const { left: m, right: rest } = parts.to as Scalar & { readonly _tag: 'Add' };
    const ended = add(add(m, zero), rest);
    const asSum = this.lemma('ring-scale', [m, rest], parts.to, ended);
    return this.then(e, spread, parts, asSum, this.added(ended));
  }
  /** x * y for sorted products that end in 1 */
  private joined(e: Scalar): Step {
    const { left: x, right: y } = e as Scalar & { readonly _tag: 'Mul' };
    if (isNumber(x, 1n)) return this.lemma('ring-one-mul', [y], e, y);
    if (isNumber(y, 1n)) return this.lemma('ring-mul-one', [x], e, x);
    const [a, b] = [x, y] as (Scalar & { readonly _tag: 'Mul' })[];
    const first = (a!.left as { index: number }).index <= (b!.left as { index: number }).index;
    const moved = first
      ? this.lemma('ring-mul-assoc', [a!.left, a!.right, y], e, mul(a!.left, mul(a!.right, y)))
      : this.lemma('ring-mul-left-comm', [x, b!.left, b!.right], e, mul(b!.left, mul(x, b!.right)));
    const product = moved.to as Scalar & { readonly _tag: 'Mul' };
    return this.then(
      e,
      moved,
      this.within(
        product,
        undefined,
        descend(() => this.joined(product.right)),
      ),
    );
  }
}
