// What elaboration refuses: the code, the fact and the place of each, and a twin that is accepted.
/* eslint-disable @typescript-eslint/no-explicit-any -- trees are looked into without naming their shapes */
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import { elaborateExpr, elaborateFamily, statementIn } from '../../../../src/language/elaborate/elaborate.js';
import { emptyEnv, enter } from '../../../../src/language/elaborate/scope.js';
import { parseDiagram, parseExpr, parseProofs } from '../../../../src/language/syntax/parse.js';
import { file, law, prelude, refusal, right, world } from './world.js';

type Row = readonly [name: string, text: string, code: string, fact: object, at: string, twin: string];
const mismatch = { _tag: 'ObjectMismatch' };
const unknown = (kind: string, name: string, ...candidates: string[]) => ({ _tag: 'Unknown', kind, name, candidates });
const duplicate = (kind: string, name: string) => ({ _tag: 'Duplicate', kind, name });

const scopes: readonly Row[] = [
  [
    'wire',
    'theorem t (xs : R) : xs = xz',
    'E-SCOPE',
    unknown('wire', 'xz', 'xs'),
    'xz',
    'theorem t (xs : R) : xs = xs',
  ],
  [
    'index',
    'theorem t [n m](x : R[n]) : map i:n (x[j]) = x',
    'E-SCOPE',
    unknown('index', 'j'),
    'j',
    'theorem t [n m](x : R[n]) : map i:n (x[i]) = x',
  ],
  ['axis', 'theorem t [n](x : R[m]) : x = x', 'E-SCOPE', unknown('axis', 'm'), 'm', 'theorem t [n](x : R[n]) : x = x'],
  [
    'object',
    'theorem t {Aa}(x : Ab) : x = x',
    'E-SCOPE',
    unknown('object', 'Ab', 'Aa', 'B'),
    'Ab',
    'theorem t {Aa}(x : Aa) : x = x',
  ],
  [
    'function',
    'theorem t (x : R) : asb(x) = x',
    'E-SCOPE',
    unknown('function', 'asb', 'abs'),
    'asb',
    'theorem t (x : R) : abs(x) = x',
  ],
  [
    'sort',
    'theorem t [n : Positoin](x : R[n]) : x = x',
    'E-SCOPE',
    unknown('sort', 'Positoin', 'Position'),
    'Positoin',
    'theorem t [n : Position](x : R[n]) : x = x',
  ],
  [
    'an index out of its binder',
    'theorem t [n](x : R[n]) : sum i:n (x[i]) = x[i]',
    'E-SCOPE',
    unknown('index', 'i'),
    'i',
    'theorem t [n](x : R[n]) : sum i:n (x[i]) = sum(x)',
  ],
  [
    'outer wires in a diagram',
    'theorem t (x y : R) : { fun (z : R) => y }(x) = y',
    'E-SCOPE',
    unknown('wire', 'y'),
    'y',
    'theorem t (x y : R) : { fun (z : R) => z }(x) = x',
  ],
  [
    'a redefinition',
    'def sum [n](x : R[n]) : R := 0',
    'E-SCOPE',
    duplicate('definition', 'sum'),
    'sum',
    'def sum2 [n](x : R[n]) : R := 0',
  ],
  [
    'a second theorem',
    'theorem t (x : R) : x = x theorem t (y : R) : y = y',
    'E-SCOPE',
    duplicate('theorem', 't'),
    't',
    'theorem t (x : R) : x = x theorem u (y : R) : y = y',
  ],
  ['a second sort', 'sort Position', 'E-SCOPE', duplicate('sort', 'Position'), 'Position', 'sort Batch'],
  [
    'an axis twice',
    'theorem t [n, n](x : R[n]) : x = x',
    'E-SCOPE',
    duplicate('axis', 'n'),
    'n',
    'theorem t [n, m](x : R[n]) : x = x',
  ],
  [
    'a wire twice',
    'theorem t (x : R, x : R) : x = x',
    'E-SCOPE',
    duplicate('wire', 'x'),
    'x',
    'theorem t (x : R, y : R) : x = x',
  ],
  [
    'a pattern with a name twice',
    'theorem t (x : R) : let (a, a) = (x, x) in a = x',
    'E-SCOPE',
    duplicate('wire', 'a'),
    'a',
    'theorem t (x : R) : let (a, b) = (x, x) in a = x',
  ],
  [
    'an object called R',
    'theorem t {R}(x : R) : x = x',
    'E-SCOPE',
    duplicate('object', 'R'),
    'R',
    'theorem t {A}(x : A) : x = x',
  ],
  [
    'a hypothesis twice',
    'theorem t (x : R) given h : (y : R) : y = y given h : (y : R) : y = y : x = x',
    'E-SCOPE',
    duplicate('hypothesis', 'h'),
    'h',
    'theorem t (x : R) given h : (y : R) : y = y given k : (y : R) : y = y : x = x',
  ],
  [
    'a binder of a hypothesis',
    'theorem t [n](x : R[n]) given h : for n (y : R) : y = y : x = x',
    'E-SCOPE',
    duplicate('axis', 'n'),
    'n',
    'theorem t [n](x : R[n]) given h : for m (y : R) : y = y : x = x',
  ],
  [
    'wires of the statement in a hypothesis',
    'theorem t (xs : R) given h : (y : R) : xs = y : xs = xs',
    'E-SCOPE',
    unknown('wire', 'xs'),
    'xs',
    'theorem t (x : R) given h : (y : R) : y = y : x = x',
  ],
  [
    'a loop state at the loop index',
    'theorem t [n](x : R[n]) : fold i:n (s = x) map j:n (s[i] + s[j]) = x',
    'E-SCOPE',
    { _tag: 'LocalArray', name: 's', index: 'i' },
    'theorem t [n](x : R[n]) : fold i:n (s = x) map j:n (s[i] + s[j]) = x',
    'theorem t [n](x : R[n]) : fold i:n (s = x) map j:n (x[i] + s[j]) = x',
  ],
];

