/**
 * `ring`: identities of commutative rings, anywhere in the two sides. Each maximal region of + * - is replaced by its canonical
 * form, innermost first, by a lemma over its atoms; then the sides are compared. Knows nothing of scripts.
 */
import type { Cell, Node, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import { descend } from '../../language/point/error.js';
import { marked } from './congruence.js';
import { fail, must } from './failure.js';
import { type Tactic, chain, reflexive, structural, withSides } from './goal.js';
import { type Evaluator, Openings, freeNames, loopCells, openedChildren } from './opening.js';
import { type Lemmas, Normaliser, type RingLemma } from './polynomial.js';
import { type Work, replaced } from './regions.js';
import { type Scalar, apart, short } from './scalar.js';

/** passes over a side; nodes of one region, shared ones counted each time */
export const [passes, largest] = [40, 10_000] as const;

export const isRing = (node: Node): boolean =>
  node.data._tag === 'Poly' || (node.data._tag === 'Op' && ['add', 'mul', 'neg'].includes(node.data.operator));

interface Region {
  readonly atoms: readonly Node[];
  readonly expression: Scalar;
}

/** The nodes at the border of a region, in an order that does not depend on how indices are named. */
function atomsOf(pool: Evaluator['pool'], root: Node): readonly Node[] {
  const found = new Set<Node>();
  const seen = new Set<Node>();
  const pending = [root];
  for (let n = pending.pop(); n; n = pending.pop()) {
    if (seen.has(n)) continue;
    seen.add(n);
    if (isRing(n)) pending.push(...n.cells.map((c) => c.body));
    else found.add(n);
  }
  const keyed = [...found].map((node) => ({ node, names: freeNames(node), closed: closedId(pool, node) }));
  keyed.sort((a, b) => a.closed - b.closed || compareNames(a.names, b.names));
  return keyed.map((k) => k.node);
}

const closedId = (pool: Evaluator['pool'], node: Node): number => pool.bind(pool.scalar(node), freeNames(node)).body.id;

function compareNames(p: readonly number[], q: readonly number[]): number {
  for (const [i, name] of p.entries()) if (name !== q[i]) return name - (q[i] ?? 0);
  return 0;
}

/** A region as an expression over its atoms. */
function region(pool: Evaluator['pool'], root: Node): Region {
  const atoms = atomsOf(pool, root);
  // what is shared in the goal is written out here
  let left = largest;
  const read = (n: Node): Scalar => {
    if (left-- === 0) fail({ _tag: 'Budget', tactic: 'ring', limit: largest });
    if (!isRing(n)) return { _tag: 'Atom', index: atoms.indexOf(n) };
    if (n.data._tag === 'Poly') return descend(() => polynomial(n, read));
    const operator = (n.data as { readonly operator: string }).operator;
    const [x, y] = descend(() => n.cells.map((c) => read(c.body)));
    if (operator === 'neg') return { _tag: 'Neg', value: x! };
    return { _tag: operator === 'add' ? 'Add' : 'Mul', left: x!, right: y! };
  };
  return { atoms, expression: read(root) };
}

export function polynomial(node: Node, read: (n: Node) => Scalar): Scalar {
  if (node.data._tag !== 'Poly') return read(node);
  const terms = node.data.terms.map((t) => {
    const coefficient: Scalar = { _tag: 'Number', value: t.coefficient };
    return t.atoms
      .map((a) => read(node.cells[a]!.body))
      .reduce<Scalar>((left, right) => ({ _tag: 'Mul', left, right }), coefficient);
  });
  if (terms.length === 0) return { _tag: 'Number', value: must(core.rational(0n)) };
  return terms.reduce((left, right) => ({ _tag: 'Add', left, right }));
}

/** Identities proved before, by their expression, and the lemmas that prove them: each use cites those. */
export type Identities = Map<string, { readonly thm: Thm; readonly cited: ReadonlySet<RingLemma> }>;

export class Ring {
  constructor(
    private readonly evaluator: Evaluator,
    private readonly lemmas: Lemmas,
    private readonly cache: Identities,
    /** what a region becomes: its canonical form, or that without its factors 1 and summands 0 */
    private readonly form: 'canonical' | 'short' = 'canonical',
  ) {}

  /** Both sides in their short forms: a step that leaves a goal. */
  readonly leaving: Tactic = (goal) => {
    const [l, r] = [this.canonical(goal.lhs), this.canonical(goal.rhs)];
    const [lhs, rhs] = [must(core.sequent(l)).rhs, must(core.sequent(r)).rhs];
    const whole = joined(l, r);
    if (whole) return { goals: [], prove: () => whole };
    return {
      goals: [{ ...withSides(goal, lhs, rhs), before: [...(goal.before ?? []), goal.lhs, goal.rhs] }],
      prove: ([p]) => chain(l, p!, must(core.symmetry(r))),
    };
  };

  /** Most identities hold with what is under other operators left alone: the outermost regions are tried first. */
  readonly tactic: Tactic = (goal) => {
    const outer = (side: Term): Thm => this.pass(side, outermost) ?? reflexive(side);
    const first = joined(outer(goal.lhs), outer(goal.rhs));
    if (first) return { goals: [], prove: () => first };
    const [l, r] = [this.canonical(goal.lhs), this.canonical(goal.rhs)];
    const whole = joined(l, r);
    if (!whole)
      return fail({ _tag: 'SidesDiffer', lhs: must(core.sequent(l)).rhs, rhs: must(core.sequent(r)).rhs, by: 'ring' });
    return { goals: [], prove: () => whole };
  };

  /** term = the term with every region canonical */
  canonical(term: Term): Thm {
    let thm = reflexive(term);
    for (let pass = 0; pass < passes; pass++) {
      const next = this.pass(must(core.sequent(thm)).rhs, innermost);
      if (!next) return thm;
      thm = chain(thm, next);
    }
    return fail({ _tag: 'Budget', tactic: 'ring', limit: passes });
  }

  /** side = the side where the body of each sum is a sum of products, what is the same at every index in front; undefined where all are. */
  sums(side: Term): Thm | undefined {
    const form = must(core.normalForm(this.evaluator, side));
    const openings = new Openings(this.evaluator, (i) => form.inputs[i]!);
    const ready = new Map<Node, Work>();
    for (const { body, index } of sumsIn(openings, postorder(openings, form.outputs))) {
      if (body.data._tag === 'Poly' && body.cells.length === 0) continue;
      const r = region(this.evaluator.pool, body);
      const isFixed = r.atoms.map((a) => !freeNames(a).includes(index));
      const thm = marked(this.to(new Normaliser(r.atoms.length, this.lemmas), r.expression, (e) => apart(e, isFixed)));
      const cells = r.atoms.map((a) => this.atom(a));
      if (this.evaluator.value(must(core.sequent(thm)).rhs, cells)[0]!.body !== body) ready.set(body, { cells, thm });
    }
    return ready.size === 0 ? undefined : replaced(side, form, openings, ready, 'linear');
  }

  /** The lemma of a region: expression = canonical form, over its atoms. */
  private lemma(r: Region): Thm {
    const key = `${this.form} ${r.atoms.length}:${JSON.stringify(r.expression, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))}`;
    const known = this.cache.get(key);
    if (known) {
      known.cited.forEach((name) => this.lemmas(name));
      return known.thm;
    }
    const cited = new Set<RingLemma>();
    const lemmas: Lemmas = (name) => this.lemmas((cited.add(name), name));
    const normaliser = new Normaliser(r.atoms.length, lemmas);
    const thm = marked(this.shaped(normaliser, r.expression));
    this.cache.set(key, { thm, cited });
    return thm;
  }

  /** expression = its form */
  private shaped(normaliser: Normaliser, expression: Scalar): Thm {
    if (this.form === 'short') return this.to(normaliser, expression, short);
    return normaliser.canonical(expression).thm ?? reflexive(normaliser.term(expression));
  }
  /** expression = what is made of its canonical form, which has the same */
  private to(normaliser: Normaliser, expression: Scalar, make: (canonical: Scalar) => Scalar): Thm {
    const { to, thm } = normaliser.normalise(expression);
    const made = make(to);
    const back = normaliser.normalise(made).thm ?? reflexive(normaliser.term(made));
    return chain(thm ?? reflexive(normaliser.term(expression)), must(core.symmetry(back)));
  }

  /** Rewrites the regions that `choose` picks and that are not canonical; undefined when all are. */
  private pass(side: Term, choose: Choice): Thm | undefined {
    const form = must(core.normalForm(this.evaluator, side));
    const openings = new Openings(this.evaluator, (i) => form.inputs[i]!);
    const ready = choose(this.evaluator.pool, openings, form.outputs, (node) => this.work(node));
    if (ready.size === 0) return undefined;
    return replaced(side, form, openings, ready, 'ring');
  }

  /** A size or a position on its own is a polynomial in every diagram, as it must be in the lemma's. */
  private atom(node: Node): Cell {
    const { pool } = this.evaluator;
    if (node.data._tag !== 'Size' && node.data._tag !== 'Position') return pool.scalar(node);
    const term = { coefficient: must(core.rational(1n)), atoms: [0] };
    return pool.scalar(pool.make({ _tag: 'Poly', terms: [term] }, [], [pool.scalar(node)]));
  }

  /** The lemma that a region needs; none where it is canonical, as what the core computes of numbers and sizes is. */
  private work(node: Node): Work | undefined {
    if (node.data._tag === 'Poly') return undefined;
    const r = region(this.evaluator.pool, node);
    const thm = this.lemma(r);
    const cells = r.atoms.map((a) => this.atom(a));
    const { rhs } = must(core.sequent(thm));
    return this.evaluator.value(rhs, cells)[0]!.body === node ? undefined : { cells, thm };
  }
}

/** f = g, when f = h and g = h. */
function joined(l: Thm, r: Thm): Thm | undefined {
  const [f, g] = [must(core.sequent(l)).rhs, must(core.sequent(r)).rhs];
  return must(core.equal(f, g)) ? chain(l, structural(f, g), must(core.symmetry(r))) : undefined;
}

// ---- which regions a pass rewrites --------------------------------------------------------------------------------------

type Choice = (
  pool: Evaluator['pool'],
  openings: Openings,
  outputs: readonly Cell[],
  work: (node: Node) => Work | undefined,
) => ReadonlyMap<Node, Work>;

/** The regions that are not canonical while all their atoms are. */
const innermost: Choice = (pool, openings, outputs, work) => {
  const order = postorder(openings, outputs);
  const roots = new Set(outputs.map((c) => openings.array(c).body));
  for (const node of order) if (!isRing(node)) openedChildren(openings, node).forEach((c) => roots.add(c));
  const dirty = new Set<Node>();
  const ready = new Map<Node, Work>();
  for (const node of order) {
    const region = isRing(node);
    if (region && (node.cells.length === 0 || !roots.has(node))) continue;
    const below = region ? atomsOf(pool, node) : openedChildren(openings, node);
    if (below.some((c) => dirty.has(c))) dirty.add(node);
    else if (region) {
      const made = work(node);
      if (!made) continue;
      dirty.add(node);
      ready.set(node, made);
    }
  }
  return ready;
};

/** The regions that are in no other. */
const outermost: Choice = (_pool, openings, outputs, work) => {
  const ready = new Map<Node, Work>();
  const seen = new Set<Node>();
  const pending = outputs.map((c) => openings.array(c).body);
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const made = isRing(node) && node.cells.length > 0 ? work(node) : undefined;
    if (made) ready.set(node, made);
    if (!isRing(node)) pending.push(...openedChildren(openings, node));
  }
  return ready;
};

