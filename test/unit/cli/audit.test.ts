// `weft audit`, `weft.json`, and that every way to ask for a check sees one set of files; in this process, on texts and folders made here.
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Check, check, checkTexts } from 'weft';
import { auditCommand } from '../../../src/cli/audit.js';
import { checkProject, reported } from '../../../src/cli/check.js';
import { Refused } from '../../../src/diagnostic/refused.js';
import { hiding } from '../../../src/project/project.js';
import { settingsOf } from '../../../src/project/settings.js';
import { project } from '../../support/weft.js';

afterEach(() => {
  vi.restoreAllMocks();
});
const audited = async (files: Readonly<Record<string, string>>, name: string, json: boolean): Promise<string> => {
  const checked = await checkProject(project(files), []);
  let said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said += String(text)), true));
  auditCommand(checked, name, { json });
  vi.restoreAllMocks();
  return said;
};

const files = {
  'theorems/d.weft': 'axiom add-zero (x : R) : x + 0 = x\ndef one () : R := 1\ndef two () : R := one() + one()\n',
  'theorems/a.weft': `import "d.weft"
theorem t (x : R) -- what it is about
  given h : (x : R) : x = two()
  : x + 0 = two()
theorem u (x : R) : two() = two()
stream s [n] (x : R[n]) over n
  spec fold i:n (s = 0) (two())
  state (s : R)
  head fold i:n (s = 0) (two())
  final s
  merge if 0 < 1 then s else s'
  mergeable
`,
  'proofs/a.weft': `proof t rewrite add-zero assumption h qed proof u refl qed`,
};

describe('audit', () => {
  test('tells the statement, what it unfolds to, and the axioms', async () => {
    const said = JSON.parse(await audited(files, 't', true));
    expect(said).toMatchObject({
      name: 't',
      file: 'theorems/a.weft',
      line: 2,
      theorems: ['t'],
      definitions: [
        { name: 'one', file: 'theorems/d.weft', line: 2, statement: 'def one () : R := 1' },
        { name: 'two', line: 3 },
      ],
      axioms: [{ name: 'add-zero', statement: 'axiom add-zero (x : R) : x + 0 = x', library: true }],
      notes: [],
    });
    expect(said.statement).toContain('given h');
    const text = await audited(files, 't', false);
    expect(text).toContain("axiom add-zero (x : R) : x + 0 = x -- theorems/d.weft:1, the library's");
    expect(text.indexOf('def one')).toBeLessThan(text.indexOf('def two'));
  });
  test('says where a statement says nothing', async () => {
    expect(JSON.parse(await audited(files, 'u', true)).notes).toMatchObject([{ code: 'E-VACUOUS', theorem: 'u' }]);
  });
  test('says of a stream that its laws say all', async () => {
    const stream = (head: string, final: string) => ({
      'theorems/s.weft': `axiom add-assoc (x y z : R) : (x + y) + z = x + (y + z)
stream s [n] (x : R[n], y : R) over n
  spec y
  state (s : R, c : R)
  head ${head}
  final ${final}
  merge (s, c)
  mergeable
`,
      'proofs/s.weft': 'proof s refl qed proof s.mergeable refl qed',
    });
    const notes = async (head: string, final: string): Promise<readonly { readonly theorem: string }[]> =>
      JSON.parse(await audited(stream(head, final), 's', true)).notes;
    expect(await notes('(y, y)', 's')).toEqual([]);
    const { 'theorems/s.weft': text, ...proofs } = stream('y', 's');
    const plain = { ...proofs, 'theorems/s.weft': text.replace(', c : R)', ')').replace('(s, c)', 's') };
    expect(JSON.parse(await audited(plain, 's', true)).notes).toMatchObject([{ code: 'E-VACUOUS', theorem: 's' }]);
  });
  test('refuses what is not proved', async () => {
    await expect(audited(files, 's', false)).rejects.toThrow(Refused);
    await expect(audited(files, 'add-zero', false)).rejects.toThrow(Refused);
  });
});

describe('settings', () => {
  const of = (text: string) => settingsOf(project({ 'weft.json': text }));
  test('are read', () => {
    expect(of('{ "axioms": "library" }')).toEqual({ axioms: 'library' });
    expect(of('{ "kernels": ["sum", "def:max"] }')).toEqual({ kernels: ['sum', 'def:max'] });
    expect([of('{}'), settingsOf(project({}))]).toEqual([{}, {}]);
  });
  test.each([
    '',
    '[]',
    'null',
    '{ "axioms": "Library" }',
    '{ "axioms": true }',
    '{ "kernels": "sum" }',
    '{ "kernels": [1] }',
    '{ "axiom": "library" }',
    '{ "axioms": "library", "x": 1 }',
  ])('are refused where they mean nothing: %s', (text) => expect(() => of(text)).toThrow(Refused));
});

