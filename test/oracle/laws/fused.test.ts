// Operations that are done in the loop of what reads them give the numbers, magnitudes and counts of roundings that they give one after another, to the bit.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as Door from '../../../src/core/index.js';
import { type NumArray, evaluateViews } from '../../../src/run/reference/evaluate.js';
import { type Beside, type View, packed } from '../../../src/run/reference/view.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { fusedLoops } from '../../../src/run/reference/fused.js';
import { meet, randomTerm } from './property.js';
import { tapes } from './tape.js';
import { inputsOf, regimes, sizesOf, worldOf } from './world.js';

type Plain = readonly {
  readonly roundings: number;
  readonly dims: readonly number[];
  readonly bits: readonly bigint[];
}[];
const bitsOf = (x: Float64Array | undefined): readonly bigint[] =>
  x ? [...new BigUint64Array(x.buffer, x.byteOffset, x.length)] : [];
const plain = (views: readonly View[]): Plain =>
  views
    .map(packed)
    .map((v) => ({ roundings: v.roundings, dims: v.dims, bits: [...bitsOf(v.data), ...bitsOf(v.magnitude)] }));

function both(
  term: Door.Term,
  env: Parameters<typeof evaluateViews>[1],
  inputs: readonly NumArray[],
  beside: Beside,
): readonly [Plain, Plain] {
  const [fused, plainly] = [1, Infinity].map((from) => {
    const found = evaluateViews(term, env, inputs, beside, undefined, from);
    if (E.isLeft(found)) throw new Error(found.left._tag);
    return plain(found.right);
  });
  return [fused!, plainly!];
}

/** In places numbers whose products are below binary64, and zeros of both signs: magnitudes have rules of their own there. */
const hard = (inputs: readonly NumArray[], at: number): readonly NumArray[] =>
  inputs.map(({ shape, data }) => ({
    shape,
    data: data.map((x, i) => [x, x, x * 1e-200, 0, x * 1e-165, -0, x][(i * 5 + at) % 7]!),
  }));

const seed = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_007);

describe(`fused loops, WEFT_SEED=${seed}`, () => {
  test('random diagrams over axes of every kind', () => {
    const met = new Map<string, number>();
    const before = fusedLoops();
    fc.assert(
      fc.property(tapes(), fc.nat(), (choices, at) => {
        const term = randomTerm(choices);
        meet(term, met);
        const sizes = sizesOf(regimes[at % regimes.length]!, at);
        for (const beside of ['magnitude', 'nothing'] as const) {
          const drawn = inputsOf(term.dom, sizes, at);
          for (const inputs of [drawn, hard(drawn, at)]) {
            const [fused, plainly] = both(term, worldOf(term, sizes), inputs, beside);
            expect(fused).toEqual(plainly);
          }
        }
      }),
      { numRuns: 400, seed },
    );
    const scans = [...met].reduce((n, [name, count]) => n + (name.startsWith('Scan') ? count : 0), 0);
    expect(scans).toBeGreaterThan(40);
    expect(fusedLoops() - before).toBeGreaterThan(20); // other texts of loops, so the comparison compares something
  });

  // one operation for several readers; one that is still along an axis of its reader; a fold of a product of three; of a number less than it
  const text = `def sum [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])
theorem twice [n, m] (x : R[n m], y : R[m]) : map n (let p = map m (x[n, m] * y[m]) in sum m (p[m]) + sum m (p[m] * p[m])) = map n (0)
theorem still [q, k, e] (s : R[q k], v : R[k e]) : map q, e (sum k (s[q, k] * v[k, e] / (1 + sum k (s[q, k] * s[q, k])))) = map q, e (0)
theorem least [n, m] (x : R[n m], y : R[m]) : map n (fold m (a = 0) (if a < x[n, m] * y[m] then x[n, m] - y[m] else a)) = map n (0)
theorem long [n] (x : R[n]) : map n (let y = x[n] * x[n] in exp (log (1 + y * y * y) - sqrt (y + y) * (y - x[n]) + recip (2 + y * x[n] + y * y * y * x[n]))) = map n (0)
theorem moved [n, m] (x : R[n m]) : map m, n (exp x[n, m] * x[n, m]) = map m, n (0)
`;
  const { statements } = checkLibrary([{ path: 'theorems/a.weft', text }], []);
  for (const name of ['twice', 'still', 'least', 'long', 'moved'])
    test(`a statement: ${name}`, () => {
      const { law } = statements.stated.get(name)!;
      const vars = [...law!.names.axes.values()].map((a) => a.terms[0]!.vars[0]!);
      for (const row of [
        [37, 11, 5],
        [1, 1, 1],
        [3, 70, 1],
        [70, 3, 2],
      ]) {
        const sizes = new Map(vars.map((v, i) => [v, row[i]!]));
        for (const beside of ['magnitude', 'nothing'] as const) {
          const drawn = inputsOf(law!.lhs.dom, sizes, seed);
          for (const inputs of [drawn, hard(drawn, seed)]) {
            const [fused, plainly] = both(law!.lhs, { sizes }, inputs, beside);
            expect(fused).toEqual(plainly);
            const { dims, bits } = fused[0]!;
            expect(bits.length).toBe(dims.reduce((n, m) => n * m, beside === 'magnitude' ? 2 : 1));
          }
        }
      }
    });
});
