// What is checked for races: every file of kernels/ at small tiles, and the terms that the tests build by hand, which also stage two tiles and one tile in
// two loops. Invariant: each trial has ragged, full and several tiles of every axis.
import { emit } from '../../../src/kernel/emit/emit.js';
import { program } from '../../../src/kernel/extract/program.js';
import { lanesOf } from '../../../src/kernel/ir/kernel.js';
import type { Validated } from '../../../src/kernel/validate/validate.js';
import type { Scheduled } from '../../../src/kernel/ir/scheduled.js';
import { inputsOf } from '../../../src/kernel/ir/program.js';
import { extracted } from '../../target/kernels/pool.js';
import { scheduledFiles } from '../../target/kernels/scheduled.js';
import { SHARED, all, allShared } from '../../support/ir/all.js';
import * as C from '../../support/ir/cases.js';
import { get } from '../../support/ir/dsl.js';
import { fitting, random, validated } from '../../support/ir/run.js';
import { TILES } from '../mutation/kernel/subject.js';
import type { Trial } from './races.js';
import { fileNames, smallText } from './texts.js';

function sizesOf({ kernel }: Validated, next: () => number): Record<string, number> {
  const sizes = Object.fromEntries(
    kernel.uses.map((u) => {
      if (!('capacity' in u)) return [u.name, 2 + Math.floor(next() * 2)];
      const along = lanesOf(kernel, u.name);
      // every lane has tiles and two in its head, and some elements are all lanes'
      if (along) return [u.name, along.most * (u.capacity * 3 + 2) + 1 + Math.floor(next() * (along.most - 1))];
      if (u._tag !== 'Streamed') return [u.name, u.capacity + 1 + Math.floor(next() * (u.capacity - 1))];
      // a rest that stands last is there, and less than a tile
      if (u.last) return [u.name, u.capacity * 3 + 1 + Math.floor(next() * (u.capacity - 1))];
      // two at least in the head: of one column, each lane fills its own row, and no barrier is needed
      return [u.name, u.capacity * 3 + Math.min(u.capacity, 2 + Math.floor(next() * (u.capacity - 1)))];
    }),
  );
  return fitting(kernel.uses, sizes);
}

function trial(name: string, checked: Validated, text: string, seed: number): Trial {
  const next = random(seed);
  const sizes = sizesOf(checked, next);
  const made = get(program({ ...get(emit('wgsl', checked)), text }, sizes));
  const inputs = inputsOf(made).map((b) => Float32Array.from({ length: b.elements }, () => 0.25 + next()));
  return { name, checked, sizes, program: made, inputs };
}

export const fromFile = (name: string, seed: number): Trial => {
  const { kernel, text, isFile } = smallText(name);
  const made = trial(name, kernel.emitted.validated, text, seed);
  return isFile ? made : { ...made, stale: true };
};

const term = (name: string, scheduled: Scheduled, seed: number): Trial => {
  const checked = validated(scheduled);
  return trial(name, checked, get(emit('wgsl', checked)).text, seed);
};

/** Lanes that put what they have where others read it: with a lane index beside, or not; the widest would take minutes. */
const shared = (): readonly (readonly [string, Scheduled])[] => [
  ...[0, 2].flatMap((i) =>
    Object.entries(allShared(SHARED[i]!)).flatMap(([name, s]) =>
      name.includes('whole') ? [] : [[`${name}, tiles ${i}`, s] as const],
    ),
  ),
  ['weighted mean, its width whole tiles', C.weighted({ ...SHARED[0]!, stream: 2 }, { width: 'whole' })],
];

export const byHand = (seed: number): readonly (() => Trial)[] =>
  Object.entries(all(TILES)).map(
    ([name, scheduled]) =>
      () =>
        term(name, scheduled, seed),
  );
export const sharedByHand = (seed: number): readonly (() => Trial)[] =>
  shared().map(
    ([name, scheduled]) =>
      () =>
        term(name, scheduled, seed),
  );

/** The smallest kernel in which lanes put something. */
export const putting = (seed: number): Trial =>
  term('weighted mean', C.weighted({ rows: 2, stream: 2, columns: 4, columnShare: { perLane: 2, wide: 1 } }), seed);

export const fromFiles = (seed: number): readonly (() => Trial)[] => fileNames().map((n) => () => fromFile(n, seed));

/** The files with a schedule of their own, in small. */
export const fromSchedules = (seed: number): readonly (() => Trial)[] =>
  scheduledFiles().map((f) => () => {
    const { validated: checked } = get(extracted(f.name, 'wgsl', f.small)).emitted;
    return trial(f.kernel, checked, get(emit('wgsl', checked)).text, seed);
  });
