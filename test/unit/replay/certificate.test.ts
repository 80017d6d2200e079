// Certificates as a whole: what the file looks like, axioms, citations, and that what was proved is what is stated.
import { describe, expect, test } from 'vitest';
import { hashOf, replay, type Verdict } from '../../../src/replay/replay.js';
import { base, certificate, numbered, said } from './small.js';

const statements = [
  {
    path: 'a.weft',
    text: `sort P
axiom comm (x y : R) : x + y = y + x
axiom fixed {f : R -> R} given p : (x : R) : f(x) = x given q : for n (x : R[n]) : map n (f(x[n])) = x : f ; f = f
def twice (x : R) : R := x + x
theorem swapped (x y : R) : x + y = y + x
theorem double (x : R) : twice(x) = x + x
theorem cited (x y z : R) : (x + y) + z = (y + x) + z
theorem renamed {f : R -> R} given e : (x : R) : f(x) = x : (x : R) : f(f(x)) = f(x)
theorem general [t?] {h[n] : R[n] -> R, f : R -> R} given e : for n : h[n] = h[n] given g : f = f : id R[t] = id R[t]
theorem sorted [n : P] (x : R[n]) : x = x
stream total [n] (x : R[n], c : R) over n
  spec  c * fold i:n (s = 0) s + x[i]
  state (s : R)
  head  fold i:n (s = 0) s + x[i]
  final c * s
  step  s + fold i:n (s = 0) s + x[i]
  foldable
`.replace('given e : (x : R) : f(x) = x : (x : R)', '(x : R) given e : (x : R) : f(x) = x'),
  },
];

const proved = (name: string, records: readonly string[], kind = 'theorem'): string =>
  certificate(numbered(records), name, kind);
const judge = (...texts: readonly string[]): Verdict[] =>
  replay(
    texts.map((text, n) => ({ path: `${n}.cert`, text })),
    statements,
  );
const verdict = (text: string): Verdict => judge(text)[0] ?? expect.fail('no verdict');
const reject = (text: string, reason: RegExp, line?: number): void => {
  const said = verdict(text);
  expect(said).toMatchObject({ status: 'rejected', ...(line !== undefined && { line }) });
  expect(said.reason).toMatch(reason);
};

const comm = ['R: o (R)', 'add: t op add', 'swap: t swap @R @R', 'sum: t ; @swap @add'];
const swapped = proved('swapped', [...comm, 's axiom "comm" () @add @sum', 'qed 0']);

describe('the file', () => {
  test('is accepted as the page says', () => {
    expect(verdict(swapped)).toMatchObject({
      status: 'proved',
      name: 'swapped',
      kind: 'theorem',
      axioms: ['comm'],
      steps: 1,
    });
  });
  const first = ['weft-certificate 1', 'theorem "swapped"', 'o (R)'];
  test.each<readonly [string, string, RegExp, number]>([
    ['nothing', '', /first line/, 1],
    ['another version', swapped.replace('certificate 1', 'certificate 2'), /first line/, 1],
    ['two marks of byte order', `\uFEFF\uFEFF${swapped}`, /first line/, 1],
    ['two CR before LF', swapped.replaceAll('\n', '\r\r\n'), /first line/, 1],
    ['a CR', swapped.replace('o (R)', 'o (R\r)'), /./, 3],
    ['no last line end', swapped.slice(0, -1), /does not end/, 1],
    ['an empty line', swapped.replace('o (R)\n', 'o (R)\n\n'), /one space/, 4],
    ['a comment', swapped.replace('o (R)\n', 'o (R)\n-- R\n'), /no record --/, 4],
    ['two spaces', swapped.replace('t op', 't  op'), /one space/, 4],
    ['a space at the end', swapped.replace('t op add', 't op add '), /one space/, 4],
    ['a space in parentheses', swapped.replace('(R)', '( R)'), /one space/, 3],
    ['no space before parentheses', swapped.replace('o (R)', 'o(R)'), /one space/, 3],
    ['a tab', swapped.replace('t op', 't\top'), /no record t\top/, 4],
    ['an unknown record', swapped.replace('t op add', 'x op add'), /no record x/, 4],
    ['a name of Object', swapped.replace('t op add', 'toString op add'), /no record toString/, 4],
    ['an unknown term', swapped.replace('t op add', 't constructor add'), /no term constructor/, 4],
    ['an unknown rule', swapped.replace('s axiom', 's axioms'), /no rule axioms/, 7],
    ['a record too long', swapped.replace('t op add', 't op add 0'), /too long/, 4],
    ['a record too short', swapped.replace('t swap 0 0', 't swap 0'), /too short/, 5],
    ['a later record', swapped.replace('t ; 1 0', 't ; 1 2'), /no earlier t 2/, 6],
    ['a leading zero', swapped.replace('t ; 1 0', 't ; 01 0'), /number is expected/, 6],
    ['a sign', swapped.replace('t ; 1 0', 't ; +1 0'), /number is expected/, 6],
    ['a name that is no string', swapped.replace('"swapped"', 'swapped'), /string is expected/, 1],
    ['a string with a line end', swapped.replace('"comm"', '"co\tmm"'), /string is expected/, 7],
    ['another kind', swapped.replace('theorem "', 'lemma "'), /neither theorem nor schedule/, 1],
    ['no end', [...first, ''].join('\n'), /not qed/, 3],
    ['no records', [...first.slice(0, 2), ''].join('\n'), /not qed/, 2],
    ['a record after the end', `${swapped}o (R)\n`, /no record qed/, 8],
    ['two ends', `${swapped}qed 0\n`, /no record qed/, 8],
    ['an end of another kind', swapped.replace('qed 0', 'qed 0 () 0'), /too long/, 8],
    ['an end of nothing', swapped.replace('qed 0', 'qed 1'), /no earlier s 1/, 8],
    ['half a pair', swapped.replace('"comm"', '"\ud800"'), /no Unicode/, 1],
  ])('%s is refused', (_what, text, reason, line) => reject(text, reason, line));
  test('a string may be escaped', () => {
    expect(verdict(swapped.replace('"comm"', '"\\u0063omm"')).status).toBe('proved');
  });
  test('huge literals are declined', () => {
    const outcome = said([`t const ${'7'.repeat(5000)}`]);
    expect(outcome).toMatchObject({ declined: true });
  });
});

