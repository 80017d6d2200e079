// The grammar itself: its examples run, every rule has its action, and no text crashes the parser.
/* eslint-disable @typescript-eslint/no-explicit-any -- trees are looked into without naming their shapes */
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import { grammar as compiled, grammarText } from '../../../../src/language/syntax/grammar.js';
import {
  actions,
  asAxis,
  asDiagram,
  asExpr,
  maximumLength,
  parseDiagram,
  parseExpr,
  parseProofs,
  parseStatements,
  treeOf,
} from '../../../../src/language/syntax/parse.js';

interface Example {
  readonly rule: string;
  readonly text: string;
  readonly accepted: boolean;
}

/** The texts of `//+` and `//-` lines, each for the rule that follows. */
function examples(text: string): Example[] {
  const found: Example[] = [];
  let pending: Omit<Example, 'rule'>[] = [];
  for (const line of text.split('\n')) {
    const rule = /^\s*([A-Za-z]\w*)(\s*\([^)]*\))?\s*=/.exec(line)?.[1];
    if (/^\s*\/\/[+-]/.test(line)) {
      for (const part of line.split(/(?=\/\/[+-])/)) {
        const accepted = part.trim().startsWith('//+');
        for (const [quoted] of part.matchAll(/"(?:[^"\\]|\\.)*"/g))
          pending.push({ text: JSON.parse(quoted), accepted });
      }
    } else if (rule) {
      found.push(...pending.map((p) => ({ ...p, rule })));
      pending = [];
    }
  }
  return found;
}

const grammar = compiled();
const all = examples(grammarText);
/** Own and inherited rules. */
const allRules: Record<string, { body: { getArity(): number } }> = {};
for (const name in grammar.rules) allRules[name] = grammar.rules[name]! as never;

describe('examples in the grammar', () => {
  test('there are many, of both kinds, in every part', () => {
    expect(all.filter((e) => e.accepted).length).toBeGreaterThan(60);
    expect(all.filter((e) => !e.accepted).length).toBeGreaterThan(35);
  });
  test.each(all)('$rule: $text is accepted: $accepted', ({ rule, text, accepted }) => {
    expect(Object.keys(allRules)).toContain(rule);
    const match = grammar.match(text, rule);
    const chained = rule === 'Exp' && E.isLeft(parseExpr(text));
    expect(match.succeeded() && !chained).toBe(accepted);
    if (accepted) expect(treeOf(match)).toBeDefined();
  });
});

test('every rule of other than one child has an action, and every action a rule', () => {
  const builtIn = new Set([
    'any',
    'end',
    'caseInsensitive',
    'lower',
    'upper',
    'unicodeLtmo',
    'spaces',
    'space',
    'alnum',
    'letter',
    'digit',
    'hexDigit',
    'ListOf',
    'listOf',
    'NonemptyListOf',
    'nonemptyListOf',
    'EmptyListOf',
    'emptyListOf',
    'applySyntactic',
  ]);
  const rules = Object.entries(allRules).filter(
    ([name]) => !builtIn.has(name) && !/^(Nonempty|nonempty|Empty|empty)/.test(name),
  );
  expect(rules.length).toBeGreaterThan(150);
  // what is inside a name, a number or a gap has no tree of its own
  const inToken = new Set(['ident', 'hyphen', 'fraction', 'colonBeside', 'exponent', 'beside', 'reserved']);
  const missing = rules.filter(([name, { body }]) => body.getArity() !== 1 && !inToken.has(name) && !(name in actions));
  expect(missing.map(([name]) => name)).toEqual([]);
  expect(Object.keys(actions).filter((name) => !(name in allRules))).toEqual([]);
});

const stripped = (tree: unknown): unknown =>
  JSON.parse(
    JSON.stringify(tree, (key, value) =>
      key === 'span' ? undefined : typeof value === 'bigint' ? Number(value) : value,
    ),
  );
