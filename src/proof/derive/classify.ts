/**
 * What a loop with one state is: its step as a polynomial in the state, or as a choice or a boolean word of it. Invariant: what is
 * recognised does not depend on how the step is written, up to the axioms of the algebra. Knows nothing of proofs.
 */
import { type Sum, Algebra, TooMany, constant, equalSums, isBoolean, plus, scaled } from './algebra.js';
import { type Loop, type Sym, type Symbols } from './sym.js';
import type { Word } from './reduce.js';

/** A loop's step in canonical form: u + b, u * a, a * u + b, or one of the choices. */
export type Kind =
  | { readonly _tag: 'Reduce'; readonly word: Word; readonly body: Sym }
  | { readonly _tag: 'Affine'; readonly factor: Sym; readonly shift: Sym }
  | { readonly _tag: 'Other' };

const other: Kind = { _tag: 'Other' };

/** A sum or a negation: two comparisons are one where they differ by what is added to both sides. */
export const isSum = (s: Sym): boolean => s._tag === 'Op' && (s.word === 'add' || s.word === 'neg');

/** A loop with a single scalar state. */
export function classify(symbols: Symbols, loop: Loop): Kind {
  const step = loop.steps[0]!.body;
  const state = symbols.state(loop.self, 0, []);
  if (isBoolean(step)) return booleans(symbols, step, state, loop.self);
  return chosen(symbols, step, state, loop.self) ?? polynomial(symbols, step, state, loop.self);
}

/** The canonical step of a kind. */
export function canonicalStep(symbols: Symbols, kind: Kind, state: Sym): Sym | undefined {
  if (kind._tag === 'Other') return undefined;
  if (kind._tag === 'Affine') return symbols.op('add', symbols.op('mul', kind.factor, state), kind.shift);
  const { word, body } = kind;
  switch (word) {
    case 'sum':
      return symbols.op('add', state, body);
    case 'product':
      return symbols.op('mul', state, body);
    case 'all':
      return symbols.op('and', state, body);
    case 'any':
      return symbols.op('or', state, body);
    case 'max':
      return symbols.select(symbols.op('lt', state, body), body, state);
    case 'min':
      return symbols.select(symbols.op('lt', body, state), body, state);
  }
}

function polynomial(symbols: Symbols, step: Sym, state: Sym, self: number): Kind {
  const algebra = new Algebra(symbols, (s) => !s.free.has(self));
  let sum: Sum;
  try {
    sum = algebra.sum(step);
  } catch (error) {
    if (error instanceof TooMany) return other;
    throw error;
  }
  const has = (s: Sym): boolean => s.free.has(self);
  const inside = (p: Sum[number]): boolean => p.factors.some(has) || (p.exponent ?? []).some(inside);
  const linear = (p: Sum[number]): boolean =>
    p.factors.filter(has).length === 1 && p.factors.includes(state) && !(p.exponent ?? []).some(inside);
  const [moving, still] = [sum.filter(inside), sum.filter((p) => !inside(p))];
  if (moving.length === 0 || !moving.every(linear)) return other;
  const without = (p: Sum[number]): Sum[number] => ({ ...p, factors: p.factors.filter((f) => f !== state) });
  const factor = plus(moving.map(without), []);
  const shift = algebra.symbol(still);
  if (equalSums(factor, constant({ num: 1n, den: 1n })))
    return { _tag: 'Reduce', word: 'sum', body: direct(symbols, step, state, 'add') ?? shift };
  const a = direct(symbols, step, state, 'mul') ?? algebra.symbol(factor);
  return still.length === 0 ? { _tag: 'Reduce', word: 'product', body: a } : { _tag: 'Affine', factor: a, shift };
}

/** The other operand where the step is written in canonical form: it is kept as it is. */
function direct(symbols: Symbols, step: Sym, state: Sym, word: 'add' | 'mul'): Sym | undefined {
  const [self] = [...state.free];
  if (step._tag !== 'Op' || step.word !== word || step.args[0] !== state) return undefined;
  return step.args[1]!.free.has(self!) ? undefined : step.args[1];
}

/** if a < b then y else z, where y and z are the state and an element, and b - a is their difference. */
function chosen(symbols: Symbols, step: Sym, state: Sym, self: number): Kind | undefined {
  if (step._tag !== 'Select') return undefined;
  let [condition, yes, no] = step.args;
  while (condition._tag === 'Op' && condition.word === 'not') [condition, yes, no] = [condition.args[0]!, no, yes];
  if (condition._tag !== 'Op' || condition.word !== 'lt') return undefined;
  const body = yes === state ? no : no === state ? yes : undefined;
  if (!body || body.free.has(self)) return undefined;
  const algebra = new Algebra(symbols, (s) => !s.free.has(self) && !isSum(s));
  const minus = (x: Sym, y: Sym): Sum => plus(algebra.sum(x), scaled({ num: -1n, den: 1n }, algebra.sum(y)));
  const [low, high] = condition.args as [Sym, Sym];
  const difference = minus(high, low);
  const bodyAbove = equalSums(difference, minus(body, state));
  const stateAbove = equalSums(difference, minus(state, body));
  if (bodyAbove) return { _tag: 'Reduce', word: yes === body ? 'max' : 'min', body };
  if (stateAbove) return { _tag: 'Reduce', word: yes === body ? 'min' : 'max', body };
  return undefined;
}

function booleans(symbols: Symbols, step: Sym, state: Sym, self: number): Kind {
  if (step._tag !== 'Op' || (step.word !== 'and' && step.word !== 'or')) return other;
  const { word } = step;
  const parts = (s: Sym): readonly Sym[] => (s._tag === 'Op' && s.word === word ? s.args.flatMap(parts) : [s]);
  const all = parts(step);
  const rest = all.filter((p) => p !== state);
  if (all.length - rest.length !== 1 || rest.some((p) => p.free.has(self))) return other;
  const body = rest.reduce((x, y) => symbols.op(word, x, y));
  return { _tag: 'Reduce', word: word === 'and' ? 'all' : 'any', body };
}
