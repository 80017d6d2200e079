// An adversary who writes scripts: each attempt at a false theorem fails with its reason, and what is true by the same route is
// proved, so that no attempt fails for want of syntax.
import { describe, expect, it } from 'vitest';
import { checked, outcome, single } from './attempt.js';

/** name, false statement, its proof, the expected outcome; then the true statement and its proof */
type Attempt = readonly [string, string, string, string, string, string];

const binders: readonly Attempt[] = [
  [
    'a family whose body mentions an axis of the goal',
    'theorem bad [n] () : size n = 1',
    'apply constant-family with n := n, c := [k] fun () => size n',
    'E-EQ',
    'theorem bad [n] () : size n = size n + 0',
    'apply constant-family with n := n, c := [k] fun () => size n',
  ],
  [
    'a family that is not constant, its binder named like the axis of the goal',
    'theorem bad [n] () : size n = 1',
    'apply constant-family with n := n, c := [n] fun () => size n',
    'E-SIDE',
    'theorem bad [n] () : 1 + 1 = 2 + size n - size n',
    'apply constant-family with n := n, c := [n] fun () => 2',
  ],
  [
    'primed axes, named like those that are made fresh for a hypothesis',
    "theorem bad [c, d, c', d'] (x : R[c], y : R[d], z : R[c'], w : R[d']) : first(x ++ y) = first(y ++ x)",
    'apply commutes with A := R, S := R, a := c, b := d, h := [n] first n R, merge := fun (s : R, t : R) => s, x := x, y := y',
    'E-SIDE',
    "theorem bad [c, d, c', d'] (x : R[c], y : R[d], z : R[c'], w : R[d']) : 1 = 1 + size c - size c",
    'apply commutes with A := R, S := R, a := c, b := d, h := [n] fun (x : R[n]) => 1, merge := fun (s : R, t : R) => s, x := x, y := y',
  ],
  [
    'a wire of the statement in a hypothesis',
    'theorem bad (x : R) given zero : (y : R) : x = y : x = 0',
    'rewrite zero with y := 0',
    'E-SCOPE',
    'theorem bad (x : R) given zero : (y : R) : y = 0 : x = 0',
    'rewrite zero with y := x in lhs',
  ],
  [
    'an axis of the statement bound again by a hypothesis',
    'theorem bad [n] {c[k] : 1 -> R} () given all : for n () : c[n]() = 0 : c[n]() = 0',
    'assumption',
    'E-SCOPE',
    'theorem bad [n] {c[k] : 1 -> R} () given all : for m () : c[m]() = 0 : c[n]() = 0',
    'rewrite all with m := n',
  ],
  [
    'a let that hides the wire that the cases are on',
    'theorem bad (x y : R) : (let x = x + 1 in if x < y then 1 else 0) = if x < y then 1 else 0',
    'cases x < y',
    'E-EQ',
    'theorem bad (x y : R) : (let z = x in if z < y then 1 else 0) = if x < y then 1 else 0',
    'cases x < y',
  ],
  [
    'an index named like a wire, and an inner index like an outer one',
    'theorem bad [n] (i : R, x : R[n]) : map i:n (x[i]) = map j:n (i)',
    'refl',
    'E-EQ',
    'theorem bad [n] (i : R, x : R[n]) : map i:n (sum i:n (x[i])) = map j:n (sum(x))',
    'refl',
  ],
  [
    'a morphism variable that hides a definition',
    'theorem bad {max2 : R * R -> R} (x : R) : max2(x, x) = x',
    'unfold max2\n cases x < x',
    'E-MATCH',
    'theorem bad (x : R) : max2(x, x) = x',
    'unfold max2\n cases x < x',
  ],
];

