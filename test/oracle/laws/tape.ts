// A source of choices that fast-check can shrink: a list of numbers, read from the left. Invariant: when the list has run out
// every choice is the first, so a generator ends, and a shorter or smaller list makes a smaller diagram.
import * as fc from 'fast-check';

export class Tape {
  private at = 0;
  constructor(private readonly choices: readonly number[]) {}

  below(n: number): number {
    return n <= 1 ? 0 : (this.choices[this.at++] ?? 0) % n;
  }
  pick<A>(list: readonly A[]): A {
    return list[this.below(list.length)]!;
  }
  chance(oneIn: number): boolean {
    return this.below(oneIn) === oneIn - 1;
  }
}

export const tapes = (length = 300): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.nat(0xffff), { minLength: 8, maxLength: length, size: 'max' });

/** A long list of choices from a seed, where nothing needs shrinking. */
export function choicesOf(seed: number, length: number): readonly number[] {
  let state = (seed * 2654435761) >>> 0 || 1;
  const next = (): number => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return state & 0xffff;
  };
  for (let i = 0; i < 8; i++) next();
  return Array.from({ length }, next);
}
