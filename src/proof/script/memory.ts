/**
 * Verdicts that outlive a check: what a proved theorem rested on, under a key of all that its proof reads. Invariant: what a key is made of
 * are texts (the theorem's statement, its proof, every declaration that its statement's file sees), never a name or a path alone; a verdict is taken
 * again only where everything that its proof cited is there and has the key that it had. Only proved theorems are remembered. Knows no
 * disk, and not how texts are hashed.
 */
import type { Thm } from '../../core/index.js';

/** A text that stands for another, the same for the same text. */
export type Digest = (text: string) => string;

export interface Use {
  readonly name: string;
  /** of the theorem or the axiom under that name */
  readonly key: string;
}

export interface Remembered {
  /** what the proof cited, in that order */
  readonly uses: readonly Use[];
  /** the axioms that the theorem rests on, by name, sorted */
  readonly axioms: readonly string[];
  /** the theorem itself, where this process proved it */
  readonly thm: Thm | undefined;
}

export interface Memory {
  readonly digest: Digest;
  readonly recall: (key: string) => Remembered | undefined;
  readonly keep: (key: string, verdict: Remembered) => void;
}

/** Texts by number: for a memory that ends with its process. */
export function numbered(): Digest {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text) ?? `#${known.size}`;
    known.set(text, found);
    return found;
  };
}

/** A memory over verdicts that are there already; `kept` are those that were asked for or made since. */
export class Verdicts implements Memory {
  readonly kept = new Map<string, Remembered>();
  constructor(
    readonly digest: Digest,
    private readonly known: ReadonlyMap<string, Remembered> = new Map(),
  ) {}
  recall(key: string): Remembered | undefined {
    return this.kept.get(key) ?? this.known.get(key);
  }
  keep(key: string, verdict: Remembered): void {
    this.kept.set(key, verdict);
  }
}

/**
 * The name of the axiom that stands for a theorem of which only the verdict is remembered. No name of the language has a space: a derivation with such
 * an axiom is seen for what it is.
 */
export const mark = (name: string): string => `remembered ${name}`;
export const isMark = (axiom: string): boolean => axiom.startsWith('remembered ');
