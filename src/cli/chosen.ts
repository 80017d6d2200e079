// The options of a schedule, as commands take them, and the kernel that they give. Invariant: what is no option is refused with exit 3 before anything is checked. Knows no files.
import * as E from 'fp-ts/lib/Either.js';
import { quoted } from '../language/print/clean.js';
import { extractMessage } from '../diagnostic/extract.js';
import { type ExtractError, type Extracted, extract } from '../kernel/extract/extract.js';
import type { Target } from '../kernel/ir/program.js';
import type { Checked } from './check.js';
import type { Chosen } from './kernel-text.js';
import { Refused, refuse } from '../diagnostic/refused.js';
import { demandFoldable } from './options.js';

export const targets: readonly Target[] = ['wgsl', 'cuda', 'host'];
export const suffix: Readonly<Record<Target, string>> = { wgsl: 'wgsl', cuda: 'cu', host: 'ts' };

export interface KernelOptions {
  readonly target: string;
  readonly tile?: string;
  readonly perLane?: string;
  readonly lanes?: string;
  readonly whole?: string;
  readonly fold?: boolean;
}

export function targetOf(text: string): Target {
  const found = targets.find((t) => t === text);
  return found ?? refuse(`there is no target ${quoted(text)}`, `the targets are ${targets.join(', ')}`);
}

export const chosenOf = (options: KernelOptions): Chosen => ({
  tiles: sizesOf('tile', options.tile),
  perLane: sizesOf('per-lane', options.perLane),
  lanes: sizesOf('lanes', options.lanes),
  whole: axesOf(options.whole),
  fold: demandFoldable(options.fold === true, targetOf(options.target)),
});

/** `d,e` */
function axesOf(text: string | undefined): ReadonlySet<string> {
  const names = text === undefined ? [] : text.split(',').map((name) => name.trim());
  for (const [i, name] of names.entries())
    if (!/^[\w'-]+$/.test(name) || names.indexOf(name) < i)
      refuse(`${quoted(name)} is no axis`, 'write --whole d,e, each axis once');
  return new Set(names);
}

/** `q=32,k=16` */
export function sizesOf(
  option: 'tile' | 'per-lane' | 'lanes' | 'size' | 'sizes',
  text: string | undefined,
): ReadonlyMap<string, number> {
  const tiles = new Map<string, number>();
  if (text === undefined) return tiles;
  for (const part of text.split(',')) {
    const [, axis, size] = /^([\w'-]+)=(\d{1,9})$/.exec(part.trim()) ?? [];
    if (axis === undefined || tiles.has(axis))
      refuse(
        `${quoted(part)} is no ${option === 'tile' ? 'tile' : 'size'}`,
        `write --${option} q=32,k=16, each axis once`,
      );
    tiles.set(axis, Number(size));
  }
  return tiles;
}

/** The kernel, or a refusal that exits 1 (not proved, rejected) or 3. */
export function kernelOf(
  checked: Pick<Checked, 'library'>,
  name: string,
  target: Target,
  chosen: Chosen,
  sizes: ReadonlyMap<string, number> = new Map(),
): Extracted {
  const found = extract(checked.library, name, target, { ...chosen, sizes, ragged: 'first' });
  if (E.isRight(found)) return found.right;
  throw new Refused(extractMessage(found.left), extractExit(found.left));
}

const USAGE: ReadonlySet<ExtractError['_tag']> = new Set(['NoStream', 'TwoDefinitions', 'NoArrays', 'Tile', 'TileAxis', 'PerLane', 'Lanes', 'Whole']); // prettier-ignore

/** 3 usage, 2 open or declined, 1 what is rejected or does not fit. */
export function extractExit(error: ExtractError): 1 | 2 | 3 {
  const isOpen = error._tag === 'NotProved' && (error.status === 'open' || error.status === 'declined');
  return USAGE.has(error._tag) ? 3 : isOpen ? 2 : 1;
}
