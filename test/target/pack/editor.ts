/**
 * A module that stands in for the editor that an extension runs in, as the text of a program: every class and function of `vscode` is there and does nothing, but those by which the extension
 * is told of a text and shows a page. Invariant: what it prints is what the extension asked for. Knows no answers.
 */
const theorems = 'axiom add-comm (x y : R) : x + y = y + x\\ntheorem t (x : R) : 0 + x = x\\n';
const proofs = 'proof t\\n  rewrite add-comm\\nqed\\n';

/** Runs extension.cjs beside it with this server. */
export const editor = (server: string): string => `
const { mkdirSync, writeFileSync } = require('node:fs');
const { pathToFileURL } = require('node:url');
const { join } = require('node:path');
const Module = require('node:module');

const project = join(__dirname, 'project');
for (const [folder, text] of [['theorems', '${theorems}'], ['proofs', '${proofs}']]) {
  mkdirSync(join(project, folder), { recursive: true });
  writeFileSync(join(project, folder, 'a.weft'), text);
}

const seen = { commands: [], page: '', bodies: [] };
const nothing = () => ({ dispose() {} });
/** What is not given below: a class, a function and a space of names at once. */
const any = () => new Proxy(class { dispose() {} }, {
  get(made, name) {
    if (typeof name === 'symbol' || name in made || name === 'then') return made[name];
    return /^(on|register)[A-Z]/.test(name) ? nothing : (made[name] = any());
  },
  apply: () => any(),
});
const over = (given, rest = any()) => new Proxy(given, { get: (made, name) => (name in made ? made[name] : rest[name]) });

class Position { constructor(line, character) { Object.assign(this, { line, character }); } }
class Range { constructor(start, end) { Object.assign(this, { start, end }); } }
class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: nothing };
  cancel() { this.token.isCancellationRequested = true; }
  dispose() {}
}
class EventEmitter {
  all = new Set();
  event = (then) => (this.all.add(then), { dispose: () => this.all.delete(then) });
  fire(what) { for (const then of this.all) then(what); }
  dispose() {}
}
const uri = { scheme: 'file', fsPath: join(project, 'proofs/a.weft'), toString: () => pathToFileURL(join(project, 'proofs/a.weft')).href };
const settings = { command: [process.execPath, ${JSON.stringify(server)}, 'lsp', '--stdio'], pictures: true };
const document = { uri, languageId: 'weft', version: 1, getText: () => '${proofs}', isClosed: false };
const folder = { uri: { scheme: 'file', fsPath: project, toString: () => pathToFileURL(project).href }, name: 'project', index: 0 };
let moved = nothing;
let shown;
const vscode = over({
  version: '1.106.0', Position, Range, CancellationTokenSource, EventEmitter, ViewColumn: { Beside: -2 },
  commands: over({ registerCommand: (name, run) => { seen.commands.push(name); vscode.ran[name] = run; return nothing(); } }),
  ran: {},
  workspace: over({
    workspaceFolders: [folder], textDocuments: [document], notebookDocuments: [], isTrusted: true, getWorkspaceFolder: () => folder,
    getConfiguration: () => ({ get: (name, otherwise) => settings[name] ?? otherwise, inspect: () => undefined }),
  }),
  window: over({
    activeTextEditor: { document, selection: { active: new Position(1, 4) } }, visibleTextEditors: [],
    showErrorMessage: (text) => Promise.resolve(console.error(text)),
    onDidChangeTextEditorSelection: (then) => { moved = then; return nothing(); },
    createOutputChannel: () => over({ append() {}, appendLine() {}, error: console.error, warn() {}, info() {}, debug() {}, trace() {}, logLevel: 2 }),
    tabGroups: over({ all: [] }),
    createWebviewPanel: () => ({
      webview: { set html(page) { seen.page = page; }, postMessage(body) { seen.bodies.push(body); shown?.(); return Promise.resolve(true); } },
      onDidDispose: nothing, reveal() {},
    }),
  }),
  languages: over({ match: () => 10 }),
  env: over({ appName: 'stand-in', language: 'en' }),
});
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));

/** After what the extension shows next; the goals come once the server has looked. */
const next = () => new Promise((resolve, reject) => { shown = resolve; setTimeout(() => reject(new Error('nothing is shown')), 60_000).unref(); });
(async () => {
  const extension = require('./extension.cjs');
  await extension.activate({ subscriptions: [] });
  let came = next();
  vscode.ran['weft.showGoals']();
  await came;
  came = next();
  moved();
  await came;
  const bodies = [...seen.bodies];
  await vscode.ran['weft.suggest']();
  Object.assign(seen, { bodies, suggested: seen.bodies.at(-1) });
  await extension.deactivate();
  console.log(JSON.stringify(seen));
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });
`;
