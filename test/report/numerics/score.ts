// How many small bugs in emitted texts the tests of a kernel catch. Invariant: every mutant gets the same cases as the text itself, which passes them; it
// is caught when a run refuses (guards, unwritten, a barrier, a crash, a compile error), a number is over its bound, or the interpreter that runs WGSL in
// lockstep sees a race, and not otherwise. A
// survivor is excused only by name, with the reason (survivors.ts). It does not know what a mutant changed.
import * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Term } from '../../../src/core/index.js';
import { ofVar } from '../../../src/language/point/build.js';
import { type Target, emit } from '../../../src/kernel/emit/emit.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { lanesOf } from '../../../src/kernel/ir/kernel.js';
import { openCudaCpu } from '../../../src/run/device/cuda.js';
import type { Forward } from '../../../src/run/rounding/forward.js';
import type { KernelProgram } from '../../../src/kernel/ir/program.js';
import type { Reference } from '../../../src/run/reference/reference.js';
import {
  type Case,
  type Prepared,
  bounds,
  expected,
  fitted,
  inDomain,
  judge,
  ones,
  prepare,
  streamOf,
} from '../../target/kernels/case.js';
import { library } from '../../target/kernels/library.js';
import { axesOf, extracted } from '../../target/kernels/pool.js';
import type { Run } from '../../target/kernels/property.js';
import { get } from '../../support/ir/dsl.js';
import { detect } from '../../adversary/race/detect.js';
import { type Mutant, mutants } from './mutation.js';
import { reasonFor } from './survivors.js';

export interface Score {
  readonly name: string;
  readonly target: Target;
  readonly made: number;
  readonly caught: number;
  readonly survivors: readonly (Mutant & { readonly reason: string | undefined })[];
}

interface Ready {
  readonly seed: number;
  readonly prepared: Prepared;
  readonly want: readonly (readonly Reference[])[];
  readonly bound: readonly Forward[];
}

/** No result has an axis but the streamed one: each lane has a row. */
const lanesAreBatch = (spec: Term, streamed: AxisVar): boolean =>
  spec.cod.leaves.every((l) => l.axes.every((a) => a === ofVar(streamed)));

/** Tiles with several groups of lanes, ragged ends, several tiles: small enough that a case takes a moment. */
export function kernelFor(name: string, target: Target): Extracted {
  const stream = library().streams.get(name)!;
  const axes = axesOf(name);
  const cut = lanesAreBatch(stream.spec, stream.axis) && !axes.includes('batch') ? [...axes, 'batch'] : axes;
  const tiles = Object.fromEntries(cut.map((a, i) => [a, i === 0 ? 4 : 9]));
  const ragged = (name.length + (target === 'wgsl' ? 0 : 1)) % 2 === 0 ? 'first' : 'last';
  const usual = get(extracted(name, 'wgsl', { tiles, ragged }));
  // where several lanes have a row, two: then the sizes of the cases give each lane tiles
  const made = lanesOf(usual.emitted.validated.kernel, stream.axis.name)
    ? get(extracted(name, 'wgsl', { tiles, ragged, lanes: { [stream.axis.name]: 2 } }))
    : usual;
  return made.target === target ? made : { ...made, target, emitted: get(emit(target, made.emitted.validated)) };
}

const smallest = [1, 8, 9, 20];
const SMALLEST = smallest.length;

function casesFor(kernel: Extracted): readonly Case[] {
  const names = [...kernel.info.names.axes.keys()];
  const streamed = streamOf(kernel).axis.name;
  const sized = (n: number, first: number): Case['sizes'] =>
    Object.fromEntries(names.map((a, i) => [a, a === streamed ? n : first + 3 * i]));
  // where the batch is the axis of lanes it has several full tiles
  const many = lanesAreBatch(kernel.info.spec, streamOf(kernel).axis) ? [2, 11] : [2];
  const small = (n: number): Case['sizes'] => Object.fromEntries(names.map((a, i) => [a, a === streamed ? n : 2 + i]));
  return [
    { sizes: sized(11, 12), leading: many, seed: 1, scale: 1 },
    { sizes: sized(18, 21), leading: many, seed: 2, scale: 2.5 },
    { sizes: sized(8, 7), leading: [3], seed: 4, scale: many.length > 1 ? 300 : 20, kind: 'peak' },
    { sizes: sized(23, 5), leading: many, seed: 5, scale: 1, kind: 'offset' },
    // rising within one row, and falling over many: a gauge that is another's is far off
    { sizes: sized(11, 3), leading: [], seed: 7, scale: many.length > 1 ? 600 : 20, kind: 'slope' },
    { sizes: sized(11, 3), leading: many, seed: 8, scale: many.length > 1 ? -600 : -20, kind: 'slope' },
    // fewer elements than a tile, the last row in the head, in a full tile and in the rest: a read past an extent leaves the array; and tiles one after another
    ...smallest.map((n) => ({ sizes: small(n), leading: [], seed: n, scale: 8 })),
  ];
}

