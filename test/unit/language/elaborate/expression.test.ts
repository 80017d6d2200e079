// Every construct of expressions and diagrams, each stated both ways: a pointful and a point-free form of one thing have one
// normal form, and the nearest different thing does not.
/* eslint-disable @typescript-eslint/no-explicit-any -- trees are looked into without naming their shapes */
import { describe, expect, test } from 'vitest';
import { law, structural } from './world.js';

const equalLaws: readonly (readonly [name: string, text: string])[] = [
  ['a wire', '(x y : R) : x = { id R * del R }(x, y)'],
  ['a tuple is flat', '(x y z : R) : (x, (y, z)) = ((x, y), z)'],
  ['difference', '(x y : R) : x - y = x + -y'],
  ['quotient', '(x y : R) : x / y = x * recip y'],
  ['constants fold', '() : 1/3 - -0.5 = 5e-1 + 2/6'],
  ['exact decimals', '() : 1e-6 * 1000000 = 1'],
  ['greater', '(x y : R) : x > y = y < x'],
  ['at most', '(x y : R) : x <= y = not (y < x)'],
  ['at least', '(x y : R) : x >= y = not (x < y)'],
  ['equality', '(x y : R) : x == y = (not (x < y) and not (y < x))'],
  ['if', '(p : B, x y : R) : if p then x else y = { select R }(p, x, y)'],
  ['if at arrays', '[n](p : B, x y : R[n]) : if p then x else y = { select R[n] }(p, x, y)'],
  ['unary words', '(x : R) : exp sqrt log recip x = { recip ; log ; sqrt ; exp }(x)'],
  ['truth', '(p : B) : true and (p or false) = { true * (id * false ; or) ; and }(p)'],
  ['map', '[n](x : R[n]) : map n (exp x[n]) = { map n exp }(x)'],
  ['map at a tuple', '[n](x y : R[n]) : map i:n (y[i], x[i]) = (y, x)'],
  ['transposed access', '[n m](x : R[n m]) : map m, n (x[n, m]) = { exchange n m R }(x)'],
  ['diagonal', '[n](x : R[n n]) : map n (x[n, n]) = { diag n R }(x)'],
  [
    'a view under several binders',
    '[n m k](x : R[m], y : R[n k]) : map n, m, k (x[m] * y[n, k]) = map n (let z = y[n] in map m, k (x[m] * z[k]))',
  ],
  ['fewer indices give an array', '[n m](x : R[n m]) : map n (x[n]) = x'],
  ['repeat', '[n](x : R) : repeat[n] x = map n (x)'],
  ['position and size', '[n]() : (position[n], size n) = { position n * size n }()'],
  ['first', '[n m](x : R[n m]) : first x = { first n R[m] }(x)'],
  ['concat', '[a b](x : R[a], y : R[b]) : x ++ y = concat[a, b](x, y)'],
  ['split', '[a b](x : R[a], y : R[b]) : split[a, b] (x ++ y) = (x, y)'],
  ['tile and flatten', '[a b](x : R[(a*b)]) : flatten (tile[a, b] x) = x'],
  ['flatten with axes', '[a b](x : R[a b]) : flatten[a, b] x = { flatten a b R }(x)'],
  ['fold', '[n](x : R[n]) : fold i:n (s = 0) s + x[i] = { const 0 * id ; fold n R add }(x)'],
  ['scan', '[n](x : R[n], z : R) : scan i:n (s = z) (s + x[i], s) = { scan n R (fun (s x : R) => (s + x, s)) }(z, x)'],
  [
    'nested folds',
    '[n m](x : R[n m]) : fold i:n (s = 0) fold j:m (t = s) t + x[i, j] = fold i:n (s = 0) (let r = x[i] in fold j:m (u = s) u + r[j])',
  ],
  ['let', '(x : R) : let y = exp x in y * y = exp x * exp x'],
  ['let of a tuple', '(x y : R) : let (a, b) = (y, x) in (b, a) = (x, y)'],
  ['let of a scan', '[n](x : R[n]) : let (s, y) = scan i:n (s = 0) (s + x[i], s) in s = sum(x)'],
  ['let hides', '(x : R) : let x = exp x in let x = exp x in x = exp exp x'],
  ['a definition', '(x : R) : abs x = max2(x, -x)'],
  ['prefix of a call', '(x y : R) : abs max2(x, y) = abs (max2(x, y))'],
  ['explicit axes', '[n](x : R[n]) : sum[n](x) = sum n (x[n])'],
  ['binders of a definition', '[n m](x : R[n m]) : sum n, m (x[n, m]) = sum n (sum m (x[n, m]))'],
  ['a binder with a compound axis', '[a b](x : R[(a+b)]) : sum i:(a+b) (x[i]) = sum(x)'],
  ['a binder of two wires', '[n](x y : R[n]) : dot i:n (x[i], y[i]) = dot(x, y)'],
  ['definitions with diagrams', '(x : R) : twice{exp}(x) = exp exp x'],
  ['definitions with objects and diagrams', '(x : R) : twice{R, fun (y : R) => y * y}(x) = (x * x) * (x * x)'],
  ['a morphism variable', '{h[n] : R[n] -> R}[a b](x : R[a], y : R[b]) : h(x ++ y) = h[a+b](concat(x, y))'],
  ['an object variable', '{A}[n](x : A[n]) : map i:n (x[i]) = x'],
  ['diagrams inside expressions', '[n](x : R[n]) : { map n (copy ; mul) }(x) = map n (x[n] * x[n])'],
  [
    'einsum',
    '[q k d](x : R[q d], y : R[k d]) : einsum "q d, k d -> q k" (x, y) = map q, k (sum d (x[q, d] * y[k, d]))',
  ],
  [
    'einsum as a diagram',
    '[q k d](x : R[q d], y : R[k d]) : einsum "q d, k d -> k q" (x, y) = { einsum "q d, k d -> q k" ; exchange q k }(x, y)',
  ],
  [
    'einsum of three',
    '[q k](x : R[q], y : R[q k], z : R[k]) : einsum "q, q k, k ->" (x, y, z) = sum q, k (x[q] * y[q, k] * z[k])',
  ],
  ['einsum does not capture', '[q k](x : R[q k], y : R[k q]) : map q (einsum "k -> k" (x[q])) = x'],
  ['einsum trace', '[q](x : R[q q]) : einsum "q q ->" (x) = sum q (x[q, q])'],
  ['shared names', '[q](q : R[q]) : map q (q[q]) = q'],
  ['an element of a call', '[n](x : R[n]) : map n ({ map n exp }(x)[n]) = map n (exp x[n])'],
  [
    'an element of a local array',
    '[n](x : R[n]) : map i:n (let y = map j:n (x[i] * x[j]) in y[i]) = map n (x[n] * x[n])',
  ],
];

