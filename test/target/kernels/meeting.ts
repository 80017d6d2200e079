// Inputs that meet the preconditions of a stream's laws. Invariant: what is handed out meets them, or there is an error; of a stream without any nothing is
// changed.
import type { AxisVar } from '../../../src/core/index.js';
import { preconditionsOf } from '../../../src/language/elaborate/precondition.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { type NumArray, evaluate } from '../../../src/run/reference/evaluate.js';
import { get } from '../../support/ir/dsl.js';

/** From a number drawn to one of the kind that a condition may ask for: positive, negative, between 0 and 1, whole. */
const CHANGES: readonly ((x: number) => number)[] = [
  (x) => x,
  (x) => (x === 0 ? 1 : Math.abs(x)),
  (x) => (x === 0 ? -1 : -Math.abs(x)),
  (x) => Math.fround(Math.abs(x) - Math.floor(Math.abs(x))),
  (x) => Math.floor(Math.abs(x)),
  () => 0,
  () => 1,
];

/** The arrays of every element of the batch after the first change of all numbers in place under which they meet the conditions. */
export function meeting(
  { name, theorem }: Extracted,
  env: ReadonlyMap<AxisVar, number>,
  inputs: readonly Float32Array[],
  batchOf: () => readonly (readonly NumArray[])[],
): readonly (readonly NumArray[])[] {
  const conditions = theorem.claim ? preconditionsOf(theorem.claim.info) : [];
  if (conditions.length === 0) return batchOf();
  const drawn = inputs.map((x) => x.slice());
  for (const change of CHANGES) {
    inputs.forEach((x, i) => x.forEach((_, j) => (x[j] = change(drawn[i]![j]!))));
    const batch = batchOf();
    const isMet = (own: readonly NumArray[]): boolean =>
      conditions.every((c) => get(evaluate(c, { sizes: env }, own))[0]!.data[0] === 1);
    if (batch.every(isMet)) return batch;
  }
  throw new Error(`${name}: no inputs that were drawn meet its conditions`);
}
