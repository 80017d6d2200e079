// `weft lsp --stdio`: the language server over standard input and output, with the checker in a thread of its own. Invariant: nothing but the protocol goes to stdout. Knows no questions (src/server).
import { Worker } from 'node:worker_threads';
import { createConnection } from 'vscode-languageserver/node';
import { refuse } from '../diagnostic/refused.js';
import { type Checker, Server } from '../server/connection.js';
import { names } from './lsp-names.js';
import type { Message, Reply } from '../server/service.js';

/** Megabytes of a checker's heap: one that needs more ends, and another takes its place. */
const HEAP = 3_000;

function start(folder: string, reply: (reply: Reply) => void, ended: () => void): Checker {
  const worker = new Worker(new URL('./lsp-checker.js', import.meta.url), {
    workerData: { folder },
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
    stdout: true,
  });
  let isStopped = false;
  const end = (): void => {
    if (!isStopped) ended();
    isStopped = true;
  };
  worker.on('message', (message: Reply) => isStopped || reply(message));
  worker.on('error', end);
  worker.on('exit', end);
  return {
    send: (message: Message) => worker.postMessage(message),
    stop: () => {
      isStopped = true;
      void worker.terminate();
    },
  };
}

/** Until the client ends it. */
export function lspCommand(options: { readonly stdio?: boolean }, version: string): Promise<never> {
  if (!options.stdio)
    refuse('the language server speaks over standard input and output alone', 'write weft lsp --stdio');
  const connection = createConnection(process.stdin, process.stdout);
  new Server(connection, start, names, version);
  return new Promise(() => undefined);
}
