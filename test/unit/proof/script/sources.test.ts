// Which files a check reads, and of what kind they are: what is imported is what the parser says is imported.
import { describe, expect, it } from 'vitest';
import { importsOf, kindOf, partner } from '../../../../src/proof/script/file.js';
import { sourcesFrom } from '../../../../src/proof/script/sources.js';

describe('the kind of a file', () => {
  it.each([
    ['theorems/a.weft', 'proof t qed', 'statements'],
    ['proofs/a.weft', 'theorem t () : 0 = 0', 'proofs'],
    ['proofs/lemmas/theorems/x.weft', 'axiom a () : 0 = 1', 'proofs'],
    ['theorems/proofs/x.weft', 'proof t qed', 'statements'],
    ['weft/proofs/a.weft', '', 'proofs'],
    ['notes/theorems.weft', 'proof t qed', 'proofs'],
    ['a.weft', '-- proof\nimport "b.weft" proof t', 'proofs'],
    ['a.weft', '-- proof\nimport "b.weft"', 'statements'],
    ['a.weft', 'import "proof.weft" theorem proof () : 0 = 1', 'statements'],
    ['a.weft', '', 'statements'],
    ['proofs', 'theorem', 'statements'],
  ])('%s %j', (path, text, kind) => {
    expect(kindOf({ path, text })).toBe(kind);
  });
  it('and its partner stand at the same folder', () => {
    expect(partner('proofs/lemmas/theorems/x.weft')).toBe('theorems/lemmas/theorems/x.weft');
    expect(partner('weft/theorems/a.weft')).toBe('weft/proofs/a.weft');
    expect(partner('notes/a.weft')).toBeUndefined();
  });
});

describe('what a file imports', () => {
  const statements = (text: string): readonly string[] => importsOf({ path: 'theorems/a.weft', text });
  it.each([
    ['import "b.weft"', ['b.weft']],
    ['  import\n\n"b.weft" import "c.weft"', ['b.weft', 'c.weft']],
    ['sort import-b import "b.weft"', ['b.weft']],
    ['-- import "b.weft"', []],
    ['-- a comment \r import "b.weft"', []],
    ['-- a comment \u2028import "b.weft"', []],
    ['-- a comment \u2029import "b.weft"', []],
    ['-- a comment \u0085import "b.weft"', []],
    ['-- a comment \u000bimport "b.weft"', []],
    ['theorem t (\nimport "b.weft"\n', []],
    ['def f () : R := einsum "\nimport "b.weft"', []],
  ])('%j', (text, found) => {
    expect(statements(text)).toEqual(found);
    expect(importsOf({ path: 'proofs/a.weft', text: text.replace(/sort \S+/, '') })).toEqual(found);
  });
});

describe('the files of a check', () => {
  const disk: Readonly<Record<string, string>> = {
    'theorems/a.weft': '\ufeffimport "../notes/b.weft"\ntheorem t () : 0 = 0',
    'proofs/a.weft': '-- \r import "../notes/c.weft"\nproof t refl qed',
    'notes/b.weft': 'def f () : R := 0',
    'notes/c.weft': 'axiom a () : 0 = 1',
    'theorems/z.weft': 'theorem z () : 0 = 0',
  };
  const all = ['theorems/a.weft', 'theorems/z.weft', 'proofs/a.weft'];
  const paths = (asked: readonly string[]) => {
    const found = sourcesFrom(all, asked, (path) => disk[path]);
    return {
      statements: found.statements.map((f) => f.path).sort(),
      proofs: found.proofs.map((f) => f.path).sort(),
      reached: [...found.reach(found.asked)].sort(),
    };
  };
  it('are the same whichever are asked for; what is reached is not', () => {
    const whole = paths(all);
    expect(whole.statements).toEqual(['notes/b.weft', 'theorems/a.weft', 'theorems/z.weft']);
    const some = paths(['proofs/a.weft']);
    expect([some.statements, some.proofs]).toEqual([whole.statements, whole.proofs]);
    expect(some.reached).toEqual(['notes/b.weft', 'proofs/a.weft', 'theorems/a.weft']);
  });
  it('begin without their byte order mark', () => {
    const [a] = sourcesFrom(all, all, (path) => disk[path]).statements.filter((f) => f.path === 'theorems/a.weft');
    expect(a!.text.startsWith('import')).toBe(true);
  });
});
