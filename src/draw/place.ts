/** Where things stand: blocks between two columns, columns, and the whole. Knows no arithmetic. */
import type { Cable } from './diagram.js';
import type { Sized } from './glyph.js';
import type { Item } from './layer.js';
import type { Shape } from './shape.js';

export interface Block {
  readonly item: Item;
  /** heights of the first strands of its cables */
  readonly cables: ReadonlyMap<number, number>;
  readonly top: number;
  readonly bottom: number;
  /** of an operation: heights of what passes, and of the middle of its glyph */
  readonly passes: readonly number[];
  readonly middle: number;
  readonly size: Sized | undefined;
}

export interface Column {
  readonly x: number;
  /** of it and of what stands to the right of it */
  readonly top: number;
  readonly bottom: number;
  readonly cables: readonly Cable[];
  /** heights of the first strands */
  readonly at: ReadonlyMap<number, number>;
  /** strands whose name is written */
  readonly named: (cable: Cable, strand: number) => boolean;
}
export interface Gap {
  readonly shapes: readonly Shape[];
}
export interface Layout {
  readonly rows: readonly { readonly columns: readonly Column[]; readonly gaps: readonly Gap[] }[];
}
