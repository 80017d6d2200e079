// Every theorem and every schedule of the library has a certificate, from which the core makes the same theorem again.
import { preconditionsOf, otherwise, termUnder } from '../../../../src/language/elaborate/precondition.js';
import * as E from 'fp-ts/lib/Either.js';
import { beforeAll, describe, expect, test } from 'vitest';
import * as core from '../../../../src/core/index.js';
import * as B from '../../../../src/language/point/build.js';
import type { StreamInfo } from '../../../../src/language/elaborate/law.js';
import { scheduleOf } from '../../../../src/kernel/extract/extract.js';
import { checkLibrary, type Library } from '../../../../src/proof/script/check.js';
import { sources } from '../../../target/kernels/library.js';
import { get } from '../../../support/ir/dsl.js';
import { measure } from './measure.js';
import type { Item } from './reader.js';
import { Replay } from './replayed.js';

let library: Library;
let replay: Replay;
beforeAll(() => {
  library = checkLibrary(sources('theorems'), sources('proofs'));
  replay = new Replay(library);
  replay.theorems();
}, 180_000);

test('every theorem is exported, and replays to itself', () => {
  expect(replay.problems).toEqual([]);
  expect(library.proved.size).toBeGreaterThanOrEqual(150);
  expect([...replay.done.keys()]).toEqual(
    library.theorems
      .filter((t) => t.status === 'proved')
      .map((t) => t.name)
      .sort((a, b) => order(a) - order(b)),
  );
});
const order = (name: string): number => [...library.proved.keys()].indexOf(name);

test('a certificate cites what was proved before it', () => {
  const cited = replay.all.flatMap((c) => c.cites.map((name) => [order(name), order(c.name)] as const));
  expect(cited.length).toBeGreaterThan(100);
  expect(cited.filter(([before, after]) => before >= after)).toEqual([]);
});

test('under 100 compressed bytes a step', () => {
  const { steps, compressed } = measure(replay.all);
  expect(steps).toBeGreaterThan(10_000);
  expect(compressed / steps).toBeLessThan(100);
});

/** spec with the axes replaced, at every index of the batch: arrays have the batch in front, scalars are shared. */
function stated(info: StreamInfo, axes: readonly (readonly [core.AxisVar, core.Axis])[], batch: core.Axis): core.Term {
  const images = { axes };
  const conditions = preconditionsOf(info);
  const others = conditions.length > 0 ? otherwise(info.spec.cod, info.wires) : [];
  const said = conditions.length > 0 ? termUnder(conditions, info.spec, info.wires, others) : info.spec;
  const wires = [...info.wires, ...others].map((w) => {
    const object = B.substituteObject(images, w.object);
    const isArray = object.leaves.some((l) => l.axes.length > 0);
    return isArray ? B.id(B.weave(batch, object)) : B.repeat(batch, object);
  });
  const together = wires.reduce((f, g) => B.tensor(f, g), B.id(B.unit));
  return B.compose(together, B.map(batch, get(core.substituteTerm(images, said))));
}

describe('schedules', () => {
  test('of both kinds prove what the page says of them', () => {
    let found = 0;
    for (const [name, info] of library.streams)
      for (const ragged of ['first', 'last'] as const) {
        const scheduled = scheduleOf(library, name, { tiles: new Map(), ragged });
        if (E.isLeft(scheduled)) continue;
        found += 1;
        const certificate = replay.schedule(scheduled.right)!;
        const things = replay.rebuilt(certificate);
        const [step, pairs, batch] = certificate.qed.items as readonly [Item, readonly Item[], Item];
        const axes = pairs.flatMap((v, i) =>
          i % 2 === 0 ? [[things.get('v', v), things.get('a', pairs[i + 1]!)] as const] : [],
        );
        const { lhs, hypotheses } = get(core.sequent(things.get('s', step)));
        expect(hypotheses).toEqual([]);
        expect(core.structural(lhs, stated(info, axes, things.get('a', batch)))).toMatchObject({ _tag: 'Right' });
        const own = new Set([...info.names.axes.values()].map((e) => e.terms[0]!.vars[0]!));
        expect(axes.every(([v]) => own.delete(v))).toBe(true);
      }
    expect(replay.problems).toEqual([]);
    expect(found).toBeGreaterThanOrEqual(30);
  }, 120_000);
});
