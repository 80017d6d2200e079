// `weft check` and `weft axioms`: exit codes, output, JSON, and what is refused before anything is checked.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { add, clean, project, weft } from '../../support/weft.js';

const statement = `${add}theorem t (x y : R) : (x + y) + 0 = y + x\n`;
const good = 'proof t\n  rewrite add-zero\n  apply add-comm\nqed\n';
const files = (proofs: string): Record<string, string> => ({ 'theorems/a.weft': statement, 'proofs/a.weft': proofs });

describe('exit codes', () => {
  test.each([
    ['0, all proved', good, 0, "proved t (2 axioms, 1 not the library's)"],
    ['1, a step is wrong', 'proof t\n  apply add-comm\nqed\n', 1, 'rejected t (E-EQ)'],
    ['1, a syntax error', 'proof t\n  rewrite\nqed\n', 1, 'open t (E-SYNTAX)'],
    ['2, a hole', 'proof t\n  ?\nqed\n', 2, 'open t (E-HOLE)'],
    ['2, no proof', '', 2, 'open t (E-STATUS)'],
    ['2, a budget', 'proof t\n  simp [add-comm]\nqed\n', 2, 'declined t (E-BUDGET)'],
  ])('%s', (_, proofs, status, line) => {
    const ran = weft(project(files(proofs)), ['check']);
    const [first, count, axiom, ...rest] = ran.stdout.split('\n');
    expect([first, count]).toEqual([line, "axioms that are not the library's: 1"]);
    expect(axiom).toMatch(/^axiom add-comm \(x y : R\) : .* -- theorems\/a\.weft:1, not the library's, [0-9a-f]{64}$/);
    expect(rest).toEqual(['']);
    expect(ran.status).toBe(status);
    expect(clean(ran.stderr)).toBe(true);
    expect(ran.stderr === '').toBe(status === 0);
  });

  test.each([
    ['no theorem', {}, ['check'], 'no theorem found'],
    ['an empty theorems/', { 'theorems/a.weft': '-- nothing\n' }, ['check'], 'no theorem found'],
    ['a missing file', {}, ['check', 'nothing.weft'], 'does not exist'],
    ['a file outside the project', {}, ['check', '/etc/hostname'], 'outside the project'],
    ['an unknown option', {}, ['check', '--nothing'], "unknown option '--nothing'"],
    ['an unknown command', {}, ['prove'], "unknown command 'prove'"],
    ['a missing project', {}, ['-C', 'nowhere', 'check'], 'does not exist'],
    ['bytes that are no text', { 'theorems/a.weft': Uint8Array.of(0xff, 0xfe, 0x00) }, ['check'], 'not UTF-8'],
  ] as const)('3, %s', (_, content, args, said) => {
    const ran = weft(project(content), args);
    expect(ran.stderr).toContain(said);
    expect(ran.stdout).toBe('');
    expect(ran.status).toBe(3);
    expect(clean(ran.stderr)).toBe(true);
  });
});

describe('json', () => {
  test('is one object, with lines', () => {
    const ran = weft(project(files(good)), ['check', '--json']);
    expect(JSON.parse(ran.stdout)).toEqual({
      theorems: [
        {
          name: 't',
          file: 'theorems/a.weft',
          line: 3,
          status: 'proved',
          code: null,
          hypotheses: [],
          axioms: ['add-comm', 'add-zero'],
          uses: ['add-comm', 'add-zero'],
          remembered: 0,
        },
      ],
      axioms: [
        ['add-comm', '(x y : R) : x + y = y + x', false],
        ['add-zero', '(x : R) : x + 0 = x', true],
      ].map(([name, says, library]) => ({
        name,
        file: 'theorems/a.weft',
        statement: `axiom ${String(name)} ${String(says)}`,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        library,
      })),
      diagnostics: [],
    });
    expect(ran.status).toBe(0);
  });
  test('has the diagnostics, and stderr has nothing', () => {
    const ran = weft(project(files('proof t\n  refl\nqed\n')), ['check', '--json']);
    const { theorems, diagnostics } = JSON.parse(ran.stdout);
    expect(theorems[0]).toMatchObject({ status: 'rejected', code: 'E-EQ', axioms: [] });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      severity: 'error',
      code: 'E-EQ',
      file: 'proofs/a.weft',
      line: 2,
      column: 3,
    });
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(1);
  });
});

