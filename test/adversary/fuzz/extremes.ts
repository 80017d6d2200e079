/**
 * Cases at the edge: very deep, very wide, shared exponentially, huge. Invariant: each is a text that a person could hand in; its name
 * says what is large in it. Knows nothing of what should become of it, but that it ends.
 */
import type { Case } from './outcome.js';

export interface Extreme {
  readonly name: string;
  readonly case: Case;
  /** does not take seconds */
  readonly quick: boolean;
}

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
const repeated = (n: number, text: string | ((i: number) => string), by = ''): string =>
  range(n)
    .map((i) => (typeof text === 'string' ? text : text(i)))
    .join(by);

const axioms = (text: string): string =>
  `axiom add-zero (x : R) : x + 0 = x\naxiom add-comm (x y : R) : x + y = y + x\naxiom mul-comm (x y : R) : x * y = y * x\n${text}`;
const library = (statements: string, proofs: string): Case => ({
  _tag: 'Library',
  statements: [{ path: 'theorems/a.weft', text: axioms(statements) }],
  proofs: [{ path: 'proofs/a.weft', text: proofs }],
});
/** a theorem t with a proof */
const claim = (statement: string, steps = 'refl', before = ''): Case =>
  library(`${before}\ntheorem t ${statement}`, `proof t\n${steps}\nqed\n`);
const same = (params: string, e: string, before = '', steps = 'refl'): Case =>
  claim(`${params} : ${e} = ${e}`, steps, before);
const other = (params: string, e: string, f: string, before = '', steps = 'refl'): Case =>
  claim(`${params} : ${e} = ${f}`, steps, before);

