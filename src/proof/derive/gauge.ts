/**
 * Coordinates for floats: sums of exponentials relative to their largest exponent. Invariant: a result is rewritten only where each
 * such sum stands in a quotient of two of one exponent, or alone under a logarithm; then the gauge cancels by a theorem.
 */
import { type Product, type Sum, Algebra, TooMany, equalSums } from './algebra.js';
import { Abstraction } from './lemma.js';
import { reduction } from './reduce.js';
import { type OwnPart, type Tools, sumOver } from './separate.js';
import { reduceOver } from './choice.js';
import type { LoopSym, Sym, Symbols } from './sym.js';

/** A sum of exp(exponent - largest) * weight; without a weight, of the exponential alone. */
export interface Gauged {
  readonly turn: number;
  readonly exponent: Sym;
  readonly largest: LoopSym;
  readonly weight: Sym | undefined;
}

const minus = (symbols: Symbols, x: Sym, y: Sym): Sym => symbols.op('add', x, symbols.op('neg', y));

/** The sum in the gauge, as it is written. */
export function gaugedSum({ symbols, axis }: Tools, g: Gauged): LoopSym {
  const power = symbols.op('exp', minus(symbols, g.exponent, g.largest));
  return sumOver(symbols, axis, g.turn, g.weight ? symbols.op('mul', power, g.weight) : power) as LoopSym;
}

/** A sum that is written so. */
export function gauged(symbols: Symbols, loop: LoopSym): Gauged | undefined {
  const found = reduction(symbols, loop);
  if (found?.word !== 'sum') return undefined;
  const { turn, body } = found;
  const [power, weight] = body._tag === 'Op' && body.word === 'mul' ? body.args : [body, undefined];
  if (power?._tag !== 'Op' || power.word !== 'exp') return undefined;
  const difference = power.args[0]!;
  if (difference._tag !== 'Op' || difference.word !== 'add') return undefined;
  const [exponent, negative] = difference.args as [Sym, Sym];
  const largest = negative._tag === 'Op' && negative.word === 'neg' ? negative.args[0]! : undefined;
  if (largest?._tag !== 'Loop' || largest.loop.axis !== found.axis) return undefined;
  const max = reduction(symbols, largest);
  if (max?.word !== 'max' || symbols.rename(max.body, new Map([[max.turn, turn]])) !== exponent) return undefined;
  return { turn, exponent, largest, weight };
}

/** The body of a sum that is in the gauge, however it is written: with the lemma that says so, where one is needed. */
export function inGauge(
  tools: Tools,
  turn: number,
  body: Sym,
  own: OwnPart,
): { readonly value: Sym; readonly cite: string | undefined } | undefined {
  const { symbols } = tools;
  const algebra = new Algebra(symbols, (s) => s._tag === 'Loop' || (s.free.has(turn) && own(s) && !isRing(s)));
  const parts = common(algebra, body);
  if (!parts) return undefined;
  const [still, moving] = [
    parts.exponent.filter((p) => !varies(p, turn)),
    parts.exponent.filter((p) => varies(p, turn)),
  ];
  const negative = still.length === 1 ? still[0]! : undefined;
  const largest =
    negative?.factors.length === 1 &&
    !negative.exponent &&
    negative.coefficient.num === -1n &&
    negative.coefficient.den === 1n
      ? negative.factors[0]!
      : undefined;
  const max = largest?._tag === 'Loop' && largest.loop.axis === tools.axis ? reduction(symbols, largest) : undefined;
  if (max?.word !== 'max' || largest?._tag !== 'Loop') return undefined;
  const exponent = symbols.rename(max.body, new Map([[max.turn, turn]]));
  if (!equalSums(algebra.sum(exponent), moving)) return undefined;
  const { outer, weight } = weightOf(algebra, parts.weight, turn);
  if (weight && !own(weight)) return undefined;
  const total = gaugedSum(tools, { turn, exponent, largest, weight });
  const value = outer ? symbols.op('mul', outer, total) : total;
  const plain = sumOver(symbols, tools.axis, turn, body);
  if (value === plain) return { value, cite: undefined };
  return { value, cite: lemmaOf(tools, turn, body, { exponent, outer, total, own }) };
}

interface Parts {
  readonly exponent: Sym;
  readonly outer: Sym | undefined;
  readonly total: LoopSym;
  readonly own: OwnPart;
}

