// The property that every kernel has: what its text computes differs from the statement's left side by no more than the forward bound of the kernel on
// these inputs. Invariant: all texts of one case get the same inputs; a case in which no element has a finite bound is no case. It does not know
// how a text is run.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { type Target, emit } from '../../../src/kernel/emit/emit.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import type { Bounded } from '../../../src/run/reference/bound.js';
import type { KernelProgram } from '../../../src/kernel/ir/program.js';
import type { RunError } from '../../../src/run/device/run-error.js';
import type { Within } from '../../../src/run/rounding/within.js';
import { get } from '../../support/ir/dsl.js';
import { type Case, type Prepared, bounds, caseArbitrary, expected, inDomain, judge, naive, prepare } from './case.js';
import { type Choice, SEED } from './pool.js';

export type Run = (
  program: KernelProgram,
  inputs: readonly Float32Array[],
  seed: number,
) => Promise<E.Either<RunError, Float32Array[]>>;

/** A text to run; all texts of a kernel come from one validated IR. */
export interface Text {
  readonly target: Target;
  readonly kernel: Extracted;
  readonly run: Run;
}
export const textFor = (kernel: Extracted, target: Target, run: Run): Text => ({
  target,
  run,
  kernel: kernel.target === target ? kernel : { ...kernel, target, emitted: get(emit(target, kernel.emitted.validated)) },
});

/** What a text makes of prepared inputs; a runner's refusal (unwritten, guard touched, compile error) is thrown. */
export async function outputsOf(t: Text, { program, inputs }: Prepared, seed: number): Promise<readonly Float32Array[]> {
  const ran = await t.run(program, inputs, seed);
  if (E.isLeft(ran)) throw new Error(`${t.target}: ${JSON.stringify(ran.left)}`);
  return ran.right;
}

/** One text on one case. */
export interface Measured {
  readonly target: Target;
  readonly off: Within;
  /** the largest error of a naive program in binary32 for the statement; infinite where it overflows */
  readonly naive: number;
  /** the largest number expected */
  readonly size: number;
}

const largest = (want: readonly (readonly Bounded[])[]): number =>
  want.reduce((m, w) => w.reduce((n, y) => y.data.reduce((a, x) => Math.max(a, Math.abs(x)), n), m), 0);

function naiveError(kernel: Extracted, prepared: Prepared, want: readonly (readonly Bounded[])[]): number {
  const offs = naive(kernel, prepared).flatMap((ys, b) =>
    ys.map((y, leaf) => y.data.reduce((m, x, i) => Math.max(m, Math.abs(x - want[b]![leaf]!.data[i]!)), 0)),
  );
  return offs.reduce((a, b) => (b >= 0 ? Math.max(a, b) : Infinity), 0);
}

/** Nothing where the inputs are outside of the domain, or no element has a bound; even then every text is run, and must write all of its outputs. */
export async function measure(texts: readonly Text[], c: Case): Promise<readonly Measured[] | undefined> {
  const { kernel } = texts[0]!;
  const prepared = prepare(kernel, c);
  const want = expected(kernel, prepared);
  const found: Measured[] = [];
  let bounded = inDomain(kernel, prepared);
  for (const t of texts) {
    const own = prepare(t.kernel, c);
    const bound = bounds(t.kernel, own);
    bounded &&= bound.some((b) => b.bound.some((e) => e < Infinity));
    const off = judge(want, bound, await outputsOf(t, own, c.seed));
    found.push({ target: t.target, off, naive: naiveError(t.kernel, own, want), size: largest(want) });
  }
  return bounded ? found : undefined;
}
export async function measured(texts: readonly Text[], c: Case): Promise<readonly Measured[]> {
  const found = await measure(texts, c);
  fc.pre(found !== undefined);
  return found!;
}

