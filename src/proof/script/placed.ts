/** A proof, and where it stands among the files of a library. */
import type { ProofItemTree } from '../../language/syntax/tree.js';
import type { Sight } from './imports.js';

export type ProofTree = ProofItemTree & { readonly _tag: 'Proof' };

/** A proof, and where it stands among those of its file. */
export interface Placed {
  readonly file: string;
  readonly turn: number;
  readonly tree: ProofTree;
  /** as it is written */
  readonly text: string;
}
/** The first proof of each name, and what each file of proofs sees. */
export interface Proofs {
  readonly of: ReadonlyMap<string, Placed>;
  readonly sight: Sight;
}
