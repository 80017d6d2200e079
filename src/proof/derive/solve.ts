/**
 * A definition's result over loops of the streamed axis that mention nothing of that axis but their own element: what is left of every
 * other loop is an equation, proved by lemmas in the order in which they rewrite. Invariant: the result equals what was given, by `cites`.
 */
import type { AxisVar } from '../../core/index.js';
import { type Kind, canonicalStep, classify, isSum } from './classify.js';
import { composed } from './composed.js';
import { Abstraction, expansion } from './lemma.js';
import { join, reduceOver } from './choice.js';
import { inGauge } from './gauge.js';
import type { Word } from './reduce.js';
import { linear, linearLinks, linearStep, powerLoop, vector } from './linear.js';
import { Blocked, type Tools, separate, sumOver } from './separate.js';
import { type Arr, type Loop, type LoopSym, type Sym } from './sym.js';
import { loopLemma, untangled } from './untangle.js';

export class Solver {
  /** rewrites of the definition, in order */
  readonly cites: string[] = [];
  constructor(private readonly tools: Tools) {}

  /** The expression with its loops over the axis solved, inner ones first. */
  solve(s: Sym): Sym {
    return this.go(s, new Set());
  }

  /** what is shared is rewritten once */
  private readonly done = new Map<Sym, Sym>();

  private go(s: Sym, turns: ReadonlySet<number>): Sym {
    if (!mentionsLoop(this.tools, s)) return s;
    const known = this.done.get(s);
    if (known) return known;
    const made = this.solved(s, turns);
    this.done.set(s, made);
    return made;
  }

  private solved(s: Sym, turns: ReadonlySet<number>): Sym {
    const { symbols, axis } = this.tools;
    if (s._tag !== 'Loop') return symbols.overChildren(s, (c) => this.go(c, turns));
    const over = s.loop.axis === axis;
    const loop = symbols.open(s);
    const inner = over ? new Set([...turns, loop.turn, loop.self]) : turns;
    const arr = (a: Arr, t: ReadonlySet<number>): Arr => ({ ...a, body: this.go(a.body, t) });
    const made: Loop = {
      ...loop,
      inits: loop.inits.map((a) => arr(a, turns)),
      steps: loop.steps.map((a) => arr(a, inner)),
      output: loop.output && arr(loop.output, inner),
    };
    return over ? this.loop(made, s, turns) : symbols.loop(made, s.component, s.at);
  }

  /** A loop over the axis whose parts are solved. */
  private loop(loop: Loop, was: LoopSym, turns: ReadonlySet<number>): Sym {
    const { symbols } = this.tools;
    const whole = symbols.loop(loop, was.component, was.at);
    if (whole._tag !== 'Loop') return whole;
    const simpler = untangled(this.tools, loop, was.component, was.at);
    if (simpler) {
      this.cites.push(simpler.cite);
      return this.loop(simpler.loop, symbols.loop(simpler.loop, simpler.component, simpler.at), turns);
    }
    const scalar = loop.inits.length === 1 && !loop.output && loop.inits[0]!.names.length === 0;
    const kind: Kind = scalar ? classify(symbols, loop) : { _tag: 'Other' };
    if (kind._tag === 'Reduce') return this.reduced(loop, kind.word, kind.body, turns);
    if (kind._tag === 'Affine') return this.affine(loop, kind, turns);
    this.ownOnly(loop, turns);
    const parts = composed(this.tools, loop, was.component);
    if (!parts) return this.vector(loop, whole);
    this.cites.push(...parts.cites);
    return parts.value;
  }

  /** A loop over a vector that is linear in it: from the matrix of the whole and the state from zero. */
  private vector(loop: Loop, whole: LoopSym): Sym {
    const { symbols } = this.tools;
    const found = loop.output || vector(symbols, loop) ? undefined : linear(symbols, loop);
    if (!found) return whole;
    const [init, step] = [loop.inits[0]!, loop.steps[0]!];
    const made: Loop = { ...loop, steps: [{ ...step, body: linearStep(symbols, loop, found) }] };
    if (made.steps[0]!.body !== step.body)
      this.cites.push(loopLemma(this.tools, loop, linearLinks(symbols, loop, found)));
    const zero = symbols.number(0n);
    const driven = symbols.loop({ ...made, inits: [{ ...init, body: zero }] }, 0, whole.at);
    if (init.body === zero) return driven;
    this.cites.push(found.shift ? 'linear-affine-from' : 'linear-from');
    const [axis, l] = [init.axes[0]!, symbols.fresh(init.axes[0]!)];
    const start = symbols.rename(init.body, new Map([[init.names[0]!, l]]));
    const matrix = symbols.loop(powerLoop(symbols, made, found), 0, [...whole.at, l]);
    const moved = sumOver(symbols, axis, l, symbols.op('mul', matrix, start));
    return found.shift ? symbols.op('add', moved, driven) : moved;
  }