const types: readonly Row[] = [
  [
    'scalars only',
    'theorem t [n](x : R[n]) : x + 1 = x',
    'E-TYPE',
    mismatch,
    'x',
    'theorem t [n](x : R[n]) : map n (x[n] + 1) = x',
  ],
  [
    'truth is no number',
    'theorem t (x : R) : x + (x < 1) = x',
    'E-TYPE',
    mismatch,
    'x < 1',
    'theorem t (x : R) : x + 1 = x',
  ],
  [
    'branches of one object',
    'theorem t [n](p : B, x : R[n]) : if p then x else 0 = x',
    'E-TYPE',
    mismatch,
    '0',
    'theorem t [n](p : B, x : R[n]) : if p then x else map n (0) = x',
  ],
  [
    'a condition',
    'theorem t (x : R) : if x then x else x = x',
    'E-TYPE',
    mismatch,
    'x',
    'theorem t (x : R) : if x < 0 then x else x = x',
  ],
  [
    'equal sizes are not equal axes',
    'theorem t [i j](x : R[i], y : R[j]) : map i (x[i] + y[i]) = x',
    'E-TYPE',
    { _tag: 'AxisMismatch' },
    'i',
    'theorem t [i j](x : R[i], y : R[i]) : map i (x[i] + y[i]) = x',
  ],
  [
    'an element of a scalar',
    'theorem t [n](x : R) : map n (x[n]) = x',
    'E-TYPE',
    { _tag: 'NoLeadingAxis' },
    'x',
    'theorem t [n](x : R[n]) : map n (x[n]) = x',
  ],
  [
    '++ of other rests',
    'theorem t [a b c](x : R[a c], y : R[b]) : x ++ y = x ++ y',
    'E-TYPE',
    mismatch,
    'y',
    'theorem t [a b c](x : R[a c], y : R[b c]) : x ++ y = x ++ y',
  ],
  [
    '++ of two sorts',
    'theorem t [a : Position, b : Feature](x : R[a], y : R[b]) : x ++ y = x ++ y',
    'E-TYPE',
    { _tag: 'Core' },
    'x ++ y',
    'theorem t [a b : Position](x : R[a], y : R[b]) : x ++ y = x ++ y',
  ],
  [
    'split at other axes',
    'theorem t [a b](x : R[(a+b)]) : split[b, a] x = split[b, a] x',
    'E-TYPE',
    { _tag: 'AxisMismatch' },
    'x',
    'theorem t [a b](x : R[(a+b)]) : split[a, b] x = split[a, b] x',
  ],
  [
    'contraction of two axes',
    'theorem t [i p q j](x : R[i p], y : R[q j]) : einsum "i p, p j -> i j" (x, y) = einsum "i p, p j -> i j" (x, y)',
    'E-TYPE',
    mismatch,
    'y',
    'theorem t [i p j](x : R[i p], y : R[p j]) : einsum "i p, p j -> i j" (x, y) = einsum "i p, p j -> i j" (x, y)',
  ],
  [
    'einsum keeps what is not there',
    'theorem t [i j](x : R[i]) : einsum "i -> j" (x) = x',
    'E-TYPE',
    { _tag: 'Einsum', name: 'j' },
    'i -> j',
    'theorem t [i j](x : R[i]) : einsum "i -> i" (x) = x',
  ],
  [
    'operands of einsum',
    'theorem t [i](x : R[i]) : einsum "i, i -> i" (x) = x',
    'E-TYPE',
    { _tag: 'Arity', expected: 2, found: 1 },
    'i, i -> i',
    'theorem t [i](x : R[i]) : einsum "i, i -> i" (x, x) = x',
  ],
  [
    'an argument of a definition',
    'theorem t [n](x : R[n]) : max2(1, x) = 1',
    'E-TYPE',
    mismatch,
    'x',
    'theorem t (x : R) : max2(1, x) = 1',
  ],
  [
    'wires of one axis',
    'theorem t [n m](x : R[n], y : R[m]) : dot(x, y) = 0',
    'E-TYPE',
    mismatch,
    'y',
    'theorem t [n m](x : R[n], y : R[n]) : dot(x, y) = 0',
  ],
  [
    'an axis that nothing fixes',
    'def count [n] () : R := size n theorem t () : count() = 1',
    'E-TYPE',
    { _tag: 'NotInferred', what: 'axis', name: 'n' },
    'count',
    'def count [n] () : R := size n theorem t [m]() : count[m]() = 1',
  ],
  [
    'a diagram that nothing fixes',
    'theorem t (x : R) : twice(x) = x',
    'E-TYPE',
    { _tag: 'NotInferred', what: 'morphism', name: 'f' },
    'twice',
    'theorem t (x : R) : twice{exp}(x) = x',
  ],
  [
    'explicit axes, too many',
    'theorem t [n](x : R[n]) : sum[n, n](x) = 0',
    'E-TYPE',
    { _tag: 'Arity', expected: 1, found: 2 },
    'sum',
    'theorem t [n](x : R[n]) : sum[n](x) = 0',
  ],
  [
    'the sides',
    'theorem t [n m](x : R[n m]) : x = map m, n (x[n, m])',
    'E-TYPE',
    { _tag: 'SidesDiffer' },
    'map m, n (x[n, m])',
    'theorem t [n m](x : R[n m]) : x = map n, m (x[n, m])',
  ],
  ['a declared object', 'def f (x : R) : B := x', 'E-TYPE', mismatch, 'x', 'def f (x : R) : B := x < 0'],
  [
    'the new state',
    'theorem t [n](x : R[n]) : fold i:n (s = 0) (s, x[i]) = 0',
    'E-TYPE',
    mismatch,
    '(s, x[i])',
    'theorem t [n](x : R[n]) : scan i:n (s = 0) (s, x[i]) = (0, x)',
  ],
  [
    'a pattern',
    'theorem t (x : R) : let (a, b) = (x, x, x) in a = x',
    'E-TYPE',
    { _tag: 'Arity', expected: 2, found: 3 },
    '(x, x, x)',
    'theorem t (x : R) : let (a, b, c) = (x, x, x) in a = x',
  ],
  [
    'a composition',
    'theorem t {f : R -> B, g : R -> R} : f ; g = f ; g',
    'E-TYPE',
    mismatch,
    'g',
    'theorem t {f : R -> B, g : B -> R} : f ; g = f ; g',
  ],
  [
    'an object that must be written',
    'theorem t : copy ; add = copy ; add',
    'E-TYPE',
    { _tag: 'ObjectNeeded', word: 'copy' },
    'copy',
    'theorem t : copy R ; add = copy R ; add',
  ],
  [
    'a map of another axis',
    'theorem t [n m]{f : R -> R[n]} : f ; map m exp = f',
    'E-TYPE',
    { _tag: 'AxisMismatch' },
    'map m exp',
    'theorem t [n m]{f : R -> R[n]} : f ; map n exp = f',
  ],
  [
    'a possibly empty axis',
    'theorem t [n?](x : R[n]) : max(x) = 0',
    'E-TYPE',
    { _tag: 'Core' },
    'max(x)',
    'theorem t [n](x : R[n]) : max(x) = 0',
  ],
  [
    'first of what reads as empty',
    'theorem t [a, t?](x : R[(t+a)]) : first x = 0',
    'E-SIDE',
    { _tag: 'Core' },
    'first x',
    'theorem t [a, t?](x : R[(a+t)]) : first x = 0',
  ],
  [
    'a family in a definition',
    'def d {h[n] : R[n] -> R}[m](x : R[m]) : R := h(x)',
    'E-TYPE',
    { _tag: 'Core' },
    'def d {h[n] : R[n] -> R}[m](x : R[m]) : R := h(x)',
    'def d [m]{h : R[m] -> R}(x : R[m]) : R := h(x)',
  ],
];

