// Runs one case in an empty folder and lists what is wrong with each step. It does not know what a case is about.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArrayOf, Case, Step } from './case.js';
import { HEAP, type Ran, alone, shared } from './session.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const commands: Readonly<Record<string, string>> = { weft: 'dist/cli/main.js', 'weft-replay': 'dist/replay/main.js' };

const words = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);

/** An .npy file, version 1: the header is padded so that the data starts at a multiple of 64 bytes. */
function npy(header: string, data: Uint8Array): Uint8Array {
  const text = `${header}${' '.repeat(63 - ((10 + header.length) % 64))}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(text, 'latin1'), data]);
}

function bytesOf(array: ArrayOf): Uint8Array {
  if ('header' in array) return npy(array.header, new Uint8Array(array.bytes));
  const count = array.shape.reduce((n, m) => n * m, 1);
  const values = Array.from({ length: count }, (_, i) => array.values[i % array.values.length]!);
  const data = array.dtype === 'f4' ? Float32Array.from(values) : Float64Array.from(values);
  const shape = `(${array.shape.map((n) => `${n},`).join(' ')})`;
  const header = `{'descr': '<${array.dtype}', 'fortran_order': False, 'shape': ${shape}, }`;
  return npy(header, new Uint8Array(data.buffer));
}

const others: Readonly<Record<string, (cwd: string, args: readonly string[]) => number | null>> = {
  mkfifo: (cwd, [file]) => spawnSync('mkfifo', [file!], { cwd }).status,
  ln: (cwd, [target, link]) => (fs.symlinkSync(target!, path.join(cwd, link!)), 0),
  rm: (cwd, [file]) => (fs.rmSync(path.join(cwd, file!), { force: true }), 0),
};

/** A step that names its seconds or its memory has a process of its own, and so has what fuel is counted in: what others made before is not there. */
const isAlone = (one: Case, step: Step): boolean =>
  step.seconds !== undefined || step.megabytes !== undefined || one.name.startsWith('fuel/');

async function execute(cwd: string, one: Case, step: Step): Promise<Ran> {
  const [name, ...args] = words(step.run);
  const other = others[name!];
  if (other !== undefined) return { status: other(cwd, args), text: '', seconds: 0 };
  const main = commands[name!];
  if (main === undefined) throw new Error(`a case runs weft, weft-replay, mkfifo, ln or rm; not ${name}`);
  const command = { main: path.join(root, main), args, cwd, seconds: step.seconds ?? 60 };
  return isAlone(one, step) ? alone(command, step.megabytes ?? HEAP) : shared(command);
}

const flat = (text: string) => text.replace(/\s+/g, ' ');

function faults(cwd: string, step: Step, ran: Ran): readonly string[] {
  const text = flat(ran.text);
  return [
    ...(ran.status === step.exit ? [] : [`exit ${ran.status} after ${ran.seconds.toFixed(1)} s, wanted ${step.exit}`]),
    ...(/^\s+at .*[:(]\d+:\d+\)?$/m.test(ran.text) ? ['a stack trace'] : []),
    ...(step.has ?? []).filter((p) => !text.includes(flat(p))).map((p) => `lacks «${p}»`),
    ...(step.lacks ?? []).filter((p) => text.includes(flat(p))).map((p) => `shows «${p}»`),
    ...Object.entries(step.files ?? {})
      .filter(([file, there]) => fs.existsSync(path.join(cwd, file)) !== there)
      .map(([file, there]) => `${file} ${there ? 'is missing' : 'was written'}`),
  ];
}

/** What is wrong, a line a step with its output; empty where all is well. */
export async function judge(one: Case): Promise<readonly string[]> {
  const cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-case-'));
  try {
    fs.cpSync(one.folder, cwd, { recursive: true });
    fs.rmSync(path.join(cwd, 'case.json'));
    for (const [file, array] of Object.entries(one.arrays ?? {})) fs.writeFileSync(path.join(cwd, file), bytesOf(array));
    const found: string[] = [];
    for (const step of one.steps) {
      const ran = await execute(cwd, one, step);
      const wrong = faults(cwd, step, ran);
      if (wrong.length > 0) found.push(`${step.run}: ${wrong.join('; ')}\n${ran.text.slice(0, 4000)}`);
    }
    return found;
  } finally {
    fs.rmSync(cwd, { recursive: true, force: true });
  }
}
