// The checks of this folder for one kernel, as lists of failures with what repeats them. Invariant: a check that compared nothing fails. It knows neither
// how texts are run nor who prints.
import { type Case, inDomain, prepare } from '../kernels/case.js';
import { type Text, measure } from '../kernels/property.js';
import {
  type Agreement,
  EXTREMES,
  type Execution,
  agreement,
  executed,
  extremeCase,
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
    run += 1;
    const done: Execution[] = [];
    for (const t of texts) done.push(await executed(t, prepare(t.kernel, c), c.seed + done.length));
    const n = streamedSize(kernel, c);
    for (const [i, t] of texts.entries()) {
      for (const [k, other] of texts.entries())
        if (k > i) said(t, `and another text (${other.target})`, c, agreement(done[i]!, done[k]!));
      if (n > 1)
        said(t, 'and merged parts', c, splitAgrees(t, prepare(t.kernel, c), done[i]!, 1 + ((seed + tries) % (n - 1))));
      const swapped = kernel.info.strength === 'commutative' && (i + tries) % texts.length === 0;
      if (swapped) said(t, 'and a permuted stream', c, await permutationAgrees(t, c, done[i]!));
    }
  }
  return { failures: compared > 0 ? failures : [...failures, `${kernel.name}: nothing was compared`], compared };
}

/** Every extreme, on each text: within the bound where there is one, and everything written anyway. */
export async function checkExtremes(
  texts: readonly Text[],
  seed: number,
): Promise<Found & { readonly bounded: readonly string[] }> {
  const [failures, bounded]: [string[], string[]] = [[], []];
  for (const t of texts)
    for (const e of EXTREMES) {
      const c = extremeCase(t.kernel, e, seed);
      for (const m of (await measure([t], c)) ?? []) {
        bounded.push(e.name);
        if (!(m.off.ratio <= 1)) failures.push(line(t, e.name, c, m.off.ratio));
      }
    }
  return { failures, bounded: [...new Set(bounded)], compared: bounded.length };
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
