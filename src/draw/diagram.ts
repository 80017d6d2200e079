/**
 * A picture before it has coordinates: cables, and the operations that take cables to cables. Invariant: a cable is made once and used once, but for
 * those that a reader has just made (linear.ts copies and deletes); links, reads and makes name every strand of an operation once. Knows no geometry.
 */
import type { Axis, Base } from '../core/index.js';

/** One line of a cable: an axis, the elements of another kind than real, or a real number that has no axis. */
export type Strand =
  | { readonly _tag: 'Axis'; readonly axis: Axis; readonly streamed?: boolean; readonly size?: number }
  | { readonly _tag: 'Base'; readonly base: Base }
  | { readonly _tag: 'Scalar' };

export interface Cable {
  readonly id: number;
  readonly strands: readonly Strand[];
}

/** A strand of an input or an output of an operation: which cable of them, which strand of that. */
export type End = readonly [cable: number, strand: number];

/** What an operation does not touch: one strand that passes, several that join in a dot, one that forks. */
export interface Link {
  readonly from: readonly End[];
  readonly to: readonly End[];
}

export type Glyph =
  | { readonly _tag: 'Pointwise' | 'Reduce' | 'Normalise' | 'Box' | 'Tag' | 'Lens'; readonly label: string }
  /** a summed axis of one factor ends in a dot, that of two in a cup */
  | { readonly _tag: 'Sum' | 'Copy' | 'Delete' | 'Wires' }
  /** where a streamed axis ends at each turn of a loop, and where one begins */
  | { readonly _tag: 'Turn' | 'Collect' }
  | {
      readonly _tag: 'Frame';
      readonly scope: Scope;
      readonly label: string;
      readonly states: number;
      readonly levels?: readonly (string | undefined)[];
    };

export interface Operation {
  readonly glyph: Glyph;
  /** in words, for who cannot see it */
  readonly title: string;
  readonly inputs: readonly Cable[];
  readonly outputs: readonly Cable[];
  readonly links: readonly Link[];
  readonly reads: readonly End[];
  readonly makes: readonly End[];
  /** outlined: a step changes it */
  readonly marked?: boolean;
}

/** A diagram, or the body of a loop. Operations stand after those that they need. */
export interface Scope {
  readonly inputs: readonly Cable[];
  readonly operations: readonly Operation[];
  readonly outputs: readonly Cable[];
}

export interface Diagram extends Scope {
  /** of the inputs, where they have one */
  readonly names: readonly string[];
}

/** Every strand of some cables, in order. */
export const endsOf = (cables: readonly Cable[]): readonly End[] =>
  cables.flatMap((c, i) => c.strands.map((_, j): End => [i, j]));
