// The sample of the models; that what is false is told; and that each slip in an axiom is refuted.
import { describe, expect, it } from 'vitest';
import { DEFAULTS, refute } from '../../../src/proof/refute/search.js';
import { ofLaw, ofTheorem } from '../../../src/proof/refute/statement.js';
import { readStatements } from '../../../src/proof/script/statements.js';
import { type Named, claimed } from './library.js';
import { models, part } from './part.js';
import { unchecked } from './unchecked.js';
import { axiomStatement, slips, theAxioms, typos } from './typos.js';

const seed = Math.floor(Math.random() * 2 ** 31);
const named = (text: string): readonly Named[] => {
  const { stated, axioms } = readStatements([{ path: 'theorems/t.weft', text }]);
  return [
    ...[...axioms].map(([name, a]) => ({ name, statement: ofTheorem(a) })),
    ...[...stated.values()].flatMap((s) => (s.law ? [{ name: s.name, statement: ofLaw(s.law) }] : [])),
  ];
};

describe('the library at numbers', () => {
  it('is true', async () => {
    const { figures, failures } = await part({ full: false, seed });
    expect(failures, `seed ${seed}`).toEqual([]);
    const value = (name: string): number => figures.find((f) => f.name === name)!.value;
    expect(value('axioms evaluated')).toBe(claimed().axioms.length);
    const names = new Set(claimed().theorems.map((t) => t.name));
    expect([...unchecked.keys()].filter((name) => !names.has(name))).toEqual([]);
    expect(value('theorems evaluated')).toBeGreaterThan(180);
    expect(value('theorems checked exactly')).toBeGreaterThan(120);
    expect(value('false statements refuted')).toBeGreaterThan(15);
  }, 120_000);
  const one = (text: string): readonly string[] =>
    models({ axioms: named('axiom a (x : R) : x + 0 = x\n'), theorems: named(text) }, { full: false, seed }).failures;
  it('is not called true when it is false', () => {
    expect(one('theorem t (x y : R) : x + y = y + x\n')).toEqual([]);
    expect(one('theorem t (x y : R) : x + y = y - x\n').join()).toContain('the left side is');
    expect(one('theorem t (x : R) : exp(2 * x) = exp x * exp x\n')).toEqual([]);
    expect(one('theorem t (x : R) : exp(2 * x) = exp x + exp x\n').join()).toContain('the left side is');
  });
  it('fails when nothing was evaluated', () => {
    const nothing = models({ axioms: [], theorems: [] }, { full: false, seed });
    expect(nothing.failures).toEqual(['no axiom was evaluated', 'no theorem was evaluated']);
    const impossible = 'theorem t {A, f : A -> R} (x : A)\n  given never : (y : A) : f(y) = f(y) + 1\n  : f(x) = 0\n';
    expect(one(impossible).join()).toContain('no instance was found');
    expect(one(impossible.replace('f(y) + 1', '0'))).toEqual([]);
  });
});

describe('a slip in an axiom', () => {
  const texts = theAxioms();
  const all = typos(texts);
  it('is planted twice at least in each', () => {
    expect(texts.size).toBe(claimed().axioms.length);
    const count = (name: string): number => all.filter((t) => t.axiom === name).length;
    expect([...texts.keys()].filter((name) => count(name) < 2)).toEqual([]);
    expect(all.length).toBe(Object.values(slips).flat().length);
  });
  it.each(all.map((t): [string, string] => [t.axiom, t.text]))('%s', (name, text) => {
    const statement = axiomStatement({ axiom: name, text });
    expect(statement, text).toBeDefined();
    expect(refute(statement!, { ...DEFAULTS, seed }).counterexample, `${text} seed ${seed}`).toBeDefined();
  });
  it.each([...texts])('none in %s: nothing is refuted', (name, text) => {
    const outcome = refute(axiomStatement({ axiom: name, text })!, { ...DEFAULTS, seed });
    expect(outcome.counterexample).toBeUndefined();
    expect(outcome.evaluated).toBeGreaterThan(0);
  });
});
