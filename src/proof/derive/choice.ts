/**
 * Reductions of the library over the streamed axis, made and joined. Invariant: what is made is structurally the library's definition.
 * Knows nothing of proofs.
 */
import { canonicalStep } from './classify.js';
import type { Word } from './reduce.js';
import { type Tools, sumOver } from './separate.js';
import type { Arr, Sym } from './sym.js';

/** The library's reduction of a body over the axis. */
export function reduceOver(
  { symbols, axis }: Pick<Tools, 'symbols' | 'axis'>,
  word: Word,
  turn: number,
  body: Sym,
): Sym {
  if (word === 'sum') return sumOver(symbols, axis, turn, body);
  const self = symbols.fresh();
  const state = symbols.state(self, 0, []);
  const boolean = word === 'all' || word === 'any';
  const first = symbols.rename(body, new Map([[turn, axis]]));
  const inits = {
    product: symbols.number(1n),
    all: symbols.truth(true),
    any: symbols.truth(false),
    max: first,
    min: first,
  } as const;
  const plain = (b: Sym): Arr => ({ names: [], axes: [], body: b });
  const step = canonicalStep(symbols, { _tag: 'Reduce', word, body }, state)!;
  const base = { _tag: boolean ? 'Boolean' : 'Real' } as const;
  return symbols.loop(
    { axis, self, turn, inits: [plain(inits[word])], steps: [plain(step)], bases: [base], output: undefined },
    0,
    [],
  );
}

/** Two results of a reduction, joined. */
export function join(symbols: Tools['symbols'], word: Word, x: Sym, y: Sym): Sym {
  switch (word) {
    case 'sum':
      return symbols.op('add', x, y);
    case 'product':
      return symbols.op('mul', x, y);
    case 'all':
      return symbols.op('and', x, y);
    case 'any':
      return symbols.op('or', x, y);
    case 'max':
      return symbols.select(symbols.op('lt', x, y), y, x);
    case 'min':
      return symbols.select(symbols.op('lt', y, x), y, x);
  }
}
