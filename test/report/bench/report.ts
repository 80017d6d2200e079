// How a bench file prints: a table, or with --json one object. Invariant: figures are medians of what was measured; a missed aim is said, and fails nothing.
import { readFileSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from '../../../src/proof/script/result.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export const sources = (folder: string): readonly SourceFile[] =>
  readdirSync(root + folder)
    .filter((f) => f.endsWith('.weft'))
    .sort()
    .map((f) => ({ path: `${folder}/${f}`, text: readFileSync(`${root}${folder}/${f}`, 'utf8') }));

/** Seconds of one call by the clock and of this process's work in it (what counts on a busy machine), and what it gave. */
export function timed<A>(run: () => A): { readonly seconds: number; readonly work: number; readonly value: A } {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const value = run();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, work: (user + system) / 1e6, value };
}

export function median(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** the most that is aimed at */
  readonly aim?: number;
}

const shown = (x: number): string => (x >= 100 ? String(Math.round(x)) : x.toPrecision(3));

export function report(title: string, figures: readonly Figure[]): void {
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ title, cores: cpus().length, node: process.version, figures })}\n`);
    return;
  }
  const wide = Math.max(...figures.map((f) => f.what.length));
  console.log(`${title} (${cpus().length} cores, Node ${process.version})`);
  for (const { what, value, unit, aim } of figures) {
    const verdict = aim === undefined ? '' : value <= aim ? `  aim ${aim}` : `  aim ${aim}: missed`;
    console.log(`  ${what.padEnd(wide)}  ${shown(value).padStart(8)} ${unit}${verdict}`);
  }
}
