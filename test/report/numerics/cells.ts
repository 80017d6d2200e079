// Cells of the table of numbers from tallies and scores. Invariant: only the kernels of kernels/ have rows; a target that was not run has none. It runs
// nothing.
import type { Target } from '../../../src/kernel/ir/program.js';
import { filed } from '../../target/kernels/names.js';
import { scheduledFiles } from '../../target/kernels/scheduled.js';
import type { Tally, Worst } from '../../target/kernels/property.js';
import type { Cells, TableTarget } from '../trust/row.js';
import type { Score } from './score.js';

/** The table's name of a target, where it was run. */
export type As = Readonly<Partial<Record<Target, TableTarget>>>;
export const FIRST: As = { wgsl: 'wgsl, Dawn', cuda: 'cuda, CPU', host: 'host' };
export const SECOND: As = { wgsl: 'wgsl, wgpu' };

/** Of random cases and of extremes alike. */
export function errors(all: readonly Worst[], as: As): readonly Cells[] {
  return [...filed(), ...scheduledFiles().map((f) => f.kernel)].flatMap((kernel) =>
    (Object.entries(as) as [Target, TableTarget][]).flatMap(([target, name]): Cells[] => {
      const tallies = all.flatMap((w): Tally[] => (w.get(kernel)?.[target] ? [w.get(kernel)![target]!] : []));
      if (tallies.length === 0) return [];
      const found = {
        cases: tallies.reduce((n, t) => n + t.cases, 0),
        overBound: Math.max(...tallies.map((t) => t.ratio)),
        overNaive: Math.max(...tallies.map((t) => t.overNaive)),
      };
      return [{ kernel, target: name, ...found }];
    }),
  );
}

export const caughtBy = (scores: readonly Score[], as: As): readonly Cells[] =>
  scores.flatMap(({ name, target, made, caught, survivors }): Cells[] => {
    const named = as[target];
    const excused = survivors.filter((m) => m.reason !== undefined).length;
    return named ? [{ kernel: name, target: named, mutants: { made, caught, excused } }] : [];
  });

export const survivorsOf = (scores: readonly Score[], as: As): readonly string[] =>
  scores.flatMap((s) =>
    s.survivors.map((m) => {
      const after = m.after === '' ? 'nothing' : m.after;
      return `${s.name}, ${as[s.target] ?? s.target}: ${m.before} => ${after}: ${m.reason ?? 'not noticed'}`;
    }),
  );
