/** The body of a loop in a rounded frame that is open to the left; its state goes back beneath it in one arc. Knows no operation. */
import type { Glyph } from './diagram.js';
import { type Sized, PITCH } from './glyph.js';
import { labels } from './name.js';
import type { Column, Layout } from './place.js';
import { type PathPart, type Shape, shifted, widthOf } from './shape.js';

const [SIDE, HEAD, FOOT, ROUND, HALF] = [18, 24, 26, 16, 7];

const heights = ({ cables, at }: Column): readonly number[] =>
  cables.flatMap((c) => c.strands.map((_, s) => at.get(c.id)! + s * PITCH));
/** The middle of the strands of the first cables. */
function middleOf({ cables, at }: Column, count: number): number {
  const ys = cables.slice(0, count).flatMap((c) => c.strands.map((_, s) => at.get(c.id)! + s * PITCH));
  return ys.length === 0 ? 0 : (Math.min(...ys) + Math.max(...ys)) / 2;
}

export function frame(glyph: Glyph & { readonly _tag: 'Frame' }, inner: Layout): Sized {
  const { columns, gaps } = inner.rows[0]!;
  const [first, last] = [columns[0]!, columns.at(-1)!];
  const [top, bottom] = [Math.min(...columns.map((c) => c.top)), Math.max(...columns.map((c) => c.bottom))];
  const flag = `${glyph.label}`;
  const width = Math.max(last.x, widthOf(flag, 'small') + 40);
  const middle = (top + bottom) / 2;
  const [above, below] = [middle - top + HEAD, bottom - middle + FOOT];
  const stretch = width - last.x;
  const draw: Sized['draw'] = ({ x, y }) => {
    const [left, dy] = [x + SIDE, y - middle];
    const inside = [
      ...gaps.flatMap((g) => g.shapes),
      ...columns.slice(0, -1).flatMap((c) => labels(c)),
      ...stretched(last, stretch),
    ].map((s) => shifted(s, left, dy));
    const box = { left, right: left + width, top: y - above + 4, bottom: y + below - 4 };
    const back =
      glyph.states === 0 ? [] : [arc(box, middleOf(first, glyph.states) + dy, middleOf(last, glyph.states) + dy)];
    const tint = glyph.levels ? levelShapes(box, first, glyph.levels, dy) : [];
    return [...tint, outline(box), ...back, name(box, flag), ...inside];
  };
  const [ins, outs] = [heights(first), heights(last)].map((ys) => ys.map((h) => h - middle)) as [number[], number[]];
  return { width: width + 2 * SIDE, above, below, left: ins, right: outs, inset: SIDE, draw };
}

/** The last column's wires as far as the frame's right edge. */
const stretched = ({ x, cables, at }: Column, by: number): readonly Shape[] =>
  by < 0.05
    ? []
    : cables.flatMap((c) =>
        c.strands.map((_, s): Shape => {
          const y = at.get(c.id)! + s * PITCH;
          return { _tag: 'Wire', from: { x, y }, to: { x: x + by, y }, line: 'plain', axis: '' };
        }),
      );

interface Sides {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function outline({ left, right, top, bottom }: Sides): Shape {
  const path: readonly PathPart[] = [
    ['M', { x: left, y: top }],
    ['L', { x: right - ROUND, y: top }],
    ['C', { x: right - HALF, y: top }, { x: right, y: top + HALF }, { x: right, y: top + ROUND }],
    ['L', { x: right, y: bottom - ROUND }],
    ['C', { x: right, y: bottom - HALF }, { x: right - HALF, y: bottom }, { x: right - ROUND, y: bottom }],
    ['L', { x: left, y: bottom }],
  ];
  return { _tag: 'Outline', path, kind: 'frame' };
}

/** From the state's wires at the right edge, beneath, to those at the left edge. */
function arc({ left, right, bottom }: Sides, entering: number, leaving: number): Shape {
  const base = bottom - 8;
  const path: readonly PathPart[] = [
    ['M', { x: right, y: leaving }],
    ['C', { x: right + SIDE - 4, y: leaving }, { x: right + SIDE - 4, y: base }, { x: right - 14, y: base }],
    ['L', { x: left + 14, y: base }],
    ['C', { x: left - SIDE + 4, y: base }, { x: left - SIDE + 4, y: entering }, { x: left, y: entering }],
  ];
  return { _tag: 'Outline', path, kind: 'arc' };
}

/** The registers' area with its letter, and a bar where a wire of a level above enters: one transfer. */
function levelShapes(box: Sides, first: Column, levels: readonly (string | undefined)[], dy: number): readonly Shape[] {
  const { left, right, top, bottom } = box;
  const area: Shape = { _tag: 'Outline', path: rectangle(left, right, top, bottom), kind: 'area' };
  const letter: Shape = {
    _tag: 'Text',
    at: { x: right - 10, y: bottom - 14 },
    text: 'r',
    kind: 'small',
    anchor: 'middle',
  };
  const bars = first.cables.flatMap((c, i): readonly Shape[] => {
    const level = levels[i];
    if (level === undefined) return [];
    const y = first.at.get(c.id)! + dy;
    const [from, to] = [y - 7, y + (c.strands.length - 1) * PITCH + 7];
    const kind = level === 'shared' ? 'bar shared' : 'bar device';
    const text = level === 'shared' ? 's' : 'd';
    return [
      { _tag: 'Outline', path: rectangle(left - 4, left - 2, from, to), kind },
      { _tag: 'Text', at: { x: left - 3, y: from - 2 }, text, kind: 'small', anchor: 'middle' },
    ];
  });
  return [area, ...bars, letter];
}
const rectangle = (left: number, right: number, top: number, bottom: number): readonly PathPart[] => [
  ['M', { x: left, y: top }],
  ['L', { x: right, y: top }],
  ['L', { x: right, y: bottom }],
  ['L', { x: left, y: bottom }],
  ['Z'],
];

const name = ({ left, top }: Sides, text: string): Shape => ({
  _tag: 'Text',
  at: { x: left + 8, y: top + 13 },
  text: `each ${text}`,
  kind: 'small',
  anchor: 'start',
});
