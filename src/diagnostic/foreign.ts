/** What Weft has for the words of other provers. Invariant: one hint for each kind. Knows no places. */
import type { ForeignKind } from '../language/syntax/foreign-words.js';

export const foreignHints: Readonly<Record<ForeignKind, string>> = {
  theorem: 'every claim is a `theorem NAME (x : R) : LEFT = RIGHT`',
  def: 'a definition is `def NAME (x : R) : R := EXPR`; a recursion is a `fold` or a `scan`',
  axiom: 'what is taken without proof is an `axiom`, or a hypothesis `given NAME : … = …` of one theorem',
  given: 'hypotheses are `given NAME : LEFT = RIGHT`, before the `:` of the statement',
  import: 'other files are read by `import "FILE.weft"`',
  nothing:
    'files have no sections: remove it. Variables are declared in the groups of each statement, `[n]` and `(x : R[n])`',
  types: 'there are no data types: objects are R, B, arrays R[n m] and products',
  query: '`weft check` lists what is proved, and `?` in a proof shows its goal',
  rewrite: 'did you mean `rewrite`? A step is `rewrite NAME`, `rewrite <- NAME with x := EXPR at 2`',
  apply: 'did you mean `apply`? A step is `apply NAME`, with arguments `apply NAME with x := EXPR`',
  refl: 'did you mean `refl`? It closes what is structurally equal',
  symm: 'did you mean `symm`? It swaps the sides of the goal',
  calc: 'did you mean `calc`? A chain is `calc A = B by STEP = C by STEP`',
  cases: 'did you mean `cases`? It splits on a boolean: `cases x < y { … } { … }`',
  induction: 'did you mean `induction`? It is `induction n right { … } { … }`, over an axis',
  have: 'did you mean `have`? A lemma is `have NAME : A = B by STEP`',
  intro: 'no step is needed: the wires, axes and hypotheses of the statement are in scope from the start',
  congr: 'no step is needed: `rewrite` works inside functions, maps and loops',
  assumption: 'did you mean `assumption`? It closes the goal by a hypothesis',
  unfold:
    '`unfold NAME` shows the body of a definition; no step needs it: structural equality sees through definitions',
  simp: 'did you mean `simp`? It is `simp [NAME, NAME]`, with every rule named',
  search:
    'no step searches: name the law with `rewrite NAME`, or use `ring` for sums and products and `simp [NAME, …]`',
  ring: 'did you mean `ring`?',
  hole: 'did you mean `?`? It is a hole: it prints its goal, and the theorem stays open',
  qed: 'did you mean `qed`? Every proof ends with it',
  exists: 'there are no existential goals: every goal is an equation. Say what a variable is with `with x := EXPR`',
  lambda: 'a function is a diagram: `fun (x : R) => EXPR`; in an expression, an array is `map n (EXPR)`',
  real: 'objects are R and B, arrays are R[n m] over axis variables',
};
