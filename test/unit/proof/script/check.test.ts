// What checking a library reports: each theorem with its status, its code, what it rests on and what it uses; one failure hides no
// other.
import { describe, expect, it } from 'vitest';
import { type Files, checked, outcome, single } from '../../../adversary/attack/attempt.js';

const report = (files: Files, name: string) => checked(files).theorems.find((t) => t.name === name)!;

describe('reports', () => {
  it('one failure hides no other', () => {
    const library = checked({
      'a.weft':
        'theorem one () : 0 = 1\ntheorem two () : 0 = 1 - 1\ntheorem three () : nothing() = 1\ntheorem four () : 2 = 1 + 1',
      'a.proofs.weft': 'proof one\n refl\nqed\nproof two\n refl\nqed\nproof three\n refl\nqed\nproof four\nqed',
    });
    expect(['one', 'two', 'three', 'four'].map((n) => outcome(library, n))).toEqual([
      'E-EQ',
      'proved',
      'E-SCOPE',
      'proved',
    ]);
    expect(library.diagnostics.map((d) => d.code).sort()).toEqual(['E-EQ', 'E-SCOPE']);
  });
  it('axioms are those of the derivation, uses those of the proof', () => {
    const files = {
      'a.weft': 'import "base.weft"\ntheorem inner (x : R) : x + 0 = x\ntheorem t (x : R) : 0 + x + 0 = x',
      'a.proofs.weft':
        'import "proofs/base.weft"\nproof inner\n rewrite add-zero\nqed\nproof t\n rewrite inner\n rewrite zero-unit\nqed',
    };
    const t = report(files, 't');
    expect([t.status, t.axioms, t.uses]).toEqual(['proved', ['add-comm', 'add-zero'], ['inner', 'zero-unit']]);
    expect(report(files, 'inner').axioms).toEqual(['add-zero']);
  });
  it('a theorem names its hypotheses, and only those', () => {
    const given = single(
      'theorem bad (x : R) given h : (x : R) : x = 0\n given k : (x : R) : x = 1 : x = 0',
      'assumption h',
    );
    expect([report(given, 'bad').status, report(given, 'bad').hypotheses]).toEqual(['proved', ['h', 'k']]);
  });
  it('every rejected theorem has a code, and every code a diagnostic', () => {
    const steps = [
      'refl',
      'rewrite nothing',
      'rewrite add-zero with q := 1',
      'unfold nothing',
      'induction q right',
      'cases q',
      'apply add-zero',
      'assumption h',
      'symm',
      'ring',
      'simp []',
      'calc q = 1',
      'have l () : q = 1 by refl',
    ];
    for (const step of steps) {
      const library = checked(single('theorem bad (x : R) : x = 1', step));
      const bad = library.theorems.find((t) => t.name === 'bad')!;
      expect([step, bad.status, typeof bad.code]).toEqual([step, 'rejected', 'string']);
      expect(
        library.diagnostics.map((d) => d.code),
        step,
      ).toContain(bad.code);
    }
  });
});

describe('statuses', () => {
  it.each([
    ['no proof', 'proof other\nqed', 'open'],
    ['a hole', '?', 'open'],
    ['a hole in a lemma that is cited', 'have l (y : R) : y = 1 by ?\n apply l with y := x', 'open'],
    ['a hole beside a failure', 'have l (y : R) : y = 1 by ?\n refl', 'E-EQ'],
    ['rewriting without end', 'simp [add-comm, <- add-comm]', 'declined'],
    ['a parser that died', 'proof bad\n rewrite rewrite\nqed', 'open'],
  ])('%s', (_, steps, expected) => {
    expect(outcome(checked(single('theorem bad (x : R) : x + 1 = 1 + x + 1', steps)), 'bad')).toBe(expected);
  });
  it('a hypothesis that is left is refused as a condition, at the step that leaves it', () => {
    const files = single('theorem bad () : 0 = 1', 'apply from-absurd with x := 0, y := 1');
    const [d] = checked(files).diagnostics;
    expect([d!.code, d!.fact._tag, files['a.proofs.weft']!.slice(d!.span.start, d!.span.end)]).toEqual([
      'E-SIDE',
      'Unfinished',
      'apply from-absurd with x := 0, y := 1',
    ]);
  });
});
