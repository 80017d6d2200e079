/**
 * Lemmas over plain wires: an expression with its opaque parts abstracted, and the text that proves two such expressions equal.
 * Invariant: two lemmas of one statement are one. Makes no theorem: the text is checked by the core like any other.
 */
import type { AxisVar } from '../../core/index.js';
import { isBoolean, type Sum, Algebra } from './algebra.js';
import type { At, Sym, Symbols } from './sym.js';
import { type Known, type Scope, Writer } from './write.js';

export interface Lemma {
  readonly name: string;
  readonly statement: string;
  readonly proof: string;
}

/** Inputs from here on are wires of a lemma. */
const firstWire = 1_000_000;
export const isWire = (s: Sym): boolean => s._tag === 'Read' && s.input >= firstWire;

interface Wire {
  readonly name: string;
  readonly boolean: boolean;
  /** which of the lemma's indices it varies over, by their places */
  readonly over: readonly number[];
  /** of those, and of indices bound inside */
  readonly axes: readonly AxisVar[];
  /** indices bound inside are marks */
  readonly actual: Sym;
}
const firstMark = 800_000_000;
export interface Index {
  readonly name: number;
  readonly axis: AxisVar;
}

/** The opaque parts of an expression, as wires of a lemma over some axes. */
export class Abstraction {
  readonly wires: Wire[] = [];
  /** names from here on are bound inside the expression */
  private readonly inner: number;
  constructor(
    readonly symbols: Symbols,
    readonly indices: readonly Index[],
    private readonly booleanInput: (s: Sym) => boolean,
  ) {
    this.inner = symbols.fresh();
  }

  /** The wire that stands for an expression. */
  wire(expression: Sym): Sym {
    const over = this.indices.flatMap((x, i) => (expression.free.has(x.name) ? [i] : []));
    const inside = [...expression.free].filter((n) => n > this.inner && this.symbols.axisOf(n)).sort((a, b) => a - b);
    const marks = inside.map((_, i) => firstMark + i);
    const actual = this.symbols.rename(expression, new Map(inside.map((n, i) => [n, marks[i]!])));
    const axes = [...over.map((i) => this.indices[i]!.axis), ...inside.map((n) => this.symbols.axisOf(n)!)];
    let place = this.wires.findIndex((w) => w.actual === actual && w.axes.every((a, i) => a === axes[i]));
    if (place < 0) {
      const boolean = isBoolean(actual) || this.booleanInput(expression);
      const stem = boolean ? (axes.length > 0 ? 'p' : 'b') : axes.length > 0 ? 'x' : 'c';
      const count = this.wires.filter((w) => w.name.startsWith(stem)).length + 1;
      place = this.wires.push({ name: `${stem}${count}`, boolean, over, axes, actual }) - 1;
    }
    return this.symbols.read(firstWire + place, [...over.map((i) => this.indices[i]!.name), ...inside]);
  }

  /** Is there a wire that stands for it? */
  knows(expression: Sym): boolean {
    const before = this.wires.length;
    this.wire(expression);
    const known = this.wires.length === before;
    this.wires.length = before;
    return known;
  }

  /** The expression over wires: maximal parts that are opaque become one each. */
  over(s: Sym, opaque: (s: Sym) => boolean): Sym {
    // the state of a loop inside is no part of its own
    const closed = (t: Sym): boolean => ![...t.free].some((n) => n > this.inner && !this.symbols.axisOf(n));
    return this.symbols.replace(s, (t) => {
      if (t._tag === 'Number' || t._tag === 'Truth') return t;
      return closed(t) && opaque(t) ? this.wire(t) : undefined;
    });
  }

  /** An expression over wires, with what they stand for. */
  back(s: Sym): Sym {
    return this.symbols.replace(s, (t) => {
      if (t._tag !== 'Read' || t.input < firstWire) return undefined;
      const { actual, over } = this.wires[t.input - firstWire]!;
      const outer = over.map((i, k): [number, At] => [this.indices[i]!.name, t.at[k]!]);
      const marks = t.at.slice(over.length).map((a, k): [number, At] => [firstMark + k, a]);
      return this.symbols.rename(actual, new Map([...outer, ...marks]));
    });
  }

  /** How the wires are read; as scalars, where the indices are left out. */
  scope(scalar: boolean): Scope {
    const read = ({ over }: Wire, i: number): Sym =>
      this.symbols.read(
        firstWire + i,
        over.map((k) => this.indices[k]!.name),
      );
    const named = this.wires.map((w, i) => [read(w, i), w.name] as const);
    return {
      wire: (input) => this.wires[input - firstWire]!.name,
      index: new Map(),
      states: new Map(),
      taken: new Set(this.wires.map((w) => w.name)),
      named: new Map(scalar ? named : []),
    };
  }
  /** `x1 x2 : R[n], c1 : R` */
  parameters(scalar: boolean): string {
    const object = (w: Wire): string => {
      const axes = (scalar ? w.axes.slice(w.over.length) : w.axes).map((a) => a.name);
      return `${w.boolean ? 'B' : 'R'}${axes.length > 0 ? `[${axes.join(' ')}]` : ''}`;
    };
    const objects = [...new Set(this.wires.map(object))];
    return objects
      .map((o) => {
        const names = this.wires.filter((w) => object(w) === o).map((w) => w.name);
        return `${names.join(' ')} : ${o}`;
      })
      .join(', ');
  }
  /** `[n, k]`: the axes of the indices, without their sorts */
  axes(): string {
    const names = [
      ...new Set([...this.indices.map((x) => x.axis), ...this.wires.flatMap((w) => w.axes)].map((a) => a.name)),
    ];
    return names.length === 0 ? '' : `[${names.join(', ')}] `;
  }
  which(varies: boolean): readonly Wire[] {
    return this.wires.filter((w) => w.axes.length > 0 === varies);
  }
  writer(known: Known): Writer {
    return new Writer(this.symbols, known);
  }
}

