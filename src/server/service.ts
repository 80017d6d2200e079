// The side of the server that checks: takes texts and questions as messages, and answers them. Invariant: no message waits longer than one piece of a check, a proof at most; a check that newer text
// overtakes is given up; a question about what is checked is answered of a check of the newest text. Knows no transport.
import {
  type CodeAction,
  ErrorCodes,
  LSPErrorCodes,
  type Position,
  type Range,
  ResponseError,
} from 'vscode-languageserver';
import type { Analysis } from './analysis.js';
import type { Mode } from './goals.js';
import { widthOf } from './picture.js';
import type { State } from './trying.js';

export type Message =
  | { readonly _tag: 'Text'; readonly path: string; readonly text: string }
  | { readonly _tag: 'Close'; readonly path: string }
  | { readonly _tag: 'Disk' }
  | {
      readonly _tag: 'Ask';
      readonly id: number;
      readonly method: string;
      readonly path: string;
      readonly params: unknown;
    }
  | { readonly _tag: 'Cancel'; readonly id: number };

export type Reply =
  | { readonly _tag: 'Answer'; readonly id: number; readonly result: unknown }
  | { readonly _tag: 'Refuse'; readonly id: number; readonly code: number; readonly message: string }
  | { readonly _tag: 'Diagnostics'; readonly of: readonly (readonly [path: string, diagnostics: readonly unknown[]])[] }
  /** after each check */
  | { readonly _tag: 'Checked'; readonly proofs: number; readonly isFull: boolean; readonly milliseconds: number };

export interface Asked {
  readonly position: Position;
  readonly range: Range;
  readonly mode?: Mode;
  readonly counterexample?: boolean;
  readonly suggestions?: boolean;
  /** true, or the width in pixels */
  readonly picture?: boolean | number;
  readonly textDocument: { readonly uri: string };
  readonly theorem?: unknown;
  readonly state?: unknown;
  readonly other?: unknown;
  readonly steps?: unknown;
  readonly newName: string;
  readonly context?: { readonly includeDeclaration?: boolean };
}
type Answer = (analysis: Analysis, path: string, params: Asked) => unknown;

function stateOf(given: unknown): State {
  const { uri, theorem, script } = (given ?? {}) as Partial<Record<keyof State, unknown>>;
  if (typeof uri !== 'string' || typeof theorem !== 'string' || typeof script !== 'string')
    throw new ResponseError(ErrorCodes.InvalidParams, 'a state has uri, theorem and script');
  return { uri, theorem, script };
}

/** What any text answers, at once. */
const instant: Readonly<Record<string, Answer>> = {
  'textDocument/documentSymbol': (a, path) => a.symbols(path),
  'textDocument/semanticTokens/full': (a, path) => ({ data: a.tokens(path) }),
  'textDocument/signatureHelp': (a, path, p) => a.signature(path, p.position),
  'textDocument/formatting': (a, path) => a.formatting(path),
  'textDocument/completion': (a, path, p) => a.completion(path, p.position),
};
/** What a check of the newest text answers. */
const checked: Readonly<Record<string, Answer>> = {
  'proof/goals': (a, path, p) =>
    a.goals(path, p.position, {
      mode: p.mode === 'Prev' ? 'Prev' : 'After',
      counterexample: p.counterexample === true,
      suggestions: p.suggestions === true,
      picture: widthOf(p.picture),
    }),
  'proof/start': (a, _, p) => a.trying?.start(p.textDocument.uri, p.theorem),
  'proof/run': (a, _, p) => a.trying?.run(stateOf(p.state), p.steps),
  'proof/premises': (a, _, p) => a.trying?.premises(stateOf(p.state)),
  'proof/state/goals': (a, _, p) => a.trying?.goals(stateOf(p.state)),
  'proof/state/hash': (a, _, p) => a.trying?.hash(stateOf(p.state)),
  'proof/state/equal': (a, _, p) => a.trying?.equal(stateOf(p.state), stateOf(p.other)),
  'textDocument/hover': (a, path, p) => a.hover(path, p.position),
  'textDocument/definition': (a, path, p) => a.names?.definition(path, p.position),
  'textDocument/references': (a, path, p) =>
    a.names?.references(path, p.position, p.context?.includeDeclaration !== false),
  'textDocument/prepareRename': (a, path, p) => a.names?.prepareRename(path, p.position),
  'textDocument/rename': (a, path, p) => a.names?.rename(path, p.position, p.newName),
  'textDocument/codeAction': (a, path, p) => a.actions(path, p.range),
  'textDocument/inlayHint': (a, path, p) => a.inlays(path, p.range),
  'codeAction/resolve': (a, path, p) => a.resolved(path, p as unknown as CodeAction),
};
export const methods: readonly string[] = [...Object.keys(instant), ...Object.keys(checked)];