describe('axioms', () => {
  const fixed = (hypotheses: string): string[] => [
    ...base,
    'ff: t ; @f @f', 'mf: t map @an @f', 'p: h () @f @id', 'q: h (@n) @mf @idn', 'other: h () @f @f', `s axiom "fixed" ${hypotheses} @ff @f`,
  ]; // prettier-ignore
  const outcome = (records: readonly string[]): Verdict => verdict(proved('swapped', [...records, 'qed 2']));
  test('need all their hypotheses, and no more', () => {
    expect(outcome(fixed('(@p @q)'))).toMatchObject({ reason: 'the left side is not that of the statement' });
    expect(outcome(fixed('(@p @p @q)')).reason).toMatch(/left side is not/);
    expect(outcome(fixed('(@p)')).reason).toMatch(/hypothesis q of the axiom is missing/);
    expect(outcome(fixed('(@q)')).reason).toMatch(/hypothesis p of the axiom is missing/);
    expect(outcome(fixed('(@p @q @other)')).reason).toMatch(/none of those of the statement/);
    expect(outcome(fixed('(@other @q)')).reason).toMatch(/none of those of the statement/);
  });
  test('must be stated, as an axiom, as they are cited', () => {
    reject(swapped.replace('"comm"', '"commute"'), /no axiom "commute"/, 7);
    reject(swapped.replace('"comm"', '"swapped"'), /no axiom "swapped"/, 7);
    reject(swapped.replace('() 0 2', '() 0 0'), /right side is not that/, 7);
    reject(swapped.replace('() 0 2', '() 2 0').replace('comm', 'comm'), /left side is not that/, 7);
    reject(swapped.replace('() 0 2', '() 0 1'), /two types/, 7);
  });
});

describe('citations', () => {
  const cites = (hash: string, name = 'swapped'): string =>
    proved('cited', [
      ...comm,
      'id: t id @R',
      `c: s cite "${name}" ${hash}`,
      'i: s eq @id @id',
      'p: s * @c @i',
      'e: s eq @add @add',
      's ; @p @e',
      'qed 4',
    ]);
  const good = cites(hashOf(swapped));
  test('in any order, with the axioms of what is cited', () => {
    for (const texts of [
      [swapped, good],
      [good, swapped],
    ])
      for (const said of judge(...texts)) expect(said).toMatchObject({ status: 'proved', axioms: ['comm'] });
  });
  test('of what is not there, not accepted, of another name, or changed', () => {
    reject(good, /was not accepted/, 8);
    const forged = swapped.replace('s axiom "comm" () 0 2', 's eq 0 2');
    expect(judge(forged, cites(hashOf(forged))).map((v) => v.status)).toEqual(['rejected', 'rejected']);
    expect(judge(swapped, cites(hashOf(swapped), 'double'))[1]).toMatchObject({ status: 'rejected', line: 8 });
    expect(judge(swapped, cites(hashOf(swapped).toUpperCase()))[1]?.reason).toMatch(/lower case/);
    expect(judge(swapped.replace('0 2\n', '0 2\no (B)\n'), good)[1]?.status).toBe('rejected');
  });
  test('of itself there is none: a hash is of the bytes', () => {
    const self = cites('0'.repeat(64), 'cited');
    expect(judge(self, self.replace('0'.repeat(64), hashOf(self)))).toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
  });
});

