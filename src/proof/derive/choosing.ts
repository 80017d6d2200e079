/**
 * Symbols that loops of several states are made of: choices between two keys, words that join, and what an expression mentions. Invariant:
 * what is made is what its name says, structurally. Knows nothing of proofs.
 */
import { type Algebra, equalSums, isBoolean } from './algebra.js';
import { isWire } from './lemma.js';
import type { Word } from './reduce.js';
import type { Arr, Sym, Symbols } from './sym.js';

/** Which of two keys is kept: of equal ones the first or the last. */
export type Choice = 'max-first' | 'max-last' | 'min-first' | 'min-last';
export function unit(symbols: Symbols, word: Exclude<Word, 'max' | 'min'>): Sym {
  if (word === 'sum' || word === 'product') return symbols.number(word === 'sum' ? 0n : 1n);
  return symbols.truth(word === 'all');
}
export function joined(symbols: Symbols, word: Exclude<Word, 'max' | 'min'>, x: Sym, y: Sym): Sym {
  return symbols.op(({ sum: 'add', product: 'mul', all: 'and', any: 'or' } as const)[word], x, y);
}

/** Of keys x and then y, with what each carries. */
export function picked(symbols: Symbols, choice: Choice, x: Sym, y: Sym, u: Sym, v: Sym): Sym {
  switch (choice) {
    case 'max-first':
      return symbols.select(symbols.op('lt', x, y), v, u);
    case 'min-first':
      return symbols.select(symbols.op('lt', y, x), v, u);
    case 'min-last':
      return symbols.select(symbols.op('lt', x, y), u, v);
    case 'max-last':
      return symbols.select(symbols.op('lt', y, x), u, v);
  }
}

/** Choices between one thing and itself are that thing; conditions of such choices are added to a set. */
export function same(algebra: Algebra, s: Sym, idle = new Set<Sym>()): Sym {
  return algebra.symbols.replace(s, (t) => {
    if (t._tag !== 'Select') return undefined;
    const [condition, yes, no] = t.args;
    if (yes !== no && (isBoolean(yes) || !equalSums(algebra.sum(yes), algebra.sum(no)))) return undefined;
    idle.add(condition);
    return same(algebra, no, idle);
  });
}

export function mentions(symbols: Symbols, s: Sym, what: Sym): boolean {
  if (s === what) return true;
  let found = false;
  symbols.overChildren(s, (c) => {
    if (!found && mentions(symbols, c, what)) found = true;
    return c;
  });
  return found;
}

export function wiresIn(symbols: Symbols, s: Sym): readonly Sym[] {
  const found = new Set<Sym>();
  const go = (t: Sym): Sym => {
    if (isWire(t)) found.add(t);
    else symbols.overChildren(t, go);
    return t;
  };
  go(s);
  return [...found];
}
export const plain = (body: Sym): Arr => ({ names: [], axes: [], body });
