// Processes that run one command after another (serve.mjs), so that the modules of Weft are loaded and compiled once for many steps. Invariant:
// a command that hangs, ends its process or fills its memory is seen as where it runs alone, and the next one has a new process.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Command {
  /** the file that node runs */
  readonly main: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly seconds: number;
}
export interface Ran {
  /** null: killed */
  readonly status: number | null;
  readonly text: string;
  readonly seconds: number;
}

const env = { ...process.env, NO_COLOR: '1' };
/** megabytes of heap of a process, where a step names none, and those after which it is not used again */
export const HEAP = 2000;
const KEPT = 700;

/** What a child prints from here on, until it ends or says that it has. */
function listening(child: ChildProcess, mark: string | undefined, seconds: number): Promise<Ran & { readonly heap: number }> {
  const began = performance.now();
  const texts = { stdout: '', stderr: '' };
  return new Promise((resolve) => {
    let [said, killed]: [{ status: number; heap: number } | undefined, boolean] = [undefined, false];
    const timer = setTimeout(() => ((killed = true), child.kill('SIGKILL')), 1000 * seconds);
    const streams = ['stdout', 'stderr'] as const;
    const onData = streams.map((s) => (piece: string) => ((texts[s] += piece), settled()));
    const onMessage = (m: unknown): void => ((said = m as typeof said), settled());
    const onEnd = (status: number | null): void => finish(killed ? null : status, Infinity);
    const finish = (status: number | null, heap: number): void => {
      clearTimeout(timer);
      streams.forEach((s, i) => child[s]!.off('data', onData[i]!));
      child.off('message', onMessage).off('close', onEnd);
      const text = streams.map((s) => (mark === undefined ? texts[s] : texts[s].replace(mark, ''))).join('\n');
      resolve({ status, text, seconds: (performance.now() - began) / 1000, heap });
    };
    function settled(): void {
      if (said && mark !== undefined && streams.every((s) => texts[s].includes(mark))) finish(said.status, said.heap);
    }
    streams.forEach((s, i) => child[s]!.setEncoding('utf8').on('data', onData[i]!));
    child.on('message', onMessage).on('close', onEnd);
  });
}

/** A process of its own for one command. */
export const alone = ({ main, args, cwd, seconds }: Command, megabytes: number): Promise<Ran> =>
  listening(
    spawn(process.execPath, [`--max-old-space-size=${megabytes}`, main, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }),
    undefined,
    seconds,
  );

const serve = fileURLToPath(new URL('serve.mjs', import.meta.url));
const started = (): ChildProcess =>
  spawn(process.execPath, [`--max-old-space-size=${HEAP}`, serve], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });

const idle: ChildProcess[] = [];
let commands = 0;

/** One command in a process that others have had, or will have. */
export async function shared(command: Command): Promise<Ran> {
  const child = idle.pop() ?? started();
  const mark = `\u0001end of ${(commands += 1)}\u0001`;
  const answer = listening(child, mark, command.seconds);
  child.send({ ...command, mark });
  const ran = await answer;
  if (ran.heap < KEPT * 2 ** 20) idle.push(child);
  else child.kill('SIGKILL');
  return ran;
}

/** Ends them; what is left open keeps a test runner waiting. */
export const closed = (): void => idle.splice(0).forEach((child) => void child.kill('SIGKILL'));
