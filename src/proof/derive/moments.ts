/**
 * The candidate that a refusal is tried on: sums and sums of squares of every number of a row. Invariant: two lists with the same moments
 * refute that state and no other; what refutes every state is the rank.
 */
import type { AxisVar, Slot } from '../../core/index.js';
import type { Output } from './read.js';
import { sumOver } from './separate.js';
import type { Symbols } from './sym.js';

export function moments(symbols: Symbols, inputs: readonly Slot[], over: AxisVar): readonly Output[] {
  return inputs.flatMap((s, input) => {
    // an axis that a wire has twice has two indices
    if (s.base._tag !== 'Real' || s.vars.filter((v) => v === over).length !== 1) return [];
    const others = s.vars.filter((v) => v !== over);
    const names = others.map((v) => symbols.fresh(v));
    const turn = symbols.fresh(over);
    let next = 0;
    const x = symbols.read(
      input,
      s.vars.map((v) => (v === over ? turn : names[next++]!)),
    );
    const bodies = [x, symbols.op('mul', x, x)];
    return bodies.map((b) => ({ names, axes: others, body: sumOver(symbols, over, turn, b), boolean: false }));
  });
}
