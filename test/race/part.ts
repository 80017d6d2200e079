/**
 * Figures of the race check: kernels run in the interpreter, races found in them, barriers taken away and noticed. Invariant: counted in the run that
 * prints them. It does not know how a race is found.
 */
import { random } from '../lower/run.js';
import type { Options, Part } from '../trust/part.js';
import { judge } from './races.js';
import { byHand, fromFiles, sharedByHand } from './trials.js';

const SAMPLE = 3;

export async function part({ full, seed }: Options): Promise<Part> {
  const next = random(seed);
  const all = [...fromFiles(seed), ...byHand(seed), ...(full ? sharedByHand(seed) : [])];
  const chosen = full
    ? all
    : all
        .map((t) => [next(), t] as const)
        .sort(([a], [b]) => a - b)
        .slice(0, SAMPLE)
        .map(([, t]) => t);
  const failures: string[] = [];
  let [kernels, staging, barriers, seen, spare] = [0, 0, 0, 0, 0];
  for (const make of chosen) {
    const found = await judge(make());
    kernels += 1;
    staging += found.barriers > 0 ? 1 : 0;
    barriers += found.barriers;
    seen += found.seen;
    spare += found.spare;
    failures.push(...found.failures);
  }
  if (kernels === 0) failures.push('no kernel was checked for races');
  if (full && seen === 0) failures.push('no missing barrier was noticed');
  return {
    title: 'races in the emitted WGSL',
    figures: [
      { name: 'kernels run in the interpreter', value: kernels },
      { name: 'kernels that share memory', value: staging },
      { name: 'barriers taken away', value: barriers },
      { name: 'of these, races seen', value: seen },
      { name: 'of these, needed by nothing', value: spare },
    ],
    failures: failures.map((f) => `${f} (seed ${seed})`),
  };
}