const streamHead = 'stream s [q, k : Position](w : R[q], x : R[k]) over k\n spec sum(x)\n';
const states: readonly Row[] = [
  [
    'a state over the streamed axis',
    `${streamHead} state (m : R[k])\n head x\n final sum(m)\n step m\n foldable`,
    'E-STATE',
    { _tag: 'StreamedAxis', where: 'm' },
    'm',
    `${streamHead} state (m : R)\n head sum(x)\n final m\n step m + sum(x)\n foldable`,
  ],
  [
    'a merge that mentions it',
    `${streamHead} state (m : R)\n head sum(x)\n final m\n merge m + m' + size k\n mergeable`,
    'E-STATE',
    { _tag: 'StreamedAxis', where: 'merge' },
    'k',
    `${streamHead} state (m : R)\n head sum(x)\n final m\n merge m + m' + size q\n mergeable`,
  ],
  [
    'an axis inside another',
    `stream s [k](x : R[(1+k)]) over k\n spec sum(x)\n state (m : R)\n head sum(x)\n final m\n step m\n foldable`,
    'E-STATE',
    { _tag: 'StreamedAxis', where: 'x' },
    'k',
    `stream s [k](x : R[k]) over k\n spec sum(x)\n state (m : R)\n head sum(x)\n final m\n step m\n foldable`,
  ],
  [
    'an axis twice',
    `stream s [k](x : R[k k]) over k\n spec sum k (x[k, k])\n state (m : R)\n head sum k (x[k, k])\n final m\n step m\n foldable`,
    'E-STATE',
    { _tag: 'StreamedAxis', where: 'x' },
    'k',
    `stream s [j k](x : R[j k]) over k\n spec sum j, k (x[j, k])\n state (m : R)\n head sum j, k (x[j, k])\n final m\n step m\n foldable`,
  ],
  [
    'an axis that no wire has',
    `stream s [j k](x : R[j]) over k\n spec sum(x)\n state (m : R)\n head sum(x)\n final m\n step m\n foldable`,
    'E-STATE',
    { _tag: 'NothingStreamed' },
    'k',
    `stream s [j k](x : R[j]) over j\n spec sum(x)\n state (m : R)\n head sum(x)\n final m\n step m\n foldable`,
  ],
  [
    'foldable without a step',
    `${streamHead} state (m : R)\n head sum(x)\n final m\n merge m + m'\n foldable`,
    'E-STATE',
    { _tag: 'StrengthNeeds', part: 'step' },
    'stream',
    `${streamHead} state (m : R)\n head sum(x)\n final m\n merge m + m'\n mergeable`,
  ],
  [
    'a condition that is no truth value',
    `${streamHead.replace('spec', 'where w\n spec')} state (m : R)\n head sum(x)\n final m\n merge m + m'\n mergeable`,
    'E-TYPE',
    { _tag: 'ObjectMismatch' },
    'w',
    `${streamHead.replace('spec', 'where first w < 0\n spec')} state (m : R)\n head sum(x)\n final m\n merge m + m'\n mergeable`,
  ],
  [
    'a condition of the results that reads the state',
    `${streamHead} state (m : R)\n head sum(x)\n final m\n where m < 0\n merge m + m'\n mergeable`,
    'E-SCOPE',
    { _tag: 'Unknown', name: 'm' },
    'm',
    `${streamHead} state (m : R)\n head sum(x)\n final m\n where first x < 0\n merge m + m'\n mergeable`,
  ],
  [
    'outputs without an output of later parts',
    `${streamHead} state (m : R)\n head sum(x)\n final m\n outputs x\n merge m + m'\n mergeable`,
    'E-STATE',
    { _tag: 'PartNeeds', part: 'outputs', needs: 'output' },
    'stream',
    `${streamHead.replace(/spec .*/, 'spec (sum(x), x)')} state (m : R)\n head sum(x)\n final m\n outputs x\n output x\n merge m + m'\n mergeable`,
  ],
  [
    'an output of later parts alone',
    `${streamHead} state (m : R)\n head sum(x)\n final m\n output x\n merge m + m'\n mergeable`,
    'E-STATE',
    { _tag: 'PartNeeds', part: 'output', needs: 'outputs' },
    'stream',
    `${streamHead} state (m : R)\n head sum(x)\n final m\n merge m + m'\n mergeable`,
  ],
  [
    'the streamed wires in final',
    `${streamHead} state (m : R)\n head sum(x)\n final m + sum(x)\n merge m + m'\n mergeable`,
    'E-SCOPE',
    unknown('wire', 'x'),
    'x',
    `${streamHead} state (m : R)\n head sum(x)\n final m + sum(w)\n merge m + m'\n mergeable`,
  ],
  [
    'a head that is no state',
    `${streamHead} state (m : R)\n head x\n final m\n merge m + m'\n mergeable`,
    'E-TYPE',
    mismatch,
    'x',
    `${streamHead} state (m : R)\n head max(x)\n final m\n merge m + m'\n mergeable`,
  ],
];