const induction: readonly Attempt[] = [
  [
    'the hypothesis of induction, used as it is for the step',
    'theorem bad [n] () : size n = 1',
    'induction n right { refl } { rewrite ih }',
    'E-MATCH',
    'theorem bad [n] () : fold i:n (s = 1) (s * 1) = 1',
    'induction n right { refl } { rewrite mul-one rewrite ih }',
  ],
  [
    'the hypothesis of induction at another axis',
    'theorem bad [n] () : size n = 1',
    'induction n right { refl } { rewrite ih with n := n + 1 }',
    'E-SCOPE',
    'theorem bad [n] (s : R) : fold i:n (u = s) (u) = s',
    'induction n right { refl } { rewrite ih with s := s }',
  ],
  [
    'a lemma under the hypothesis of induction, at another axis',
    'theorem bad [n] () : size n = 1',
    'induction n right { refl } { have lemma () : size n = 1 by assumption ih\n rewrite lemma with n := n + 1 }',
    'E-SIDE',
    'theorem bad [n] () : fold i:n (s = 1) (s * 1) = 1',
    'induction n right { refl } { have lemma () : fold i:n (s = 1) (s * 1) = 1 by assumption ih\n rewrite mul-one\n rewrite lemma }',
  ],
  [
    'induction over the axis of a hypothesis',
    'theorem bad [n] {g : R -> R} (y : R) given known : () : g(size n) = 0 : fold i:n (s = y) (s * 1) = y',
    `induction n right { rewrite mul-one } {
       calc fold i:(n+1) (s = y) (s * 1)
          = (fold i:(n+1) (s = y) (s * 1)) + g(size n) by { rewrite known in rhs rewrite add-zero in rhs }
          = y by { rewrite known rewrite add-zero rewrite mul-one rewrite ih } }`,
    'E-SCOPE',
    'theorem bad [n, m] {g : R -> R} (y : R) given known : () : g(size m) = 0 : fold i:n (s = y) (s * 1) = y',
    `induction n right { rewrite mul-one } {
       calc fold i:(n+1) (s = y) (s * 1)
          = (fold i:(n+1) (s = y) (s * 1)) + g(size m) by { rewrite known in rhs rewrite add-zero in rhs }
          = y by { rewrite known rewrite add-zero rewrite mul-one rewrite ih } }`,
  ],
  [
    'induction twice over one axis',
    'theorem bad [n] () : size n = 1',
    'induction n right { refl } { induction n right { refl } { assumption ih } }',
    'E-EQ',
    'theorem bad [n, m] (y : R) : fold i:n (s = y) (fold j:m (s = s) (s * 1)) = y',
    `have inner [k] (y : R) : fold j:k (s = y) (s * 1) = y by { induction k right { rewrite mul-one } { rewrite mul-one rewrite ih } }
     induction n right { rewrite inner } { rewrite inner rewrite ih }`,
  ],
  [
    'the hypothesis of induction where there is none',
    'theorem bad (x : R) : x = x + 1',
    'rewrite ih',
    'E-SCOPE',
    'theorem bad (x : R) given ih : (x : R) : x = 0 : x = 0',
    'rewrite ih with x := x in lhs',
  ],
  [
    'a case left out',
    'theorem bad [n] () : size n = 1',
    'induction n right { refl }',
    'E-EQ',
    'theorem bad [n] () : size n = size n * 1',
    'induction n right { refl } { refl }',
  ],
  [
    'an empty axis where none may be',
    'theorem bad [t?] (x : R[t]) : fold i:t (s = 0) (1) = 1',
    'apply non-empty with n := t, x := x',
    'E-SIDE',
    'theorem bad [t] (x : R[t]) : fold i:t (s = 0) (1) = 1',
    'apply non-empty with n := t, x := x',
  ],
  [
    'the axis 0 where none may be',
    'theorem bad () : 0 = 1',
    'apply non-empty with n := 0',
    'E-SIDE',
    'theorem bad () : 1 = 1 + 0',
    'apply non-empty with n := 1, x := map i:1 (0)',
  ],
];

const hypotheses: readonly Attempt[] = [
  [
    'a hypothesis that nothing satisfies',
    'theorem bad () : 0 = 1',
    'apply from-absurd with x := 0, y := 1',
    'E-SIDE',
    'theorem bad () given absurd : (x y : R) : x = y : 0 = 1',
    'apply from-absurd with x := 0, y := 1',
  ],
  [
    'a lemma with a hypothesis of its own that nothing satisfies',
    'theorem bad () : 0 = 1',
    'have lemma () given no : (x y : R) : x = y : 0 = 1 by rewrite no with x := 0, y := 1 in lhs\n apply lemma',
    'E-SIDE',
    'theorem bad (x : R) : x + 0 = x',
    'have lemma (x : R) given yes : (y : R) : y + 0 = y : x + 0 = x by rewrite yes\n apply lemma { rewrite add-zero }',
  ],
  [
    'a lemma in whose proof there is a hole',
    'theorem bad () : 0 = 1',
    'have lemma () : 0 = 1 by ?\n apply lemma',
    'open',
    'theorem bad () : 0 = 1 - 1',
    'have lemma () : 0 = 1 - 1 by refl\n apply lemma',
  ],
  [
    'a lemma named like an axiom',
    'theorem bad (x : R) : x + 0 = 0',
    'have add-zero (x : R) : x + 0 = 0 by rewrite add-zero\n rewrite add-zero',
    'E-EQ',
    'theorem bad (x : R) : x + 0 = x',
    'have add-zero (x : R) : x + 0 = x by rewrite add-zero\n rewrite add-zero',
  ],
  [
    'a branch taken for a fact',
    'theorem bad (x : R) : (if x == 0 then 1 else 0) = 1',
    'cases x == 0 { refl } { have yes : (x == 0) = true by refl\n rewrite yes }',
    'E-EQ',
    'theorem bad (x : R) : (if x == 0 then 1 else 1) = 1',
    'cases x == 0 { refl } { refl }',
  ],
  [
    'one branch of two',
    'theorem bad (b : B) : (if b then 1 else 0) = 1',
    'cases b { refl }',
    'E-EQ',
    'theorem bad (b : B) : (if b then 1 else 1) = 1',
    'cases b { refl } { refl }',
  ],
  [
    'one condition of two',
    'theorem bad (b : B) : (if b then 1 else 0) = 1',
    'apply boolean-cases with A := 1, C := R, f := fun (b : B) => if b then 1 else 0, g := fun (b : B) => 1, b := b { refl }',
    'E-EQ',
    'theorem bad (b : B) : (if b then 1 else 1) = 1',
    'apply boolean-cases with A := 1, C := R, f := fun (b : B) => if b then 1 else 1, g := fun (b : B) => 1, b := b { refl } { refl }',
  ],
];