describe('the end', () => {
  const same = (name: string, term: string): string => proved(name, [...base, `x: ${term}`, 'z: s eq @x @x', 'qed 2']);
  test('definitions are seen through', () => {
    const text = proved('double', [...base, 'two: t ; @copy @add', 's eq @two @two', 'qed 2']);
    expect(verdict(text)).toMatchObject({ status: 'proved', axioms: [] });
    expect(verdict(text).statement).toContain('out = x + x');
  });
  test('a triviality under a famous name', () => {
    reject(proved('swapped', [...comm, 's eq @add @add', 'qed 0']), /right side is not that of the statement/, 8);
    reject(proved('swapped', [...comm, 's eq @sum @sum', 'qed 0']), /left side is not that of the statement/, 8);
    reject(proved('famous', [...comm, 's eq @add @add', 'qed 0']), /no theorem "famous" is stated/, 8);
    reject(proved('comm', [...comm, 's axiom "comm" () @add @sum', 'qed 0']), /no theorem "comm" is stated/, 8);
  });
  test('a hypothesis that is not given', () => {
    const one = [...base, 'h: h () @f @id', 'a: s assume @h ()', 'ff: t ; @f @f'];
    const end = ['i: s eq @f @f', 'c: s ; @a @i', 'idf: t ; @id @f', 'e: s eq @idf @f', 'z: s trans @c @e', 'qed 6'];
    expect(verdict(proved('renamed', [...one, ...end]))).toMatchObject({ status: 'proved' });
    const other = [
      ...one.slice(0, -3),
      'h: h () @g @id',
      'a0: s assume @h ()',
      'F2: f () @g',
      'h2: h () @f @g',
      'a: s assume @h2 ()',
      'ff: t ; @f @f',
    ];
    reject(proved('renamed', [...other, 'qed 2']), /left side/);
    reject(same('renamed', 't ; @f @f'), /right side/);
  });
  const sorts = (record: string): string =>
    proved('sorted', [record, 'a v 0', 'o (R 0)', 't id 0', 's eq 0 0', 'qed 0']);
  test('sorts and emptiness are part of a variable', () => {
    expect(verdict(sorts('v "n" "P" +')).status).toBe('proved');
    for (const record of ['v "n" - +', 'v "n" "Q" +', 'v "n" "P" ?', 'v "m" "P" +']) reject(sorts(record), /left side/);
  });
  test('hypotheses binder by binder', () => {
    const text = (binder: string, side: string): string =>
      proved('general', [
        ...base,
        'i: t id @Rt',
        'z: s eq @i @i',
        `h: h (${binder}) ${side} ${side}`,
        'a: s assume @h (@an)',
        'd: t del @R',
        'e: s eq @d @d',
        ...(side === '@f' ? [] : ['c: s ; @a @e']),
        'qed 2',
      ]);
    expect(verdict(text('@n', '@hn')).status).toBe('proved');
  });
});

describe('schedules', () => {
  const schedule = (batch: string, end: string, spec = 'loop'): string =>
    proved('total', [
      'n: v "n" - +',
      'b: v "b" - +',
      'an: a v @n',
      'ab: a v @b',
      'R: o (R)',
      'Rn: o (R @an)',
      'Rbn: o (R @ab @an)',
      'id: t id @R',
      'idn: t id @Rn',
      'add: t op add',
      'mul: t op mul',
      'zero: t const 0',
      'start: t * @zero @idn',
      'loop: t scan @an @R @add',
      'fold: t ; @start @loop',
      'both: t * @fold @id',
      'sw: t swap @R @R',
      'cs: t ; @both @sw',
      `one: t ; ${spec === 'loop' ? '@cs' : '@both'} @mul`,
      'many: t map @ab @one',
      `rep: t repeat ${batch} @R`,
      'idbn: t id @Rbn',
      'in: t * @idbn @rep',
      'all: t ; @in @many',
      's eq @all @all',
      end,
    ]);
  test('the spec at every index of the batch', () => {
    expect(verdict(schedule('@ab', 'qed 0 (@n @an) @ab').replace('theorem', 'schedule'))).toMatchObject({
      status: 'proved',
      kind: 'schedule',
    });
  });
  test.each([
    ['another batch', 'qed 0 (@n @an) @an', /other wires/],
    ['another tile', 'qed 0 (@n @ab) @ab', /other wires/],
    ['an axis twice', 'qed 0 (@n @an @n @an) @ab', /twice/],
    ['no batch', 'qed 0 (@n @an)', /too short/],
  ])('%s', (_what, end, reason) => reject(schedule('@ab', end).replace('theorem', 'schedule'), reason));
  test('another spec', () =>
    reject(schedule('@ab', 'qed 0 (@n @an) @ab', 'swapped').replace('theorem', 'schedule'), /not the spec/));
});
