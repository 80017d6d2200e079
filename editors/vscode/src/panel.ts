// The panel of goals: follows the cursor. Invariant: an answer is shown only where no later question was asked. Knows no HTML but that of page.ts.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type Answer, body, page } from './page.js';

export class Panel {
  private view: vscode.WebviewPanel | undefined;
  private asked: vscode.CancellationTokenSource | undefined;

  constructor(private readonly client: () => LanguageClient | undefined) {}

  /** Beside the text, which keeps the cursor. */
  show(): void {
    if (this.view) return this.view.reveal(undefined, true);
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const view = vscode.window.createWebviewPanel('weft.goals', 'Weft goals', place, {
      enableScripts: true,
      localResourceRoots: [],
      retainContextWhenHidden: true,
    });
    view.webview.html = page(randomBytes(16).toString('base64'));
    view.onDidDispose(() => (this.view = undefined));
    this.view = view;
    void this.follow();
  }

  /** Asks about the cursor's place, with what takes longer only where it is wanted. */
  async follow(wants: { readonly suggestions?: boolean } = {}): Promise<void> {
    const [view, client, editor] = [this.view, this.client(), vscode.window.activeTextEditor];
    if (!view || !client || editor?.document.languageId !== 'weft') return;
    this.asked?.cancel();
    const asked = (this.asked = new vscode.CancellationTokenSource());
    const { document, selection } = editor;
    const params = {
      textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
      position: client.code2ProtocolConverter.asPosition(selection.active),
      picture: vscode.workspace.getConfiguration('weft').get<boolean>('pictures', true),
      ...wants,
    };
    try {
      const answer = await client.sendRequest<Answer | null>('proof/goals', params, asked.token);
      if (asked === this.asked) void view.webview.postMessage(body(answer));
    } catch (error) {
      if (!asked.token.isCancellationRequested) client.error('proof/goals', error);
    }
  }
}
