// Infix expressions by precedence climbing, so that neither the grammar nor the reader recurses once a level. Invariant:
// `or` < `and` < `not` < comparisons < `++` < `+ -` < `* /` < unary `-`; all group to the left, comparisons do not chain.
import { Deep } from './depth.js';
import { type Node, read, spanOf } from './node.js';
import { type Span, spanning } from './span.js';
import type { BinaryWord, ExprTree } from './tree.js';

/** A comparison of a comparison, which the grammar cannot refuse. */
export class Chained extends Error {
  constructor(readonly span: Span) {
    super('comparisons do not chain');
  }
}

interface Operand {
  readonly prefixes: readonly Node[];
  readonly operand: ExprTree;
}

// prettier-ignore
const levels: Readonly<Record<BinaryWord, number>> = {
  "or": 1, "and": 2, "<": 4, ">": 4, "<=": 4, ">=": 4, "==": 4, "++": 5, "+": 6, "-": 6, "*": 7, "/": 7,
};
const comparison = 4;
const notLevel = 3;

/** Prefixes, and operators that bind tighter, inside one another: `- - x`, in all the brackets that are open. */
export const maximumPrefixes = 300;
let depth = 0;

class Reader {
  private next = 0;
  private prefix = 0;
  constructor(
    private readonly operands: readonly Operand[],
    private readonly words: readonly Node[],
  ) {}

  /** An expression of operators that bind at least as tightly as `level`. */
  read(level: number): ExprTree {
    return this.deeper(() => this.climbed(level));
  }
  private deeper<A>(operation: () => A): A {
    if (depth >= maximumPrefixes) throw new Deep(this.place(), maximumPrefixes);
    depth += 1;
    try {
      return operation();
    } finally {
      depth -= 1;
    }
  }
  private climbed(level: number): ExprTree {
    let left = this.operand();
    for (let word = this.word(); word && levels[word] >= level; word = this.word()) {
      this.next += 1;
      this.prefix = 0;
      const right = this.read(levels[word] + 1);
      left = { _tag: 'Binary', word, left, right, span: spanning(left.span, right.span) };
      this.refuseChain(word);
    }
    return left;
  }

  /** of the operand that is being read, or of the last */
  private place(): number {
    const { prefixes, operand } = this.operands[Math.min(this.next, this.operands.length - 1)]!;
    return prefixes[this.prefix] ? spanOf(prefixes[this.prefix]!).start : operand.span.start;
  }
  private word(): BinaryWord | undefined {
    return this.words[this.next]?.sourceString.trim() as BinaryWord | undefined;
  }

  private refuseChain(word: BinaryWord): void {
    const after = this.word();
    if (after && levels[word] === comparison && levels[after] === comparison)
      throw new Chained(spanOf(this.words[this.next]!));
  }

  /** The operand with its prefixes, of which `not` takes more than one operand. */
  private operand(): ExprTree {
    const { prefixes, operand } = this.operands[this.next]!;
    const node = prefixes[this.prefix];
    if (!node) return operand;
    this.prefix += 1;
    const word = node.sourceString.trim() as 'not' | '-';
    const value = word === '-' ? this.deeper(() => this.operand()) : this.read(notLevel);
    return { _tag: 'Unary', word, value, span: spanning(spanOf(node), value.span) };
  }
}

/** e w e w e …, by the precedence of the words */
export function infix(operands: readonly Node[], words: readonly Node[]): ExprTree {
  return new Reader(
    operands.map((o) => read<Operand>(o)),
    words,
  ).read(0);
}
