// What bugs are seeded in: the IR that lowering makes of every kernel of the library, of the tests' own streams and of the terms that the tests
// build by hand, at small tiles. Invariant: each validates as it is. It does not know what a bug is.
import { lower } from '../../../../src/kernel/lower/lower.js';
import type { Kernel } from '../../../../src/kernel/ir/kernel.js';
import type { Scheduled } from '../../../../src/kernel/ir/scheduled.js';
import { kernelNames } from '../../../target/kernels/names.js';
import { type Choice, extracted, innerAxes, sharedAxes, takesLanes } from '../../../target/kernels/pool.js';
import { library } from '../../../target/kernels/library.js';
import { inSmall, names } from '../../definition/library.js';
import { SHARED, all, allShared } from '../../../support/ir/all.js';
import { get } from '../../../support/ir/dsl.js';

export interface Subject {
  readonly name: string;
  readonly scheduled: Scheduled;
  readonly kernel: Kernel;
}

export const TILES = { rows: 3, columns: 2, stream: 2 } as const;

function axisTiles(name: string): Record<string, number> {
  const info = library().streams.get(name)!;
  const result = info.spec.cod.leaves.flatMap((l) => l.axes.map((e) => e.terms[0]!.vars[0]!.name));
  const [first, ...rest] = result.length === 0 ? ['batch'] : result;
  const columns = rest.map((a) => [a, TILES.columns] as const);
  return Object.fromEntries([[first!, TILES.rows], ...columns, [info.axis.name, TILES.stream]]);
}

/** Lanes are rows. */
export const smallChoice = (name: string, ragged: 'first' | 'last'): Choice => ({
  tiles: axisTiles(name),
  ragged,
  lanes: { [library().streams.get(name)!.axis.name]: 1 },
});
/** Several lanes have a row. */
const lanesChoice = (name: string): Choice => ({
  ...smallChoice(name, 'first'),
  lanes: { [library().streams.get(name)!.axis.name]: 4 },
});

/** Lanes share every tile of the result; inner axes are cut into tiles, every other one whole. */
function sharedChoice(name: string): Choice {
  const [tile, each] = [4, 2];
  const own = sharedAxes(name);
  const inner = innerAxes(name).map((a) => [a, tile] as const);
  const cut = Object.fromEntries([...own.map((a) => [a, tile] as const), ...inner]);
  return {
    tiles: { ...axisTiles(name), ...cut },
    ragged: 'first',
    perLane: Object.fromEntries(own.map((a) => [a, each])),
    whole: inner.flatMap(([a], i) => (i % 2 === 0 ? [a] : [])),
  };
}

const subject = (name: string, scheduled: Scheduled): Subject => ({ name, scheduled, kernel: get(lower(scheduled)) });

/** Each is made when it is asked for. */
export const subjects = (): readonly (() => Subject)[] => [
  ...kernelNames().flatMap((name) =>
    [
      ['ragged first', smallChoice(name, 'first')] as const,
      ['ragged last', smallChoice(name, 'last')] as const,
      ...(takesLanes(name) ? [['lanes', lanesChoice(name)] as const] : []),
      ...(sharedAxes(name).length > 0 ? [['shared', sharedChoice(name)] as const] : []),
    ].map(([how, choice]) => () => {
      const { theorem } = get(extracted(name, 'wgsl', choice));
      return subject(`${name}, ${how}`, theorem.scheduled);
    }),
  ),
  ...Object.entries({ ...all(TILES), ...allShared(SHARED[0]!) }).map(
    ([name, scheduled]) =>
      () =>
        subject(name, scheduled),
  ),
  // one of each kind of kernel that definitions give
  ...names().map((name) => () => subject(name, inSmall(name, TILES.rows))),
];
