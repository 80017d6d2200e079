// One mistake, and the words that a person needs. Invariant: `say` must occur in the messages, `never` must not, with runs of blanks as one.

export interface Row {
  readonly mistake: string;
  /** below the prelude; the sound theorem `t` where nothing is given */
  readonly theorems?: string;
  /** the sound proof of `t` where nothing is given and the theorems are sound */
  readonly proofs?: string;
  readonly code: string;
  readonly say: readonly string[];
  readonly never: readonly string[];
}

export const prelude = `axiom add-comm (x y : R) : x + y = y + x
axiom add-zero (x : R) : x + 0 = x
`;
export const sound = {
  theorems: 'theorem t (x y : R) : (x + y) + 0 = y + x\n',
  proofs: 'proof t\n  rewrite add-zero\n  apply add-comm\nqed\n',
} as const;

/** What no message says: noise after another mistake, and words of the machine. */
export const noise = ['which nothing states', 'is stated and has no proof', 'SidesDiffer', '#', 'undefined', '[object', 'at Object.'];

const row = (mistake: string, code: string, say: string, texts: Pick<Row, 'theorems' | 'proofs'>, never: string): Row => ({
  mistake,
  code,
  say: say.split(' | '),
  never: never === '' ? [] : never.split(' | '),
  ...texts,
});
/** A mistake in a statement. */
export const inTheorem = (mistake: string, theorems: string, code: string, say: string, never = ''): Row =>
  row(mistake, code, say, { theorems }, never);
/** A mistake in the proof of `t`: its steps, or the whole text where it says `proof` itself. */
export const inProof = (mistake: string, steps: string, code: string, say: string, never = ''): Row =>
  row(mistake, code, say, { proofs: /^\s*proof\b/im.test(steps) ? steps : `proof t\n${steps}\nqed\n` }, never);
