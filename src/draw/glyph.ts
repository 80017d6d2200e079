/**
 * How large each glyph is, where wires meet it, and its outline. Invariant: what is drawn lies in the box, and wires end at its edges. Knows no operation
 * but its glyph.
 */
import type { Glyph } from './diagram.js';
import { type Box, type PathPart, type Point, type Shape, widthOf } from './shape.js';

/** Between two strands of a cable. */
export const PITCH = 18;

/** Of a glyph around the point where it stands: its left edge at the middle of its height. */
export interface Sized {
  readonly width: number;
  readonly above: number;
  readonly below: number;
  /** heights of what it reads at its left edge, and of what it makes at its right edge */
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** how far inside its width the wires end */
  readonly inset: number;
  readonly draw: (at: Point, axes: readonly string[]) => readonly Shape[];
}

export const rows = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => (i - (n - 1) / 2) * PITCH);
const span = (n: number): number => Math.max(0, n - 1) * PITCH;
export const boxOf = (s: Sized, { x, y }: Point): Box => ({
  x,
  y: y - s.above,
  width: s.width,
  height: s.above + s.below,
});

const closed = (...points: readonly Point[]): readonly PathPart[] => [
  ...points.map((p, i): PathPart => [i === 0 ? 'M' : 'L', p]),
  ['Z'],
];
const outline = (path: readonly PathPart[]): Shape => ({ _tag: 'Outline', path, kind: 'glyph' });
const text = (x: number, y: number, label: string, kind: 'glyph' | 'small' = 'glyph'): Shape => ({
  _tag: 'Text',
  at: { x, y: y + 4 },
  text: label,
  kind,
  anchor: 'middle',
});

type Plain = Exclude<Glyph, { readonly _tag: 'Frame' }>;

/** The glyph that reads so many strands and makes so many. */
export function sized(glyph: Plain, reads: number, makes: number): Sized {
  const both = { left: rows(reads), right: rows(makes), inset: 0 };
  const tall = span(Math.max(reads, makes));
  // prettier-ignore
  switch (glyph._tag) {
    case 'Pointwise': return { ...both, ...pointwise(glyph.label, tall) };
    case 'Box': return { ...both, ...square(glyph.label, tall) };
    case 'Tag': return { ...both, ...tagged(glyph.label, tall) };
    case 'Lens': return { ...both, ...lens(glyph.label, tall) };
    case 'Reduce': return { ...both, ...triangle(glyph.label, tall, 'right') };
    case 'Normalise': return { ...both, ...triangle(glyph.label, tall, 'left') };
    case 'Sum': return { ...both, ...summing(reads) };
    case 'Delete': return { ...both, ...dots(reads) };
    case 'Copy': return { ...both, ...plain(8) };
    case 'Wires': return { ...both, ...plain(4) };
    case 'Turn': case 'Collect': return { ...both, ...turn(tall) };
  }
}

type Part = Omit<Sized, 'left' | 'right' | 'inset'>;

/** Nothing but wires. */
const plain = (width: number): Part => ({ width, above: 0, below: 0, draw: () => [] });

/** Its name between two chevrons. */
function pointwise(label: string, tall: number): Part {
  const [width, half] = [widthOf(label, 'glyph') + 24, Math.max(11, tall / 2 + 6)];
  const draw = ({ x, y }: Point): readonly Shape[] => {
    const chevron = (from: number, to: number): Shape =>
      outline([
        ['M', { x: to, y: y - half + 2 }],
        ['L', { x: from, y }],
        ['L', { x: to, y: y + half - 2 }],
      ]);
    return [chevron(x, x + 7), text(x + width / 2, y, label), chevron(x + width, x + width - 7)];
  };
  return { width, above: half, below: half, draw };
}

function square(label: string, tall: number): Part {
  const [width, half] = [Math.max(24, widthOf(label, 'glyph') + 14), Math.max(13, tall / 2 + 8)];
  const draw = ({ x, y }: Point): readonly Shape[] => [
    outline(
      closed({ x, y: y - half }, { x: x + width, y: y - half }, { x: x + width, y: y + half }, { x, y: y + half }),
    ),
    text(x + width / 2, y, label),
  ];
  return { width, above: half, below: half, draw };
}

