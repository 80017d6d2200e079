// The property that every kernel has: what its text computes differs from the statement's left side by no more than the bound. Invariant: all texts of
// one case get the same inputs. It does not know how a text is run.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { type Target, emit } from '../../src/emit/emit.js';
import type { Extracted } from '../../src/extract/extract.js';
import type { KernelProgram } from '../../src/numeric/program.js';
import type { RunError } from '../../src/numeric/run-error.js';
import { get } from '../lower/dsl.js';
import { type Case, caseArbitrary, expected, inDomain, judge, prepare, representable } from './case.js';
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
  kernel: kernel.target === target ? kernel : { ...kernel, emitted: get(emit(target, kernel.emitted.validated)) },
});

/** Error over bound, for each text. */
export async function ratios(texts: readonly Text[], c: Case): Promise<ReadonlyMap<Target, number>> {
  const { kernel } = texts[0]!;
  const prepared = prepare(kernel, c);
  fc.pre(inDomain(kernel, prepared));
  const want = expected(kernel, prepared);
  fc.pre(want.every(representable));
  const found = new Map<Target, number>();
  for (const t of texts) {
    const { program, inputs } = prepare(t.kernel, c);
    const ran = await t.run(program, inputs, c.seed);
    if (E.isLeft(ran)) throw new Error(`${t.target}: ${JSON.stringify(ran.left)}`);
    found.set(t.target, judge(want, ran.right).ratio);
  }
  return found;
}

export type Worst = Map<string, Partial<Record<Target, number>>>;

/** Runs random cases; the seed that repeats a failure is in its message. */
export async function holds(texts: readonly Text[], choice: Choice, numRuns: number, worst: Worst): Promise<void> {
  const { kernel } = texts[0]!;
  const { name } = kernel;
  const one = async (c: Case): Promise<void> => {
    const found = await ratios(texts, c);
    const so = worst.get(name) ?? {};
    worst.set(name, { ...so, ...Object.fromEntries([...found].map(([t, r]) => [t, Math.max(so[t] ?? 0, r)])) });
    const over = [...found].filter(([, r]) => !(r <= 1));
    if (over.length > 0) throw new Error(`error over bound: ${JSON.stringify({ name, choice, over, WEFT_SEED: SEED })}`);
  };
  await fc.assert(fc.asyncProperty(caseArbitrary(kernel), one), { seed: SEED, numRuns });
}

/** Whether random cases find a fault of a text; inputs are of this scale where one is given. */
export async function caught(text: Text, numRuns: number, scale?: number): Promise<boolean> {
  const cases = caseArbitrary(text.kernel).map((c) => ({ ...c, scale: scale ?? c.scale }));
  const right = async (c: Case): Promise<boolean> => [...(await ratios([text], c)).values()].every((r) => r <= 1);
  const { failed, counterexample } = await fc.check(fc.asyncProperty(cases, right), {
    seed: SEED,
    numRuns,
    endOnFailure: true,
  });
  return failed && counterexample !== null;
}
