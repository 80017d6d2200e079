/**
 * Whether inputs meet the preconditions of a stream: these are evaluated on inputs of many kinds and sizes (all 0, all 1, positive, negative, counting, labels,
 * truth values all true, all false, one true, and about the numbers that they mention), until one surely meets them. Invariant: `met` and `never` were
 * evaluated without doubt, `never` on all that was tried, and something was; whatever could not be evaluated, or rounding leaves open, is `open`. It is the
 * same in every process, and what is tried is small. It proves nothing: what none of these meets may still be met by others.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Leaf } from '../../core/index.js';
import { preconditionsOf } from '../../language/elaborate/precondition.js';
import type { StreamInfo } from '../../language/elaborate/law.js';
import { showTerm } from '../../language/print/show.js';
import { type NumArray, shapesOf } from '../../run/reference/evaluate.js';
import { evaluateBalls } from '../../run/reference/reference.js';

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
const ROUNDS = 400;
/** The largest sizes, how many elements an array has at most, and how large the product of all sizes may be. */
const [LARGEST, ELEMENTS, PRODUCT] = [6, 4096, 48];

/** Numbers of [0, 1), the same in every process. */
function numbers(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
const pick = <A>(of: readonly A[], random: () => number): A => of[Math.floor(random() * of.length)]!;

/** The numbers that conditions mention. */
function mentioned(info: StreamInfo): readonly number[] {
  const text = preconditionsOf(info).flatMap((c) => showTerm(c, info.wires)).join(' '); // prettier-ignore
  const found = [...text.matchAll(/(?<![\w.'-])(\d+(?:\.\d+)?(?:e-?\d+)?)(?:\/(\d+))?(?![\w'])/g)];
  return [...new Set(found.map(([, n, d]) => Number(n) / Number(d ?? 1)))].filter(Number.isFinite).slice(0, 8);
}
const about = (c: number): readonly Kind[] =>
  [c, c / 2, 2 * c, -c, -2 * c, c + 1, c - 1].map(
    (x): Kind =>
      () =>
        x,
  );

/** Sizes of a round, all 1 where the arrays would be large. */
function sizesOf(axes: readonly AxisVar[], own: readonly number[], random: () => number): Map<AxisVar, number> {
  const some = [1, 2, 3, ...own.filter((x) => Number.isInteger(x) && x > 0 && x <= 2 * LARGEST)];
  const all = axes.map((): number => (random() < 0.5 ? pick(some, random) : 1 + Math.floor(random() * LARGEST)));
  const isSmall = all.reduce((a, b) => a * b, 1) <= PRODUCT;
  return new Map(axes.map((v, i) => [v, isSmall ? all[i]! : 1 + (all[i]! % 2)]));
}

/** Inputs of one kind each; nothing where an array would have too many elements. */
function inputsOf(
  info: StreamInfo,
  sizes: ReadonlyMap<AxisVar, number>,
  kindFor: (leaf: Leaf) => Kind,
  random: () => number,
): readonly NumArray[] | undefined {
  const shapes = info.wires.flatMap((w) => shapesOf(sizes, w.object).map((shape, i) => [shape, w.object.leaves[i]!] as const)); // prettier-ignore
  const elements = shapes.map(([shape]) => shape.reduce((a, b) => a * b, 1));
  if (elements.some((n) => n > ELEMENTS)) return undefined;
  return shapes.map(([shape, leaf], w): NumArray => {
    const kind = kindFor(leaf);
    return { shape, data: Float64Array.from({ length: elements[w]! }, (_, i) => kind(i, elements[w]!, random)) };
  });
}

export type Met = 'met' | 'never' | 'open';
const known = new WeakMap<StreamInfo, Met>();

/** Whether some of the inputs that are tried meet all preconditions of a stream; of a stream without any, all do. */
export function isMet(info: StreamInfo): Met {
  const made = known.get(info) ?? (preconditionsOf(info).length === 0 ? 'met' : tried(info));
  known.set(info, made);
  return made;
}

function tried(info: StreamInfo): Met {
  const axes = [...info.names.axes.values()].flatMap((e) => e.terms[0]?.vars[0] ?? []);
  const own = mentioned(info);
  const reals = [...REALS, ...own.flatMap(about)];
  const found = new Set<Met>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const random = numbers(round + 1);
    const kindFor = ({ base }: Leaf): Kind => {
      const kinds = base._tag === 'Boolean' ? TRUTHS : reals;
      return round < REALS.length ? kinds[round % kinds.length]! : pick(kinds, random);
    };
    const sizes = round % 2 === 0 ? new Map(axes.map((v) => [v, 1 + ((round >> 1) % 2)])) : sizesOf(axes, own, random);
    const inputs = inputsOf(info, sizes, kindFor, random);
    if (!inputs) continue;
    const here = onInputs(info, sizes, inputs);
    if (here === 'met') return here;
    found.add(here);
  }
  return found.size === 1 && found.has('never') ? 'never' : 'open';
}

/** Surely all of them, surely not all, or neither: what cannot be evaluated is open. */
function onInputs(info: StreamInfo, sizes: ReadonlyMap<AxisVar, number>, inputs: readonly NumArray[]): Met {
  const values = preconditionsOf(info).map((c) => evaluateBalls(c, { sizes }, inputs));
  const surely = (truth: number) => (found: (typeof values)[number]) =>
    E.isRight(found) && found.right.every((leaf) => leaf.every(({ m, r }) => m === truth && r === 0));
  if (values.some(surely(0))) return 'never';
  return values.every(surely(1)) ? 'met' : 'open';
}
