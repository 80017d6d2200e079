// The extension: starts the language server of the open folder, and shows its goals. Knows no language: what it says of a text is what the server says.
import * as vscode from 'vscode';
import { LanguageClient, type ServerOptions } from 'vscode-languageclient/node';
import { Panel } from './panel.js';

let client: LanguageClient | undefined;

function server(): ServerOptions {
  const [command = 'npx', ...args] = vscode.workspace.getConfiguration('weft').get<string[]>('command', []);
  const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return { command, args, options: { ...(cwd === undefined ? {} : { cwd }), shell: process.platform === 'win32' } };
}

async function start(panel: Panel): Promise<void> {
  const made = new LanguageClient('weft', 'Weft', server(), {
    documentSelector: [{ scheme: 'file', language: 'weft' }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.weft') },
  });
  client = made;
  made.onNotification('weft/checked', () => void panel.follow());
  await made.start();
}

async function stop(): Promise<void> {
  const made = client;
  client = undefined;
  await made?.dispose();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const panel = new Panel(() => client);
  const restart = async (): Promise<void> => {
    await stop();
    await start(panel);
  };
  const suggest = async (): Promise<void> => {
    panel.show();
    await panel.follow({ suggestions: true });
  };
  context.subscriptions.push(
    vscode.commands.registerCommand('weft.restart', restart),
    vscode.commands.registerCommand('weft.showGoals', () => panel.show()),
    vscode.commands.registerCommand('weft.suggest', suggest),
    vscode.window.onDidChangeTextEditorSelection(() => void panel.follow()),
  );
  await start(panel);
}

export const deactivate = stop;