  /** No other result of the axis, and no turn of a loop around it, inside. */
  private ownOnly(loop: Loop, turns: ReadonlySet<number>): void {
    const bodies = [...loop.steps, ...(loop.output ? [loop.output] : [])].map((a) => a.body);
    const bad = bodies.find((b) => !this.own(b, turns));
    if (bad) throw new Blocked(bad, 'no law');
    const turned = bodies.find((b) => positioned(this.tools, b, loop.turn));
    if (turned) throw new Blocked(turned, 'no law');
    const init = loop.inits.find((a) => loops(this.tools, a.body) || [...turns].some((t) => a.body.free.has(t)));
    if (init) throw new Blocked(init.body, 'no law');
  }
  private own(s: Sym, turns: ReadonlySet<number>): boolean {
    return !mentionsLoop(this.tools, s) && ![...turns].some((t) => s.free.has(t));
  }

  private reduced(loop: Loop, word: Word, body: Sym, turns: ReadonlySet<number>): Sym {
    const { symbols } = this.tools;
    const started = this.started(loop, word, body);
    this.rewriteStep(loop, { _tag: 'Reduce', word, body });
    const own = (s: Sym): boolean => this.own(s, turns) && !positioned(this.tools, s, loop.turn);
    const plain = reduceOver(this.tools, word, loop.turn, body);
    const value = own(body) && body.free.has(loop.turn) ? plain : this.separated(loop, word, body, own);
    if (started) return value;
    this.cites.push(froms[word]);
    return join(symbols, word, loop.inits[0]!.body, value);
  }

  private separated(loop: Loop, word: Word, body: Sym, own: (s: Sym) => boolean): Sym {
    const stable = word === 'sum' && this.tools.stable ? inGauge(this.tools, loop.turn, body, own) : undefined;
    if (stable) {
      if (stable.cite !== undefined) this.cites.push(stable.cite);
      return stable.value;
    }
    if (word === 'sum') {
      const { value, cite } = separate(this.tools, loop.turn, body, own);
      this.cites.push(cite);
      return value;
    }
    throw new Blocked(body, 'not separable');
  }

  /** Does the loop start from the unit, or for a choice from its first element? */
  private started(loop: Loop, word: Word, body: Sym): boolean {
    const { symbols } = this.tools;
    const init = loop.inits[0]!.body;
    const units: Readonly<Record<Word, Sym>> = {
      sum: symbols.number(0n),
      product: symbols.number(1n),
      all: symbols.truth(true),
      any: symbols.truth(false),
      max: symbols.rename(body, new Map([[loop.turn, loop.axis]])),
      min: symbols.rename(body, new Map([[loop.turn, loop.axis]])),
    };
    return init === units[word];
  }

  private affine(loop: Loop, kind: Kind & { _tag: 'Affine' }, turns: ReadonlySet<number>): Sym {
    const { symbols } = this.tools;
    for (const part of [kind.factor, kind.shift])
      if (!this.own(part, turns) || positioned(this.tools, part, loop.turn)) throw new Blocked(part, 'not separable');
    this.rewriteStep(loop, kind);
    const self = symbols.state(loop.self, 0, []);
    const zero = symbols.number(0n);
    const step = { ...loop.steps[0]!, body: canonicalStep(symbols, kind, self)! };
    const from = (init: Sym): Sym =>
      symbols.loop({ ...loop, inits: [{ ...loop.inits[0]!, body: init }], steps: [step] }, 0, []);
    const init = loop.inits[0]!.body;
    if (init === zero) return from(zero);
    this.cites.push('affine-from');
    const scale = reduceOver(this.tools, 'product', loop.turn, kind.factor);
    return symbols.op('add', symbols.op('mul', scale, init), from(zero));
  }

  /** The step in canonical form, by a lemma where it is not written so. */
  private rewriteStep(loop: Loop, kind: Kind): void {
    const { symbols, known, lemmas } = this.tools;
    const step = loop.steps[0]!.body;
    const state = symbols.state(loop.self, 0, []);
    const wanted = canonicalStep(symbols, kind, state)!;
    if (step === wanted) return;
    const abstract = new Abstraction(symbols, [], this.tools.booleanInput);
    const choice = kind._tag === 'Reduce' && (kind.word === 'max' || kind.word === 'min');
    const opaque = (s: Sym): boolean => s === state || (!s.free.has(loop.self) && !(choice && isSum(s)));
    const from = abstract.over(step, opaque);
    const to = abstract.over(wanted, (s) => opaque(s) && abstract.knows(s));
    const writer = abstract.writer(known);
    const text = (s: Sym): string => writer.write(s, abstract.scope(true));
    const statement = `${abstract.axes()}(${abstract.parameters(true)}) : ${text(from)} = ${text(to)}`;
    const scalar = lemmas.add('step', statement, () => stepProof(abstract, known, kind, from, to));
    this.cites.push(loopLemma(this.tools, loop, [{ step: wanted, by: `rewrite ${scalar}` }], choice));
  }
}

