// The page's side of the checker: it starts the Worker, tells it every text, and asks. Invariant: a Worker that ends is replaced by one that is given the texts and the questions that wait; after MOST_ENDS ends
// with no check in between it is started only when asked to. The texts are the page's: nothing of them is lost with a Worker. Knows no elements.
import * as E from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import { nameFor, whenGone } from './alive.js';
import { type FromChecker, type Outline, PATHS, type Part, type Said, fromChecker } from './message.js';

export type CheckerState = 'loading' | 'checking' | 'checked' | 'restarted' | 'stopped';
export interface Listener {
  readonly state: (state: CheckerState, detail: string) => void;
  readonly said: (path: string, said: readonly Said[]) => void;
  readonly outline: (outline: Outline) => void;
}
interface Waiting {
  readonly message: object;
  readonly resolve: (result: unknown) => void;
}

const MOST_ENDS = 5;

export class Checker {
  private worker: Worker | undefined;
  private readonly texts = new Map<string, string>();
  private readonly waiting = new Map<number, Waiting>();
  private ids = 0;
  private ends = 0;

  constructor(private readonly listener: Listener) {}

  /** A Worker that knows the texts; in the place of one that is there. */
  start(): void {
    this.worker?.terminate();
    const name = nameFor('checker');
    const worker = new Worker(new URL('./checker-worker.js', import.meta.url), { type: 'module', name });
    this.worker = worker;
    const gone = (): void => void (this.worker === worker && this.ended('for a reason that the browser does not tell'));
    worker.onmessage = ({ data }: MessageEvent<unknown>) =>
      this.worker === worker && this.hear(data, () => whenGone(name, gone));
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.worker === worker) this.ended(event.message);
    };
    for (const [path, text] of this.texts) worker.postMessage({ _tag: 'Text', path, text });
    for (const { message } of this.waiting.values()) worker.postMessage(message);
  }
  /** Started by a person: what went before does not count. */
  restart(): void {
    this.ends = 0;
    this.listener.state('loading', '');
    this.start();
  }

  text(part: Part, text: string): void {
    // of a text that it has already the checker says nothing
    if (this.texts.get(PATHS[part]) === text) return;
    this.texts.set(PATHS[part], text);
    this.listener.state('checking', '');
    this.worker?.postMessage({ _tag: 'Text', path: PATHS[part], text });
  }

  /** The answer, decoded; undefined where there is none, or it is not what it should be. */
  async ask<A>(method: string, part: Part, params: object, codec: t.Decoder<unknown, A>): Promise<A | undefined> {
    const id = (this.ids += 1);
    const path = PATHS[part];
    const message = { _tag: 'Ask', id, method, path, params: { textDocument: { uri: path }, ...params } };
    const result = await new Promise<unknown>((resolve) => {
      this.waiting.set(id, { message, resolve });
      this.worker?.postMessage(message);
    });
    const decoded = codec.decode(result);
    return E.isRight(decoded) ? decoded.right : undefined;
  }

  private settle(id: number, result: unknown): void {
    this.waiting.get(id)?.resolve(result);
    this.waiting.delete(id);
  }

  private hear(data: unknown, alive: () => void): void {
    const decoded = fromChecker.decode(data);
    if (E.isLeft(decoded)) return this.listener.state('stopped', 'the checker said what the page does not understand');
    if (decoded.right._tag === 'Alive') return alive();
    this.take(decoded.right);
  }

  private take(message: Exclude<FromChecker, { readonly _tag: 'Alive' }>): void {
    switch (message._tag) {
      case 'Answer':
        return this.settle(message.id, message.result);
      case 'Refuse':
        return this.settle(message.id, undefined);
      case 'Diagnostics':
        return message.of.forEach(([path, said]) => this.listener.said(path, said));
      case 'Outline':
        return this.listener.outline(message);
      case 'Checked':
        this.ends = 0;
        this.listener.state('checked', `${Math.round(message.milliseconds)} ms, ${message.proofs} proofs run`);
        if (message.isFull) this.start();
        return;
      case 'Broken':
        return this.ended(message.message);
    }
  }

  private ended(why: string): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.ends += 1;
    if (this.ends <= MOST_ENDS) {
      this.listener.state('restarted', why);
      return this.start();
    }
    for (const id of [...this.waiting.keys()]) this.settle(id, undefined);
    this.listener.state('stopped', why);
  }
}
