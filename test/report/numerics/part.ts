// The figures of numbers: every kernel on every target against its statement under its forward bound, beside a naive program; agreements of tilings, parts
// and orders; extremes; f16 and bf16 storage; the mutation score of the emitted texts. Invariant: a figure is counted in the run that prints it; a
// target that cannot be run is a failure, not a gap. Races, the second implementation and the GPU are others' parts. It prints nothing.
import * as E from 'fp-ts/lib/Either.js';
import { type CudaRunner, openCudaCpu } from '../../../src/run/device/cuda.js';
import { emit } from '../../../src/kernel/emit/emit.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { runHost } from '../../../src/run/device/host.js';
import { type Gpu, openGpu } from '../../../src/run/device/webgpu.js';
import { ones, prepare } from '../../target/kernels/case.js';
import { OWN, kernelNames, sample } from '../../target/kernels/names.js';
import { type Choice, extracted } from '../../target/kernels/pool.js';
import { type Text, type Worst, holds, muchWorseThanNaive, textFor } from '../../target/kernels/property.js';
import { fromSchedule, scheduledFiles } from '../../target/kernels/scheduled.js';
import { get } from '../../support/ir/dsl.js';
import type { Figure, Options, Part } from '../trust/part.js';
import type { Cells } from '../trust/row.js';
import { FIRST, caughtBy, errors, survivorsOf } from './cells.js';
import { checkAgreements, checkExtremes, checkNaive, checkStorage } from './check.js';
import { checkSchedules } from './scheduled.js';
import { MUTANTS, type Score, cudaScores, kernelFor, score } from './score.js';
import { tilingsOf } from './texts.js';

export interface Numbers {
  readonly rows: readonly Cells[];
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

/** All kernels; or two of them, by the seed, on WGSL and on the host. */
function amount({ full, seed }: Options): Amount {
  if (full) return { names: kernelNames(), runs: 8, tilings: 4, mutants: 7, cuda: true, most: 60_000 };
  return { names: sample(seed), runs: 2, tilings: 2, mutants: 4, cuda: false, most: 10_000 };
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
  /** of random cases, and of extremes and hard data */
  readonly worst: Worst;
  readonly extreme: Worst;
}

/** Everything about one kernel but its mutants. */
async function one(
  name: string,
  many: Amount,
  seed: number,
  session: Session,
  so: Counted,
): Promise<readonly string[]> {
  const choices = tilingsOf(name, seed).slice(0, many.tilings);
  const texts = choices.map((choice, at) => textsOf(name, choice, at, session));
  const failures: string[] = [];
  for (const [i, choice] of choices.entries())
    await holds(texts[i]!, choice, many.runs, so.worst, seed).catch((e: unknown) =>
      failures.push(String(e).slice(0, 600)),
    );
  const agreed = await checkAgreements(
    [...texts.flatMap((t) => t.slice(0, 1)), ...texts[1]!.slice(1)],
    seed,
    many.runs / 2,
    many.most,
  );
  const extreme = await checkExtremes(texts[1]!, seed, so.extreme);
  const hard = await checkNaive(texts[1]!, seed, so.extreme);
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

/** The files with a schedule of their own; they need a compiler. */
async function schedules({ runs, cuda }: Amount, seed: number, so: Counted): Promise<readonly string[]> {
  if (!cuda) return [];
  const found = await checkSchedules(runs, seed, so.worst, so.extreme);
  so.extremes += found.extremes;
  so.hard += found.hard;
  so.worstHard = Math.max(so.worstHard, found.worstHard);
  return found.failures;
}

async function scores(many: Amount, gpu: Gpu): Promise<readonly Score[]> {
  const names = many.names.filter((n) => !OWN.includes(n));
  const made: Score[] = [];
  for (const name of names) made.push(await score(name, 'wgsl', gpu.run, many.mutants, MUTANTS));
  if (!many.cuda) return made;
  const own = scheduledFiles().filter((f) => f.target === 'cuda');
  const kernels = [...names.map((n) => kernelFor(n, 'cuda')), ...own.map((f) => fromSchedule(f, f.small))];
  return [...made, ...(await cudaScores(kernels, many.mutants, MUTANTS))];
}
const SHARE = 0.95;

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

const MOST = (all: readonly number[]): number => all.reduce((a, b) => Math.max(a, b), 0);

function figuresOf({ worst, ...so }: Counted, scores: readonly Score[]): readonly Figure[] {
  const named = [...worst].flatMap(([name, of]) => Object.values(of).map((t) => ({ name, ...t })));
  const filed = named.filter((t) => !OWN.includes(t.name) && t.naive > 0);
  const sum = (of: (s: Score) => number): number => scores.reduce((n, s) => n + of(s), 0);
  return [
    { name: 'kernels', value: worst.size },
    { name: 'cases against the statement', value: named.reduce((n, t) => n + t.cases, 0) },
    { name: 'worst error over bound', value: MOST(named.map((t) => t.ratio)) },
    { name: 'worst sum of errors over that of a naive program', value: MOST(filed.map((t) => t.error / t.naive)) },
    { name: 'cases of hard data beside a naive program', value: so.hard },
    { name: 'worst sum of errors over that of a naive program, hard data', value: so.worstHard },
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
  ];
}

export async function rows(options: Options): Promise<Numbers> {
  const many = amount(options);
  const failures: string[] = [];
  const session = await open(many, options.seed, failures);
  const [worst, extreme]: [Worst, Worst] = [new Map(), new Map()];
  const so: Counted = {
    agreements: 0,
    extremes: 0,
    storage: 0,
    worstStorage: 0,
    hard: 0,
    worstHard: 0,
    worst,
    extreme,
  };
  for (const name of many.names) failures.push(...(await one(name, many, options.seed, session, so)));
  await session.cuda?.close();
  failures.push(...(await schedules(many, options.seed, so)));
  const all = await scores(many, session.gpu);
  await session.gpu.close();
  return {
    rows: [...errors([worst, extreme], FIRST), ...caughtBy(all, FIRST)],
    survivors: survivorsOf(all, FIRST),
    failures: [...failures, ...judged(many, worst, all)],
    figures: figuresOf(so, all),
  };
}

export async function part(options: Options): Promise<Part> {
  const { rows: cells, figures, failures, survivors } = await rows(options);
  const named = failures.map((f) => `${f} (seed ${options.seed})`);
  return { title: 'Numbers', figures, failures: named, rows: cells, notes: survivors };
}
