// Attacks by whoever can write .weft-cache: a forged verdict is said to be remembered, is seen by --fresh, and never reaches a certificate, a kernel, or
// what answers for one name. Each attack has its genuine twin. The built command runs: only a build has a cache.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Keys } from '../../../src/proof/script/key.js';
import { root } from '../../support/corpus.js';

const weftOf = `${(JSON.parse(readFileSync(join(root, 'dist/build.json'), 'utf8')) as { readonly hash: string }).hash} ${process.version}`;
const digest = (text: string): string => createHash('sha256').update(`${weftOf}\n${text}`, 'utf8').digest('hex');

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

type Files = Readonly<Record<string, string>>;
function project(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'weft-cache-'));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
const weft = (folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const main = join(root, 'dist/cli/main.js');
  const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, WEFT_CACHE: '', ...env } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], options);
  return { status, stdout, stderr };
};
const cacheOf = (folder: string): string => join(folder, '.weft-cache/verdicts.json');

const statements = `axiom add-zero (x : R) : x + 0 = x
axiom small () : 1 < 0 = true
theorem good (x : R) : x + 0 + 0 = x
theorem wrong (x : R) : x + 1 = x
theorem worse (x : R) : x + 1 + 1 = x
theorem resting () : 1 < 0 = true
def sum [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])
stream lie [n] (x : R[n]) over n
  spec sum(x)
  state (s : R)
  head sum(x)
  final s + 1
  merge s + s'
  mergeable
`;
const proofs = {
  good: 'proof good\n  rewrite add-zero\n  rewrite add-zero\nqed',
  wrong: 'proof wrong\n  refl\nqed',
  worse: 'proof worse\n  rewrite wrong\n  rewrite wrong\nqed',
  resting: 'proof resting\n  rewrite small\nqed',
  lie: 'proof lie\n  refl\nqed',
  'lie.mergeable': 'proof lie.mergeable\n  refl\nqed',
} as const;
const files: Files = { 'theorems/a.weft': statements, 'proofs/a.weft': `${Object.values(proofs).join('\n')}\n` };

/** A cache that says of some theorems that they are proved, by nothing and from nothing. */
function forge(
  folder: string,
  names: readonly (keyof typeof proofs)[],
  change: (cache: object) => unknown = (c) => c,
): void {
  const keys = new Keys([{ path: 'theorems/a.weft', text: statements }], digest);
  const verdicts = Object.fromEntries(
    names.map((name) => [keys.key('theorems/a.weft', name, proofs[name])!, { uses: [], axioms: [] }]),
  );
  mkdirSync(join(folder, '.weft-cache'), { recursive: true });
  writeFileSync(cacheOf(folder), JSON.stringify(change({ format: 1, weft: weftOf, verdicts })));
}
const linesOf = (stdout: string): readonly string[] => stdout.trimEnd().split('\n');
const honest = ['proved good (1 axiom)', 'rejected wrong (E-EQ)', 'rejected worse (E-STATUS)'] as const;

describe('a cache', { timeout: 600_000 }, () => {
  test('is said, wherever something rests on it; --fresh reads none', () => {
    const folder = project(files);
    const first = weft(folder, ['check']);
    expect(first.stdout).not.toContain('remembered');
    expect(linesOf(first.stdout).slice(0, 3)).toEqual(honest);
    const second = weft(folder, ['check']);
    expect(linesOf(second.stdout).slice(0, 3)).toEqual(['proved good (1 axiom, 1 remembered)', ...honest.slice(1)]);
    expect(second.stdout).toContain('remembered: 2 of 6 theorems rest on an earlier check');
    expect([second.status, second.stderr]).toEqual([first.status, first.stderr]);
    const json = JSON.parse(weft(folder, ['check', '--json']).stdout) as {
      readonly theorems: readonly { readonly name: string; readonly remembered: number }[];
    };
    expect(json.theorems.filter((t) => t.remembered > 0).map((t) => t.name)).toEqual(['good', 'resting']);
    const fresh = weft(folder, ['check', '--fresh']);
    expect(fresh).toEqual(first);
    expect(weft(folder, ['check'], { WEFT_CACHE: 'off' })).toEqual(first);
  });

  test('holds what was proved, and nothing else', () => {
    const folder = project(files);
    weft(folder, ['check', '--fresh']);
    expect(readdirSync(folder)).not.toContain('.weft-cache');
    weft(folder, ['check']);
    const { verdicts } = JSON.parse(readFileSync(cacheOf(folder), 'utf8')) as { readonly verdicts: object };
    expect(Object.keys(verdicts).length).toBe(2);
  });
});

