// The figures of numbers: every kernel on every target against its statement under its forward bound, beside a naive program; agreements of tilings, parts
// and orders; extremes; f16 and bf16 storage; the mutation score of the emitted texts. Invariant: a figure is counted in the run that prints it; a
// target that cannot be run is a failure, not a gap. Races and the GPU are others' parts. It prints nothing.
import * as E from 'fp-ts/lib/Either.js';
import { type CudaRunner, openCudaCpu } from '../../src/numeric/cuda.js';
import { emit } from '../../src/emit/emit.js';
import type { Extracted } from '../../src/extract/extract.js';
import { runHost } from '../../src/numeric/host.js';
import type { Target } from '../../src/numeric/program.js';
import { type Gpu, openGpu } from '../../src/numeric/webgpu.js';
import { ones, prepare } from '../kernels/case.js';
import { OWN, kernelNames } from '../kernels/names.js';
import { type Choice, extracted } from '../kernels/pool.js';
import { type Tally, type Text, type Worst, holds, muchWorseThanNaive, textFor } from '../kernels/property.js';
import { get } from '../lower/dsl.js';
import type { Figure, Options, Part } from '../trust/part.js';
import { checkAgreements, checkExtremes, checkNaive, checkStorage } from './check.js';
import { type Score, cudaScores, wgslScore } from './score.js';
import { seedOf, tilingsOf } from './texts.js';

/** A line of the table: one kernel on one target. Races are counted elsewhere. */
export interface Row {
  readonly kernel: string;
  readonly target: Target;
  readonly cases: number;
  /** the worst error over the forward bound, and over the first-order bound */
  readonly overBound: number;
  readonly overFirstOrder: number;
  /** the kernel's errors over a naive binary32 program's, summed over the cases in which both have one */
  readonly overNaive: number;
  readonly mutants: { readonly caught: number; readonly made: number } | undefined;
}

export interface Numbers {
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
  readonly failures: readonly string[];
  /** bugs in texts that no case noticed, with the reason where there is one */
  readonly survivors: readonly string[];
}

interface Amount {
  readonly names: readonly string[];
  /** cases for each tiling */
  readonly runs: number;
  readonly tilings: number;
  readonly mutants: number;
  readonly cuda: boolean;
  /** the largest work of a case of the agreements */
  readonly most: number;
}

const library = (): readonly string[] => kernelNames().filter((n) => !OWN.includes(n));

/** All kernels; or two of them, by the seed, on WGSL and on the host. */
function amount({ full, seed }: Options): Amount {
  if (full) return { names: kernelNames(), runs: 8, tilings: 4, mutants: 7, cuda: true, most: 60_000 };
  const names = [...library()].sort((a, b) => seedOf(a, seed) - seedOf(b, seed)).slice(0, 2);
  return { names, runs: 2, tilings: 2, mutants: 4, cuda: false, most: 10_000 };
}

interface Session {
  readonly gpu: Gpu;
  readonly cuda: CudaRunner | undefined;
}

const CUDA_TILINGS = 2;

async function open(many: Amount, seed: number, failures: string[]): Promise<Session> {
  const gpu = get(await openGpu());
  if (!many.cuda) return { gpu, cuda: undefined };
  const kernels = many.names.flatMap((name) =>
    tilingsOf(name, seed)
      .slice(0, CUDA_TILINGS)
      .map((choice) => cudaOf(get(extracted(name, 'wgsl', choice)))),
  );
  const cuda = await openCudaCpu(kernels.map((k) => prepare(k, ones(k)).program));
  if (E.isLeft(cuda)) failures.push(`cuda was not run: ${JSON.stringify(cuda.left).slice(0, 200)}`);
  return { gpu, cuda: E.isRight(cuda) ? cuda.right : undefined };
}

/** All texts of a kernel come from one validated IR. */
const cudaOf = (kernel: Extracted): Extracted => ({
  ...kernel,
  target: 'cuda',
  emitted: get(emit('cuda', kernel.emitted.validated)),
});

const textsOf = (name: string, choice: Choice, at: number, { gpu, cuda }: Session): readonly Text[] => {
  const kernel = get(extracted(name, 'wgsl', choice));
  const some = [textFor(kernel, 'wgsl', gpu.run), textFor(kernel, 'host', runHost)];
  return cuda && at < CUDA_TILINGS ? [...some, textFor(kernel, 'cuda', cuda.run)] : some;
};

interface Counted {
  agreements: number;
  extremes: number;
  storage: number;
  worstStorage: number;
  hard: number;
  worstHard: number;
}

