/**
 * The state of a solved result: its loops over the streamed axis as components, each with its law. Invariant: loops that differ in
 * the names of outer indices only are one component; the final reads components, and no loop over the axis is left in it.
 */
import type { AxisVar, Base } from '../../core/index.js';
import { type Kind, classify } from './classify.js';
import { reduction, type Word } from './reduce.js';
import { join, reduceOver } from './choice.js';
import { type Gauged, gauged } from './gauge.js';
import { type Linear, powerLoop, vector } from './linear.js';
import { Blocked, type Tools, sumOver } from './separate.js';
import type { Composition } from './compose.js';

import { type Arr, type At, type Loop, type LoopSym, type Sym, type Symbols, loopKey } from './sym.js';

export type Law = 'commutative' | 'mergeable' | 'foldable';

export interface Component {
  readonly name: string;
  readonly base: Base;
  /** over outer indices: the value on the whole */
  readonly head: Arr;
  /** merged from the component and the primed one; undefined where it only folds */
  readonly merge: Arr | undefined;
  /** from the state and a tile */
  readonly step: Arr;
  readonly law: Law;
  /** theorems that join heads, from left to right */
  readonly joins: readonly string[];
  readonly word: Word | 'affine' | 'fold' | 'gauged' | 'composed';
  /** of a sum in a gauge: the place of the gauge */
  readonly gauge?: number;
}

/** Inputs from these on are the state, and the primed state. */
export const [firstState, firstPrimed] = [2_000_000, 3_000_000];

const addOf: Readonly<Record<Word, string>> = {
  sum: 'sum-add',
  product: 'product-add',
  max: 'max-add',
  min: 'min-add',
  all: 'all-add',
  any: 'any-add',
};
const stems: Readonly<Record<Word, string>> = { sum: 's', product: 'p', max: 'm', min: 'm', all: 'a', any: 'a' };

export class State {
  readonly components: Component[] = [];
  private readonly places = new Map<string, number>();
  constructor(
    private readonly symbols: Symbols,
    private readonly axis: AxisVar,
    /** names that a component must not take */
    private readonly taken: ReadonlySet<string>,
    private readonly compositions: Tools['compositions'],
  ) {}

  /** The expression with its loops over the axis as reads of the state. */
  final(s: Sym): Sym {
    return this.symbols.replace(s, (t) => (t._tag === 'Loop' && t.loop.axis === this.axis ? this.read(t) : undefined));
  }

  private read(loop: LoopSym): Sym {
    const bare = this.symbols.loop(this.symbols.open(loop), loop.component, []);
    const outer = [...bare.free].sort((a, b) => a - b);
    // what depends on the state of a loop around it has no place of its own
    if (outer.some((n) => !this.symbols.axisOf(n))) throw new Blocked(loop, 'a loop inside');
    const key = this.key(bare, outer);
    if (!this.places.has(key)) this.add(bare, outer, key);
    return this.symbols.read(firstState + this.places.get(key)!, [...outer, ...loop.at]);
  }

  /** The same for loops that differ in the names of outer indices only. */
  private key(bare: LoopSym, outer: readonly number[]): string {
    const canonical = new Map<number, At>(outer.map((n, i) => [n, 900_000_000 + i]));
    return `${this.symbols.rename(bare, canonical).id}:${outer.map((n) => this.symbols.axisOf(n)!.id).join()}`;
  }

  private name(stem: string): string {
    const used = new Set([...this.taken, ...this.components.map((c) => c.name)]);
    for (let n = 1; ; n += 1) {
      const name = `${stem}${n}`;
      if (!used.has(name) && !used.has(`${name}'`)) return name;
    }
  }

  private over(outer: readonly number[], body: Sym): Arr {
    return { names: outer, axes: outer.map((n) => this.symbols.axisOf(n)!), body };
  }

