// Reading terms: their parts, their formers, a short picture for failures. Knows nothing of meaning.
import type * as Door from '../../../src/core/index.js';
import { kindOf } from './object.js';

export function partsOf(t: Door.Term): readonly Door.Term[] {
  switch (t._tag) {
    case 'Compose':
    case 'Tensor':
      return [t.first, t.second];
    case 'Map':
      return [t.body];
    case 'Scan':
      return [t.step];
    case 'Call':
      return t.args.morphisms;
    default:
      return [];
  }
}

/** `Map sum`, `Operator add`, `Scan product -> sum` (outputs over composite axes), … */
export function namesOf(t: Door.Term): readonly string[] {
  if (t._tag === 'Operator') return [`Operator ${t.operator}`];
  if (t._tag === 'Split' || t._tag === 'Concat' || t._tag === 'Tile' || t._tag === 'Flatten' || t._tag === 'Exchange')
    return [`${t._tag} ${kindOf(t.axis)}`, `${t._tag} ${kindOf(t.other)}`];
  if (t._tag === 'Scan') {
    const outputs = t.output.leaves.flatMap((l) => l.axes.map((a) => `Scan with an output over ${kindOf(a)}`));
    return [`Scan ${kindOf(t.axis)}`, ...outputs];
  }
  if ('axis' in t) return [`${t._tag} ${kindOf(t.axis)}`];
  if (t._tag === 'Variable') return t.axes.length === 0 ? ['Variable'] : t.axes.map((a) => `Variable at ${kindOf(a)}`);
  if (t._tag === 'Call') return t.args.axes.map((a) => `Call at ${kindOf(a)}`);
  if (t._tag === 'Id' && t.object.leaves.some((l) => l.base._tag === 'ObjVar')) return ['Id', 'object variable'];
  return [t._tag];
}

export function axisText(e: Door.Axis): string {
  if (e.terms.length === 0) return '0';
  return e.terms
    .map((m) => [...m.vars.map((v) => v.name), ...(m.tail ? [`(${axisText(m.tail)})`] : [])].join('*') || '1')
    .join('+');
}
export const objText = (o: Door.Obj): string =>
  o.leaves
    .map((l) => `${l.base._tag === 'ObjVar' ? l.base.name : l.base._tag[0]}[${l.axes.map(axisText).join(' ')}]`)
    .join(' * ') || '1';

export function show(t: Door.Term): string {
  switch (t._tag) {
    case 'Compose': return `${show(t.first)} ; ${show(t.second)}`;
    case 'Tensor': return `(${show(t.first)} * ${show(t.second)})`;
    case 'Map': return `map ${axisText(t.axis)} (${show(t.body)})`;
    case 'Scan': return `scan ${axisText(t.axis)} from ${objText(t.state)} (${show(t.step)})`;
    case 'Operator': return t.operator;
    case 'Constant': return `${t.value.num}/${t.value.den}`;
    case 'Variable': return `${t.variable.name}[${t.axes.map(axisText).join(' ')}] : ${objText(t.dom)} -> ${objText(t.cod)}`;
    case 'Call': return `${t.definition.name}(${t.args.axes.map(axisText).join()}; ${t.args.morphisms.map(show).join()})`;
    case 'Id': return `id ${objText(t.object)}`;
    default: return `${t._tag.toLowerCase()}${'axis' in t ? ` ${axisText(t.axis)}` : ''}${'other' in t ? ` ${axisText(t.other)}` : ''} @ ${objText(t.dom)}`;
  } // prettier-ignore
}
