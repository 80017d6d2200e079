// Where a package was installed from: what npm records beside it, in each way that npm installs.
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { originOf } from '../../../src/project/installed.js';
import { project } from '../../support/weft.js';

const installed = (entry: object | undefined): string => {
  const packages = entry ? { 'node_modules/weft': entry } : {};
  return project({
    'weft-1.tgz': 'bytes',
    'node_modules/.package-lock.json': JSON.stringify({ packages }),
    'node_modules/weft/package.json': '{ "version": "4.5.6" }',
  });
};
const origin = (folder: string) => originOf(join(folder, 'node_modules', 'weft'));

test.each([
  ['from a registry', { resolved: 'https://registry.npmjs.org/weft/-/weft-4.5.6.tgz' }],
  ['from a registry that is not recorded', { version: '4.5.6' }],
])('%s', (_, entry) => expect(origin(installed(entry))).toEqual({ _tag: 'Version', version: '4.5.6' }));

test('from a tarball; one that is gone leaves its version', () => {
  const folder = installed({ resolved: 'file:weft-1.tgz' });
  expect(origin(folder)).toEqual({ _tag: 'Tarball', path: join(folder, 'weft-1.tgz') });
  rmSync(join(folder, 'weft-1.tgz'));
  expect(origin(folder)).toEqual({ _tag: 'Version', version: '4.5.6' });
});

test('from a repository', () => {
  const spec = 'git+ssh://git@example.org/weft.git#abc';
  expect(origin(installed({ resolved: spec }))).toEqual({ _tag: 'Other', spec });
});

test('from a folder that is linked, or was never installed', () => {
  const folder = installed({ resolved: '../weft', link: true });
  const at = realpathSync(join(folder, 'node_modules', 'weft'));
  expect(origin(folder)).toEqual({ _tag: 'Folder', path: at });
  expect(origin(installed(undefined))._tag).toBe('Folder');
  const bare = project({ 'weft/package.json': '{ "version": "4.5.6" }' });
  mkdirSync(join(bare, 'other'));
  expect(originOf(join(bare, 'weft'))).toEqual({ _tag: 'Folder', path: realpathSync(join(bare, 'weft')) });
});

test('a record that is none of npm leaves the folder', () => {
  const folder = installed(undefined);
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), '{');
  expect(origin(folder)._tag).toBe('Folder');
});
