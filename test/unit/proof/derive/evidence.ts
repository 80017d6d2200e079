// Checks the evidence of a refusal again, from the reference evaluator alone: differences instead of derivatives, elimination instead of
// singular values, data of its own. Shares no code with the search. A rank that it finds is a lower bound like any other.
import * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Definition, Slot } from '../../../../src/core/index.js';
import * as core from '../../../../src/core/index.js';
import { evaluate } from '../../../../src/run/reference/evaluate.js';

export interface Claim {
  readonly table: readonly { readonly length: number; readonly fold: number }[];
  readonly width: number;
}

/** A linear congruential generator: nobody else's. */
function generator(seed: number): () => number {
  let state = BigInt(seed) * 6364136223846793005n + 1442695040888963407n;
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 11n) / 2 ** 53;
  };
}

/** Independent rows, by elimination with complete pivoting. */
export function independent(rows: readonly (readonly number[])[], tolerance = 1e-5): number {
  const left = rows.map((r) => {
    const most = Math.max(...r.map(Math.abs));
    return r.map((x) => (most > 0 ? x / most : 0));
  });
  let rank = 0;
  for (;;) {
    let [best, at, column] = [tolerance, -1, -1];
    left.forEach((r, i) => r.forEach((x, j) => Math.abs(x) > best && ([best, at, column] = [Math.abs(x), i, j])));
    if (at < 0) return rank;
    rank += 1;
    const [pivot] = left.splice(at, 1) as [number[]];
    left.forEach(
      (r, i) => (left[i] = r.map((x, j) => (j === column ? 0 : x - (r[column]! / pivot[column]!) * pivot[j]!))),
    );
  }
}

/** The rank of a definition of one real result in a list of rows, for wires that are vectors over the axis. */
export function rankOf(definition: Definition, over: AxisVar, length: number, seed: number): number {
  const slots = core.slots(definition.body.dom);
  if (E.isLeft(slots)) throw new Error('no slots');
  const random = generator(seed);
  const draw = (): number => 6 * random() - 3;
  const streamed = (s: Slot): boolean => s.vars.length === 1 && s.vars[0] === over;
  if (!slots.right.every((s) => streamed(s) || s.vars.length === 0)) throw new Error('vectors over the axis only');
  const list = slots.right.map((s) => Array.from({ length: streamed(s) ? length : 1 }, draw));
  const rows = Array.from({ length: 2 * length * list.length + 6 }, (_, row) => {
    const [bias, reach] = [random(), 4 + 20 * random()];
    const count = Math.floor(random() * (length + 3));
    const after = slots.right.map((s) =>
      streamed(s)
        ? Array.from({ length: count }, () =>
            row % 2 === 0 ? 8 * random() - 4 : (random() < bias ? reach : -reach) + random() - 0.5,
          )
        : [],
    );
    const value = (moved: readonly (readonly number[])[]): number => {
      const arrays = slots.right.map((s, i) => {
        const data = Float64Array.from([...moved[i]!, ...after[i]!]);
        return { shape: streamed(s) ? [data.length] : [], data };
      });
      const found = evaluate(definition.body, { sizes: new Map([[over, length + count]]) }, arrays);
      if (E.isLeft(found)) throw new Error('not evaluated');
      return found.right[0]!.data[0]!;
    };
    const step = 1e-5;
    return slots.right.flatMap((s, i) =>
      streamed(s)
        ? list[i]!.map((_, j) => {
            const moved = (h: number): number =>
              value(list.map((x, k) => x.map((y, l) => (k === i && l === j ? y + h : y))));
            return (moved(step) - moved(-step)) / (2 * step);
          })
        : [],
    );
  });
  return independent(rows);
}

/** Does the rank grow from list to longer list, as the evidence says? The lengths are the claim's, up to 16. */
export function holds(definition: Definition, over: AxisVar, claim: Claim, seed: number): boolean {
  const lengths = [...new Set([4, 8, 16])].filter((n) => claim.table.some((r) => r.length === n));
  const ranks = lengths.map((n) => rankOf(definition, over, n, seed));
  const last = claim.table.at(-1);
  const claimed = last !== undefined && last.fold > claim.table[0]!.fold;
  return claimed && lengths.length >= 3 && ranks.every((r, i) => i === 0 || r > ranks[i - 1]!);
}
