// Everything that is checked of one kernel on the machine's own GPU: the properties of test/report/numerics at small sizes, and those of full.ts. Invariant: a
// target that cannot be opened is a failure, and so is a software adapter where a GPU was asked for. It prints nothing.
import type * as E from 'fp-ts/lib/Either.js';
import { type Target, emit } from '../../../src/kernel/emit/emit.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { type CudaRunner, openCudaCpu, openCudaDevice } from '../../../src/run/device/cuda.js';
import { type Gpu, openGpu } from '../../../src/run/device/webgpu.js';
import { ones, prepare } from '../kernels/case.js';
import { type Choice, choices, extracted, innerAxes, sharedAxes } from '../kernels/pool.js';
import {
  type Run,
  type Tally,
  type Text,
  type Worst,
  holds,
  muchWorseThanNaive,
  textFor,
} from '../kernels/property.js';
import { library } from '../kernels/library.js';
import { get } from '../../support/ir/dsl.js';
import { checkAgreements, checkExtremes, checkStorage } from '../../report/numerics/check.js';
import { tilingsOf } from '../../report/numerics/texts.js';
import { type FullResult, fullCases, fullResults } from './full.js';

export type DeviceTarget = Exclude<Target, 'host'>;
export interface Options {
  readonly targets: readonly DeviceTarget[];
  readonly seed: number;
  /** Without a GPU: SwiftShader, CUDA on the CPU, and sizes that they can do. */
  readonly software: boolean;
}

export interface KernelReport {
  readonly name: string;
  readonly devices: readonly string[];
  readonly small: Partial<Record<Target, Tally>>;
  /** numbers compared between texts, parts and orders, and extremes, at small sizes */
  readonly compared: number;
  readonly extremes: number;
  readonly stored: number;
  readonly full: readonly FullResult[];
  /** of each step, in order */
  readonly seconds: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
}

/** For full sizes: the default tiles; and tiles of inner axes too, those of the result shared by lanes. */
function fullTilings(name: string): readonly Choice[] {
  const streamed = library().streams.get(name)!.axis.name;
  const shared = sharedAxes(name);
  const sizes = (axes: readonly string[], n: number): readonly (readonly [string, number])[] => axes.map((a) => [a, n]);
  const tiles = Object.fromEntries([[streamed, 16], ...sizes(innerAxes(name), 8), ...sizes(shared, 32)]);
  return [
    { tiles: {}, ragged: 'first' },
    { tiles, ragged: 'last', perLane: Object.fromEntries(sizes(shared, 4)) },
  ];
}

interface Devices {
  readonly names: readonly string[];
  readonly run: Partial<Record<DeviceTarget, Run>>;
  readonly close: () => Promise<void>;
}

const asCuda = (k: Extracted): Extracted => ({ ...k, target: 'cuda', emitted: get(emit('cuda', k.emitted.validated)) });

async function openWgsl(software: boolean): Promise<Gpu> {
  const gpu = get(await openGpu({ software }));
  if (software || gpu.adapter.kind === 'hardware') return gpu;
  await gpu.close();
  throw new Error(`no GPU for WGSL: the adapter is ${gpu.adapter.name}, which is software`);
}

function openCuda(kernels: readonly Extracted[], software: boolean): Promise<E.Either<unknown, CudaRunner>> {
  const programs = kernels.map((k) => prepare(asCuda(k), ones(k)).program);
  const distinct = [...new Map(programs.map((p) => [p.text, p])).values()];
  return software ? openCudaCpu(distinct) : openCudaDevice(distinct);
}

async function openDevices(kernels: readonly Extracted[], { targets, software }: Options): Promise<Devices> {
  const gpu = targets.includes('wgsl') ? await openWgsl(software) : undefined;
  const cuda = targets.includes('cuda') ? get(await openCuda(kernels, software)) : undefined;
  return {
    names: [...(gpu ? [`wgsl: ${gpu.adapter.name}`] : []), ...(cuda ? [`cuda: ${cuda.device}`] : [])],
    run: { ...(gpu && { wgsl: gpu.run }), ...(cuda && { cuda: cuda.run }) },
    close: async () => {
      await gpu?.close();
      await cuda?.close();
    },
  };
}

