// The command line in a process of its own, in a folder of its own. Knows no commands.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { root } from './tree.js';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const main = join(root, 'src/cli/main.ts');
const made: string[] = [];

export const add = `axiom add-comm (x y : R) : x + y = y + x
axiom add-zero (x : R) : x + 0 = x
`;

/** A folder with these files; removed after the tests of the file. */
export function project(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'weft-cli-'));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function weft(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const ran = spawnSync(process.execPath, ['--import', tsx, main, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), ...env },
    maxBuffer: 1 << 26,
  });
  return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr };
}

/** No stack trace, and no control character but line ends. */
export const clean = (text: string): boolean =>
  !/^\s+at .*[:(]\d+:\d+\)?$/m.test(text) &&
  [...text].every(
    (c) => c === '\n' || (c >= ' ' && c !== '\u007f' && !/[\u0080-\u009f\u202a-\u202e\u2066-\u2069]/.test(c)),
  );

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
