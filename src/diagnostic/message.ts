/** What a fact becomes: a line, what was expected and found, and exactly one hint. Invariant: text only, already clean. */
export interface Message {
  /** one line, no final stop */
  readonly headline: string;
  readonly details: readonly string[];
  /** one sentence, no final stop */
  readonly hint: string;
}

export const message = (headline: string, hint: string, details: readonly string[] = []): Message => ({
  headline,
  details,
  hint,
});

/** Two lines that a reader compares. */
export const expectedFound = (expected: string, found: string): readonly string[] => [
  `expected  ${expected}`,
  `found     ${found}`,
];

/** `did you mean a?`, or something else to try. */
export const nearest = (candidates: readonly string[], otherwise: string): string =>
  candidates.length === 0 ? otherwise : `did you mean ${candidates.join(' or ')}?`;

/** A message for each fact of a union. */
export type Table<U extends { readonly _tag: string }> = {
  readonly [Tag in U['_tag']]: (fact: Extract<U, { readonly _tag: Tag }>) => Message;
};
