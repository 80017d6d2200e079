// A library of a few lines whose certificates use most kinds of records: hypotheses, families, induction, a definition, axioms with and without
// givens, citation. Knows no files.
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';

const statements = `
axiom add-comm (x y : R) : x + y = y + x
axiom add-zero (x : R) : x + 0 = x
axiom both {A} {f : R * A -> R, g : R * A -> R} (x : R, y : A)
  given zero : (y : A) : f(0, y) = g(0, y)
  given rest : (x : R, y : A) : f(x + 1, y) = g(x + 1, y)
  : f(x, y) = g(x, y)
def more (x : R) := x + -1.5
sort pixel
theorem swapped (x y : R) : (x + y) + 0 = y + x
theorem shrink [n?, m : pixel] {S} {h[k : pixel] : S -> S} (s : S)
  given still : for c : pixel (s : S) : h[c](s) = s
  : fold i:n (u = s) (h[m](u)) = s
theorem moved [m : pixel] (x : R, y : R[m]) : map m ((more(x) + y[m]) + 0) = map m (y[m] + (x + -1.5))
theorem again (x y : R) : (x + y) + 0 = y + x
`;
const proofs = `
proof swapped
  rewrite add-zero
  apply add-comm
qed
proof shrink
  induction n right
  { refl }
  { rewrite still with c := m
    rewrite ih }
qed
proof moved
  rewrite swapped
qed
proof again
  apply swapped
qed
`;

export const smallTexts = {
  statements: [{ path: 'theorems/small.weft', text: statements }],
  proofs: [{ path: 'proofs/small.weft', text: proofs }],
};
export const small = (): Library => checkLibrary(smallTexts.statements, smallTexts.proofs);