/** A pointed left edge. */
function tagged(label: string, tall: number): Part {
  const [width, half] = [widthOf(label, 'glyph') + 20, Math.max(10, tall / 2 + 8)];
  const draw = ({ x, y }: Point): readonly Shape[] => {
    const right = x + width;
    return [
      outline(
        closed(
          { x, y },
          { x: x + 8, y: y - half },
          { x: right, y: y - half },
          { x: right, y: y + half },
          { x: x + 8, y: y + half },
        ),
      ),
      text(x + 4 + width / 2, y, label),
    ];
  };
  return { width, above: half, below: half, draw };
}

/** Two arcs. */
function lens(label: string, tall: number): Part {
  const [width, half] = [widthOf(label, 'glyph') + 32, Math.max(15, tall / 2 + 12)];
  const draw = ({ x, y }: Point): readonly Shape[] => {
    const [right, bend] = [x + width, (4 / 3) * half];
    const arc = (sign: number): PathPart[] => [
      ['M', { x, y }],
      ['C', { x: x + width / 4, y: y + sign * bend }, { x: right - width / 4, y: y + sign * bend }, { x: right, y }],
    ];
    return [outline([...arc(-1), ...arc(1)]), text(x + width / 2, y, label)];
  };
  return { width, above: half, below: half, draw };
}

/** To the right: a reduction, with its sign inside. To the left: a normaliser, with its name below. A long name is always below. */
function triangle(label: string, tall: number, to: 'left' | 'right'): Part {
  const isInside = to === 'right' && [...label].length <= 3;
  const half = Math.max(isInside ? 18 : 13, tall / 2 + 10);
  const height = isInside ? 40 : 24;
  const name = isInside ? 0 : widthOf(label, 'small');
  const width = Math.max(height, name);
  const draw = ({ x, y }: Point): readonly Shape[] => {
    const [base, tip] = to === 'right' ? [x, x + width] : [x + width, x];
    const flat = outline(closed({ x: base, y: y - half }, { x: tip, y }, { x: base, y: y + half }));
    const at = isInside ? text(x + width * 0.36, y, label, 'small') : text(x + width / 2, y + half + 9, label, 'small');
    return [flat, at];
  };
  return { width, above: half, below: isInside ? half : half + 16, draw };
}

/** One strand ends in a dot, two meet in a cup. */
function summing(reads: number): Part {
  const half = span(reads) / 2 + 4;
  const draw = ({ x, y }: Point, axes: readonly string[]): readonly Shape[] => {
    const [first, second] = axes;
    if (second === undefined) return [{ _tag: 'Dot', at: { x, y }, open: false, axis: first ?? '' }];
    const [from, to] = [
      { x, y: y - PITCH / 2 },
      { x, y: y + PITCH / 2 },
    ];
    return [{ _tag: 'Cup', from, to, axis: first === '' ? second : first! }];
  };
  return { width: reads > 1 ? PITCH / 2 : 2, above: half, below: half, draw };
}

function dots(reads: number): Part {
  const half = span(reads) / 2 + 4;
  const draw = ({ x, y }: Point, axes: readonly string[]): readonly Shape[] =>
    rows(reads).map((dy, i) => ({ _tag: 'Dot', at: { x, y: y + dy }, open: true, axis: axes[i] ?? '' }));
  return { width: 8, above: half, below: half, draw };
}

/** A bar where an axis ends or begins, one element at each turn. */
function turn(tall: number): Part {
  const half = tall / 2 + 8;
  const draw = ({ x, y }: Point): readonly Shape[] => [
    outline(
      closed(
        { x: x + 2, y: y - half },
        { x: x + 6, y: y - half },
        { x: x + 6, y: y + half },
        { x: x + 2, y: y + half },
      ),
    ),
  ];
  return { width: 8, above: half, below: half, draw };
}