  /** The component that a loop's result is. */
  private add(loop: LoopSym, outer: readonly number[], key: string): void {
    const known = reduction(this.symbols, loop);
    const parts = this.compositions.get(loopKey(loop.loop));
    if (parts) return this.addComposed(parts, outer);
    const inGauge = gauged(this.symbols, loop);
    if (inGauge) return void this.places.set(key, this.addGauged(loop, inGauge, outer));
    if (known) return void this.places.set(key, this.addReduction(loop, known.word, outer));
    const opened = this.symbols.open(loop);
    const scalar = opened.inits.length === 1 && !opened.output && opened.inits[0]!.names.length === 0;
    const kind: Kind = scalar ? classify(this.symbols, opened) : { _tag: 'Other' };
    if (kind._tag === 'Affine' && opened.inits[0]!.body === this.symbols.number(0n))
      return void this.places.set(key, this.addAffine(loop, opened, kind, outer));
    const linear = vector(this.symbols, opened);
    if (linear?._tag === 'Power') return void this.places.set(key, this.addPower(loop, opened, outer));
    if (linear?._tag === 'Driven') return void this.places.set(key, this.addDriven(loop, opened, linear.found, outer));
    this.addFold(opened, outer);
  }

  private addReduction(loop: LoopSym, word: Word, outer: readonly number[]): number {
    const { symbols } = this;
    const place = this.components.length;
    const [mine, other] = [symbols.read(firstState + place, outer), symbols.read(firstPrimed + place, outer)];
    this.components.push({
      name: this.name(stems[word]),
      base: loop.loop.bases[0]!,
      head: this.over(outer, loop),
      merge: this.over(outer, join(symbols, word, mine, other)),
      step: this.over(outer, join(symbols, word, mine, loop)),
      law: 'commutative',
      joins: [addOf[word]],
      word,
    });
    return place;
  }

  /** A sum relative to its largest exponent: both parts are moved to the larger one. */
  private addGauged(loop: LoopSym, { largest, weight }: Gauged, outer: readonly number[]): number {
    const { symbols } = this;
    const at = this.read(largest) as Sym & { readonly _tag: 'Read' };
    const place = this.components.length;
    const gauge = at.input - firstState;
    const other = symbols.read(firstPrimed + gauge, at.at);
    const larger = join(symbols, 'max', at, other);
    const moved = (c: Sym, first: number): Sym => {
      const power = symbols.op('exp', symbols.op('add', c, symbols.op('neg', larger)));
      return symbols.op('mul', power, symbols.read(first + place, outer));
    };
    const merge = symbols.op('add', moved(at, firstState), moved(other, firstPrimed));
    this.components.push({
      name: this.name('l'),
      base: { _tag: 'Real' },
      head: this.over(outer, loop),
      merge: this.over(outer, merge),
      step: this.over(outer, merge),
      law: 'commutative',
      joins: ['sum-add', weight ? '<- contraction-regauge' : '<- sum-exp-regauge'],
      word: 'gauged',
      gauge,
    });
    return place;
  }

  private addAffine(loop: LoopSym, opened: Loop, kind: Kind & { _tag: 'Affine' }, outer: readonly number[]): number {
    const { symbols } = this;
    const scale = reduceOver({ symbols, axis: this.axis }, 'product', opened.turn, kind.factor) as LoopSym;
    const at = this.read(scale) as Sym & { readonly _tag: 'Read' };
    const place = this.components.length;
    const [mine, other] = [symbols.read(firstState + place, outer), symbols.read(firstPrimed + place, outer)];
    const times = symbols.read(at.input - firstState + firstPrimed, at.at);
    const from = symbols.loop({ ...opened, inits: [{ ...opened.inits[0]!, body: mine }] }, 0, []);
    this.components.push({
      name: this.name('u'),
      base: { _tag: 'Real' },
      head: this.over(outer, loop),
      merge: this.over(outer, symbols.op('add', symbols.op('mul', times, mine), other)),
      step: this.over(outer, from),
      law: 'mergeable',
      joins: ['affine-add'],
      word: 'affine',
    });
    return place;
  }

  /** A component over a vector or a matrix. */
  private addVector(
    loop: LoopSym,
    opened: Loop,
    outer: readonly number[],
    names: readonly number[],
    stem: string,
    merge: Sym,
    joins: string,
  ): number {
    const { symbols } = this;
    const place = this.components.length;
    const all = [...outer, ...names];
    const axes = all.map((n) => symbols.axisOf(n)!);
    const over = (body: Sym): Arr => ({ names: all, axes, body });
    const own = { ...opened.inits[0]!, body: symbols.read(firstState + place, [...outer, ...opened.inits[0]!.names]) };
    this.components.push({
      name: this.name(stem),
      base: { _tag: 'Real' },
      head: over(symbols.loop(opened, 0, names)),
      merge: over(merge),
      step: over(symbols.loop({ ...opened, inits: [own] }, 0, names)),
      law: 'mergeable',
      joins: [joins],
      word: 'affine',
    });
    void loop;
    return place;
  }

