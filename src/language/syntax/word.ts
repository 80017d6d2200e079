// The words that cannot be names. Invariant: `spec`, `state`, `head`, `final`, `pass`, `outputs`, `step`, `output`, `merge` and the strengths are not among
// them: they are words only at the start of a part of a stream.
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