describe.each([
  ['names', scopes],
  ['types', types],
  ['streams', states],
] as const)('%s', (_group, rows) => {
  test.each(rows)('%s', (_name, text, code, fact, at, twin) => {
    const error = refusal(text);
    expect(error).toMatchObject({ code, fact });
    expect(error.at?.startsWith(at)).toBe(true);
    if (at.length > 1 && at !== 'stream') expect(error.at).toBe(at);
    expect(() => world(twin)).not.toThrow();
  });
});

test('one refusal does not hide the others, and is not in scope for them', () => {
  const { errors, statements } = file(
    `${prelude} def f (x : R) : R := y  theorem t (x : R) : f(x) = x  theorem u (x : R) : x = x`,
  );
  expect(errors.map((e) => e.fact)).toMatchObject([unknown('wire', 'y'), unknown('function', 'f')]);
  expect(statements.map((s) => s.name)).toContain('u');
});

test('an expression deeper than the stack is a budget, a long one is not', () => {
  const code = (terms: number) => {
    const parsed = parseExpr(Array(terms).fill('1').join(' - '));
    if (E.isLeft(parsed)) return parsed.left.code;
    const done = elaborateExpr(emptyEnv, [], parsed.right);
    return E.isLeft(done) ? done.left.code : 'accepted';
  };
  expect(code(200)).toBe('accepted');
  expect(code(20_000)).toBe('E-BUDGET');
});

