/**
 * Fuel: how much an operation may do, counted where the work is done. Invariant: it is a count, never a clock, so that a verdict does not
 * depend on the machine; running out is a refusal (E-BUDGET), never an answer. Knows nothing of what the work is.
 *
 * A unit is one thing that is looked at or copied: a reference, a factor, a leaf, a word of a number. It takes some tens of nanoseconds,
 * and keeps some tens of bytes at most.
 */
import { refuse } from './error.js';

/** What one operation of the door may use: about ten times what the largest of the library does. */
export const FUEL = 20_000_000;

let left = Infinity;

export function spend(units: number): void {
  left -= units;
  if (left < 0) refuse('E-BUDGET', 'fuel', 'the work is within the fuel');
}

/** All that `work` does, in whatever it calls, is at most so many units, and at most what is left around it. */
export function within<const Args extends readonly unknown[], A>(
  units: number,
  work: (...args: Args) => A,
  ...args: Args
): A {
  const outer = left;
  const start = units < outer ? Math.max(0, units) : outer;
  left = start;
  try {
    return work(...args);
  } finally {
    left = outer === Infinity ? outer : outer - (start - left);
  }
}
