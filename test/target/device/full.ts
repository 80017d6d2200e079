// The properties at the sizes that a GPU is used for. Invariant: every output of the whole is poisoned, fenced and written; what is compared with float64
// are rows of it, chosen by the seed and at the borders of tiles; a case without a bound is no case. It does not know how a text is run.
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { axisNames } from '../../../src/kernel/extract/shapes.js';
import {
  type Case,
  type Prepared,
  bounds,
  expected,
  inDomain,
  judge,
  naive,
  prepare,
  streamOf,
} from '../kernels/case.js';
import { type Text, outputsOf } from '../kernels/property.js';
import { random } from '../../support/ir/run.js';
import { type Execution, agreement, isUnordered, permuted, splitAgrees } from '../../report/numerics/properties.js';
import { type Effort, type Part, type Rows, chooseRows, firstAxis, forText, partOf, rowsOfOutputs } from './rows.js';

type Range = readonly [from: number, to: number];
interface Shape {
  readonly name: string;
  readonly leading: readonly Range[];
  readonly rows: Range;
  readonly streamed: Range;
  readonly kind: NonNullable<Case['kind']>;
}

/** For kernels whose result has an axis: many heads of a few thousand; one long stream; two leading axes, and numbers far from 0. */
const WIDE: readonly Shape[] = [
  { name: 'wide', leading: [[8, 16]], rows: [3000, 5000], streamed: [3000, 5000], kind: 'uniform' },
  { name: 'long', leading: [[1, 1]], rows: [1500, 2500], streamed: [16000, 17000], kind: 'uniform' },
  { name: 'offset', leading: [[2, 3], [2, 3]], rows: [1500, 2500], streamed: [5000, 9000], kind: 'offset' }, // prettier-ignore
];
/** For those that reduce a row to a number. */
const NARROW: readonly Shape[] = [
  { name: 'wide', leading: [[200, 300]], rows: [1, 1], streamed: [30000, 33000], kind: 'uniform' },
  { name: 'long', leading: [[12, 20]], rows: [1, 1], streamed: [120000, 130000], kind: 'uniform' },
  { name: 'offset', leading: [[10, 20], [20, 40]], rows: [1, 1], streamed: [5000, 9000], kind: 'offset' }, // prettier-ignore
];
const INNER: Range = [40, 140];
/** Statements that speak of every pair of the stream: float64 has no time for long ones. */
const PAIRS: Readonly<Record<string, number>> = { 'arg-max': 8 };
/** The most numbers of one array. */
const LARGEST = 4e7;

/** Sizes pairwise distinct, drawn from the seed; what counts in thousands is divided by `smaller`. */
export function fullCases(kernel: Extracted, seed: number, smaller: number): readonly (readonly [string, Case])[] {
  const axis = firstAxis(kernel);
  return (axis === undefined ? NARROW : WIDE).map(({ name, leading, rows, streamed, kind }, i) => {
    const next = random(seed + 7919 * i);
    const used = new Set<number>();
    const draw = ([from, to]: Range): number => {
      const n = from + Math.floor(next() * (to - from + 1));
      return used.has(n) ? draw([from, to]) : (used.add(n), n);
    };
    const divided = ([from, to]: Range, by = 1): Range => {
      return [Math.ceil(from / smaller / by), Math.ceil(to / smaller / by) + 2];
    };
    const sizes = [...kernel.info.names.axes.keys()].map((a) => {
      const range =
        a === streamOf(kernel).axis.name ? divided(streamed, PAIRS[kernel.name]) : a === axis ? divided(rows) : INNER;
      return [a, draw(range)] as const;
    });
    const of = Object.fromEntries(sizes);
    const largest = Math.max(...kernel.info.wires.map((w) => axisNames(w).reduce((n, a) => n * of[a]!, 1)));
    const many = leading.map(([from, to]) => from + Math.floor(next() * (to - from + 1)));
    const fits = Math.max(1, Math.floor(LARGEST / largest));
    const some = many.map((n) => Math.min(fits, n > 20 ? Math.ceil(n / smaller) : n));
    return [name, { sizes: of, leading: some, seed: seed + i, scale: 1, kind }] as const;
  });
}