const right = <A>(e: E.Either<unknown, A>): A => {
  if (E.isLeft(e)) throw new Error(JSON.stringify(e.left));
  return e.right;
};
/** A tree as fully bracketed text, to compare groupings. */
const grouped = (text: string): string => {
  const show = (t: any): string => {
    switch (t._tag) {
      case 'Binary':
        return `(${show(t.left)} ${t.word} ${show(t.right)})`;
      case 'Unary':
        return `(${t.word} ${show(t.value)})`;
      case 'Call':
        return `${t.callee.name}(${t.args.map(show).join(', ')})`;
      case 'Reduce':
        return `${t.callee.name}{${t.binders.map((b: any) => b.index).join()}}(${show(t.body)})`;
      case 'Index':
        return `${show(t.array)}[${t.indices.map((i: any) => i.name).join()}]`;
      case 'If':
        return `if(${show(t.condition)}, ${show(t.then)}, ${show(t.otherwise)})`;
      case 'Let':
        return `let(${show(t.value)}, ${show(t.body)})`;
      case 'Tuple':
        return `<${t.parts.map(show).join(', ')}>`;
      default:
        return t.name ?? String(t.value?.digits ?? t._tag);
    }
  };
  return show(right(parseExpr(text)));
};

describe('grouping', () => {
  test.each([
    ['a - b - c', '((a - b) - c)'],
    ['a + b * c', '(a + (b * c))'],
    ['a * b + c', '((a * b) + c)'],
    ['- a * b', '((- a) * b)'],
    ['- - a - b', '((- (- a)) - b)'],
    ['a - -b', '(a - (- b))'],
    ['not a < b and c', '((not (a < b)) and c)'],
    ['not not a or b', '((not (not a)) or b)'],
    ['a or b and c or d', '((a or (b and c)) or d)'],
    ['x ++ y + z < w', '((x ++ (y + z)) < w)'],
    ['exp x[i] * y', '((exp x[i]) * y)'],
    ['exp exp x + y', '((exp (exp x)) + y)'],
    ['abs x * y', '(abs(x) * y)'],
    ['abs x[i]', 'abs(x[i])'],
    ['sum k (x[k]) * y', '(sum{k}(x[k]) * y)'],
    ['f(x)[i]', 'f(x)[i]'],
    ['1 + if p then x else y + 1', '(1 + if(p, x, (y + 1)))'],
    ['let x = a in x + b', 'let(a, (x + b))'],
    ['a-b', 'a-b'],
    ['(a, (b, c))', '<a, <b, c>>'],
  ])('%s is %s', (text, expected) => expect(grouped(text)).toBe(expected));

  test('application stays on its line, calls need not', () => {
    expect(E.isLeft(parseExpr('abs\nx'))).toBe(true);
    expect(E.isRight(parseExpr('abs x'))).toBe(true);
    expect(E.isRight(parseExpr('f\n(x)'))).toBe(true);
  });
});

describe('spans', () => {
  test('of a part, and after a comment', () => {
    const text = 'theorem t (x : R) : -- left\n x + y-z = x';
    const [t] = right(parseStatements(text)) as any[];
    const wire = t.lhs.expr.right;
    expect(text.slice(wire.span.start, wire.span.end)).toBe('y-z');
    expect(text.slice(t.lhs.span.start, t.lhs.span.end)).toBe('x + y-z');
  });
  test('of a phrase, read later', () => {
    const text = 'proof t\n  apply u with x := 1 + f(y), h := [n] f ; g, n := a*b\nqed';
    const [proof] = right(parseProofs(text)) as any[];
    const [x, h, n] = proof.steps[0].tactic.insts;
    const e = right(asExpr(x.value)) as any;
    expect(text.slice(e.right.span.start, e.right.span.end)).toBe('f(y)');
    expect(text.slice(h.value.span.start, h.value.span.end)).toBe('f ; g');
    expect(h.binders.map((b: any) => b.name)).toEqual(['n']);
    expect(right(asDiagram(h.value))._tag).toBe('Compose');
    expect(right(asAxis(n.value))._tag).toBe('AxisProduct');
    expect(asExpr(h.value)).toMatchObject({ left: { code: 'E-SYNTAX', span: { start: h.value.span.start + 2 } } });
  });
});

