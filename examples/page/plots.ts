// The two plots of the page, by Observable Plot, as SVG texts. Invariant: what a plot shows stands in a table too; a sign is never a colour alone. Knows no kernel.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { signed } from './words.js';

const { document } = parseHTML('<!doctype html><html><body></body></html>');
const BLUE = '#0072b2';
const ORANGE = '#d55e00';

export interface Judged {
  readonly error: ArrayLike<number>;
  readonly bound: ArrayLike<number>;
}

interface Point {
  readonly error: number;
  readonly bound: number;
}

/** The decades around some cells of a quarter each, cut into quarters; the values are where cells begin. */
function quarters(values: readonly number[]): readonly number[] {
  const [from, to] = [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values) + 0.25)];
  return Array.from({ length: (to - from) * 4 + 1 }, (_, i) => from + i / 4);
}

/** Logarithms in quarters of decades: so many elements have such a bound and such an error. */
function counted({ error, bound }: Judged): readonly (Point & { readonly count: number })[] {
  const cells = new Map<string, number>();
  for (let i = 0; i < error.length; i++) {
    const [e, b] = [error[i]!, bound[i]!].map((x) => Math.floor(4 * Math.log10(x)) / 4) as [number, number];
    if (!Number.isFinite(e) || !Number.isFinite(b)) continue;
    cells.set(`${b} ${e}`, (cells.get(`${b} ${e}`) ?? 0) + 1);
  }
  return [...cells].map(([at, count]) => {
    const [b, e] = at.split(' ').map(Number) as [number, number];
    return { bound: b, error: e, count };
  });
}

/** Every element by its bound and its error, both axes in powers of ten; `worst` is the one of the largest ratio. */
export function errorPlot(judged: Judged, worst: Point): string {
  const cells = counted(judged);
  const [bounds, errors] = [quarters(cells.map((c) => c.bound)), quarters(cells.map((c) => c.error))];
  const at = { bound: Math.log10(worst.bound), error: Math.log10(worst.error) };
  const ends = [Math.max(bounds[0]!, errors[0]!), bounds.at(-1)!];
  const power = (d: number): string => `1e${d}`;
  const decades = (all: readonly number[]): readonly number[] => all.filter(Number.isInteger);
  return textOf(
    Plot.plot({
      document,
      width: 720,
      height: 430,
      marginLeft: 60,
      marginBottom: 45,
      style: { fontSize: '12px' },
      ariaLabel: 'The error of each element against its bound',
      ariaDescription:
        'Every element lies below the line where the error is the bound. The table below has the numbers.',
      x: { domain: [bounds[0]!, bounds.at(-1)!], label: 'bound →', tickFormat: power, ticks: decades(bounds) },
      y: {
        domain: [errors[0]!, Math.max(errors.at(-1)!, bounds.at(-1)!)],
        label: '↑ error',
        tickFormat: power,
        ticks: decades([...errors, ...bounds]),
      },
      opacity: { type: 'log', range: [0.18, 1] },
      marks: [
        Plot.rect(cells, {
          x1: 'bound',
          x2: (c: Point) => c.bound + 0.25,
          y1: 'error',
          y2: (c: Point) => c.error + 0.25,
          fill: BLUE,
          fillOpacity: 'count',
        }),
        Plot.line(
          ends.map((x) => [x, x]),
          { stroke: 'currentColor', strokeWidth: 1.5, strokeDasharray: '6 4' },
        ),
        Plot.text([{ x: (ends[0]! + ends[1]!) / 2, y: (ends[0]! + ends[1]!) / 2 }], {
          x: 'x',
          y: 'y',
          text: () => 'error = bound',
          textAnchor: 'end',
          dx: -14,
          dy: -6,
          fill: 'currentColor',
          fontSize: 12,
        }),
        Plot.dot([at], { x: 'bound', y: 'error', r: 6, stroke: ORANGE, strokeWidth: 2 }),
        Plot.text([at], {
          x: 'bound',
          y: 'error',
          text: () => 'largest share of its bound',
          textAnchor: 'end',
          dx: -10,
          dy: -12,
          stroke: 'var(--paper)',
          strokeWidth: 4,
          fill: 'currentColor',
          fontSize: 12,
        }),
      ],
    }),
  );
}

export interface Heat {
  /** of the columns, and of the rows */
  readonly queries: readonly string[];
  readonly keys: readonly string[];
  /** by row, then by column; nothing where a gene meets itself */
  readonly weights: readonly (readonly (number | undefined)[])[];
}

/** A cell for each gene that pulls or pushes one of some others. */
export function heatMap({ queries, keys, weights }: Heat): string {
  const cells = keys.flatMap((key, i) => queries.map((query, j) => ({ key, query, weight: weights[i]![j] })));
  const most = Math.max(...cells.map((c) => Math.abs(c.weight ?? 0)));
  const isDark = (w: number | undefined): boolean => Math.abs(w ?? 0) > 0.62 * most;
  const filled = cells.filter((c) => c.weight !== undefined);
  return textOf(
    Plot.plot({
      document,
      width: 860,
      height: 60 + 26 * keys.length,
      marginLeft: 400,
      marginTop: 40,
      padding: 0.04,
      ariaLabel: 'The weights of the strongest genes',
      ariaDescription: 'Each cell has its signed weight as text. The table below has the same numbers.',
      style: { fontSize: '11px' },
      x: { domain: [...queries], axis: 'top', label: null, tickSize: 0 },
      y: { domain: [...keys], label: null, tickSize: 0 },
      color: { type: 'diverging', scheme: 'RdBu', domain: [-most, most] },
      marks: [
        Plot.cell(filled, { x: 'query', y: 'key', fill: 'weight' }),
        Plot.text(filled, {
          x: 'query',
          y: 'key',
          text: (c: { readonly weight: number }) => signed(c.weight),
          fill: (c: { readonly weight: number }) => (isDark(c.weight) ? '#fff' : '#111'),
        }),
        Plot.text(
          cells.filter((c) => c.weight === undefined),
          { x: 'query', y: 'key', text: () => 'itself', fill: 'currentColor' },
        ),
      ],
    }),
  );
}

/** Stands in a page: the name of its language, and what it is to a reader of the screen. */
function textOf(made: unknown): string {
  const plot = made as { setAttribute(name: string, value: string): void; readonly outerHTML: string };
  plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  plot.setAttribute('role', 'img');
  return plot.outerHTML;
}
