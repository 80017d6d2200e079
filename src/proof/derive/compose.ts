/**
 * Loops of several scalar states whose parts join: selections with what they carry, sums, prefixes of sums, words over neighbours. Each
 * state is given a canonical step, a start and a join. Invariant: nothing is believed of them; composed.ts has every law proved. Steps
 * are over wires, in which what does not read the state is abstracted.
 */
import { type Sum, Algebra, TooMany, constant, equalSums, plus, scaled } from './algebra.js';
import { canonicalStep, classify, isSum } from './classify.js';
import { type Choice, joined, mentions, picked, same, unit, wiresIn } from './choosing.js';
import type { Loop, Sym, Symbols } from './sym.js';

export type Kind =
  | { readonly _tag: 'Sum' | 'Product' | 'All' | 'Any' | 'Last' | 'Kept' }
  | { readonly _tag: 'Choice'; readonly choice: Choice }
  /** what is carried beside a key, at its place */
  | { readonly _tag: 'Carried'; readonly choice: Choice; readonly key: number }
  /** a reduction of a body that reads an earlier sum */
  | { readonly _tag: 'Prefix'; readonly choice: Choice; readonly total: number }
  /** a reduction of a body that reads the element before */
  | { readonly _tag: 'Window'; readonly word: 'sum' | 'all' | 'any' };
type States = readonly Sym[];
export interface Part {
  readonly kind: Kind;
  readonly boolean: boolean;
  readonly step: Sym;
  /** from an element: the state from which a part begins there */
  readonly start: Sym;
  /** the state after two parts */
  readonly join: (left: States, right: States) => Sym;
}

/** A choice between a kept and a new key, and what each gives. */
interface Chosen {
  readonly choice: Choice;
  readonly kept: Sym;
  readonly taken: Sym;
}

/** A loop whose parts join, with a lemma for each state. */
export interface Composition {
  readonly loop: Loop;
  readonly parts: readonly Part[];
  readonly joins: readonly string[];
}

export class Composer {
  readonly algebra: Algebra;
  readonly parts: Part[] = [];
  /** of an extra state: the wire whose first value it keeps */
  readonly firsts: Sym[] = [];
  private readonly states: States;
  constructor(
    private readonly symbols: Symbols,
    private readonly loop: Loop,
    private readonly booleanWire: (s: Sym) => boolean,
  ) {
    this.algebra = new Algebra(symbols, (s) => (!s.free.has(loop.self) && !isSum(s)) || s._tag === 'State');
    this.states = loop.inits.map((_, c) => symbols.state(loop.self, c, []));
  }

  /** All states, in their order, then the extra ones; undefined where one is of no known kind. */
  compose(): readonly Part[] | undefined {
    const found: (Part | undefined)[] = this.states.map(() => undefined);
    try {
      // what others read comes first
      for (let round = 0; round < this.states.length && found.includes(undefined); round += 1)
        this.states.forEach((_, c) => (found[c] ??= this.part(c, found)));
    } catch (error) {
      if (error instanceof TooMany) return undefined;
      throw error;
    }
    if (found.includes(undefined)) return undefined;
    return [...(found as Part[]), ...this.firsts.map((wire, i) => this.kept(wire, this.states.length + i))];
  }

  private step(c: number): Sym {
    return same(this.algebra, this.loop.steps[c]!.body);
  }
  private reads(s: Sym): ReadonlySet<number> {
    return new Set(this.states.flatMap((t, c) => (mentions(this.symbols, s, t) ? [c] : [])));
  }

  private part(c: number, found: readonly (Part | undefined)[]): Part | undefined {
    const step = this.step(c);
    const others = [...this.reads(step)].filter((d) => d !== c);
    if (others.length === 0) return this.reads(step).has(c) ? this.alone(c, step) : this.last(c, step);
    if (!others.every((d) => found[d])) return undefined;
    return this.carried(c, step, found) ?? this.prefix(c, step, found) ?? this.window(c, step, found);
  }

  private kept(wire: Sym, c: number): Part {
    const step = this.symbols.state(this.loop.self, c, []);
    return { kind: { _tag: 'Kept' }, boolean: this.booleanWire(wire), step, start: wire, join: (left) => left[c]! };
  }

  /** A state that the element alone decides. */
  private last(c: number, step: Sym): Part | undefined {
    if (!step.free.has(this.loop.turn)) return undefined;
    return { kind: { _tag: 'Last' }, boolean: this.boolean(c), step, start: step, join: (_, right) => right[c]! };
  }
  private boolean(c: number): boolean {
    return this.loop.bases[c]!._tag === 'Boolean';
  }

