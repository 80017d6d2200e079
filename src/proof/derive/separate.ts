/**
 * Finite-rank separation: a sum over the streamed axis whose body mentions earlier results c, as a finite sum of alpha(c) times
 * plain sums of beta(x). Invariant: the equation is a lemma of its own, an instance of one general theorem. What does not
 * separate is refused with the term that blocks.
 */
import { type Product, type Sum, Algebra, TooMany } from './algebra.js';
import { Abstraction, type Lemmas, expansion, isWire } from './lemma.js';
import type { Composition } from './compose.js';
import type { LoopSym, Sym, Symbols } from './sym.js';
import type { Known } from './write.js';
import type { AxisVar } from '../../core/index.js';

/** What no state can be made for in this way: the term, and why. */
export class Blocked extends Error {
  constructor(
    readonly term: Sym,
    readonly why: 'not separable' | 'too many terms' | 'a loop inside' | 'no law',
  ) {
    super(why);
  }
}

export interface Tools {
  readonly symbols: Symbols;
  readonly lemmas: Lemmas;
  readonly known: Known;
  readonly axis: AxisVar;
  readonly booleanInput: (s: Sym) => boolean;
  /** are coordinates for floats asked for? */
  readonly stable: boolean;
  /** are loops of several states taken as parts that join? */
  readonly composing: boolean;
  /** those that were, by their keys */
  readonly compositions: Map<string, Composition>;
  /** the components of a loop that the result reads */
  readonly used: (loop: LoopSym) => readonly number[];
}

interface Term {
  readonly alpha: Sym;
  readonly beta: Sym;
}

/** sum over the axis of an element. */
export function sumOver(symbols: Symbols, axis: AxisVar, turn: number, body: Sym): Sym {
  const self = symbols.fresh();
  const step = symbols.op('add', symbols.state(self, 0, []), body);
  const plain = (b: Sym) => ({ names: [], axes: [], body: b });
  return symbols.loop(
    {
      axis,
      self,
      turn,
      inits: [plain(symbols.number(0n))],
      steps: [plain(step)],
      bases: [{ _tag: 'Real' }],
      output: undefined,
    },
    0,
    [],
  );
}

/** Is every part of an expression about this element alone? */
export type OwnPart = (s: Sym) => boolean;

export interface Separated {
  readonly value: Sym;
  /** the citation that rewrites the sum so */
  readonly cite: string;
}

/** The sum of a body at a turn, separated. */
export function separate(tools: Tools, turn: number, body: Sym, own: OwnPart): Separated {
  const { symbols, axis, known } = tools;
  if (!body.free.has(turn)) return { value: symbols.op('mul', body, symbols.size(axis)), cite: 'sum-constant' };
  const abstract = new Abstraction(symbols, [{ name: turn, axis }], tools.booleanInput);
  // products and signs are looked into, so that two spellings of one sum are one; sums of the element alone are kept whole
  const whole = (s: Sym): boolean => !(s._tag === 'Op' && (s.word === 'mul' || s.word === 'neg'));
  const signed = (s: Sym): boolean => s._tag === 'Op' && s.word === 'neg';
  const phi = abstract.over(body, (s) => (s.free.has(turn) ? own(s) && whole(s) : !signed(s)));
  const terms = termsOf(tools, abstract, turn, phi);
  const one = symbols.number(1n);
  const value = (t: Term): Sym => {
    const total = t.beta === one ? symbols.size(axis) : sumOver(symbols, axis, turn, t.beta);
    return t.alpha === one ? total : symbols.op('mul', t.alpha, total);
  };
  const result = terms.map(value).reduce((x, y) => symbols.op('add', x, y));
  const scope = abstract.scope(false);
  const writer = abstract.writer(known);
  const left = writer.write(sumOver(symbols, axis, turn, phi), scope);
  const statement = `${abstract.axes()}(${abstract.parameters(false)}) : ${left} = ${writer.write(result, scope)}`;
  const cite = tools.lemmas.add('sum', statement, () => proofOf(tools, abstract, turn, phi, terms));
  return { value: abstract.back(result), cite };
}

function termsOf({ symbols }: Tools, abstract: Abstraction, turn: number, phi: Sym): readonly Term[] {
  const algebra = new Algebra(symbols, isWire);
  const blocked = (s: Sym): never => {
    throw new Blocked(abstract.back(s), 'not separable');
  };
  const sides = divided(symbols, turn, blocked, algebra);
  const table = new Map<Sym, Sum>();
  let sum: Sum;
  try {
    sum = algebra.sum(phi);
  } catch (error) {
    if (error instanceof TooMany) throw new Blocked(abstract.back(phi), 'too many terms');
    throw error;
  }
  for (const p of sum) {
    const [context, element] = sides(p);
    const beta = algebra.product(element);
    table.set(beta, [...(table.get(beta) ?? []), context]);
  }
  if (table.size === 0) return [{ alpha: symbols.number(0n), beta: symbols.number(1n) }];
  return [...table].map(([beta, alphas]) => ({ alpha: algebra.symbol(alphas), beta }));
}

