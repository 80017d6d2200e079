// Statements of the library that no instance was found for, with the reason. Invariant: one that is checked after all is a failure too,
// so that the list never hides what could be seen.
/** With every key of a query closed, its gauge is the floor, and the evaluation in floats declines what exceeds it: `weft refute`, which draws labels, tells some. */
const CLOSED = 'labels of documents are drawn apart, so every key is closed: overflow in all attempts';
export const unchecked: ReadonlyMap<string, string> = new Map(
  ['', '.mergeable', '.commutative'].map((law) => [`document-attention${law}`, CLOSED]),
);

/** Claims of the corpus that are refused and are true nevertheless: what is wrong is their proof. */
export const trueClaims: ReadonlyMap<string, string> = new Map();
