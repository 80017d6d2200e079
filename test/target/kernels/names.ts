// Which streams are run as kernels. Invariant: every stream of kernels/ and of the tests is run, or is refused for a reason that is written here; every other
// one with WEFT_KERNELS=all.
import { readFileSync } from 'node:fs';
import { random } from '../../support/ir/run.js';
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
export const OWN = [
  'causal-outputs',
  'centred-pass',
  'centroid',
  'features-of-attention',
  'gated-outputs',
  'largest-outputs',
  'mapped-outputs',
  'merged-outputs',
  'merged-variance',
  'power-mean',
  'raw-variance',
  'span',
  'staged-outputs',
  'target-loss',
  'weights-pass',
];

/** Proved, and refused all the same: where, and what is missing. */
export const REFUSED: Readonly<Record<string, { readonly where: string; readonly why: string }>> = {
};

/** What kernels/ has: what weft.json lists. */
const settings = new URL('../../../weft.json', import.meta.url);
export const LISTED = (JSON.parse(readFileSync(settings, 'utf8')) as { readonly kernels: readonly string[] }).kernels;
/**
 * `WEFT_KERNELS=a,b npm run numerics` counts the rows of these alone, and `WEFT_KERNELS=all` those of every stream of the library; the page is compared with
 * runs of what is listed.
 */
const only = process.env['WEFT_KERNELS'];
const isAsked = (name: string): boolean =>
  only === 'all' || (only === undefined ? LISTED.includes(name) || OWN.includes(name) : only.split(',').includes(name));

export const kernelNames = (): readonly string[] =>
  [...library().streams.keys()].filter((n) => !(n in REFUSED) && isAsked(n));

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
