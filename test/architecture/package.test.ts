// What the package promises: locked from the public registry, pinned, with nothing heavy forced on a user; and every test
// file belongs to exactly one vitest project, so that none is left out by its name.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles, root } from '../support/tree.js';

type Names = Readonly<Record<string, string>>;
interface Manifest {
  readonly dependencies: Names;
  readonly devDependencies: Names;
  readonly optionalDependencies: Names;
}
interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly integrity?: string; readonly link?: boolean }>
  >;
}

const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const manifest = json('package.json') as Manifest;
const lock = json('package-lock.json') as Lock;

const foreign = (packages: Lock['packages']) =>
  Object.entries(packages)
    .filter(([, p]) => p.resolved !== undefined && !p.resolved.startsWith('https://registry.npmjs.org/'))
    .map(([name]) => name);

describe('the lock file', () => {
  test('names no other registry', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(50);
    expect(foreign(lock.packages)).toEqual([]);
    expect(
      foreign({ a: { resolved: 'https://example.org/a.tgz' }, b: { resolved: 'https://registry.npmjs.org/b.tgz' } }),
    ).toEqual(['a']);
  });
  test('has the checksum of every package', () => {
    const bare = Object.entries(lock.packages).filter(([name, p]) => name !== '' && p.integrity === undefined);
    expect(bare.map(([name]) => name)).toEqual([]);
  });
});

describe('the manifest', () => {
  test('pins every version', () => {
    const all = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
  test('forces neither a GPU implementation nor a software driver on a user', () => {
    expect(Object.keys(manifest.dependencies)).not.toContain('webgpu');
    expect(manifest.optionalDependencies).toEqual({ webgpu: '0.6.2' });
    expect(Object.keys(manifest.dependencies).filter((name) => name.includes('chromium'))).toEqual([]);
    expect(manifest.devDependencies['@sparticuz/chromium']).toBe('143.0.4');
  });
});

const isTest = (path: string) => path.endsWith('.test.ts');
const looksLikeATest = (path: string) => /[._-](test|spec)s?\.[cm]?[jt]sx?$/.test(path);

describe('test files', () => {
  const files = listFiles(root, 'test').filter((path) => !path.includes('/fixtures/'));
  test("all end in .test.ts, which every project's pattern asks for", () => {
    expect(files.filter(isTest).length).toBeGreaterThanOrEqual(6);
    expect(files.filter((path) => looksLikeATest(path) && !isTest(path))).toEqual([]);
    expect(
      ['a.spec.ts', 'a_test.ts', 'a.test.mjs', 'a.tests.ts'].filter((path) => looksLikeATest(path) && !isTest(path)),
    ).toHaveLength(4);
  });
  test('each belongs to exactly one project', () => {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const listed = spawnSync(process.execPath, [vitest, 'list', '--filesOnly', '--json'], {
      cwd: root,
      encoding: 'utf8',
    });
    const found = (JSON.parse(listed.stdout) as readonly { readonly file: string }[]).map(({ file }) =>
      relative(root, file),
    );
    expect(found.toSorted()).toEqual(files.filter(isTest).toSorted());
  });
  test('none is focused', () => {
    const focused = /\b(?:test|it|describe)\s*\.\s*only\b/;
    expect(focused.test('describe' + '.only(')).toBe(true);
    const found = files.filter(isTest).filter((path) => focused.test(readFileSync(join(root, path), 'utf8')));
    expect(found).toEqual([]);
  });
});