/** Milliseconds of quiet before a check begins, and those that one slice of it takes before messages are looked at. */
const [QUIET, SLICE] = [20, 15];

export class Service {
  private pending: (Message & { readonly _tag: 'Ask' })[] = [];
  private running: Generator<void, void> | undefined;
  private begun = 0;
  private changed = 0;
  private isPlanned = false;
  private waits: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly analysis: Analysis,
    private readonly reply: (reply: Reply) => void,
    /** a reason why nothing can be checked, said in the place of answers */
    private readonly failed: (error: unknown) => string = String,
    /** runs something after the messages that wait */
    private readonly soon: (run: () => void) => void = setImmediate,
  ) {}

  receive(message: Message): void {
    switch (message._tag) {
      case 'Text':
        this.analysis.edit(message.path, message.text);
        return this.touched();
      case 'Close':
        this.analysis.close(message.path);
        return this.touched();
      case 'Disk':
        this.analysis.refresh();
        return this.touched();
      case 'Cancel':
        return this.cancel(message.id);
      case 'Ask':
        if (instant[message.method]) return this.answer(message, instant[message.method]!);
        this.pending.push(message);
        this.plan();
    }
  }

  private cancel(id: number): void {
    if (!this.pending.some((m) => m.id === id)) return;
    this.pending = this.pending.filter((m) => m.id !== id);
    this.reply({ _tag: 'Refuse', id, code: LSPErrorCodes.RequestCancelled, message: 'cancelled' });
  }

  private touched(): void {
    this.running = undefined;
    this.changed = performance.now();
    this.plan();
  }

  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    const quiet = this.changed + QUIET - performance.now();
    const run = (): void => {
      this.isPlanned = false;
      this.work();
    };
    clearTimeout(this.waits);
    if (quiet > 0 && !this.running) this.waits = setTimeout(run, quiet);
    else this.soon(run);
  }

  /** A slice of the check, or the answers that waited for it. */
  private work(): void {
    if (this.changed + QUIET > performance.now() && !this.running) return this.plan();
    if (this.analysis.isFresh && !this.running) return this.answerAll();
    if (!this.running) {
      this.running = this.analysis.checking();
      this.begun = performance.now();
    }
    try {
      const until = performance.now() + SLICE;
      while (performance.now() < until) if (this.running.next().done) return this.done();
    } catch (error) {
      this.running = undefined;
      return this.refuseAll(this.failed(error));
    }
    this.plan();
  }

  private done(): void {
    this.running = undefined;
    this.answerAll();
    this.reply({ _tag: 'Diagnostics', of: [...this.analysis.diagnostics()] });
    const { proofs, isFull } = this.analysis;
    this.reply({ _tag: 'Checked', proofs, isFull, milliseconds: performance.now() - this.begun });
  }

  private answerAll(): void {
    for (const message of this.pending.splice(0)) this.answer(message, checked[message.method]);
  }
  private refuseAll(why: string): void {
    for (const { id } of this.pending.splice(0))
      this.reply({ _tag: 'Refuse', id, code: LSPErrorCodes.RequestFailed, message: why });
  }

  private answer({ id, path, params, method }: Message & { readonly _tag: 'Ask' }, how: Answer | undefined): void {
    if (!how) return this.reply({ _tag: 'Refuse', id, code: ErrorCodes.MethodNotFound, message: method });
    try {
      this.reply({ _tag: 'Answer', id, result: how(this.analysis, path, params as Asked) ?? null });
    } catch (error) {
      const [code, message] =
        error instanceof ResponseError ? [error.code, error.message] : [ErrorCodes.InternalError, this.failed(error)];
      this.reply({ _tag: 'Refuse', id, code, message });
    }
  }
}
