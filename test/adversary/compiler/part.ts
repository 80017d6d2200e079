/**
 * Figures of compiler fuzzing: random streams, proved, scheduled at random, lowered, validated, printed and run. Invariant: counted in the run that prints
 * them; a stream that its proof does not prove, a refusal that is not expected of it, and a number over its bound are failures, made small. It
 * does not know what a kernel computes.
 */
import { openCudaCpu } from '../../../src/run/device/cuda.js';
import { type Gpu, openGpu } from '../../../src/run/device/webgpu.js';
import type { Library } from '../../../src/proof/script/check.js';
import { prepare } from '../../target/kernels/case.js';
import { type Text, textFor } from '../../target/kernels/property.js';
import { get } from '../../support/ir/dsl.js';
import { random } from '../../support/ir/run.js';
import type { Figure, Options, Part } from '../../report/trust/part.js';
import { type Entry, write, written } from './corpus.js';
import { isProved, libraryWith } from './library.js';
import { type Program, proof, statement } from './program.js';
import { program } from './random.js';
import { type Subject, shrunk } from './shrink.js';
import { type Failure, HOST, type Runners, made, onesFor, ran, schedule, sizes, textsFor } from './trial.js';

interface Tally {
  programs: number;
  proved: number;
  extracted: number;
  readonly refused: Map<string, number>;
  readonly runs: Map<string, number>;
  unbounded: number;
  worst: number;
  readonly failures: string[];
}
const emptyTally = (): Tally => ({
  programs: 0,
  proved: 0,
  extracted: 0,
  refused: new Map(),
  runs: new Map(),
  unbounded: 0,
  worst: 0,
  failures: [],
});
const more = (m: Map<string, number>, key: string): void => void m.set(key, (m.get(key) ?? 0) + 1);

const sourceOf = (p: Program): Entry['source'] => ({ statement: statement(p), proof: proof(p) });

async function cases(texts: readonly Text[], s: Subject, tally: Tally): Promise<Failure | undefined> {
  for (const c of s.cases)
    for (const r of await ran(texts, c)) {
      if (r._tag === 'Failed') return r;
      if (r._tag === 'Unbounded') tally.unbounded += 1;
      else {
        more(tally.runs, r.target);
        tally.worst = Math.max(tally.worst, r.ratio);
      }
    }
  return undefined;
}

/** One subject from its proved stream to its numbers. */
async function attempt(library: Library, s: Subject, runners: Runners, tally: Tally): Promise<Failure | undefined> {
  const found = made(library, s.program, 'wgsl', s.schedule);
  if (found._tag === 'Failed') return found;
  if (found._tag === 'Refused') {
    more(tally.refused, found.code);
    return undefined;
  }
  tally.extracted += 1;
  return cases(textsFor(found.kernel, runners), s, tally);
}

const line = (s: Subject, failure: Failure): string =>
  `${failure.key}: ${failure.detail}\n${statement(s.program)}${JSON.stringify(s.schedule)}`;

/** The line that repeats a failure: its seed, and what is left of it. */
async function report(s: Subject, failure: Failure, runners: Runners, seed: number): Promise<string> {
  const small = await shrunk(s, failure, (library, x) => attempt(library, x, runners, emptyTally()));
  const entry: Entry = { ...small, name: small.program.name, source: sourceOf(small.program), expect: 'runs' };
  if (process.env['WEFT_CORPUS']) write(entry);
  return `${failure.key}: ${failure.detail} (seed ${seed})\n${written(entry)}`;
}

function subjects(next: () => number, programs: readonly Program[], each: number): readonly Subject[] {
  return programs.flatMap((p) =>
    Array.from({ length: each }, (): Subject => {
      const s = schedule(next, p.axes, p.result);
      const seed = Math.floor(next() * 1e9);
      return {
        program: p,
        schedule: s,
        cases: [onesFor(p.axes, seed, s), sizes(next, p.axes, s), sizes(next, p.axes, s)],
      };
    }),
  );
}

/** The same kernels as CUDA text, compiled in one file and run on the CPU. */
async function onCuda(library: Library, all: readonly Subject[], tally: Tally): Promise<void> {
  const kernels = all.flatMap((s) => {
    const found = made(library, s.program, 'cuda', s.schedule);
    return found._tag === 'Made' ? [{ s, kernel: found.kernel }] : [];
  });
  const runner = get(await openCudaCpu(kernels.map(({ kernel, s }) => prepare(kernel, s.cases[0]!).program)));
  for (const { kernel, s } of kernels) {
    const failure = await cases([textFor(kernel, 'cuda', runner.run)], s, tally);
    if (failure)
      tally.failures.push(`${failure.key}: ${failure.detail}\n${statement(s.program)}${JSON.stringify(s.schedule)}`);
  }
  await runner.close();
}

async function batch(
  programs: readonly Program[],
  gpu: Gpu,
  options: Options,
  next: () => number,
  tally: Tally,
): Promise<void> {
  const library = libraryWith(programs.map(sourceOf));
  const proved = programs.filter((p) => isProved(library, p.name));
  tally.programs += programs.length;
  tally.proved += proved.length;
  const all = subjects(next, proved, options.full ? 2 : 1);
  const runners: Runners = { ...HOST, wgsl: gpu.run };
  for (const s of all) {
    const failure = await attempt(library, s, runners, tally);
    if (!failure) continue;
    const again = tally.failures.some((f) => f.startsWith(`${failure.key}:`));
    tally.failures.push(again ? line(s, failure) : await report(s, failure, runners, options.seed));
  }
  if (options.full) await onCuda(library, all.slice(0, 8), tally);
}

const figure = (name: string, value: number): Figure => ({ name, value });

export async function part(options: Options): Promise<Part> {
  const next = random(options.seed);
  const tally = emptyTally();
  const gpu = get(await openGpu());
  const [batches, size] = options.full ? [3, 12] : [1, 4];
  for (let b = 0; b < batches; b++) {
    const programs = Array.from({ length: size }, (_, i) => program(next, `random${b}-${i}`));
    await batch(programs, gpu, options, next, tally);
  }
  await gpu.close();
  const sorted = (m: ReadonlyMap<string, number>): [string, number][] => [...m].sort(([a], [b]) => (a < b ? -1 : 1));
  if (2 * tally.proved < tally.programs) tally.failures.push(`most are not proved (seed ${options.seed})`);
  if (tally.runs.size < (options.full ? 3 : 2)) tally.failures.push(`a target ran nothing (seed ${options.seed})`);
  return {
    title: 'compiler fuzzing',
    figures: [
      figure('random streams', tally.programs),
      figure('proved', tally.proved),
      figure('extracted, validated and printed', tally.extracted),
      ...sorted(tally.refused).map(([code, n]) => figure(`refused: ${code}`, n)),
      ...sorted(tally.runs).map(([target, n]) => figure(`runs compared with the statement: ${target}`, n)),
      figure('cases without a bound', tally.unbounded),
      figure('worst error over bound', tally.worst),
    ],
    failures: tally.failures,
  };
}
