// The table of the page of costs: what is predicted is what the model of today gives, and the page is honest about how far that is from what was measured.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Choice } from '../../../src/kernel/cost/candidate.js';
import { costOf } from '../../../src/kernel/cost/cost.js';
import { machineFrom } from '../../../src/kernel/cost/machine.js';
import { get } from '../../support/ir/dsl.js';
import { root } from '../../support/tree.js';
import { library } from '../../target/kernels/library.js';

type Sizes = Readonly<Record<string, number>>;
const machine = get(machineFrom(JSON.parse(readFileSync(join(root, 'docs/reference/devices/h200.json'), 'utf8'))));
const numbers = (of: Sizes): ReadonlyMap<string, number> => new Map(Object.entries(of));
const choice = (tiles: Sizes, perLane: Sizes, lanes: Sizes, ...whole: readonly string[]): Choice => ({
  tiles: numbers(tiles),
  perLane: numbers(perLane),
  lanes: numbers(lanes),
  whole: new Set(whole),
});
const none = choice({}, {}, {});
const along = (n: number): Choice => choice({}, {}, { n });
const d64 = choice({ q: 128, e: 64, k: 64, d: 32 }, { q: 8, e: 8 }, {}, 'd');
const d128 = choice({ q: 64, e: 128, k: 64, d: 64 }, { q: 8, e: 8 }, {}, 'd');
const heads = (d: number): Sizes => ({ batch: 64, q: 4096, k: 4096, d, e: d });
const square = (...axes: readonly string[]): Sizes => ({ batch: 1, ...Object.fromEntries(axes.map((a) => [a, 2048])) });
const rows = (batch: number, n: number): Sizes => ({ batch, n });

// prettier-ignore
const ROWS: readonly (readonly [row: string, name: string, choice: Choice, sizes: Sizes])[] = [
  ['attention.d64, 64 heads of 4096, d 64',        'attention',           d64,        heads(64)],
  ['attention.d128, the same, d 128',              'attention',           d128,       heads(128)],
  ['attention, the same, d 64, tiles that nobody named', 'attention',     none,       heads(64)],
  ['spherical-attention.d64, d 64',                'spherical-attention', d64,        heads(64)],
  ['matmul, 2048, tiles that nobody named',        'matmul',              none,       square('m', 'k', 'n')],
  ['rms-norm-linear, the same',                    'rms-norm-linear',     none,       square('n', 'i', 'j')],
  ['layer-norm-linear, the same',                  'layer-norm-linear',   none,       square('n', 'i', 'j')],
  ['total, 65536 x 4096, 32 lanes',                'total',               along(32),  rows(65536, 4096)],
  ['total, 2048 x 131072, 1 lane',                 'total',               along(1),   rows(2048, 131072)],
  ['logsumexp, 65536 x 4096, 32 lanes',            'logsumexp',           along(32),  rows(65536, 4096)],
  ['logsumexp, the same, 1 lane',                  'logsumexp',           along(1),   rows(65536, 4096)],
  ['variance, 65536 x 4096, 32 lanes',             'variance',            along(32),  rows(65536, 4096)],
  ['softmax, 65536 x 4096',                        'softmax',             none,       rows(65536, 4096)],
];

describe('what the page says is predicted', () => {
  const page = readFileSync(join(root, 'docs/explanation/cost.md'), 'utf8').split('\n');
  const table = page.flatMap((l) => /^\| ([^|]+) \| ([\d.]+) \| ([\d.]+) \|$/.exec(l)?.slice(1) ?? []);
  beforeAll(() => void library(), 240_000);
  it('has every row of the table', () => {
    expect(table.filter((_, i) => i % 3 === 0)).toEqual(ROWS.map(([row]) => row));
  });
  it.each(ROWS)('%s', (row, name, chosen, sizes) => {
    const found = get(costOf({ library: library(), name, target: 'cuda', sizes: numbers(sizes), machine }, chosen));
    const said = Number(table[table.indexOf(row) + 1]);
    expect(Math.abs((found.figures.time * 1e3) / said - 1), `${row}: ${found.figures.time * 1e3}`).toBeLessThan(0.03);
  });
});
