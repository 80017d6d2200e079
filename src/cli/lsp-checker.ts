// The thread of the language server that checks. Invariant: what an earlier check proved is taken from .weft-cache, as by `weft check`; nothing is written but that. Knows no protocol.
import { parentPort, workerData } from 'node:worker_threads';
import { renderMessage } from '../diagnostic/render.js';
import { Refused } from '../diagnostic/refused.js';
import type { Library } from '../proof/script/check.js';
import { openCache } from '../project/cache.js';
import { groundOf, shippedFiles } from '../project/project.js';
import { settingsOf } from '../project/settings.js';
import { Analysis } from '../server/analysis.js';
import { type Message, type Reply, Service } from '../server/service.js';
import { judged } from './check.js';
import { elsewhere } from './elsewhere.js';
import { names } from './lsp-names.js';

/** Bytes of a heap that is full. */
const MOST_HEAP = 1_500_000_000;

const { folder } = workerData as { readonly folder: string };
const port = parentPort!;
const cache = openCache(folder);
const judge = (library: Library): Library => judged(library, settingsOf(folder).axioms);
const ground = groundOf(folder, []);
const shipped = shippedFiles();

const analysis = new Analysis({
  ground,
  judge,
  ...(cache ? { memory: cache.memory } : {}),
  find: (files) => elsewhere(() => [...files, ...shipped]),
  uriOf: (path) => names.uriOf(path, folder),
});

let saving: NodeJS.Timeout | undefined;
function reply(message: Reply): void {
  if (message._tag !== 'Checked') return port.postMessage(message);
  const isFull = message.isFull || process.memoryUsage().heapUsed > MOST_HEAP;
  port.postMessage({ ...message, isFull });
  clearTimeout(saving);
  saving = setTimeout(() => cache?.save(), 2_000);
}
const failed = (error: unknown): string => {
  if (error instanceof Refused) return renderMessage(error.said, { color: false });
  return `weft: internal error (${error instanceof Error ? error.name : typeof error})`;
};

const service = new Service(analysis, reply, failed);
port.on('message', (message: Message) => service.receive(message));
