// The second checker on the whole library: everything that the first proves and exports, the second proves too, from the same axioms.
import { beforeAll, describe, expect, test } from 'vitest';
import { replay, type Verdict } from '../../../src/replay/replay.js';
import { exported, type Exported, statements } from './library.js';

let library: Exported;
let verdicts: ReadonlyMap<string, Verdict>;
let seconds = 0;
beforeAll(() => {
  library = exported();
  const start = process.cpuUsage();
  const all = replay([...library.theorems, ...library.schedules].reverse(), statements(), { quiet: true });
  const { user, system } = process.cpuUsage(start);
  seconds = (user + system) / 1e6;
  verdicts = new Map(all.map((v) => [v.path, v]));
}, 300_000);

test('everything is proved', () => {
  expect(library.proved.size).toBeGreaterThanOrEqual(150);
  expect(library.theorems).toHaveLength(library.proved.size);
  expect(library.schedules.length).toBeGreaterThanOrEqual(5);
  expect([...verdicts.values()].filter((v) => v.status !== 'proved')).toEqual([]);
  expect(verdicts.size).toBe(library.theorems.length + library.schedules.length);
});

test('in little time', () => {
  expect([...verdicts.values()].reduce((n, v) => n + v.steps, 0)).toBeGreaterThan(20_000);
  expect(seconds).toBeLessThan(30);
});

test('a kernel’s theorem rests on the axioms of its parts', () => {
  const axioms = new Set([...verdicts.values()].flatMap((v) => v.axioms));
  const stated = statements().flatMap(({ text }) => [...text.matchAll(/^axiom (\S+)/gm)].map((m) => m[1] ?? ''));
  expect(axioms.size).toBeGreaterThan(10);
  for (const name of axioms) expect(stated).toContain(name);
});

describe('what is printed', () => {
  test('says the theorem with all definitions unfolded', () => {
    const wanted = library.theorems.find((f) => f.path === 'softmax-shift.cert');
    const said = replay(library.theorems, statements()).find((v) => v.path === wanted?.path);
    expect(said?.statement.split('\n')).toEqual([
      'theorem softmax-shift',
      '  axis n',
      '  (c : R, x : R[n]) -> R[n]',
      '  with',
      '    #t0[#i0] = exp (x[#i0] + c)',
      '    #t1 = loop(0; [#i0:n => #s0.0 + #t0[#i0]])',
      '    #t2[#i0] = exp x[#i0]',
      '    #t3 = loop(0; [#i0:n => #s0.0 + #t2[#i0]])',
      '  lhs',
      '    out[#i0:n] = #t0[#i0] * (recip #t1.final0)',
      '  rhs',
      '    out[#i0:n] = #t2[#i0] * (recip #t3.final0)',
    ]);
  });
});
