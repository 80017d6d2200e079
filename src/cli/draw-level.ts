// `weft draw STREAM --level`: the loop of a stream with the levels of memory that its schedule gives, and what each level holds and moves. Invariant: numbers are
// those of the kernel that `weft extract` prints; only a proved stream has one. Knows no geometry.
import { isLeft } from 'fp-ts/lib/Either.js';
import { type DrawOptions, drawLevels } from '../draw/draw.js';
import { showAxis, tight } from '../language/print/algebra.js';
import { clean, quoted } from '../language/print/clean.js';
import { streamLoop } from '../language/elaborate/stream-loop.js';
import { near } from '../language/elaborate/scope.js';
import { nearest } from '../diagnostic/message.js';
import { refuse } from '../diagnostic/refused.js';
import { type Extracted } from '../kernel/extract/extract.js';
import { variablesOf } from '../draw/size.js';
import type { Term } from '../core/index.js';
import type { Checked } from './check.js';
import { kernelOf } from './chosen.js';
import { byDefault } from './kernel-text.js';

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
  // the loop that is drawn runs over a whole row
  const lanes = new Map([[info.axis.name, 1]]);
  const kernel = kernelOf(checked, name, 'wgsl', { ...byDefault, tiles, lanes });
  const loop = streamLoop(info);
  if (isLeft(loop)) return refuse(`the loop of ${quoted(name)} cannot be drawn`, 'draw its statement, without --level');
  demandAxes([loop.right.term], options.sizes);
  const { scheduled } = kernel.theorem;
  const tile = scheduled.uses.find((u) => u._tag === 'Streamed' && u.name === info.axis.name);
  const size = tile && 'capacity' in tile ? `=${tile.capacity}` : '';
  const wires = new Map(scheduled.wires.map((w) => [w.name, w.level === 'workgroup' ? 'shared' : 'device'] as const));
  const levels = { wires, flag: `${clean(info.axis.name)}${size}`, table: tableOf(kernel) };
  return drawLevels(loop.right.term, loop.right.wires, levels, { ...options, title: `${clean(name)}, its loop` });
}

/** A size of no axis of what is drawn is a misspelt one. */
export function demandAxes(terms: readonly Term[], sizes: DrawOptions['sizes']): void {
  const leaves = terms.flatMap((t) => [...t.dom.leaves, ...t.cod.leaves]);
  const known = [...new Set(leaves.flatMap((l) => l.axes.flatMap(variablesOf)))];
  const other = [...(sizes?.keys() ?? [])].find((name) => !known.includes(name));
  if (other !== undefined)
    refuse(
      `there is no axis ${quoted(other)} in what is drawn`,
      nearest(near(other, known).map(quoted), `its axes: ${known.join(', ')}`),
    );
}

/** Level, what it holds, what it moves: as the header of the kernel says. */
function tableOf(kernel: Extracted): readonly (readonly [string, string, string])[] {
  const { emitted, text } = kernel;
  const moved = (/^\/\/ moved: (.*)$/m.exec(text)?.[1] ?? '').split('; ').map((m) => inBytes(kernel, m));
  const { workgroup, private: own, lanes } = emitted.memory;
  return [
    ...moved.map((m, i) => [i === 0 ? 'device memory (d)' : '', i === 0 ? 'the arrays' : '', m] as const),
    [
      'shared (s)',
      `${workgroup} bytes a block`,
      workgroup === 0 ? 'nothing' : 'each tile of a wire marked s, once a turn',
    ],
    ['registers (r)', `${own} bytes a lane, ${lanes} lanes`, 'the state stays'],
  ];
}

/** `q once` as `q, 4*q*d bytes, once`: a formula in the sizes of its axes. */
function inBytes({ info, emitted }: Extracted, moved: string): string {
  const [, name, often] = /^(\S+) (.*)$/.exec(moved) ?? [];
  const output = emitted.validated.kernel.outputs.findIndex((o) => o.name === name);
  const leaf = info.wires.find((w) => w.name === name)?.object.leaves[0] ?? info.spec.cod.leaves[output];
  if (!leaf) return moved;
  const axes = leaf.axes.map((a) => tight(showAxis(a))).map((a) => (a.includes('+') ? `(${a})` : a));
  return `${name}, ${['4', ...axes].join('*')} bytes, ${often}`;
}
