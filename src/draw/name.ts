/** Names of wires, at the columns where they begin. Knows no operation. */
import { showAxis, showLeaf, tight } from '../language/print/algebra.js';
import type { Cable, Strand } from './diagram.js';
import { PITCH } from './glyph.js';
import type { Column } from './place.js';
import { type Shape, widthOf } from './shape.js';

export const nameOf = (s: Strand): string => {
  if (s._tag === 'Axis') return tight(showAxis(s.axis));
  return s._tag === 'Base' ? showLeaf({ base: s.base, axes: [] }) : '';
};

/** The digits after a name. */
const digits = (s: Strand): string => (s._tag === 'Axis' && s.size !== undefined ? String(s.size) : '');
const named = (s: Strand): number =>
  widthOf(nameOf(s), 'axis') + (digits(s) === '' ? 0 : widthOf(digits(s), 'digits') + 2);

/** Room for the names that stand at a column. */
export const leadOf = ({ cables, named: has }: Column): number =>
  Math.max(10, ...cables.flatMap((c) => c.strands.map((s, i) => (has(c, i) ? named(s) + 10 : 0))));

/** The names at a column, above their wires; of a number a ring. */
export const labels = ({ x, cables, at, named }: Column, isNamed = named): readonly Shape[] =>
  cables.flatMap((c) =>
    c.strands.flatMap((s, i): readonly Shape[] => {
      if (!isNamed(c, i)) return [];
      const y = at.get(c.id)! + i * PITCH;
      if (s._tag === 'Scalar') return [{ _tag: 'Dot', at: { x: x + 4, y }, open: true, axis: '' }];
      const kind = s._tag === 'Axis' ? 'axis' : 'base';
      const [left, up] = [x + 4, y - (s._tag === 'Axis' && s.streamed ? 7 : 4)];
      const name: Shape = { _tag: 'Text', at: { x: left, y: up }, text: nameOf(s), kind, anchor: 'start' };
      if (digits(s) === '') return [name];
      const below = { x: left + widthOf(nameOf(s), 'axis') + 2, y: up + 1 };
      return [name, { _tag: 'Text', at: below, text: digits(s), kind: 'digits', anchor: 'start' }];
    }),
  );

export const everyName = (_c: Cable, _s: number): boolean => true;

/** A column as an object. */
export const objectOf = (cables: readonly Cable[]): string =>
  cables.length === 0 ? '1' : cables.map(arrayOf).join(' * ');
function arrayOf({ strands }: Cable): string {
  const last = strands.at(-1)!;
  const axes = strands.flatMap((s) => (s._tag === 'Axis' ? [bracketed(showAxis(s.axis))] : []));
  const base = last._tag === 'Base' ? nameOf(last) : 'R';
  return axes.length === 0 ? base : `${base}[${axes.join(' ')}]`;
}
const bracketed = (text: string): string => (/^[\w'.-]+$/.test(text) ? text : `(${tight(text)})`);
