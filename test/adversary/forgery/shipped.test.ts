// What the package ships of its own library: as much as a check of it would have left, said to be remembered, and no more believed. A package with a small library stands
// for the real one, which test/target/pack installs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Files,
  forge,
  linesOf,
  node,
  ownCache,
  packaged,
  project,
  shippedCache,
  verdictsIn,
  weft,
} from './caches.js';

const stated = `axiom add-zero (x : R) : x + 0 = x
theorem twice (x : R) : x + 0 + 0 = x
`;
const proofOf = {
  twice: 'proof twice\n  rewrite add-zero\n  rewrite add-zero\nqed',
  wrong: 'proof wrong\n  refl\nqed',
} as const;
const library: Files = { 'theorems/a.weft': stated, 'proofs/a.weft': `${proofOf.twice}\n` };
const liar = `${stated}theorem wrong (x : R) : x + 1 = x\n`;
const lying: Files = { 'theorems/a.weft': liar, 'proofs/a.weft': `${proofOf.twice}\n${proofOf.wrong}\n` };

/** A project whose theorem cites one of the library's. */
const over = (name: string, left: string): string =>
  project({
    'theorems/mine.weft': `import "../weft/theorems/a.weft"\ntheorem mine (x : R) : ${left} = x\n`,
    'proofs/mine.weft': `import "../weft/proofs/a.weft"\nproof mine\n  rewrite ${name}\nqed\n`,
  });
const ship = (of: string) => node(of, [join(of, 'scripts/verdicts.mjs')]);

describe('the shipped cache', { timeout: 600_000 }, () => {
  let of = '';
  beforeAll(() => {
    of = packaged(library);
    expect(ship(of)).toMatchObject({ status: 0, stdout: '' });
  }, 600_000);

  test('is taken where a project has none, and says so; --fresh reads none', () => {
    const folder = over('twice', 'x + 0 + 0');
    const first = weft(folder, ['check'], {}, of);
    expect(linesOf(first.stdout)[0]).toBe('proved mine (1 axiom, 1 remembered)');
    expect(first.stdout).toContain('remembered: 2 of 2 theorems rest on an earlier check');
    expect(linesOf(weft(folder, ['check'], {}, of).stdout)[0]).toBe('proved mine (1 axiom, 2 remembered)');
    for (const fresh of [
      weft(folder, ['check', '--fresh'], {}, of),
      weft(folder, ['check'], { WEFT_CACHE: 'off' }, of),
      weft(folder, ['axioms', 'mine'], {}, of),
    ]) {
      expect(fresh.status).toBe(0);
      expect(fresh.stdout).not.toContain('remembered');
    }
  });

  test('is never written into that of a project, nor by a check', () => {
    const folder = over('twice', 'x + 0 + 0');
    const before = readFileSync(shippedCache(of), 'utf8');
    weft(folder, ['check'], {}, of);
    expect(verdictsIn(shippedCache(of)).length).toBe(1);
    expect(verdictsIn(ownCache(folder)).length).toBe(1);
    expect(verdictsIn(ownCache(folder))).not.toEqual(verdictsIn(shippedCache(of)));
    expect(readFileSync(shippedCache(of), 'utf8')).toBe(before);
    const nothing = project({ 'theorems/mine.weft': 'import "../weft/theorems/a.weft"\n' });
    weft(nothing, ['check'], {}, of);
    expect(existsSync(ownCache(nothing))).toBe(false);
  });

  test('says nothing of a library with another letter', () => {
    const folder = over('twice', 'x + 0 + 0');
    for (const [path, from, to] of [
      ['theorems/a.weft', 'twice (x : R) : x + 0 + 0 = x', 'twice (y : R) : y + 0 + 0 = y'],
      ['proofs/a.weft', 'twice\n  rewrite', 'twice\n    rewrite'],
      ['theorems/a.weft', 'axiom add-zero (x : R) : x + 0 = x', 'axiom add-zero (y : R) : y + 0 = y'],
    ] as const) {
      writeFileSync(join(of, path), library[path]!.replace(from, to));
      expect(linesOf(weft(folder, ['check'], {}, of).stdout)[0]).toBe('proved mine (1 axiom)');
      writeFileSync(join(of, path), library[path]!);
    }
  });

  test('is the same each time it is made', () => {
    const before = readFileSync(shippedCache(of), 'utf8');
    expect(ship(of).status).toBe(0);
    expect(readFileSync(shippedCache(of), 'utf8')).toBe(before);
  });
});

describe('a package', { timeout: 600_000 }, () => {
  test('has no shipped cache where a theorem of its library is not proved', () => {
    const of = packaged(lying);
    forge(shippedCache(of), liar, proofOf);
    const { status, stderr } = ship(of);
    expect([status, stderr]).toEqual([1, expect.stringContaining('nothing is written: wrong')]);
    expect(existsSync(shippedCache(of))).toBe(false);
  });

  test('that lies of its own library is seen by --fresh, and has neither a certificate nor axioms to show', () => {
    const of = packaged(lying);
    forge(shippedCache(of), liar, proofOf);
    const folder = over('wrong', 'x + 1');
    expect(linesOf(weft(folder, ['check'], {}, of).stdout)[0]).toBe('proved mine (0 axioms, 1 remembered)');
    const fresh = weft(folder, ['check', '--fresh'], {}, of);
    expect([fresh.status, fresh.stdout]).toEqual([1, expect.stringContaining('rejected wrong (E-EQ)')]);
    for (const args of [
      ['axioms', 'mine'],
      ['audit', 'mine'],
      ['export', 'mine', '-o', 'out'],
    ])
      expect(weft(folder, args, {}, of)).toMatchObject({ status: 1, stdout: '' });
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
