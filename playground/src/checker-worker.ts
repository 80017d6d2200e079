// The Worker that checks: the language server's analysis over the library that lies beside the page. Invariant: it answers as `weft lsp` does, by the same code. Knows no page.
import { elsewhere } from '../../src/cli/elsewhere.js';
import { draw, drawEquation } from '../../src/draw/draw.js';
import { Refused } from '../../src/diagnostic/refused.js';
import { renderMessage } from '../../src/diagnostic/render.js';
import { clean } from '../../src/language/print/clean.js';
import { Analysis } from '../../src/server/analysis.js';
import { widthOf } from '../../src/server/picture.js';
import { type Book, linesOf } from '../../src/server/library.js';
import { type Message, type Reply, Service } from '../../src/server/service.js';
import { hold } from './alive.js';
import { library, remembered } from './beside.js';
import { type FromChecker, type Outline, PATHS, type Place } from './message.js';

interface Port {
  readonly name: string;
  readonly postMessage: (message: FromChecker | Reply) => void;
  onmessage: ((event: MessageEvent<Message>) => void) | null;
}
const port = self as unknown as Port;

/** What is asked of a place in the statements: which one, as a picture. */
const DRAW = 'page/draw';
const HEARD: Message[] = [];

const own = (file: string): boolean => file === PATHS.theorems || file === PATHS.proofs;

function outline({ library }: Book): Outline {
  const { statements, theorems } = library;
  const mine = theorems.filter((r) => own(r.file));
  return {
    _tag: 'Outline',
    theorems: mine.map(({ name, status, code, axioms, remembered }) => ({
      name,
      status,
      code: code ?? null,
      axioms: axioms.length,
      remembered,
    })),
    streams: [...library.streams.keys()].filter((name) => own(statements.stated.get(name)?.file ?? '')),
    definitions: [...statements.definitions]
      .filter(([, place]) => own(place.file))
      .map(([d]) => ({ name: d.name, axes: d.parameters.axes.map((a) => a.name) })),
  };
}

/** The statement or definition that a place of the statements is in, or the last above it. */
function picture(book: Book, at: Place, width: number): { readonly name: string; readonly svg: string } | null {
  const file = book.files.get(PATHS.theorems);
  const offset = file ? linesOf(file).offset(at) : 0;
  const item = book.items(PATHS.theorems).findLast((i) => i._tag !== 'Import' && i.span.start <= offset);
  if (!item || !('name' in item)) return null;
  const { name } = item.name as { readonly name: string };
  const { stated, axioms, definitions, envs } = book.library.statements;
  const law = stated.get(name)?.law ?? axioms.get(name)?.law;
  const options = { width, title: clean(name) };
  if (law) return { name, svg: drawEquation([law.lhs, law.rhs], law.wires ?? [], clean(name), options) };
  const defined = [...definitions.keys()].some((d) => d.name === name);
  const entry = defined ? envs.get(PATHS.theorems)?.functions.get(name) : undefined;
  return entry ? { name, svg: draw(entry.definition.body, entry.wires ?? [], options) } : null;
}

const failed = (error: unknown): string =>
  error instanceof Refused
    ? renderMessage(error.said, { color: false })
    : `weft: internal error (${error instanceof Error ? error.message : typeof error})`;

/** Runs something after the messages that wait, as Node's setImmediate does. */
function soonAfter(): (run: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (run) => {
    waiting.push(run);
    port2.postMessage(0);
  };
}

async function start(): Promise<void> {
  const [shipped, memory] = await Promise.all([library(), remembered()]);
  const analysis = new Analysis({
    ground: { roots: () => [], read: shipped.read },
    memory,
    find: (files) => elsewhere(() => [...files, ...shipped.files]),
    uriOf: (path) => path,
  });
  const reply = (message: Reply): void => {
    const book = analysis.checked;
    if (message._tag === 'Checked' && book) port.postMessage(outline(book));
    port.postMessage(message);
  };
  const service = new Service(analysis, reply, failed, soonAfter());
  const hear = (message: Message): void => {
    if (message._tag !== 'Ask' || message.method !== DRAW) return service.receive(message);
    const { position, picture: asked } = message.params as { readonly position: Place; readonly picture: number };
    const book = analysis.checked;
    const result = book ? drawnOr(() => picture(book, position, widthOf(asked) ?? 600)) : null;
    port.postMessage({ _tag: 'Answer', id: message.id, result });
  };
  for (const message of HEARD.splice(0)) hear(message);
  port.onmessage = ({ data }) => hear(data);
}

/** Nothing where a term has no picture. */
function drawnOr<A>(make: () => A): A | null {
  try {
    return make();
  } catch {
    return null;
  }
}

hold(port.name, () => port.postMessage({ _tag: 'Alive' }));
// messages that come before the files do
port.onmessage = ({ data }) => void HEARD.push(data);
start().catch((error: unknown) => port.postMessage({ _tag: 'Broken', message: failed(error) }));
