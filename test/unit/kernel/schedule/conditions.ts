// The streams of conditions.test.ts: preconditions of all laws, of the results alone, and both, over every kind of stream. Invariant: what is stated is proved;
// conditions.test.ts asks.
import { readFileSync } from 'node:fs';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';

const file = (path: string) => ({ path, text: readFileSync(path, 'utf8') });
const names = ['axioms', 'ring', 'order', 'reductions', 'streaming', 'booleans', 'outputs', 'conditions'];

const SUM = 'let (s, y) = scan n (s = 0) (let t = s + x[n] in (t, t)) in y';
export const STATEMENTS = `import "conditions.weft"

stream along [n] (x : R[n]) over n
  where all(map n (0 < x[n]))
  spec ${SUM}
  state (s : R)
  head sum n (x[n])
  outputs ${SUM}
  step s + sum n (x[n])
  output ${SUM.replace('s = 0', 's = s')}
  foldable
stream shares [n] (x : R[n]) over n
  where all(map n (0 < x[n]))
  spec map n (x[n] / sum(x))
  state (s : R)
  head sum n (x[n])
  pass map n (x[n] / s)
  step s + sum n (x[n])
  foldable
stream whole [n] (x : R[n]) over n
  spec sum(x) * recip(sum(x))
  state (s : R)
  head sum n (x[n])
  final 1
  where not (sum(x) == 0)
  step s + sum n (x[n])
  foldable
stream scaled [q, n, e] (a : R, x : R[q n], v : R[n e]) over n
  where 0 < a
  spec map q, e (a * sum n (x[q, n] * v[n, e]) * recip a)
  state (s : R[q e])
  head map q, e (sum n (x[q, n] * v[n, e]))
  final s
  where a < 100
  merge map q, e (s[q, e] + s'[q, e])
  mergeable
stream twins [n] (x x' : R[n]) over n
  where 0 < first x
  spec sum n (x[n] * x'[n])
  state (s : R)
  head sum n (x[n] * x'[n])
  final s
  step s + sum n (x[n] * x'[n])
  foldable
theorem a-colon-below [n] (p : B[n], x : R[n])
  where all p
  : sum(x) + 0 = sum(x)
stream pair [n] (x : R[n], open : B[n]) over n
  where first open
  spec (sum n (if open[n] then x[n] else 0), first x)
  state (s f : R)
  head (sum n (if open[n] then x[n] else 0), first x)
  final (s, f)
  step (s + sum n (if open[n] then x[n] else 0), f)
  foldable
`;
export const PROOFS = `import "conditions.weft"
proof along
  refl
qed
proof along.inherits
  rewrite all-inherits
qed
proof along.foldable
  stream
qed
proof along.outputs
  stream
qed
proof shares
  refl
qed
proof shares.inherits
  rewrite all-inherits
qed
proof shares.foldable
  stream
qed
proof whole
  rewrite mul-recip
  cases sum(x) == 0
qed
proof whole.foldable
  stream
qed
proof scaled
  calc (map q, e (if 0 < a then (if a < 100 then a * sum n (x[q, n] * v[n, e]) * recip a else otherwise[q, e]) else otherwise[q, e]))
     = (map q, e (if 0 < a then (if a < 100 then sum n (x[q, n] * v[n, e]) * (if 0 < a then a * recip a else 1) else otherwise[q, e]) else otherwise[q, e]))
     by { cases 0 < a
          { ring } { refl } }
     = (map q, e (if 0 < a then (if a < 100 then sum n (x[q, n] * v[n, e]) else otherwise[q, e]) else otherwise[q, e]))
     by { rewrite mul-recip-pos
          ring }
qed
proof scaled.inherits
  cases 0 < a
qed
proof scaled.mergeable
  stream
qed
proof twins
  refl
qed
proof twins.inherits
  cases 0 < first x
qed
proof twins.foldable
  stream
qed
proof a-colon-below
  rewrite add-zero
qed
proof pair
  refl
qed
proof pair.inherits
  cases first open
qed
proof pair.foldable
  stream
qed
`;

/** The library with these texts, or others, beside it. */
export const conditionsLibrary = (statements = STATEMENTS, proofs = PROOFS): Library =>
  checkLibrary(
    [...names.map((n) => file(`theorems/${n}.weft`)), { path: 'theorems/t.weft', text: statements }],
    [...names.slice(1).map((n) => file(`proofs/${n}.weft`)), { path: 'proofs/t.weft', text: proofs }],
  );
