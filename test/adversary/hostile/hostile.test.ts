// Hostile text: a sample of emitted files and all messages in this process; paths, links and the command line in processes of their own.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clean, escaped } from '../../../src/language/print/clean.js';
import { add, clean as isClean, project, weft } from '../../support/weft.js';
import { declared, fault } from './emitted.js';
import { texts } from './messages.js';
import { hostile, words } from './names.js';
import { part } from './part.js';

const seed = Date.now() % 1000;
const good = `export function k(buffers: Float32Array[], params: Uint32Array): void {
  const [x, out] = buffers;
  const [n_size] = params;
  const N_TILE = 4;
  let sum = 0;
  for (let i = 0; i < n_size; i++) {
    const y = x[i];
    out[i] = y;
  }
}
`;

describe('emitted files', () => {
  test('the judge accepts a plain kernel, and says what is wrong with another', () => {
    expect(fault('host', good)).toBeUndefined();
    expect(declared('host', good)).toContain('n_size');
    const bad: readonly (readonly [string, string])[] = [
      ['a character', good.replace('const y', '/* \u2028 */ const y')],
      ['comment', `// c */ x\n${good}`],
      ['goes on', `// c \\\n${good}`],
      ['the name class', good.replace(/\by\b/g, 'class')],
      ['a quote', good.replace('x[i]', '`${process.exit()}`')],
      ['twice', good.replace('const [n_size] = params;', 'const [n_size] = params;\n  const k2 = 0;\n  const k2 = 1;')],
      ['TypeScript', good.replace('out[i] = y;', 'out[i] = = y;')],
    ];
    for (const [said, text] of bad) expect(fault('host', text), said).toContain(said);
  });
  test('the names are of many kinds', () => {
    const all = hostile.flatMap((n) => Object.values(n) as string[]);
    expect(all.filter((n) => Object.values(words).some((list) => list.includes(n))).length).toBeGreaterThan(30);
    expect(all.filter((n) => n in {}).length).toBeGreaterThan(3);
  });
  test(`names stay in their place, in every target and message (seed ${seed})`, async () => {
    const { figures, failures } = await part({ full: false, seed });
    expect(failures).toEqual([]);
    const value = (name: string): number => figures.find((f) => f.name === name)!.value;
    expect(value('hostile kernels judged')).toBeGreaterThan(8);
    expect(value('hostile messages judged')).toBeGreaterThan(250);
  }, 240_000);
});

describe('text that may be shown', () => {
  test.each(Object.entries(texts))('%s', (_, text) => {
    expect(clean(text)).toHaveLength(text.length);
    expect(clean(clean(text))).toBe(clean(text));
    expect(isClean(clean(text))).toBe(true);
    expect(isClean(escaped(text))).toBe(true);
    expect(JSON.parse(escaped(JSON.stringify({ text })))).toEqual({ text });
  });
  test('what is visible stays', () => {
    expect(clean('sum k (s[q, k] * v) — \u03b1 \u2264 \u{1f600}')).toBe(
      'sum k (s[q, k] * v) — \u03b1 \u2264 \u{1f600}',
    );
  });
});

describe('imports stay inside the project', () => {
  const secret = project({ 'secret.weft': 'theorem leaked (x : R) : x = x' });
  const importing = (path: string): string => `import "${path}"\n${add}theorem t (x : R) : x + 0 = x\n`;
  const proof = 'proof t\n  rewrite add-zero\nqed\n';
  const refusals: readonly (readonly [string, string, number, RegExp])[] = [
    ['a missing file', 'missing.weft', 1, /there is no file/],
    ['a folder', '.', 1, /E-SCOPE/],
    ['an absolute path', '/etc/passwd', 1, /outside/],
    ['a path above the project', '../../../etc/passwd', 1, /outside/],
    ['a path with backslashes', '..\\\\..\\\\secret.weft', 1, /outside/],
    ['itself', 'a.weft', 1, /circle/],
    ['a link to a file outside', 'link.weft', 3, /outside the project/],
    ['a file in a linked folder', 'folder/secret.weft', 3, /outside the project/],
    ['a link to itself', 'loop.weft', 1, /E-SCOPE|there is no file/],
    ['a device', 'zero.weft', 1, /E-SCOPE|there is no file/],
  ];
  const links: Readonly<Record<string, string>> = {
    'link.weft': join(secret, 'secret.weft'),
    'folder/secret.weft': secret,
    'loop.weft': 'loop.weft',
    'zero.weft': '/dev/zero',
  };
  test.each(refusals)(
    '%s',
    (_, path, status, said) => {
      const folder = project({ 'theorems/a.weft': importing(path), 'proofs/a.weft': proof });
      // every file of theorems/ is read, named or not: a folder has the one link that its case is about
      const target = links[path];
      if (target !== undefined) symlinkSync(target, join(folder, 'theorems', path.split('/')[0]!));
      const ran = weft(folder, ['check', 'theorems/a.weft']);
      expect([ran.status, said.test(ran.stderr), isClean(ran.stderr), ran.stdout.includes('leaked')]).toEqual([
        status,
        true,
        true,
        false,
      ]);
    },
    120_000,
  );
  test('a link inside the project is followed', () => {
    const folder = project({
      'theorems/a.weft': importing('link.weft'),
      'theorems/b/own.weft': 'def c () := 1\n',
      'proofs/a.weft': proof,
    });
    symlinkSync('b/own.weft', join(folder, 'theorems/link.weft'));
    const ran = weft(folder, ['check', 'theorems/a.weft']);
    expect([ran.status, ran.stdout.split('\n')[0]]).toEqual([0, 'proved t (1 axiom)']);
  }, 120_000);
});

describe('the command line', () => {
  const name = 'x\u001b[31m\u202e*\u2028';
  test('file names and arguments', () => {
    const folder = project({ 'proofs/.keep': '' });
    mkdirSync(join(folder, 'theorems'));
    writeFileSync(join(folder, `theorems/${name}.weft`), `${add}theorem t (x : R) : x + 0 = y\n`);
    for (const args of [
      ['check'],
      ['check', '--json'],
      ['axioms', name],
      ['extract', name, '--target', name],
      ['check', `theorems/${name}.weft`],
      [name],
    ]) {
      const ran = weft(folder, args);
      expect([args, isClean(ran.stdout), isClean(ran.stderr), ran.status === 1 || ran.status === 3]).toEqual([
        args,
        true,
        true,
        true,
      ]);
    }
    const { diagnostics } = JSON.parse(weft(folder, ['check', '--json']).stdout) as {
      diagnostics: readonly { file: string }[];
    };
    expect(diagnostics.length).toBeGreaterThan(0);
  }, 240_000);
  test('a wire of a name that every object has is asked for, not answered', () => {
    const folder = project({ 'theorems/.keep': '' });
    const ran = weft(folder, [
      'run',
      'constructor',
      '--target',
      'host',
      '--in',
      '__proto__=1',
      '--in',
      'toString=2',
      '--out',
      'o.npy',
    ]);
    expect([ran.status, isClean(ran.stderr), /internal error/.test(ran.stderr)]).toEqual([3, true, false]);
  }, 120_000);
});
