// Statements of the library that no instance was found for, with the reason. Invariant: one that is checked after all is a failure too,
// so that the list never hides what could be seen.
export const unchecked: ReadonlyMap<string, string> = new Map();

/** Claims of the corpus that are refused and are true nevertheless: what is wrong is their proof. */
export const trueClaims: ReadonlyMap<string, string> = new Map();
