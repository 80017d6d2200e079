// The files of kernels/ with a schedule of their own: what stream, target and tiles their first line says, and the same schedule in small. Invariant: a
// schedule in small has the same axes in tiles, shared and whole. It runs nothing.
import { readFileSync, readdirSync } from 'node:fs';
import { commandOf } from '../../../src/cli/extract.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import type { Target } from '../../../src/kernel/ir/program.js';
import { get } from '../../support/ir/dsl.js';
import { type Choice, extracted } from './pool.js';

const KERNELS = new URL('../../../kernels/', import.meta.url);

export interface ScheduledFile {
  readonly file: string;
  /** the file's name without its suffix */
  readonly kernel: string;
  readonly name: string;
  readonly target: Target;
  readonly choice: Choice;
  readonly small: Choice;
}

const record = (of: ReadonlyMap<string, number>): Record<string, number> => Object.fromEntries(of);

/** Two elements a lane, and a sixteenth of a tile: several lanes, and several tiles at sizes that take a moment. */
function inSmall({ tiles, perLane = {}, lanes = {}, whole = [], ragged }: Choice): Choice {
  const less = Object.entries(tiles).map(([a, n]) => [a, Math.max(2, 2 * Math.ceil(n / 32))] as const);
  const held = Object.keys(perLane).map((a) => [a, 2] as const);
  const few = Object.keys(lanes).map((a) => [a, 4] as const);
  return { tiles: Object.fromEntries(less), perLane: Object.fromEntries(held), lanes: Object.fromEntries(few), whole, ragged };
}

export const scheduledFiles = (): readonly ScheduledFile[] =>
  readdirSync(KERNELS)
    .sort()
    .flatMap((file): ScheduledFile[] => {
      const how = commandOf(readFileSync(new URL(file, KERNELS), 'utf8'));
      if (!how) return [];
      const { tiles, perLane, lanes, whole } = how.chosen;
      const choice: Choice = { tiles: record(tiles), ragged: 'first', perLane: record(perLane), lanes: record(lanes), whole: [...whole] };
      const kernel = file.replace(/\.\w+$/, '');
      return [{ file, kernel, name: how.name, target: how.target, choice, small: inSmall(choice) }];
    });

/** The kernel under the name of its file. */
export const fromSchedule = ({ kernel, name, target }: ScheduledFile, choice: Choice): Extracted => ({
  ...get(extracted(name, target, choice)),
  name: kernel,
});