describe('files', () => {
  test('a named file brings its partner and its imports', () => {
    const folder = project({
      'theorems/base.weft': add,
      'theorems/a.weft': 'import "base.weft"\ntheorem t (x y : R) : x + y = y + x\n',
      'proofs/a.weft': 'proof t\n  apply add-comm\nqed\n',
      'theorems/broken.weft': 'theorem (\n',
    });
    const only = expect.stringMatching(
      /^proved t \(1 axiom, 1 not the library's\)\naxioms that are not the library's: 1\naxiom add-comm [^\n]*\n$/,
    );
    expect(weft(folder, ['check', 'theorems/a.weft'])).toMatchObject({ status: 0, stdout: only });
    expect(weft(folder, ['check', 'proofs/a.weft'])).toMatchObject({ status: 0, stdout: only });
    expect(weft(folder, ['check']).status).toBe(1);
  });
  test('an import may not leave the project, nor follow a link out of it', () => {
    const outside = project({ 'secret.weft': 'axiom false () : 0 = 1\n' });
    const folder = project({
      'theorems/a.weft': `import "../../secret.weft"\n${statement}`,
      'proofs/a.weft': good,
    });
    const ran = weft(folder, ['check']);
    expect(ran.stderr).toContain('outside the project');
    expect(ran.status).toBe(1);
    const linked = project({ ...files(good), 'theorems/b.weft': 'import "link.weft"\n' });
    symlinkSync(join(outside, 'secret.weft'), join(linked, 'theorems/link.weft'));
    expect(weft(linked, ['check'])).toMatchObject({ status: 3, stdout: '' });
  });
  test('hostile names reach the terminal as pictures', () => {
    const folder = project({ 'theorems/a.weft': 'theorem t (x : R) : x + \u001b[31m\u0007\u202e = x\n' });
    const ran = weft(folder, ['check'], { FORCE_COLOR: '', NO_COLOR: '1' });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('␛[31m');
    expect(clean(ran.stderr)).toBe(true);
  });
});

describe('axioms', () => {
  const folder = (): string =>
    project({ 'theorems/a.weft': `${statement}theorem u (x : R) : x + 0 + 0 = x\n`, 'proofs/a.weft': good });
  test('lists those of a proved theorem, and what it uses', () => {
    const at = folder();
    const ran = weft(at, ['axioms', 't']);
    expect(ran.status).toBe(0);
    const [comm, zero] = ran.stdout.trimEnd().split('\n');
    expect(comm).toMatch(
      /^axiom add-comm \(x y : R\) : x \+ y = y \+ x -- theorems\/a\.weft:1, not the library's, [0-9a-f]{64}$/,
    );
    expect(zero).toBe("axiom add-zero (x : R) : x + 0 = x -- theorems/a.weft:2, the library's");
    const uses = weft(at, ['axioms', 'u', '--uses']);
    expect(uses.stdout).toBe('');
    expect(uses.stderr).toContain('`u` is open, not proved');
    expect(uses.status).toBe(2);
  });
  test('suggests a name', () => {
    const ran = weft(folder(), ['axioms', 'tt']);
    expect(ran.stderr).toContain('did you mean `t`');
    expect(ran.status).toBe(3);
  });
  test('of a stream are those of its laws', () => {
    const at = project({
      'theorems/s.weft': `${add}def total [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])
stream all [n] (x : R[n]) over n
  spec total(x) + 0
  state (s : R)
  head total(x)
  final s
  step fold i:n (t = s) (t + x[i])
  foldable
`,
      'proofs/s.weft':
        'proof all\n  rewrite add-zero\nqed\nproof all.foldable\n  calc total(k) = total(k)\nqed\n'.replace(
          / {2}calc.*\n/,
          '  refl\n',
        ),
    });
    const zero = "axiom add-zero (x : R) : x + 0 = x -- theorems/s.weft:2, the library's\n";
    expect(weft(at, ['axioms', 'all'])).toMatchObject({ status: 0, stdout: zero });
  });
});

describe('help', () => {
  test.each([[[]], [['check']], [['axioms']], [['extract']], [['kernels']], [['run']]])('%s --help', (command) => {
    const ran = weft(project({}), [...command, '--help']);
    expect(ran.stdout).toContain(`Usage: weft ${command.join(' ')}`.trim());
    expect(ran).toMatchObject({ status: 0, stderr: '' });
  });
  test('--version', () => {
    expect(weft(project({}), ['--version'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});
