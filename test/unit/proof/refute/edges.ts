// Floats at the edges of float64, where roundings, under- and overflow and exactness change; and expressions over them. Invariant: everything is
// a function of the stream of numbers that is handed in.
import { type Random, below, pick } from '../../../../src/proof/refute/random.js';

const least = Number.MIN_VALUE;
const normal = 2 ** -1022;
const next = (x: number): number => x * (1 + 2 ** -52);

/** Largest and least, whole numbers and products that are just exact, powers of two and their neighbours, where exp and its inverse end. */
export const edges: readonly number[] = [
  ...[0, 1, 2, 3, 0.5, 1 / 3, 0.1, 1.5, 7, 10],
  ...[least, 2 * least, 3 * least, normal, normal - least, next(normal), 2 ** -537, 2 ** -1023, 1e-300, 1e-160],
  ...[Number.MAX_VALUE, 2 ** 1023, 2 ** 511, 2 ** 512, 1e300, 1e154, 1.34e154, 1e155],
  ...[
    2 ** 53,
    2 ** 53 - 1,
    2 ** 53 + 2,
    2 ** 52 + 0.5,
    3002399751580331,
    2 ** 26 + 1,
    2 ** 27 + 1,
    94906267,
    2 ** 54 + 2 ** 28,
  ],
  ...[
    next(1),
    1 - 2 ** -53,
    next(16),
    next(2 ** 40),
    next(2 ** 300),
    2 ** 300,
    2 ** -300,
    next(2 ** -300),
    16 - 2 ** -49,
  ],
  ...[709, 709.78, 709.79, 710, 744.4, 745, 745.13, 745.14, 746, 760, 800, 1e5, 36.7, 37, 38],
];

export function edge(random: Random): number {
  const kind = random();
  const sign = random() < 0.5 ? -1 : 1;
  if (kind < 0.6) return sign * pick(random, edges);
  if (kind < 0.8) return sign * (1 + random()) * 2 ** (below(random, 2090) - 1070);
  return sign * random() * pick(random, [1, 10, 800]);
}

export type Unary = 'neg' | 'recip' | 'exp' | 'log' | 'sqrt';
export type Binary = 'add' | 'mul' | 'max';
/** An expression over floats: `max` is a comparison and a choice. */
export type Chain =
  | { readonly _tag: 'Float'; readonly value: number }
  | { readonly _tag: 'Unary'; readonly operator: Unary; readonly x: Chain }
  | { readonly _tag: 'Binary'; readonly operator: Binary; readonly x: Chain; readonly y: Chain };

export function chain(random: Random, depth: number): Chain {
  if (depth === 0 || random() < 0.1) return { _tag: 'Float', value: edge(random) };
  if (random() < 0.5) {
    const operator = pick(random, ['neg', 'recip', 'exp', 'log', 'sqrt', 'exp', 'log', 'sqrt'] as const);
    return { _tag: 'Unary', operator, x: chain(random, depth - 1) };
  }
  const operator = pick(random, ['add', 'mul', 'max', 'add', 'mul'] as const);
  return { _tag: 'Binary', operator, x: chain(random, depth - 1), y: chain(random, depth - 1) };
}
