// A client of the language server: the real protocol with a published library, to the real process. Knows no answers.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Diagnostic,
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { root } from './tree.js';

export type Connection = ReturnType<typeof createProtocolConnection>;

export class Client {
  readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly log: string[] = [];
  checks = 0;
  private versions = new Map<string, number>();
  private heard: (() => void)[] = [];

  private constructor(
    readonly process: ChildProcess,
    readonly connection: Connection,
    readonly folder: string,
  ) {}

  static async start(folder: string): Promise<Client> {
    const child = spawn(process.execPath, [join(root, 'dist/cli/main.js'), 'lsp', '--stdio'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const client = new Client(child, connection, folder);
    child.stderr.on('data', (data: Buffer) => client.log.push(data.toString()));
    connection.onNotification('textDocument/publishDiagnostics', (p: { uri: string; diagnostics: Diagnostic[] }) => {
      client.diagnostics.set(client.pathOf(p.uri), p.diagnostics);
    });
    connection.onNotification('weft/checked', () => {
      client.checks += 1;
      client.heard.splice(0).forEach((f) => f());
    });
    connection.onNotification('window/logMessage', (p: { message: string }) => void client.log.push(p.message));
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: {},
    });
    await connection.sendNotification('initialized', {});
    return client;
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }
  pathOf(uri: string): string {
    const base = `${pathToFileURL(this.folder).href}/`;
    return uri.startsWith(base) ? uri.slice(base.length) : uri;
  }

  async open(path: string, text: string): Promise<void> {
    this.versions.set(path, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uri(path), languageId: 'weft', version: 1, text },
    });
  }
  async change(path: string, text: string): Promise<void> {
    const version = this.versions.get(path)! + 1;
    this.versions.set(path, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(path), version },
      contentChanges: [{ text }],
    });
  }
  ask<A>(method: string, path: string, params: object = {}): Promise<A> {
    return this.connection.sendRequest(method, { textDocument: { uri: this.uri(path) }, ...params });
  }
  /** After all that was sent, a check has come to its end. */
  async checked(): Promise<void> {
    await this.ask('textDocument/hover', [...this.versions.keys()][0]!, { position: { line: 0, character: 0 } });
    // the diagnostics follow the answers
    await this.ask('textDocument/documentSymbol', [...this.versions.keys()][0]!);
  }
  async stop(): Promise<number | null> {
    const exit = new Promise<number | null>((resolve) => this.process.on('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    return exit;
  }
  kill(): void {
    this.connection.dispose();
    this.process.kill('SIGKILL');
  }
}

/** The position of a mark in a text, after so many characters of it. */
export function positionOf(text: string, mark: string, after = 0): { line: number; character: number } {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`no ${mark} in the text`);
  const before = text.slice(0, at + after);
  return { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 };
}
