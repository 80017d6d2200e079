// Lowering end to end on the host: every scheduled term validates, and its text computes what the diagram does.
import { describe, expect, it } from 'vitest';
import type { Scheduled } from '../../../../src/kernel/ir/scheduled.js';
import { runHost } from '../../../../src/run/device/host.js';
import { get } from '../../../support/ir/dsl.js';
import { SHARED, TILES, all, allShared } from '../../../support/ir/all.js';
import { fitting, prepare, random, sizesFor, validated, worst } from '../../../support/ir/run.js';

const START = Number(process.env.SEED ?? Date.now() % 1_000_000);

const equal = ({ uses }: Scheduled, n: number): Record<string, number> =>
  fitting(uses, Object.fromEntries(uses.map((u) => [u.name, n])));

const tiled = [
  ...TILES.map((t, i) => [`tiles ${i}`, all(t)] as const),
  ...SHARED.map((t, i) => [`shared tiles ${i}`, allShared(t)] as const),
];

describe.each(tiled)('%s', (_, terms) => {
  it.each(Object.entries(terms))('%s', async (name, scheduled) => {
    const checked = validated(scheduled);
    for (let i = 0; i < 8; i++) {
      const next = random(START + i);
      const sizes = i === 0 ? equal(scheduled, 1) : i === 1 ? equal(scheduled, 6) : sizesFor(scheduled, next, 12);
      const p = prepare(scheduled, checked, 'host', sizes, next);
      const [out] = get(await runHost(p.program, p.inputs));
      expect(worst(out!, p.expected), JSON.stringify({ name, sizes, seed: START + i })).toBeLessThan(1e-6);
    }
  });
});