/** Why the step is its canonical form. */
function stepProof(abstract: Abstraction, known: Tools['known'], kind: Kind, from: Sym, to: Sym): string {
  if (kind._tag === 'Reduce' && (kind.word === 'all' || kind.word === 'any'))
    return `  cases ${abstract.wires.map((w) => w.name).join(', ')}`;
  if (kind._tag === 'Reduce' && (kind.word === 'max' || kind.word === 'min'))
    return choiceProof(abstract, known, kind.word, from, to);
  return expansion(abstract, known, from, to, (argument) => [argument]);
}

/** A choice written in another way: without `not`, its condition moved by a difference, then its sides exchanged. */
function choiceProof(abstract: Abstraction, known: Tools['known'], word: 'max' | 'min', from: Sym, to: Sym): string {
  const { symbols } = abstract;
  const text = (s: Sym): string => abstract.writer(known).write(s, abstract.scope(true));
  const exchange = `rewrite ${word}2-comm`;
  const [plain, condition] = unnegated(symbols, from);
  const [, yes, no] = (plain as Sym & { readonly _tag: 'Select' }).args;
  const wanted = ((to as Sym & { readonly _tag: 'Select' }).args[0] as Sym & { readonly _tag: 'Op' }).args;
  const [low, high] = (condition as Sym & { readonly _tag: 'Op' }).args as [Sym, Sym];
  const same = yes === (to as Sym & { readonly _tag: 'Select' }).args[1];
  // the condition compares the two in the order of the choice, or in the other one
  const [first, second] = same ? wanted : [wanted[1]!, wanted[0]!];
  const ordered = symbols.select(symbols.op('lt', first!, second!), yes, no);
  const links: string[] = [];
  if (plain !== from) links.push(`     = (${text(plain)}) by cases ${text(condition)}`);
  if (ordered !== plain) {
    const by = symbols.op('add', first!, symbols.op('neg', low));
    const moved = symbols.op('lt', symbols.op('add', low, by), symbols.op('add', high, by));
    links.push(`     = (${text(symbols.select(moved, yes, no))}) by { rewrite add-lt in rhs }`);
    links.push(`     = (${text(ordered)}) by ring`);
  }
  if (links.length === 0) return `  ${exchange}`;
  if (!same) links.push(`     = (${text(to)}) by ${exchange}`);
  return [`  calc ${text(from)}`, ...links].join('\n');
}
/** A choice without `not`, and its condition. */
function unnegated(symbols: Tools['symbols'], s: Sym): readonly [Sym, Sym] {
  let [condition, yes, no] = (s as Sym & { readonly _tag: 'Select' }).args;
  while (condition._tag === 'Op' && condition.word === 'not') [condition, yes, no] = [condition.args[0]!, no, yes];
  return [symbols.select(condition, yes, no), condition];
}
const froms: Readonly<Record<Word, string>> = {
  sum: 'sum-from',
  product: 'product-from',
  max: 'max-from',
  min: 'min-from',
  all: 'all-from',
  any: 'any-from',
};

const mentionTables = new WeakMap<AxisVar, WeakMap<Sym, boolean>>();
/** Is there a result of the axis inside: a loop over it, its size, its first element? */
export function mentionsLoop({ symbols, axis }: Pick<Tools, 'symbols' | 'axis'>, s: Sym): boolean {
  const table = mentionTables.get(axis) ?? new WeakMap<Sym, boolean>();
  mentionTables.set(axis, table);
  const known = table.get(s);
  if (known !== undefined) return known;
  let found =
    (s._tag === 'Loop' && s.loop.axis === axis) ||
    (s._tag === 'Size' && s.axis === axis) ||
    (s._tag === 'Read' && s.at.includes(axis));
  if (!found)
    symbols.overChildren(s, (c) => {
      if (!found && mentionsLoop({ symbols, axis }, c)) found = true;
      return c;
    });
  table.set(s, found);
  return found;
}

/** Is the position of the element at a turn read inside? It is another one in the second part of a list. */
function positioned({ symbols }: Pick<Tools, 'symbols'>, s: Sym, turn: number): boolean {
  if (!s.free.has(turn)) return false;
  if (s._tag === 'Position') return s.at === turn;
  let found = false;
  symbols.overChildren(s, (c) => {
    if (!found && positioned({ symbols }, c, turn)) found = true;
    return c;
  });
  return found;
}

/** Is there a loop over the axis, or its size, inside? */
function loops({ symbols, axis }: Pick<Tools, 'symbols' | 'axis'>, s: Sym): boolean {
  if ((s._tag === 'Loop' && s.loop.axis === axis) || (s._tag === 'Size' && s.axis === axis)) return true;
  let found = false;
  symbols.overChildren(s, (c) => {
    if (!found && loops({ symbols, axis }, c)) found = true;
    return c;
  });
  return found;
}