const one = { num: 1n, den: 1n };

/** A product as one without the element and one of the element alone. */
function divided(symbols: Symbols, turn: number, blocked: (s: Sym) => never, algebra: Algebra) {
  const mixed = (s: Sym): boolean => s.free.has(turn) && !only(symbols, s, turn);
  return (p: Product): readonly [Product, Product] => {
    p.factors.filter(mixed).forEach(blocked);
    const outer = p.factors.filter((f) => !f.free.has(turn));
    const inner = p.factors.filter((f) => f.free.has(turn));
    const parts = p.exponent ? exponentSides(symbols, turn, p.exponent) : [undefined, undefined];
    if (!parts) return blocked(algebra.product({ coefficient: one, factors: [], exponent: p.exponent }));
    return [
      { coefficient: p.coefficient, factors: outer, exponent: parts[0] },
      { coefficient: one, factors: inner, exponent: parts[1] },
    ];
  };
}

/** The terms of an exponent without the element, and those of the element alone; undefined where one is neither. */
function exponentSides(
  symbols: Symbols,
  turn: number,
  exponent: Sum,
): readonly [Sum | undefined, Sum | undefined] | undefined {
  const kind = (p: Product): number => {
    const parts = [...p.factors, ...(p.exponent ?? []).flatMap((q) => q.factors)];
    if (parts.every((f) => !f.free.has(turn))) return 0;
    return parts.every((f) => only(symbols, f, turn)) ? 1 : 2;
  };
  const kinds = exponent.map(kind);
  if (kinds.includes(2)) return undefined;
  const side = (k: number): Sum | undefined => {
    const found = exponent.filter((_, i) => kinds[i] === k);
    return found.length > 0 ? found : undefined;
  };
  return [side(0), side(1)];
}

/** Does it read wires of the element alone? */
function only(symbols: Symbols, s: Sym, turn: number): boolean {
  if (s._tag === 'Read') return s.free.has(turn);
  if (s._tag === 'Number' || s._tag === 'Truth') return true;
  let all = true;
  symbols.overChildren(s, (c) => {
    if (!only(symbols, c, turn)) all = false;
    return c;
  });
  return all && s._tag !== 'Size' && s._tag !== 'Position';
}

function proofOf(tools: Tools, abstract: Abstraction, turn: number, phi: Sym, terms: readonly Term[]): string {
  const { symbols, known, lemmas } = tools;
  const [scalar, writer] = [abstract.scope(true), abstract.writer(known)];
  const text = (s: Sym): string => writer.write(s, scalar);
  const unit = symbols.number(1n);
  const sigma = terms
    .map(({ alpha, beta }) => symbols.op('mul', alpha, beta))
    .reduce((x, y) => symbols.op('add', x, y));
  const divide = (argument: Sum): readonly Sum[] => {
    const sides = exponentSides(symbols, turn, argument);
    return sides ? sides.map((s) => s ?? []) : [argument];
  };
  const statement = `(${abstract.parameters(true)}) : ${text(phi)} = ${text(sigma)}`;
  const scalarLemma = lemmas.add('term', statement, () => expansion(abstract, known, phi, sigma, divide));
  const [context, element] = [abstract.which(false), abstract.which(true)];
  const object = (wires: typeof context): string => wires.map((w) => (w.boolean ? 'B' : 'R')).join(' * ') || '1';
  const typed = (wires: typeof context): string => wires.map((w) => `${w.name} : ${w.boolean ? 'B' : 'R'}`).join(', ');
  const row = (parts: readonly Sym[]): string => parts.map((p) => `repeat[1] (${text(p)})`).join(' ++ ');
  return [
    `  rewrite separated-fold with`,
    `    j := ${terms.map(() => '1').join('+')}, G := 1, C := ${object(context)}, X := ${object(element)}, c := ${named(context)}, x := ${named(element)},`,
    `    phi := fun (${typed([...context, ...element])}) => ${text(phi)},`,
    `    alpha := fun (${typed(context)}) => ${row(terms.map((t) => t.alpha))},`,
    `    beta := fun (${typed(element)}) => ${row(terms.map((t) => t.beta))}`,
    `  { rewrite ${scalarLemma}`,
    `    ring }`,
    ...(terms.some((t) => t.beta === unit) ? ['  rewrite sum-of-ones'] : []),
    `  ring`,
  ].join('\n');
}
const named = (wires: readonly { readonly name: string }[]): string =>
  wires.length === 1 ? wires[0]!.name : `(${wires.map((w) => w.name).join(', ')})`;
