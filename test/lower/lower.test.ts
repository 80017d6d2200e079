// Lowering end to end on the host: every scheduled term validates, and its text computes what the diagram does.
import { describe, expect, it } from 'vitest';
import { runHost } from '../../src/numeric/host.js';
import { get } from './dsl.js';
import { TILES, all } from './all.js';
import { prepare, random, sizesFor, validated, worst } from './run.js';

const START = Number(process.env.SEED ?? Date.now() % 1_000_000);

describe.each(TILES)('tiles $rows, $stream, $columns', (tiles) => {
  it.each(Object.entries(all(tiles)))('%s', async (name, scheduled) => {
    const checked = validated(scheduled);
    for (let i = 0; i < 8; i++) {
      const next = random(START + i);
      const sizes =
        i === 0
          ? Object.fromEntries(scheduled.uses.map((u) => [u.name, 1]))
          : i === 1
            ? Object.fromEntries(scheduled.uses.map((u) => [u.name, 6]))
            : sizesFor(scheduled, next, 12);
      const p = prepare(scheduled, checked, 'host', sizes, next);
      const [out] = get(await runHost(p.program, p.inputs));
      expect(worst(out!, p.expected), JSON.stringify({ name, sizes, seed: START + i })).toBeLessThan(1e-6);
    }
  });
});
