// The texts that are checked for races: every WGSL file of kernels/, its tile sizes made small. Invariant: a text is the file's own but for its constants,
// its workgroup size and the steps of its lanes. It does not know what a race is.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { laneCount } from '../../../src/kernel/ir/kernel.js';
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
  /** the text of the file at small tiles */
  readonly text: string;
  /** whether it is what the kernel gives at these tiles */
  readonly isFile: boolean;
}

/** Small tiles for the axes that the file cuts, by its header; the others it runs whole. */
function smallOf(name: string, file: string): Choice {
  const cut = new Set([...file.matchAll(/^\/\/ axis (\w+): .*\btiles of \d/gm)].map((m) => m[1]!));
  const { tiles, ...rest } = smallChoice(name, 'first');
  return { ...rest, tiles: Object.fromEntries(Object.entries(tiles).filter(([axis]) => cut.has(axis))) };
}

/** The file with the constants of the small kernel in the place of its own: it must then be the small kernel. */
export function smallText(name: string): Checked {
  const file = readFileSync(`${root}${name}.wgsl`, 'utf8');
  const kernel = get(extracted(name, 'wgsl', smallOf(name, file)));
  const [own, small] = [bodyOf(file), bodyOf(kernel.emitted.text)];
  const constants = new Map([...small.matchAll(/^const (\w+) = (\w+);$/gm)].map((m) => [m[1]!, m[2]!]));
  const lanes = laneCount(kernel.emitted.validated.kernel);
  const text = own
    .replace(/^const (\w+) = \w+;$/gm, (_, c: string) => `const ${c} = ${constants.get(c) ?? '?'};`)
    .replace(/@workgroup_size\(\d+\)/, `@workgroup_size(${lanes})`)
    .replace(/(slot|\w+) \+= \d+u\)/g, `$1 += ${lanes}u)`);
  return { name, kernel, text, isFile: text === small };
}

/** The text without its n-th barrier; the others keep their lines. */
export const withoutBarrier = (text: string, n: number): string => {
  let seen = 0;
  return text.replace(/workgroupBarrier\(\);/g, (b) => (seen++ === n ? '' : b));
};
export const barriers = (text: string): number => text.match(/workgroupBarrier\(\);/g)?.length ?? 0;
