// The tarball, installed in an empty folder as a user would, without the optional packages: the command and the library work.
// It does not know how the package was made; `npm pack` builds it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../architecture/tree.js';

const MINUTES = 60_000;
const npm = (cwd: string, ...args: string[]) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

let folder = '';
const weft = (...args: string[]) =>
  spawnSync(join(folder, 'node_modules', '.bin', 'weft'), args, { cwd: folder, encoding: 'utf8' });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-pack-'));
  npm(root, 'pack', '--silent', '--pack-destination', folder);
  const [tarball] = readdirSync(folder).filter((f) => f.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack wrote no tarball');
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n');
  npm(
    folder,
    'install',
    '--silent',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--omit=optional',
    join(folder, tarball),
  );
}, 5 * MINUTES);

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

describe('the installed package', () => {
  test('prints its version and its help', () => {
    const version = weft('--version');
    expect(version.stderr).toBe('');
    expect(version.stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(weft('--help').stdout).toContain('Usage: weft');
  });

  test('is loaded as a library, with no optional package installed', () => {
    expect(existsSync(join(folder, 'node_modules', 'webgpu'))).toBe(false);
    const code =
      'const w = await import("weft"); console.log(["check", "extract", "run"].map((k) => typeof w[k]).join(" "));';
    writeFileSync(join(folder, 'use.mjs'), code);
    const used = spawnSync(process.execPath, ['use.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(used.stderr).toBe('');
    expect(used.stdout.trim()).toBe('function function function');
  });

  test('checks the library that it carries', () => {
    const library = join('node_modules', 'weft');
    const checked = weft('check', join(library, 'theorems'), join(library, 'proofs'));
    expect(checked.status, checked.stderr).toBe(0);
    expect(checked.stdout.split('\n').length).toBeGreaterThan(20);
  });

  test('carries what a user needs, and neither tests nor sources', () => {
    const held = readdirSync(join(folder, 'node_modules', 'weft')).sort();
    expect(held).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'kernels',
      'package.json',
      'proofs',
      'theorems',
    ]);
    const types = join(folder, 'node_modules', 'weft', 'dist', 'index.d.ts');
    expect(existsSync(types)).toBe(true);
  });
});
