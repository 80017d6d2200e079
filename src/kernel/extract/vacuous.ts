/**
 * Whether anything meets the conditions of a stream: they are evaluated on inputs of many kinds, of which one that fits what people write is among them (all 0, all 1, positive, negative, counting, labels
 * of the smallest size, truth values all true, all false, one true). Invariant: what is called met was evaluated to true without doubt; what none meets may still be met by others, and is
 * refused all the same. It proves nothing.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Leaf } from '../../core/index.js';
import type { StreamInfo } from '../../language/elaborate/law.js';
import { type NumArray, shapesOf } from '../../run/reference/evaluate.js';
import { evaluateBalls } from '../../run/reference/reference.js';
import { conditionsOf } from '../../language/elaborate/condition.js';

type Kind = (i: number, n: number, random: () => number) => number;
const REALS: readonly Kind[] = [
  () => 1,
  () => 0,
  () => -1,
  (_i, _n, random) => 0.25 + random(),
  (_i, _n, random) => -0.25 - random(),
  (_i, _n, random) => 4 * random() - 2,
  (_i, _n, random) => random() / 2,
  (i) => i,
  (i) => -i,
  (i, n) => n - 1 - i,
  (_i, n, random) => Math.floor(random() * n),
];
const TRUTHS: readonly Kind[] = [
  () => 1,
  () => 0,
  (i) => (i === 0 ? 1 : 0),
  (i, n) => (i === n - 1 ? 1 : 0),
  (_i, _n, random) => (random() < 0.5 ? 1 : 0),
];
const ROUNDS = 240;

/** Numbers of [0, 1), the same in every process. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Inputs of one kind each: the first rounds have one kind for all wires. */
function inputsOf(info: StreamInfo, sizes: ReadonlyMap<AxisVar, number>, round: number): readonly NumArray[] {
  const random = numbers(round + 1);
  const kindFor = (leaf: Leaf): Kind => {
    const kinds = leaf.base._tag === 'Boolean' ? TRUTHS : REALS;
    return kinds[(round < REALS.length ? round : Math.floor(random() * kinds.length)) % kinds.length]!;
  };
  return info.wires.flatMap((w) =>
    shapesOf(sizes, w.object).map((shape, leaf): NumArray => {
      const n = shape.reduce((a, b) => a * b, 1);
      const kind = kindFor(w.object.leaves[leaf]!);
      return { shape, data: Float64Array.from({ length: n }, (_, i) => kind(i, n, random)) };
    }),
  );
}

/** Whether no inputs that are tried meet all conditions of a stream. */
export function isVacuous(info: StreamInfo): boolean {
  const conditions = conditionsOf(info);
  if (conditions.length === 0) return false;
  const axes = [...info.names.axes.values()].flatMap((e) => e.terms[0]?.vars[0] ?? []);
  for (let round = 0; round < ROUNDS; round += 1) {
    const sizes = new Map(axes.map((v, i) => [v, 1 + (((round >> 1) + i * (round & 1)) % 4)] as const));
    const inputs = inputsOf(info, sizes, round);
    const isMet = conditions.every((c) => {
      const found = evaluateBalls(c, { sizes }, inputs);
      return E.isRight(found) && found.right.every((leaf) => leaf.every(({ m, r }) => m === 1 && r === 0));
    });
    if (isMet) return false;
  }
  return true;
}
