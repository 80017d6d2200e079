// A second, independent implementation of WebGPU: npm `deno` (wgpu, and naga for WGSL) in a process of its own, on the SwiftShader that Dawn is given.
// Invariant: a result is judged by the same frames as Dawn's (poison, guard words); without the package or an adapter it is an error,
// never a pass. It needs no network. It does not know kernels.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { GUARD, checkProgram, frameAll, unframeAll } from '../../../src/run/device/frame.js';
import type { KernelProgram } from '../../../src/kernel/ir/program.js';
import type { RunError } from '../../../src/run/device/run-error.js';
import { prepareSwiftShader } from '../../../src/run/device/swiftshader.js';
import { get } from '../../support/ir/dsl.js';

const MARGIN = { front: 0, back: GUARD };
const PLATFORM = `@deno/${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`;

/** The binary that the package carries; WEFT_DENO names another. */
export function binary(): string {
  const own = process.env['WEFT_DENO'];
  if (own !== undefined) return own;
  const from = createRequire(createRequire(import.meta.url).resolve('deno/package.json'));
  const path = join(
    dirname(from.resolve(`${PLATFORM}/package.json`)),
    process.platform === 'win32' ? 'deno.exe' : 'deno',
  );
  if (!existsSync(path)) throw new Error(`no ${path}: npm ci installs it`);
  return path;
}

interface Answer {
  readonly id: number;
  readonly error?: string;
  readonly outputs?: readonly string[];
  readonly version?: string;
  readonly adapter?: string;
}

const base64 = (words: Uint32Array): string =>
  Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('base64');
const fromBase64 = (text: string): Uint32Array => new Uint32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);

function paramWords(values: readonly number[]): Uint32Array {
  const words = new Uint32Array(Math.ceil(values.length / 4) * 4);
  words.set(values);
  return words;
}

export interface Second {
  readonly version: string;
  readonly adapter: string;
  /** what naga says of a text; nothing where it accepts it */
  readonly validate: (text: string) => Promise<string | undefined>;
  readonly run: (
    program: KernelProgram,
    inputs: readonly Float32Array[],
  ) => Promise<E.Either<RunError, Float32Array[]>>;
  readonly close: () => Promise<void>;
}

function start(): ChildProcessWithoutNullStreams {
  get(prepareSwiftShader());
  const icd = process.env['VK_ICD_FILENAMES']!;
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: dirname(icd),
    DENO_NO_UPDATE_CHECK: '1',
    NO_COLOR: '1',
  };
  const child = fileURLToPath(new URL('child.mjs', import.meta.url));
  const args = ['run', '--no-config', '--no-lock', '--no-remote', '--no-prompt', '--unstable-webgpu', child];
  return spawn(binary(), args, { env });
}

/** Requests by number; all that wait fail when the process ends. */
class Channel {
  private readonly waiting = new Map<number, (a: Answer) => void>();
  private last = 0;
  private said = '';
  private gone: string | undefined;
  readonly ended: Promise<void>;

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stderr.on('data', (d: Buffer) => (this.said = (this.said + d.toString()).slice(-2000)));
    createInterface(child.stdout).on('line', (line) => {
      const answer = JSON.parse(line) as Answer;
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
    this.ended = new Promise((resolve) => {
      const end = (why: string): void => {
        this.gone = `${why} ${this.said}`;
        for (const [id, give] of this.waiting) give({ id, error: this.gone });
        this.waiting.clear();
        resolve();
      };
      child.on('error', (e) => end(String(e)));
      child.on('close', (code, signal) => end(`deno ended with ${signal ?? code}.`));
    });
    child.stdin.on('error', () => undefined);
  }

  ask(request: object): Promise<Answer> {
    const id = ++this.last;
    if (this.gone !== undefined) return Promise.resolve({ id, error: this.gone });
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  close(): Promise<void> {
    this.child.stdin.end();
    return this.ended;
  }
}

async function runOn(
  channel: Channel,
  p: KernelProgram,
  inputs: readonly Float32Array[],
): Promise<E.Either<RunError, Float32Array[]>> {
  const checked = checkProgram(p, 'wgsl', inputs);
  if (E.isLeft(checked)) return checked;
  const found = await channel.ask({
    what: 'run',
    entry: p.entry,
    text: p.text,
    access: p.buffers.map((b) => b.access),
    uniform: p.params.length > 0,
    params: p.params.length > 0 ? base64(paramWords(p.paramValues)) : undefined,
    buffers: frameAll(p, inputs, MARGIN).map(base64),
    grid: p.grid,
  });
  if (!found.outputs) return E.left({ _tag: 'DeviceFault', detail: found.error ?? 'no answer' });
  return unframeAll(p, found.outputs.map(fromBase64), MARGIN);
}

/** Throws where the package, the driver or the adapter is missing. */
export async function openSecond(): Promise<Second> {
  const channel = new Channel(start());
  const hello = await channel.ask({ what: 'hello' });
  if (hello.version === undefined) throw new Error(`no second implementation: ${hello.error}`);
  return {
    version: hello.version,
    adapter: hello.adapter ?? '',
    validate: async (text) => (await channel.ask({ what: 'validate', text })).error,
    run: (program, inputs) => runOn(channel, program, inputs),
    close: () => channel.close(),
  };
}