describe('one set of files', () => {
  const attack = {
    'theorems/a.weft': 'theorem t () : 0 = 1\n',
    'theorems/other.weft': 'axiom add-zero () : 0 = 1\ntheorem v () : 1 = 1 * 1\n',
    'proofs/a.weft': 'proof t\n rewrite add-zero\nqed\n',
    'proofs/other.weft': 'proof v refl qed',
  };
  const verdict = (c: Check): readonly unknown[] => {
    const t = c.theorems.find((x) => x.name === 't');
    return [t?.status, t?.code];
  };
  test('is seen by every way to ask', async () => {
    const folder = project(attack);
    const texts = Object.entries(attack).map(([path, text]) => ({ path, text }));
    const all = [
      check(folder),
      ...Object.keys(attack).map((f) => check(folder, [f])),
      checkTexts(texts),
      checkTexts([...texts].reverse()),
    ];
    const seen = all.filter((c) => c.theorems.some((t) => t.name === 't')).map(verdict);
    expect(seen).toEqual(Array(seen.length).fill(['rejected', 'E-SCOPE']));
    expect(seen.length).toBe(5);
    expect(all.map((c) => c.library.theorems.length)).toEqual(Array(all.length).fill(2));
    const honest = { ...attack, 'theorems/a.weft': `import "other.weft"\n${attack['theorems/a.weft']}` };
    expect(verdict(check(project(honest)))).toEqual(['proved', undefined]);
    const named = await checkProject(folder, [join(folder, 'proofs/other.weft')]);
    expect(reported(named.library, named.sources).theorems.map((t) => t.name)).toEqual(['v']);
  });
  test('is that of the written path, where a file is a link', () => {
    const folder = project({ ...attack, 'notes/x.weft': 'theorem w () : 0 = 1\n', 'proofs/x.weft': 'proof w ? qed' });
    symlinkSync(join(folder, 'notes/x.weft'), join(folder, 'theorems/x.weft'));
    const of = (c: Check) => c.theorems.find((t) => t.name === 'w');
    expect([of(check(folder)), of(check(folder, ['theorems/x.weft']))].map((t) => [t?.file, t?.status])).toEqual(
      Array(2).fill(['theorems/x.weft', 'open']),
    );
  });
  test('has each text once, with and without a byte order mark', () => {
    const texts = [
      { path: 'theorems/a.weft', text: '\ufefftheorem t () : 1 = 1 * 1\r\n' },
      { path: 'proofs/a.weft', text: '\ufeffproof t\r\n refl\r\nqed\r\n' },
    ];
    expect(checkTexts(texts).ok).toBe(true);
    expect(() => checkTexts([...texts, { path: './theorems//a.weft', text: '' }])).toThrow('given twice');
    expect(() => checkTexts([{ path: '../a.weft', text: '' }])).toThrow('no path of a project');
  });
  test('says where the project hides a file of the library', async () => {
    const folder = project({ ...attack, 'theorems/b.weft': 'import "../weft/theorems/axioms.weft"' });
    expect(hiding((await checkProject(folder, [])).sources)).toEqual([]);
    const own = project({
      ...attack,
      'theorems/b.weft': 'import "../weft/theorems/axioms.weft"',
      'weft/theorems/axioms.weft': 'sort P',
    });
    const checked = await checkProject(own, []);
    expect(hiding(checked.sources)).toEqual(['weft/theorems/axioms.weft']);
  });
  test('obeys weft.json, and options say the same', () => {
    const own = {
      'theorems/a.weft': 'axiom add-zero () : 0 = 1\ntheorem t () : 0 = 1',
      'proofs/a.weft': attack['proofs/a.weft'],
    };
    const folder = project(own);
    expect(verdict(check(folder))).toEqual(['proved', undefined]);
    expect(verdict(check(folder, [], { axioms: 'library' }))).toEqual(['rejected', 'E-NOAX']);
    writeFileSync(join(folder, 'weft.json'), '{ "axioms": "library" }');
    expect(verdict(check(folder))).toEqual(['rejected', 'E-NOAX']);
    rmSync(join(folder, 'weft.json'));
    expect(check(folder).axioms).toMatchObject([
      { name: 'add-zero', library: false, statement: 'axiom add-zero () : 0 = 1' },
    ]);
  });
});