const deep = 10_000;
const depth: Readonly<Record<string, Case>> = {
  'nested parentheses': same('(x : R)', `${'('.repeat(deep)}x${')'.repeat(deep)}`),
  'nested parentheses at the limit': same('(x : R)', `${'('.repeat(98)}x${')'.repeat(98)}`),
  'open parentheses': same('(x : R)', '('.repeat(deep)),
  'nested brackets of an object': claim(`(x : ${'('.repeat(deep)}R${')'.repeat(deep)}) : x = x`),
  'nested maps': same('[n] (x : R)', `${repeated(deep, (i) => `map i${i}:n (`)}x${')'.repeat(deep)}`),
  'nested maps at the limit': same('[n] (x : R)', `${repeated(90, (i) => `map i${i}:n (`)}x${')'.repeat(90)}`),
  'nested sums at the limit': same(
    '[n] (x : R)',
    `${repeated(90, (i) => `sum i${i}:n (`)}x${')'.repeat(90)}`,
    'def sum [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])',
  ),
  'nested lets': same('(x : R)', `${repeated(deep, 'let x = x + 1 in ')}x`),
  'nested lets, 1000': same('(x : R)', `${repeated(1000, 'let x = x + 1 in ')}x`),
  'nested lets in values': same('(x : R)', `${repeated(deep, 'let x = ')}x${' in x'.repeat(deep)}`),
  'nested ifs': same('(b : B, x : R)', `${repeated(deep, 'if b then x else ')}x`),
  'nested ifs, 500': same('(b : B, x : R)', `${repeated(500, 'if b then x else ')}x`),
  'nested ifs in conditions': same('(b : B)', `${repeated(deep, 'if ')}b${' then b else b'.repeat(deep)}`),
  'minus signs': same('(x : R)', `${'- '.repeat(deep)}x`),
  nots: same('(b : B)', `${'not '.repeat(deep)}b`),
  exps: same('(x : R)', `${'exp '.repeat(deep)}x`),
  'exps, 1000': same('(x : R)', `${'exp '.repeat(1000)}x`),
  'applications side by side': same('{f : R -> R} (x : R)', `${'f '.repeat(deep)}x`),
  'nested folds': same('[n] (x : R)', `${repeated(deep, 'fold i:n (s = 0) ')}s`),
  'nested folds, 60': same('[n] (x : R)', `${repeated(60, (i) => `fold i${i}:n (s${i} = x) (`)}s0${')'.repeat(60)}`),
  'nested scans, 40': same('[n] (x : R)', `${repeated(40, (i) => `scan i${i}:n (s${i} = x) (`)}s39${')'.repeat(40)}`),
  indices: same('[n] (x : R[n])', `x${'[n]'.repeat(deep)}`),
  'nested diagrams': claim(`{f : R -> R} : ${'('.repeat(deep)}f${')'.repeat(deep)} = f`),
  'nested map diagrams': claim(`[n] {f : R -> R} : ${'map n '.repeat(deep)}f = f`),
  'nested map diagrams, 300': claim(`[n] {f : R -> R} : ${'map n '.repeat(300)}f = ${'map n '.repeat(300)}f`),
  'nested blocks of a proof': claim('(x : R) : x = x', `${'symm {'.repeat(deep)}${'}'.repeat(deep)}`),
  'many symms': claim('(x : R) : x = x', 'symm '.repeat(20_000)),
  'nested haves': claim(
    '(x : R) : x = x',
    `${repeated(90, (i) => `have h${i} () : 0 = 0 by { `)}refl${' }'.repeat(90)} refl`,
  ),
  'a long calc': claim('(x : R) : x = x', `calc x ${'= x '.repeat(3000)}`),
  'nested comments': same('(x : R)', `x ${'-- '.repeat(deep)}\n`),
  'a chain of definitions, 2000': library(
    `def d0 (x : R) := x + 1\n${repeated(2000, (i) => `def d${i + 1} (x : R) := d${i}(x)\n`)}theorem t (x : R) : d2000(x) = x`,
    'proof t\nrefl\nqed',
  ),
};

const wide: Readonly<Record<string, Case>> = {
  '10,000 wires': claim(`(${repeated(10_000, (i) => `x${i}`, ' ')} : R) : x0 = x0`),
  '10,000 wires, all used': same(
    `(${repeated(10_000, (i) => `x${i}`, ' ')} : R)`,
    repeated(10_000, (i) => `x${i}`, ' + '),
  ),
  '2,000 wires, all used': same(
    `(${repeated(2000, (i) => `x${i}`, ' ')} : R)`,
    repeated(2000, (i) => `x${i}`, ' + '),
  ),
  '100,000 summands': same('(x : R)', repeated(100_000, 'x', ' + ')),
  '5,000 summands': same('(x : R)', repeated(5000, 'x', ' + ')),
  '5,000 summands turned around': other(
    '(x y : R)',
    `x + ${repeated(5000, 'y', ' + ')}`,
    `${repeated(5000, 'y', ' + ')} + x`,
  ),
  '5,000 summands rewritten': other('(x y : R)', repeated(5000, 'x', ' + '), `y`, '', 'rewrite add-comm'),
  '2,000 summands simplified': other('(x y : R)', repeated(2000, 'x', ' + 0 + '), `y`, '', 'simp [add-zero]'),
  'simp that goes round': other('(x y : R)', 'x + y', `y`, '', 'simp [add-comm]'),
  '10,000 factors': same('(x : R)', repeated(10_000, 'x', ' * ')),
  '10,000 comparisons': same('(x y : R)', repeated(10_000, 'x < y', ' and ')),
  'a tuple of 10,000': same('(x : R)', `(${repeated(10_000, 'x', ', ')})`),
  'a tuple of 20,000 from a let': same(
    '(x : R)',
    `let (${repeated(20_000, (i) => `a${i}`, ', ')}) = (${repeated(20_000, 'x', ', ')}) in a0`,
  ),
  '10,000 definitions': library(
    `${repeated(10_000, (i) => `def d${i} (x : R) := x + ${i}\n`)}theorem t (x : R) : d1(x) = x + 1`,
    'proof t\nrefl\nqed',
  ),
  '1,000 theorems': library(
    repeated(1000, (i) => `theorem t${i} (x : R) : x + ${i} = ${i} + x\n`),
    repeated(1000, (i) => `proof t${i}\nrewrite add-comm\nqed\n`),
  ),
  '10,000 givens': claim(`(x : R) ${repeated(10_000, (i) => `given g${i} : (x : R) : x = ${i}\n`)} : x = x`),
  '300 givens': claim(
    `(x : R) ${repeated(300, (i) => `given g${i} : (x : R) : x = ${i}\n`)} : x = 1`,
    'rewrite g1 in lhs',
  ),
  '5,000 axes of one array': claim(
    `[${repeated(5000, (i) => `a${i}`, ', ')}] (x : R[${repeated(5000, (i) => `a${i}`, ' ')}]) : x = x`,
  ),
  '300 axes of one array, mapped': claim(
    `[${repeated(300, (i) => `a${i}`, ', ')}] (x : R[${repeated(300, (i) => `a${i}`, ' ')}]) : map ${repeated(300, (i) => `a${i}`, ', ')} (x[${repeated(300, (i) => `a${i}`, ', ')}]) = x`,
  ),
  'a sum of 10,000 axes': claim(`[a] (x : R[${repeated(10_000, 'a', '+')}]) : x = x`),
  'a sum of 30,000 axes': claim(`[a] (x : R[${repeated(30_000, 'a', '+')}]) : x = x`),
  'a fold over a sum of 2,000 axes': same('[a] ()', `fold i:(${repeated(2000, 'a', '+')}) (s = 0) (exp(s) + 1)`),
  'a fold over a sum of 2,000 ones': same('()', `fold i:(${repeated(2000, '1', '+')}) (s = 0) (exp(s) + 1)`),
  'a product of 10,000 axes': claim(`[a] (x : R[${repeated(10_000, 'a', '*')}]) : x = x`),
  'a product of 2,000 axes, mapped': same('[a] (y : R)', `map i:(${repeated(2000, 'a', '*')}) (y)`),
  '20 factors (a+b)': claim(`[a, b] (x : R[${repeated(20, '(a+b)', '*')}]) : x = x`),
  '13 factors (a+b)': claim(
    `[a, b] (x : R[${repeated(13, '(a+b)', '*')}]) : map i:(${repeated(13, '(a+b)', '*')}) (x[i]) = x`,
  ),
  '60 factors (a+b)': claim(`[a, b] (x : R[${repeated(60, '(a+b)', '*')}]) : x = x`),
  '90 factors (a+b), as a sum of sizes': other('[a, b] ()', `size(${repeated(90, '(a+b)', '*')})`, '0'),
  '14 factors (a+b), as sizes': other('[a, b] ()', repeated(14, 'size(a+b)', ' * '), '0'),
  '24 factors (size a + size b)': other('[a, b] ()', repeated(24, '(size a + size b)', ' * '), '0'),
  '8 factors of 8 sizes': other(
    `[${repeated(8, (i) => `a${i}`, ', ')}] ()`,
    repeated(8, `(${repeated(8, (i) => `size a${i}`, ' + ')})`, ' * '),
    '0',
  ),
  'position over 12 factors (a+b)': other(
    '[a, b] ()',
    `position[${repeated(12, '(a+b)', '*')}]`,
    `position[${repeated(12, '(a+b)', '*')}]`,
  ),
  '16 axes (a+b) of one array': claim(`[a, b] (x : R[${repeated(16, '(a+b)', ' ')}]) : x = x`),
  '14 axes (a+b), mapped': claim(
    `[a, b] (x : R[${repeated(14, '(a+b)', ' ')}]) : map ${repeated(14, (i) => `i${i}:(a+b)`, ', ')} (exp(x[${repeated(14, (i) => `i${i}`, ', ')}])) = x`,
  ),
  '10 axes (a+b), mapped': claim(
    `[a, b] (x : R[${repeated(10, '(a+b)', ' ')}]) : map ${repeated(10, (i) => `i${i}:(a+b)`, ', ')} (exp(x[${repeated(10, (i) => `i${i}`, ', ')}])) = x`,
  ),
  '2,000 state components': same(
    '[n] ()',
    `fold i:n (${repeated(2000, (i) => `s${i} = 0`, ', ')}) (${repeated(2000, (i) => `s${1999 - i}`, ', ')})`,
  ),
  '300 state components': same(
    '[n] ()',
    `fold i:n (${repeated(300, (i) => `s${i} = 0`, ', ')}) (${repeated(300, (i) => `s${299 - i}`, ', ')})`,
  ),
};

const cases = `axiom boolean-cases {A, C} {f : B * A -> C, g : B * A -> C} (b : B, x : A)
  given yes : (x : A) : f(true, x) = g(true, x)
  given no : (x : A) : f(false, x) = g(false, x)
  : f(b, x) = g(b, x)
`;
/** d0, d1 = d0 ; d0, … */
const doubling = (n: number, first: string, next: (d: string) => string): string =>
  `def d0 ${first}\n${range(n)
    .map((i) => `def d${i + 1} ${next(`d${i}`)}\n`)
    .join('')}`;
const shared: Readonly<Record<string, Case>> = {
  'definitions that double, 60': other(
    '(x : R)',
    'd60(x)',
    'x',
    doubling(60, '(x : R) := x + 1', (d) => `(x : R) := ${d}(${d}(x))`),
  ),
  'definitions that double, exp, 60': other(
    '(x : R)',
    'd60(x)',
    'x',
    doubling(60, '(x : R) := exp x', (d) => `(x : R) := ${d}(${d}(x))`),
  ),
  'definitions that double, exp, 16': other(
    '(x : R)',
    'd16(x)',
    'x',
    doubling(16, '(x : R) := exp x', (d) => `(x : R) := ${d}(${d}(x))`),
  ),
  'definitions that double, squares, 60': other(
    '(x : R)',
    'd60(x)',
    'x',
    doubling(60, '(x : R) := x * x', (d) => `(x : R) := ${d}(${d}(x))`),
  ),
  'definitions that double, on 2, 60': other(
    '()',
    'd60(2)',
    '1',
    doubling(60, '(x : R) := x * x', (d) => `(x : R) := ${d}(x)`),
  ),
  'squares of squares of 2, 60': other(
    '()',
    'd60(2)',
    '1',
    doubling(60, '(x : R) := x * x', (d) => `(x : R) := let y = ${d}(x) in y * y`),
  ),
  'squares of squares of 2, 22': other(
    '()',
    'd22(2)',
    '1',
    doubling(22, '(x : R) := x * x', (d) => `(x : R) := let y = ${d}(x) in y * y`),
  ),
  'squares of squares of 1/3, 60': other(
    '()',
    'd60(1/3)',
    '1',
    doubling(60, '(x : R) := x * x', (d) => `(x : R) := let y = ${d}(x) in y * y + 1`),
  ),
  'diagrams that double, 60': claim(
    '{f : R -> R} : d60{f} = f',
    'refl',
    doubling(60, '{f : R -> R} := f ; f', (d) => `{f : R -> R} := ${d}{f} ; ${d}{f}`),
  ),
  'tensors that double, 60': claim(
    '{f : R -> R} : d60{f} = d60{f}',
    'refl',
    doubling(60, '{f : R -> R} := f * f', (d) => `{f : R -> R} := ${d}{f} * ${d}{f}`),
  ),
  'tensors that double, 14': claim(
    '{f : R -> R} : d14{f} = d14{f}',
    'refl',
    doubling(14, '{f : R -> R} := f * f', (d) => `{f : R -> R} := ${d}{f} * ${d}{f}`),
  ),
  'pairs of pairs': other(
    '(x : R)',
    `${range(60)
      .map((i) => `let a${i + 1} = (a${i}, a${i}) in `)
      .join('')
      .replace('a0, a0', 'x, x')}a60`,
    'x',
  ),
  'a copy tower, 60': claim(
    `: ${range(60)
      .map(() => 'copy R ; add')
      .join(' ; ')} = id R`,
  ),
  'a copy tower of objects': claim(
    `: ${range(40)
      .map(() => 'copy')
      .join(' ; ')} = copy R`,
  ),
  'lets that double, 60': other('(x : R)', `${'let x = x + x in '.repeat(60)}x`, 'x'),
  'lets that square, 60': other('(x : R)', `${'let x = x * x + 1 in '.repeat(60)}x`, 'x'),
  'lets that square, 30, by rewrite': other(
    '(x : R)',
    `${'let x = x * x + 1 in '.repeat(30)}x`,
    'x',
    '',
    'rewrite mul-comm',
  ),
  'lets that square, 30, by simp': other(
    '(x : R)',
    `${'let x = (x + 0) * (x + 0) in '.repeat(30)}x`,
    'x',
    '',
    'simp [add-zero]',
  ),
  'sizes that square, 60': other('[n] ()', `let x = size n in ${'let x = x * x + 1 in '.repeat(60)}x`, '1'),
  'sizes that square, 12': other('[n, m] ()', `let x = size n + size m in ${'let x = x * x + 1 in '.repeat(12)}x`, '1'),
  'axes that double': other(
    '[a, b] (y : R)',
    'd60[(a+b)](y)',
    'y',
    doubling(60, '[n] (y : R) := y + size n', (d) => `[n] (y : R) := ${d}[n*n](y)`),
  ),
  'axes that double by sums': other(
    '[a, b] (y : R)',
    'd60[a](y)',
    'y',
    doubling(60, '[n] (y : R) := sum i:n (y)', (d) => `[n] (y : R) := ${d}[n+n](y)`).replace(
      'def d0',
      'def sum [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])\ndef d0',
    ),
  ),
  'objects that double': claim(
    '{A} : d60{A} = d60{A}',
    'refl',
    doubling(60, '{A} := id A', (d) => `{A} := ${d}{A * A}`),
  ),
  'arguments that double': claim(
    '{f : R -> R} : d60{f} = f',
    'refl',
    doubling(60, '{f : R -> R} := f', (d) => `{f : R -> R} := ${d}{f ; f} ; ${d}{f ; f ; f}`),
  ),
  'a rule that squares, at squares': claim(
    '(x : R) : x * 0 = 0',
    'rewrite dup with h := fun (x : R) => x * x',
    `theorem dup {h : R -> R} (x : R) : ${'h('.repeat(60)}x${')'.repeat(60)} = x`,
  ),
  'a rule over 60 factors, at (a+b)': claim(
    '[a, b] (x : R) : x = 1',
    'rewrite wide with n := a+b',
    `axiom wide [n] (x : R) : x + size(${repeated(60, 'n', '*')}) = x`,
  ),
  'cases on 24 wires': claim(
    `(${repeated(24, (i) => `b${i}`, ' ')} : B) : (${repeated(24, (i) => `b${i}`, ' and ')}) = (${[...range(24)]
      .reverse()
      .map((i) => `b${i}`)
      .join(' and ')})`,
    `cases ${repeated(24, (i) => `b${i}`, ', ')}`,
    cases,
  ),
  'cases on 8 wires': claim(
    `(${repeated(8, (i) => `b${i}`, ' ')} : B) : (${repeated(8, (i) => `b${i}`, ' and ')}) = (${[...range(8)]
      .reverse()
      .map((i) => `b${i}`)
      .join(' and ')})`,
    `cases ${repeated(8, (i) => `b${i}`, ', ')}`,
    cases,
  ),
};
const literal = (e: string): Case => other('()', e, '1');
const huge: Readonly<Record<string, Case>> = {
  '1e999': literal('1e999'),
  '1e-999': literal('1e-999'),
  '1e1000': literal('1e1000'),
  '10^100000 by digits': literal(`1${'0'.repeat(100_000)}`),
  '10^900000 by digits': {
    _tag: 'Library',
    statements: [{ path: 'a.weft', text: `theorem t () : 1${'0'.repeat(900_000)} = 1` }],
    proofs: [],
  },
  'a fraction of 100,000 digits': literal(`0.${'3'.repeat(100_000)}`),
  '1/0': literal('1/0'),
  '1/(1/0)': literal('1/(1/0)'),
  'a product of 200 huge literals': literal(repeated(200, '9e999', ' * ')),
  'a sum of 300 fractions': literal(repeated(300, (i) => `1/${10_007 + 2 * i}`, ' + ')),
  'a sum of 3,000 fractions of 999 digits': literal(repeated(3000, (i) => `1/${10_007 + 2 * i}e99`, ' + ')),
  'leading zeros': literal(`${'0'.repeat(200_000)}1`),
  'const 1e999/1e-999': claim(`: const 1e999 / 1e-999 = const 1`),
  'a name of 500,000 letters': claim(`(${'x'.repeat(400_000)} : R) : ${'y'.repeat(400_000)} = 1`),
  'a name of 5,000 letters, among many': claim(
    `(${repeated(90, (i) => `${'x'.repeat(5000)}${i + 10}`, ' ')} : R) : ${'y'.repeat(5002)} = 1`,
  ),
  'a string of 500,000 letters': claim(`(x : R) : einsum "${'q '.repeat(250_000)}-> q" (x) = 1`),
  'an import of 500,000 letters': {
    _tag: 'Library',
    statements: [{ path: 'a.weft', text: `import "${'../'.repeat(160_000)}"\ntheorem t () : 1 = 1` }],
    proofs: [],
  },
  'a million and one characters': {
    _tag: 'Library',
    statements: [{ path: 'a.weft', text: ' '.repeat(1_000_001) }],
    proofs: [],
  },
  'a million spaces': { _tag: 'Library', statements: [{ path: 'a.weft', text: ' '.repeat(999_999) }], proofs: [] },
  'half a million comments': {
    _tag: 'Library',
    statements: [{ path: 'a.weft', text: '--\n'.repeat(333_000) }],
    proofs: [],
  },
  'a million dots': { _tag: 'Library', statements: [{ path: 'a.weft', text: '.'.repeat(999_999) }], proofs: [] },
  'a million digits in a file of proofs': {
    _tag: 'Library',
    statements: [],
    proofs: [{ path: 'a.weft', text: `proof t at ${'1'.repeat(999_000)} qed` }],
  },
};

const file = (path: string, text: string) => ({ path, text });
const files: Readonly<Record<string, Case>> = {
  'a cycle of imports': {
    _tag: 'Library',
    statements: [file('a.weft', 'import "b.weft"\ntheorem t () : 1 = 1'), file('b.weft', 'import "a.weft"\n')],
    proofs: [file('p.weft', 'import "q.weft"\nproof t\nqed'), file('q.weft', 'import "p.weft"')],
  },
  'an import of itself': {
    _tag: 'Library',
    statements: [file('a.weft', 'import "a.weft"\ntheorem t () : 1 = 1')],
    proofs: [],
  },
  'a chain of 3,000 imports': {
    _tag: 'Library',
    statements: range(3000).map((i) => file(`a${i}.weft`, `import "a${i + 1}.weft"\n`)),
    proofs: [],
  },
  'a file that imports 3,000 times': {
    _tag: 'Library',
    statements: [
      file('b.weft', 'def c () := 1'),
      file('a.weft', `${'import "b.weft"\n'.repeat(3000)}theorem t () : c() = 1`),
    ],
    proofs: [],
  },
  'paths of every kind': {
    _tag: 'Library',
    statements: [
      file(
        'a.weft',
        [
          'missing.weft',
          '.',
          '/etc/passwd',
          '../../..',
          '..\\\\..\\\\x',
          'a.weft/../a.weft',
          '',
          '//',
          './././b.weft',
          '\0',
          '~',
          'file:///etc/passwd',
          'node:fs',
          '%2e%2e/x',
          '__proto__',
          'constructor',
        ]
          .map((p) => `import "${p}"`)
          .join('\n'),
      ),
    ],
    proofs: [],
  },
  'files named like parts of objects': {
    _tag: 'Library',
    statements: [file('__proto__', 'def c () := 1'), file('constructor', 'import "__proto__"\ntheorem t () : c() = 1')],
    proofs: [file('toString', 'proof t\nqed')],
  },
};

const slow =
  /2000$|10,000|20,000|100,000|symms|calc|indices|imports|half a million|a million spaces|900000|1,000 theorems|2,000|5,000 axes|exp, 16|10 axes/;
const named = (cases: Readonly<Record<string, Case>>): readonly Extreme[] =>
  Object.entries(cases).map(([name, c]) => ({ name, case: c, quick: !slow.test(name) }));
export const extremes: Readonly<Record<string, readonly Extreme[]>> = {
  deep: named(depth),
  wide: named(wide),
  shared: named(shared),
  huge: named(huge),
  files: named(files),
};
