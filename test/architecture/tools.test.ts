// The scripts that judge: what the CUDA tests need, what CI counts. Each is shown a case that it must refuse and one that it accepts.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../support/tree.js';

const folder = mkdtempSync(join(tmpdir(), 'weft-tools-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env });

describe('need-cuda', () => {
  const withTools = (...tools: string[]) => {
    const bin = mkdtempSync(join(folder, 'bin-'));
    for (const tool of tools) {
      writeFileSync(join(bin, tool), '#!/bin/sh\nexit 0\n');
      chmodSync(join(bin, tool), 0o755);
    }
    return node(['scripts/need-cuda.mjs'], { PATH: bin });
  };

  test('names each missing compiler and how to install it, and fails', () => {
    const none = withTools();
    expect(none.status).toBe(1);
    expect(none.stderr).toMatch(/needs g\+\+.*apt-get install g\+\+/);
    expect(none.stderr).toMatch(/needs nvcc.*CUDA toolkit/);
    const half = withTools('g++');
    expect(half.status).toBe(1);
    expect(half.stderr).not.toContain('needs g++');
    expect(half.stderr).toContain('needs nvcc');
  });

  test('says nothing when both are there', () => {
    const both = withTools('g++', 'nvcc');
    expect([both.status, both.stderr]).toEqual([0, '']);
  });
});

describe('counts', () => {
  const one = (status: string) => ({ status, fullName: `a ${status} test` });
  const file = (status: string, ...states: string[]) => ({
    name: `${status}.test.ts`,
    status,
    assertionResults: states.map(one),
  });
  const counts = (...testResults: readonly object[]) => {
    const path = join(folder, 'report.json');
    writeFileSync(path, JSON.stringify({ testResults }));
    return node(['.ci/counts.mjs', path]);
  };

  test('adds up over files, and names what was skipped', () => {
    const done = counts(file('passed', 'passed', 'passed', 'skipped'), file('failed', 'passed', 'failed', 'todo'));
    expect(done.stdout).toBe('3 1 2\n');
    expect(done.stderr).toBe('skipped: a skipped test\nskipped: a todo test\n');
  });

  test('a file that did not load is a failure', () => {
    expect(counts(file('passed', 'passed'), file('failed')).stdout).toBe('1 1 0\n');
  });

  test('an unknown state, a broken report and a missing one are refused', () => {
    expect(counts(file('passed', 'glorious')).status).not.toBe(0);
    writeFileSync(join(folder, 'broken.json'), '{');
    expect(node(['.ci/counts.mjs', join(folder, 'broken.json')]).status).not.toBe(0);
    expect(node(['.ci/counts.mjs', join(folder, 'none.json')]).status).not.toBe(0);
  });
});

describe('.ci/run', () => {
  const script = readFileSync(join(root, '.ci/run'), 'utf8');
  const steps = /^STEPS="([^"]*)"$/m.exec(script)?.[1]?.split(' ') ?? [];
  const defined = [...script.matchAll(/^step_(\w+)\(\)/gm)].map((m) => m[1]);

  test('names only steps that it defines, each once, installation first', () => {
    expect(defined.length).toBeGreaterThanOrEqual(8);
    expect(steps.filter((name) => !defined.includes(name))).toEqual([]);
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps[0]).toBe('install');
  });

  /** A copy of the script with other steps: what it prints last, and its status. */
  const dry = (names: string, bodies: string) => {
    const dir = mkdtempSync(join(folder, 'ci-'));
    const text = script
      .replace(/^STEPS=.*$/m, `STEPS="${names}"`)
      .replace(/^passed=0$/m, `${bodies}\npassed=0`)
      .replace(/^cd .*$/m, `cd "${root}"`);
    writeFileSync(join(dir, 'run'), text);
    const done = spawnSync('bash', [join(dir, 'run')], { cwd: root, encoding: 'utf8' });
    return { status: done.status, last: done.stdout.trimEnd().split('\n').at(-1), stdout: done.stdout };
  };

  test('counts steps, goes on after a failure, fails, and prints what is inactive', () => {
    const done = dry('good bad good2', 'step_good() { true; }\nstep_bad() { exit 3; }\nstep_good2() { true; }');
    expect(done.last).toBe('2 passed, 1 failed');
    expect(done.status).toBe(1);
    expect(done.stdout).toMatch(/^FAIL {4}bad \(status 3/m);
    expect(done.stdout).toMatch(/^inactive cuda: not in STEPS$/m);
  });

  test('passes when every step passes; an unknown step, or none at all, fails', () => {
    expect(dry('good', 'step_good() { true; }')).toMatchObject({ last: '1 passed, 0 failed', status: 0 });
    expect(dry('good misspelt', 'step_good() { true; }')).toMatchObject({ last: '1 passed, 1 failed', status: 1 });
    expect(dry('', '')).toMatchObject({ last: '0 passed, 0 failed', status: 1 });
  });

  test('stops when the installation fails', () => {
    expect(dry('install good', 'step_install() { false; }\nstep_good() { true; }')).toMatchObject({
      last: '0 passed, 1 failed',
      status: 1,
    });
  });

  test('a vitest step in which no test ran fails', () => {
    const npm = 'npm() { local f="${@: -1}"; echo \'{"testResults":[]}\' > "${f#*=}"; }\ntimeout() { shift 2; "$@"; }';
    expect(dry('cuda', npm)).toMatchObject({ last: '0 passed, 1 failed', status: 1 });
  });
});
