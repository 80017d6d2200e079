/** What a picture is made of: lines, areas and texts with coordinates. Knows no diagram. */

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** `plain` is an axis or a number, `double` another kind than real, `streamed` an axis that a loop goes along */
export type Line = 'plain' | 'double' | 'streamed';

export type Shape =
  /** a wire from one point to another; level at both ends */
  | { readonly _tag: 'Wire'; readonly from: Point; readonly to: Point; readonly line: Line; readonly axis: string }
  /** two wires that meet and end */
  | { readonly _tag: 'Cup'; readonly from: Point; readonly to: Point; readonly axis: string }
  | { readonly _tag: 'Dot'; readonly at: Point; readonly open: boolean; readonly axis: string }
  | { readonly _tag: 'Rule'; readonly from: Point; readonly to: Point }
  | {
      readonly _tag: 'Outline';
      readonly path: readonly PathPart[];
      readonly kind: 'glyph' | 'frame' | 'arc' | 'changed' | 'area' | 'bar device' | 'bar shared';
    }
  | {
      readonly _tag: 'Text';
      readonly at: Point;
      readonly text: string;
      readonly kind: TextKind;
      readonly anchor: 'start' | 'middle' | 'end';
    }
  /** an operation, or a column: what is inside belongs together */
  | {
      readonly _tag: 'Group';
      readonly kind: 'operation' | 'column';
      readonly title: string;
      readonly box: Box;
      readonly inside: readonly Shape[];
    };

export type TextKind = 'axis' | 'glyph' | 'small' | 'name' | 'base' | 'title' | 'digits';
/** `M`, `L`: points; `C`: two control points, then the point; `Z` closes */
export type PathPart = readonly ['M' | 'L', Point] | readonly ['C', Point, Point, Point] | readonly ['Z'];

const moved = (p: Point, dx: number, dy: number): Point => ({ x: p.x + dx, y: p.y + dy });

function part(p: PathPart, dx: number, dy: number): PathPart {
  switch (p[0]) {
    case 'Z':
      return p;
    case 'C':
      return ['C', moved(p[1], dx, dy), moved(p[2], dx, dy), moved(p[3], dx, dy)];
    default:
      return [p[0], moved(p[1], dx, dy)];
  }
}

export function shifted(s: Shape, dx: number, dy: number): Shape {
  switch (s._tag) {
    case 'Wire':
    case 'Cup':
    case 'Rule':
      return { ...s, from: moved(s.from, dx, dy), to: moved(s.to, dx, dy) };
    case 'Dot':
    case 'Text':
      return { ...s, at: moved(s.at, dx, dy) };
    case 'Outline':
      return { ...s, path: s.path.map((p) => part(p, dx, dy)) };
    case 'Group':
      return { ...s, box: { ...s.box, ...moved(s.box, dx, dy) }, inside: s.inside.map((x) => shifted(x, dx, dy)) };
  }
}

// ---- text ---------------------------------------------------------------------------------------------------------------

const size: Readonly<Record<TextKind, number>> = {
  axis: 11,
  glyph: 12,
  small: 10,
  name: 12,
  base: 10,
  title: 12,
  digits: 8,
};
export const sizeOf = (kind: TextKind): number => size[kind];
/** Of a fixed-width font: each character is 0.6 of its size wide. */
export const widthOf = (text: string, kind: TextKind): number => [...text].length * size[kind] * 0.6;
