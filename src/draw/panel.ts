/**
 * A diagram as shapes in a rectangle, in rows of a given width. Invariant: a row is broken at a column, where the fewest wires are in the part of it
 * that is nearly full; the column stands at both places, with its names and a number. Knows no text format.
 */
import { clean, shortened } from '../language/print/clean.js';
import type { Diagram, Scope } from './diagram.js';
import { PITCH } from './glyph.js';
import { layout } from './layout.js';
import { linear } from './linear.js';
import { everyName, labels, nameOf, objectOf } from './name.js';
import type { Column, Layout } from './place.js';
import { lineOf, axisOf } from './gap.js';
import { type Shape, shifted, widthOf } from './shape.js';

export interface Panel {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Around what is drawn. */
export const MARGIN = 12;
const [ROW, TAB] = [22, 26];

export function panelOf(diagram: Diagram, width: number): Panel {
  const scope = linear(diagram);
  const left = Math.max(0, ...diagram.names.map((n) => widthOf(short(n), 'name') + 12));
  const rows = fitting(scope, width - 2 * MARGIN - left);
  const shapes: Shape[] = [];
  let [y, widest] = [MARGIN, 0];
  rows.forEach((row, n) => {
    const drawn = rowShapes(row, placeIn(rows, n));
    const top = Math.min(...row.columns.map((c) => c.top)) - 6;
    const x = MARGIN + left - drawn.from;
    shapes.push(...drawn.shapes.map((s) => shifted(s, x, y - top)));
    if (n === 0) shapes.push(...inputNames(row.columns[0]!, diagram.names).map((s) => shifted(s, x, y - top)));
    widest = Math.max(widest, drawn.to + x + MARGIN);
    y += Math.max(...row.columns.map((c) => c.bottom)) - top + ROW;
  });
  return { width: widest, height: y - ROW + MARGIN, shapes };
}
const placeIn = (rows: Rows, n: number): Place => ({ first: n === 0, last: n === rows.length - 1, number: n });

/** Rows that fit, or have one operation each: wires that begin again close together may need more room than they had. */
function fitting(scope: Scope, width: number): Rows {
  const { columns } = layout(scope).rows[0]!;
  let rows: Rows = [];
  for (let room = width; room > width / 2; room -= width / 16) {
    rows = layout(scope, breaksOf(columns, room)).rows;
    const all = rows;
    if (all.every((row, n) => rowWidth(row, placeIn(all, n)) <= width)) break;
  }
  return rows;
}
function rowWidth({ columns }: Rows[number], { first, last }: Place): number {
  const [from, to] = [columns[0]!, columns.at(-1)!];
  return to.x - from.x + (first ? 0 : stub(from) + TAB) + stub(to) + (last ? 0 : TAB);
}
const short = (name: string): string => shortened(clean(name), 24);

const inputNames = ({ x, cables, at }: Column, names: readonly string[]): readonly Shape[] =>
  cables.flatMap((c, i): readonly Shape[] => {
    const middle = at.get(c.id)! + ((c.strands.length - 1) * PITCH) / 2;
    const text = short(names[i] ?? '');
    return text === '' ? [] : [{ _tag: 'Text', at: { x: x - 8, y: middle + 4 }, text, kind: 'name', anchor: 'end' }];
  });

/** The columns at which a row ends and the next begins. */
function breaksOf(columns: readonly Column[], width: number): ReadonlySet<number> {
  const found = new Set<number>();
  const last = columns.length - 1;
  let from = 0;
  while (from < last) {
    const fits = (n: number): boolean => columns[n]!.x - columns[from]!.x + 2 * (stub(columns[n]!) + TAB) <= width;
    let to = from + 1;
    while (to < last && fits(to + 1)) to += 1;
    if (to < last) to = fewest(columns, from, to);
    if (to < last) found.add(to);
    from = to;
  }
  return found;
}
/** Of the columns in the last third, the last of those with the fewest wires. */
function fewest(columns: readonly Column[], from: number, to: number): number {
  const start = columns[from]!.x + ((columns[to]!.x - columns[from]!.x) * 2) / 3;
  let best = to;
  for (let n = to; n > from && columns[n]!.x >= start; n -= 1) if (wires(columns[n]!) < wires(columns[best]!)) best = n;
  return best;
}
const wires = ({ cables }: Column): number => cables.reduce((n, c) => n + c.strands.length, 0);
/** Room for the names at the end of a row. */
const stub = ({ cables }: Column): number =>
  Math.max(14, ...cables.flatMap((c) => c.strands.map((s) => widthOf(nameOf(s), 'axis') + 12)));

type Rows = Layout['rows'];
interface Place {
  readonly first: boolean;
  readonly last: boolean;
  readonly number: number;
}

type Drawn = { readonly shapes: readonly Shape[]; readonly from: number; readonly to: number };

function rowShapes({ columns, gaps: between }: Rows[number], row: Place): Drawn {
  const [first, last] = [columns[0]!, columns.at(-1)!];
  const start = row.first ? 0 : stub(first) + TAB;
  const end = stub(last);
  const gaps = between.flatMap((g) => g.shapes);
  const ends = [
    ...(row.first ? [] : [...ending(first, TAB - start, 0), tab(first, first.x - start + TAB / 2, row.number)]),
    ...ending(last, 0, end),
    ...(row.last ? [] : [tab(last, last.x + end + TAB / 2, row.number + 1)]),
  ];
  const marks = columns.map((c, n) => {
    const isEnd = n === columns.length - 1;
    const isStart = n === 0 && !row.first;
    return column(c, isStart ? TAB - start : 0, isEnd || isStart);
  });
  return { shapes: [...gaps, ...ends, ...marks], from: first.x - start, to: last.x + end + (row.last ? 0 : TAB) };
}

/** Wires on one side of a column, and the rules between them. */
function ending({ x, cables, at }: Column, from: number, to: number): readonly Shape[] {
  const lines = cables.flatMap((c) =>
    c.strands.map((s, i): Shape => {
      const y = at.get(c.id)! + i * PITCH;
      return { _tag: 'Wire', from: { x: x + from, y }, to: { x: x + to, y }, line: lineOf(s), axis: axisOf(s) };
    }),
  );
  const rules = cables.slice(1).map((c, i): Shape => {
    const above = cables[i]!;
    const y = (at.get(above.id)! + (above.strands.length - 1) * PITCH + at.get(c.id)!) / 2;
    return { _tag: 'Rule', from: { x: x + from + 4, y }, to: { x: x + to - 4, y } };
  });
  return [...lines, ...rules];
}

/** The number of a break. */
const tab = ({ cables, at }: Column, x: number, number: number): Shape => ({
  _tag: 'Text',
  at: { x, y: (cables[0] ? at.get(cables[0].id)! : 0) + 4 },
  text: `(${number})`,
  kind: 'small',
  anchor: 'middle',
});

/** The names at a column, and its object in words. */
function column(c: Column, by: number, isEnd: boolean): Shape {
  const inside = labels(c, isEnd ? everyName : c.named).map((s) => shifted(s, by, 0));
  const box = { x: c.x, y: c.top, width: 0, height: c.bottom - c.top };
  return { _tag: 'Group', kind: 'column', title: objectOf(c.cables), box, inside };
}