const textsOf = (kernel: Extracted, { run }: Devices): readonly Text[] =>
  (Object.entries(run) as [DeviceTarget, Run][]).map(([target, r]) => textFor(kernel, target, r));

const message = (e: unknown): string => (e instanceof Error ? e.message : String(e)).slice(0, 600);
interface Made {
  readonly choice: Choice;
  readonly kernel: Extracted;
}
const RUNS = 8;
const MOST = 60_000;

async function full(texts: readonly Text[], { seed, software }: Options, failures: string[]): Promise<FullResult[]> {
  const results: FullResult[] = [];
  const { kernel } = texts[0]!;
  for (const [name, c] of fullCases(kernel, seed, software ? 64 : 1)) {
    const found = await fullResults(texts, name, c).catch(
      (e: unknown) => void failures.push(`${kernel.name}: ${message(e)}`),
    );
    for (const r of found ?? []) {
      results.push(r);
      if (r.ratio <= 1 && r.agreement <= 1) continue;
      failures.push(`${kernel.name} ${r.target}: ${r.ratio} and ${r.agreement} of the bounds at ${JSON.stringify(c)}`);
    }
  }
  if (results.every((r) => r.compared === 0)) failures.push(`${kernel.name}: nothing was compared at full sizes`);
  return results;
}

/** Runs steps, and knows how long each took. */
function clock(): {
  readonly seconds: Record<string, number>;
  readonly step: <A>(name: string, run: () => Promise<A>) => Promise<A>;
} {
  const seconds: Record<string, number> = {};
  const step = async <A>(name: string, run: () => Promise<A>): Promise<A> => {
    const began = performance.now();
    return run().finally(() => (seconds[name] = Math.round(performance.now() - began) / 1000));
  };
  return { seconds, step };
}

export async function checkKernel(name: string, options: Options): Promise<KernelReport> {
  const { seed } = options;
  const [failures, worst]: [string[], Worst] = [[], new Map()];
  const { seconds, step } = clock();
  const made = (choice: Choice): Made => ({ choice, kernel: get(extracted(name, 'wgsl', choice)) });
  const [small, shared, large] = await step('extract', async () =>
    [tilingsOf(name, seed), choices(name).slice(2), fullTilings(name)].map((of) => of.map(made)),
  );
  const kernels = [...small!, ...shared!, ...large!].map((m) => m.kernel);
  const devices = await step('compile', () => openDevices(kernels, options));
  await step('random', async () => {
    for (const { kernel, choice } of [...small!, ...shared!])
      await holds(textsOf(kernel, devices), choice, RUNS, worst, seed).catch(
        (e: unknown) => void failures.push(message(e)),
      );
  });
  const texts = small!.map(({ kernel }) => textsOf(kernel, devices));
  const agreed = await step('agree', () => checkAgreements(texts.flat(), seed, RUNS / 2, MOST));
  const extreme = await step('extremes', () => checkExtremes(texts[1]!, seed));
  const stored = await step('storage', () => checkStorage(texts[0]!, seed, RUNS / 2, MOST));
  const all = large!.flatMap((m) => textsOf(m.kernel, devices));
  const results = await step('full', () => full(all, options, failures));
  await devices.close();
  const tallies = worst.get(name) ?? {};
  for (const [target, t] of Object.entries(tallies))
    if (muchWorseThanNaive(t)) failures.push(`${name} ${target}: errors ${t.error / t.naive} of a naive program's`);
  return {
    name,
    devices: devices.names,
    small: tallies,
    compared: agreed.compared,
    extremes: extreme.compared,
    stored: stored.compared,
    full: results,
    seconds,
    failures: [...failures, ...agreed.failures, ...extreme.failures, ...stored.failures],
  };
}
