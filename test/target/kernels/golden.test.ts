// The kernels that are checked in are what the library gives: no drift, no file too few, no stray file. `weft kernels` writes them again.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../src/cli/extract.js';
import { byDefault, fileText } from '../../../src/cli/kernel-text.js';
import { extract } from '../../../src/kernel/extract/extract.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { get } from '../../support/ir/dsl.js';
import { sources } from './library.js';
import { LISTED, REFUSED, TABLE } from './names.js';

const folder = fileURLToPath(new URL('../../../kernels/', import.meta.url));
const targets = [
  ['wgsl', 'wgsl'],
  ['cuda', 'cu'],
] as const;

// headers name what the whole library proves of a domain: here it is the project's library, without the tests' own algorithms
const library = checkLibrary(sources('theorems'), sources('proofs'));
const names = [...library.streams.keys()].filter((n) => LISTED.includes(n) && !(n in REFUSED));

const there = existsSync(folder) ? readdirSync(folder).sort() : [];
const scheduled = there.flatMap((file) => {
  const how = commandOf(readFileSync(folder + file, 'utf8'));
  return how ? [{ file, how }] : [];
});

describe('kernels/', () => {
  it('has a file for each stream that weft.json lists and each target, and nothing else', () => {
    expect(names).toEqual(expect.arrayContaining(TABLE));
    expect([...names].sort()).toEqual([...LISTED].sort());
    const wanted = names.flatMap((n) => targets.map(([, suffix]) => `${n}.${suffix}`));
    expect([...there].sort()).toEqual([...wanted, ...scheduled.map((s) => s.file)].sort());
  });
  it('has schedules of their own for attention, by the width of its rows', () => {
    const named = ['attention', 'spherical-attention'].flatMap((n) => [`${n}.d128.cu`, `${n}.d64.cu`]);
    expect(scheduled.map((s) => s.file)).toEqual(named);
  });
  it.each(scheduled)('$file is what its first line gives', ({ file, how: { name, target, chosen } }) => {
    const made = get(extract(library, name, target, { ...chosen, ragged: 'first' }));
    expect(readFileSync(folder + file, 'utf8')).toBe(fileText(made, chosen));
  });
  it.each(names)('%s is what the library gives', (name) => {
    for (const [target, suffix] of targets) {
      const made = get(extract(library, name, target, { tiles: new Map(), ragged: 'first' }));
      expect(readFileSync(`${folder}${name}.${suffix}`, 'utf8')).toBe(fileText(made, byDefault));
    }
  });
});
