// `weft fmt` as a person runs it: what is written, what is not, and what is said.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { add, project, weft } from '../../support/weft.js';

const tidy = `${add}theorem t (x : R) : 0 + x = x\n`;
const proofs = 'proof t\n  rewrite add-comm\n  rewrite add-zero\nqed\n';
const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

describe('fmt', () => {
  it('writes what is not laid out, and nothing else', () => {
    const at = project({
      'theorems/a.weft': tidy,
      'proofs/a.weft': proofs.replaceAll('  ', '\t').replace('qed', ' qed'),
    });
    const checked = weft(at, ['fmt', '--check']);
    expect([checked.status, checked.stdout]).toEqual([1, 'differs   proofs/a.weft\n']);
    expect(read(at, 'proofs/a.weft')).not.toBe(proofs);
    const ran = weft(at, ['fmt']);
    expect([ran.status, ran.stdout, ran.stderr]).toEqual([0, 'laid out proofs/a.weft\n', '']);
    expect([read(at, 'proofs/a.weft'), read(at, 'theorems/a.weft')]).toEqual([proofs, tidy]);
    const again = weft(at, ['fmt', '--check']);
    expect([again.status, again.stdout]).toEqual([0, '']);
  });
  it('takes files by name', () => {
    const at = project({ 'theorems/a.weft': `\n${tidy}`, 'proofs/a.weft': `\n${proofs}` });
    expect(weft(at, ['fmt', 'theorems/a.weft']).stdout).toBe('laid out theorems/a.weft\n');
    expect(read(at, 'proofs/a.weft')).toBe(`\n${proofs}`);
  });
  it('leaves a file that does not parse as it is, and says why', () => {
    const half = proofs.replace('qed', '');
    const at = project({ 'theorems/a.weft': `\n${tidy}`, 'proofs/a.weft': half });
    const ran = weft(at, ['fmt']);
    expect([ran.status, ran.stdout]).toEqual([1, 'laid out theorems/a.weft\n']);
    expect(ran.stderr).toContain('E-SYNTAX');
    expect(read(at, 'proofs/a.weft')).toBe(half);
  });
  it('refuses to say that nothing is wrong with nothing', () => {
    const ran = weft(project({ 'a.txt': '' }), ['fmt', '--check']);
    expect(ran.status).toBe(3);
    expect(ran.stderr).toContain('there is no file to lay out');
    expect(weft(project({ 'theorems/a.weft': tidy }), ['fmt', 'theorems/b.weft']).status).toBe(3);
  });
});
