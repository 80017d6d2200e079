// The page's side of the workshop: one command at a time. Invariant: a command has an end, be it that the Worker ended or that a person stopped it; then the next starts another Worker. Knows no elements.
import * as E from 'fp-ts/lib/Either.js';
import { nameFor, whenGone } from './alive.js';
import { type FromWorkshop, type ToWorkshop, fromWorkshop } from './message.js';

type Sent = ToWorkshop extends infer M ? (M extends ToWorkshop ? Omit<M, 'id'> : never) : never;
export type Outcome = Exclude<FromWorkshop, { readonly _tag: 'Progress' | 'Alive' }>;

interface Running {
  readonly id: number;
  readonly progress: (text: string) => void;
  readonly done: (outcome: Outcome) => void;
}

export class Workshop {
  private worker: Worker | undefined;
  private running: Running | undefined;
  private ids = 0;
  /** the Worker is gone, and with it the kernel */
  gone: () => void = () => undefined;

  get isBusy(): boolean {
    return this.running !== undefined;
  }

  send(message: Sent, progress: (text: string) => void): Promise<Outcome> {
    if (this.running) this.stop('another command took its place');
    const id = (this.ids += 1);
    return new Promise((done) => {
      this.running = { id, progress, done };
      (this.worker ??= this.launch()).postMessage({ ...message, id });
    });
  }

  /** Gives the command up. What was extracted is gone with the Worker. */
  stop(why = 'stopped'): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.gone();
    this.end({ _tag: 'Failed', id: this.running?.id ?? 0, kind: 'broken', text: why });
  }

  private launch(): Worker {
    const name = nameFor('workshop');
    const worker = new Worker(new URL('./workshop-worker.js', import.meta.url), { type: 'module', name });
    const gone = (): void => void (this.worker === worker && this.stop('the worker ended without a word'));
    worker.onmessage = ({ data }: MessageEvent<unknown>) =>
      this.worker === worker && this.hear(data, () => whenGone(name, gone));
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.worker === worker) this.stop(`the worker ended: ${event.message}`);
    };
    return worker;
  }

  private hear(data: unknown, alive: () => void): void {
    const decoded = fromWorkshop.decode(data);
    if (E.isLeft(decoded)) return this.stop('the worker said what the page does not understand');
    const message = decoded.right;
    if (message._tag === 'Alive') return alive();
    if (message.id !== this.running?.id) return;
    if (message._tag === 'Progress') return this.running.progress(message.text);
    this.end(message);
  }

  private end(outcome: Outcome): void {
    const { running } = this;
    this.running = undefined;
    running?.done(outcome);
  }
}
