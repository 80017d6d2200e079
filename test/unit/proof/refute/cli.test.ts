// `weft refute` and the line that `weft check` prints: exit codes, output, JSON, seeds; a verdict is what it was.
import { describe, expect, test } from 'vitest';
import { add, clean, project, weft } from '../../../support/weft.js';

const files = {
  'theorems/a.weft': `${add}theorem good (x : R) : 0 + x = x
theorem bad (x : R) : x / x = 1
theorem wide [n] (x : R[n]) : map n (x[n] + 0) = x
theorem none {f : R -> R} (x : R)
  given never : (y : R) : f(y) = f(y) + 1
  : x = 0
`,
  'theorems/true.weft': 'theorem t (x y : R) : x * y = y * x\ntheorem u (x : R) : exp(x + x) = exp x * exp x\n',
  'theorems/broken.weft': 'theorem broken (x : R) : x = x[i]\n',
};

describe('weft refute', () => {
  const folder = project(files);
  test('exit 1: a counterexample, on stdout', () => {
    const ran = weft(folder, ['refute', 'bad', '--seed', '5']);
    expect(ran.stdout).toBe('bad is false:\n  x = 0\n  the left side is 0, the right side 1\nseed 5\n');
    expect(ran).toMatchObject({ status: 1, stderr: '' });
  });
  test('exit 0: none found, and how many were tried', () => {
    const ran = weft(folder, ['refute', 'wide', '--tries', '40', '--seed', '5']);
    expect(ran.stdout).toContain('wide: none found at 40 instances, 40 of them in fractions; not evaluated: 0');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
  });
  test('exit 2: nothing could be evaluated', () => {
    const ran = weft(folder, ['refute', 'none']);
    expect(ran.stdout).toContain('none: nothing could be evaluated (not evaluated: 0, hypotheses not met');
    expect(ran.status).toBe(2);
    const broken = weft(folder, ['refute', 'theorems/broken.weft']);
    expect(broken.stderr).toContain('theorems/broken.weft:1:');
    expect(broken.status).toBe(2);
  });
  test.each([
    ['an unknown name', ['refute', 'godo'], 'did you mean `good`'],
    ['a file that is not there', ['refute', 'theorems/no.weft'], 'does not exist'],
    ['a number of tries that is none', ['refute', 'good', '--tries', '0'], '--tries takes a whole number'],
  ])('exit 3: %s', (_, args, said) => {
    const ran = weft(folder, args);
    expect(ran.stderr).toContain(said);
    expect(ran).toMatchObject({ status: 3, stdout: '' });
    expect(clean(ran.stderr)).toBe(true);
  });
  test('a file: every statement of it, proved or not', () => {
    const ran = weft(folder, ['refute', 'theorems/a.weft', '--tries', '30', '--seed', '1', '--json']);
    const { seed, tries, statements } = JSON.parse(ran.stdout);
    expect([seed, tries]).toEqual([1, 30]);
    const names = statements.map((s: { readonly name: string }) => s.name).sort();
    expect(names).toEqual(['add-comm', 'add-zero', 'bad', 'good', 'none', 'wide']);
    const bad = statements.find((s: { readonly name: string }) => s.name === 'bad');
    expect(bad.counterexample).toMatchObject({ inputs: { x: '0' }, left: '0', right: '1', exact: true, index: [] });
    expect(ran.status).toBe(1);
    const again = weft(folder, ['refute', 'theorems/a.weft', '--tries', '30', '--seed', '1', '--json']);
    expect(again.stdout, 'the same seed, the same output').toBe(ran.stdout);
  });
  test('a file of true statements', () => {
    expect(weft(folder, ['refute', 'theorems/true.weft', '--tries', '30']).status).toBe(0);
  });
});

describe('weft check', () => {
  const statement = `${add}theorem t (x y : R) : x + y = y - x\ntheorem u (x y : R) : x + y = y + x\n`;
  const ran = (proofs: string, ...more: readonly string[]): ReturnType<typeof weft> =>
    weft(project({ 'theorems/a.weft': statement, 'proofs/a.weft': proofs }), ['check', ...more]);
  const proved = 'proof u\n  apply add-comm\nqed\n';
  const line = 'counterexample: x = 1, y = 0: the left side is 1, the right side -1';

  test.each([
    ['a step that is wrong', 'proof t\n  apply add-comm\nqed\n', 1, 'rejected t (E-EQ)'],
    ['a hole', 'proof t\n  ?\nqed\n', 2, 'open t (E-HOLE)'],
    ['no proof', '', 2, 'open t (E-STATUS)'],
  ])('%s: the equation is false, and a number says so', (_, proof, status, verdict) => {
    const { stderr, stdout, status: found } = ran(`${proof}${proved}`);
    const of = proof === '' ? line.replace('counterexample', 'counterexample to the statement') : line;
    const [, after] = stderr.split(`  ${of}\n`);
    expect(after).toMatch(/^ {2}(?:hint:|matches\n)/);
    expect(stdout.split('\n')[0]).toBe(verdict);
    expect(found).toBe(status);
  });
  test('a true equation with a wrong proof has none', () => {
    const { stderr, stdout, status } = ran('proof t\n  ?\nqed\nproof u\n  apply add-zero\nqed\n', '--json');
    const { diagnostics } = JSON.parse(stdout);
    const of = (code: string) => diagnostics.find((d: { readonly code: string | null }) => d.code === code);
    expect(of('E-EQ').counterexample).toBeNull();
    expect(of('E-HOLE').counterexample).toMatchObject({
      of: 'goal',
      inputs: { x: '1', y: '0' },
      left: '1',
      right: '-1',
    });
    expect([stderr, status]).toEqual(['', 1]);
  });
  test('what is not an equation has none', () => {
    const { stdout } = ran('proof t\n  apply nothing\nqed\nproof u\n  apply add-comm\nqed\n', '--json');
    expect(JSON.parse(stdout).diagnostics).toMatchObject([{ code: 'E-SCOPE', counterexample: null }]);
  });
});