const chains: readonly Attempt[] = [
  [
    'a chain that starts elsewhere',
    'theorem bad () : 0 = 1',
    'calc 1 = 1',
    'E-EQ',
    'theorem bad () : 1 = 2 - 1',
    'calc 1 = 2 - 1',
  ],
  [
    'a chain over another object',
    'theorem bad [n] (x : R[n]) : x = map n (x[n] + 1)',
    'calc x = sum(x) = map n (x[n] + 1)',
    'E-TYPE',
    'theorem bad [n] (x : R[n]) : x = map n (x[n] + 0)',
    'calc x = map n (x[n]) = map n (x[n] + 0) by rewrite add-zero in rhs',
  ],
  ['nothing done', 'theorem bad () : 0 = 1', '', 'E-EQ', 'theorem bad () : 0 = 1 - 1', ''],
  [
    'rewriting by nothing',
    'theorem bad () : 0 = 1',
    'simp []',
    'E-EQ',
    'theorem bad (x : R) : x + 0 = x',
    'simp [add-zero]',
  ],
  [
    'more steps after the end',
    'theorem bad () : 0 = 1',
    'symm symm refl symm',
    'E-EQ',
    'theorem bad () : 1 = 2 - 1',
    'symm symm refl',
  ],
];

const meaning: readonly Attempt[] = [
  ['floating point', 'theorem bad () : 1e16 + 1 = 1e16', 'refl', 'E-EQ', 'theorem bad () : 0.1 + 0.2 = 0.3', 'refl'],
  [
    '1 / 0',
    'theorem bad () : 1 / 0 = 1',
    'rewrite recip-zero',
    'E-EQ',
    'theorem bad () : recip 0 = 0',
    'rewrite recip-zero',
  ],
  [
    'the order of a concatenation',
    'theorem bad [a] (x y : R[a]) : x ++ y = y ++ x',
    'refl',
    'E-EQ',
    'theorem bad [a] (x y : R[a]) : (let (p, q) = split[a, a] (x ++ y) in (p, q)) = (x, y)',
    'refl',
  ],
  [
    'a * b for b * a',
    'theorem bad [a, b] (x : R[a*b]) : sum i:(a*b) (x[i]) = sum i:(b*a) (x[i])',
    'refl',
    'E-TYPE',
    'theorem bad [a, b] (x : R[a*b]) : size(a*b) = size(b*a)',
    'refl',
  ],
  [
    'a * (b + c) for a * b + a * c',
    'theorem bad [a, b, c] (x : R[a*(b+c)], y : R[a*b + a*c]) : map i:(a*(b+c)) (x[i] + y[i]) = x',
    'refl',
    'E-TYPE',
    'theorem bad [a, b, c] (x : R[(a+b)*c], y : R[a*c + b*c]) : map i:((a+b)*c) (x[i] * 0 + y[i]) = map i:(a*c + b*c) (y[i] + x[i] * 0)',
    'rewrite add-comm at 2 rewrite add-comm at 1',
  ],
  [
    'a transposed square',
    'theorem bad [n] (x : R[n n]) : map i:n, j:n (x[i, j]) = map i:n, j:n (x[j, i])',
    'refl',
    'E-EQ',
    'theorem bad [n] (x : R[n n]) : map i:n, j:n (x[i, j]) = map j:n, i:n (x[j, i])',
    'refl',
  ],
  [
    'the direction of a loop',
    'theorem bad [n] (x : R[n]) : fold i:(1+n) (s = 0) (2 * s + (repeat[1] 1 ++ x)[i]) = 2 * (fold i:n (s = 0) (2 * s + x[i])) + 1',
    'rewrite add-zero',
    'E-MATCH',
    'theorem bad [n] (x : R[n]) : fold i:(n+1) (s = 0) (2 * s + (x ++ repeat[1] 1)[i]) = 2 * (fold i:n (s = 0) (2 * s + x[i])) + 1',
    'refl',
  ],
];

const families: Readonly<Record<string, readonly Attempt[]>> = { binders, induction, hypotheses, chains, meaning };

describe.each(Object.entries(families))('%s', (_, attempts) => {
  it.each(attempts)('%s', (_name, statement, steps, expected, truth, proof) => {
    expect(outcome(checked(single(statement, steps)), 'bad')).toBe(expected);
    expect(outcome(checked(single(truth, proof)), 'bad')).toBe('proved');
  });
});
