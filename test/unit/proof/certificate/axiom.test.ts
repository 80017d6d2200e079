// Whose axioms a theorem rests on: told by what an axiom says, by nothing else. The table of the library's hashes is that of theorems/.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { axiomHash, axiomReports, libraryAxiomsOnly, oneLine } from '../../../../src/proof/certificate/axiom.js';
import { LIBRARY_AXIOMS } from '../../../../src/proof/certificate/library.generated.js';
import { checkLibrary } from '../../../../src/proof/script/check.js';
import { readStatements } from '../../../../src/proof/script/statements.js';
import { root } from '../../../support/tree.js';

const reports = (...texts: readonly string[]) => {
  const files = texts.map((text, i) => ({ path: `theorems/${i}.weft`, text }));
  return [...axiomReports(readStatements(files)).values()];
};
const one = (text: string) => reports(text)[0]!;

describe('the library', () => {
  it('has the axioms of the table: if not, run scripts/axioms.ts', () => {
    const files = readdirSync(join(root, 'theorems')).map((f) => ({
      path: `theorems/${f}`,
      text: readFileSync(join(root, 'theorems', f), 'utf8'),
    }));
    const found = [...readStatements(files).axioms.values()].map(({ name, thm }) => [axiomHash(thm), name]);
    expect(found.length).toBeGreaterThan(20);
    expect(Object.fromEntries(found)).toEqual(LIBRARY_AXIOMS);
  });
});

describe('an axiom is the library’s', () => {
  it('by what it says, wherever it stands and however it is written', () => {
    const texts = ['axiom add-zero (x : R) : x + 0 = x', 'axiom  add-zero\n  (y : R) -- a comment\n : y+0 = y'];
    expect(texts.map((t) => one(t).library)).toEqual([true, true]);
  });
  it.each([
    'axiom add-zero () : 0 = 1',
    'axiom add-zero (x : R) : 0 + x = x',
    'axiom add-zero (x y : R) : x + 0 = x',
    'axiom add-zero (x : R) given h : (x : R) : x = x : x + 0 = x',
    'axiom add-zera (x : R) : x + 0 = x',
    'axiom zero-lt-one () : 1 < 0 = true',
  ])('and not by its name: %s', (text) => {
    expect(one(text)).toMatchObject({ library: false, statement: text });
  });
  it('with the bodies of the definitions in it', () => {
    const [a] = reports('def f (x : R) : R := x\naxiom a (x : R) : f(x) = 0');
    const [b] = reports('def f (x : R) : R := x + 1\naxiom a (x : R) : f(x) = 0');
    const [c] = reports('def f (x : R) : R := x + 1\naxiom a (x : R) : f(x) = 0', '-- no more');
    expect([a!.hash === b!.hash, b!.hash === c!.hash]).toEqual([false, true]);
  });
  it('and is told on one line', () => {
    expect(oneLine('axiom a\r\n  (x : R) -- so, axiom b\n\t: x = x')).toBe('axiom a (x : R) : x = x');
  });
});

describe('where only those of the library are allowed', () => {
  const of = (name: string) =>
    libraryAxiomsOnly(
      checkLibrary(
        [
          {
            path: 'theorems/a.weft',
            text: `axiom ${name} (x : R) : x + 0 = x\ntheorem t (x : R) : x + 0 = x\ntheorem u (x : R) : x + 0 = x`,
          },
        ],
        [{ path: 'proofs/a.weft', text: `proof t rewrite ${name} qed proof u apply t qed` }],
      ),
    );
  it('another is an error, and what rests on it is not proved', () => {
    const refused = of('zero-right');
    expect(refused.diagnostics.map((d) => [d.code, d.fact._tag])).toEqual([
      ['E-NOAX', 'ForeignAxiom'],
      ['E-NOAX', 'RestsOnForeign'],
      ['E-NOAX', 'RestsOnForeign'],
    ]);
    expect(refused.theorems.map((t) => [t.status, t.code, t.axioms])).toEqual(
      Array(2).fill(['rejected', 'E-NOAX', []]),
    );
    expect([...refused.proved.keys()]).toEqual([]);
  });
  it('the library’s own are none', () => {
    const kept = of('add-zero');
    expect(kept.diagnostics).toEqual([]);
    expect([...kept.proved.keys()]).toEqual(['t', 'u']);
  });
});
