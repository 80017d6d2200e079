// `weft suggest` and `weft find`: what they print, exit codes, JSON; that no file is changed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { add, clean, project, weft } from '../../support/weft.js';

const statements = `${add}theorem t (x y : R) : (x + y) + 0 = y + x
theorem u (x y : R) : x + y = y + x
theorem false-one (x y : R) : x + y = x
stream sum-of [n] (x : R[n]) over n
  spec fold i:n (s = 0) (s + x[i])
  state (s : R)
  head fold i:n (s = 0) (s + x[i])
  final s
  step fold i:n (t = s) (t + x[i])
  foldable
`;
const proofs = `proof t
  -- a comment
  rewrite add-zero
  calc x + y = y + x
    by {
      apply add-comm
    }
qed
proof false-one
  rewrite add-comm
qed
`;
const made = (own = proofs) => project({ 'theorems/a.weft': statements, 'proofs/a.weft': own });
const json = (at: string, target: string) => {
  const ran = weft(at, ['suggest', target, '--json']);
  return { status: ran.status, ...(JSON.parse(ran.stdout) as { goal: string[]; theorem: string; suggestions: { steps: string[]; finishes: boolean }[]; all: boolean }) }; // prettier-ignore
};

describe('suggest', () => {
  test('at a line of a proof: what `?` would show there, and the file stays as it is', () => {
    const at = made();
    const ran = weft(at, ['suggest', 'proofs/a.weft:3']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain('x + y + 0');
    expect(ran.stdout).toMatch(/finishes\n(.*\n)* {4}rewrite add-zero\n {4}rewrite add-comm in rhs\n/);
    expect(ran.stdout.indexOf('finishes')).toBeLessThan(ran.stdout.indexOf('matches'));
    expect(readFileSync(join(at, 'proofs/a.weft'), 'utf8')).toBe(proofs);
  });
  test.each([
    ['the line before a step is that step', 2, 'x + y + 0'],
    ['after a step', 4, '  x + y'],
    ['inside a block', 6, '  x + y'],
  ])('%s', (_, line, goal) => {
    const said = json(made(), `proofs/a.weft:${line}`);
    expect(said).toMatchObject({ theorem: 't', all: true });
    expect(said.goal.join('\n')).toContain(goal);
    expect(said.goal.join('\n').includes('+ 0')).toBe(goal.includes('+ 0'));
    expect(said.suggestions[0]!.finishes).toBe(true);
  });
  test('at the end of a block: what is left, or that nothing is', () => {
    expect(json(made(), 'proofs/a.weft:7')).toMatchObject({ status: 0, goal: [], suggestions: [] });
    const left = json(made(proofs.replace('apply add-comm', 'symm')), 'proofs/a.weft:7');
    expect(left).toMatchObject({ status: 0, goal: ['(x : R, y : R)', '  y + x', '= x + y'] });
  });
  test('at a line of a theorem, proved or not', () => {
    const at = made();
    for (const [line, theorem] of [
      [3, 't'],
      [4, 'u'],
    ] as const) {
      expect(json(at, `theorems/a.weft:${line}`)).toMatchObject({ status: 0, theorem });
    }
  });
  test('exits 1 where nothing finishes, and where the proof stops before', () => {
    const at = made();
    expect(json(at, 'theorems/a.weft:5')).toMatchObject({ status: 1, theorem: 'false-one' });
    const ran = weft(made(proofs.replace('rewrite add-zero', 'rewrite add-zero at 7')), ['suggest', 'proofs/a.weft:4']);
    expect(ran).toMatchObject({ status: 1, stdout: '' });
    expect(ran.stderr).toContain('E-MATCH');
    expect(ran.stderr).toContain('stops before line 4');
    const odd = weft(made('proof t\n  rewrite\nqed\n'), ['suggest', 'proofs/a.weft:2']);
    expect(odd).toMatchObject({ status: 1, stdout: '' });
    expect(odd.stderr).toContain('E-SYNTAX');
  });
  test.each([
    ['no line', 'proofs/a.weft', 'FILE:LINE'],
    ['line 0', 'proofs/a.weft:0', 'FILE:LINE'],
    ['no file', 'proofs/b.weft:1', 'does not exist'],
    ['a line that is not there', 'proofs/a.weft:999', 'lines, not 999'],
    ['a line after all theorems', 'theorems/a.weft:13', 'in no proof and no theorem'],
  ])('3, %s', (_, target, said) => {
    const ran = weft(made(), ['suggest', target]);
    expect(ran).toMatchObject({ status: 3, stdout: '' });
    expect(ran.stderr).toContain(said);
    expect(clean(ran.stderr)).toBe(true);
  });
  test('a hole in a check has them, as text and as data', () => {
    const at = made('proof u\n  ?\nqed\n');
    const ran = weft(at, ['check']);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toMatch(/finishes\n +apply add-comm/);
    const { diagnostics } = JSON.parse(weft(at, ['check', '--json']).stdout) as { diagnostics: { code: string; suggestions: unknown }[] }; // prettier-ignore
    const hole = diagnostics.find((d) => d.code === 'E-HOLE')!;
    expect(hole.suggestions).toContainEqual({ steps: ['apply add-comm'], finishes: true, conditions: 0 });
    expect(diagnostics.filter((d) => d.code !== 'E-HOLE').every((d) => d.suggestions === null)).toBe(true);
  });
});

describe('find', () => {
  const at = project({ 'theorems/a.weft': statements });
  test('the project, and what ships with Weft', () => {
    const ran = weft(at, ['find', '_ + 0']);
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain('axiom add-zero (x : R) : x + 0 = x -- theorems/a.weft:2\n');
    expect(ran.stdout).toContain('-- weft/theorems/');
    const { found, skipped } = JSON.parse(weft(at, ['find', 'sum(_ ++ _)', '--json']).stdout) as { found: { name: string }[]; skipped: number }; // prettier-ignore
    expect(found.map((f) => f.name)).toContain('sum-add');
    expect(found[0]).toMatchObject({ kind: 'theorem', whole: true });
    expect(skipped).toBe(0);
  });
  test('exits 1 where nothing has it, 3 where it does not read', () => {
    expect(weft(at, ['find', 'exp(sqrt(_))'])).toMatchObject({ status: 1, stdout: '' });
    for (const [pattern, said] of [
      ['sum k (', 'is no pattern'],
      ['nothing(_)', '`nothing`'],
      ['', 'is empty'],
    ] as const) {
      const ran = weft(at, ['find', pattern]);
      expect(ran, pattern).toMatchObject({ status: 3, stdout: '' });
      expect(ran.stderr).toContain(said);
      expect(ran.stderr).not.toContain("any'");
    }
  });
});