describe('two forms of one thing', () => {
  test.each(equalLaws)('%s', (_name, text) => {
    const stated = law(text);
    expect([stated.lhs.dom, stated.lhs.cod]).toEqual([stated.rhs.dom, stated.rhs.cod]);
    expect(structural(stated)).toBe(true);
  });
});

const pointFree: readonly (readonly [name: string, text: string])[] = [
  ['objects from the left', '{f : R -> R, g : R -> R * R} : f ; copy ; id * f ; add = f ; copy R ; id R * f ; add'],
  ['a factor takes what is left', '{f : R -> R} : swap R R ; id * f = swap R R ; id R * f'],
  ['two factors, a leaf each', '{f : R -> R} : add * f ; copy * id = add * f ; copy R * id R'],
  ['the side that knows', '{f : R -> R} : id ; f = f'],
  ['reindexing words', '[n m] : repeat n R[m] ; exchange n m ; exchange m n = repeat n R[m]'],
  ['concat and split', '[a b]{A} : concat a b A ; split a b = id (A[a] * A[b])'],
  ['tile and flatten', '[a b]{A} : flatten a b A ; tile a b = id A[a b]'],
  ['diag and first', '[n]{A} : repeat n A ; repeat n ; diag n ; first n = id A'],
  ['weave', '[n]{A, B1, f : A -> B1} : map n (copy A ; f * id) = copy A[n] ; map n f * id'],
  ['fun', '[n] : fun (x : R[n], y : R) => map n (x[n] * y) = id R[n] * repeat n R ; map n mul'],
  ['a definition by its domain', '[n] : map n exp ; sum = map n exp ; sum[n]'],
  ['fold', '[n] : fold n R add = scan n R (add ; id)'],
  ['select', '[n] : id B * id R[n] * id R[n] ; select = select R[n]'],
  ['constants', ': const -1/2 * const 0.25 ; add = const -1/4'],
];
test.each(pointFree)('point-free: %s', (_name, text) => expect(structural(law(text))).toBe(true));

const different: readonly (readonly [name: string, text: string])[] = [
  ['difference', '(x y : R) : x - y = y - x'],
  ['greater', '(x y : R) : x > y = x < y'],
  ['quotient', '(x y : R) : x / y = y / x'],
  ['branches', '(p : B, x y : R) : if p then x else y = if p then y else x'],
  ['transposed access', '[n](x : R[n n]) : map i:n, j:n (x[j, i]) = x'],
  ['diagonal', '[n](x : R[n n]) : map i:n (x[i, i]) = map i:n (first (x[i]))'],
  ['concat', '[a](x y : R[a]) : x ++ y = y ++ x'],
  ['scan outputs', '[n](x : R[n]) : scan i:n (s = 0) (s + x[i], s) = scan i:n (s = 0) (s + x[i], s + x[i])'],
  ['einsum', '[q](x y : R[q q]) : einsum "q q, q q -> q" (x, y) = map i:q (sum j:q (x[i, j] * y[i, j]))'],
];
test.each(different)('not structurally equal: %s', (_name, text) => expect(structural(law(text))).toBe(false));

describe('sharing', () => {
  test('a let is computed once', () => {
    const lets = Array.from({ length: 60 }, (_, i) => `let x${i + 1} = x${i} + x${i} in`).join(' ');
    const { lhs } = law(`(x0 : R) : ${lets} x60 = x0`);
    const seen = new Set<unknown>();
    const count = (t: any): number => {
      if (typeof t !== 'object' || t === null || !('dom' in t) || seen.has(t)) return 0;
      seen.add(t);
      return 1 + Object.values(t).reduce<number>((n, part) => n + count(part), 0);
    };
    expect(count(lhs)).toBeLessThan(300);
  });
});
