// Steps for a goal. Whatever is said to finish one is pasted in its place and checked; a false goal has none that does.
import { beforeAll, describe, expect, test } from 'vitest';
import { loadBeside, packageFolder } from '../../../../src/project/project.js';
import { join } from 'node:path';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';
import { Adviser, MOST_HOLES } from '../../../../src/proof/script/holes.js';
import type { SourceFile } from '../../../../src/proof/script/result.js';
import type { Suggestions } from '../../../../src/proof/script/suggest.js';

const goals: Readonly<Record<string, string>> = {
  joined: '[a, b] (x : R[a], y : R[b]) : sum(x ++ y) = sum(y) + sum(x)',
  linear: '[n] (x y : R[n], c : R) : sum n (c * (x[n] + y[n])) = c * sum(x) + c * sum(y)',
  powers: '(x y : R) : exp(x - y) * exp(y) = exp x',
  unit: '[n] (x : R[n]) : max(x) + 0 = max(x)',
  words: '(p q r : B) : ((p or q) or r) = (p or (q or r))',
  same: '(x : R) : log x = log x',
  fixed: '{f : R -> R} (x : R) given idle : (x : R) : f(f(x)) = f(x) : f(f(f(x))) = f(x)',
};
const wrong: Readonly<Record<string, string>> = {
  lost: '[a, b] (x : R[a], y : R[b]) : sum(x ++ y) = sum(x) - sum(y)',
  zero: '(x : R) : x * x = x',
};
const theorem = ([name, says]: readonly [string, string]): string => `theorem ${name} ${says}\n`;
const all = [...Object.entries(goals), ...Object.entries(wrong)];
const statement = `import "separation.weft"\n${all.map(theorem).join('')}`;
const hole = (names: readonly string[], step = '?'): string =>
  `import "separation.weft"\n${names.map((n) => `proof ${n}\n  ${step}\nqed\n`).join('')}`;

let general: { readonly statements: readonly SourceFile[]; readonly proofs: readonly SourceFile[] };
const check = (proofs: string): Library =>
  checkLibrary(
    [...general.statements, { path: 'theorems/own.weft', text: statement }],
    [...general.proofs, { path: 'proofs/own.weft', text: proofs }],
  );
const steps = new Map<string, Suggestions>();
let library: Library;
beforeAll(() => {
  general = loadBeside(packageFolder, join(packageFolder, 'theorems/separation.weft'), ['proofs/separation.weft']);
  library = check(hole(all.map(([name]) => name)));
  const adviser = new Adviser(library, Infinity);
  for (const h of library.holes) steps.set(h.theorem, adviser.of(h.diagnostic)!);
}, 300_000);
const finishing = (name: string): readonly string[] =>
  steps.get(name)!.list.flatMap((s) => (s.finishes ? [s.step] : []));

describe('a hole', () => {
  test('has a code, and leaves its theorem open', () => {
    const report = library.theorems.find((t) => t.name === 'joined');
    expect(report).toMatchObject({ status: 'open', code: 'E-HOLE', thm: undefined });
    const found = library.diagnostics.filter((d) => d.code === 'E-HOLE');
    expect(found.map((d) => d.fact._tag)).toEqual(all.map(() => 'Hole'));
  });
  test('of many holes the first ones are answered', () => {
    const adviser = new Adviser(library, 1);
    const asked = library.holes.map((h) => adviser.of(h.diagnostic) !== undefined);
    expect(asked).toEqual(asked.map((_, i) => i === 0));
    expect(adviser.of(library.holes[0]!.diagnostic)).toBeDefined();
    expect(MOST_HOLES).toBe(6);
  });
});

describe('steps', () => {
  test.each(Object.keys(goals))('%s: some finish it, before those that do not', (name) => {
    expect(finishing(name).length).toBeGreaterThan(0);
    const { list } = steps.get(name)!;
    expect(list.slice(0, finishing(name).length).every((s) => s.finishes)).toBe(true);
    expect(new Set(list.map((s) => s.step)).size).toBe(list.length);
  });
  test('what is said to finish a goal finishes it', () => {
    let tried = 0;
    for (let i = 0; i < 2; i += 1) {
      const chosen = Object.keys(goals).filter((name) => finishing(name)[i] !== undefined);
      const proofs = chosen.map((name) => `proof ${name}\n  ${finishing(name)[i]!}\nqed\n`).join('');
      const found = check(`import "separation.weft"\n${proofs}`);
      for (const name of chosen) {
        expect(found.theorems.find((t) => t.name === name)?.status, `${name}: ${finishing(name)[i]!}`).toBe('proved');
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(8);
  }, 120_000);
  test.each(Object.keys(wrong))('%s: nothing finishes what is false', (name) => {
    expect(finishing(name)).toEqual([]);
    expect(steps.get('lost')!.list.length).toBeGreaterThan(0);
  });
  test('one step before several, and rewrites that follow one another', () => {
    expect(finishing('linear')[0]).toBe('linear');
    expect(finishing('fixed')).toContain('rewrite idle\nrewrite idle');
    expect(finishing('same')).toEqual(['refl']);
  });
  test('are the same each time', () => {
    const again = check(hole(['powers']));
    const { diagnostic } = again.holes[0]!;
    expect(new Adviser(again).of(diagnostic)).toEqual(steps.get('powers'));
    expect(new Adviser(library).of(diagnostic)).toBeUndefined();
  });
  test('a lemma of the block is cited, one that is proved later is not', () => {
    const text = `import "separation.weft"\nproof powers
  have back : exp(x - y) * exp(y) = exp x by { rewrite <- exp-add ring }\n  ?\nqed\nproof unit\n  ring\nqed\n`;
    const found = check(text);
    const list = new Adviser(found).of(found.holes[0]!.diagnostic)!.list.map((s) => s.step);
    expect(list).toContain('apply back');
    expect(list.join()).not.toContain('apply unit');
  });
});
