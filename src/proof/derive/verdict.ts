/**
 * The verdict on a definition over an axis, with its evidence. Invariant: a law is claimed only where the core has checked it; a
 * refusal only where the rank grows; two passes only where the first streams by a checked proof. What is neither is out of budget.
 */
import { Candidate, type Witness } from './candidate.js';
import { type Economy, economy } from './economy.js';
import type { Found } from './emit.js';
import { type Answer, type Question, type Target, find, toolsFor } from './find.js';
import { moments } from './moments.js';
import { Oracle, type Ranks } from './oracle.js';
import { PassCounter, type Passes, carried, merged } from './passes.js';
import { readTerm } from './read.js';
import { Blocked, type Tools } from './separate.js';
import type { Law } from './state.js';
import { type Sym, Symbols } from './sym.js';
import type { Ground } from './verify.js';
import { Writer, fresh } from './write.js';

export type Word = Law | 'two-pass' | 'refused' | 'out-of-budget';

export interface Evidence {
  /** what decided */
  readonly reason:
    | { readonly _tag: 'Proof' }
    | { readonly _tag: 'Carry' } // the state of outputs along the axis, by proof; the outputs themselves cannot be stated yet
    | { readonly _tag: 'Passes'; readonly count: number; readonly statistic: boolean }
    | { readonly _tag: 'Rank' }
    | { readonly _tag: 'Unproved'; readonly theorem: string }
    | { readonly _tag: 'Unclear' };
  /** the term for which no state was found, as text */
  readonly blocking: string | undefined;
  readonly why: Blocked['why'] | undefined;
  readonly ranks: Ranks;
  /** does something select (a comparison of data): then the rank does not bound the size from above */
  readonly selects: boolean;
  /** where the rank grows: two lists with the same moments, told apart by the result */
  readonly witness: Witness | undefined;
  /** of a state of the whole result */
  readonly economy: Economy | undefined;
}
export interface Verdict {
  readonly verdict: Word;
  readonly outputs: boolean;
  readonly found: Found | undefined;
  /** what was written and not proved, for those who mend the search */
  readonly draft?: Found;
  readonly evidence: Evidence;
}

export function decide(ground: Ground, question: Question, seed = 1): Verdict {
  const symbols = new Symbols();
  const read = readTerm(symbols, question.definition.body);
  const target: Target = { symbols, read, outputs: read.outputs, whole: true };
  const ranks = new Oracle(read.inputs, read.outputs, question.over, seed).ranks();
  const keeps = read.outputs.some((o) => o.axes.includes(question.over));
  const selects = read.outputs.some((o) => compares(symbols, o.body));
  const judge = new Judge(ground, question, target, { ranks, selects, keeps });
  return keeps ? judge.passes(undefined) : judge.whole();
}

interface Facts {
  readonly ranks: Ranks;
  readonly selects: boolean;
  readonly keeps: boolean;
}

class Judge {
  private readonly tools: Tools;
  constructor(
    private readonly ground: Ground,
    private readonly question: Question,
    private readonly target: Target,
    private readonly facts: Facts,
  ) {
    this.tools = toolsFor(ground, question, target);
  }

  private say(verdict: Word, reason: Evidence['reason'], found?: Found, blocked?: Blocked): Verdict {
    const { ranks, selects, keeps } = this.facts;
    const blocking = blocked && this.text(blocked.term);
    const refusal = verdict === 'refused' || (verdict === 'two-pass' && ranks.fold === 'grows');
    const witness = refusal ? this.witness() : undefined;
    const { read, outputs } = this.target;
    const spent =
      found && reason._tag === 'Proof'
        ? economy(read.inputs, outputs, found.heads, this.question.over, { ...this.facts, law: found.law })
        : undefined;
    const evidence: Evidence = { reason, blocking, why: blocked?.why, ranks, selects, witness, economy: spent };
    return { verdict, outputs: keeps, found, evidence };
  }

  /** Two lists with the same moments and two results: what no state of moments can do. */
  private witness(): Witness | undefined {
    const { symbols, read, outputs } = this.target;
    const { over } = this.question;
    const candidate = new Candidate(
      read.inputs,
      outputs,
      moments(symbols, read.inputs, over),
      over,
      this.facts.ranks.seed,
    );
    const answer = candidate.judge(6);
    return answer._tag === 'Refuted' ? answer.witness : undefined;
  }

