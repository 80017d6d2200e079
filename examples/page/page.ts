// The page `out/genes.html`: what was proved, what ran, how far off it is and what it found. Invariant: one file that loads nothing; every number is the one that
// `npm start` prints; what a plot shows stands in a table below it; the text is well formed as XML too. Knows no file.
import type { Strongest } from '../weights.js';
import { type Heat, type Judged, errorPlot, heatMap } from './plots.js';
import { style } from './style.js';
import { escaped, scientific, short, signed } from './words.js';

export interface Facts {
  readonly device: string;
  readonly theorems: number;
  readonly patients: number;
  readonly names: readonly string[];
  /** of the element whose error is the largest share of its bound */
  readonly worst: { readonly error: number; readonly bound: number };
  readonly judged: Judged;
  /** the text that was run */
  readonly kernel: string;
  /** the statement, and the loop that is the right-hand side, as SVG */
  readonly statement: string;
  readonly loop: string;
  /** those whose results are longest, each with its weights */
  readonly genes: readonly (Strongest & { readonly row: number; readonly norm: number })[];
}

/** The loop over the full tiles of an axis, word for word. */
export function loopOf(kernel: string, axis: string): string {
  const lines = kernel.split('\n');
  const from = lines.findIndex((l) => l.trim() === `// the full tiles of ${axis}`);
  if (from < 0) throw new Error(`the kernel has no loop over the tiles of ${axis}`);
  const margin = /^ */.exec(lines[from]!)![0].length;
  const to = lines.findIndex((l, i) => i > from && l === `${' '.repeat(margin)}}`);
  return lines
    .slice(from, to + 1)
    .map((l) => l.slice(margin))
    .join('\n');
}

/** A picture inside of a page: its names and its style are its own. */
export function inside(svg: string, id: string): string {
  const text = svg
    .replace(/^<!--[^]*?-->\n/, '')
    .replace('aria-labelledby="t d"', `aria-labelledby="${id}-t ${id}-d"`)
    .replace('<title id="t">', `<title id="${id}-t">`)
    .replace('<desc id="d">', `<desc id="${id}-d">`)
    .replace(/<style>([^]*?)<\/style>/, (_, css: string) => `<style>#${id}{${css}}</style>`);
  return `<div id="${id}" class="picture" tabindex="0" role="region" aria-labelledby="${id}-t">${text}</div>`;
}

type Row = readonly string[];
const cells = (tag: 'th' | 'td', row: Row, scope = ''): string =>
  row.map((c) => `<${tag}${scope}>${escaped(c)}</${tag}>`).join('');
function table(caption: string, head: Row, rows: readonly Row[]): string {
  const body = rows.map(([first, ...rest]) => `<tr>${cells('th', [first!], ' scope="row"')}${cells('td', rest)}</tr>`);
  const top = `<thead><tr>${cells('th', head, ' scope="col"')}</tr></thead>`;
  return `<table><caption>${escaped(caption)}</caption>${top}<tbody>\n${body.join('\n')}\n</tbody></table>`;
}

// ---- the error ----------------------------------------------------------------------------------------------------------

const SHARES = [0, 0.001, 0.01, 0.1, 1];
/** How many elements have an error of at most such a share of their bound. */
export function shares({ error, bound }: Judged): readonly (readonly [string, number])[] {
  const counts = [...SHARES, Infinity].map(() => 0);
  for (let i = 0; i < error.length; i++) {
    const share = error[i] === 0 ? 0 : error[i]! / bound[i]!;
    const at = SHARES.findIndex((s) => share <= s);
    counts[at < 0 ? SHARES.length : at]! += 1;
  }
  const words = ['no error', 'up to 0.001', '0.001 to 0.01', '0.01 to 0.1', '0.1 to 1', 'over the bound'];
  return words.map((w, i) => [w, counts[i]!]);
}

