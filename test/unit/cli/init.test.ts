// `weft init`: what it makes is the starter under another name, proved; what it refuses leaves nothing behind.
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import npmName from 'validate-npm-package-name';
import { afterAll, describe, expect, test } from 'vitest';
import { checkTexts } from 'weft';
import { demandName, initCommand } from '../../../src/cli/init.js';
import { Refused } from '../../../src/diagnostic/refused.js';
import type { Origin } from '../../../src/project/installed.js';
import { listFiles, root } from '../../support/tree.js';
import { clean, project, weft } from '../../support/weft.js';

const base = fs.mkdtempSync(join(tmpdir(), 'weft-init-'));
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

const version: Origin = { _tag: 'Version', version: '1.2.3' };
let count = 0;
const empty = (): string => {
  const folder = join(base, `${count++}`);
  fs.mkdirSync(folder);
  return folder;
};
const read = (...path: string[]): string => fs.readFileSync(join(...path), 'utf8');
const filesOf = (folder: string): readonly string[] => listFiles(folder, '.').toSorted();

function refusal(folder: string, name: string): Refused {
  try {
    initCommand(folder, name, version);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error(`${name} is not refused`);
}

describe('a new project', () => {
  test('is the starter with its name changed, and nothing beside it', () => {
    const folder = empty();
    initCommand(folder, 'to-me', version);
    expect(fs.readdirSync(folder)).toEqual(['to-me']);
    const starter = listFiles(root, 'starter').map((p) => p.slice('starter/'.length));
    const renamed = (path: string): string => path.replaceAll('my-norm', 'to-me').replace('gitignore', '.gitignore');
    expect(filesOf(join(folder, 'to-me'))).toEqual(starter.map(renamed).toSorted());
    expect(starter.length).toBeGreaterThanOrEqual(9);
    for (const path of starter.filter((p) => p !== 'package.json')) {
      const [made, text] = [read(folder, 'to-me', renamed(path)), read(root, 'starter', path)];
      expect(made.replaceAll('to-me', 'my-norm'), path).toBe(text);
    }
    const { name, dependencies } = JSON.parse(read(folder, 'to-me', 'package.json')) as Record<string, unknown>;
    expect([name, dependencies]).toEqual(['to-me', { weft: '1.2.3' }]);
    expect(fs.statSync(join(folder, 'to-me')).mode & 0o777).toBe(0o777 & ~process.umask());
  });

  test.each(['merge', 'a1_b-c'])('called %s is proved as it stands', (name) => {
    const folder = empty();
    fs.mkdirSync(join(folder, name)); // an empty folder is taken
    initCommand(folder, name, version);
    const texts = ['theorems', 'proofs'].map((f) => {
      const path = `${f}/${name}.weft`;
      return { path, text: read(folder, name, path) };
    });
    const made = checkTexts(texts, { axioms: 'library', only: [name] });
    expect(made.messages).toEqual([]);
    const own = made.theorems.filter((t) => t.file === `theorems/${name}.weft`);
    expect(own.map((t) => [t.name, t.status])).toEqual(
      ['', '.mergeable', '.commutative'].map((law) => [`${name}${law}`, 'proved']),
    );
  });

  test('takes the tarball along that this Weft came from; a folder is named as it is seen from there', () => {
    const folder = empty();
    const tarball = join(folder, 'w-9.tgz');
    fs.writeFileSync(tarball, 'bytes');
    const needs = (name: string): unknown => {
      const made = JSON.parse(read(folder, name, 'package.json')) as { readonly dependencies: { weft: string } };
      return made.dependencies.weft;
    };
    initCommand(folder, 'with-tarball', { _tag: 'Tarball', path: tarball });
    expect(needs('with-tarball')).toBe('file:vendor/w-9.tgz');
    expect(read(folder, 'with-tarball', 'vendor/w-9.tgz')).toBe('bytes');
    initCommand(folder, 'with-folder', { _tag: 'Folder', path: join(fs.realpathSync(folder), 'weft') });
    expect(needs('with-folder')).toBe('file:../weft');
    initCommand(folder, 'with-other', { _tag: 'Other', spec: 'git+https://example.org/weft.git#1' });
    expect(needs('with-other')).toBe('git+https://example.org/weft.git#1');
  });

  test('needs the versions that are tested here', () => {
    const [own, starter] = [root, join(root, 'starter')].map(
      (f) => JSON.parse(read(f, 'package.json')) as Record<string, Record<string, string>>,
    ) as [Record<string, Record<string, string>>, Record<string, Record<string, string>>];
    for (const [name, at] of Object.entries(starter['devDependencies']!))
      expect(own['devDependencies']![name]).toBe(at);
    expect(starter['dependencies']).toEqual({ weft: own['version'] });
  });

  test('has in its CI file what the how-to runs', () => {
    const lines = [...read(root, 'starter/.github/workflows/ci.yml').matchAll(/^ *- run: (.*)$/gm)].map((m) => m[1]);
    expect(lines).toEqual(['npm ci', 'npm run check', 'npm test']);
    const page = read(root, 'docs/how-to/start-a-project.md');
    for (const line of lines) expect(page).toContain(`\`${line}\``);
    // the first needs the packages of every system, which the tests' registry has not
    for (const line of lines.slice(1)) expect(page).toMatch(new RegExp(`^${line}$`, 'm'));
  });

  test('has five commands, which its README lists', () => {
    const scripts = Object.keys((JSON.parse(read(root, 'starter/package.json')) as { scripts: object }).scripts);
    const command = (name: string): string => (['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`);
    const listed = [...read(root, 'starter/README.md').matchAll(/^\| `(.*?)` \|/gm)].map((m) => m[1]);
    expect(listed).toEqual(scripts.map(command));
    expect(scripts.length).toBe(5);
  });
});

describe('is refused, and writes nothing:', () => {
  test.each([
    ['My-norm', 'no name of a package'],
    ['1st', 'no name of a package'],
    ['@me/norm', 'no name of a package'],
    ['a/b', 'no name of a package'],
    ['..', 'no name of a package'],
    ['', 'no name of a package'],
    ['a'.repeat(215), 'too long'],
    ['weft', 'a package that the project needs'],
    ['vitest', 'a package that the project needs'],
    ['fs', 'a module of Node'],
    ['proofs', 'a folder that Weft or npm reads'],
    ['sum-add', 'stated by the library that ships with Weft, in weft/theorems/reductions.weft'],
    ['softmax', 'stated by the library'],
    ['theorem', 'a word of the language'],
    ['rewrite', 'a word of the language'],
    ['sqrt', 'a word of the language'],
    ['a--b', 'begins a comment'],
  ])('%j', (name, said) => {
    const folder = empty();
    const { said: message, exit } = refusal(folder, name);
    expect(message.headline).toContain(said);
    expect(message.hint).not.toBe('');
    expect(exit).toBe(3);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('a folder with something in it, a file, a link', () => {
    const folder = empty();
    fs.mkdirSync(join(folder, 'full'));
    fs.writeFileSync(join(folder, 'full', '.keep'), '');
    fs.writeFileSync(join(folder, 'file'), 'mine');
    fs.mkdirSync(join(folder, 'aside'));
    fs.symlinkSync(join(folder, 'aside'), join(folder, 'link'));
    expect(refusal(folder, 'full').said.headline).toContain('is not empty');
    expect(refusal(folder, 'file').said.headline).toContain('is no folder');
    expect(refusal(folder, 'link').said.headline).toContain('is no folder');
    expect(fs.readdirSync(folder)).toEqual(['aside', 'file', 'full', 'link']);
    expect(fs.readdirSync(join(folder, 'full'))).toEqual(['.keep']);
    expect(read(folder, 'file')).toBe('mine');
    expect(fs.readdirSync(join(folder, 'aside'))).toEqual([]);
  });

  test('what fails halfway', () => {
    // the paths of the first files fit into the 4096 bytes of a path, that of the proofs does not
    const folder = empty();
    const deep = folder + `/${'d'.repeat(200)}`.repeat(18);
    const long = join(deep, 'e'.repeat(3879 - deep.length));
    fs.mkdirSync(long, { recursive: true });
    expect(refusal(long, 'n'.repeat(200)).said.headline).toContain('its name is too long for the file system');
    expect(fs.readdirSync(long)).toEqual([]);
    initCommand(long, 'short', version);
    expect(fs.readdirSync(long)).toEqual(['short']);
  });
});

describe('a name that is taken', () => {
  test('is one that npm takes for a new package', () => {
    let taken = 0;
    const letters = fc.string({ unit: fc.constantFrom(...'abz09-_.~A@/ é'), minLength: 1, maxLength: 12 });
    const others = fc.constantFrom('node_modules', 'favicon.ico', 'http', 'stream', 'test', 'my-norm', 'a_b', 'x9');
    fc.assert(
      fc.property(fc.oneof(letters, others), (name) => {
        try {
          demandName(name);
        } catch {
          return;
        }
        taken += 1;
        expect(npmName(name).validForNewPackages, name).toBe(true);
      }),
      { numRuns: 2000, seed: 19 },
    );
    expect(taken).toBeGreaterThan(20);
  });
});

test('the command exits with 0, and with 3 where it refuses', () => {
  const folder = project({});
  const made = weft(folder, ['init', 'my-norm']);
  expect(made.status, made.stderr).toBe(0);
  expect(made.stdout.split('\n')).toContain('my-norm/theorems/my-norm.weft');
  expect(made.stderr).toContain('next: cd my-norm && npm install');
  const again = weft(folder, ['init', 'my-norm']);
  expect([again.status, again.stdout]).toEqual([3, '']);
  expect(again.stderr).toContain('is not empty');
  expect(clean(again.stderr)).toBe(true);
  expect(fs.readdirSync(folder)).toEqual(['my-norm']);
});
