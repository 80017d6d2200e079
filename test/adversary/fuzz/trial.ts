/**
 * Tries cases in a child process with a limit of time and memory. Invariant: every case is answered: by the child, or as `hang` or
 * `died` when it was killed or ended; a new child is started then. Knows nothing of what a case is.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer } from './child.js';
import type { Case } from './outcome.js';

export interface Limits {
  readonly seconds: number;
  /** of the child's heap */
  readonly megabytes: number;
}

export type Tried =
  | ({ readonly _tag: 'Answered' } & Answer)
  | { readonly _tag: 'Hang' | 'Died'; readonly seconds: number; readonly said: string };

const script = fileURLToPath(new URL('./child.ts', import.meta.url));

export class Trial {
  private child: ChildProcess | undefined;
  private said = '';
  constructor(readonly limits: Limits) {}

  private started(): ChildProcess {
    if (this.child) return this.child;
    const execArgv = ['--import', 'tsx', `--max-old-space-size=${this.limits.megabytes}`];
    const child = fork(script, [], { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.said = '';
    child.stderr!.on('data', (bytes: Buffer) => (this.said = (this.said + bytes.toString()).slice(0, 4000)));
    this.child = child;
    return child;
  }

  try(c: Case): Promise<Tried> {
    const child = this.started();
    const begin = Date.now();
    return new Promise((resolve) => {
      const done = (tried: Tried): void => {
        clearTimeout(timer);
        child.removeAllListeners('message');
        child.removeAllListeners('exit');
        if (tried._tag !== 'Answered') this.child = undefined;
        resolve(tried);
      };
      const since = (): number => (Date.now() - begin) / 1000;
      // a child that has just been started loads its modules first
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        done({ _tag: 'Hang', seconds: since(), said: this.said });
      }, this.limits.seconds * 1000);
      child.once('message', (answer: Answer) => {
        done({ _tag: 'Answered', ...answer });
        // the core remembers every term that it made: a process is good for so many cases
        if (answer.megabytes > this.limits.megabytes / 3) this.retire(child);
      });
      child.once('exit', () => done({ _tag: 'Died', seconds: since(), said: this.said }));
      child.send(c);
    });
  }

  private retire(child: ChildProcess): void {
    this.child = undefined;
    child.disconnect();
  }

  async close(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill();
    });
  }
}
