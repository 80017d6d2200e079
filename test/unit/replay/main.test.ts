// The command: exit codes, what is printed where, certificates that are found beside, and no stack trace.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../../src/replay/replay.js';
import { certificate } from './small.js';

let folder = '';
const swapped = certificate(
  ['o (R)', 't op add', 't swap 0 0', 't ; 1 0', 's axiom "comm" () 0 2', 'qed 0'],
  'swapped',
);
const again = certificate([`s cite "swapped" ${hashOf(swapped)}`, 'qed 0'], 'again');
const wide = certificate(
  ['o (R)', 't copy 0', ...Array.from({ length: 40 }, (_, i) => `t * ${i} ${i}`), 'qed 0'],
  'again',
);
const hostile = certificate(['qed 0'], 'a\n*/ proved \u202e\u0430');
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-'));
  for (const name of ['theorems', 'good', 'bad', 'empty', 'lost', 'other']) mkdirSync(join(folder, name));
  const statements =
    'axiom comm (x y : R) : x + y = y + x\ntheorem swapped (x y : R) : x + y = y + x\ntheorem again (x y : R) : x + y = y + x\n';
  const files = {
    'theorems/a.weft': statements,
    'other/a.weft': 'theorem swapped (x : R) : x = x\n',
    'good/swapped.cert': swapped,
    'good/again.cert': again,
    'lost/again.cert': again,
    'bad/swapped.cert': swapped.replace('qed 0', 'qed 1'),
    'bad/wide.cert': wide,
    'bad/hostile.cert': hostile,
    'bad/note.txt': '',
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  writeFileSync(join(folder, 'bad/bytes.cert'), Buffer.from([0xff, 0xfe, 0x0a]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const loader = pathToFileURL(resolve('node_modules/tsx/dist/loader.mjs')).href;
const run = (...words: readonly string[]) => {
  const done = spawnSync(process.execPath, ['--import', loader, resolve('src/replay/main.ts'), ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(done.stderr).not.toMatch(/^ +at /m);
  return { code: done.status, out: done.stdout, err: done.stderr };
};

test('all proved, with what is cited from beside', () => {
  const done = run('good/again.cert');
  expect(done).toMatchObject({ code: 0, err: '' });
  const sides = '  (x : R, y : R) -> R\n  lhs\n    out = x + y\n  rhs\n    out = y + x\n';
  expect(done.out).toContain(
    `proved again 1 steps, axioms: comm (theorems/a.weft:1, not the library's)\naxiom comm\n${sides}theorem again\n${sides}`,
  );
  expect(done.out).toContain("proved swapped 1 steps, axioms: comm (theorems/a.weft:1, not the library's)\n");
});
test('a folder, quietly', () => {
  expect(run('good', '--quiet')).toEqual({
    code: 0,
    err: '',
    out: "proved again 1 steps, axioms: comm (theorems/a.weft:1, not the library's)\nproved swapped 1 steps, axioms: comm (theorems/a.weft:1, not the library's)\n",
  });
});
test('as data', () => {
  const done = run('good', '--json');
  expect(done.code).toBe(0);
  expect(JSON.parse(done.out)).toMatchObject([
    { name: 'again', status: 'proved', axioms: ['comm'], foreign: ['comm'] },
    { name: 'swapped', hash: hashOf(swapped) },
  ]);
});
test('rejected, with line and reason', () => {
  expect(run('bad/swapped.cert')).toEqual({
    code: 1,
    out: 'rejected swapped\n',
    err: 'E-CERT bad/swapped.cert:8: there is no earlier s 1\n',
  });
  const lost = run('lost/again.cert');
  expect(lost.code).toBe(1);
  expect(lost.err).toMatch(
    /^E-CERT lost\/again.cert:3: the certificate of "swapped" with this hash was not accepted\n$/,
  );
  const stated = run('good/swapped.cert', '--statements', 'other');
  expect(stated.err).toMatch(/:7: no axiom "comm" is stated/);
});
test('declined', () => {
  expect(run('bad/wide.cert', 'good/swapped.cert', '--quiet')).toMatchObject({
    code: 2,
    out: expect.stringContaining('declined again'),
  });
  expect(run('bad', '--quiet').code).toBe(1);
});
test('a hostile name stays in its line, bytes that are no text are refused', () => {
  const done = run('bad/hostile.cert', 'bad/bytes.cert');
  expect(done.out).toBe('rejected "a\\n*/ proved \\u202e\\u0430"\nrejected ""\n');
  expect(done.err.split('\n')).toEqual([
    'E-CERT bad/hostile.cert:3: there is no earlier s 0',
    'E-CERT bad/bytes.cert:1: the first line is not "weft-certificate 1"',
    '',
  ]);
});
test('usage and files', { timeout: 60_000 }, () => {
  expect(run().code).toBe(3);
  expect(run('--what', 'good').err).toMatch(/--what is no option/);
  expect(run('missing.cert')).toMatchObject({ code: 3, err: expect.stringMatching(/missing.cert cannot be read/) });
  expect(run('empty')).toMatchObject({ code: 3, err: 'there is no certificate\n' });
  expect(run('good', '--statements', 'empty')).toMatchObject({ code: 3, err: 'there is no statement file in empty\n' });
  writeFileSync(join(folder, 'empty/a.weft'), 'theorem ?');
  expect(run('good', '--statements', 'empty')).toMatchObject({
    code: 3,
    err: expect.stringMatching(/cannot be read: .*a.weft:1/),
  });
  expect(run('--help')).toMatchObject({ code: 0, err: '' });
});
