/**
 * Figures of the second WGSL implementation: the kernels' files validated by naga, and kernels run by wgpu against their statements. Invariant: counted in
 * the run that prints them; what could not be validated or run is a failure. It does not know how the process is started.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { type Case, caseArbitrary, ones } from '../kernels/case.js';
import { filed, kernelNames, sample } from '../kernels/names.js';
import { choices, extracted } from '../kernels/pool.js';
import { type Text, type Worst, count, measure, textFor } from '../kernels/property.js';
import { get } from '../../support/ir/dsl.js';
import { SECOND, caughtBy, errors, survivorsOf } from '../../report/numerics/cells.js';
import { checkExtremes, checkNaive } from '../../report/numerics/check.js';
import { MUTANTS, type Score, score } from '../../report/numerics/score.js';
import type { Figure, Options, Part } from '../../report/trust/part.js';
import { type Second, openSecond } from './deno.js';

const folder = fileURLToPath(new URL('../../../kernels/', import.meta.url));
export const texts = (): readonly (readonly [file: string, text: string])[] =>
  readdirSync(folder)
    .filter((f) => f.endsWith('.wgsl'))
    .sort()
    .map((f) => [f, readFileSync(folder + f, 'utf8')] as const);

interface Tally {
  readonly errors: Worst;
  readonly scores: Score[];
  kernels: number;
  texts: number;
  runs: number;
  unbounded: number;
  worst: number;
  readonly failures: string[];
}

/** All sizes 1, then random ones around the borders of tiles, of a size that a software adapter takes at once. */
function casesOf({ kernel }: Text, count: number, seed: number): readonly Case[] {
  const small = caseArbitrary(kernel).filter((c) => Object.values(c.sizes).reduce((a, b) => a * b, 1) <= 20_000);
  return [ones(kernel), ...fc.sample(small, { seed, numRuns: count })];
}

async function compared(text: Text, many: number, seed: number, tally: Tally): Promise<void> {
  for (const c of casesOf(text, many, seed)) {
    const found = await measure([text], c);
    if (!found) {
      tally.unbounded += 1;
      continue;
    }
    const ratio = found[0]!.off.ratio;
    found.forEach((m) => count(tally.errors, text.kernel.name, m));
    tally.runs += 1;
    tally.worst = Math.max(tally.worst, ratio);
    if (!(ratio <= 1)) tally.failures.push(`${text.kernel.name}: ${ratio} times its bound, ${JSON.stringify(c)}`);
  }
}

async function kernel(second: Second, name: string, { full, seed }: Options, tally: Tally): Promise<void> {
  for (const [i, choice] of choices(name)
    .slice(0, full ? 3 : 1)
    .entries()) {
    const text = textFor(get(extracted(name, 'wgsl', choice)), 'wgsl', second.run);
    tally.texts += 1;
    try {
      await compared(text, full ? 6 : 3, seed, tally);
      if (i > 0) continue;
      tally.failures.push(...(await checkExtremes([text], seed, tally.errors)).failures);
      if (filed().includes(name)) tally.failures.push(...(await checkNaive([text], seed, tally.errors)).failures);
    } catch (error) {
      tally.failures.push(`${name} ${JSON.stringify(choice)}: ${String(error)}`);
    }
  }
  try {
    if (filed().includes(name)) tally.scores.push(await score(name, 'wgsl', second.run, full ? 7 : 4, MUTANTS));
  } catch (error) {
    tally.failures.push(`${name}: ${String(error)}`);
  }
  tally.kernels += 1;
}

async function validated(second: Second, failures: string[]): Promise<number> {
  let accepted = 0;
  for (const [file, text] of texts()) {
    const refused = await second.validate(text);
    if (refused === undefined) accepted += 1;
    else failures.push(`${file}: ${refused}`);
  }
  if (accepted === 0) failures.push('no text was validated');
  return accepted;
}

const figure = (name: string, value: number): Figure => ({ name, value });

/** On an implementation that is open already; the caller closes it. */
export async function partOn(second: Second, options: Options): Promise<Part> {
  const tally: Tally = {
    ...{ kernels: 0, texts: 0, runs: 0, unbounded: 0, worst: 0 },
    ...{ failures: [], errors: new Map(), scores: [] },
  };
  const accepted = await validated(second, tally.failures);
  for (const name of options.full ? kernelNames() : sample(options.seed)) await kernel(second, name, options, tally);
  if (tally.runs === 0) tally.failures.push('nothing was run');
  return {
    title: 'second WGSL implementation',
    figures: [
      figure('files of kernels that naga accepts', accepted),
      figure('kernels run by wgpu', tally.kernels),
      figure('texts of them, by tiles', tally.texts),
      figure('runs compared with the statement', tally.runs),
      figure('cases without a bound', tally.unbounded),
      figure('worst error over bound', tally.worst),
    ],
    rows: [...errors([tally.errors], SECOND), ...caughtBy(tally.scores, SECOND)],
    notes: survivorsOf(tally.scores, SECOND),
    failures: tally.failures.map((f) => `${f} (seed ${options.seed})`),
  };
}

export async function part(options: Options): Promise<Part> {
  const second = await openSecond();
  try {
    return await partOn(second, options);
  } finally {
    await second.close();
  }
}
