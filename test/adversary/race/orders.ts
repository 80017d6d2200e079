// CUDA texts on the CPU, their threads and blocks in several orders: a number that changes with the order is a race. As a control the same text without its
// barriers must be noticed. Invariant: a run that fails, or a text that no order tells from one without barriers where barriers are needed, is a failure. It
// sees races that change a number in these orders, and no others; between two barriers a thread is not interrupted.
import * as E from 'fp-ts/lib/Either.js';
import { emit } from '../../../src/kernel/emit/emit.js';
import { program } from '../../../src/kernel/extract/program.js';
import { type CudaRunner, openCudaCpu } from '../../../src/run/device/cuda.js';
import type { KernelProgram } from '../../../src/kernel/ir/program.js';
import { get } from '../../support/ir/dsl.js';
import type { Trial } from './races.js';

const ORDERS = 8;
const BARRIER = /__syncthreads\(\);/g;

export interface Ordered {
  readonly name: string;
  /** numbers that some order changes */
  readonly races: number | undefined;
  /** whether the text without barriers gives other numbers in some order, or fails; nothing where it has none */
  readonly noticed: boolean | undefined;
}

interface Pair {
  readonly trial: Trial;
  readonly whole: KernelProgram;
  /** without its barriers */
  readonly bare: KernelProgram | undefined;
}

function pairOf(trial: Trial): Pair {
  const whole = get(program(get(emit('cuda', trial.checked)), trial.sizes));
  const text = whole.text.replace(BARRIER, '');
  return { trial, whole, bare: text === whole.text ? undefined : { ...whole, text } };
}

/** The outputs in every order; nothing where a run fails. */
async function inEach(
  run: CudaRunner['run'],
  p: KernelProgram,
  { inputs }: Trial,
): Promise<readonly Outputs[] | undefined> {
  const all: Outputs[] = [];
  for (let order = 0; order < ORDERS; order++) {
    const ran = await run(p, inputs, order);
    if (E.isLeft(ran)) return undefined;
    all.push(ran.right);
  }
  return all;
}
type Outputs = readonly Float32Array[];

/** Numbers that some of the outputs do not have as the first do. */
const changed = (first: Outputs, others: readonly Outputs[]): number =>
  first.reduce((n, o, leaf) => n + o.filter((x, i) => others.some((y) => !Object.is(x, y[leaf]![i]!))).length, 0);

/** All compiled at once. */
export async function inOrders(trials: readonly Trial[]): Promise<readonly Ordered[]> {
  const pairs = trials.map(pairOf);
  const runner = get(await openCudaCpu(pairs.flatMap(({ whole, bare }) => (bare ? [whole, bare] : [whole]))));
  const found: Ordered[] = [];
  for (const { trial, whole, bare } of pairs) {
    const right = await inEach(runner.run, whole, trial);
    const wrong = bare && (await inEach(runner.run, bare, trial));
    const races = right && changed(right[0]!, right);
    const noticed = bare && right && (!wrong || changed(right[0]!, wrong) > 0);
    found.push({ name: trial.name, races, noticed });
  }
  await runner.close();
  return found;
}
