/**
 * Loops that are reductions in the library's own form: sum, product, max, min, all and any over a body without state.
 * Invariant: what is recognised here is structurally that definition applied to the array of bodies.
 */
import type { AxisVar } from '../../core/index.js';
import { type Loop, type LoopSym, type Sym, type Symbols } from './sym.js';

export type Word = 'sum' | 'product' | 'max' | 'min' | 'all' | 'any';
export interface Reduction {
  readonly word: Word;
  readonly axis: AxisVar;
  /** a free name for the turn of the body */
  readonly turn: number;
  readonly body: Sym;
}

const table = new WeakMap<Sym, Reduction | null>();

export function reduction(symbols: Symbols, s: LoopSym): Reduction | undefined {
  const known = table.get(s);
  if (known !== undefined) return known ?? undefined;
  const made = recognised(symbols, s);
  table.set(s, made ?? null);
  return made;
}

function recognised(symbols: Symbols, s: LoopSym): Reduction | undefined {
  const { loop } = s;
  if (loop.output || loop.inits.length !== 1 || s.at.length > 0 || loop.inits[0]!.names.length > 0) return undefined;
  const opened = symbols.open(s);
  const found = stepOf(symbols, opened);
  return found && { ...found, axis: opened.axis, turn: opened.turn };
}

function stepOf(symbols: Symbols, loop: Loop): { readonly word: Word; readonly body: Sym } | undefined {
  const [init, step] = [loop.inits[0]!.body, loop.steps[0]!.body];
  const state = symbols.state(loop.self, 0, []);
  const closed = (b: Sym | undefined): b is Sym => b !== undefined && !b.free.has(loop.self);
  if (step._tag === 'Op' && step.args[0] === state) {
    const body = step.args[1];
    const words = {
      add: ['sum', symbols.number(0n)],
      mul: ['product', symbols.number(1n)],
      and: ['all', symbols.truth(true)],
      or: ['any', symbols.truth(false)],
    } as const;
    const [word, unit] = words[step.word as keyof typeof words] ?? [];
    return word && init === unit && closed(body) ? { word, body } : undefined;
  }
  if (step._tag !== 'Select') return undefined;
  const [condition, yes, no] = step.args;
  if (!closed(yes) || no !== state) return undefined;
  const started = init === symbols.rename(yes, new Map([[loop.turn, loop.axis]]));
  if (condition === symbols.op('lt', state, yes) && started) return { word: 'max', body: yes };
  if (condition === symbols.op('lt', yes, state) && started) return { word: 'min', body: yes };
  return undefined;
}
