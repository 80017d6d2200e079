// The streams of lanes.test.ts: sums and others in every relation to their axis. Invariant: what is stated is proved; lanes.test.ts asks.
import { readFileSync } from 'node:fs';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';

const file = (path: string) => ({ path, text: readFileSync(path, 'utf8') });
const names = ['axioms', 'ring', 'order', 'reductions', 'streaming'];

/** Names of axes that come near those of a text. */
export const AXES = ['n_lanes', 'N', 'Batch', 'BATCH', 'lane'] as const;
export const streamOver = (axis: string): string => `over-${axis.toLowerCase()}-${AXES.findIndex((a) => a === axis)}`;
const over = (axis: string): string => `stream ${streamOver(axis)} [${axis}] (x : R[${axis}]) over ${axis}
  spec sum(x)
  state (s : R)
  head sum(x)
  final s
  merge s + s'
  commutative
`;
const proofOver = (axis: string): string => `proof ${streamOver(axis)}
  refl
qed
proof ${streamOver(axis)}.mergeable
  rewrite sum-add
qed
proof ${streamOver(axis)}.commutative
  ring
qed
`;

/** What commutes; what merges in order alone; what only folds; what has more axes, outputs, or a second pass. */
const statements = `import "streaming.weft"
stream sums [n] (x : R[n]) over n
  spec sum(x)
  state (s : R)
  head sum(x)
  final s
  merge s + s'
  commutative
stream ends [n] (x : R[n]) over n
  spec first x * sum(x)
  state (f s : R)
  head (first x, sum(x))
  final f * s
  merge (f, s + s')
  mergeable
stream folded [n] (x : R[n]) over n
  spec sum(x)
  state (s : R)
  head sum(x)
  final s
  step s + sum(x)
  foldable
theorem either-swap (a b : B) : (a or b) = (b or a)
theorem either-assoc (a b c : B) : ((a or b) or c) = (a or (b or c))
theorem either-none (b : B) : (false or b) = b
stream any [n] (x : R[n]) over n
  spec fold n (b = false) (b or x[n] < 0)
  state (b : B)
  head fold n (b = false) (b or x[n] < 0)
  final b
  merge b or b'
  commutative
stream rows [q, n] (x : R[n q]) over n
  spec map q (sum n (x[n, q]))
  state (s : R[q])
  head map q (sum n (x[n, q]))
  final s
  merge map q (s[q] + s'[q])
  commutative
stream shares [n] (x : R[n]) over n
  spec map i:n (x[i] / sum(x))
  state (s : R)
  head sum(x)
  pass map n (x[n] / s)
  merge s + s'
  commutative
`;
const proofs = `import "streaming.weft"
proof sums
  refl
qed
proof sums.mergeable
  rewrite sum-add
qed
proof sums.commutative
  ring
qed
proof ends
  refl
qed
proof ends.mergeable
  rewrite sum-add
qed
proof folded
  refl
qed
proof folded.foldable
  rewrite sum-add
qed
proof either-swap
  cases a, b
qed
proof either-assoc
  cases a, b, c
qed
proof either-none
  cases b
qed
proof any
  refl
qed
proof any.mergeable
  induction b right
  { rewrite either-none }
  { rewrite ih
    rewrite either-assoc }
qed
proof any.commutative
  rewrite either-swap
qed
proof rows
  refl
qed
proof rows.mergeable
  rewrite sum-add
qed
proof rows.commutative
  ring
qed
proof shares
  refl
qed
proof shares.mergeable
  rewrite sum-add
qed
proof shares.commutative
  ring
qed
`;

export const lanesLibrary = (): Library =>
  checkLibrary(
    [
      ...names.map((n) => file(`theorems/${n}.weft`)),
      { path: 'theorems/t.weft', text: `${statements}${AXES.map(over).join('')}` },
    ],
    [
      ...names.slice(1).map((n) => file(`proofs/${n}.weft`)),
      { path: 'proofs/t.weft', text: `${proofs}${AXES.map(proofOver).join('')}` },
    ],
  );
