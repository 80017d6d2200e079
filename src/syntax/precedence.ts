// Infix expressions by precedence climbing, so that neither the grammar nor the reader recurses once a level. Invariant:
// `or` < `and` < `not` < comparisons < `++` < `+ -` < `* /` < unary `-`; all group to the left, comparisons do not chain.
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

class Reader {
  private next = 0;
  private prefix = 0;
  constructor(
    private readonly operands: readonly Operand[],
    private readonly words: readonly Node[],
  ) {}

  /** An expression of operators that bind at least as tightly as `level`. */
  read(level: number): ExprTree {
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
    const value = word === '-' ? this.operand() : this.read(notLevel);
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
