// `weft draw STREAM --level`: the loop of a stream with the levels of memory that its schedule gives, and what each level holds and moves. Invariant: numbers are
// those of the kernel that `weft extract` prints; only a proved stream has one. Knows no geometry.
import { isLeft } from 'fp-ts/lib/Either.js';
import { type DrawOptions, drawLevels } from '../draw/draw.js';
import { clean, quoted } from '../language/print/clean.js';
import { streamLoop } from '../language/elaborate/stream-loop.js';
import { near } from '../language/elaborate/scope.js';
import { nearest } from '../diagnostic/message.js';
import { refuse } from '../diagnostic/refused.js';
import { type Extracted } from '../kernel/extract/extract.js';
import type { Checked } from './check.js';
import { byDefault, kernelOf } from './extract.js';

/** The picture of a stream's loop under its schedule. */
export function levelsOf(
  checked: Pick<Checked, 'library'>,
  name: string,
  tiles: ReadonlyMap<string, number>,
  options: DrawOptions,
): string {
  const { streams } = checked.library;
  const info = streams.get(name);
  if (!info) {
    const hint = nearest(near(name, [...streams.keys()]).map(quoted), '--level takes the name of a stream');
    return refuse(`there is no stream ${quoted(name)}`, hint);
  }
  const kernel = kernelOf(checked, name, 'wgsl', { ...byDefault, tiles });
  const loop = streamLoop(info);
  if (isLeft(loop)) return refuse(`the loop of ${quoted(name)} cannot be drawn`, 'draw its statement, without --level');
  const { scheduled } = kernel.theorem;
  const tile = scheduled.uses.find((u) => u._tag === 'Streamed' && u.name === info.axis.name);
  const size = tile && 'capacity' in tile ? `=${tile.capacity}` : '';
  const wires = new Map(scheduled.wires.map((w) => [w.name, w.level === 'workgroup' ? 'shared' : 'device'] as const));
  const levels = { wires, flag: `${clean(info.axis.name)}${size}`, table: tableOf(kernel) };
  return drawLevels(loop.right.term, loop.right.wires, levels, { ...options, title: `${clean(name)}, its loop` });
}

/** Level, what it holds, what it moves: as the header of the kernel says. */
function tableOf({ emitted, text }: Extracted): readonly (readonly [string, string, string])[] {
  const moved = /^\/\/ moved: (.*)$/m.exec(text)?.[1] ?? '';
  const { workgroup, private: own, lanes } = emitted.memory;
  return [
    ['device memory (d)', 'the arrays', moved],
    [
      'shared (s)',
      `${workgroup} bytes a block`,
      workgroup === 0 ? 'nothing' : 'each tile of a wire marked s, once a turn',
    ],
    ['registers (r)', `${own} bytes a lane, ${lanes} lanes`, 'the state stays'],
  ];
}