export class Lemmas {
  readonly list: Lemma[] = [];
  constructor(private readonly prefix: string) {}

  /** The lemma of a statement `parameters : sides`, under a name of its own; `make` gives the steps of its proof. */
  add(kind: string, statement: string, make: (name: string) => string): string {
    const known = this.list.find((l) => l.statement === statement);
    if (known) return known.name;
    const count = this.list.filter((l) => l.name.startsWith(`${this.prefix}-${kind}`)).length + 1;
    const name = `${this.prefix}-${kind}-${count}`;
    const proof = make(name);
    this.list.push({ name, statement, proof });
    return name;
  }
}

// ---- equations between scalars ------------------------------------------------------------------------------------------

/** A step of a calculation: the next expression, and what gives it. */
interface Link {
  readonly to: Sym;
  readonly by: string;
}

/**
 * The steps that prove from = to, for expressions over wires where `to` is a sum of products of `from`: reciprocals of products are
 * taken apart, exponents are divided in the parts of `sides` and taken apart, booleans are tried, the rest is a ring's.
 */
export function expansion(
  abstract: Abstraction,
  known: Known,
  from: Sym,
  to: Sym,
  divide: (argument: Sum) => readonly Sum[],
): string {
  const scalar = abstract.scope(true);
  const writer = abstract.writer(known);
  const text = (s: Sym): string => writer.write(s, scalar);
  const links: Link[] = [];
  let now = from;
  const reach = (next: Sym, by: string): void => {
    if (next !== now) links.push({ to: next, by });
    now = next;
  };
  const algebra = new Algebra(abstract.symbols, isWire);
  const apart = reciprocals(algebra, from);
  if (apart.flat !== from) {
    reach(apart.canonical, 'ring');
    reach(apart.flat, 'simp recip-mul, <- exp-neg');
  }
  const powers = exponents(algebra, now, divide);
  if (powers.sums.length > 0) {
    reach(powers.regrouped, 'ring');
    const steps = powers.sums.map(([x, y]) => `rewrite exp-add with x := ${text(x)}, y := ${text(y)}`);
    reach(powers.apart, steps.length === 1 ? steps[0]! : `{ ${steps.join('\n           ')} }`);
  }
  const booleans = abstract.wires.filter((w) => w.boolean).map((w) => w.name);
  const closing = tried(booleans, 'ring');
  if (links.length === 0) return `  ${closing}`;
  const lines = [...links, { to, by: booleans.length > 0 ? `{ ${closing} }` : closing }];
  return [`  calc ${text(from)}`, ...lines.map((l) => `     = ${text(l.to)} by ${l.by}`)].join('\n');
}

/** The step, after every case of the booleans. */
export const tried = (booleans: readonly string[], step: string): string =>
  booleans.reduceRight((inner, p) => `cases ${p} { ${inner} } { ${inner} }`, step);

const isOp = (s: Sym, word: string): s is Sym & { readonly _tag: 'Op' } => s._tag === 'Op' && s.word === word;

/** Reciprocals of products: with their argument as one product, and as a product of reciprocals. */
function reciprocals(algebra: Algebra, s: Sym): { readonly canonical: Sym; readonly flat: Sym } {
  const { symbols } = algebra;
  const go =
    (flat: boolean) =>
    (t: Sym): Sym | undefined => {
      if (!isOp(t, 'recip')) return undefined;
      const sum = algebra.sum(t.args[0]!);
      const only = sum.length === 1 ? sum[0]! : undefined;
      if (!only || only.coefficient.num !== 1n || only.coefficient.den !== 1n) return undefined;
      const exps = only.exponent ? [symbols.op('exp', algebra.symbol(only.exponent))] : [];
      const parts = [...only.factors, ...exps];
      if (parts.length === 1 && exps.length === 0) return undefined;
      if (!flat)
        return symbols.op(
          'recip',
          parts.reduce((x, y) => symbols.op('mul', x, y)),
        );
      const inverse = (p: Sym): Sym =>
        isOp(p, 'exp') ? symbols.op('exp', symbols.op('neg', p.args[0]!)) : symbols.op('recip', p);
      return parts.map(inverse).reduce((x, y) => symbols.op('mul', x, y));
    };
  return { canonical: symbols.replace(s, go(false)), flat: symbols.replace(s, go(true)) };
}

/** Exponentials whose exponent falls into parts: the exponent as the sum of its parts, and the product of their exponentials. */
function exponents(algebra: Algebra, s: Sym, divide: (argument: Sum) => readonly Sum[]) {
  const { symbols } = algebra;
  const sums: (readonly [Sym, Sym])[] = [];
  const regrouped = new Map<Sym, Sym>();
  const apart = new Map<Sym, Sym>();
  symbols.replace(s, (t) => {
    if (!isOp(t, 'exp')) return undefined;
    const parts = divide(algebra.sum(t.args[0]!))
      .filter((p) => p.length > 0)
      .map((p) => algebra.symbol(p));
    if (parts.length !== 2) return t;
    const [x, y] = parts as [Sym, Sym];
    if (!regrouped.has(t)) sums.push([x, y]);
    regrouped.set(t, symbols.op('exp', symbols.op('add', x, y)));
    apart.set(t, symbols.op('mul', symbols.op('exp', x), symbols.op('exp', y)));
    return t;
  });
  const distinct = sums.filter(([x, y], i) => sums.findIndex(([a, b]) => a === x && b === y) === i);
  return {
    sums: distinct,
    regrouped: symbols.replace(s, (t) => regrouped.get(t)),
    apart: symbols.replace(s, (t) => apart.get(t)),
  };
}
