// Which streams are run as kernels. Invariant: every stream of the library and of the tests is run, or is refused for a reason that is written here.
import { random } from '../lower/run.js';
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
/** What the tests' own files state. */
export const OWN = ['centroid', 'feature-attention', 'merged-variance', 'power-mean', 'raw-variance', 'span', 'target-loss'];

/** Proved, and refused all the same: where, and what is missing. */
export const REFUSED: Readonly<Record<string, { readonly where: string; readonly why: string }>> = {
  'masked-attention': { where: 'Lower', why: 'a wire of booleans' },
  'gated-attention': { where: 'Schedule', why: 'the loop stands outside the map of the result' },
  'gradient-of-queries': { where: 'Schedule', why: 'an axis of the result is contracted too, so it cannot be cut into tiles' },
  'gradient-of-keys': { where: 'Schedule', why: 'two results, whose axes stand at different places' },
};

export const kernelNames = (): readonly string[] => [...library().streams.keys()].filter((n) => !(n in REFUSED));

/** The kernels of kernels/; the others are the tests' own. */
export const filed = (): readonly string[] => kernelNames().filter((n) => !OWN.includes(n));

/** The same few of them in every part of one run. */
export function sample(seed: number, count = 2): readonly string[] {
  const next = random(seed);
  return filed()
    .map((name) => [next(), name] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, name]) => name);
}
