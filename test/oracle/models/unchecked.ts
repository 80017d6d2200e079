// Statements of the library that no instance was found for, with the reason. Invariant: one that is checked after all is a failure too,
// so that the list never hides what could be seen.
/** Numbers drawn apart from each other are in no two places of one document, so every key is closed; `weft refute` draws labels, and tells 45 instances. */
const APART = 'labels of documents are drawn apart';
export const unchecked: ReadonlyMap<string, string> = new Map(
  ['', '.mergeable', '.commutative'].map((law) => [`document-attention${law}`, APART]),
);

/** Claims of the corpus that are refused and are true nevertheless: what is wrong is their proof. */
export const trueClaims: ReadonlyMap<string, string> = new Map();
