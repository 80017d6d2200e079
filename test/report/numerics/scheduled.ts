// The files of kernels/ with a schedule of their own, on the target of the file: at their own tiles on a few cases, and in small on as many as any other
// kernel, on extremes and on hard data. Invariant: a target that cannot be run is a failure. It makes no mutants.
import * as E from 'fp-ts/lib/Either.js';
import { openCudaCpu } from '../../../src/run/device/cuda.js';
import { ones, prepare } from '../../target/kernels/case.js';
import { type Worst, holds, textFor } from '../../target/kernels/property.js';
import { type ScheduledFile, fromSchedule, scheduledFiles } from '../../target/kernels/scheduled.js';
import { checkExtremes, checkNaive } from './check.js';

const OWN_RUNS = 3;

export interface OfSchedules {
  readonly failures: readonly string[];
  readonly extremes: number;
  readonly hard: number;
  readonly worstHard: number;
}

/** Counts random cases in `worst`, the others in `extreme`. */
export async function checkSchedules(runs: number, seed: number, worst: Worst, extreme: Worst): Promise<OfSchedules> {
  const files = scheduledFiles();
  const other = files.filter((f) => f.target !== 'cuda').map((f) => `${f.file}: not run on ${f.target}`);
  const made = files
    .filter((f) => f.target === 'cuda')
    .map((f: ScheduledFile) => ({ f, whole: fromSchedule(f, f.choice), small: fromSchedule(f, f.small) }));
  const opened = await openCudaCpu(made.flatMap((m) => [m.whole, m.small].map((k) => prepare(k, ones(k)).program)));
  if (E.isLeft(opened))
    return {
      failures: [`cuda was not run: ${JSON.stringify(opened.left).slice(0, 200)}`],
      extremes: 0,
      hard: 0,
      worstHard: 0,
    };
  const failures: string[] = [...other];
  let [extremes, hard, worstHard] = [0, 0, 0];
  for (const { f, whole, small } of made) {
    const texts = [textFor(small, 'cuda', opened.right.run)];
    const said = (e: unknown): number => failures.push(String(e).slice(0, 600));
    await holds([textFor(whole, 'cuda', opened.right.run)], f.choice, OWN_RUNS, worst, seed).catch(said);
    await holds(texts, f.small, 2 * runs, worst, seed).catch(said);
    const found = await checkExtremes(texts, seed, extreme);
    const naive = await checkNaive(texts, seed, extreme);
    failures.push(...found.failures, ...naive.failures);
    [extremes, hard, worstHard] = [extremes + found.compared, hard + naive.compared, Math.max(worstHard, naive.worst)];
  }
  await opened.right.close();
  return { failures, extremes, hard, worstHard };
}
