/**
 * Steps for a goal. Those that finish it were run and did; the others are lemmas whose pattern the goal has. Best first: the rewrite that leaves
 * the least that differs between the sides is followed next. Invariant: makes no theorem that is kept; what it may do is bounded by fuel, so that
 * the same goal has the same answer on every machine; each text is run as it would be read from a file of proofs.
 */
import * as E from 'fp-ts/lib/Either.js';
import * as core from '../../core/index.js';
import { parseProofs } from '../../language/syntax/parse.js';
import type { StepTree } from '../../language/syntax/tree.js';
import { must } from '../tactic/failure.js';
import type { Goal } from '../tactic/goal.js';
import { Rewriter } from '../tactic/rewrite.js';
import { prove } from './block.js';
import { failedWith, unlessStopped } from './failure.js';
import type { Diagnostic } from './result.js';
import { type Citable, localFact } from './scope.js';
import type { Context } from './context.js';
import { tactic } from './step.js';

export interface Suggestion {
  /** steps as they are written, one a line */
  readonly step: string;
  /** it was run, and nothing is left to prove */
  readonly finishes: boolean;
  /** hypotheses of the lemma that it leaves as goals */
  readonly conditions: number;
  /** nodes that one side has and the other has not, after it */
  readonly apart: number;
}

export interface Suggestions {
  readonly list: readonly Suggestion[];
  /** fuel ran out before all was tried */
  readonly cut: boolean;
}

/** A `?`: its goal, and what may be cited there. */
export interface OpenHole {
  readonly diagnostic: Diagnostic;
  /** whose proof it stands in */
  readonly theorem: string;
  readonly goal: Goal;
  readonly context: Context;
}

/** Fuel of one goal's suggestions, and of one try. */
export const [SUGGEST_FUEL, TRY_FUEL] = [30_000_000, 1_500_000] as const;
/** rewrites in a row, goals that are followed, places of one pattern that are tried */
const [depthLimit, expansions, places] = [3, 12, 3] as const;
/** what closes a goal without a lemma's name */
const closers = ['assumption', 'tauto', 'ring', 'normalise', 'positivity', 'linear', 'field', 'stream'] as const;

/** A goal that some rewrites lead to. */
interface Way {
  readonly goal: Goal;
  readonly steps: readonly string[];
  readonly apart: number;
}

interface Rule {
  readonly text: string;
  readonly citable: Citable;
}

const blocksFor = (goals: number): string => ' { ? }'.repeat(goals);

/** Steps for a goal, from the lemmas of these names that are in scope. */
export function suggest(context: Context, goal: Goal, names: readonly string[]): Suggestions {
  const search = new Search({ ...context, evaluator: core.evaluator() }, names);
  const done = core.within(SUGGEST_FUEL, () => search.run(goal));
  return { list: search.found(), cut: E.isLeft(done) || search.cut };
}

class Search {
  cut = false;
  private readonly finishing = new Map<string, Suggestion>();
  private readonly matching = new Map<string, Suggestion>();
  /** goals that were reached */
  private readonly seen = new Set<string>();
  private readonly cited = new Map<string, Citable>();

  constructor(
    private readonly context: Context,
    names: readonly string[],
  ) {
    const span = { start: 0, end: 0 };
    for (const name of names) {
      const found = unlessStopped(() => context.cite({ name, span }));
      if (found) this.cited.set(name, found);
    }
  }

  /** Those that finish first, the shortest first; then those that leave least, each lemma once in each direction. */
  found(): readonly Suggestion[] {
    const lines = (s: Suggestion): number => s.step.split('\n').length;
    const order = (a: Suggestion, b: Suggestion): number =>
      lines(a) - lines(b) || a.step.length - b.step.length || (a.step < b.step ? -1 : 1);
    const least = (a: Suggestion, b: Suggestion): number =>
      a.conditions - b.conditions || a.apart - b.apart || a.step.length - b.step.length || (a.step < b.step ? -1 : 1);
    const rest = [...this.matching].filter(([, s]) => !this.finishing.has(s.step)).sort(([, a], [, b]) => least(a, b));
    const first = rest.filter(([key], i) => rest.findIndex(([k]) => ruleOf(k) === ruleOf(key)) === i);
    return [...[...this.finishing.values()].sort(order), ...first.map(([, s]) => s)];
  }