describe('proofs', () => {
  const step = (text: string): any => stripped((right(parseProofs(`proof t\n${text}\nqed`))[0] as any).steps[0]);
  test('modifiers in any order', () => {
    const one = step('rewrite <- sum.split with n := a+b, x := y in lhs at 2');
    expect(one).toEqual(step('rewrite <- sum.split at 2 in lhs with n := a+b, x := y'));
    expect(one.tactic).toMatchObject({ rule: { backward: true, name: { name: 'sum.split' } }, at: 2, side: 'lhs' });
    expect(step('rewrite t at "f ; g"').tactic.at.text).toBe('f ; g');
  });
  test('blocks, calc and have', () => {
    expect(step('induction n left { refl } { rewrite ih ring }').blocks.map((b: any) => b.length)).toEqual([1, 2]);
    const calc = step('calc x + y = y + x by rewrite add-comm = f ; g = z by { symm refl }').tactic;
    expect(calc.links.map((l: any) => [l.side.text, l.by?.length])).toEqual([
      ['y + x', 1],
      ['f ; g', undefined],
      ['z', 2],
    ]);
    const have = step('have h (x : R) given p : for a (y : R[a]) : f(y) = 0 : x = g(x) { refl }').tactic;
    expect([have.lhs.text, have.rhs.text, have.by.length, have.givens.length]).toEqual(['x', 'g(x)', 1, 1]);
  });
  test('simp, cases, assumption, hole', () => {
    expect(step('simp [a, <- b.c]').tactic.rules.map((r: any) => [r.name.name, r.backward])).toEqual([
      ['a', false],
      ['b.c', true],
    ]);
    expect(step('cases x < y { ? } { refl }')).toMatchObject({
      tactic: { on: [{ text: 'x < y' }] },
      blocks: [[{}], [{}]],
    });
    expect(step('cases x == y, y < z').tactic.on.map((p: any) => p.text)).toEqual(['x == y', 'y < z']);
    expect(step('assumption').tactic.name).toBeUndefined();
    expect(step('assumption p with a := b*c').tactic.insts).toHaveLength(1);
  });
});