/** The worst of a kernel on a target. */
export interface Tally {
  cases: number;
  /** cases in which some element has no bound */
  unbounded: number;
  ratio: number;
  firstOrder: number;
  /** sums over cases of the largest error, of the kernel's and of the naive program's, each over the largest number expected */
  error: number;
  naive: number;
  /** the worst of a case: the kernel's largest error over the naive program's, which counts as a unit in the last place of the largest number at least */
  overNaive: number;
  /** the largest error over the largest number expected */
  relative: number;
  /** cases in which the naive program overflows and the kernel need not */
  overflows: number;
}
export type Worst = Map<string, Partial<Record<Target, Tally>>>;

const EMPTY: Tally = {
  cases: 0,
  unbounded: 0,
  ratio: 0,
  firstOrder: 0,
  error: 0,
  naive: 0,
  overNaive: 0,
  relative: 0,
  overflows: 0,
};
const ULP = 2 ** -23;

export function count(worst: Worst, name: string, { target, off, naive: plain, size }: Measured): void {
  const so = { ...EMPTY, ...worst.get(name)?.[target] };
  so.cases += 1;
  so.unbounded += off.unjudged > 0 ? 1 : 0;
  so.ratio = Math.max(so.ratio, off.ratio);
  so.firstOrder = Math.max(so.firstOrder, off.firstOrder);
  if (plain === Infinity) so.overflows += 1;
  else if (off.unjudged === 0 && size > 2 ** -100) {
    so.error += off.largest / size;
    so.naive += plain / size;
    so.overNaive = Math.max(so.overNaive, off.largest / Math.max(plain, ULP * size));
    so.relative = Math.max(so.relative, off.largest / size);
  }
  worst.set(name, { ...worst.get(name), [target]: so });
}

/** A kernel whose errors are much larger than a naive program's is a defect: 8 times, and four units in the last place a case. */
export const muchWorseThanNaive = ({ error, naive: plain, cases }: Tally): boolean => error > 8 * plain + 4 * ULP * cases;
/** How many times a naive program's errors; what it has below half a unit in the last place is luck. */
export const overNaive = ({ error, naive: plain, cases }: Tally): number => error / Math.max(plain, (cases * ULP) / 2);

/** Runs random cases; the seed that repeats a failure is in its message. */
export async function holds(
  texts: readonly Text[],
  choice: Choice,
  numRuns: number,
  worst: Worst,
  seed = SEED,
): Promise<void> {
  const { kernel } = texts[0]!;
  const { name } = kernel;
  const one = async (c: Case): Promise<void> => {
    const found = await measured(texts, c);
    found.forEach((m) => count(worst, name, m));
    const over = found.filter((m) => !(m.off.ratio <= 1)).map((m) => [m.target, m.off.ratio]);
    if (over.length > 0) throw new Error(`error over bound: ${JSON.stringify({ name, choice, over, WEFT_SEED: seed })}`);
  };
  await fc.assert(fc.asyncProperty(caseArbitrary(kernel), one), { seed, numRuns });
}

/** Whether random cases find a fault of a text. */
export async function caught(text: Text, numRuns: number): Promise<boolean> {
  const right = async (c: Case): Promise<boolean> => (await measured([text], c)).every((m) => m.off.ratio <= 1);
  const { failed, counterexample } = await fc.check(fc.asyncProperty(caseArbitrary(text.kernel), right), {
    seed: SEED,
    numRuns,
    endOnFailure: true,
  });
  return failed && counterexample !== null;
}

/** Whether some of the cases, with inputs of this scale, gives a number that is not finite. */
export async function overflows(text: Text, numRuns: number, scale: number): Promise<boolean> {
  let found = false;
  const one = async (c: Case): Promise<void> => {
    const outputs = await outputsOf(text, prepare(text.kernel, { ...c, scale }), c.seed);
    if (outputs.some((y) => y.some((x) => !Number.isFinite(x)))) found = true;
  };
  await fc.assert(fc.asyncProperty(caseArbitrary(text.kernel), one), { seed: SEED, numRuns });
  return found;
}
