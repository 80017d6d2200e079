/** What stands in a glyph. Knows no geometry. */
import { showAxis, showNumber, tight } from '../language/print/algebra.js';
import { clean, shortened } from '../language/print/clean.js';
import type { Head } from '../language/print/tree.js';
import type { Rational } from '../core/index.js';

const signs: Readonly<Record<string, string>> = { add: '+', mul: '×', neg: '−', recip: '1/·', sqrt: '√', lt: '<' };
const longest = 28;

export const numberLabel = (value: Rational): string => showNumber(value);

export function labelOf(head: Head): string {
  // prettier-ignore
  switch (head._tag) {
    case 'Operator': return signs[head.operator] ?? head.operator;
    case 'If': return 'if';
    case 'Concat': return '++';
    case 'First': return 'first';
    case 'Position': return 'position';
    case 'Size': return `size ${tight(showAxis(head.axis))}`;
    case 'Split': case 'Tile': case 'Flatten': return head._tag.toLowerCase();
    case 'Named': return shortened(`${clean(head.name)}${head.axes.length > 0 ? `[${head.axes.map((a) => tight(showAxis(a))).join(', ')}]` : ''}${head.braces.length > 0 ? `{${head.braces.join(', ')}}` : ''}`, longest);
  }
}
