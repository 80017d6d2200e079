// Attacks on the second checker that succeeded once, each as a test with what must happen instead.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { certificates } from '../../../src/proof/certificate/certificate.js';
import { replay } from '../../../src/replay/replay.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { get } from '../../support/ir/dsl.js';
import { exported, statements } from './library.js';

describe('what is printed', () => {
  it('names no wire like a part that it makes up', () => {
    const text = (name: string, step: string): string =>
      `theorem ${name} [n] (s0 : R * R) : let (p, q) = s0 in fold n (t = p) t + ${step} = let (p, q) = s0 in fold n (t = p) t + ${step}\n`;
    const files = [{ path: 'theorems/p.weft', text: text('by-wire', 'p') + text('by-state', 't') }];
    const proofs = [{ path: 'proofs/p.weft', text: 'proof by-wire\n refl\nqed\nproof by-state\n refl\nqed\n' }];
    const written = certificates(checkLibrary(files, proofs));
    const given = ['by-wire', 'by-state'].map((n) => ({ path: `${n}.cert`, text: get(written.of(n)).text }));
    const [wire, state] = replay(given, files).map((v) => v.statement.replace(/by-\w+/, ''));
    expect(wire).toContain('s0.0');
    expect(wire).not.toBe(state);
  });
});

describe('a schedule', () => {
  const { theorems, schedules } = exported(['linear', 'reductions', 'order', 'ring', 'axioms', 'streaming']);
  const honest = schedules.find((s) => /^schedule "mean"$/m.test(s.text))!;
  const judged = (text: string) => replay([...theorems, { ...honest, text }], statements()).at(-1)!;

  it('is accepted as it is', () => expect(judged(honest.text).reason).toBeUndefined());
  it('says nothing of axes that its stream has not', () => {
    const other = honest.text.match(/^v "n\.count".*$/m)![0];
    const number = honest.text
      .split('\n')
      .filter((l) => l.startsWith('v '))
      .indexOf(other);
    const axis = honest.text
      .split('\n')
      .filter((l) => l.startsWith('a '))
      .indexOf(`a v ${number}`);
    const forged = honest.text.replace(/^(qed \d+ \()(.*)$/m, `$1${number} ${axis} $2`);
    expect(forged).not.toBe(honest.text);
    expect(judged(forged)).toMatchObject({
      status: 'rejected',
      reason: expect.stringContaining('is no axis of the stream'),
    });
  });
  it('has no two axis variables of one name', () => {
    const forged = honest.text
      .replace(/^v "n\.tile" (.*)$/m, 'v "n.rest" $1')
      .replace(/^v "n\.head" (.*)$/m, 'v "n.count" $1');
    expect(forged).not.toBe(honest.text);
    expect(judged(forged).status).toBe('rejected');
  });
});

describe('the command', () => {
  const at = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-replay-'));
  fs.mkdirSync(path.join(at, 'theorems'));
  fs.writeFileSync(path.join(at, 'theorems', 'a.weft'), 'theorem a () : 0 = 0\n');
  const main = new URL('../../../src/replay/main.ts', import.meta.url).pathname;
  const run = (text: string, ...flags: string[]) => {
    fs.writeFileSync(path.join(at, 'a.cert'), text);
    const args = [path.join(at, 'a.cert'), '--statements', path.join(at, 'theorems'), ...flags];
    return spawnSync(process.execPath, ['--import', 'tsx', main, ...args], { encoding: 'utf8' });
  };
  it('prints no control character, in JSON neither', () => {
    const { stdout, stderr } = run(
      'weft-certificate 1\ntheorem "a\u009b31m\u2028\u202e\u007f"\no (R)\nqed 0\n',
      '--json',
    );
    expect(stdout + stderr).toMatch(/^[ -~\n]*$/);
    expect((JSON.parse(stdout) as { name: string }[])[0]!.name).toBe('a\u009b31m\u2028\u202e\u007f');
  });
  it('reads a line of quotes once', () => {
    const start = performance.now();
    const { status, stderr } = run(`weft-certificate 1\ntheorem "a"\nv "${'"'.repeat(190_000)}\nqed 0\n`);
    expect(status).toBe(1);
    expect(stderr).toContain('E-CERT');
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
