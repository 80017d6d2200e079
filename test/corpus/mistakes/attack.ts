// Mistakes that nobody had listed, found by trying: neighbours of the others.
import { type Row, inProof, inTheorem } from './row.js';

export const attack: readonly Row[] = [
  inTheorem('wires in braces', 'theorem t {x : R} : x + 0 = x', 'E-SYNTAX', 'wires stand in parentheses'),
  inTheorem('= for the colon', 'theorem t (x : R) = x + 0', 'E-SYNTAX', '`:` is missing after `)`'),
  inTheorem('an arrow for the colon', 'theorem t (x : R) -> x + 0 = x', 'E-SYNTAX', '`:` is missing after `)`'),
  inTheorem('an equation in brackets', 'theorem t (x : R) : (x + 0 = x)', 'E-SYNTAX', 'remove the brackets'),
  inTheorem('a binder in brackets', 'theorem t [n] (x : R[n]) : map (i : n) (x[i]) = x', 'E-SYNTAX', 'without brackets'),
  inTheorem(
    ':= in the state of a loop',
    'theorem t [n] (x : R[n]) : (fold i:n (s := 0) (s + x[i])) = 0',
    'E-SYNTAX',
    'each part with `=`',
    'files of their own',
  ),
  inTheorem('a comma at the end of a statement', 'theorem t (x : R) : x + 0 = x,', 'E-SYNTAX', 'an operator', '".."'),
  inProof('apply with an arrow', '  apply <- add-comm', 'E-SYNTAX', 'from either side'),
  inProof('induction over a wire', '  induction x', 'E-SCOPE', 'there is no axis `x` in the goal', 'theorem, axiom'),
  inProof('end for qed', 'proof t\n  rewrite add-zero\n  apply add-comm\nend\n', 'E-SYNTAX', 'did you mean `qed`?', 'sections'),
  inProof('a proof of an axiom', 'proof t\n  rewrite add-zero\n  apply add-comm\nqed\nproof add-zero\n  refl\nqed\n', 'E-SCOPE', '`add-zero` is an axiom | remove this proof', 'which nothing states'),
  inProof('with a variable that the theorem has not', '  rewrite add-zero\n  apply add-comm with z := x', 'E-SCOPE', '`add-comm` has no variable `z` | its variables are `x` and `y`', 'theorem, axiom or hypothesis'),
  inProof('rewrite with a variable that the axiom has not', '  rewrite add-zero with n := x\n  apply add-comm', 'E-SCOPE', '`add-zero` has no variable `n`', 'import'),
  inProof('unfold of what nothing calls', '  unfold pos\n  rewrite add-zero\n  apply add-comm', 'E-SCOPE', 'there is no definition `pos` here'),
  inTheorem('a theorem called as a schedule is', 'theorem x.schedule (x y : R) : (x + y) + 0 = y + x', 'E-SYNTAX', 'has no dots'),
  inProof('unfold of an axiom', '  unfold add-zero', 'E-SCOPE', 'there is no definition `add-zero`', 'import it'),
];
