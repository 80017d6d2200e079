// Which streams are run as kernels. Invariant: every stream of kernels/ and of the tests is run, or is refused for a reason that is written here; every other
// one with WEFT_KERNELS=all.
import { random } from '../../support/ir/run.js';
import { LISTED, OWN, SEED, isAsked } from './asked.js';
import { library } from './library.js';

/** The table of the library's closed instances: these must be there. */
export const TABLE = [
  'matmul',
  'attention',
  'attention-unscaled',
  'spherical-attention',
  'l1-attention',
  'sigmoid-attention',
  'logsumexp',
  'mean',
  'rms-norm-linear',
];
/** Proved, and refused all the same: where, and what is missing. */
export const REFUSED: Readonly<Record<string, { readonly where: string; readonly why: string }>> = {
};

export { LISTED, OWN };

export const kernelNames = (): readonly string[] =>
  [...library().streams.keys()].filter((n) => !(n in REFUSED) && isAsked(n));

/** Of those that are neither in the table nor the tests' own, how many a run of the tests takes; `npm run numerics` has all. */
const DRAWN = 12;
/** What the tests run: the table, their own streams, and a few of the others, by the seed that repeats the run. */
export function testedNames(): readonly string[] {
  const others = filed().filter((n) => !TABLE.includes(n));
  const some = new Set(process.env['WEFT_KERNELS'] === undefined ? drawn(others, SEED, DRAWN) : others);
  return kernelNames().filter((n) => TABLE.includes(n) || OWN.includes(n) || some.has(n));
}

/** The kernels of kernels/; the others are the tests' own. */
export const filed = (): readonly string[] => kernelNames().filter((n) => !OWN.includes(n));

function drawn(names: readonly string[], seed: number, count: number): readonly string[] {
  const next = random(seed);
  return names
    .map((name) => [next(), name] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, name]) => name);
}

/** The same few of them in every part of one run. */
export const sample = (seed: number, count = 2): readonly string[] => drawn(filed(), seed, count);
