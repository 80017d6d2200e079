// The theorems that a stream states, compared with the same laws written out; and the terms that extraction reads.
import { describe, expect, test } from 'vitest';
import { equal } from '../../../../src/core/index.js';
import { right, stream, world } from './world.js';

const definitions = `
def total [q k] (w : R[q k]) : R[q] := map q (sum k (w[q, k]))
`;
const weighted = (strength: string) => `${definitions}
stream weighted [q k e : Position] (w : R[q k], g : R[q], v : R[k e]) over k
  spec  map q, e (sum k (exp w[q, k] * v[k, e]) * g[q])
  state (m : R[q], o : R[q e])
  head  let m = map q (max k (w[q, k])) in (m, map q, e (sum k (exp (w[q, k] - m[q]) * v[k, e])))
  final map q, e (exp m[q] * o[q, e] * g[q] + 0 * size k)
  step  (map q (max2(m[q], max k (w[q, k]))), map q, e (o[q, e] + sum k (exp (w[q, k] - m[q]) * v[k, e])))
  merge (map q (max2(m[q], m'[q])), map q, e (o[q, e] + o'[q, e]))
  ${strength}
`;
/** The laws of the stream, written out; the streamed axis is the second of w and the first of v. */
const written = `
def head [q k e] (w : R[q k], v : R[k e]) : R[q] * R[q e] :=
  let m = map q (max k (w[q, k])) in (m, map q, e (sum k (exp (w[q, k] - m[q]) * v[k, e])))
def step [q k e] (m : R[q], o : R[q e], w : R[q k], v : R[k e]) : R[q] * R[q e] :=
  (map q (max2(m[q], max k (w[q, k]))), map q, e (o[q, e] + sum k (exp (w[q, k] - m[q]) * v[k, e])))
def merge [q e] (m : R[q], o : R[q e], m' : R[q], o' : R[q e]) : R[q] * R[q e] :=
  (map q (max2(m[q], m'[q])), map q, e (o[q, e] + o'[q, e]))
def beside [q a b] (x : R[q a], y : R[q b]) : R[q (a+b)] := map q (x[q] ++ y[q])
theorem main [q k e : Position] (w : R[q k], g : R[q], v : R[k e]) :
  map q, e (sum k (exp w[q, k] * v[k, e]) * g[q])
  = let (m, o) = head(w, v) in map q, e (exp m[q] * o[q, e] * g[q] + 0 * size k)
theorem foldable [q e a b : Position] (w : R[q a], g : R[q], v : R[a e], w' : R[q b], v' : R[b e]) :
  head(beside(w, w'), v ++ v') = step(head(w, v), w', v')
theorem mergeable [q e a b : Position] (w : R[q a], g : R[q], v : R[a e], w' : R[q b], v' : R[b e]) :
  head(beside(w, w'), v ++ v') = merge(head(w, v), head(w', v'))
theorem commutative [q e a b : Position] (w : R[q a], g : R[q], v : R[a e], w' : R[q b], v' : R[b e]) :
  merge(head(w, v), head(w', v')) = merge(head(w', v'), head(w, v))
`;

describe('the laws', () => {
  const { info, env } = stream(weighted('commutative'));
  const laws = world(written).laws;
  test.each([
    ['main', 'weighted'],
    ['foldable', 'weighted.foldable'],
    ['mergeable', 'weighted.mergeable'],
    ['commutative', 'weighted.commutative'],
  ])('%s is what one would write', (plain, name) => {
    const [expected, found] = [laws.get(plain)!, env.laws.get(name)!];
    expect(found.wires).toEqual(expected.wires);
    for (const side of ['lhs', 'rhs'] as const) {
      expect([found[side].dom, found[side].cod]).toEqual([expected[side].dom, expected[side].cod]);
      expect(right(equal(found[side], expected[side]))).toBe(true);
    }
    expect(right(equal(found.lhs, found.rhs))).toBe(false);
    expect(found).toMatchObject({ _tag: 'Theorem', stream: 'weighted', hypotheses: [] });
  });
  test('the wires are told apart', () => {
    expect(info.context.map((w) => w.name)).toEqual(['g']);
    expect(info.streamed.map((w) => [w.name, w.position])).toEqual([
      ['w', 1],
      ['v', 0],
    ]);
    expect(info.laws).toEqual(['weighted', 'weighted.foldable', 'weighted.mergeable', 'weighted.commutative']);
  });
  test('the terms compose to the right side', () => {
    expect(info.head.cod).toBe(info.stateObject);
    expect(info.final.dom.leaves.length).toBe(info.context.length + info.stateObject.leaves.length);
    expect(info.step!.dom.leaves.length).toBe(info.final.dom.leaves.length + info.streamed.length);
    expect(info.merge!.dom.leaves.length).toBe(2 * info.stateObject.leaves.length);
    expect(info.spec).toBe(env.laws.get('weighted')!.lhs);
  });
});

