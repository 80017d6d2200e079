/**
 * Levels of memory in a picture: which inputs of a loop come by which level, and a table of what is held and moved. Invariant: what is said here was handed in; a level
 * has a letter beside its colour. Knows no kernel.
 */
import type { Cable, Diagram, Operation } from './diagram.js';
import type { Panel } from './panel.js';
import { type Shape, shifted, widthOf } from './shape.js';

/** Where a wire waits before a lane reads it. */
export type Level = 'device' | 'shared';

export interface Levels {
  /** by the name of an input */
  readonly wires: ReadonlyMap<string, Level>;
  /** of the streamed axis, such as `k=16` */
  readonly flag: string;
  /** level, live bytes (M), moved (H) */
  readonly table: readonly (readonly [level: string, live: string, moved: string])[];
}

/** The loops of a diagram with the levels of what enters them. */
export function levelled(diagram: Diagram, { wires, flag }: Levels): Diagram {
  const makers = new Map(diagram.operations.flatMap((o) => o.outputs.map((c) => [c.id, o] as const)));
  const inputs = new Map(diagram.inputs.map((c, i) => [c.id, diagram.names[i] ?? '']));
  /** The input that a cable is, rearranged. */
  const source = (c: Cable): string | undefined => {
    const maker = makers.get(c.id);
    if (!maker) return inputs.get(c.id);
    return maker.inputs.length === 1 ? source(maker.inputs[0]!) : undefined;
  };
  const marked = (o: Operation): Operation => {
    if (o.glyph._tag !== 'Frame') return o;
    const { states } = o.glyph;
    const levels = o.inputs.map((c, i) => (i < states ? undefined : wires.get(source(c) ?? '')));
    return { ...o, glyph: { ...o.glyph, levels, label: `${o.glyph.label}, ${flag}` } };
  };
  return { ...diagram, operations: diagram.operations.map(marked) };
}

const ROW = 16;
/** The table above a picture. */
export function tabled(panel: Panel, { table }: Levels): Panel {
  const rows = [['level', 'M, held', 'H, moved'] as const, ...table];
  const columns = [0, 1].map((i) => Math.max(...rows.map((r) => widthOf(r[i]!, 'small'))) + 18);
  const at = [12, 12 + columns[0]!, 12 + columns[0]! + columns[1]!];
  const cells = rows.flatMap((r, y) =>
    r.map((text, x): Shape => ({
      _tag: 'Text',
      at: { x: at[x]!, y: 16 + y * ROW },
      text,
      kind: y === 0 ? 'base' : 'small',
      anchor: 'start',
    })),
  );
  const height = rows.length * ROW + 14;
  const widest = Math.max(...rows.map((r) => at[2]! + widthOf(r[2], 'small'))) + 12;
  return {
    width: Math.max(panel.width, widest),
    height: panel.height + height,
    shapes: [...cells, ...panel.shapes.map((s) => shifted(s, 0, height))],
  };
}