  run(goal: Goal): void {
    const start: Way = { goal, steps: [], apart: this.apart(goal) };
    this.finish(start, ['refl']);
    if (this.finishing.has('refl')) return;
    for (const text of closers) this.finish(start, [text]);
    for (const l of goal.locals) this.cited.set(l.name, localFact(l, l.binders));
    for (const name of this.cited.keys()) this.applied(start, `apply ${name}`);
    this.inductions(start);
    this.seen.add(this.key(goal));
    const open = [start];
    for (let turn = 0; turn < expansions; turn += 1) {
      const next = open.shift();
      if (!next || this.isSpent()) return;
      const isFollowed = next.steps.length > 0 && next.steps.length < this.shortest();
      if (isFollowed) for (const text of ['ring', 'tauto']) this.finish(next, [text]);
      if (next.steps.length >= Math.min(depthLimit, this.shortest())) continue;
      open.push(...this.rewrites(next));
      open.sort((a, b) => a.apart + a.steps.length - (b.apart + b.steps.length));
    }
    this.cut = open.length > 0 && this.finishing.size === 0;
  }

  /** How many steps the shortest way that finishes has. */
  private readonly shortest = (): number =>
    Math.min(Infinity, ...[...this.finishing.keys()].map((s) => s.split('\n').length));

  private isSpent(): boolean {
    if (E.isRight(core.spend(1))) return false;
    this.cut = true;
    return true;
  }

  // ---- rewrites -----------------------------------------------------------------------------------------------------------

  /** What each lemma makes of a goal, at its first places in either side. */
  private rewrites(way: Way): readonly Way[] {
    const ways: Way[] = [];
    for (const side of ['lhs', 'rhs'] as const) {
      const rewriter = this.tried(() => new Rewriter(this.context.evaluator, way.goal[side]));
      if (!rewriter) continue;
      for (const rule of this.rules()) {
        if (this.isSpent()) return ways;
        const most = way.steps.length === 0 ? places : 1;
        const count = this.tried(() => rewriter.count(rule.citable, new Map(), most)) ?? 0;
        for (let at = 1; at <= count; at += 1) {
          const place = `${at === 1 ? '' : ` at ${at}`}${side === 'rhs' ? ' in rhs' : ''}`;
          const made = this.follow(way, `${rule.text}${place}`);
          if (made) ways.push(made);
        }
      }
    }
    return ways;
  }

  private *rules(): Generator<Rule> {
    for (const [name, citable] of this.cited) {
      yield { text: `rewrite ${name}`, citable };
      const turned = core.symmetry(citable.thm);
      if (E.isRight(turned)) yield { text: `rewrite <- ${name}`, citable: { ...citable, thm: turned.right } };
    }
  }

  /** The goal after one more step; kept as a suggestion where it is the first, or finishes. */
  private follow(way: Way, text: string): Way | undefined {
    const goals = this.leaves(way, text);
    const [next, ...others] = goals ?? [];
    if (!next) return undefined;
    const key = this.key(next);
    if (this.seen.has(key)) return undefined;
    this.seen.add(key);
    const conditions = others.every((g) => this.isClosed(g)) ? 0 : others.length;
    const made = { goal: next, steps: [...way.steps, text], apart: this.apart(next) };
    const step = `${text}${blocksFor(conditions)}`;
    if (way.steps.length === 0) this.matching.set(text, { step, finishes: false, conditions, apart: made.apart });
    if (conditions > 0) return undefined;
    if (!this.isClosed(next)) return made;
    this.finish(way, [text]);
    return undefined;
  }

  private leaves(way: Way, text: string): readonly Goal[] | undefined {
    const [step] = stepsOf([text]);
    return step && this.tried(() => tactic(this.context, step)(way.goal).goals);
  }

  /** What both sides are, whatever led to them. */
  private key({ lhs, rhs }: Goal): string {
    const of = (t: core.Term): string =>
      this.tried(() =>
        must(core.normalForm(this.context.evaluator, t))
          .outputs.map((c) => c.id)
          .join(),
      ) ?? `t${t.id}`;
    return `${of(lhs)}=${of(rhs)}`;
  }