  /** A reduction of the element alone. */
  private alone(c: number, step: Sym): Part | undefined {
    const { symbols, loop } = this;
    const chosen = this.chosen(step, c);
    if (chosen) {
      const { choice, taken } = chosen;
      const pick = (x: Sym, y: Sym): Sym => picked(symbols, choice, x, y, x, y);
      const join = (left: States, right: States): Sym => pick(left[c]!, right[c]!);
      return {
        kind: { _tag: 'Choice', choice },
        boolean: false,
        step: pick(this.states[c]!, taken),
        start: taken,
        join,
      };
    }
    const single: Loop = { ...loop, inits: [loop.inits[c]!], steps: [{ ...loop.steps[c]!, body: this.only(step, c) }] };
    const kind = classify(symbols, single);
    if (kind._tag !== 'Reduce') return undefined;
    const { word } = kind;
    if (word === 'max' || word === 'min') return undefined;
    return {
      kind: { _tag: tags[word] },
      boolean: this.boolean(c),
      step: this.lifted(canonicalStep(symbols, kind, symbols.state(loop.self, 0, []))!, c),
      start: unit(symbols, word),
      join: (left, right) => joined(symbols, word, left[c]!, right[c]!),
    };
  }
  /** The step with its state as that of a loop of one state, and back. */
  private only(step: Sym, c: number): Sym {
    const { symbols, loop } = this;
    return symbols.replace(step, (s) => (s === this.states[c] ? symbols.state(loop.self, 0, []) : undefined));
  }
  private lifted(step: Sym, c: number): Sym {
    const first = this.symbols.state(this.loop.self, 0, []);
    return this.symbols.replace(step, (s) => (s === first ? this.states[c] : undefined));
  }

  /** A choice by an order of two things, one of which is the state; `key` is the state that is compared. */
  private chosen(step: Sym, c: number, key = c, against?: Sym): Chosen | undefined {
    if (step._tag !== 'Select') return undefined;
    let [condition, yes, no] = step.args;
    while (condition._tag === 'Op' && condition.word === 'not') [condition, yes, no] = [condition.args[0]!, no, yes];
    if (condition._tag !== 'Op' || condition.word !== 'lt') return undefined;
    const state = this.states[c]!;
    if (yes !== state && no !== state) return undefined;
    const taken = yes === state ? no : yes;
    const other = against ?? taken;
    if (this.reads(other).has(key) || (!against && this.reads(other).size > 0)) return undefined;
    const way = this.way(condition.args as [Sym, Sym], this.states[key]!, other);
    if (!way) return undefined;
    const takes = taken === yes;
    // state < new and taken: the first of the largest; state < new and kept: the smallest, the last of equal ones
    const choice: Choice = way === 'up' ? (takes ? 'max-first' : 'min-last') : takes ? 'min-first' : 'max-last';
    return { choice, kept: state, taken };
  }
  /** Is low < high the same as state < other, or as other < state? */
  private way([low, high]: readonly [Sym, Sym], state: Sym, other: Sym): 'up' | 'down' | undefined {
    const minus = (x: Sym, y: Sym): Sum =>
      plus(this.algebra.sum(x), scaled({ num: -1n, den: 1n }, this.algebra.sum(y)));
    const difference = minus(high, low);
    if (equalSums(difference, minus(other, state))) return 'up';
    return equalSums(difference, minus(state, other)) ? 'down' : undefined;
  }

  /** What goes with a key: the element's, moved by sums so far. */
  private carried(c: number, step: Sym, found: readonly (Part | undefined)[]): Part | undefined {
    const { symbols } = this;
    for (const [key, part] of found.entries()) {
      if (part?.kind._tag !== 'Choice') continue;
      const chosen = this.chosen(step, c, key, part.start);
      if (chosen?.choice !== part.kind.choice || this.reads(chosen.taken).has(c)) continue;
      const shift = this.moved(chosen.taken, found);
      if (!shift) continue;
      const { choice } = chosen;
      const pick = (x: Sym, y: Sym, u: Sym, v: Sym): Sym => picked(symbols, choice, x, y, u, v);
      return {
        kind: { _tag: 'Carried', choice, key },
        boolean: this.boolean(c),
        step: pick(this.states[key]!, part.start, this.states[c]!, chosen.taken),
        start: this.at(chosen.taken, found),
        join: (left, right) => pick(left[key]!, right[key]!, left[c]!, shift(left, right[c]!)),
      };
    }
    return undefined;
  }
  /** With the sums at their start. */
  private at(s: Sym, found: readonly (Part | undefined)[]): Sym {
    return this.symbols.replace(s, (t) => {
      const c = this.states.indexOf(t);
      return c < 0 ? undefined : found[c]!.start;
    });
  }
  /** How a value that reads sums so far, each times a number, moves with them. */
  private moved(s: Sym, found: readonly (Part | undefined)[]): ((left: States, own: Sym) => Sym) | undefined {
    const read = [...this.reads(s)];
    if (read.length === 0) return (_, own) => own;
    if (!read.every((d) => found[d]?.kind._tag === 'Sum')) return undefined;
    const parts = this.algebra.sum(s).filter((p) => p.factors.some((f) => f.free.has(this.loop.self)));
    if (!parts.every((p) => p.factors.length === 1 && this.states.includes(p.factors[0]!) && !p.exponent))
      return undefined;
    return (left, own) => {
      const terms = parts.map(({ coefficient: { num, den }, factors }) => {
        const total = left[this.states.indexOf(factors[0]!)]!;
        const plain = num === 1n && den === 1n;
        return plain ? total : this.symbols.op('mul', this.symbols.number(num, den), total);
      });
      return [...terms, own].reduce((x, y) => this.symbols.op('add', x, y));
    };
  }

