// The checks of this folder for one kernel, as lists of failures with what repeats them. Invariant: a check that compared nothing fails. It knows neither
// how texts are run nor who prints.
import { type Case, inDomain, prepare } from '../../target/kernels/case.js';
import {
  type Tally,
  type Text,
  type Worst,
  count,
  measure,
  muchWorseThanNaive,
  overNaive,
} from '../../target/kernels/property.js';
import {
  type Agreement,
  EXTREMES,
  type Execution,
  agreement,
  executed,
  extremeCase,
  hardCase,
  isUnordered,
  permutationAgrees,
  splitAgrees,
  streamedSize,
} from './properties.js';
import { stored } from './storage.js';
import { randomCase } from './texts.js';

export interface Found {
  readonly failures: readonly string[];
  readonly compared: number;
}

const line = (t: Text, what: string, c: Case, ratio: number): string =>
  `${t.kernel.name} ${t.target}: ${what}: ${ratio} of what is allowed at ${JSON.stringify(c)}`;

/** Any two of the texts, each with its own parts and orders, on `runs` random cases. */
export async function checkAgreements(
  texts: readonly Text[],
  seed: number,
  runs: number,
  most: number,
): Promise<Found> {
  const failures: string[] = [];
  let compared = 0;
  const said = (t: Text, what: string, c: Case, a: Agreement): void => {
    compared += a.compared;
    if (!(a.ratio <= 1)) failures.push(line(t, what, c, a.ratio));
  };
  const { kernel } = texts[0]!;
  for (let run = 0, tries = 0; run < runs && tries < 20 * runs; tries++) {
    const c = randomCase(kernel, seed + tries, most);
    if (!inDomain(kernel, prepare(kernel, c))) continue;
    const before = compared;
    const done: Execution[] = [];
    for (const t of texts) done.push(await executed(t, prepare(t.kernel, c), c.seed + done.length));
    const n = streamedSize(kernel, c);
    for (const [i, t] of texts.entries()) {
      for (const [k, other] of texts.entries())
        if (k > i) said(t, `and another text (${other.target})`, c, agreement(done[i]!, done[k]!));
      if (n > 1)
        said(t, 'and merged parts', c, splitAgrees(t, prepare(t.kernel, c), done[i]!, 1 + ((seed + tries) % (n - 1))));
      const swapped = isUnordered(kernel) && (i + tries) % texts.length === 0;
      if (swapped) said(t, 'and a permuted stream', c, await permutationAgrees(t, c, done[i]!));
    }
    // a case whose numbers all overflow compares nothing, and is none
    if (compared > before) run += 1;
  }
  return { failures: compared > 0 ? failures : [...failures, `${kernel.name}: nothing was compared`], compared };
}

/** Every extreme, on each text: within the bound where there is one, and everything written anyway; counted in `worst`. */
export async function checkExtremes(
  texts: readonly Text[],
  seed: number,
  worst: Worst = new Map(),
): Promise<Found & { readonly bounded: readonly string[] }> {
  const [failures, bounded]: [string[], string[]] = [[], []];
  for (const t of texts)
    for (const e of EXTREMES) {
      const c = extremeCase(t.kernel, e, seed);
      for (const m of (await measure([t], c)) ?? []) {
        bounded.push(e.name);
        count(worst, t.kernel.name, m);
        if (!(m.off.ratio <= 1)) failures.push(line(t, e.name, c, m.off.ratio));
      }
    }
  return { failures, bounded: [...new Set(bounded)], compared: bounded.length };
}

/** Data that are hard on sums: far from 0 for their spread; one number above all others, or many orders of magnitude, that the first may have. */
const HARD: readonly (readonly [name: string, of: Pick<Case, 'mean' | 'kind'>])[] = [
  ...[1, 1e2, 1e4, 1e6].map((mean) => [`spread 1 around ${mean}`, { mean }] as const),
  ['one far above', { kind: 'peak' }],
  ['twelve orders of magnitude', { kind: 'spread' }],
];
const LENGTHS = [1, 19];
/** Kernels that are known to be much worse than a naive program on one kind of data: their errors are counted and printed, and the bound judges them. */
const WORSE: Readonly<Record<string, string>> = {
  'layer-norm-linear': 'twelve orders of magnitude', // around the first element, which may be as small as any: docs/explanation/reals-and-floats.md
  'attention-unscaled': 'spread 1 around 100', // no gauge: exponentials of scores near -87 times a value are below 2^-126, where WGSL may keep no digit
};

/** Each text beside a naive program on hard data: for each kind of data a tally of its own, so that none is lost among the easy ones; counted in `all` too. */
export async function checkNaive(
  texts: readonly Text[],
  seed: number,
  all: Worst = new Map(),
): Promise<Found & { readonly worst: number }> {
  const failures: string[] = [];
  let [compared, worst] = [0, 0];
  const judged = (t: Text, what: string, tally: Tally): void => {
    compared += tally.cases;
    if (WORSE[t.kernel.name] === what) return;
    worst = Math.max(worst, overNaive(tally));
    if (muchWorseThanNaive(tally))
      failures.push(`${t.kernel.name} ${t.target}: ${what}: errors ${overNaive(tally)} of a naive program's`);
  };
  for (const t of texts)
    for (const [what, of] of HARD) {
      const found: Worst = new Map();
      for (const n of LENGTHS) {
        const c = hardCase(t.kernel, n, seed + n, of);
        for (const m of (await measure([t], c)) ?? []) {
          count(found, what, m);
          count(all, t.kernel.name, m);
        }
      }
      const tally = found.get(what)?.[t.target];
      if (tally) judged(t, what, tally);
    }
  return { failures: compared > 0 ? failures : [`${texts[0]!.kernel.name}: nothing was compared`], compared, worst };
}

/** f16 and bf16 storage. */
export async function checkStorage(
  texts: readonly Text[],
  seed: number,
  runs: number,
  most: number,
): Promise<Found & { readonly worst: number }> {
  const failures: string[] = [];
  let [compared, worst] = [0, 0];
  for (const t of texts)
    for (const format of ['f16', 'bf16'] as const)
      for (let run = 0; run < runs; run++) {
        const c = { ...randomCase(t.kernel, seed + run, most), scale: [0.5, 1, 2.5][run % 3]! };
        const off = await stored(t, c, format);
        if (!off) continue;
        compared += 1;
        worst = Math.max(worst, off.ratio);
        if (!(off.ratio <= 1)) failures.push(line(t, format, c, off.ratio));
      }
  return { failures, compared, worst };
}
