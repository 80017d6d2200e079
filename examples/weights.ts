// The weights behind a row, by the definition `spherical-weights` of theorems/normalised.weft and the reference evaluator.
import type { Library } from 'weft';
import { type InputArray, evaluateDefinition } from 'weft';

export interface Weight {
  readonly key: number;
  readonly weight: number;
}
export interface Strongest {
  readonly positive: readonly Weight[];
  readonly negative: readonly Weight[];
  /** of every key */
  readonly weights: ArrayLike<number>;
}

function rowsOf({ shape, data }: InputArray, rows: readonly number[]): InputArray {
  const columns = shape[1]!;
  const picked = rows.flatMap((r) => [...data.subarray(r * columns, (r + 1) * columns)]);
  return { shape: [rows.length, columns], data: Float64Array.from(picked) };
}

/** For each of some queries, the keys of the largest and of the smallest weights; a gene's weight on itself is left out. */
export function strongestWeights(
  library: Library,
  data: InputArray,
  rows: readonly number[],
  eps: number,
  count: number,
): readonly Strongest[] {
  const [weights] = evaluateDefinition(library, 'spherical-weights', { q: rowsOf(data, rows), k: data, eps });
  const keys = data.shape[0]!;
  return rows.map((row, i) => {
    const all = Array.from({ length: keys }, (_, key): Weight => ({ key, weight: weights!.data[i * keys + key]! }));
    const sorted = all.filter((w) => w.key !== row).sort((a, b) => b.weight - a.weight || a.key - b.key);
    return {
      positive: sorted.slice(0, count),
      negative: sorted.slice(-count).reverse(),
      weights: all.map((w) => w.weight),
    };
  });
}