/** The lemma that a sum is its factor times the sum in the gauge. */
function lemmaOf(tools: Tools, turn: number, body: Sym, { exponent, outer, total, own }: Parts): string {
  const { symbols, lemmas, known } = tools;
  const abstract = new Abstraction(symbols, [{ name: turn, axis: tools.axis }], tools.booleanInput);
  const atom = (s: Sym): boolean =>
    s === outer || s === exponent || (!s.free.has(turn) && !isRing(s) && !isNumber(s)) || (own(s) && !isRing(s));
  const over = (s: Sym): Sym => abstract.over(s, atom);
  const sum = (s: Sym): Sym => sumOver(symbols, tools.axis, turn, s);
  const from = sum(over(body));
  const inside = over(bodyOf(symbols, total, turn));
  const to = outer ? symbols.op('mul', over(outer), sum(inside)) : sum(inside);
  const writer = abstract.writer(known);
  const text = (s: Sym): string => writer.write(s, abstract.scope(false));
  const statement = `${abstract.axes()}(${abstract.parameters(false)}) : ${text(from)} = ${text(to)}`;
  const middle = outer && text(sum(symbols.op('mul', over(outer), inside)));
  const links = middle
    ? `  calc ${text(from)}\n     = ${middle} by ring\n     = ${text(to)} by rewrite sum-linear`
    : '  ring';
  return lemmas.add('gauge', statement, () => links);
}
const isNumber = (s: Sym): boolean => s._tag === 'Number';

/** The body of a sum at a turn. */
function bodyOf(symbols: Symbols, s: LoopSym, turn: number): Sym {
  const found = reduction(symbols, s)!;
  return symbols.rename(found.body, new Map([[found.turn, turn]]));
}

/** A weight of one product: what does not vary with the element, and the rest. */
function weightOf(
  algebra: Algebra,
  weight: Sum | undefined,
  turn: number,
): { readonly outer: Sym | undefined; readonly weight: Sym | undefined } {
  if (weight?.length !== 1) return { outer: undefined, weight: weight && algebra.symbol(weight) };
  const [p] = weight as [Product];
  const [still, moving] = [p.factors.filter((f) => !f.free.has(turn)), p.factors.filter((f) => f.free.has(turn))];
  const unit = p.coefficient.num === 1n && p.coefficient.den === 1n;
  const outer = still.length === 0 && unit ? undefined : algebra.product({ ...p, factors: still });
  return {
    outer,
    weight:
      moving.length === 0
        ? undefined
        : algebra.product({ coefficient: { num: 1n, den: 1n }, factors: moving, exponent: undefined }),
  };
}
const isRing = (s: Sym): boolean => s._tag === 'Op' && ['add', 'mul', 'neg', 'exp'].includes(s.word);

const varies = (p: Product, turn: number): boolean =>
  p.factors.some((f) => f.free.has(turn)) || (p.exponent ?? []).some((q) => varies(q, turn));

/** A sum of products with one exponent: that, and what it is multiplied by (none: 1). */
function common(algebra: Algebra, body: Sym): { readonly exponent: Sum; readonly weight: Sum | undefined } | undefined {
  let sum: Sum;
  try {
    sum = algebra.sum(body);
  } catch (error) {
    if (error instanceof TooMany) return undefined;
    throw error;
  }
  const exponent = sum[0]?.exponent;
  if (!exponent || !sum.every((p) => p.exponent && equalSums(p.exponent, exponent))) return undefined;
  const weight = sum.map((p): Product => ({ ...p, exponent: undefined }));
  const [only] = weight;
  const unit =
    weight.length === 1 && only!.factors.length === 0 && only!.coefficient.num === 1n && only!.coefficient.den === 1n;
  return { exponent, weight: unit ? undefined : weight };
}

// ---- results over plain sums of exponentials, in the gauge ---------------------------------------------------------------------

export interface InGauge {
  readonly result: Sym;
  /** theorems that take the gauge out again, as often as they are used */
  readonly cites: readonly string[];
}

/** A plain sum of exponentials: its exponent and its weight. */
function powers(tools: Tools, s: Sym): Gauged | undefined {
  const { symbols, axis } = tools;
  if (s._tag !== 'Loop' || s.loop.axis !== axis) return undefined;
  const found = reduction(symbols, s);
  if (found?.word !== 'sum') return undefined;
  const { body, turn } = found;
  const [power, weight] = body._tag === 'Op' && body.word === 'mul' ? body.args : [body, undefined];
  if (power?._tag !== 'Op' || power.word !== 'exp' || !power.args[0]!.free.has(turn)) return undefined;
  const exponent = power.args[0]!;
  if (mentionsAxis(tools, exponent)) return undefined;
  return { turn, exponent, weight, largest: reduceOver(tools, 'max', turn, exponent) as LoopSym };
}

