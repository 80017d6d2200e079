// A driver process and the protocol of cuda_driver.hpp: one request out, one answer in.
// Invariant: every request gets exactly one answer or one error, its own: a process that dies fails the request in progress alone, and the
// next one starts another. It does not know how the driver was built, nor what guard words mean.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import * as E from 'fp-ts/lib/Either.js';
import type { RunError } from './run-error.js';

export type Answer = { readonly status: number; readonly detail: readonly number[]; readonly words: Uint32Array };
export type Reply = E.Either<RunError, Answer>;

export type DriverProcess = {
  readonly ask: (request: readonly Uint32Array[]) => Promise<Reply>;
  readonly close: () => Promise<void>;
};

type Child = ChildProcessByStdio<Writable, Readable, Readable>;
/** One process; `answer` goes to the request in progress, and to nobody where there is none. */
type Live = { readonly child: Child; answer: (reply: Reply) => void; ended: Promise<void> };

const MAGIC = 0x5446_4557;
const HEAD_WORDS = 7;
const DEVICE_ERROR = 2; // the status after which a process is not used again
const STDERR_KEPT = 20_000;

/** Cuts the stream into answers. Sizes are in bytes; a chunk may end anywhere. */
const answers = (emit: (answer: Answer | undefined) => void): ((chunk: Buffer) => void) => {
  let chunks: Buffer[] = [];
  let size = 0;
  let needed = 4 * HEAD_WORDS;
  return (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    while (size >= needed) {
      const all = Buffer.concat(chunks);
      const head = Array.from({ length: HEAD_WORDS }, (_, i) => all.readUInt32LE(4 * i));
      if (head[0] !== MAGIC) return emit(undefined);
      const end = 4 * (HEAD_WORDS + head[6]!);
      [chunks, needed] = [[all], end];
      if (all.length < end) return;
      const words = new Uint32Array(all.buffer.slice(all.byteOffset + 4 * HEAD_WORDS, all.byteOffset + end));
      [chunks, size, needed] = [[all.subarray(end)], all.length - end, 4 * HEAD_WORDS];
      emit({ status: head[1]!, detail: head.slice(2, 6), words });
    }
  };
};

const start = (executable: string, environment: NodeJS.ProcessEnv): Live => {
  const child = spawn(executable, [], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  const live: Live = { child, answer: () => undefined, ended: Promise.resolve() };
  let stderr = '';
  const take = (answer: Answer | undefined): void => {
    if (answer === undefined) child.kill('SIGKILL');
    else live.answer(E.right(answer));
  };
  child.stdout.on('data', answers(take));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(0, STDERR_KEPT)));
  child.stdin.on('error', () => undefined); // a dead process: its end is reported below
  live.ended = new Promise<void>((resolve) => {
    const fail = (signal: string, detail: string): void => {
      live.answer(E.left({ _tag: 'Crashed', signal, detail }));
      resolve();
    };
    child.on('error', (error) => fail('', String(error)));
    child.on('close', (code, signal) => fail(signal ?? `exit ${code}`, stderr.trim()));
  });
  return live;
};

const askOnce = (live: Live, request: readonly Uint32Array[], timeoutMs: number): Promise<Reply> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      live.answer(E.left({ _tag: 'TimedOut', milliseconds: timeoutMs }));
      live.child.kill('SIGKILL');
    }, timeoutMs);
    live.answer = (reply) => {
      live.answer = () => undefined;
      clearTimeout(timer);
      resolve(reply);
    };
    for (const part of request) live.child.stdin.write(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  });

export const openDriver = (executable: string, environment: NodeJS.ProcessEnv, timeoutMs: number): DriverProcess => {
  let live: Live | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const askNext = async (request: readonly Uint32Array[]): Promise<Reply> => {
    live ??= start(executable, environment);
    const reply = await askOnce(live, request, timeoutMs);
    if (E.isRight(reply) && reply.right.status !== DEVICE_ERROR) return reply;
    live.child.stdin.end();
    await live.ended;
    live = undefined;
    return reply;
  };
  const ask: DriverProcess['ask'] = (request) => {
    const next = last.then(() => askNext(request));
    last = next;
    return next;
  };
  const close = async (): Promise<void> => {
    await last;
    live?.child.stdin.end();
    await live?.ended;
  };
  return { ask, close };
};