  /** The largest or smallest so far of a sum so far. */
  private prefix(c: number, step: Sym, found: readonly (Part | undefined)[]): Part | undefined {
    const { symbols } = this;
    for (const [total, part] of found.entries()) {
      if (part?.kind._tag !== 'Sum' || step._tag !== 'Select') continue;
      const state = this.states[c]!;
      const taken = step.args[1] === state ? step.args[2] : step.args[1];
      const chosen = this.chosen(step, c, c, taken);
      const rest = plus(this.algebra.sum(taken), scaled({ num: -1n, den: 1n }, this.algebra.sum(this.states[total]!)));
      const own = this.algebra.symbol(rest);
      if (!chosen || own.free.has(this.loop.self)) continue;
      const { choice } = chosen;
      const pick = (x: Sym, y: Sym): Sym => picked(symbols, choice, x, y, x, y);
      return {
        kind: { _tag: 'Prefix', choice, total },
        boolean: false,
        step: pick(state, symbols.op('add', this.states[total]!, own)),
        start: own,
        join: (left, right) => pick(left[c]!, symbols.op('add', left[total]!, right[c]!)),
      };
    }
    return undefined;
  }

  /** A sum, or a word, of what an element and the one before it give. */
  private window(c: number, step: Sym, found: readonly (Part | undefined)[]): Part | undefined {
    const { symbols } = this;
    const split = this.added(c, step);
    if (!split) return undefined;
    const { word, body } = split;
    const before = [...this.reads(body)];
    if (!before.every((d) => found[d]?.kind._tag === 'Last')) return undefined;
    const wires = wiresIn(symbols, body).filter((w) => w.free.has(this.loop.turn));
    const places = wires.map((w) => this.first(w));
    const across = (left: States, right: States): Sym =>
      symbols.replace(body, (s) => {
        const at = wires.indexOf(s);
        if (at >= 0) return right[places[at]!];
        const d = this.states.indexOf(s);
        return d >= 0 ? left[d] : undefined;
      });
    return {
      kind: { _tag: 'Window', word },
      boolean: word !== 'sum',
      step: joined(symbols, word, this.states[c]!, body),
      start: unit(symbols, word),
      join: (left, right) => joined(symbols, word, joined(symbols, word, left[c]!, across(left, right)), right[c]!),
    };
  }
  private first(wire: Sym): number {
    if (!this.firsts.includes(wire)) this.firsts.push(wire);
    return this.states.length + this.firsts.indexOf(wire);
  }
  /** The step as its own state and a body without it. */
  private added(c: number, step: Sym): { readonly word: 'sum' | 'all' | 'any'; readonly body: Sym } | undefined {
    const { symbols } = this;
    const state = this.states[c]!;
    if (this.boolean(c)) {
      if (step._tag !== 'Op' || (step.word !== 'and' && step.word !== 'or')) return undefined;
      const { word } = step;
      const flat = (s: Sym): readonly Sym[] => (s._tag === 'Op' && s.word === word ? s.args.flatMap(flat) : [s]);
      const rest = flat(step).filter((s) => s !== state);
      if (rest.length !== flat(step).length - 1 || rest.some((s) => this.reads(s).has(c))) return undefined;
      return { word: word === 'and' ? 'all' : 'any', body: rest.reduce((x, y) => symbols.op(word, x, y)) };
    }
    const direct = step._tag === 'Op' && step.word === 'add' && step.args[0] === state ? step.args[1] : undefined;
    const rest =
      direct ??
      this.algebra.symbol(plus(this.algebra.sum(step), scaled({ num: -1n, den: 1n }, this.algebra.sum(state))));
    return this.reads(rest).has(c) || equalSums(this.algebra.sum(rest), constant({ num: 0n, den: 1n }))
      ? undefined
      : { word: 'sum', body: rest };
  }
}

const tags = { sum: 'Sum', product: 'Product', all: 'All', any: 'Any' } as const;
