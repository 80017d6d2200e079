// Of a project's files those that a few names lead to: all that declare them, import, prove or state again what these need, and no other. A command that names a theorem
// answers as if it had read all files.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkProject, partOf } from '../../../src/cli/check.js';
import { loadFor } from '../../../src/project/project.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-few-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const project = (files: Readonly<Record<string, string>>): void =>
  Object.entries(files).forEach(([path, text]) => {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  });
const base = {
  'theorems/a.weft': 'def twice (x : R) : R := x + x\ntheorem a (x : R) : twice(x) = x + x\n',
  'proofs/a.weft': 'proof a refl qed\n',
  'theorems/b.weft': 'import "a.weft"\ntheorem b (x : R) : twice(x) = x + x\n',
  'proofs/b.weft': 'import "a.weft"\nproof b rewrite a qed\n',
  'theorems/c.weft': '-- theorem b is not stated here\ntheorem\n  c (x : R) : x = x\n',
  'proofs/c.weft': 'proof c refl qed\n',
};
const paths = (...names: readonly string[]): readonly string[] => {
  const { statements, proofs } = loadFor(folder, names);
  return [...statements, ...proofs].map((f) => f.path).sort();
};

describe('the files that names lead to', () => {
  it.each([
    ['a', ['proofs/a.weft', 'theorems/a.weft']],
    ['b', ['proofs/a.weft', 'proofs/b.weft', 'theorems/a.weft', 'theorems/b.weft']],
    ['def:twice', ['proofs/a.weft', 'theorems/a.weft']],
    ['c', ['proofs/c.weft', 'theorems/c.weft']],
    ['a.foldable', ['proofs/a.weft', 'theorems/a.weft']],
    ['nothing', []],
  ])('%s', (name, wanted) => {
    project(base);
    expect(paths(name)).toEqual(wanted);
  });

  it('a proof in a file that belongs to another', () => {
    project({ ...base, 'proofs/a.weft': '', 'proofs/z.weft': 'proof a refl qed\n' });
    expect(paths('a')).toEqual(['proofs/a.weft', 'proofs/z.weft', 'theorems/a.weft']);
  });

  it('and of what they rest on, a proof in a file that belongs to another', () => {
    project({ ...base, 'proofs/a.weft': '', 'proofs/z.weft': 'proof a refl qed\n' });
    expect(paths('b')).toContain('proofs/z.weft');
  });

  it('a theorem that is stated twice, in files that do not know each other', () => {
    project({ ...base, 'theorems/z.weft': 'theorem a (x : R) : x = x\n' });
    expect(paths('b')).toContain('theorems/z.weft');
  });

  it('items with no space between them', () => {
    project({
      ...base,
      'theorems/z.weft': 'import "a.weft"theorem z (x : R) : (x) = (x)theorem z2 (x : R) : (x) = (x)',
    });
    expect(paths('z')).toContain('theorems/z.weft');
    expect(paths('z2')).toContain('theorems/z.weft');
  });

  it('two definitions of one name are two', () => {
    project({ ...base, 'theorems/z.weft': 'def twice (x : R) : R := 2 * x\n' });
    expect(paths('b')).not.toContain('theorems/z.weft');
    expect(paths('def:twice')).toContain('theorems/z.weft');
  });
});

describe('a command that names one', () => {
  const seen = async (name: string) => {
    const { library, sources } = await checkProject(folder, [], undefined, partOf([name]));
    return {
      files: sources.statements.map((f) => f.path).sort(),
      theorems: library.theorems.map((t) => [t.name, t.status]),
      codes: library.diagnostics.map((d) => [d.file, d.code]),
    };
  };

  it('reads no other file where all is well', async () => {
    project({ ...base, 'theorems/bad.weft': 'theorem bad (' });
    expect(await seen('b')).toEqual({
      files: ['theorems/a.weft', 'theorems/b.weft'],
      theorems: [
        ['a', 'proved'],
        ['b', 'proved'],
      ],
      codes: [],
    });
  });

  it('reads all where a proof fails', async () => {
    project({ ...base, 'proofs/b.weft': 'proof b rewrite c qed\n' });
    const { files, theorems, codes } = await seen('b');
    expect(files).toEqual(['theorems/a.weft', 'theorems/b.weft', 'theorems/c.weft']);
    expect(theorems).toContainEqual(['b', 'rejected']);
    expect(codes).toContainEqual(['proofs/b.weft', 'E-SCOPE']);
  });

  it('reads all where the name is not declared', async () => {
    project(base);
    expect((await seen('d')).files).toHaveLength(3);
  });
});
