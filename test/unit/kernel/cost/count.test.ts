// Counts as formulas against an interpreter that runs every block, lane and turn: terms built by hand, at fresh sizes; and formulas that are wrong.
import { describe, expect, it } from 'vitest';
import { countOf } from '../../../../src/kernel/cost/count.js';
import { constant, sum } from '../../../../src/kernel/cost/polynomial.js';
import { SHARED, TILES, all, allShared } from '../../../support/ir/all.js';
import { random, sizesFor, validated, fitting } from '../../../support/ir/run.js';
import { differences } from '../../../support/cost/compare.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);
const tiled = [
  ...TILES.slice(0, 1).map((t, i) => [`tiles ${i}`, all(t)] as const),
  ...SHARED.map((t, i) => [`shared tiles ${i}`, allShared(t)] as const),
];
const HOW = [false, true].flatMap((alone) => [false, true].map((inside) => ({ alone, inside })));

describe.each(tiled)('%s', (_, terms) => {
  it.each(Object.entries(terms))('%s: what runs is what the formulas say', (name, scheduled) => {
    const { kernel } = validated(scheduled);
    const next = random(SEED);
    for (let i = 0; i < 3; i++) {
      const one = fitting(scheduled.uses, Object.fromEntries(scheduled.uses.map((u) => [u.name, 1])));
      const sizes = i === 0 ? one : sizesFor(scheduled, next, 9);
      for (const how of HOW)
        expect(differences(kernel, sizes, how), JSON.stringify({ name, sizes, how, seed: SEED })).toEqual([]);
    }
  });
});

describe('a formula that is wrong', () => {
  const scheduled = all(TILES[0]!)['contraction']!;
  const { kernel } = validated(scheduled);
  const how = { alone: false, inside: false };
  const tally = countOf(kernel, how);
  const sizes = sizesFor(scheduled, random(SEED), 9);
  it('is seen, if it is off by one', () => {
    const operations = new Map(tally.operations);
    operations.set('mul', sum(operations.get('mul')!, constant(1)));
    expect(differences(kernel, sizes, how, { ...tally, operations })).toHaveLength(1);
    expect(differences(kernel, sizes, how, { ...tally, tileWrites: sum(tally.tileWrites, constant(-1)) })).toHaveLength(
      1,
    );
  });
  it('is seen, if it counts no load of an array', () => {
    const loads = new Map([...tally.loads].slice(1));
    expect(differences(kernel, sizes, how, { ...tally, loads }).length).toBeGreaterThan(0);
  });
  it('is seen, if it takes what lanes ask for as what is moved', () => {
    const loads = new Map([...tally.loads].map(([a, t]) => [a, { ...t, moved: t.asked }]));
    expect(differences(kernel, { ...sizes, m: 5, n: 3 }, how, { ...tally, loads }).length).toBeGreaterThan(0);
  });
});
