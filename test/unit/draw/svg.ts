// A picture read back from its text: wires, glyphs, names and columns with their coordinates. Invariant: reads the SVG alone; what it does not know is
// an error, not skipped.
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Wire {
  readonly points: readonly Point[];
  readonly from: Point;
  readonly to: Point;
  readonly kind: 'wire' | 'cup' | 'frame' | 'arc';
  readonly classes: readonly string[];
}
export interface Box {
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** the operations inside it */
  readonly inside: Box[];
}
export interface Text extends Point {
  readonly text: string;
  readonly kind: string;
}
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly wires: readonly Wire[];
  readonly operations: readonly Box[];
  /** objects of the columns, as they are said */
  readonly columns: readonly { readonly x: number; readonly object: string }[];
  readonly texts: readonly Text[];
  readonly dots: readonly Point[];
}

const entity = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const attributes = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map((m) => [m[1]!, m[2]!]));

const between = (a: number, b: number, c: number, d: number, t: number): number =>
  (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t ** 3 * d;

/** The points of a path: corners, and sixteen of each curve. */
function pointsOf(d: string): readonly Point[] {
  const points: Point[] = [];
  for (const [, word, rest] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const n = [...rest!.matchAll(/-?\d+(?:\.\d+)?/g)].map((m) => Number(m[0]));
    const at = points.at(-1);
    if (word === 'M' || word === 'L') for (let i = 0; i < n.length; i += 2) points.push({ x: n[i]!, y: n[i + 1]! });
    else if (word === 'H') points.push({ x: n[0]!, y: at!.y });
    else if (word === 'C')
      for (let i = 1; i <= 16; i += 1) {
        const t = i / 16;
        points.push({ x: between(at!.x, n[0]!, n[2]!, n[4]!, t), y: between(at!.y, n[1]!, n[3]!, n[5]!, t) });
      }
    else if (word === 'A') points.push({ x: n[5]!, y: n[6]! });
    else if (word !== 'Z') throw new Error(`a path with ${word}`);
  }
  return points;
}

const kindOf = (classes: readonly string[]): Wire['kind'] | undefined => {
  if (classes.includes('cup')) return 'cup';
  if (classes[0] === 'w') return 'wire';
  return classes[0] === 'frame' || classes[0] === 'arc' ? classes[0] : undefined;
};

export function readPicture(svg: string): Picture {
  const picture = {
    wires: [] as Wire[],
    operations: [] as Box[],
    columns: [] as { x: number; object: string }[],
    texts: [] as Text[],
    dots: [] as Point[],
  };
  const open: { readonly tag: string; readonly box?: Box }[] = [];
  let size = { width: 0, height: 0 };
  for (const [, closing, tag, rest, alone, text] of svg
    .replace(/<!--[^]*?-->/g, '')
    .matchAll(/<(\/?)(\w+)((?:\s[\w:-]+="[^"]*")*)\s*(\/?)>([^<]*)/g)) {
    if (closing) {
      const last = open.pop();
      if (last?.tag !== tag) throw new Error(`</${tag}> closes <${last?.tag}>`);
      continue;
    }
    const a = attributes(rest!);
    const num = (name: string): number => Number(a.get(name));
    const classes = (a.get('class') ?? '').split(' ');
    let box: Box | undefined;
    if (tag === 'svg') size = { width: num('width'), height: num('height') };
    else if (tag === 'g') {
      const title = entity(/<title>([^<]*)<\/title>/.exec(svg.slice(svg.indexOf(`${rest!}>`)))![1]!);
      const [x, y, width, height] = a.get('data-box')!.split(' ').map(Number) as [number, number, number, number];
      if (classes[0] === 'column') picture.columns.push({ x, object: title });
      else {
        box = { title, x, y, width, height, inside: [] };
        (open.findLast((o) => o.box)?.box?.inside ?? picture.operations).push(box);
      }
    } else if (tag === 'path') {
      const points = pointsOf(a.get('d')!);
      const kind = kindOf(classes);
      if (kind) picture.wires.push({ points, from: points[0]!, to: points.at(-1)!, kind, classes });
    } else if (tag === 'circle') picture.dots.push({ x: num('cx'), y: num('cy') });
    else if (tag === 'text') picture.texts.push({ x: num('x'), y: num('y'), text: entity(text!), kind: classes[0]! });
    if (!alone) open.push(box ? { tag: tag!, box } : { tag: tag! });
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)!.tag}> is open`);
  return { ...size, ...picture };
}

// ---- geometry -----------------------------------------------------------------------------------------------------------

const same = (a: number, b: number): boolean => Math.abs(a - b) < 0.15;
const meets = (p: Point, q: Point): boolean => same(p.x, q.x) && same(p.y, q.y);
const within = (p: Point, b: Box, by = 0.15): boolean =>
  p.x >= b.x - by && p.x <= b.x + b.width + by && p.y >= b.y - by && p.y <= b.y + b.height + by;
export const allOperations = (boxes: readonly Box[]): readonly Box[] =>
  boxes.flatMap((b) => [b, ...allOperations(b.inside)]);

/** Two operations of one place that lie on one another, and one that lies out of the frame around it. */
export function overlaps(boxes: readonly Box[], around?: Box): readonly string[] {
  const wrong = boxes.flatMap((a, i) =>
    boxes.slice(i + 1).flatMap((b) => {
      const apart =
        a.x + a.width <= b.x + 0.15 ||
        b.x + b.width <= a.x + 0.15 ||
        a.y + a.height <= b.y + 0.15 ||
        b.y + b.height <= a.y + 0.15;
      return apart ? [] : [`${a.title} lies on ${b.title}`];
    }),
  );
  const out = boxes.flatMap((b) =>
    !around || (within(b, around) && within({ x: b.x + b.width, y: b.y + b.height }, around))
      ? []
      : [`${b.title} is out of its frame`],
  );
  return [...wrong, ...out, ...boxes.flatMap((b) => overlaps(b.inside, b))];
}

const lines = ({ wires }: Picture): readonly Wire[] => wires.filter((w) => w.kind === 'wire' || w.kind === 'cup');

/** Where wires begin and none has ended, and where they end and none begins, and no glyph is. */
export function looseEnds(p: Picture): { readonly starts: readonly Wire[]; readonly stops: readonly Wire[] } {
  const all = lines(p);
  const glyphs = allOperations(p.operations).filter(
    (b) => b.width * b.height > 0 && b.inside.length === 0 && !b.title.startsWith('loop'),
  );
  const atGlyph = (at: Point): boolean => glyphs.some((b) => within(at, b));
  const wires = all.filter((w) => w.kind === 'wire');
  return {
    starts: wires.filter((w) => !atGlyph(w.from) && !wires.some((v) => meets(v.to, w.from))),
    stops: wires.filter((w) => !atGlyph(w.to) && !wires.some((v) => meets(v.from, w.to))),
  };
}

/** Wires that run through a glyph: a point inside it that is no end. */
export function crossings(p: Picture): readonly string[] {
  const glyphs = allOperations(p.operations).filter((b) => b.inside.length === 0 && !b.title.startsWith('loop'));
  return lines(p).flatMap((w) =>
    glyphs.flatMap((b) => {
      const inner = { ...b, x: b.x + 1.5, y: b.y + 1.5, width: b.width - 3, height: b.height - 3 };
      const dense = w.points.slice(1).flatMap((q, i) => {
        const r = w.points[i]!;
        return Array.from({ length: 20 }, (_, k) => ({
          x: r.x + ((q.x - r.x) * k) / 20,
          y: r.y + ((q.y - r.y) * k) / 20,
        }));
      });
      return inner.width > 0 && inner.height > 0 && w.kind === 'wire' && dense.some((q) => within(q, inner, 0))
        ? [`a wire runs through ${b.title}`]
        : [];
    }),
  );
}

/** The object that some wires are, by their heights, names and lines: wires at the pitch are one array. */
export function objectAt(p: Picture, wires: readonly Wire[], at: 'from' | 'to'): string {
  const sorted = [...wires].sort((a, b) => a[at].y - b[at].y);
  const arrays: Wire[][] = [];
  for (const w of sorted) {
    const last = arrays.at(-1)?.at(-1);
    if (last && same(w[at].y - last[at].y, 18)) arrays.at(-1)!.push(w);
    else arrays.push([w]);
  }
  if (arrays.length === 0) return '1';
  return arrays.map((a) => arrayOf(p, a, at)).join(' * ');
}
function arrayOf(p: Picture, wires: readonly Wire[], at: 'from' | 'to'): string {
  const nameOf = (w: Wire): string =>
    p.texts.find(
      (t) =>
        (same(t.y, w[at].y - 4) || same(t.y, w[at].y - 7)) &&
        t.x > w.from.x - 1 &&
        t.x < w.to.x + 1 &&
        (t.kind === 'axis' || t.kind === 'base'),
    )?.text ?? '';
  const isDouble = (w: Wire): boolean => w.classes.includes('double');
  const names = wires.filter((w) => !isDouble(w)).map(nameOf);
  const base = wires.filter(isDouble).map(nameOf)[0] ?? 'R';
  const axes = names.filter((n) => n !== '').map((n) => (/^[\w'.-]+$/.test(n) ? n : `(${n})`));
  return axes.length === 0 ? base : `${base}[${axes.join(' ')}]`;
}