  whole(): Verdict {
    const answer = find(this.ground, this.question, this.target);
    if (answer._tag === 'Found') return this.say(answer.found.law, { _tag: 'Proof' }, answer.found);
    if (answer._tag === 'Unproved') return this.unproved(answer);
    return this.passes(answer.blocked);
  }
  private unproved(answer: Answer & { readonly _tag: 'Unproved' }): Verdict {
    return {
      ...this.say('out-of-budget', { _tag: 'Unproved', theorem: answer.verified.failed ?? '?' }),
      draft: answer.found,
    };
  }

  /** One more pass, or outputs along the axis. */
  passes(blocked: Blocked | undefined): Verdict {
    let passes: Passes;
    try {
      const counter = new PassCounter(this.tools);
      passes = merged(this.target.outputs.map((o) => counter.output(o)));
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
      return this.refused(blocked ?? error);
    }
    const block = passes.blocking ?? blocked;
    if (passes.count > 2)
      return this.say('out-of-budget', { _tag: 'Passes', count: passes.count, statistic: false }, undefined, block);
    const first = this.carry(passes);
    if (first?._tag === 'Unproved') return this.unproved(first);
    if (first?._tag === 'Blocked') return this.refused(first.blocked);
    if (passes.count === 2) return this.twoPass(first?.found, block);
    if (this.facts.ranks.looksAhead) return this.refused(block ?? new Blocked(this.target.outputs[0]!.body, 'no law'));
    // an element that is told from others by its place, or by the first, needs what this state does not hold
    if (this.target.outputs.some((o) => this.placed(o.body)))
      return this.say('out-of-budget', { _tag: 'Unclear' }, undefined, block);
    const law = first?.found.law ?? 'commutative';
    return this.say(
      passes.scans.length > 0 && law === 'commutative' ? 'mergeable' : law,
      { _tag: 'Carry' },
      first?.found,
      block,
    );
  }

  /** Without outputs along the axis a second pass is claimed only where nothing says that one is enough. */
  private twoPass(found: Found | undefined, block: Blocked | undefined): Verdict {
    const { ranks, selects, keeps } = this.facts;
    const needed = keeps ? ranks.looksAhead : ranks.fold === 'grows' || selects;
    if (!needed) return this.say('out-of-budget', { _tag: 'Unclear' }, undefined, block);
    return this.say('two-pass', { _tag: 'Passes', count: 2, statistic: found !== undefined }, found, block);
  }

  /** The state of what comes before the last pass, and of scans, as a stream of its own. */
  private carry(passes: Passes): Answer | undefined {
    const outputs = carried(this.tools, passes);
    if (outputs.length === 0) return undefined;
    return find(this.ground, this.question, { ...this.target, outputs, whole: false });
  }

  /** Is a position of the axis, its size or its first element read beside its loops, or in what a scan gives out? */
  private placed(s: Sym): boolean {
    const { symbols, axis } = this.tools;
    if (s._tag === 'Position') return typeof s.at === 'number' && symbols.axisOf(s.at) === axis;
    if (s._tag === 'Size') return s.axis === axis;
    if (s._tag === 'Read') return s.at.includes(axis);
    if (s._tag === 'Loop' && s.loop.axis === axis) {
      const { output } = symbols.open(s);
      return output !== undefined && this.placed(output.body);
    }
    let found = false;
    symbols.overChildren(s, (c) => {
      if (!found && this.placed(c)) found = true;
      return c;
    });
    return found;
  }

  private refused(blocked: Blocked): Verdict {
    if (this.facts.ranks.fold === 'grows') return this.say('refused', { _tag: 'Rank' }, undefined, blocked);
    return this.say('out-of-budget', { _tag: 'Unclear' }, undefined, blocked);
  }

  private text(s: Sym): string {
    const names = new Map<number, string>();
    for (const n of s.free) names.set(n, fresh(this.tools.symbols.axisOf(n)?.name ?? 'u', new Set(names.values())));
    const wire = (input: number): string => this.question.wires[input]?.name ?? '?';
    const states = new Map([...s.free].map((n) => [n, ['u', 'u2', 'u3', 'u4']]));
    const taken = new Set(this.question.wires.map((w) => w.name));
    return new Writer(this.tools.symbols, this.tools.known).write(s, {
      wire,
      index: names,
      states,
      taken,
      named: new Map(),
    });
  }
}

/** Is anything compared inside? */
function compares(symbols: Symbols, root: Sym): boolean {
  const seen = new Set<Sym>();
  let found = false;
  const go = (s: Sym): Sym => {
    if (seen.has(s) || found) return s;
    seen.add(s);
    if (s._tag === 'Op' && s.word === 'lt') found = true;
    else symbols.overChildren(s, go);
    return s;
  };
  go(root);
  return found;
}
