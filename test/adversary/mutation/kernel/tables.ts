// Replaces each entry of an emitter's table, and each line of its frame, by a wrong phrase, and runs the real text: it must not compile, or give wrong
// numbers, in some kernel whose text it changes. Invariant: the right text of every kernel passes the same runs. It does not know the phrases.
import * as E from 'fp-ts/lib/Either.js';
import { type Target, emit } from '../../../../src/kernel/emit/emit.js';
import type { Validated } from '../../../../src/kernel/validate/validate.js';
import type { Scheduled } from '../../../../src/kernel/ir/scheduled.js';
import type { KernelProgram } from '../../../../src/kernel/ir/program.js';
import type { RunError } from '../../../../src/run/device/run-error.js';
import type * as K from '../../../../src/core/index.js';
import { type Expr, apply } from '../../../../src/language/point/point.js';
import { operator } from '../../../../src/core/index.js';
import { inSmall } from '../../definition/library.js';
import * as C from '../../../support/ir/cases.js';
import * as D from '../../../support/ir/dsl.js';
import { type Prepared, fitting, prepare, random, sizesFor, validated, worst } from '../../../support/ir/run.js';
import { SHARED_EDITS } from './wrong-shares.js';
import { EDITS, replacing, wrongOf } from './wrong.js';

const DISTINCT = { rows: 3, columns: 4, stream: 2 } as const;
/** Rows and columns in runs, and a tile of keys that is no multiple of its lanes; more lanes along the columns than a row with its padding is long. */
const RUNS: C.Tiles = {
  rows: 4,
  stream: 3,
  columns: 8,
  rowShare: { perLane: 2, wide: 1 },
  columnShare: { perLane: 4, wide: 2 },
};
const APART: C.Tiles = { rows: 2, stream: 2, columns: 16, columnShare: { perLane: 2, wide: 1 } };
/** More workgroup memory than can be declared: for CUDA alone. */
const LARGE: C.Tiles = {
  rows: 4,
  stream: 48,
  columns: 256,
  rowShare: { perLane: 2, wide: 1 },
  columnShare: { perLane: 8, wide: 4 },
};

const op = (name: K.Operator, ...args: Expr[]): Expr => apply(D.get(operator(name)), ...args);

/** Truth values, every operator that the others lack, two lanes, two axes of the grid. */
function logic(): Scheduled {
  const [n, m] = [D.grouped('n', 3, 'lane'), D.grouped('m', 2, 'lane')];
  const [g, h] = [D.variable('g'), D.variable('h')];
  const axes = [D.axis(g), D.axis(h), n.axis, m.axis];
  const value = (x: Expr, y: Expr): Expr => {
    const both = op('and', D.lt(x, y), op('not', D.lt(y, D.number(1n, 2n))));
    const other = op('and', D.lt(x, D.number(-1n, 3n)), D.lt(D.number(-3n, 2n), y));
    const square = D.mul(y, y);
    const least = D.select(D.lt(x, square), x, square);
    const last = D.add(D.neg(D.recip(D.add(x, D.number(3n)))), D.log(D.add(y, D.number(3n))));
    const minus = D.add(x, D.neg(D.exp(y)));
    const first = D.mul(
      D.mul(minus, D.add(x, D.number(4n))),
      D.recip(D.mul(D.sqrt(square), D.recip(D.add(y, D.exp(x))))),
    );
    return D.add(minus, D.neg(D.add(D.select(op('or', both, other), least, last), D.neg(first))));
  };
  const at = (wire: string, at: readonly string[]): Expr => D.at(D.wire(wire), ...at);
  const over = (left: readonly K.Axis[], at_: readonly string[]): Expr =>
    left.length === 0 ? value(at('x', at_), at('y', at_)) : D.map(left[0]!, (i) => over(left.slice(1), [...at_, i]));
  return {
    name: 'logic',
    rhs: D.term(
      ['x', 'y'].map((name) => ({ name, axes })),
      over(axes, []),
    ),
    wires: ['x', 'y'].map((name) => ({ name, level: 'global' })),
    results: ['out'],
    uses: [{ _tag: 'Grid', name: 'g', axis: g }, { _tag: 'Grid', name: 'h', axis: h }, n.use, m.use],
  };
}

