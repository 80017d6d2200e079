// An adversary with several files: names stated twice, definitions swapped after use, proofs before their imports, streams under
// one name. Every attempt is told from an honest one of the same form.
import { describe, expect, it } from 'vitest';
import { type Files, checked, outcome } from './attempt.js';

const codes = (files: Files, path: string): readonly string[] =>
  checked(files)
    .diagnostics.filter((d) => d.file === path)
    .map((d) => d.code ?? 'open');

const twoDefinitions: Files = {
  'a.weft': 'def c () : R := 0\ntheorem zero () : c() = 0',
  'a.proofs.weft': 'proof zero\n refl\nqed',
  'b.weft': 'def c () : R := 1\ntheorem bad () : c() = 0',
  'b.proofs.weft': 'import "a.proofs.weft"\nproof bad\n apply zero\nqed',
};
const stream = (head: string, merge: string): string =>
  `stream s [n] (x : R[n]) over n\n spec sum(x)\n state (t : R)\n head ${head}\n final t\n merge ${merge}\n mergeable\n`;
const sumAdd = `theorem sum-from [n?] (c : R, x : R[n]) : fold i:n (s = c) (s + x[i]) = c + sum(x)\n`;
const sumAddProof = `import "proofs/base.weft"
proof sum-from
  induction n right { rewrite add-zero in rhs } { rewrite ih rewrite add-assoc }
qed
`;
const streamProof = 'proof s\n refl\nqed\nproof s.mergeable\n rewrite sum-from with c := sum(x)\nqed\n';

describe('definitions', () => {
  it('of one name are two', () => {
    const library = checked(twoDefinitions);
    expect(outcome(library, 'zero')).toBe('proved');
    expect(outcome(library, 'bad')).toBe('E-EQ');
    const honest = { ...twoDefinitions, 'b.weft': 'import "a.weft"\ntheorem bad () : c() = 0' };
    expect(outcome(checked(honest), 'bad')).toBe('proved');
  });
  it('of one name cannot both be imported', () => {
    const both = { ...twoDefinitions, 'd.weft': 'import "a.weft"\nimport "b.weft"\ntheorem t () : c() = 0' };
    expect(codes(both, 'd.weft')).toContain('E-SCOPE');
    const diamond = {
      'a.weft': 'def c () : R := 0',
      'b.weft': 'import "a.weft"',
      'd.weft': 'import "a.weft"\nimport "b.weft"\ntheorem t () : c() = 0',
      'd.proofs.weft': 'proof t\nqed',
    };
    expect(codes(diamond, 'd.weft')).toEqual([]);
    expect(outcome(checked(diamond), 't')).toBe('proved');
  });
  it('stay what they were where one is refused', () => {
    const library = checked({
      'a.weft': 'def c () : R := 0\ndef c () : R := 1\ntheorem zero () : c() = 0\ntheorem bad () : c() = 1',
      'a.proofs.weft': 'proof zero\n refl\nqed\nproof bad\n refl\nqed',
    });
    expect(outcome(library, 'zero')).toBe('proved');
    expect(outcome(library, 'bad')).toBe('E-EQ');
    expect(library.diagnostics.map((d) => d.code)).toContain('E-SCOPE');
  });
});

