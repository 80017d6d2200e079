/**
 * What is known of the sign of an expression, by its form: 0 < e, not (e < 0), not (e == 0). Sums and products of what is positive, exponentials,
 * squares, roots, reciprocals, sizes, both branches of an `if`. Invariant: makes facts by lemmas of the library alone; nothing is guessed from
 * numbers. Knows no goals.
 */
import type { Node, Rational, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import { descend } from '../../language/point/error.js';
import type { Fact, Facts } from './fact.js';
import { fail, must } from './failure.js';
import { rat } from './scalar.js';

export type Sign = 'positive' | 'not-negative' | 'not-zero';

/** Lemmas of a sum from any start, by the signs that the start and every element must have. */
const sumLemmas = {
  positive: [
    { lemma: 'sum-positive-onto', start: 'not-negative', element: 'positive' },
    { lemma: 'sum-positive-from', start: 'positive', element: 'not-negative' },
  ],
  'not-negative': [{ lemma: 'sum-not-negative', start: 'not-negative', element: 'not-negative' }],
} as const;

/** What a loop adds up: from a start, over an axis. */
export interface Sum {
  readonly start: Node;
  readonly axis: core.AxisVar;
  /** The lemma at this sum, `(if START then SUM else true) = true`, where every element has the sign. */
  readonly by: (lemma: string, element: Sign) => Thm | undefined;
}

/** Lemmas that facts of signs may cite. */
export const signLemmas = [
  'guarded-step', 'guarded-step-one', 'guarded-true', 'not-not', 'positive-not-zero', 'negative-not-zero', 'lt-not-back', 'exp-pos', 'sqrt-nonneg',
  'add-pos', 'add-positive-left', 'add-positive-right', 'add-not-negative', 'square-not-neg', 'mul-pos', 'mul-not-negative', 'mul-not-zero',
  'recip-positive', 'recip-not-negative', 'branch-positive', 'branch-not-negative', 'size-positive', 'size-not-negative', 'lt-irrefl',
  'positive-factor', 'zero-lt-one', 'add-lt', 'sqrt-positive', 'sum-positive-onto', 'sum-positive-from', 'sum-not-negative',
] as const; // prettier-ignore

/** expressions that one question looks at */
export const signLimit = 2_000;

/** An expression to be looked at: a node, or a part of what the core computes of numbers and sizes. */
export type Part =
  | { readonly _tag: 'Node'; readonly node: Node }
  | { readonly _tag: 'Number'; readonly value: Rational }
  | { readonly _tag: 'Sum' | 'Product'; readonly left: Part; readonly right: Part };

export class Signs {
  private count = 0;
  private readonly seen = new Map<string, { readonly fact: Fact | undefined }>();
  constructor(
    private readonly facts: Facts,
    /** a node of the goal as a term over its wires */
    private readonly read: (node: Node) => Term,
    /** what the guard says: conditions that it is made of, each a fact */
    private readonly given: readonly Fact[],
    /** a loop of the goal as a sum, if it is one */
    private readonly sum: (node: Node) => Sum | undefined = () => undefined,
  ) {}

  /** The fact that an expression has a sign, where its form says so. */
  of(sign: Sign, part: Part): Fact | undefined {
    const key =
      part._tag === 'Node' ? `n${part.node.id}` : part._tag === 'Number' ? `${part.value.num}/${part.value.den}` : '';
    if (key === '') return this.looked(sign, part);
    const known = this.seen.get(`${sign} ${key}`);
    if (known) return known.fact;
    const fact = this.looked(sign, part);
    this.seen.set(`${sign} ${key}`, { fact });
    return fact;
  }
  private looked(sign: Sign, part: Part): Fact | undefined {
    this.count += 1;
    if (this.count > signLimit) fail({ _tag: 'Budget', tactic: 'positivity', limit: signLimit });
    return descend(() => this.known(sign, part) ?? this.formed(sign, part) ?? this.weaker(sign, part));
  }

  term(part: Part): Term {
    switch (part._tag) {
      case 'Node':
        return this.read(part.node);
      case 'Number':
        return this.facts.number(part.value);
      default:
        return this.facts.op(part._tag === 'Sum' ? 'add' : 'mul', this.term(part.left), this.term(part.right));
    }
  }
  /** `0 < e`, `not (e < 0)`, `not (e == 0)` */
  claim(sign: Sign, e: Term): Term {
    const { facts } = this;
    const zero = facts.number(rat(0n));
    if (sign === 'positive') return facts.op('lt', zero, e);
    const below = facts.op('lt', e, zero);
    if (sign === 'not-negative') return facts.op('not', below);
    const neither = [facts.op('not', below), facts.op('not', facts.op('lt', zero, e))] as const;
    return facts.op('not', facts.op('and', ...neither));
  }

  private known(sign: Sign, part: Part): Fact | undefined {
    if (this.given.length === 0) return undefined;
    const claim = this.claim(sign, this.term(part));
    const found = this.given.find((f) => must(core.equal(f.term, claim)));
    return found && { term: claim, thm: found.thm };
  }

  /** What is positive is neither negative nor 0; what is negative is not 0. */
  private weaker(sign: Sign, part: Part): Fact | undefined {
    if (sign === 'positive') return undefined;
    const e = this.term(part);
    const claim = this.claim(sign, e);
    const positive = this.of('positive', part);
    if (positive && sign === 'not-zero') return this.facts.step('positive-not-zero', [e], [positive], claim);
    if (positive) return this.facts.step('lt-not-back', [e, this.facts.number(rat(0n))], [positive], claim);
    return undefined;
  }

  private formed(sign: Sign, part: Part): Fact | undefined {
    if (part._tag === 'Number') return this.numeral(sign, part.value);
    if (part._tag === 'Node') return this.node(sign, part);
    return part._tag === 'Sum' ? this.added(sign, part.left, part.right) : this.product(sign, part.left, part.right);
  }

  private node(sign: Sign, part: Extract<Part, { _tag: 'Node' }>): Fact | undefined {
    const { node } = part;
    const [x, y] = node.cells.map((c): Part => ({ _tag: 'Node', node: c.body }));
    if (node.data._tag === 'Poly') return this.of(sign, polynomial(node));
    if (node.data._tag === 'Size') return this.size(sign, node);
    if (node.data._tag === 'Select') return this.branches(sign, part);
    if (node.data._tag === 'Fold') return this.folded(sign, node);
    if (node.data._tag !== 'Op') return undefined;
    switch (node.data.operator) {
      case 'add':
        return this.added(sign, x!, y!);
      case 'mul':
        return this.product(sign, x!, y!);
      case 'exp':
        return sign === 'positive' ? this.same('exp-pos', x!, this.claim(sign, this.term(part))) : undefined;
      case 'sqrt':
        return this.root(sign, x!, this.claim(sign, this.term(part)));
      case 'recip':
        return this.recip(sign, x!, this.term(part));
      default:
        return undefined;
    }
  }

  /** A lemma that says it without conditions. */
  private same(name: string, x: Part, claim: Term): Fact {
    return this.facts.holds(claim, this.facts.at(name, [this.term(x)]));
  }

  private added(sign: Sign, x: Part, y: Part): Fact | undefined {
    const [a, b] = [this.term(x), this.term(y)];
    const claim = this.claim(sign, this.facts.op('add', a, b));
    const both = (s: Sign, t: Sign, name: string): Fact | undefined => {
      const first = this.of(s, x);
      const second = first && this.of(t, y);
      return second && this.facts.step(name, [a, b], [first!, second], claim);
    };
    if (sign === 'not-negative') return both(sign, sign, 'add-not-negative');
    if (sign === 'not-zero') return undefined;
    return (
      both('positive', 'positive', 'add-pos') ??
      both('positive', 'not-negative', 'add-positive-left') ??
      both('not-negative', 'positive', 'add-positive-right')
    );
  }

  private product(sign: Sign, x: Part, y: Part): Fact | undefined {
    const [a, b] = [this.term(x), this.term(y)];
    const claim = this.claim(sign, this.facts.op('mul', a, b));
    if (sign === 'not-negative' && must(core.equal(a, b))) return this.same('square-not-neg', x, claim);
    const name = { positive: 'mul-pos', 'not-negative': 'mul-not-negative', 'not-zero': 'mul-not-zero' }[sign];
    const first = this.of(sign, x);
    const second = first && this.of(sign, y);
    return second && this.facts.step(name, [a, b], [first, second], claim);
  }

  private root(sign: Sign, x: Part, claim: Term): Fact | undefined {
    if (sign === 'not-negative') return this.same('sqrt-nonneg', x, claim);
    const positive = sign === 'positive' ? this.of(sign, x) : undefined;
    return positive && this.facts.step('sqrt-positive', [this.term(x)], [positive], claim);
  }

  /** A sum from any start. Over an axis that may be empty it is its start. */
  private folded(sign: Sign, node: Node): Fact | undefined {
    const sum = sign === 'not-zero' ? undefined : this.sum(node);
    if (!sum || sign === 'not-zero') return undefined;
    const claim = this.claim(sign, this.read(node));
    for (const { lemma, start, element } of sumLemmas[sign]) {
      if (lemma === 'sum-positive-onto' && sum.axis.maybeEmpty) continue;
      const first = this.of(start, { _tag: 'Node', node: sum.start });
      const implied = first && sum.by(lemma, element);
      if (implied) return this.facts.concluded(implied, [first], claim);
    }
    return undefined;
  }

  private recip(sign: Sign, x: Part, whole: Term): Fact | undefined {
    if (sign === 'not-zero') return undefined;
    const fact = this.of(sign, x);
    const name = sign === 'positive' ? 'recip-positive' : 'recip-not-negative';
    return fact && this.facts.step(name, [this.term(x)], [fact], this.claim(sign, whole));
  }

  private branches(sign: Sign, part: Extract<Part, { _tag: 'Node' }>): Fact | undefined {
    if (sign === 'not-zero') return undefined;
    const [b, x, y] = part.node.cells.map((c) => c.body) as [Node, Node, Node];
    const [first, second] = [x, y].map((node) => this.of(sign, { _tag: 'Node', node }));
    const name = sign === 'positive' ? 'branch-positive' : 'branch-not-negative';
    const claim = this.claim(sign, this.read(part.node));
    return first && second && this.facts.step(name, [b, x, y].map(this.read), [first, second], claim);
  }

  private size(sign: Sign, node: Node): Fact | undefined {
    const axis = (node.data as { readonly axis: core.AxisVar }).axis;
    const e = this.read(node);
    const claim = this.claim(sign, e);
    if (sign === 'positive' && !axis.maybeEmpty)
      return this.facts.holds(claim, this.facts.ofAxis('size-positive', axis));
    if (sign !== 'not-negative') return undefined;
    return this.facts.holds(claim, this.facts.ofAxis('size-not-negative', axis));
  }

  /** A number, from 0 < 1: halves of whole numbers are added; p / q times q is p. */
  private numeral(sign: Sign, value: Rational): Fact | undefined {
    if (value.num <= 0n) {
      const part: Part = { _tag: 'Number', value };
      if (sign === 'not-negative' && value.num === 0n)
        return this.same('lt-irrefl', part, this.claim(sign, this.term(part)));
      return sign === 'not-zero' && value.num < 0n ? this.negative(value) : undefined;
    }
    if (sign !== 'positive') return undefined;
    const at = (v: Rational): Part => ({ _tag: 'Number', value: v });
    const e = this.facts.number(value);
    if (value.den !== 1n) {
      const [q, p] = [this.of('positive', at(rat(value.den))), this.of('positive', at(rat(value.num)))];
      return (
        q &&
        p &&
        this.facts.step('positive-factor', [this.facts.number(rat(value.den)), e], [q, p], this.claim(sign, e))
      );
    }
    if (value.num === 1n) return this.facts.holds(this.claim(sign, e), this.facts.at('zero-lt-one', []));
    const half = value.num / 2n;
    return this.sumIs(at(rat(half)), at(rat(value.num - half)), this.claim(sign, e));
  }
  private sumIs(x: Part, y: Part, claim: Term): Fact | undefined {
    const [a, b] = [this.of('positive', x), this.of('positive', y)];
    return a && b && this.facts.step('add-pos', [this.term(x), this.term(y)], [a, b], claim);
  }
  /** c < 0 from 0 < -c, and so it is not 0 */
  private negative(value: Rational): Fact | undefined {
    const opposite = must(core.rational(-value.num, value.den));
    const positive = this.of('positive', { _tag: 'Number', value: opposite });
    const [zero, minus, e] = [rat(0n), opposite, value].map((v) => this.facts.number(v)) as [Term, Term, Term];
    const below = this.facts.op('lt', e, zero);
    const fact = positive && this.facts.same(below, this.facts.at('add-lt', [zero, minus, e]), positive);
    return fact && this.facts.step('negative-not-zero', [e], [fact], this.claim('not-zero', e));
  }
}

/** A polynomial of numbers and sizes as sums of products. */
function polynomial(node: Node): Part {
  const { data } = node;
  if (data._tag !== 'Poly' || data.terms.length === 0) return { _tag: 'Number', value: rat(0n) };
  const monomials = data.terms.map((t): Part => {
    const atoms = t.atoms.map((a): Part => ({ _tag: 'Node', node: node.cells[a]!.body }));
    const isOne = t.coefficient.num === 1n && t.coefficient.den === 1n;
    const factors: readonly Part[] =
      isOne && atoms.length > 0 ? atoms : [{ _tag: 'Number', value: t.coefficient }, ...atoms];
    return factors.reduce((left, right): Part => ({ _tag: 'Product', left, right }));
  });
  return monomials.reduce((left, right): Part => ({ _tag: 'Sum', left, right }));
}
