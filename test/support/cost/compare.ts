/** The formulas of a kernel beside what the interpreter sees. Invariant: every count of either is compared; a difference is named. Knows no kernel. */
import type { Tally } from '../../../src/kernel/cost/meter.js';
import { atomsOf, countOf } from '../../../src/kernel/cost/count.js';
import { type Polynomial, valueOf } from '../../../src/kernel/cost/polynomial.js';
import { axisSizes } from '../../../src/kernel/extract/program.js';
import type { Kernel } from '../../../src/kernel/ir/kernel.js';
import { Runner } from './meter.js';

export type Sizes = Readonly<Record<string, number>>;
export interface How {
  readonly alone: boolean;
  readonly inside: boolean;
}

export function evaluator(kernel: Kernel, sizes: Sizes): (p: Polynomial) => number {
  const known = new Map([...axisSizes(kernel, sizes)].map(([axis, n]) => [atomsOf(kernel).get(axis), n]));
  return (p) =>
    valueOf(p, (name) => {
      const n = known.get(name);
      if (n === undefined) throw new Error(`no value for ${name}`);
      return n;
    });
}

/** Every count as a number. */
export function counted(tally: Tally, value: (p: Polynomial) => number): Readonly<Record<string, number>> {
  const named = (what: string, all: ReadonlyMap<string, Polynomial>): [string, number][] =>
    [...all].map(([name, p]) => [`${what} ${name}`, value(p)]);
  const loads = [...tally.loads];
  return Object.fromEntries([
    ...named('operations', tally.operations),
    ...named('asked', new Map(loads.map(([a, t]) => [a, t.asked]))),
    ...named('moved', new Map(loads.map(([a, t]) => [a, t.moved]))),
    ...named('stores', tally.stores),
    ['selects', value(tally.selects)],
    ['seeks', value(tally.seeks)],
    ['barriers', value(tally.barriers)],
    ['tileReads', value(tally.tileReads.asked)],
    ['tileWrites', value(tally.tileWrites)],
  ]);
}

/** What the interpreter sees, under the same names. */
export function seen(kernel: Kernel, sizes: Sizes, how: How): Readonly<Record<string, number>> {
  const all = new Runner(kernel, axisSizes(kernel, sizes), how).run();
  return Object.fromEntries(
    Object.entries(all).flatMap(([what, of]: [string, number | Record<string, number>]) =>
      typeof of === 'number' ? [[what, of]] : Object.entries(of).map(([name, n]) => [`${what} ${name}`, n]),
    ),
  ) as Record<string, number>;
}

/** Where the formulas and the interpreter differ: `name: formula, interpreter`. */
export function differences(
  kernel: Kernel,
  sizes: Sizes,
  how: How,
  tally: Tally = countOf(kernel, how),
): readonly string[] {
  const [said, found] = [counted(tally, evaluator(kernel, sizes)), seen(kernel, sizes, how)];
  const names = [...new Set([...Object.keys(said), ...Object.keys(found)])];
  // of what stands inside extents alone, only the operations are of use
  const asked = how.inside ? names.filter((n) => n.startsWith('operations')) : names;
  return asked.flatMap((n) => ((said[n] ?? 0) === (found[n] ?? 0) ? [] : [`${n}: ${said[n]}, ${found[n]}`]));
}