export interface Case {
  readonly scheduled: Scheduled;
  readonly checked: Validated;
}
export const cases = (target: Target): readonly Case[] =>
  [
    C.contractionByTiles(DISTINCT),
    C.contraction({ ...DISTINCT, rowTile: true }),
    logic(),
    C.placed(DISTINCT),
    C.normed(DISTINCT),
    C.weighted(DISTINCT, { batch: true, last: true }),
    C.weighted(RUNS, { width: 'whole' }),
    C.weighted(APART),
    inSmall('kept-where', 3),
    inSmall('recurrent', 3),
    inSmall('delta', 3),
    inSmall('picked', 3),
    ...(target === 'cuda' ? [C.contraction(LARGE)] : []),
  ].map((scheduled) => ({ scheduled, checked: validated(scheduled) }));

/** One wrong text: every kernel that it changes, at random sizes. */
export interface Attempt {
  readonly entry: string;
  readonly wrong: string;
  readonly runs: readonly (readonly Prepared[])[];
}

const SIZES = 3;

/** Two tiles and a little more of every axis: where the second begins depends on how long the first is. */
const tilesAndMore = ({ uses }: Scheduled, next: () => number): Record<string, number> =>
  fitting(
    uses,
    Object.fromEntries(uses.map((u) => [u.name, ('capacity' in u ? 2 * u.capacity : 1) + 1 + Math.floor(3 * next())])),
  );

export function prepared(c: Case, target: Target, seed: number): readonly Prepared[] {
  return Array.from({ length: SIZES }, (_, i) => {
    const next = random(seed + i);
    const sizes = i === 2 ? tilesAndMore(c.scheduled, next) : sizesFor(c.scheduled, next, i === 0 ? 1 : 8);
    return prepare(c.scheduled, c.checked, target, sizes, next);
  });
}
const textOf = (c: Case, target: Target): string => D.get(emit(target, c.checked)).text;

const withText = (p: Prepared, text: string): Prepared => ({ ...p, program: { ...p.program, text } });

/** The right texts, as if they were wrong: none may be caught. */
export const rightTexts = (target: Target, all: readonly Case[], seed: number): readonly Attempt[] =>
  all.map((c) => ({ entry: 'none', wrong: c.scheduled.name, runs: [prepared(c, target, seed)] }));

export function attempts(target: Target, all: readonly Case[], seed: number): readonly Attempt[] {
  const right = all.map((c) => ({ c, text: textOf(c, target), runs: prepared(c, target, seed) }));
  const changed = (wrongText: (c: Case, text: string) => string): Attempt['runs'] =>
    right.flatMap(({ c, text, runs }) => {
      const now = wrongText(c, text);
      return now === text ? [] : [runs.map((p) => withText(p, now))];
    });
  const entries = wrongOf(target).map((w) => ({
    entry: w.entry,
    wrong: w.wrong,
    runs: changed((c) => replacing(target, w, () => textOf(c, target))),
  }));
  const frame = [...EDITS[target], ...SHARED_EDITS[target]].map(({ entry, from, to }) => ({
    entry: `frame, ${entry}`,
    wrong: to.slice(0, 40),
    runs: changed((_, text) => text.replace(from, to)),
  }));
  return [...entries, ...frame];
}

export type Run = (
  program: KernelProgram,
  inputs: readonly Float32Array[],
) => Promise<E.Either<RunError, Float32Array[]>>;

const TOLERANCE = { wgsl: 2e-4, cuda: 2e-4, host: 1e-6 } as const;

/** Whether a text fails at one of its sizes. */
export async function fails(runs: readonly Prepared[], run: Run): Promise<boolean> {
  for (const p of runs) {
    const found = await run(p.program, p.inputs);
    if (E.isLeft(found) || !(worst(found.right[0]!, p.expected) <= TOLERANCE[p.program.target])) return true;
  }
  return false;
}

export async function caught(attempt: Attempt, run: Run): Promise<boolean> {
  for (const runs of attempt.runs) if (await fails(runs, run)) return true;
  return false;
}