describe('a forged cache', { timeout: 600_000 }, () => {
  test('is said to be remembered, and seen by --fresh', () => {
    const folder = project(files);
    forge(folder, ['wrong', 'lie', 'lie.mergeable']);
    const { stdout } = weft(folder, ['check']);
    expect(stdout).toContain('proved wrong (0 axioms, 1 remembered)');
    // what is proved from it says it too
    expect(stdout).toMatch(/proved worse \(0 axioms, 1 remembered\)/);
    expect(stdout).toContain('remembered: 4 of 6 theorems');
    const fresh = weft(folder, ['check', '--fresh']);
    expect(fresh.status).toBe(1);
    expect(linesOf(fresh.stdout).slice(0, 3)).toEqual(honest);
  });

  test('reaches nothing that answers for one name', () => {
    const folder = project(files);
    forge(folder, ['wrong', 'worse', 'lie', 'lie.mergeable']);
    for (const name of ['wrong', 'worse'])
      for (const args of [
        ['axioms', name],
        ['audit', name],
        ['export', name, '-o', 'out'],
      ]) {
        const { status, stdout, stderr } = weft(folder, args);
        expect([args, status, stdout]).toEqual([args, 1, '']);
        expect(stderr).toContain(`\`${name}\` is rejected, not proved`);
      }
    for (const args of [
      ['extract', 'lie', '--target', 'wgsl'],
      ['run', 'lie', '--target', 'host', '--in', 'x=1', '--out', 'y.npy'],
    ]) {
      const { status, stdout, stderr } = weft(folder, args);
      expect([args, status, stdout]).toEqual([args, 1, '']);
      expect(stderr).toContain('no theorem, no kernel');
    }
    expect(readdirSync(folder).sort()).toEqual(['.weft-cache', 'proofs', 'theorems']);
    expect(weft(folder, ['axioms', 'good'])).toMatchObject({ status: 0 });
  });

  test('hides no axiom: what rests on one says that it is remembered, and the axiom is an error where it was', () => {
    const folder = project(files);
    forge(folder, ['resting']);
    const { status, stdout, stderr } = weft(folder, ['check', '--axioms', 'library']);
    expect(stdout).toContain('proved resting (0 axioms, 1 remembered)');
    expect(stdout).toContain("axioms that are not the library's: 1");
    expect(stderr).toContain('E-NOAX');
    expect(status).toBe(1);
    const fresh = weft(folder, ['check', '--axioms', 'library', '--fresh']);
    expect(fresh.stdout).toContain('rejected resting (E-NOAX)');
    expect(weft(folder, ['axioms', 'resting']).stdout).toContain('axiom small');
  });

  test.each([
    ['another build', (c: object) => ({ ...c, weft: weftOf.replace(/^./, (d) => (d === '0' ? '1' : '0')) })],
    ['another version of Node', (c: object) => ({ ...c, weft: `${weftOf}1` })],
    ['another format', (c: object) => ({ ...c, format: 2 })],
    ['verdicts of another shape', (c: object) => ({ ...c, verdicts: { a: { uses: 'all', axioms: [] } } })],
    ['no object', () => null],
  ])('%s is no cache', (_, change) => {
    const folder = project(files);
    forge(folder, ['wrong'], change as (c: object) => unknown);
    expect(linesOf(weft(folder, ['check']).stdout).slice(0, 3)).toEqual(honest);
  });

  test('a file that is not JSON, a folder in its place: no cache, and no complaint', () => {
    const broken = project({ ...files, '.weft-cache/verdicts.json': '{"format":1' });
    const folder = project({ ...files, '.weft-cache/verdicts.json/x': '' });
    for (const at of [broken, folder]) {
      const { status, stdout, stderr } = weft(at, ['check']);
      expect([status, ...linesOf(stdout).slice(0, 3)]).toEqual([1, ...honest]);
      expect(stderr).not.toContain('internal');
    }
  });
});