/** What one text did on one case. */
export interface FullResult {
  readonly target: Text['target'];
  readonly case: string;
  /** numbers that were written, and of these compared with float64 */
  readonly written: number;
  readonly compared: number;
  /** over the forward bound; of two texts, of parts, of orders: over the sum of bounds */
  readonly ratio: number;
  readonly agreement: number;
  /** over the largest number expected */
  readonly error: number;
  readonly naive: number;
}

const most = (all: readonly number[]): number => all.reduce((a, b) => (a > b ? a : b), 0);
const length = (all: readonly ArrayLike<number>[]): number => all.reduce((n, a) => n + a.length, 0);

const some = async (t: Text, c: Case, p: Prepared, rows: Rows): Promise<readonly Float32Array[]> =>
  rowsOfOutputs(t.kernel, c, await outputsOf(t, p, c.seed), rows);

async function permutedRatio(t: Text, c: Case, whole: Prepared, rows: Rows, done: Execution): Promise<number> {
  if (!isUnordered(t.kernel)) return 0;
  const other = permuted(t.kernel, c, whole);
  const part = partOf(t.kernel, c, other.inputs, rows);
  const outputs = await some(t, c, { ...whole, inputs: other.inputs }, rows);
  const bound = bounds(t.kernel, forText(t.kernel, part.case, part.prepared)).map((f) => f.bound);
  return agreement(done, { outputs, bound }).ratio;
}

/** How much float64 has time for, and how few rows are enough. */
const REDUCED: Effort = { most: 3e5, least: 2 };
const KEPT: Effort = { most: 5e6, least: 8 };
/** The domain is looked at in one row: elsewhere, where it is left, there is no bound. */
const firstOf = ({ elements, along }: Rows): Rows => ({
  elements: elements.slice(0, 1),
  along: along && { ...along, places: along.places.slice(0, 1) },
});

interface Wanted {
  readonly want: ReturnType<typeof expected>;
  readonly size: number;
  readonly naive: number;
}
function wanted(kernel: Extracted, part: Part): Wanted {
  const want = expected(kernel, part.prepared);
  const plain = naive(kernel, part.prepared);
  const off = plain.flatMap((ys, b) =>
    ys.map((y, leaf) => most([...y.data].map((x, i) => Math.abs(x - want[b]![leaf]!.data[i]!)))),
  );
  return { want, naive: most(off), size: most(want.flatMap((w) => w.map((y) => most([...y.data].map(Math.abs))))) };
}

/** All texts of one kernel on one case: each within its bound of the statement, any two within both bounds; one of them with merged parts, one on a permuted stream. */
export async function fullResults(
  texts: readonly Text[],
  name: string,
  c: Case,
): Promise<readonly FullResult[] | undefined> {
  const { kernel } = texts[0]!;
  const whole = prepare(kernel, c);
  const rows = chooseRows(kernel, c, firstAxis(kernel) === undefined ? REDUCED : KEPT);
  const part = partOf(kernel, c, whole.inputs, rows);
  const { want, size, naive: plain } = wanted(kernel, part);
  const first = partOf(kernel, c, whole.inputs, firstOf(rows));
  if (!inDomain(kernel, first.prepared)) return undefined;
  const relative = (x: number): number => (x === 0 ? 0 : x / size);
  const [results, done]: [FullResult[], Execution[]] = [[], []];
  for (const [i, t] of texts.entries()) {
    const own = forText(t.kernel, c, whole);
    const outputs = await some(t, c, own, rows);
    const bound = bounds(t.kernel, forText(t.kernel, part.case, part.prepared));
    const off = judge(want, bound, outputs);
    const last = { outputs, bound: bound.map((f) => f.bound) };
    done.push(last);
    // the merge in float64 is the same for all texts, and a permuted run is costly: each on one of them
    const cut = 1 + (c.seed % (c.sizes[streamOf(kernel).axis.name]! - 1));
    const ratios = [
      ...done.map((d) => agreement(d, last).ratio),
      ...(i === 0 ? [splitAgrees(t, part.prepared, last, cut).ratio] : []),
      ...(i === c.seed % texts.length ? [await permutedRatio(t, c, own, rows, last)] : []),
    ];
    results.push({
      target: t.target,
      case: name,
      written: own.program.buffers.reduce((m, b) => m + (b.access === 'read' ? 0 : b.elements), 0),
      compared: length(outputs) - off.unjudged,
      ratio: off.ratio,
      agreement: most(ratios),
      error: relative(off.largest),
      naive: relative(plain),
    });
  }
  return results;
}
