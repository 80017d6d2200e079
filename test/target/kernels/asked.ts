// Which streams a run is about: those of kernels/ and of the tests, or those that the environment names. It does not know the library.
import { readFileSync } from 'node:fs';

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

/** What kernels/ has: what weft.json lists. */
const settings = new URL('../../../weft.json', import.meta.url);
export const LISTED = (JSON.parse(readFileSync(settings, 'utf8')) as { readonly kernels: readonly string[] }).kernels;
/**
 * `WEFT_KERNELS=a,b npm run numerics` counts the rows of these alone, and `WEFT_KERNELS=all` those of every stream of the library; the page is compared with
 * runs of what is listed.
 */
const only = process.env['WEFT_KERNELS'];
export const isAsked = (name: string): boolean =>
  only === 'all' || (only === undefined ? LISTED.includes(name) || OWN.includes(name) : only.split(',').includes(name));


/** Of everything random: `WEFT_SEED=n` repeats a run. */
export const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);
