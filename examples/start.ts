// `npm start`: the library is checked, a kernel extracted from a theorem and run on gene expression data, and the result read.
// Genes attend to genes: each of 3051 genes is a query, a key and a value of 38 patients. The weights keep their sign, so a gene is
// pulled towards genes that rise with it and pushed from those that fall when it rises.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Check,
  type InputArray,
  type Library,
  type OutputArray,
  check,
  decodeNpy,
  extract,
  libraryFolder,
  run,
} from 'weft';
import { type Strongest, strongestWeights } from './weights.js';

const began = performance.now();
const seconds = (): string => ((performance.now() - began) / 1000).toFixed(1);
const step = (text: string): void => console.error(`[${seconds()} s] ${text}`);

function genes(folder: string): { readonly names: readonly string[]; readonly data: InputArray } {
  const file = decodeNpy(readFileSync(join(folder, 'golub-3051x38.npy')));
  if (file._tag === 'Left') throw new Error('examples/data/golub-3051x38.npy is broken');
  const lines = readFileSync(join(folder, 'golub-genes.txt'), 'utf8').trimEnd().split('\n');
  return { names: lines.map((l) => l.split('\t')[1] ?? l), data: file.right };
}

/** The rows of the largest L2 norm, the largest first. */
function longestRows(
  { shape, data }: OutputArray,
  count: number,
): readonly { readonly row: number; readonly norm: number }[] {
  const [rows, columns] = shape as [number, number];
  const norm = (row: number): number => Math.hypot(...data.subarray(row * columns, (row + 1) * columns));
  return Array.from({ length: rows }, (_, row) => ({ row, norm: norm(row) }))
    .sort((a, b) => b.norm - a.norm || a.row - b.row)
    .slice(0, count);
}

const short = (name: string): string => (name.length > 60 ? `${name.slice(0, 59)}…` : name);

function printGene(names: readonly string[], row: number, norm: number, { positive, negative }: Strongest): void {
  const line = ({ key, weight }: { readonly key: number; readonly weight: number }): string =>
    `    ${weight >= 0 ? '+' : '-'}${Math.abs(weight).toFixed(4)}  ${short(names[key]!)}`;
  console.log(`${short(names[row]!)}\n  norm ${norm.toFixed(3)}`);
  console.log('  rises with');
  positive.forEach((w) => console.log(line(w)));
  console.log('  falls with');
  negative.forEach((w) => console.log(line(w)));
}

function library(): { readonly checked: Check; readonly library: Library; readonly count: number } {
  step('checking the library');
  const checked = check(libraryFolder);
  if (!checked.ok) throw new Error(checked.messages[0] ?? 'no theorem was found');
  return { checked, library: checked.library, count: checked.theorems.length };
}

async function main(): Promise<void> {
  const { checked, library: proved, count } = library();
  step('extracting spherical-attention');
  const { names, data } = genes(join(import.meta.dirname, 'data'));
  const kernel = extract(checked, 'spherical-attention', { target: 'wgsl', sizes: { e: data.shape[1]! } });
  const eps = 1e-6;
  step(`running it on ${names.length} genes, and evaluating its statement in float64`);
  const { outputs, device, deviation, unjudged } = await run(
    kernel,
    { q: data, k: data, v: data, eps },
    { check: true },
  );
  step(`ran on ${device}`);
  if (!deviation || !(deviation.ratio <= 1)) throw new Error(`error ${deviation?.error} is over the bound`);
  if (unjudged !== 0) throw new Error(`${unjudged} elements are not judged`);
  const longest = longestRows(outputs[0]!, 5);
  const weights = strongestWeights(
    proved,
    data,
    longest.map((g) => g.row),
    eps,
    3,
  );
  longest.forEach(({ row, norm }, i) => printGene(names, row, norm, weights[i]!));
  const [error, bound] = [deviation.error, deviation.bound].map((x) => x.toExponential(2));
  console.log(`ok: ${count} theorems, error ${error}, bound ${bound}, ${seconds()} s`);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