const ready = (kernel: Extracted): readonly Ready[] =>
  casesFor(kernel).map((drawn) => {
    const c = { ...drawn, sizes: fitted(kernel, drawn.sizes) };
    const prepared = prepare(kernel, c);
    return { seed: c.seed, prepared, want: expected(kernel, prepared), bound: bounds(kernel, prepared) };
  });

async function passes(cases: readonly Ready[], run: (p: KernelProgram, r: Ready) => ReturnType<Run>): Promise<boolean> {
  for (const r of cases) {
    const ran = await run(r.prepared.program, r);
    if (E.isLeft(ran) || !(judge(r.want, r.bound, ran.right).ratio <= 1)) return false;
  }
  return true;
}

/** The cases of fewest elements; outside of the domain a result may be what the interpreter takes for nothing written. */
const fewest = (kernel: Extracted, cases: readonly Ready[]): readonly Ready[] =>
  cases.slice(-SMALLEST).filter(({ prepared }) => inDomain(kernel, prepared));

/** Whether the text, run by an interpreter, has accesses that nothing orders. */
const raced = (text: string, cases: readonly Ready[]): boolean =>
  cases.some(({ prepared }) => {
    const { races, errors } = detect({ ...prepared.program, text }, prepared.inputs);
    return races.length + errors.length > 0;
  });

type Execute = (which: number) => (p: KernelProgram, r: Ready) => ReturnType<Run>;

/** `execute(i)` runs mutant i - 1; 0 is the text itself. */
async function scored(
  kernel: Extracted,
  made: readonly Mutant[],
  cases: readonly Ready[],
  execute: Execute,
  races: (which: number) => boolean = () => false,
): Promise<Score> {
  const { name, target } = kernel;
  if (!(await passes(cases, execute(0))) || races(0)) throw new Error(`${name} ${target} fails its own cases`);
  const survivors: Score['survivors'][number][] = [];
  for (const [i, m] of made.entries())
    if ((await passes(cases, execute(i + 1))) && !races(i + 1)) survivors.push({ ...m, reason: reasonFor(target, m) });
  return { name, target, made: made.length, caught: made.length - survivors.length, survivors };
}

/** Mutants are the same in every run, so that those that survive can be named. */
export const MUTANTS = 1;

/** On a runner that takes any text: WGSL's implementations, and the host. */
export async function score(name: string, target: Target, run: Run, count: number, seed: number): Promise<Score> {
  const kernel = kernelFor(name, target);
  const made = mutants(name, kernel.emitted.text, count, seed);
  const texts = [kernel.emitted.text, ...made.map((m) => m.text)];
  const cases = ready(kernel);
  const few = fewest(kernel, cases);
  return scored(
    kernel,
    made,
    cases,
    (i) => (p, r) => run({ ...p, text: texts[i]! }, r.prepared.inputs, r.seed),
    (i) => target === 'wgsl' && raced(texts[i]!, few),
  );
}

// ---- CUDA on the CPU: all mutants of a kernel in one text, chosen by one more parameter ---------------------------------

function together(kernel: Extracted, texts: readonly string[]): string {
  const { entry, text } = kernel.emitted;
  const signature = new RegExp(`extern "C" int ${entry}_launch\\(([^)]*)\\)`).exec(text)![1]!;
  const names = signature.split(', ').map((p) => /(\w+)$/.exec(p)![1]!);
  // two schedules of one kernel have one entry
  const launch = (i: number): string => `${entry}_launch_${kernel.name.replace(/\W/g, '_')}_${i}`;
  const own = texts.map((t, i) => `namespace m${i} {\n${t.replaceAll(`${entry}_launch`, launch(i))}\n}`);
  const cases = texts.map((_, i) => `    case ${i}: return m${i}::${launch(i)}(${names.join(', ')});`);
  const which = `params[${kernel.emitted.params.length}]`;
  return [
    ...own,
    `extern "C" int ${entry}_launch(${signature}) {`,
    `  switch (${which}) {`,
    ...cases,
    '  }',
    '  return 1;',
    '}',
    '',
  ].join('\n');
}

/** The scores of several kernels: compiled together, since a compiler's start is most of its time. */
export async function cudaScores(
  kernels: readonly Extracted[],
  count: number,
  seed: number,
): Promise<readonly Score[]> {
  const all = kernels.map((kernel) => {
    const made = mutants(kernel.name, kernel.emitted.text, count, seed);
    return { kernel, made, text: together(kernel, [kernel.emitted.text, ...made.map((m) => m.text)]) };
  });
  const programs = all.map(({ kernel, text }) => ({ ...prepare(kernel, ones(kernel)).program, text }));
  const runner = get(await openCudaCpu(programs, { sanitize: true, timeoutMs: 20_000 }));
  const scores: Score[] = [];
  for (const { kernel, made, text } of all)
    scores.push(
      await scored(kernel, made, ready(kernel), (i) => (p, r) => {
        const chosen = { ...p, text, params: [...p.params, 'mutant'], paramValues: [...p.paramValues, i] };
        return runner.run(chosen, r.prepared.inputs, r.seed);
      }),
    );
  await runner.close();
  return scores;
}