  // ---- closing ------------------------------------------------------------------------------------------------------------

  /** Runs steps after those of a way: a suggestion where nothing is left. */
  private finish(way: Way, texts: readonly string[]): void {
    const step = [...way.steps, ...texts].join('\n');
    if (this.finishing.has(step) || !this.proves(way.goal, texts)) return;
    this.finishing.set(step, { step, finishes: true, conditions: 0, apart: 0 });
  }

  /** A theorem whose conclusion is the goal; its hypotheses may be left. */
  private applied(way: Way, text: string): void {
    const goals = this.leaves(way, text);
    if (!goals) return;
    this.finish(way, [text]);
    const step = `${text}${blocksFor(goals.length)}`;
    if (!this.finishing.has(text))
      this.matching.set(text, { step, finishes: false, conditions: goals.length, apart: 0 });
  }

  private proves(goal: Goal, texts: readonly string[]): boolean {
    const steps = stepsOf(texts);
    if (steps.length === 0) return false;
    const end = { start: 0, end: 0 };
    return (
      this.tried(() => prove(this.context, { report: () => undefined }, { goal, role: 'main' }, steps, end)) !==
      undefined
    );
  }

  /** Over each axis of the goal, where both cases are closed by the hypothesis and what closes without a name. */
  private inductions(way: Way): void {
    const { axes } = must(core.variables(way.goal.lhs, way.goal.rhs));
    for (const axis of [...axes].filter((v) => v.scope === 'free'))
      for (const side of ['right', 'left'] as const) {
        const text = `induction ${axis.name} ${side}`;
        const blocks = this.leaves(way, text)?.map((g) => cases.find((texts) => this.proves(g, texts)));
        if (blocks?.length === 2 && blocks.every((b) => b !== undefined))
          this.finish(way, [text, ...blocks.map((b) => `  { ${b.join('\n    ')} }`)]);
      }
  }

  private isClosed(goal: Goal): boolean {
    return this.tried(() => must(core.equal(goal.lhs, goal.rhs))) === true;
  }

  /** Nodes of either side's normal form that the other has not. */
  private apart(goal: Goal): number {
    const [l, r] = [goal.lhs, goal.rhs].map((t) => this.tried(() => nodes(this.context, t)));
    if (!l || !r) return Infinity;
    return [...l].filter((n) => !r.has(n)).length + [...r].filter((n) => !l.has(n)).length;
  }

  /** On fuel of its own; nothing where it fails. */
  private tried<A>(work: () => A): A | undefined {
    try {
      const done = core.within(TRY_FUEL, work);
      return E.isRight(done) ? done.right : undefined;
    } catch (error) {
      if (failedWith(error) === undefined) throw error;
      return undefined;
    }
  }
}

/** What may close a case of an induction. */
const cases: readonly (readonly string[])[] = [
  ['refl'],
  ['ring'],
  ['rewrite ih'],
  ['rewrite ih', 'ring'],
  ['rewrite ih in rhs'],
  ['rewrite <- ih in rhs'],
];

function nodes(context: Context, term: core.Term): ReadonlySet<core.Node> {
  const pending = must(core.normalForm(context.evaluator, term)).outputs.map((c) => c.body);
  const seen = new Set<core.Node>();
  for (let n = pending.pop(); n; n = pending.pop()) {
    if (seen.has(n)) continue;
    seen.add(n);
    pending.push(...n.cells.map((c) => c.body));
  }
  must(core.spend(seen.size));
  return seen;
}

/** The lemma and its direction, whatever the place. */
const ruleOf = (text: string): string => text.replace(/( at \d+)?( in rhs)?$/, '');

const parsed = new Map<string, readonly StepTree[]>();
function stepsOf(texts: readonly string[]): readonly StepTree[] {
  const text = texts.join('\n');
  const known = parsed.get(text);
  if (known) return known;
  const read = parseProofs(`proof t\n${text}\nqed`);
  const made = E.isRight(read) ? read.right.flatMap((t) => (t._tag === 'Proof' ? t.steps : [])) : [];
  parsed.set(text, made);
  return made;
}