/** The result with its sums of exponentials in their gauge, or nothing where one is neither in a quotient nor under a logarithm. */
export function regauged(tools: Tools, result: Sym): InGauge | undefined {
  const cites: string[] = [];
  const algebra = new Algebra(tools.symbols);
  try {
    const made = new Regauge(tools, algebra, cites).of(result);
    return cites.length > 0 ? { result: made, cites } : undefined;
  } catch (error) {
    if (error instanceof Alone || error instanceof TooMany) return undefined;
    throw error;
  }
}

class Alone extends Error {}

/** By which of the two has a weight. */
const quotients = {
  above: { below: 'quotient-gauge-both', none: 'quotient-gauge' },
  none: { below: 'quotient-gauge-below', none: 'quotient-gauge-alone' },
} as const;

class Regauge {
  private readonly quotients = new Set<Sym>();
  constructor(
    private readonly tools: Tools,
    private readonly algebra: Algebra,
    private readonly cites: string[],
  ) {}

  of(s: Sym): Sym {
    const { symbols } = this.tools;
    const parts = this.algebra.sum(s).map((p) => this.product(p));
    return parts.length === 0 ? symbols.number(0n) : parts.reduce((x, y) => symbols.op('add', x, y));
  }

  private product(p: Product): Sym {
    const { symbols } = this.tools;
    const rest = [...p.factors];
    const pairs: Sym[] = [];
    for (const f of p.factors) {
      const above = powers(this.tools, f);
      if (!above) continue;
      const below = rest.find((g) => isRecip(g) && this.matches(above, g.args[0]!));
      if (!below) throw new Alone();
      rest.splice(rest.indexOf(f), 1);
      rest.splice(rest.indexOf(below), 1);
      pairs.push(this.quotient(above, powers(this.tools, (below as Sym & { _tag: 'Op' }).args[0]!)!));
    }
    const factors = rest.map((f) => this.factor(f));
    const exponent = p.exponent && this.of(this.algebra.symbol(p.exponent));
    const all = [...pairs, ...factors, ...(exponent ? [symbols.op('exp', exponent)] : [])];
    const { num, den } = p.coefficient;
    const head = num === 1n && den === 1n && all.length > 0 ? [] : [symbols.number(num, den)];
    return [...head, ...all].reduce((x, y) => symbols.op('mul', x, y));
  }

  private matches(above: Gauged, below: Sym): boolean {
    return powers(this.tools, below)?.largest === above.largest;
  }

  private quotient(above: Gauged, below: Gauged): Sym {
    const { symbols } = this.tools;
    const made = symbols.op('mul', gaugedSum(this.tools, above), symbols.op('recip', gaugedSum(this.tools, below)));
    if (!this.quotients.has(made))
      this.cites.push(quotients[above.weight ? 'above' : 'none'][below.weight ? 'below' : 'none']);
    this.quotients.add(made);
    return made;
  }

  /** A factor that is no quotient: its parts, and the logarithm of a sum. */
  private factor(s: Sym): Sym {
    const { symbols } = this.tools;
    if (s._tag === 'Op' && s.word === 'log') {
      const sum = powers(this.tools, s.args[0]!);
      if (sum && !sum.weight) {
        const made = symbols.op('add', sum.largest, symbols.op('log', gaugedSum(this.tools, sum)));
        if (!this.quotients.has(made)) this.cites.push('log-sum-gauge');
        this.quotients.add(made);
        return made;
      }
    }
    if (powers(this.tools, s)) throw new Alone();
    if (s._tag === 'Op' && !['lt', 'and', 'or', 'not'].includes(s.word))
      return symbols.op(s.word, ...s.args.map((a) => this.of(a)));
    if (mentionsPowers(this.tools, s)) throw new Alone();
    return s;
  }
}
/** Is a loop over the axis inside? */
function mentionsAxis(tools: Tools, s: Sym): boolean {
  if (s._tag === 'Loop' && s.loop.axis === tools.axis) return true;
  let found = false;
  tools.symbols.overChildren(s, (c) => {
    if (!found && mentionsAxis(tools, c)) found = true;
    return c;
  });
  return found;
}

const isRecip = (s: Sym): s is Sym & { readonly _tag: 'Op' } => s._tag === 'Op' && s.word === 'recip';

function mentionsPowers(tools: Tools, s: Sym): boolean {
  if (powers(tools, s)) return true;
  let found = false;
  tools.symbols.overChildren(s, (c) => {
    if (!found && mentionsPowers(tools, c)) found = true;
    return c;
  });
  return found;
}
