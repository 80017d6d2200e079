// The words that cannot be names. Invariant: `where`, `spec`, `state`, `head`, `final`, `pass`, `outputs`, `step`, `output`, `merge` and the strengths are
// not among them: they are words only at the start of a part of a stream, and `where` after the parameters of a law.
export const structureWords = [
  'import',
  'sort',
  'def',
  'axiom',
  'theorem',
  'stream',
  'given',
  'for',
  'over',
  'proof',
  'qed',
] as const;
// prettier-ignore
export const expressionWords = ["if", "then", "else", "let", "in", "fold", "fun", "map", "scan", "einsum", "true", "false", "and", "or", "not"] as const;
// prettier-ignore
export const diagramWords = [
  "id", "copy", "del", "swap", "repeat", "diag", "exchange", "split", "concat", "tile", "flatten", "first", "const",
  "add", "mul", "neg", "recip", "exp", "log", "sqrt", "lt", "select", "position", "size",
] as const;
// prettier-ignore
export const tacticWords = [
  "refl", "unfold", "rewrite", "simp", "calc", "apply", "induction", "assumption", "cases", "ring", "tauto", "have", "symm",
  "by", "with", "at", "lhs", "rhs",
] as const;

export const reservedWords: readonly string[] = [
  ...structureWords,
  ...expressionWords,
  ...diagramWords,
  ...tacticWords,
];

const heads: ReadonlySet<string> = new Set(['import', 'sort', 'def', 'axiom', 'theorem', 'stream', 'proof']);
/**
 * Told the words of a text in order: whether each begins an item. `stream` is a step too: in a proof that has not come to its `qed` it begins nothing.
 * @example const begins = itemHeads(); ['proof', 'a', 'stream', 'qed'].map(begins) // [true, false, false, false]
 */
export function itemHeads(): (word: string) => boolean {
  let isProof = false;
  return (word) => {
    const isHead = heads.has(word) && !(isProof && word === 'stream');
    if (isHead || word === 'qed') isProof = word === 'proof';
    return isHead;
  };
}
