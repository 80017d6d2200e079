import { expect, it } from 'vitest';
import { runHost } from '../../src/numeric/host.js';
import { lawOf } from '../../src/ir/validate.js';
import { emit } from '../../src/emit/emit.js';
import * as C from './cases.js';
import * as D from './dsl.js';
import { prepare, random, sizesFor, validated, worst } from './run.js';

const t = { rows: 4, stream: 3, columns: 2 };
const all = { contraction: C.contraction(t), total: C.total(t), placed: C.placed(t), inside: C.inside(t), normed: C.normed(t), byTiles: C.contractionByTiles(t), byTilesLast: C.contractionByTiles(t, true), weighted: C.weighted(t), batch: C.weighted(t, { batch: true, last: true }), serial: C.weighted(t, { columns: 'serial' }) };
for (const [name, s] of Object.entries(all))
  it(name, async () => {
    const ok = validated(s);
    console.log(name, lawOf(ok));
    if (process.env.SHOW === name) console.log(D.get(emit('wgsl', ok)).text);
    for (let seed = 1; seed < 12; seed++) {
      const next = random(seed);
      const sizes = seed === 1 ? Object.fromEntries(s.uses.map((u) => [u.name, 1])) : sizesFor(s, next, 11);
      const p = prepare(s, ok, 'host', sizes, next);
      const out = D.get(await runHost(p.program, p.inputs));
      expect(worst(out[0]!, p.expected), JSON.stringify({ name, sizes, seed })).toBeLessThan(1e-5);
    }
  });
