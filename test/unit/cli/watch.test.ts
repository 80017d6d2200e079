// `weft check --watch`: says what a check says, again after each change of the files, and ends when it is stopped.
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { add, clean, project, weft } from '../../support/weft.js';
import { root } from '../../support/tree.js';

const running: ChildProcess[] = [];
afterEach(() => running.splice(0).forEach((c) => c.kill('SIGTERM')));

interface Watching {
  /** what was printed since it was last asked, up to a text on stdout */
  readonly until: (text: string) => Promise<string>;
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>;
  readonly errors: () => string;
}

function watching(cwd: string, ...args: string[]): Watching {
  const child = spawn(process.execPath, [join(root, 'dist/cli/main.js'), 'check', '--watch', ...args], { cwd });
  running.push(child);
  let [said, errors] = ['', ''];
  let heard = (): void => undefined;
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    heard();
  });
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return {
    errors: () => errors,
    until: (text) =>
      new Promise((resolve) => {
        heard = () => {
          const at = said.indexOf(text);
          if (at < 0) return;
          const end = said.indexOf('\n', at) + 1;
          if (end === 0) return;
          const before = said.slice(0, end);
          said = said.slice(end);
          resolve(before);
        };
        heard();
      }),
    stop: (signal) => {
      child.kill(signal);
      return exit;
    },
  };
}

const files = {
  'theorems/a.weft': `${add}theorem t (x : R) : 0 + x = x\ntheorem u (x y : R) : x + y = y + x\n`,
  'proofs/a.weft': 'proof t\n  rewrite add-comm\n  rewrite add-zero\nqed\nproof u\n  apply add-comm\nqed\n',
};
const wait = 'waiting for changes';

describe('a watch', { timeout: 60_000 }, () => {
  it('says what changed, and what is not proved', async () => {
    const folder = project(files);
    const watch = watching(folder);
    expect(await watch.until(wait)).toMatch(
      /^proved t \(.*\nproved u \(.*\n(?:ax.*\n)*checked 2 theorems in .*: all proved; waiting/,
    );
    writeFileSync(join(folder, 'proofs/a.weft'), files['proofs/a.weft'].replace('  rewrite add-zero\n', ''));
    expect(await watch.until(wait)).toMatch(/^rejected t \(E-EQ\)\nchecked 2 theorems in .*: 1 proved, 1 not; waiting/);
    expect(watch.errors()).toContain('proofs/a.weft:3:1 E-EQ');
    writeFileSync(join(folder, 'proofs/a.weft'), files['proofs/a.weft']);
    expect(await watch.until(wait)).toMatch(/^proved t \(.*\nchecked 2 theorems in .*: all proved; waiting/);
    // a file that comes, and one that goes
    writeFileSync(join(folder, 'theorems/b.weft'), 'import "a.weft"\ntheorem v (x : R) : x = x\n');
    expect(await watch.until(wait)).toMatch(/^open v/);
    rmSync(join(folder, 'theorems/b.weft'));
    expect(await watch.until(wait)).toMatch(/^checked 2 theorems in .*: all proved/);
    expect(clean(watch.errors())).toBe(true);
    expect(await watch.stop('SIGINT')).toBe(0);
  });

  it('prints a record of each check', async () => {
    const folder = project(files);
    const watch = watching(folder, '--json');
    const once = weft(folder, ['check', '--json']);
    expect(JSON.parse(await watch.until('{'))).toEqual(JSON.parse(once.stdout));
    writeFileSync(join(folder, 'proofs/a.weft'), 'proof t');
    const { theorems } = JSON.parse(await watch.until('{')) as { theorems: { status: string }[] };
    expect(theorems.map((t) => t.status)).toEqual(['open', 'open']);
    expect(await watch.stop('SIGTERM')).toBe(0);
  });

  it('outlives a file that cannot be read, and refuses what a check refuses', async () => {
    const folder = project(files);
    const watch = watching(folder);
    await watch.until(wait);
    writeFileSync(join(folder, 'proofs/a.weft'), Buffer.from([0xff, 0xfe]));
    for (let i = 0; i < 400 && !watch.errors().includes('UTF-8'); i += 1) await new Promise((r) => setTimeout(r, 25));
    expect(watch.errors()).toContain('`proofs/a.weft` is not UTF-8 text');
    writeFileSync(join(folder, 'proofs/a.weft'), files['proofs/a.weft']);
    expect(await watch.until(wait)).toContain('all proved');
    expect(await watch.stop('SIGINT')).toBe(0);
    const refused = weft(folder, ['check', '--watch', '--axioms', 'some']);
    expect([refused.status, refused.stdout]).toEqual([3, '']);
    expect(weft(folder, ['check', '--watch', 'none.weft']).status).toBe(3);
  });
});
