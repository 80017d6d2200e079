// The Worker that makes kernels and runs them, and looks for streams. Invariant: nothing is remembered: what a kernel's stream rests on is proved here, from the texts, before there is a kernel. Knows no page.
import * as E from 'fp-ts/lib/Either.js';
import * as core from '../../src/core/index.js';
import { launchMessage } from '../../src/cli/launch-message.js';
import { questionOf } from '../../src/cli/question.js';
import { extractMessage } from '../../src/diagnostic/extract.js';
import type { Message as Text } from '../../src/diagnostic/message.js';
import { Refused } from '../../src/diagnostic/refused.js';
import { renderMessage } from '../../src/diagnostic/render.js';
import { runMessage } from '../../src/diagnostic/run.js';
import { streamLines } from '../../src/diagnostic/stream.js';
import { type Extracted, extract } from '../../src/kernel/extract/extract.js';
import { neededBy } from '../../src/kernel/extract/needs.js';
import type { Numbers } from '../../src/proof/derive/sample.js';
import { grounded } from '../../src/proof/derive/ground.js';
import { type Verdict, decide } from '../../src/proof/derive/verdict.js';
import { type Library, RUN_FUEL, checking } from '../../src/proof/script/check.js';
import { sourcesFrom } from '../../src/proof/script/sources.js';
import { must } from '../../src/proof/tactic/failure.js';
import { type Inputs, type LaunchError, type Launched, compare, launchOn } from '../../src/run/launch/launch.js';
import { hold } from './alive.js';
import { library, over } from './beside.js';
import { axesOf, inputsFor } from './data.js';
import { type NoGpu, forget, visitorsGpu } from './gpu.js';
import { type FailedReply, type FromWorkshop, PATHS, type Texts, type ToWorkshop } from './message.js';

interface Port {
  readonly name: string;
  readonly postMessage: (message: FromWorkshop) => void;
  onmessage: ((event: MessageEvent<ToWorkshop>) => void) | null;
}
const port = self as unknown as Port;
const shipped = library();

type Of<Tag> = Extract<ToWorkshop, { readonly _tag: Tag }>;
const plain = (m: Text): string => renderMessage(m, { color: false });
const fail = (id: number, text: string, kind: FailedReply['kind'] = 'said'): void =>
  port.postMessage({ _tag: 'Failed', id, kind, text });

// ---- proofs -------------------------------------------------------------------------------------------------------------

interface Proved {
  readonly key: string;
  readonly library: Library;
  readonly proofs: number;
}
let proved: Proved | undefined;
let made: Extracted | undefined;

/** Milliseconds between two words about progress. */
const BETWEEN = 150;

/** What a stream rests on, or all, proved from the texts; the last is kept, for other tiles of the same stream. */
async function provedFor(
  id: number,
  texts: Texts,
  roots: readonly string[],
  name: string | undefined,
): Promise<Proved> {
  const key = JSON.stringify([texts, roots, name]);
  if (proved?.key === key) return proved;
  const read = over(await shipped, { [PATHS.theorems]: texts.theorems, [PATHS.proofs]: texts.proofs });
  const all = [PATHS.theorems, PATHS.proofs, ...roots];
  const { statements, proofs } = sourcesFrom(all, all, read);
  const pieces = checking(statements, proofs, name === undefined ? {} : { only: (all) => neededBy(all, name) });
  let [count, told] = [0, performance.now()];
  for (;;) {
    const step = must(core.within(RUN_FUEL, () => pieces.next()));
    if (step.done)
      return (proved = {
        key,
        library: step.value,
        proofs: step.value.theorems.filter((r) => r.status === 'proved').length,
      });
    count += 1;
    if (performance.now() - told < BETWEEN) continue;
    told = performance.now();
    port.postMessage({ _tag: 'Progress', id, text: `proving what it rests on: ${count} steps of the check` });
  }
}

// ---- kernels ------------------------------------------------------------------------------------------------------------

async function extractOne({ id, texts, name, tiles }: Of<'Extract'>): Promise<void> {
  const { library, proofs } = await provedFor(id, texts, [], name);
  port.postMessage({ _tag: 'Progress', id, text: 'extracting' });
  const found = extract(library, name, 'wgsl', { tiles: new Map(Object.entries(tiles)), ragged: 'first' });
  if (E.isLeft(found)) return fail(id, plain(extractMessage(found.left)));
  made = found.right;
  port.postMessage({
    _tag: 'Extracted',
    id,
    name,
    text: made.text,
    tiles: Object.fromEntries(made.theorem.tiles),
    axes: axesOf(made),
    proofs,
  });
}