/** Everything about one kernel but its mutants. */
async function one(
  name: string,
  many: Amount,
  seed: number,
  session: Session,
  worst: Worst,
  so: Counted,
): Promise<readonly string[]> {
  const choices = tilingsOf(name, seed).slice(0, many.tilings);
  const texts = choices.map((choice, at) => textsOf(name, choice, at, session));
  const failures: string[] = [];
  for (const [i, choice] of choices.entries())
    await holds(texts[i]!, choice, many.runs, worst, seed).catch((e: unknown) =>
      failures.push(String(e).slice(0, 600)),
    );
  const agreed = await checkAgreements(
    [...texts.flatMap((t) => t.slice(0, 1)), ...texts[1]!.slice(1)],
    seed,
    many.runs / 2,
    many.most,
  );
  const extreme = await checkExtremes(texts[1]!, seed);
  const hard = await checkNaive(texts[1]!, seed);
  const stored = await checkStorage(texts[0]!.slice(0, 1), seed, many.runs / 2, many.most);
  so.agreements += agreed.compared;
  so.extremes += extreme.compared;
  so.storage += stored.compared;
  so.worstStorage = Math.max(so.worstStorage, stored.worst);
  so.hard += hard.compared;
  if (!OWN.includes(name)) so.worstHard = Math.max(so.worstHard, hard.worst);
  const ownHard = OWN.includes(name) ? [] : hard.failures;
  return [...failures, ...agreed.failures, ...extreme.failures, ...stored.failures, ...ownHard];
}

async function scores(many: Amount, gpu: Gpu): Promise<readonly Score[]> {
  const names = many.names.filter((n) => !OWN.includes(n));
  const made: Score[] = [];
  for (const name of names) made.push(await wgslScore(name, gpu, many.mutants, MUTANTS));
  return many.cuda ? [...made, ...(await cudaScores(names, many.mutants, MUTANTS))] : made;
}
/** Mutants are the same in every run, so that those that survive can be named. */
const MUTANTS = 1;
const SHARE = 0.95;

function rowsOf(worst: Worst, all: readonly Score[]): readonly Row[] {
  return [...worst].flatMap(([kernel, of]) =>
    (Object.entries(of) as [Target, Tally][]).map(([target, t]): Row => {
      const score = all.find((s) => s.name === kernel && s.target === target);
      return {
        kernel,
        target,
        cases: t.cases,
        overBound: t.ratio,
        overFirstOrder: t.firstOrder,
        overNaive: t.naive === 0 ? 0 : t.error / t.naive,
        mutants: score && { caught: score.caught, made: score.made },
      };
    }),
  );
}

/** Of all mutants nineteen in twenty are caught; in a sample, which may meet the same equivalent mutants, those with a reason count too. */
function judged(many: Amount, worst: Worst, all: readonly Score[]): readonly string[] {
  const worse = [...worst].flatMap(([name, of]) =>
    Object.entries(of).flatMap(([target, t]) =>
      !OWN.includes(name) && muchWorseThanNaive(t)
        ? [`${name} ${target}: errors ${t.error / t.naive} of a naive program's`]
        : [],
    ),
  );
  const [caught, made] = [all.reduce((n, s) => n + s.caught, 0), all.reduce((n, s) => n + s.made, 0)];
  const excused = many.cuda ? 0 : all.reduce((n, s) => n + s.survivors.filter((m) => m.reason !== undefined).length, 0);
  const enough = made > 0 && caught + excused >= SHARE * made;
  return [...worse, ...(enough ? [] : [`${caught} of ${made} mutants of texts were caught`])];
}

export async function rows(options: Options): Promise<Numbers> {
  const many = amount(options);
  const failures: string[] = [];
  const session = await open(many, options.seed, failures);
  const worst: Worst = new Map();
  const so: Counted = { agreements: 0, extremes: 0, storage: 0, worstStorage: 0, hard: 0, worstHard: 0 };
  for (const name of many.names) failures.push(...(await one(name, many, options.seed, session, worst, so)));
  await session.cuda?.close();
  const all = await scores(many, session.gpu);
  await session.gpu.close();
  const table = rowsOf(worst, all);
  const sum = (of: (s: Score) => number): number => all.reduce((n, s) => n + of(s), 0);
  const survivors = all.flatMap((s) =>
    s.survivors.map(
      (m) =>
        `${s.name} ${s.target}: ${m.before} => ${m.after === '' ? 'nothing' : m.after}: ${m.reason ?? 'not noticed'}`,
    ),
  );
  return {
    rows: table,
    survivors,
    failures: [...failures, ...judged(many, worst, all)],
    figures: [
      { name: 'kernels', value: worst.size },
      { name: 'cases against the statement', value: table.reduce((n, r) => n + r.cases, 0) },
      { name: 'worst error over bound', value: Math.max(...table.map((r) => r.overBound)) },
      {
        name: 'worst errors over a naive program',
        value: Math.max(...table.filter((r) => !OWN.includes(r.kernel)).map((r) => r.overNaive)),
      },
      { name: 'cases of hard data beside a naive program', value: so.hard },
      { name: 'worst errors over a naive program, hard data', value: so.worstHard },
      { name: 'numbers of two texts, parts or orders compared', value: so.agreements },
      { name: 'extremes within a bound', value: so.extremes },
      { name: 'cases stored in f16 or bf16', value: so.storage },
      { name: 'worst error over bound, f16 or bf16', value: so.worstStorage },
      { name: 'mutants of texts', value: sum((s) => s.made) },
      { name: 'mutants of texts caught', value: sum((s) => s.caught) },
      {
        name: 'mutants that survive for a stated reason',
        value: sum((s) => s.survivors.filter((m) => m.reason !== undefined).length),
      },
    ],
  };
}

export async function part(options: Options): Promise<Part> {
  const { figures, failures } = await rows(options);
  return { title: 'Numbers', figures, failures: failures.map((f) => `${f} (seed ${options.seed})`) };
}
