/** Sizes of axes in a picture: small digits after the name of an axis whose variables all have one. Invariant: nothing but that changes. Knows no geometry. */
import type { Axis } from '../core/index.js';
import type { Cable, Diagram, Operation, Scope, Strand } from './diagram.js';

/** By the name of a variable of axes. */
export type Sizes = ReadonlyMap<string, number>;

/** The size of an axis; nothing where it has a variable without one. */
export function sizeOfAxis(axis: Axis, sizes: Sizes): number | undefined {
  let sum = 0;
  for (const { vars, tail } of axis.terms) {
    const factors = [...vars.map((v) => sizes.get(v.name)), ...(tail ? [sizeOfAxis(tail, sizes)] : [])];
    if (factors.includes(undefined)) return undefined;
    sum += factors.reduce<number>((n, f) => n * f!, 1);
  }
  return sum;
}

/** The names of the variables of an axis. */
export const variablesOf = (axis: Axis): readonly string[] =>
  axis.terms.flatMap(({ vars, tail }) => [...vars.map((v) => v.name), ...(tail ? variablesOf(tail) : [])]);

export function sized(diagram: Diagram, sizes: Sizes | undefined): Diagram {
  if (sizes === undefined || sizes.size === 0) return diagram;
  const known = new Map<Cable, Cable>();
  const strand = (s: Strand): Strand => {
    if (s._tag !== 'Axis') return s;
    const size = sizeOfAxis(s.axis, sizes);
    return size === undefined ? s : { ...s, size };
  };
  const cable = (c: Cable): Cable => {
    const made = known.get(c) ?? { ...c, strands: c.strands.map(strand) };
    known.set(c, made);
    return made;
  };
  const operation = (o: Operation): Operation => ({
    ...o,
    glyph: o.glyph._tag === 'Frame' ? { ...o.glyph, scope: scope(o.glyph.scope) } : o.glyph,
    inputs: o.inputs.map(cable),
    outputs: o.outputs.map(cable),
  });
  const scope = <S extends Scope>(s: S): S => ({
    ...s,
    inputs: s.inputs.map(cable),
    outputs: s.outputs.map(cable),
    operations: s.operations.map(operation),
  });
  return scope(diagram);
}
