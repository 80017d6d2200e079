// A kernel as a file: the line that marks it, then its text, or the header of its launcher. Invariant: the first line is the command that gives the
// same bytes again. Knows no files.
import type { Extracted } from '../kernel/extract/extract.js';
import { marker } from './output.js';

/** The schedule that a command line asks for. */
export interface Chosen {
  readonly tiles: ReadonlyMap<string, number>;
  readonly perLane: ReadonlyMap<string, number>;
  readonly lanes: ReadonlyMap<string, number>;
  readonly whole: ReadonlySet<string>;
  /** one number counts all blocks */
  readonly fold: boolean;
}
export const byDefault: Chosen = {
  tiles: new Map(),
  perLane: new Map(),
  lanes: new Map(),
  whole: new Set(),
  fold: false,
};

/** The options that give a schedule, each with a space before it. */
export function optionsText({ tiles, perLane, lanes, whole }: Omit<Chosen, 'fold'>): string {
  const sizes = (of: ReadonlyMap<string, number>): string => [...of].map(([axis, size]) => `${axis}=${size}`).join();
  const given = [
    ['tile', sizes(tiles)],
    ['per-lane', sizes(perLane)],
    ['lanes', sizes(lanes)],
    ['whole', [...whole].join()],
  ];
  return given.flatMap(([option, value]) => (value === '' ? [] : ` --${option!} ${value!}`)).join('');
}

/** The first line of a file: who wrote it, and how. */
const markLine = ({ name, target }: Extracted, chosen: Chosen): string =>
  `// ${marker}: weft extract ${name} --target ${target}${optionsText(chosen)}${chosen.fold ? ' --fold' : ''}`;

/** The file: the line that marks it, then the kernel under its header. */
export const fileText = (kernel: Extracted, chosen: Chosen): string => `${markLine(kernel, chosen)}\n${kernel.text}`;

/** The C header of its launcher; other targets have none. */
export const headerText = (kernel: Extracted, chosen: Chosen): string =>
  `${markLine(kernel, chosen)} --header\n${kernel.header ?? ''}`;