/** All opened nodes, children first. */
function postorder(openings: Openings, outputs: readonly Cell[]): readonly Node[] {
  const done = new Set<Node>();
  const pending = outputs.map((c) => openings.array(c).body);
  while (pending.length > 0) {
    const node = pending.at(-1)!;
    const missing = done.has(node) ? [] : openedChildren(openings, node).filter((c) => !done.has(c));
    if (missing.length > 0) pending.push(...missing);
    else {
      pending.pop();
      done.add(node);
    }
  }
  return [...done];
}

/** The bodies of the sums of a side, s + body from 0, each with the name of its index. */
function* sumsIn(
  openings: Openings,
  nodes: readonly Node[],
): Generator<{ readonly body: Node; readonly index: number }> {
  for (const node of nodes) {
    if (node.data._tag !== 'Fold') continue;
    const { inits, steps } = loopCells(node);
    const [init, step] = [inits[0]!, steps[0]!];
    const isZero = init.body.data._tag === 'Poly' && init.body.data.terms.length === 0;
    if (inits.length > 1 || init.vars.length > 0 || !isZero) continue;
    const { index } = openings.turn(node, node.data.axis);
    const turn = openings.step(node, step, node.data.axis).body;
    const [state, body] = turn.cells.map((c) => c.body);
    if (turn.data._tag === 'Op' && turn.data.operator === 'add' && state!.data._tag === 'State')
      yield { body: body!, index };
  }
}
