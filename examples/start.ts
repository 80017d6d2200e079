// `npm start`: the library is checked, a kernel extracted from a theorem and run on the expression of 3051 genes in 38 patients, and the result read. The same is
// written as a page, out/genes.html.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Check, type InputArray, check, decodeNpy, libraryFolder } from 'weft';
import { factsOf, linesOf } from './genes.js';
import { pageOf } from './page/page.js';

const page = join(import.meta.dirname, '..', 'out', 'genes.html');

const began = performance.now();
const seconds = (): string => ((performance.now() - began) / 1000).toFixed(1);
const step = (text: string): void => console.error(`[${seconds()} s] ${text}`);

function genes(folder: string): { readonly names: readonly string[]; readonly data: InputArray } {
  const file = decodeNpy(readFileSync(join(folder, 'golub-3051x38.npy')));
  if (file._tag === 'Left') throw new Error('examples/data/golub-3051x38.npy is broken');
  const lines = readFileSync(join(folder, 'golub-genes.txt'), 'utf8').trimEnd().split('\n');
  return { names: lines.map((l) => l.split('\t')[1] ?? l), data: file.right };
}

function library(): Check {
  step('checking the library');
  const checked = check(libraryFolder);
  if (!checked.ok) throw new Error(checked.messages[0] ?? 'no theorem was found');
  return checked;
}

async function main(): Promise<void> {
  const facts = await factsOf(library(), genes(join(import.meta.dirname, 'data')), 'wgsl', step);
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, pageOf(facts));
  step('wrote out/genes.html');
  linesOf(facts, seconds()).forEach((line) => console.log(line));
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