describe('theorems', () => {
  it('of one name: the first is meant, and the second is refused', () => {
    const library = checked({
      'a.weft': 'theorem t () : 1 = 2 - 1',
      'a.proofs.weft': 'proof t\n refl\nqed',
      'b.weft': 'theorem t () : 0 = 1\ntheorem bad () : 0 = 1',
      'b.proofs.weft': 'import "a.proofs.weft"\nproof t\n refl\nqed\nproof bad\n apply t\nqed',
    });
    expect(outcome(library, 'bad')).toBe('E-EQ');
    expect(library.theorems.filter((t) => t.name === 't').map((t) => t.file)).toEqual(['a.weft']);
    expect(library.diagnostics.filter((d) => d.file.startsWith('b')).map((d) => d.code)).toEqual([
      'E-SCOPE',
      'E-SCOPE',
      'E-EQ',
    ]);
  });
  it('that cannot be stated do not hide one of their name', () => {
    const library = checked({
      'a.weft': 'theorem t () : 1 = 2 - 1',
      'a.proofs.weft': 'proof t\n refl\nqed',
      'b.weft': 'theorem t () : nothing() = 1',
    });
    expect(outcome(library, 't')).toBe('proved');
    expect(library.diagnostics.map((d) => d.code)).toEqual(['E-SCOPE']);
  });
  it('are not proved by the proof of a rejected one', () => {
    const files = (first: string): Files => ({
      'a.weft': `theorem t () : ${first}\ntheorem u () : ${first}`,
      'a.proofs.weft': 'proof t\n refl\nqed',
      'b.proofs.weft': 'import "a.proofs.weft"\nproof u\n apply t\nqed',
    });
    expect(outcome(checked(files('0 = 1')), 'u')).toBe('E-STATUS');
    expect(outcome(checked(files('0 = 1 - 1')), 'u')).toBe('proved');
  });
  it('are not cited before their proof, in whatever order files come', () => {
    const files = (imports: string): Files => ({
      'a.weft': 'theorem t () : 0 = 1 - 1\ntheorem u () : 0 = 1 - 1',
      'a.proofs.weft': `${imports}proof u\n apply t\nqed`,
      'b.proofs.weft': 'proof t\n refl\nqed',
    });
    expect(outcome(checked(files('')), 'u')).toBe('E-STATUS');
    expect(outcome(checked(files('import "b.proofs.weft"\n')), 'u')).toBe('proved');
  });
  it('are not axioms: an axiom of a name that is taken is refused, and every axiom is listed', () => {
    const files = (name: string): Files => ({
      'a.weft': `import "base.weft"\naxiom ${name} (x : R) : x + 0 = 1\ntheorem bad () : 0 = 1`,
      'a.proofs.weft': `proof bad\n calc 0 = 0 + 0 = 1 by rewrite ${name} with x := 0 in lhs\nqed`,
    });
    expect(outcome(checked(files('add-zero')), 'bad')).not.toBe('proved');
    const own = checked(files('mine')).theorems.find((t) => t.name === 'bad')!;
    expect([own.status, own.axioms]).toEqual(['proved', ['mine']]);
  });
});

describe('streams', () => {
  const honest: Files = {
    'a.weft': `import "base.weft"\n${sumAdd}${stream('sum(x)', "t + t'")}`,
    'a.proofs.weft': sumAddProof + streamProof,
  };
  it('of one name: what is extracted is the one that is proved', () => {
    const swapped: Files = { ...honest, 'b.weft': `import "base.weft"\n${stream('sum(x) + 1', 't')}` };
    const library = checked(swapped);
    expect(outcome(library, 's.mergeable')).toBe('proved');
    expect(library.streams.get('s')!.merge).toBe(checked(honest).streams.get('s')!.merge);
    expect(library.diagnostics.some((d) => d.file === 'b.weft' && d.code === 'E-SCOPE')).toBe(true);
  });
  it('with a wrong merge, head or final', () => {
    expect(outcome(checked(honest), 's')).toBe('proved');
    expect(outcome(checked(honest), 's.mergeable')).toBe('proved');
    const attempt = (head: string, merge: string): readonly string[] => {
      const library = checked({ ...honest, 'a.weft': `import "base.weft"\n${sumAdd}${stream(head, merge)}` });
      return ['s', 's.mergeable'].map((n) => outcome(library, n));
    };
    expect(attempt('sum(x)', 't')).toEqual(['proved', 'E-EQ']);
    expect(attempt('sum(x)', 't + t')).toEqual(['proved', 'E-EQ']);
    expect(attempt('sum(x) + 1', "t + t' - 1")[0]).toBe('E-EQ');
    expect(attempt('0', "t + t'")).toEqual(['E-EQ', 'E-MATCH']);
  });
  it('whose wires and state are named like what is made for their laws', () => {
    const named = (state: string, merge: string): Files => ({
      'a.weft': `import "base.weft"\n${sumAdd}stream s [n, a, b] (x x' : R[n], g : R[a b]) over n
 spec sum(x) - sum(x')
 state (${state} : R, u : R)
 head (sum(x), sum(x'))
 final ${state} - u
 merge ${merge}
 mergeable\n`,
      'a.proofs.weft': `${sumAddProof}proof s\n refl\nqed\nproof s.mergeable\n rewrite sum-from with c := sum(x)\n rewrite sum-from with c := sum(x')\nqed\n`,
    });
    const of = (state: string, merge: string): readonly string[] => {
      const library = checked(named(state, merge));
      return ['s', 's.mergeable'].map((n) => outcome(library, n));
    };
    expect(of("x''", "(x'' + x''', u + u')")).toEqual(['proved', 'proved']);
    expect(of("x''", "(x'' + x''', u' + u')")).toEqual(['proved', 'E-EQ']);
    expect(of('x', "(x + x', u + u')")).toEqual(['E-SCOPE', 'not stated']);
    expect(of('a', "(a + a', u + u')")).toEqual(['proved', 'proved']);
    expect(of('a', "(a + u', u + a')")).toEqual(['proved', 'E-EQ']);
  });
});