function notOpen(id: number, why: NoGpu): void {
  if (why._tag === 'NoWebGpu') return fail(id, 'this browser has no WebGPU', 'no-webgpu');
  if (why._tag === 'NoAdapter') return fail(id, 'the browser has WebGPU and gives no adapter', 'no-adapter');
  forget();
  fail(id, plain(runMessage(why.error)));
}

function notRun(id: number, error: LaunchError): void {
  const isFault = error._tag === 'Run' && ['DeviceFault', 'TimedOut'].includes(error.error._tag);
  if (isFault) forget();
  fail(id, plain(launchMessage(error)), isFault ? 'lost' : 'said');
}

async function runOne({ id, sizes, seed }: Of<'Run'>): Promise<void> {
  if (!made) return fail(id, 'no kernel was extracted');
  const kernel = made;
  const gpu = await visitorsGpu();
  if (E.isLeft(gpu)) return notOpen(id, gpu.left);
  const { run, adapter } = gpu.right;
  const device = `${adapter.name} (${adapter.kind})`;
  const inputs = inputsFor(kernel, sizes, seed);
  const open = async () => E.right({ run, device, close: async () => undefined });
  const launched = async (): Promise<E.Either<LaunchError, Launched>> => launchOn(kernel, inputs, open, sizesOf(sizes));
  port.postMessage({ _tag: 'Progress', id, text: `running on ${device}` });
  const first = await launched();
  if (E.isLeft(first)) return notRun(id, first.left);
  const began = performance.now();
  const second = await launched();
  const milliseconds = performance.now() - began;
  if (E.isLeft(second)) return notRun(id, second.left);
  port.postMessage({ _tag: 'Progress', id, text: 'evaluating the statement in float64' });
  judge(id, kernel, inputs, second.right, milliseconds);
}
/** Sizes of axes that are no leading axis. */
const sizesOf = (sizes: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(sizes).filter(([axis]) => axis !== 'batch'));

/** How many elements of a result are shown. */
const FIRST = 8;

function judge(id: number, kernel: Extracted, inputs: Inputs, launched: Launched, milliseconds: number): void {
  const off = compare(kernel, inputs, launched);
  if (E.isLeft(off)) return fail(id, plain(launchMessage(off.left)));
  const { error, bound, ratio, unjudged } = off.right;
  const elements = launched.outputs.reduce((n, y) => n + y.data.length, 0);
  const first = [...launched.outputs[0]!.data.subarray(0, FIRST)];
  const { device } = launched;
  port.postMessage({ _tag: 'Ran', id, device, milliseconds, elements, error, bound, ratio, unjudged, first });
}

// ---- streams ------------------------------------------------------------------------------------------------------------

const GENERAL = { theorems: 'weft/theorems/separation.weft', proofs: 'weft/proofs/separation.weft' } as const;

/** The two lists that no such state tells apart, as they are. */
function listsOf(witness: Verdict['evidence']['witness']): readonly string[] {
  if (!witness) return [];
  const shown = (arrays: readonly Numbers[]): string =>
    arrays.map(({ data }) => `[${[...data].map((x) => x.toPrecision(6)).join(', ')}]`).join(' ');
  return [`first     ${shown(witness.first)}`, `second    ${shown(witness.second)}`];
}

async function findOne({ id, texts, name, axis }: Of<'Find'>): Promise<void> {
  const { library } = await provedFor(id, texts, Object.values(GENERAL), undefined);
  port.postMessage({ _tag: 'Progress', id, text: 'looking for a state' });
  const { envs } = library.statements;
  const [env, general] = [envs.get(PATHS.theorems), envs.get(GENERAL.theorems)];
  const entry = env?.functions.get(name);
  if (!env || !general || !entry) return fail(id, `there is no definition ${name}`);
  const ground = grounded(library, env, general);
  const verdict = decide(ground, questionOf(entry, name, axis, PATHS.theorems, GENERAL.theorems, ground));
  const { found } = verdict;
  const script = found ? { theorems: found.theorems, proofs: found.proofs } : null;
  const lines = streamLines(name, axis, { ...verdict, found: undefined }).map((l) =>
    l.replace(' (--json gives them)', ''),
  );
  port.postMessage({ _tag: 'Found', id, lines: [...lines, ...listsOf(verdict.evidence.witness)], script });
}

async function hear(message: ToWorkshop): Promise<void> {
  try {
    if (message._tag === 'Extract') await extractOne(message);
    else if (message._tag === 'Run') await runOne(message);
    else await findOne(message);
  } catch (error) {
    if (error instanceof Refused) return fail(message.id, plain(error.said));
    fail(message.id, error instanceof Error ? error.message : String(error), 'broken');
  }
}

hold(port.name, () => port.postMessage({ _tag: 'Alive' }));
let last: Promise<void> = Promise.resolve();
port.onmessage = ({ data }) => void (last = last.then(() => hear(data)));
