/**
 * What the forward bounds say: for every kernel of kernels/ the worst bound over the largest number of the result, on ordinary data and on hard ones. Invariant: a
 * kernel without a row is a failure; a bound that is larger than the result says nothing, and is printed as such. No text is run.
 */
import { bounds, expected, prepare } from '../../target/kernels/case.js';
import { filed } from '../../target/kernels/names.js';
import { extracted } from '../../target/kernels/pool.js';
import type { Options, Part } from '../trust/part.js';
import { hardCase } from './properties.js';
import { get } from '../../support/ir/dsl.js';

const DATA = [
  ['ordinary', {}],
  ['mean 1e2', { mean: 1e2 }],
  ['mean 1e4', { mean: 1e4 }],
  ['one far above', { kind: 'peak' }],
  ['twelve orders', { kind: 'spread' }],
] as const;
/** Elements along the streamed axis. */
const LENGTH = 37;

/** The worst bound of an element over the largest number of the result; infinite where an element has none. */
export function said(name: string, of: (typeof DATA)[number][1], seed: number): number {
  const kernel = get(extracted(name, 'wgsl', { tiles: {}, ragged: 'first' }));
  const prepared = prepare(kernel, hardCase(kernel, LENGTH, seed, of));
  const want = expected(kernel, prepared);
  const size = want.flatMap((w) => w.map((y) => y.data.reduce((m, x) => Math.max(m, Math.abs(x)), 0)));
  const largest = size.reduce((a, b) => Math.max(a, b), 0);
  const worst = bounds(kernel, prepared).reduce((m, { bound }) => bound.reduce((a, b) => Math.max(a, b), m), 0);
  if (worst === 0) return 0;
  return worst < Infinity && largest < Infinity ? worst / largest : Infinity;
}

const cell = (x: number): string =>
  x >= 1 ? `${x < Infinity ? x.toExponential(1) : 'none'}: says nothing` : x === 0 ? '0' : x.toExponential(1);

export async function part({ full, seed }: Options): Promise<Part> {
  const names = full ? filed() : filed().slice(0, 3);
  const rows = names.map((name) => [name, ...DATA.map(([, of]) => said(name, of, seed))] as const);
  const numbers = rows.flatMap(([, ...xs]) => xs);
  const missing = numbers.some(Number.isNaN) ? ['a bound is no number'] : [];
  const head = ['kernel', ...DATA.map(([title]) => title)];
  const table = [head, head.map(() => '---'), ...rows.map(([name, ...xs]) => [name, ...xs.map(cell)])];
  return {
    title: 'what the forward bounds say',
    figures: [
      { name: 'kernels whose bounds are printed', value: rows.length },
      { name: 'bounds that say nothing, ordinary data', value: rows.filter(([, ordinary]) => !(ordinary < 1)).length },
      {
        name: 'bounds that say nothing, hard data',
        value: rows.filter(([, , ...hard]) => hard.some((x) => !(x < 1))).length,
      },
    ],
    failures: [...missing, ...(rows.length === 0 ? ['no kernel was looked at'] : [])],
    lines: table.map((cells) => `| ${cells.join(' | ')} |`),
  };
}