describe('no text crashes the parser', () => {
  const deep = (n: number, open: string, close: string) => open.repeat(n) + 'x' + close.repeat(n);
  test.each([
    ['(', ')'],
    ['f(', ')'],
    ['sum k (', ')'],
    ['{ id ; ', '}'],
    ['let x = (', ') in x'],
    ['- ', ''],
    ['exp ', ''],
    ['not ', ''],
  ])('%s nested 20000 deep is a budget, nested 40 deep is not', (open, close) => {
    expect(parseExpr(deep(20_000, open, close))).toMatchObject({
      left: { code: expect.stringMatching(/E-BUDGET|E-SYNTAX/) },
    });
    expect(parseExpr(deep(40, open, close))).not.toMatchObject({ left: { code: 'E-BUDGET' } });
  });
  // words and signs that nest without brackets: the last that is read, the first that is not, and one that would end the stack
  const ahead = (text: string) => (n: number) => `${text.repeat(n)}x`;
  const around = (open: string, close: string) => (n: number) => `${open.repeat(n)}x${close.repeat(n)}`;
  test.each<readonly [string, (n: number) => string, (text: string) => unknown, number]>([
    ['let', ahead('let y = x in '), parseExpr, 149],
    ['let in its value', around('let y = ', ' in y'), parseExpr, 149],
    ['if', ahead('if p then x else '), parseExpr, 149],
    ['if in its condition', around('if ', ' then x else y'), parseExpr, 149],
    ['if after an operator', ahead('1 + if p then x else '), parseExpr, 149],
    ['fold', ahead('fold i:n (s = 0) '), parseExpr, 149],
    ['a function', ahead('f '), parseExpr, 179],
    ['exp', ahead('exp '), parseExpr, 224],
    ['first', ahead('first '), parseExpr, 224],
    ['minus', ahead('- '), parseExpr, 299],
    ['not', ahead('not '), parseExpr, 299],
    ['map of a diagram', ahead('map n '), parseDiagram, 449],
    ['scan of a diagram', ahead('scan n R '), parseDiagram, 449],
    ['have', (n) => `proof t ${'have h () : 0 = 0 by '.repeat(n)}refl qed`, parseProofs, 149],
    ['calc', (n) => `proof t ${'calc x = x by '.repeat(n)}refl qed`, parseProofs, 149],
  ])('%s: nested too deep has its place and a limit that is counted', (_, text, read, near) => {
    let most = near - 40;
    while (E.isRight(read(text(most + 1)) as E.Either<unknown, unknown>)) most += 1;
    expect(Math.abs(most - near), `${most} is not about ${near}`).toBeLessThanOrEqual(30);
    for (const n of [most + 1, 3000, 20_000]) {
      const given = text(n);
      if (given.length > maximumLength) continue;
      const refused = read(given) as { readonly left: { readonly span: { readonly start: number } } };
      expect(refused).toMatchObject({ left: { code: 'E-BUDGET', fact: { _tag: 'TooDeep' } } });
      expect(refused.left.span.start).toBeGreaterThan(200);
      expect(refused.left.span.start).toBeLessThanOrEqual(given.length);
    }
  });
  test('prefixes inside brackets, and brackets inside prefixes, are counted together', () => {
    const mixed = (n: number): string => `${'- (- f exp let y = if p then x else '.repeat(n)}x${' in y)'.repeat(n)}`;
    expect(E.isRight(parseExpr(mixed(20)))).toBe(true);
    for (const n of [60, 99]) expect(parseExpr(mixed(n))).toMatchObject({ left: { code: 'E-BUDGET' } });
  });
  test('many of a kind side by side are not deep', () => {
    const many = (text: string, by: string): string => Array.from({ length: 2000 }, () => text).join(by);
    for (const text of [many('- x', ' + '), many('(let y = x in exp y)', ' * '), many('not p', ' and ')])
      expect(E.isRight(parseExpr(text)), text.slice(0, 20)).toBe(true);
  });
  test('deep brackets have a stated limit', () => {
    expect(parseExpr(deep(20_000, '(', ')'))).toMatchObject({ left: { code: 'E-BUDGET', fact: { _tag: 'TooDeep' } } });
    expect(E.isRight(parseExpr(deep(100, '(', ')')))).toBe(true);
  });
  test('a long file', () => {
    const long = `-- ${'x'.repeat(maximumLength)}`;
    expect(parseStatements(long)).toMatchObject({ left: { code: 'E-BUDGET', fact: { _tag: 'TooLong' } } });
    expect(E.isRight(parseStatements('-- x'.repeat(1000)))).toBe(true);
  });
  test('where and what', () => {
    const text = 'theorem t (x : R) : x + = x';
    expect(parseStatements(text)).toMatchObject({
      left: {
        code: 'E-SYNTAX',
        span: { start: 22, end: 23 },
        fact: { _tag: 'Mistake', mistake: { kind: 'operand-missing' } },
      },
    });
    const other = parseExpr('x = y');
    expect(other).toMatchObject({ left: { code: 'E-SYNTAX', fact: { _tag: 'Unexpected', found: '=' } } });
    expect(parseExpr('a < b < c')).toMatchObject({
      left: { code: 'E-SYNTAX', span: { start: 6 }, fact: { _tag: 'Chained' } },
    });
    expect(E.isRight(parseExpr('(a < b) == c'))).toBe(true);
  });
});