function errors({ judged, worst }: Facts): string {
  const rows = shares(judged).map(([share, count]): Row => [share, String(count)]);
  const [error, bound] = [scientific(worst.error), scientific(worst.bound)];
  return `<section aria-labelledby="error"><h2 id="error">The error against its bound</h2>
<p>Each of ${judged.error.length} elements is compared with the statement in float64. The bound is derived from the kernel's own loops and evaluated on these data. The largest share of a
bound has an element with error ${error} and bound ${bound}.</p>
<figure>${errorPlot(judged, worst)}
<figcaption>How many elements have such a bound and such an error, the more, the stronger the blue; those without an error are not drawn.</figcaption></figure>
${table('Elements by the share of its bound that an error is', ['error / bound', 'elements'], rows)}</section>`;
}

// ---- the genes ----------------------------------------------------------------------------------------------------------

/** The genes as columns, and as rows all that pull or push one of them most, from the largest mean weight to the smallest. */
export function heatOf({ genes, names }: Facts): Heat {
  const keys = [...new Set(genes.flatMap((g) => [...g.positive, ...g.negative].map((w) => w.key)))];
  const mean = (key: number): number => genes.reduce((sum, g) => sum + (g.row === key ? 0 : g.weights[key]!), 0);
  keys.sort((a, b) => mean(b) - mean(a) || a - b);
  return {
    queries: genes.map((_, i) => `gene ${i + 1}`),
    keys: keys.map((k) => short(names[k]!)),
    weights: keys.map((k) => genes.map((g) => (g.row === k ? undefined : g.weights[k]!))),
  };
}

function found(facts: Facts): string {
  const heat = heatOf(facts);
  const rows = heat.keys.map((key, i): Row => [
    key,
    ...heat.weights[i]!.map((w) => (w === undefined ? 'itself' : signed(w))),
  ]);
  const genes = facts.genes.map(({ row, norm }, i): Row => [
    `gene ${i + 1}`,
    short(facts.names[row]!),
    norm.toFixed(3),
  ]);
  return `<section aria-labelledby="genes"><h2 id="genes">Which genes pull, and which push</h2>
<p>The ${genes.length} genes whose results are longest. A weight over 0 pulls a gene towards one that rises with it, one below 0 pushes it from one that falls when it rises.</p>
${table('The genes of the columns', ['column', 'gene', 'norm'], genes)}
<figure>${heatMap(heat)}
<figcaption>The weights on these genes: blue pulls, red pushes; the sign is printed.</figcaption></figure>
<details><summary>The weights as a table</summary>
${table('Weights', ['gene', ...heat.queries], rows)}</details></section>`;
}

// ---- the page -----------------------------------------------------------------------------------------------------------

export function pageOf(facts: Facts): string {
  const { names, patients, theorems, device, kernel, statement, loop } = facts;
  const description = `A kernel extracted from a theorem, run on the expression of ${names.length} genes in ${patients} patients, and compared with its statement.`;
  return `<!DOCTYPE html>
<html lang="en" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8" />
<title>Genes that attend to genes</title>
<meta name="description" content="${escaped(description)}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<style>${style}</style>
</head>
<body>
<header><h1>Genes that attend to genes</h1>
<p>${escaped(description)} The library has ${theorems} theorems, all proved. It ran on ${escaped(device)}.</p></header>
<main>
<section aria-labelledby="statement"><h2 id="statement">The algorithm</h2>
<p>The statement: each gene is a query <var>q</var>, a key <var>k</var> and a value <var>v</var>; the weights are divided by their norm, not made positive.</p>
${inside(statement, 'picture-statement')}
<p>The loop that is proved to be the same: one pass over the keys, with the state (<var>z</var>, <var>o</var>).</p>
${inside(loop, 'picture-loop')}</section>
<section aria-labelledby="loop"><h2 id="loop">The kernel's loop</h2>
<p>An excerpt of the text that ran: the loop over the full tiles of keys.</p>
<pre tabindex="0" role="region" aria-labelledby="loop"><code>${escaped(loopOf(kernel, 'k'))}</code></pre></section>
${errors(facts)}
${found(facts)}
</main>
</body>
</html>
`;
}