/** Outputs of two arrays, with the streamed axis at two places; the second pass reads the wires. */
const along = (results: string) => `${definitions}
stream along [q k e : Position] (w : R[q k], v : R[k e], g : R[q]) over k
  spec  (map q (sum k (w[q, k]) * g[q]), map q, k (w[q, k] * g[q]), map k, e (v[k, e] + size k))
  state (m : R[q])
  head  total(w)
  ${results}
  outputs (map q, k (w[q, k] * g[q]), map k, e (v[k, e] + size k))
  step  map q (m[q] + sum k (w[q, k]))
  output (map q, k (w[q, k] * g[q] + 0 * m[q]), map k, e (v[k, e] + sum(m) + size k))
  foldable
`;
const appended = `${definitions}
def beside [q a b] (x : R[q a], y : R[q b]) : R[q (a+b)] := map q (x[q] ++ y[q])
theorem outputs [q e a b : Position] (w : R[q a], v : R[a e], g : R[q], w' : R[q b], v' : R[b e]) :
  (map q, i:(a+b) (beside(w, w')[q, i] * g[q]), map i:(a+b), e ((v ++ v')[i, e] + size (a+b)))
  = let m = total(w) in
    ( beside(map q, a (w[q, a] * g[q]), map q, b (w'[q, b] * g[q] + 0 * m[q])),
      map a, e (v[a, e] + size a) ++ map b, e (v'[b, e] + sum(m) + size b) )
theorem once [q k e : Position] (w : R[q k], v : R[k e], g : R[q]) :
  (map q (sum k (w[q, k]) * g[q]), map q, k (w[q, k] * g[q]), map k, e (v[k, e] + size k))
  = let m = total(w) in (map q (g[q] * m[q]), map q, k (w[q, k] * g[q]), map k, e (v[k, e] + size k))
theorem twice [q k e : Position] (w : R[q k], v : R[k e], g : R[q]) :
  (map q (sum k (w[q, k]) * g[q]), map q, k (w[q, k] * g[q]), map k, e (v[k, e] + size k))
  = let m = total(w) in (map q (m[q] * g[q] + w[q, 0]), map q, k (w[q, k] * g[q]), map k, e (v[k, e] + size k))
`.replace('w[q, 0]', 'first w[q]');

describe('outputs and second passes', () => {
  const laws = world(appended).laws;
  const once = stream(along('final map q (g[q] * m[q])'));
  const twice = stream(along('pass map q (m[q] * g[q] + first w[q])'));
  test.each([
    ['outputs', 'along.outputs', once],
    ['outputs', 'along.outputs', twice],
    ['once', 'along', once],
    ['twice', 'along', twice],
  ])('%s is what one would write', (plain, name, { env }) => {
    const [expected, found] = [laws.get(plain)!, env.laws.get(name)!];
    expect(found.wires).toEqual(expected.wires);
    for (const side of ['lhs', 'rhs'] as const) {
      expect([found[side].dom, found[side].cod]).toEqual([expected[side].dom, expected[side].cod]);
      expect(right(equal(found[side], expected[side]))).toBe(true);
    }
    expect(right(equal(found.lhs, found.rhs))).toBe(false);
  });
  test('what extraction reads', () => {
    expect([once.info.passes, twice.info.passes]).toEqual([1, 2]);
    expect(once.info.outputPlaces).toEqual([1, 0]);
    expect(once.info.laws).toEqual(['along', 'along.foldable', 'along.outputs']);
    expect(once.info.output!.cod).toBe(once.info.outputs!.cod);
    const alone = stream(along('').replace('(map q (sum k (w[q, k]) * g[q]), ', '('));
    expect(alone.info.final.cod.leaves).toEqual([]);
  });
});

describe('the strength says what is stated', () => {
  test.each([
    ['foldable', ['.foldable', '.mergeable']],
    ['mergeable', ['.foldable', '.mergeable']],
    ['commutative', ['.foldable', '.mergeable', '.commutative']],
  ])('%s', (strength, suffixes) => {
    const { info } = stream(weighted(strength));
    expect(info.laws).toEqual(['', ...suffixes].map((s) => `weighted${s}`));
  });
});

test("axes and wires called a, b and x' do not meet the fresh ones", () => {
  const text = `stream s [a b k] (x : R[k a], x' : R[b]) over k
  spec map a (sum k (x[k, a])) state (s : R[a]) head map a (sum k (x[k, a])) final s
  step map a (s[a] + sum k (x[k, a])) foldable`.replace(/ (spec|state|head|final|step|foldable)\b/g, '\n $1');
  const { env } = stream(text);
  const law = env.laws.get('s.foldable')!;
  expect(law.wires!.map((w) => w.name)).toEqual(['x', "x'", "x''"]);
  const sums = 'map a (sum k (y[k, a]) + sum c (z[c, a]))';
  const plain = world(
    `theorem t [a b, k c](y : R[k a], u : R[b], z : R[c a]) : map a (sum (map i:(k+c) ((y ++ z)[i, a]))) = ${sums}`,
  );
  expect(law.lhs.cod).toBe(plain.laws.get('t')!.lhs.cod);
  expect(law.lhs.dom.leaves.map((l) => l.axes.length)).toEqual([2, 1, 2]);
});
