// The side of the server that speaks the protocol: documents are kept here, and the checker that answers about them lives elsewhere. Invariant: a checker that ends, or is full, is replaced by one that is given
// every open document, and no question is lost. Knows no checking.
import {
  type Connection,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Message, Reply } from './service.js';
import { methods } from './service.js';
import { tokenModifiers, tokenTypes } from './tokens.js';

/** A checker in a thread or a process of its own. */
export interface Checker {
  readonly send: (message: Message) => void;
  readonly stop: () => void;
}
/** Starts one; `ended` is called where it ends by itself. */
export type Start = (folder: string, reply: (reply: Reply) => void, ended: () => void) => Checker;

export interface Names {
  /** of the folder that the client names; undefined: the one the server was started in */
  readonly folderOf: (uri: string | undefined) => string;
  /** a document as a path of the project; undefined where it lies outside */
  readonly pathOf: (uri: string, folder: string) => string | undefined;
  readonly uriOf: (path: string, folder: string) => string;
}

/** What every question names: a document; of a state and of an action, it stands in what the server put into them. */
interface Params {
  readonly textDocument?: { readonly uri: string };
  readonly state?: { readonly uri: string } | null;
  readonly data?: { readonly uri: string };
}

interface Waiting {
  readonly message: Message & { readonly _tag: 'Ask' };
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: ResponseError<void>) => void;
}

/** Checkers that end by themselves, one after the other, before the server gives up. */
const MOST_ENDS = 5;

export class Server {
  private readonly documents = new TextDocuments(TextDocument);
  private readonly waiting = new Map<number, Waiting>();
  private checker: Checker | undefined;
  private next: Checker | undefined;
  private ends = 0;
  private ids = 0;
  private folder = '';

  constructor(
    private readonly connection: Connection,
    private readonly start: Start,
    private readonly names: Names,
    private readonly version: string,
  ) {
    connection.onInitialize(({ workspaceFolders, rootUri }) => {
      this.folder = names.folderOf(workspaceFolders?.[0]?.uri ?? rootUri ?? undefined);
      return this.capabilities();
    });
    connection.onInitialized(() => void (this.checker ??= this.launch()));
    this.documents.onDidChangeContent(({ document }) => this.text(document));
    this.documents.onDidClose(({ document }) => {
      const path = this.pathOf(document.uri);
      if (path !== undefined) this.tell({ _tag: 'Close', path });
      void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    });
    this.documents.onDidSave(() => this.tell({ _tag: 'Disk' }));
    connection.onDidChangeWatchedFiles(() => this.tell({ _tag: 'Disk' }));
    for (const method of methods)
      connection.onRequest(method, (params: Params, token) => this.ask(method, params, token));
    connection.onShutdown(() => this.stop());
    this.documents.listen(connection);
    connection.listen();
  }

  private capabilities(): InitializeResult {
    return {
      serverInfo: { name: 'weft', version: this.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentSymbolProvider: true,
        documentFormattingProvider: true,
        inlayHintProvider: true,
        signatureHelpProvider: { triggerCharacters: [' ', ','] },
        renameProvider: { prepareProvider: true },
        codeActionProvider: { codeActionKinds: ['quickfix'], resolveProvider: true },
        completionProvider: { triggerCharacters: [' ', '"', '.'] },
        semanticTokensProvider: {
          legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
          full: true,
        },
        experimental: { 'proof/goals': true, 'proof/start': true },
      },
    };
  }

  private pathOf(uri: string): string | undefined {
    return this.names.pathOf(uri, this.folder);
  }

  private text(document: TextDocument): void {
    const path = this.pathOf(document.uri);
    if (path !== undefined) this.tell({ _tag: 'Text', path, text: document.getText() });
  }

  private tell(message: Message): void {
    (this.checker ??= this.launch()).send(message);
    this.next?.send(message);
  }

  private stop(): void {
    const [checker, next] = [this.checker, this.next];
    [this.checker, this.next] = [undefined, undefined];
    checker?.stop();
    next?.stop();
  }

  // ---- checkers -------------------------------------------------------------------------------------------------------

  /** A checker that knows every open document. */
  private launch(): Checker {
    const made: Checker = this.start(
      this.folder,
      (reply) => this.hear(made, reply),
      () => this.ended(made),
    );
    for (const document of this.documents.all()) {
      const path = this.pathOf(document.uri);
      if (path !== undefined) made.send({ _tag: 'Text', path, text: document.getText() });
    }
    if (this.documents.all().length === 0) made.send({ _tag: 'Disk' });
    return made;
  }

  private ended(which: Checker): void {
    if (which === this.next) this.next = undefined;
    if (which !== this.checker) return;
    this.ends += 1;
    if (this.ends > MOST_ENDS) {
      this.checker = undefined;
      for (const id of [...this.waiting.keys()]) this.refuse(id, LSPErrorCodes.RequestFailed, 'the checker ended');
      return void this.connection.window.showErrorMessage('weft: the checker ends again and again; restart the server');
    }
    this.connection.console.warn('the checker ended, and starts anew');
    this.take(this.next ?? this.launch());
  }

  /** The next checker in the place of the one before: it is asked what was not answered. */
  private take(checker: Checker): void {
    this.next = undefined;
    this.checker = checker;
    for (const { message } of this.waiting.values()) checker.send(message);
  }

  private hear(from: Checker, reply: Reply): void {
    if (from === this.next && reply._tag === 'Checked') {
      const old = this.checker;
      this.take(from);
      old?.stop();
    }
    if (from !== this.checker) return;
    switch (reply._tag) {
      case 'Answer':
        this.waiting.get(reply.id)?.resolve(reply.result);
        return void this.waiting.delete(reply.id);
      case 'Refuse':
        return this.refuse(reply.id, reply.code, reply.message);
      case 'Diagnostics':
        for (const [path, diagnostics] of reply.of)
          void this.connection.sendDiagnostics({ uri: this.uriOf(path), diagnostics: diagnostics as [] });
        return;
      case 'Checked': {
        this.ends = 0;
        const { proofs, milliseconds } = reply;
        void this.connection.sendNotification('weft/checked', { proofs, milliseconds });
        if (!reply.isFull || this.next) return;
        this.connection.console.log('the checker holds much, and starts anew');
        this.next = this.launch();
      }
    }
  }

  /** As the client writes it, where it has it open. */
  private uriOf(path: string): string {
    return this.documents.all().find((d) => this.pathOf(d.uri) === path)?.uri ?? this.names.uriOf(path, this.folder);
  }

  // ---- questions ------------------------------------------------------------------------------------------------------

  private refuse(id: number, code: number, message: string): void {
    this.waiting.get(id)?.reject(new ResponseError(code, message));
    this.waiting.delete(id);
  }

  private ask(
    method: string,
    params: Params,
    token: { readonly onCancellationRequested: (then: () => void) => unknown },
  ): Promise<unknown> {
    const path = this.pathOf((params.textDocument ?? params.state ?? params.data)?.uri ?? '');
    if (path === undefined) return Promise.resolve(null);
    const id = (this.ids += 1);
    const message = { _tag: 'Ask', id, method, path, params } as const;
    token.onCancellationRequested(() => this.waiting.has(id) && this.tell({ _tag: 'Cancel', id }));
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { message, resolve, reject });
      (this.checker ??= this.launch()).send(message);
    });
  }
}
