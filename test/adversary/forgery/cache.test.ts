// Attacks by whoever can write .weft-cache, or what the package ships: a forged verdict is said to be remembered, is seen by --fresh, and never reaches a
// certificate, a kernel, or what answers for one name. Each attack has its genuine twin. The built command runs: only a build has a cache.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../support/corpus.js';
import {
  type Files,
  type Ran,
  forge as forgeAt,
  linesOf,
  node,
  ownCache,
  packaged,
  project,
  shippedCache,
  verdictsIn,
  weft,
  weftOf,
} from './caches.js';

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
    expect(verdictsIn(ownCache(folder)).length).toBe(2);
  });

  test('does not rest on the version of Node', () => {
    const folder = project({
      ...files,
      'other.cjs': "Object.defineProperty(process, 'version', { value: 'v99.0.0' });",
    });
    const other = { NODE_OPTIONS: `--require ${join(folder, 'other.cjs')}` };
    expect(node(folder, ['-p', 'process.version'], other).stdout).toBe('v99.0.0\n');
    weft(folder, ['check'], other);
    expect(linesOf(weft(folder, ['check']).stdout)[0]).toBe('proved good (1 axiom, 1 remembered)');
  });
});

/** Who reads a forged file, and where it stands. */
const places = [
  ['a forged cache', () => root, ownCache],
  ['a forged cache in the package', () => packaged({}), (_, of) => shippedCache(of)],
] as const satisfies readonly (readonly [string, () => string, (folder: string, of: string) => string])[];

describe.each(places)('%s', { timeout: 600_000 }, (_, packageOf, cacheOf) => {
  const of = packageOf();
  const weftAt = (folder: string, args: readonly string[]): Ran => weft(folder, args, {}, of);
  const forge = (folder: string, names: readonly (keyof typeof proofs)[], change?: (cache: object) => unknown): void =>
    forgeAt(cacheOf(folder, of), statements, Object.fromEntries(names.map((name) => [name, proofs[name]])), change);

  test('is said to be remembered, and seen by --fresh', () => {
    const folder = project(files);
    forge(folder, ['wrong', 'lie', 'lie.mergeable']);
    const { stdout } = weftAt(folder, ['check']);
    expect(stdout).toContain('proved wrong (0 axioms, 1 remembered)');
    // what is proved from it says it too
    expect(stdout).toMatch(/proved worse \(0 axioms, 1 remembered\)/);
    expect(stdout).toContain('remembered: 4 of 6 theorems');
    const fresh = weftAt(folder, ['check', '--fresh']);
    expect(fresh.status).toBe(1);
    expect(linesOf(fresh.stdout).slice(0, 3)).toEqual(honest);
  });

  test('reaches nothing that answers for one name', () => {
    const folder = project(files);
    forge(folder, ['wrong', 'worse', 'lie', 'lie.mergeable']);
    const before = readdirSync(folder);
    for (const name of ['wrong', 'worse'])
      for (const args of [
        ['axioms', name],
        ['audit', name],
        ['export', name, '-o', 'out'],
      ]) {
        const { status, stdout, stderr } = weftAt(folder, args);
        expect([args, status, stdout]).toEqual([args, 1, '']);
        expect(stderr).toContain(`\`${name}\` is rejected, not proved`);
      }
    for (const args of [
      ['extract', 'lie', '--target', 'wgsl'],
      ['run', 'lie', '--target', 'host', '--in', 'x=1', '--out', 'y.npy'],
    ]) {
      const { status, stdout, stderr } = weftAt(folder, args);
      expect([args, status, stdout]).toEqual([args, 1, '']);
      expect(stderr).toContain('no theorem, no kernel');
    }
    expect(readdirSync(folder)).toEqual(before);
    expect(weftAt(folder, ['axioms', 'good'])).toMatchObject({ status: 0 });
  });

  test('hides no axiom: what rests on one says that it is remembered, and the axiom is an error where it was', () => {
    const folder = project(files);
    forge(folder, ['resting']);
    const { status, stdout, stderr } = weftAt(folder, ['check', '--axioms', 'library']);
    expect(stdout).toContain('proved resting (0 axioms, 1 remembered)');
    expect(stdout).toContain("axioms that are not the library's: 1");
    expect(stderr).toContain('E-NOAX');
    expect(status).toBe(1);
    const fresh = weftAt(folder, ['check', '--axioms', 'library', '--fresh']);
    expect(fresh.stdout).toContain('rejected resting (E-NOAX)');
    expect(weftAt(folder, ['axioms', 'resting']).stdout).toContain('axiom small');
  });

  test.each([
    ['another build', (c: object) => ({ ...c, weft: weftOf.replace(/^./, (d) => (d === '0' ? '1' : '0')) })],
    ['the build with more behind it', (c: object) => ({ ...c, weft: `${weftOf} v20.0.0` })],
    ['another format', (c: object) => ({ ...c, format: 2 })],
    ['verdicts of another shape', (c: object) => ({ ...c, verdicts: { a: { uses: 'all', axioms: [] } } })],
    ['no object', () => null],
  ])('%s is no cache', (_, change) => {
    const folder = project(files);
    forge(folder, ['wrong'], change as (c: object) => unknown);
    expect(linesOf(weftAt(folder, ['check']).stdout).slice(0, 3)).toEqual(honest);
  });

  test('a file that is not JSON, a folder in its place, no file: no cache, and no complaint', () => {
    const said = (damage: (path: string) => void): void => {
      const folder = project(files);
      const path = cacheOf(folder, of);
      rmSync(path, { recursive: true, force: true });
      mkdirSync(dirname(path), { recursive: true });
      damage(path);
      const { status, stdout, stderr } = weftAt(folder, ['check']);
      expect([status, ...linesOf(stdout).slice(0, 3)]).toEqual([1, ...honest]);
      expect(stderr).not.toContain('internal');
    };
    said((path) => writeFileSync(path, '{"format":1'));
    said((path) => rmSync(path, { force: true }));
    said((path) => mkdirSync(join(path, 'x'), { recursive: true }));
  });
});
