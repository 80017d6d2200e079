/**
 * `field`: an equation of sums, products and quotients, after its denominators are cleared. That each of them is not 0 is a goal where its form does not
 * show it. Invariant: a denominator is cancelled by the fact that it is not 0, never without. Knows nothing of scripts.
 */
import type { Node, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { descend } from '../../language/point/error.js';
import { before } from './apply.js';
import type { Facts } from './fact.js';
import { fail, must } from './failure.js';
import { type Goal, type Progress, type Tactic, chain, reflexive, structural } from './goal.js';
import { Normaliser } from './polynomial.js';
import { type SignTools, signsOf } from './positivity.js';
import { type SideReading, readingOf } from './reading.js';
import { isRing, largest, polynomial } from './ring.js';
import { type Scalar, add, coefficient, mul, number, one, powers, rat, short, zero } from './scalar.js';

/** factors of all denominators together */
export const denominatorLimit = 40;

interface Denominator {
  /** the atom that is its reciprocal, and what it is over the atoms */
  readonly recip: number;
  readonly of: Scalar;
  readonly node: Node;
  /** how often the equation is multiplied by it */
  readonly power: number;
}

const atom = (index: number): Scalar => ({ _tag: 'Atom', index });
const product = (factors: readonly Scalar[]): Scalar => (factors.length === 0 ? one : factors.reduce(mul));
const repeated = (e: Scalar, times: number): readonly Scalar[] => Array.from({ length: times }, () => e);

/** Both sides as expressions over shared atoms. */
class Equation {
  readonly atoms: Node[] = [];
  // what is shared in the goal is written out here
  private left: number = largest;
  readonly read = (node: Node): Scalar => {
    if (this.left-- === 0) fail({ _tag: 'Budget', tactic: 'field', limit: largest });
    if (isRing(node)) return descend(() => (node.data._tag === 'Poly' ? polynomial(node, this.read) : this.op(node)));
    const known = this.atoms.indexOf(node);
    if (known >= 0) return atom(known);
    this.atoms.push(node);
    return atom(this.atoms.length - 1);
  };
  private op(node: Node): Scalar {
    const [x, y] = node.cells.map((c) => this.read(c.body));
    const operator = (node.data as { readonly operator: string }).operator;
    if (operator === 'neg') return { _tag: 'Neg', value: x! };
    return operator === 'add' ? add(x!, y!) : mul(x!, y!);
  }
}

class Clearing {
  private readonly over: Normaliser;
  private readonly context: Term;
  constructor(
    private readonly tools: SignTools,
    private readonly dom: core.Obj,
    readonly atoms: readonly Term[],
    readonly denominators: readonly Denominator[],
  ) {
    this.over = new Normaliser(atoms.length, tools.lemma);
    this.context = this.tuple(atoms);
  }

  private tuple(terms: readonly Term[]): Term {
    const [first, ...rest] = terms;
    return first ? rest.reduce((f, g) => B.compose(B.copy(this.dom), B.tensor(f, g)), first) : B.discard(this.dom);
  }
  term(e: Scalar): Term {
    return B.compose(this.context, this.over.term(e));
  }

  /** from = to, where both have one canonical form; undefined where they have not */
  same(from: Scalar, to: Scalar): Thm | undefined {
    const [f, t] = [this.over.normalise(from), this.over.normalise(to)];
    if (!must(core.equal(this.over.term(f.to), this.over.term(t.to)))) return undefined;
    const there = f.thm ?? reflexive(this.over.term(from));
    const back = t.thm ?? reflexive(this.over.term(to));
    const middle = structural(must(core.sequent(there)).rhs, must(core.sequent(back)).rhs);
    return before(this.context, chain(there, middle, must(core.symmetry(back))));
  }

  /** An expression of the atoms and of one more for each denominator, at those as given. */
  private at(e: Scalar, units: readonly Term[]): Term {
    const over = new Normaliser(this.atoms.length + units.length, this.tools.lemma);
    return B.compose(this.tuple([...this.atoms, ...units]), over.term(e));
  }
  /** e at 1 = e at d * recip d, by 1 = d * recip d */
  private swapped(e: Scalar, units: readonly Thm[]): Thm {
    const over = new Normaliser(this.atoms.length + units.length, this.tools.lemma);
    const all = [...this.atoms.map(reflexive), ...units];
    const tuple = all.reduce((p, q) =>
      must(core.composeCong(reflexive(B.copy(this.dom)), must(core.tensorCong(p, q)))),
    );
    return must(core.composeCong(tuple, reflexive(over.term(e))));
  }

  /** The monomials of a side, with so many of each denominator, and with its reciprocals as units. */
  cleared(e: Scalar): Scalar {
    const monomials: Scalar[] = [];
    for (let rest = this.over.normalise(e).to; rest._tag === 'Add'; rest = rest.right)
      monomials.push(this.monomial(rest.left));
    return monomials.length === 0 ? zero : monomials.reduce(add);
  }
  private monomial(m: Scalar): Scalar {
    const indices = powers(m);
    const isRecip = new Set(this.denominators.map((d) => d.recip));
    const units = this.denominators.flatMap((d, j) => {
      const times = indices.filter((i) => i === d.recip).length;
      return [...repeated(atom(this.atoms.length + j), times), ...repeated(d.of, d.power - times)];
    });
    return product([number(coefficient(m)), ...indices.filter((i) => !isRecip.has(i)).map(atom), ...units]);
  }

  /** e = (product of the reciprocals) * (e cleared), by 1 = d * recip d for each d */
  side(e: Scalar, units: readonly Thm[]): Thm {
    const count = this.atoms.length;
    const place =
      (make: (j: number) => Scalar) =>
      (x: Scalar): Scalar =>
        filled(x, count, make);
    const ones = place(() => one);
    const both = place((j) => mul(this.denominators[j]!.of, atom(this.denominators[j]!.recip)));
    const all = this.denominators.flatMap((d, j) => repeated(atom(count + j), d.power));
    const times = mul(e, product(all));
    const recips = product(this.denominators.flatMap((d) => repeated(atom(d.recip), d.power)));
    const made = mul(recips, this.cleared(e));
    const [out, back] = [this.swapped(times, units), must(core.symmetry(this.swapped(made, units)))];
    const link = (from: Term, thm: Thm): readonly Thm[] => [structural(from, must(core.sequent(thm)).lhs), thm];
    const first = this.same(e, ones(times))!;
    const middle = this.same(both(times), both(made))!;
    const steps = [first, ...link(must(core.sequent(first)).rhs, out)];
    const next = [...link(must(core.sequent(out)).rhs, middle), ...link(must(core.sequent(middle)).rhs, back)];
    return chain(...steps, ...next, structural(must(core.sequent(back)).rhs, this.term(ones(made))));
  }
  /** e cleared, with 1 for each unit; and that times the reciprocals, as `side` leaves it. */
  result(e: Scalar): { readonly plain: Scalar; readonly whole: Scalar } {
    const plain = filled(this.cleared(e), this.atoms.length, () => one);
    const recips = product(this.denominators.flatMap((d) => repeated(atom(d.recip), d.power)));
    return { plain, whole: mul(recips, plain) };
  }
  shown(e: Scalar): Term {
    return this.term(short(this.over.normalise(e).to));
  }
}

/** An expression with others for its last atoms. */
function filled(e: Scalar, from: number, make: (j: number) => Scalar): Scalar {
  switch (e._tag) {
    case 'Number':
      return e;
    case 'Atom':
      return e.index < from ? e : make(e.index - from);
    case 'Neg':
      return { ...e, value: filled(e.value, from, make) };
    default:
      return { ...e, left: filled(e.left, from, make), right: filled(e.right, from, make) };
  }
}

function denominatorsOf(equation: Equation, sides: readonly Scalar[], tools: SignTools): readonly Denominator[] {
  // what is below a reciprocal may bring new atoms, reciprocals too: those stay as they are
  const recips = equation.atoms.flatMap((node, i) => (isRecip(node) ? [{ node: node.cells[0]!.body, i }] : []));
  const read = recips.map(({ node, i }) => ({ node, recip: i, of: equation.read(node) }));
  const over = new Normaliser(equation.atoms.length, tools.lemma);
  const counts = sides.flatMap((s) => {
    const found: (readonly number[])[] = [];
    for (let rest = over.normalise(s).to; rest._tag === 'Add'; rest = rest.right) found.push(powers(rest.left));
    return found;
  });
  const made = read.map((d) => ({
    ...d,
    power: Math.max(0, ...counts.map((c) => c.filter((i) => i === d.recip).length)),
  }));
  return made.filter((d) => d.power > 0);
}
const isRecip = (n: Node): boolean => n.data._tag === 'Op' && n.data.operator === 'recip';

/** The elements of both sides, where each is one number outside of loops. */
function rootsOf(
  tools: SignTools,
  goal: Goal,
): { readonly reading: SideReading; readonly sides: readonly [Node, Node] } {
  const both = B.compose(B.copy(goal.lhs.dom), B.tensor(goal.lhs, goal.rhs));
  const reading = readingOf(tools.evaluator, both);
  const [l, r, ...more] = reading.roots;
  if (!l || !r || more.length > 0 || l.free > 0 || r.free > 0) return fail({ _tag: 'NothingToDo', tactic: 'field' });
  return { reading, sides: [l, r] };
}

export const field =
  (tools: SignTools): Tactic =>
  (goal) => {
    const { reading, sides } = rootsOf(tools, goal);
    const equation = new Equation();
    const [l, r] = sides.map(equation.read) as [Scalar, Scalar];
    const denominators = denominatorsOf(equation, [l, r], tools);
    const total = denominators.reduce((n, d) => n + d.power, 0);
    if (denominators.length === 0) return fail({ _tag: 'NothingToDo', tactic: 'field' });
    if (total > denominatorLimit) return fail({ _tag: 'Budget', tactic: 'field', limit: denominatorLimit });
    const clearing = new Clearing(tools, goal.lhs.dom, equation.atoms.map(reading.term), denominators);
    const [a, b] = [clearing.result(l), clearing.result(r)];
    const equal = clearing.same(a.whole, b.whole);
    if (!clearing.same(a.plain, b.plain) || !equal)
      return fail({ _tag: 'SidesDiffer', lhs: clearing.shown(a.plain), rhs: clearing.shown(b.plain), by: 'field' });
    return conditioned(tools, goal, reading, denominators, (units) => {
      const [left, right] = [clearing.side(l, units), clearing.side(r, units)];
      const [from, to] = [must(core.sequent(left)).lhs, must(core.sequent(right)).lhs];
      return chain(structural(goal.lhs, from), left, equal, must(core.symmetry(right)), structural(to, goal.rhs));
    });
  };

/** The goals that denominators are not 0, where their form does not say it; `use` takes 1 = d * recip d for each. */
function conditioned(
  tools: SignTools,
  goal: Goal,
  reading: SideReading,
  denominators: readonly Denominator[],
  use: (units: readonly Thm[]) => Thm,
): Progress {
  const { facts, signs } = signsOf(tools, goal, reading, undefined);
  const parts = denominators.map(({ node }) => {
    const d = reading.term(node);
    const claim = signs.claim('not-zero', d);
    const isZero = facts.op(
      'and',
      facts.op('not', facts.op('lt', d, facts.number(rat(0n)))),
      facts.op('not', facts.op('lt', facts.number(rat(0n)), d)),
    );
    const found = signs.of('not-zero', { _tag: 'Node', node });
    const known = found && facts.denied(isZero, chain(structural(claim, must(core.sequent(found.thm)).lhs), found.thm));
    return { d, isZero, known };
  });
  const open = parts.filter((p) => !p.known);
  return {
    goals: open.map((p) => ({ ...goal, lhs: p.isZero, rhs: facts.truth(false) })),
    prove: (proofs) => {
      const units = parts.map((p) => unit(facts, p.d, p.known ?? proofs[open.indexOf(p)]!));
      return use(units);
    },
  };
}

/** 1 = d * recip d, where d == 0 is false */
function unit(facts: Facts, d: Term, notZero: Thm): Thm {
  const rest = [reflexive(facts.number(rat(0n))), reflexive(facts.number(rat(1n)))];
  const picked = must(core.composeCong(facts.congruent([notZero, ...rest]), reflexive(B.select(B.real()))));
  const known = facts.at('mul-recip', [d]);
  const [p, k] = [must(core.sequent(picked)), must(core.sequent(known))];
  const whole = facts.op('mul', d, facts.op('recip', d));
  const one = structural(p.rhs, facts.number(rat(1n)));
  return must(core.symmetry(chain(structural(whole, k.lhs), known, structural(k.rhs, p.lhs), picked, one)));
}