describe('for tactics', () => {
  const stated = law('[n]{h[m] : R[m] -> R}(x : R[n]) : h(x) = 0');
  const env = enter(world(''), stated.names);
  test('expressions over the wires of a goal, of an expected object', () => {
    const tree = right(parseExpr('h(x)'));
    expect(right(elaborateExpr(env, stated.wires!, tree)).term).toBe(stated.lhs);
    expect(elaborateExpr(env, stated.wires!, tree, stated.wires![0]!.object)).toMatchObject({
      left: { code: 'E-TYPE', fact: mismatch },
    });
  });
  test('families', () => {
    const h = stated.names.morphisms.get('h')!;
    const span = { start: 0, end: 1 };
    const tree = right(parseDiagram('fun (y : R[m]) => sum(y)'));
    const made = right(elaborateFamily(env, h, [{ name: 'm', span }], tree));
    expect([made.body.dom, made.body.cod]).toEqual([h.dom, h.cod]);
    expect(elaborateFamily(env, h, [], tree)).toMatchObject({
      left: { fact: { _tag: 'Arity', expected: 1, found: 0 } },
    });
  });
  test('lemmas inside a proof', () => {
    const have = (text: string) => {
      const [proof] = right(parseProofs(`proof t have l ${text} { refl } qed`)) as any[];
      return statementIn(env, stated.wires!, proof.steps[0].tactic);
    };
    expect(have(': h(x) = 0')).toMatchObject({ wires: stated.wires, lhs: stated.lhs, rhs: stated.rhs });
    expect(have('(y : R) : y + 0 = y').wires).toHaveLength(1);
    expect(have(': map n exp ; h[n] = h[n]').wires).toBeUndefined();
  });
});
