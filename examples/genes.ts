// Genes attend to genes: each gene is a query, a key and a value of some patients. The weights keep their sign, so a gene is pulled towards genes that rise
// with it and pushed from those that fall when it rises. Runs the proved kernel on them, and says what it found. Knows no file.
import {
  type Check,
  type InputArray,
  type OutputArray,
  type PictureOptions,
  type Target,
  draw,
  extract,
  run,
} from 'weft';
import type { Facts } from './page/page.js';
import { scientific, short, signed } from './page/words.js';
import { strongestWeights } from './weights.js';

const NAME = 'spherical-attention';
const EPS = 1e-6;
const [GENES, KEYS] = [5, 3];

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

/** Extracts the kernel, runs it and judges every element; throws where an error is over its bound, or not judged. */
export async function factsOf(
  checked: Check,
  { names, data }: { readonly names: readonly string[]; readonly data: InputArray },
  target: Target,
  step: (text: string) => void,
): Promise<Facts> {
  step(`extracting ${NAME}`);
  const kernel = extract(checked, NAME, { target, sizes: { e: data.shape[1]! } });
  step(`running it on ${names.length} genes, and evaluating its statement in float64`);
  const inputs = { q: data, k: data, v: data, eps: EPS };
  const { outputs, device, deviation, unjudged, elements } = await run(kernel, inputs, { check: true, elements: true });
  step(`ran on ${device}`);
  if (!deviation || !(deviation.ratio <= 1)) throw new Error(`error ${deviation?.error} is over the bound`);
  if (unjudged !== 0) throw new Error(`${unjudged} elements are not judged`);
  const longest = longestRows(outputs[0]!, GENES);
  const rows = longest.map((g) => g.row);
  const weights = strongestWeights(checked.library, data, rows, EPS, KEYS);
  const picture = (options: PictureOptions): string => draw(checked, NAME, { width: 1000, ...options });
  return {
    device,
    theorems: checked.theorems.length,
    patients: data.shape[1]!,
    names,
    worst: deviation,
    judged: elements![0]!,
    kernel: kernel.text,
    statement: picture({ side: 'lhs' }),
    loop: picture({ level: true }),
    genes: longest.map((g, i) => ({ ...g, ...weights[i]! })),
  };
}

/** What is printed. */
export function linesOf({ names, genes, theorems, worst }: Facts, seconds: string): readonly string[] {
  const lines = genes.flatMap(({ row, norm, positive, negative }) => {
    const line = ({ key, weight }: { readonly key: number; readonly weight: number }): string =>
      `    ${signed(weight)}  ${short(names[key]!)}`;
    const all = ['  rises with', ...positive.map(line), '  falls with', ...negative.map(line)];
    return [short(names[row]!), `  norm ${norm.toFixed(3)}`, ...all];
  });
  const [error, bound] = [worst.error, worst.bound].map(scientific);
  return [...lines, `ok: ${theorems} theorems, error ${error}, bound ${bound}, ${seconds} s`];
}
