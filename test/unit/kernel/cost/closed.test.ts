// Closed forms of the literature, reproduced from the statements of kernels: a matrix product in tiles, and attention in one pass; and that a formula in
// sizes is the count at every size.
import { describe, expect, it } from 'vitest';
import { countOf } from '../../../../src/kernel/cost/count.js';
import { inSizes } from '../../../../src/kernel/cost/form.js';
import type { Tally } from '../../../../src/kernel/cost/meter.js';
import { type Polynomial, spelled, valueOf } from '../../../../src/kernel/cost/polynomial.js';
import type { Kernel } from '../../../../src/kernel/ir/kernel.js';
import { evaluator } from '../../../support/cost/compare.js';
import { SHARED, TILES, all, allShared } from '../../../support/ir/all.js';
import * as C from '../../../support/ir/cases.js';
import { random, sizesFor, validated } from '../../../support/ir/run.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);
const ceil = (n: number, b: number): number => Math.ceil(n / b);

interface Counts {
  readonly kernel: Kernel;
  readonly all: Tally;
  readonly inside: Tally;
}
function counts(scheduled: Parameters<typeof validated>[0]): Counts {
  const { kernel } = validated(scheduled);
  const of = (inside: boolean): Tally => countOf(kernel, { alone: false, inside });
  return { kernel, all: of(false), inside: of(true) };
}

/** Pairwise distinct, with ragged tails; ones; multiples of the tiles. */
const PRODUCT = [
  { m: 37, k: 23, n: 41 },
  { m: 1, k: 1, n: 1 },
  { m: 16, k: 9, n: 24 },
  { m: 5, k: 101, n: 2 },
];
const TILE = { rows: 8, stream: 3, columns: 4 };

describe('a product of matrices in tiles', () => {
  const { kernel, all: tally, inside } = counts(C.contraction({ ...TILE, rowTile: true }));
  it.each(PRODUCT)('%o: 2 n m k operations, and each input once for each tile of the other', (sizes) => {
    const value = evaluator(kernel, sizes);
    const { m, k, n } = sizes;
    const [a, b, out] = [tally.loads.get('a')!, tally.loads.get('b')!, tally.stores.get('out')!];
    expect(value(inside.operations.get('mul')!) + value(inside.operations.get('add')!)).toBe(2 * n * m * k);
    expect(4 * (value(a.moved) + value(b.moved) + value(out))).toBe(
      4 * (m * k * ceil(n, TILE.columns) + k * n * ceil(m, TILE.rows) + n * m),
    );
    // lanes past an end repeat the work of the last element
    expect(value(tally.operations.get('mul')!)).toBe(
      TILE.rows * ceil(m, TILE.rows) * TILE.columns * ceil(n, TILE.columns) * k,
    );
    // one product reads one number of each tile for each element, and each number of a tile is filled once a block
    expect(value(tally.tileWrites)).toBe((TILE.rows + TILE.columns) * k * ceil(m, TILE.rows) * ceil(n, TILE.columns));
  });
  it('is the formula that a person would write', () => {
    expect(spelled(inSizes(kernel, tally.loads.get('a')!.moved))).toBe('ceil(n/4) k m');
    expect(spelled(inSizes(kernel, tally.loads.get('b')!.moved))).toBe('ceil(m/8) k n');
    expect(spelled(inSizes(kernel, inside.operations.get('mul')!))).toBe('k m n');
  });
});

describe('a weighted mean in one pass', () => {
  const { kernel, all: tally, inside } = counts(C.weighted({ ...TILE, columns: 64 }));
  it.each([
    { q: 37, k: 23, d: 5, e: 41 },
    { q: 1, k: 1, d: 1, e: 1 },
    { q: 16, k: 9, d: 7, e: 64 },
  ])('%o: 4 q k (d + e) / 2 operations and what rescales, keys and values once for each tile of rows', (sizes) => {
    const value = evaluator(kernel, sizes);
    const { q, k, d, e } = sizes;
    const products = value(inside.operations.get('mul')!);
    // the rescaling of the state, once a tile of keys, and the division by the sum at the end
    const tiles = ceil(k, TILE.stream);
    expect(products).toBeGreaterThanOrEqual(q * k * (d + e));
    expect(products - q * k * (d + e)).toBeLessThanOrEqual(q * (tiles + 1) * (e + 1) + q * k);
    const moved = (name: string): number => value(tally.loads.get(name)!.moved);
    expect(moved('k') + moved('v')).toBe(k * (d + e) * ceil(q, TILE.rows));
    expect(value(tally.stores.get('out')!)).toBe(q * e);
  });
  it('computes scores again for each tile of columns', () => {
    const narrow = counts(C.weighted({ ...TILE, columns: 4 }));
    const sizes = { q: 11, k: 10, d: 9, e: 8 };
    const products = (c: Counts): number => evaluator(c.kernel, sizes)(c.inside.operations.get('mul')!);
    expect(products(narrow) - products({ kernel, all: tally, inside })).toBeGreaterThanOrEqual(
      (ceil(sizes.e, 4) - 1) * sizes.q * sizes.k * sizes.d,
    );
  });
});

/** What `inSizes` names, as a person reads it. */
function read(name: string, sizes: Readonly<Record<string, number>>): number {
  const cut = /^ceil\((\w+)\/(\d+)\)$/.exec(name);
  if (cut) return ceil(sizes[cut[1]!]!, Number(cut[2]));
  if (Object.hasOwn(sizes, name)) return sizes[name]!;
  throw new Error(`no meaning of ${name}`);
}

describe('a formula in sizes', () => {
  const terms = [
    ...TILES.slice(2).flatMap((t, i) => Object.entries(all(t)).map(([name, s]) => [`${name}, tiles ${i}`, s] as const)),
    ...SHARED.slice(2).flatMap((t, i) => Object.entries(allShared(t)).map(([name, s]) => [`${name} ${i}`, s] as const)),
  ].filter(([, s]) => s.uses.every((u) => u._tag !== 'Streamed' || !u.last));
  it.each(terms)('of %s is the count', (_, scheduled) => {
    const { kernel, all: tally, inside } = counts(scheduled);
    const next = random(SEED);
    const polynomials: readonly Polynomial[] = [tally, inside].flatMap((t) => [
      ...t.operations.values(),
      ...[...t.loads.values()].flatMap((l) => [l.asked, l.moved]),
      ...t.stores.values(),
      t.tileReads.asked,
      t.tileWrites,
    ]);
    for (let i = 0; i < 5; i++) {
      const sizes = sizesFor(scheduled, next, 60);
      const value = evaluator(kernel, sizes);
      for (const p of polynomials)
        expect(
          valueOf(inSizes(kernel, p), (name) => read(name, sizes)),
          JSON.stringify({ sizes, seed: SEED, formula: spelled(inSizes(kernel, p)) }),
        ).toBeCloseTo(value(p), 6);
    }
  });
});
