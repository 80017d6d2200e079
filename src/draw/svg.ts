/**
 * Shapes as SVG. Invariant: same shapes, same bytes; nothing is embedded or loaded; every colour is a variable that dark mode changes, and a program that knows no
 * variables finds black and white. Knows no diagram.
 */
import { clean } from '../language/print/clean.js';
import { type PathPart, type Point, type Shape, sizeOf } from './shape.js';

const n = (x: number): string => {
  const r = Math.round(x * 10) / 10;
  return Object.is(r, -0) ? '0' : String(r);
};
const p = ({ x, y }: Point): string => `${n(x)} ${n(y)}`;

/** Text that no reader of XML takes for anything else. */
export const xml = (text: string): string => clean(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** A number for each axis by its name, in the order in which they are met. */
class Classes {
  private readonly known = new Map<string, number>();
  of(axis: string): string {
    if (axis === '') return '';
    const at = this.known.get(axis) ?? this.known.size + 1;
    this.known.set(axis, at);
    return ` a${at}`;
  }
  get size(): number {
    return this.known.size;
  }
}

const pathOf = (path: readonly PathPart[]): string =>
  path.map(([word, ...points]) => `${word}${points.map((q) => p(q as Point)).join(' ')}`).join('');

/** Level at both ends. */
function wire(from: Point, to: Point): string {
  if (Math.abs(from.y - to.y) < 0.05) return `M${p(from)}H${n(to.x)}`;
  const middle = (from.x + to.x) / 2;
  return `M${p(from)}C${p({ x: middle, y: from.y })} ${p({ x: middle, y: to.y })} ${p(to)}`;
}

function shape(s: Shape, classes: Classes): string {
  switch (s._tag) {
    case 'Wire': {
      const cls = `w${classes.of(s.axis)}`;
      const d = wire(s.from, s.to);
      if (s.line === 'double') return `<path class="${cls} double" d="${d}"/><path class="gap" d="${d}"/>`;
      const ticks = s.line === 'streamed' ? `<path class="ticks" d="${d}"/>` : '';
      return `<path class="${cls}" d="${d}"/>${ticks}`;
    }
    case 'Cup': {
      const r = (s.to.y - s.from.y) / 2;
      return `<path class="w cup${classes.of(s.axis)}" d="M${p(s.from)}A${n(r)} ${n(r)} 0 0 1 ${p(s.to)}"/>`;
    }
    case 'Dot':
      return `<circle class="${s.open ? 'ring' : 'dot'}${classes.of(s.axis)}" cx="${n(s.at.x)}" cy="${n(s.at.y)}" r="${s.open ? 3.2 : 2.8}"/>`;
    case 'Rule':
      return s.to.x - s.from.x < 3 ? '' : `<path class="rule" d="${wire(s.from, s.to)}"/>`;
    case 'Outline':
      return `<path class="${s.kind === 'glyph' ? 'box' : s.kind}" d="${pathOf(s.path)}"/>`;
    case 'Text':
      return `<text class="${s.kind}" x="${n(s.at.x)}" y="${n(s.at.y)}" font-size="${sizeOf(s.kind)}" text-anchor="${s.anchor}">${xml(s.text)}</text>`;
    case 'Group': {
      const { x, y, width, height } = s.box;
      const box = [x, y, width, height].map(n).join(' ');
      const focus = s.kind === 'operation' ? ' tabindex="0" role="img"' : '';
      const inside = s.inside.map((t) => shape(t, classes)).join('');
      return `<g class="${s.kind}" data-box="${box}"${focus}><title>${xml(s.title)}</title>${inside}</g>`;
    }
  }
}

const style = (axes: number): string => {
  const linked = Array.from({ length: axes }, (_, i) => `svg:has(.a${i + 1}:hover) .a${i + 1}`).join(',');
  return [
    'svg{--ink:#1b1b1b;--paper:#fff;--soft:#8a8a8a;color-scheme:light dark}',
    '@media(prefers-color-scheme:dark){svg{--ink:#e8e8e8;--paper:#16181c;--soft:#8f959e}}',
    'text{font-family:ui-monospace,"DejaVu Sans Mono",monospace;fill:var(--ink,#1b1b1b)}',
    '.axis{font-style:italic}.small,.base{fill:var(--ink,#1b1b1b)}.title{font-weight:bold}',
    '.w,.arc{fill:none;stroke:var(--ink,#1b1b1b);stroke-width:1.25;stroke-linecap:round}.arc{stroke-width:2}',
    '.double{stroke-width:3.6;stroke-linecap:butt}.gap{fill:none;stroke:var(--paper,#fff);stroke-width:1.4}',
    '.ticks{fill:none;stroke:var(--ink,#1b1b1b);stroke-width:7;stroke-dasharray:1 4}',
    '.rule{fill:none;stroke:var(--soft,#8a8a8a);stroke-width:1;stroke-dasharray:6 4}',
    '.box,.ring{fill:var(--paper,#fff);stroke:var(--ink,#1b1b1b);stroke-width:1.25}',
    '.frame{fill:none;stroke:var(--ink,#1b1b1b);stroke-width:1.25}.dot{fill:var(--ink,#1b1b1b)}',
    '.area{fill:#009e73;fill-opacity:.14}.bar.shared{fill:#e69f00}.bar.device{fill:#009e73}',
    '.changed{fill:none;stroke:#d55e00;stroke-width:1.5;stroke-dasharray:3 2}',
    '.paper{fill:var(--paper,#fff)}.operation:focus{outline:2px solid #0072b2}',
    ...(linked === '' ? [] : [`${linked}{stroke-width:3}`]),
  ].join('');
};

export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** what is drawn, as text */
  readonly description: string;
  readonly shapes: readonly Shape[];
}

/** The first line says who wrote it. */
export function svg({ width, height, title, description, shapes }: Sheet, marker: string): string {
  const classes = new Classes();
  const body = shapes.map((s) => shape(s, classes)).join('\n');
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<!-- ${marker} -->`,
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="group" aria-labelledby="t d">`,
    `<title id="t">${xml(title)}</title>`,
    `<desc id="d">${description.split('\n').map(xml).join('\n')}</desc>`,
    `<style>${style(classes.size)}</style>`,
    `<rect class="paper" width="${w}" height="${h}"/>`,
    body,
    '</svg>\n',
  ].join('\n');
}
