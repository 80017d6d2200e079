// One attempt at a false theorem: the axioms, a few definitions, and the attacker's files. Invariant: what is answered is the
// status and the code of the theorem `bad` (or of another name), never only that something failed.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Library, checkLibrary } from '../../../src/proof/script/check.js';
import type { SourceFile } from '../../../src/proof/script/result.js';

const axioms: SourceFile = {
  path: 'axioms.weft',
  text: fs.readFileSync(fileURLToPath(new URL('../../../theorems/axioms.weft', import.meta.url)), 'utf8'),
};
const base: SourceFile = {
  path: 'base.weft',
  text: `import "axioms.weft"
-- a theorem of the library; an axiom here, since the base has no proofs of rings
axiom add-comm (x y : R) : x + y = y + x
def sum [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])
def max2 (x y : R) : R := if x < y then y else x
theorem constant-family [n] {c[k] : 1 -> R} () given all : for k () : c[k]() = c[1]() : c[n]() = c[1]()
theorem from-absurd (x y : R) given absurd : (x y : R) : x = y : x = y
theorem commutes [a, b] {A, S, h[n] : A[n] -> S, merge : S * S -> S} (x : A[a], y : A[b])
  given merges : for c, d (x : A[c], y : A[d]) : h[c+d](x ++ y) = merge(h[c](x), h[d](y))
  given swaps : for c, d (x : A[c], y : A[d]) : merge(h[c](x), h[d](y)) = merge(h[d](y), h[c](x))
  : h[a+b](x ++ y) = h[b+a](y ++ x)
theorem non-empty [n] (x : R[n]) : fold i:n (s = 0) (1) = 1
theorem zero-unit (x : R) : 0 + x = x
`,
};
const baseProofs: SourceFile = {
  path: 'proofs/base.weft',
  text: `proof constant-family
  rewrite all with k := n
qed
proof from-absurd
  rewrite absurd with x := x, y := y in lhs
qed
proof commutes
  rewrite merges
  rewrite merges in rhs
  rewrite swaps
qed
proof non-empty
  induction n right
  { refl }
  { refl }
qed
proof zero-unit
  rewrite add-comm
  rewrite add-zero
qed
`,
};

/** Files by name; a name with `proof` in it is a file of proofs. Each may import "base.weft". */
export type Files = Readonly<Record<string, string>>;

export function checked(files: Files): Library {
  const own = Object.entries(files).map(([path, text]): SourceFile => ({ path, text }));
  const proofs = own.filter((f) => f.path.includes('proof'));
  return checkLibrary([axioms, base, ...own.filter((f) => !proofs.includes(f))], [baseProofs, ...proofs]);
}

/** `proved`, or the status with the code of its first diagnostic. */
export function outcome(library: Library, name: string): string {
  const theorem = library.theorems.find((t) => t.name === name);
  if (!theorem) return 'not stated';
  return theorem.status === 'rejected' ? (theorem.code ?? 'no code') : theorem.status;
}

/** A statement and its proof, over the base. */
export const single = (statement: string, steps: string): Files => ({
  'a.weft': `import "base.weft"\n${statement}`,
  'a.proofs.weft': `import "proofs/base.weft"\n${steps.trimStart().startsWith('proof') ? steps : `proof bad\n${steps}\nqed\n`}`,
});
