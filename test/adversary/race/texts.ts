// The texts that are checked for races: every WGSL file of kernels/ at small tiles and few lanes. Invariant: a text is the file's own but for its whole
// numbers. It does not know what a race is.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { kernelNames } from '../../target/kernels/names.js';
import { type Choice, extracted } from '../../target/kernels/pool.js';
import { ownStreams } from '../../target/kernels/library.js';
import { get } from '../../support/ir/dsl.js';
import { smallChoice } from '../mutation/kernel/subject.js';

const root = fileURLToPath(new URL('../../../kernels/', import.meta.url));

/** The kernels that are checked in. */
export const fileNames = (): readonly string[] => kernelNames().filter((n) => !ownStreams().has(n));

const bodyOf = (text: string): string => text.slice(text.indexOf('\n\n') + 2);

export interface Checked {
  readonly name: string;
  readonly kernel: Extracted;
  /** the kernel's text at small tiles */
  readonly text: string;
  /** whether it is the file's, but for how many there are of each thing */
  readonly isFile: boolean;
}

/** How many lanes have a row, where several do. */
const FEW = 4;

/** Small tiles for the axes that the file cuts and few lanes where it has several, by its header; the other axes it runs whole. */
function smallOf(name: string, file: string): Choice {
  const cut = new Set([...file.matchAll(/^\/\/ axis (\w+): .*\btiles of \d/gm)].map((m) => m[1]!));
  const along = [...file.matchAll(/^\/\/ axis (\w+): \d+ lanes a row/gm)].map((m) => [m[1]!, FEW] as const);
  const { tiles, lanes, ...rest } = smallChoice(name, 'first');
  const small = Object.fromEntries(Object.entries(tiles).filter(([axis]) => cut.has(axis)));
  return { ...rest, tiles: small, lanes: { ...lanes, ...Object.fromEntries(along) } };
}

/** Tiles, lanes and turns are numbers in a text: two schedules of one kind differ in nothing else. */
const numberless = (text: string): string => text.replace(/\b\d+u/g, '#u');

export function smallText(name: string): Checked {
  const file = readFileSync(`${root}${name}.wgsl`, 'utf8');
  const kernel = get(extracted(name, 'wgsl', smallOf(name, file)));
  const { text } = kernel.emitted;
  const shape = (whole: string): string => numberless(bodyOf(whole)).replace(/@workgroup_size\(\d+\)/, '');
  return { name, kernel, text: bodyOf(text), isFile: shape(file) === shape(text) };
}

/** The text without its n-th barrier; the others keep their lines. */
export const withoutBarrier = (text: string, n: number): string => {
  let seen = 0;
  return text.replace(/workgroupBarrier\(\);/g, (b) => (seen++ === n ? '' : b));
};
export const barriers = (text: string): number => text.match(/workgroupBarrier\(\);/g)?.length ?? 0;