  /** Products of matrices: the later one on the left. */
  private addPower(loop: LoopSym, opened: Loop, outer: readonly number[]): number {
    const { symbols } = this;
    const axis = opened.inits[0]!.axes[0]!;
    const [i, j, l] = [symbols.fresh(axis), symbols.fresh(axis), symbols.fresh(axis)];
    const place = this.components.length;
    const read = (first: number, a: number, b: number): Sym => symbols.read(first + place, [...outer, a, b]);
    const merge = sumOver(symbols, axis, l, symbols.op('mul', read(firstPrimed, i, l), read(firstState, l, j)));
    return this.addVector(loop, opened, outer, [i, j], 'p', merge, 'power-add');
  }

  private addDriven(loop: LoopSym, opened: Loop, found: Linear, outer: readonly number[]): number {
    const { symbols } = this;
    const axis = opened.inits[0]!.axes[0]!;
    const [i, l] = [symbols.fresh(axis), symbols.fresh(axis)];
    const matrix = this.read(symbols.loop(powerLoop(symbols, opened, found), 0, [i, l])) as Sym & {
      readonly _tag: 'Read';
    };
    const place = this.components.length;
    const primed = symbols.read(matrix.input - firstState + firstPrimed, matrix.at);
    const moved = sumOver(symbols, axis, l, symbols.op('mul', primed, symbols.read(firstState + place, [...outer, l])));
    const merge = symbols.op('add', moved, symbols.read(firstPrimed + place, [...outer, i]));
    return this.addVector(loop, opened, outer, [i], 'u', merge, 'driven-add');
  }

  /** All states of a loop whose parts join. */
  private addComposed({ loop, parts, joins }: Composition, outer: readonly number[]): void {
    const { symbols } = this;
    const first = this.components.length;
    const reads = (base: number): readonly Sym[] => parts.map((_, c) => symbols.read(base + first + c, outer));
    const [mine, other] = [reads(firstState), reads(firstPrimed)];
    parts.forEach((p, c) => {
      const result = symbols.loop(loop, c, []);
      const from = { ...loop, inits: loop.inits.map((a, d) => ({ ...a, body: mine[d]! })) };
      this.components.push({
        name: this.name('u'),
        base: loop.bases[c]!,
        head: this.over(outer, result),
        merge: this.over(outer, p.join(mine, other)),
        step: this.over(outer, symbols.loop(from, c, [])),
        law: 'mergeable',
        joins: [joins[c]!],
        word: 'composed',
      });
      this.places.set(this.key(result, outer), first + c);
    });
  }

  /** All components of a loop that only folds. */
  private addFold(opened: Loop, outer: readonly number[]): void {
    const { symbols } = this;
    const first = this.components.length;
    const own = opened.inits.map((a, i): Arr => ({
      ...a,
      body: symbols.read(firstState + first + i, [...outer, ...a.names]),
    }));
    opened.inits.forEach((init, i) => {
      const names = init.axes.map((a) => symbols.fresh(a));
      const over = (body: Sym): Arr => ({
        names: [...outer, ...names],
        axes: [...outer.map((n) => symbols.axisOf(n)!), ...init.axes],
        body,
      });
      const result = (inits: readonly Arr[]): Sym => symbols.loop({ ...opened, inits, output: undefined }, i, names);
      this.components.push({
        name: this.name('u'),
        base: opened.bases[i]!,
        head: over(result(opened.inits)),
        merge: undefined,
        step: over(result(own)),
        law: 'foldable',
        joins: [],
        word: 'fold',
      });
      this.places.set(this.key(symbols.loop({ ...opened, output: undefined }, i, []), outer), first + i);
    });
  }
}

export const weakest = (laws: readonly Law[]): Law =>
  laws.includes('foldable') ? 'foldable' : laws.includes('mergeable') ? 'mergeable' : 'commutative';
