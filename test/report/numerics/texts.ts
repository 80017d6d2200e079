// The texts that the checks of this folder run, and their random cases. Invariant: everything random comes from the seed that is given. It runs nothing.
import * as fc from 'fast-check';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { type Case, caseArbitrary } from '../../target/kernels/case.js';
import { type Choice, axesOf } from '../../target/kernels/pool.js';
import { random } from '../../support/ir/run.js';

/** A number for a name and a seed. */
export const seedOf = (name: string, seed: number): number =>
  (seed ^ [...name].reduce((h, c) => Math.imul(h, 31) + c.charCodeAt(0), 7)) >>> 0;

/** Four choices of tiles: the default one; small ones with the ragged tile last; the same with it first; of one element. */
export function tilingsOf(name: string, seed: number): readonly Choice[] {
  const next = random(seedOf(name, seed));
  const axes = axesOf(name);
  const small = Object.fromEntries(axes.map((a) => [a, 2 + Math.floor(next() * 6)]));
  const one = Object.fromEntries(axes.map((a) => [a, 1]));
  return [
    { tiles: {}, ragged: 'first' },
    { tiles: small, ragged: 'last' },
    { tiles: small, ragged: 'first' },
    { tiles: one, ragged: 'first' },
  ];
}

const work = ({ sizes, leading }: Case): number => [...Object.values(sizes), ...leading].reduce((a, b) => a * b, 1);

/** A case whose sizes multiply to no more than `most`. */
export const randomCase = (kernel: Extracted, seed: number, most: number): Case =>
  fc.sample(
    caseArbitrary(kernel).filter((c) => work(c) <= most),
    { numRuns: 1, seed },
  )[0]!;
